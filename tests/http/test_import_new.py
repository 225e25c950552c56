# test_import_new.py: the wizard's first step
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import import_client as imports


class ImportNew(unittest.TestCase):
    def test_page(self):
        page = http.admin().get("/imports/new").page
        self.assertIn("step 1 of 4", page.one("h1").text())
        self.assertIn("step 1 of 4", page.one("title").text())
        step = page.one("li", aria_current="step")
        self.assertIn("File", step.text())
        self.assertIn("50 MB", page.one(id="file-help").text())
        self.assertIn("1,000,000 rows", page.one(id="file-help").text())
        formats = [i.get("value") for i in page.all("input", name="format")]
        self.assertEqual(formats, ["", "generic", "aisensy", "metahumans",
                                   "isendu", "interakt", "optout"])
        for box in page.all("input", type="checkbox"):
            self.assertEqual("checked" in box.attributes,
                             box.get("name") == "header")
        self.assertNotIn("open", page.one("details", class_="rules")
                         .attributes)
        for rule in ("key", "blank", "existing", "phone_check", "row_limit"):
            self.assertIsNotNone(page.one(id="rule_" + rule), rule)

    def test_upload(self):
        answer = imports.upload(imports.contacts())
        self.assertEqual(answer.status, 303)
        self.assertRegex(answer.location, r"^/imports/\d+/mapping$")

    def test_no_file(self):
        answer = http.admin().upload("/imports/new", {"segment": "Kept"}, [])
        self.assertEqual(answer.status, 422)
        self.assertEqual(answer.error("file"), "Choose a file.")
        self.assertEqual(answer.page.one(id="segment").get("value"), "Kept")

    def test_urlencoded(self):
        answer = http.admin().post("/imports/new", {"format": "generic"})
        self.assertEqual(answer.status, 422)
        self.assertIsNotNone(answer.error("file"))

    def test_refused_files(self):
        before = imports.newest()
        for code, data in bad_files():
            answer = imports.upload(data)
            self.assertEqual(answer.status,
                             413 if code == "too-large" else 422, code)
            self.assertIsNotNone(answer.error("file"), code)
            refusal = answer.page.one(class_="notice-bad")
            self.assertIn(code, refusal.text())
            self.assertGreater(len(refusal.all("li")), 0, code)
            self.assertEqual(answer.hostile(), [])
        self.assertEqual(imports.newest(), before)
        self.assertEqual(imports.upload(imports.contacts()).status, 303)

    def test_broken_bodies(self):
        before = imports.newest()
        kind, body = http.multipart(
            [("csrf", http.admin().csrf())],
            [("file", "a.csv", imports.contacts(2000))])
        for sent, header in ((body[:len(body) // 2], kind),
                             (body, "multipart/form-data"),
                             (body, "multipart/form-data; boundary=other")):
            answer = http.admin().ask("POST", "/imports/new", sent,
                                      {"Content-Type": header})
            self.assertEqual(answer.status, 400, header)
        cookie = "; ".join(f"{n}={v}" for n, v in
                           http.admin().cookies.items())
        head = (f"POST /imports/new HTTP/1.1\r\nHost: x\r\n"
                f"Cookie: {cookie}\r\nContent-Type: {kind}\r\n"
                f"Connection: close\r\n"
                f"Content-Length: {len(body)}\r\n\r\n").encode()
        http.raw(head + body[:5000], wait=3, stop_sending=True)
        self.assertEqual(imports.newest(), before)
        self.assertEqual(imports.upload(imports.contacts()).status, 303)

    def test_thousand_fields(self):
        answer = http.admin().post(
            "/imports/new", [(f"field{i}", "x") for i in range(1000)])
        self.assertEqual(answer.status, 422)
        self.assertIsNotNone(answer.error("file"))

    def test_wrong_method(self):
        for method in ("PUT", "DELETE"):
            self.assertEqual(http.admin().ask(
                method, "/imports/new").status, 405)

    def test_values_at_their_fields(self):
        answer = imports.upload(imports.contacts(),
                                rule_segment="required")
        self.assertEqual(answer.status, 422)
        self.assertIn("name the one", answer.error("segment"))
        answer = imports.upload(imports.contacts(), rule_blank="sometimes",
                                rule_row_limit="many", country="XX",
                                format="generic", tags="a | b")
        self.assertEqual(answer.status, 422)
        for field in ("rule_blank", "rule_row_limit", "country"):
            self.assertIsNotNone(answer.error(field), field)
        self.assertEqual(answer.page.one(id="tags").get("value"), "a | b")
        self.assertIn("open", answer.page.one("details", class_="rules")
                      .attributes)
        chosen = [i.get("value") for i in answer.page.all(
            "input", name="format") if "checked" in i.attributes]
        self.assertEqual(chosen, ["generic"])

    def test_unknown_format(self):
        answer = imports.upload(imports.contacts(), format="other")
        self.assertEqual(answer.status, 422)
        self.assertIsNotNone(answer.error("format"))

    def test_channel(self):
        page = http.admin().get("/imports/new").page
        channel = page.one("select", id="channel")
        self.assertEqual([o.text() for o in channel.all("option")],
                         ["WhatsApp"])
        for name, status in (("WhatsApp", 303), ("telegram", 422)):
            answer = imports.upload(imports.contacts(), channel=name)
            self.assertEqual(answer.status, status, name)
        self.assertIsNotNone(answer.error("channel"))

    def test_what_a_recognised_format_needs_is_asked_with_the_columns(self):
        sample = http.admin().get(
            "/imports/sample.csv?format=metahumans").body
        answer = imports.upload(sample, format="")
        self.assertEqual(answer.status, 303, answer.text)
        self.assertTrue(answer.location.endswith("/mapping"))
        path = answer.location
        page = http.admin().get(path).page
        self.assertIn("open", page.one("details", class_="reading").attributes)
        answer = http.admin().submit(path, {"act": "next"}, action=path)
        self.assertEqual(answer.status, 422)
        self.assertIsNotNone(answer.error("segment"))
        self.assertIsNotNone(answer.error("country"))
        answer = http.admin().submit(path, {
            "act": "next", "country": "IN", "segment": "Fair"}, action=path)
        self.assertEqual(answer.status, 303)

    def test_metahumans_needs_country_and_segment(self):
        sample = http.admin().get(
            "/imports/sample.csv?format=metahumans").body
        answer = imports.upload(sample, format="metahumans")
        self.assertEqual(answer.status, 422)
        self.assertIsNotNone(answer.error("country"))
        self.assertIsNotNone(answer.error("segment"))

    def test_two_clicks(self):
        session = http.logged_in(*http.make_member("editor"))
        data = imports.table(["E-mail", "First name", "Colour"],
                             [http.unique("a") + "@example.org", "A", "red"])
        number = imports.uploaded(data, session, format="isendu", header="1")
        imports.mapped(number, session, c3="none")
        self.assertEqual(imports.confirmed(number, session).status, 303)
        answer = imports.upload(data, session=session, format="isendu",
                                header="1", last_mapping="1")
        self.assertRegex(answer.location, r"^/imports/\d+/consent$")

    def test_hostile_names(self):
        answer = imports.upload(b"", name="x" + http.PAYLOAD.replace(
            '"', "'") + ".csv", segment=http.PAYLOAD, tags=http.PAYLOAD)
        self.assertEqual(answer.status, 422)
        self.assertEqual(answer.hostile(), [])

    def test_viewer(self):
        self.assertEqual(
            http.member("viewer").get("/imports/new").status, 403)
        self.assertEqual(imports.upload(
            imports.contacts(), session=http.member("viewer")).status, 403)

    def test_without_token_of_the_form(self):
        answer = http.admin().upload(
            "/imports/new", {}, [("file", "a.csv", imports.contacts())],
            csrf=False)
        self.assertEqual(answer.status, 403)


def bad_files():
    """(code, bytes) of files that are refused as a whole."""
    return [
        ("empty-file", b""),
        ("empty-file", b"Name,Phone\r\n"),
        ("empty-file", b"\n\n\n"),
        ("not-text", bytes(range(256)) * 40),
        ("not-text", b"PK\x03\x04" + bytes(4000)),
        ("not-text", b"Name,Phone\nA\x00B,+393471234567\n"),
        ("unterminated-quote", b'Name,Phone\n"Ada,+393471234567\nB,C\n'),
        ("too-large", b"Name,Phone\n" + b"x" * (10 << 20) + b"\n"),
        ("too-large", b",".join([b"c"] * 5000) + b"\n" +
         b",".join([b"1"] * 5000) + b"\n"),
    ]


if __name__ == "__main__":
    unittest.main()
