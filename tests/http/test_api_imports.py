# test_api_imports.py: POST starts an import, GET lists them
# SPDX-License-Identifier: MIT
import json
import os
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import import_client as imports

from test_import_new import bad_files


class ApiImports(unittest.TestCase):
    def refused(self, answer, status, code, field=None):
        self.assertEqual(answer.status, status, answer.text)
        error = answer.json["error"]
        self.assertEqual(error["code"], code)
        self.assertTrue(error["message"])
        if field:
            self.assertIn(field, error["fields"])

    def test_starts(self):
        answer = imports.post(imports.contacts(5))
        self.assertEqual(answer.status, 202)
        self.assertEqual(set(answer.json), {"id", "url"})
        number = answer.json["id"]
        self.assertEqual(answer.json["url"], f"/api/v1/imports/{number}")
        self.assertEqual(imports.wait(number)["rows"]["created"], 5)

    def test_consent(self):
        before = imports.newest()
        for consent in (None, "false", "", "0"):
            self.refused(imports.post(imports.contacts(), consent=consent),
                         422, "consent-missing", "consent")
        self.refused(imports.post(imports.contacts(), consent="perhaps"),
                     422, "value-not-allowed", "consent")
        self.assertEqual(imports.newest(), before)

    def test_dry_run(self):
        known = imports.phone()
        imports.imported(imports.table(["Name", "Phone"], ["Ada", known]))
        data = imports.table(["Name", "Phone"], ["Ada", known],
                             ["Bo", imports.phone()], ["Bad", "12"])
        number = imports.started(data, dry_run="true", consent=None)
        dry = imports.checked(number)
        self.assertEqual(dry["status"], "ready")
        self.assertEqual(dry["rows"], {
            "read": 3, "created": 1, "updated": 0, "unchanged": 1,
            "skipped": 0, "rejected": 1})
        self.assertEqual(dry["problems"], {"phone-invalid": 1})
        api = http.Api()
        found = api.get(f"/api/v1/contacts?import={number}").json
        self.assertEqual(found["total"], 0)
        path = f"/api/v1/imports/{number}/start"
        self.assertEqual(api.send("POST", path, {}).status, 422)
        self.assertEqual(api.send(
            "POST", path, {"consent": True}).status, 202)
        done = imports.wait(number)
        self.assertEqual((done["rows"], done["problems"]),
                         (dry["rows"], dry["problems"]))

    def test_dry_run_by_number(self):
        number = imports.started(imports.contacts(), dry_run="1",
                                 consent=None)
        self.assertEqual(imports.checked(number)["status"], "ready")
        self.assertEqual(imports.post(
            imports.contacts(), dry_run="0", consent=None).status, 422)

    def test_dry_run_is_another_request(self):
        key, data = http.unique("key"), imports.contacts()
        self.assertEqual(imports.post(
            data, idempotency=key, dry_run="true").status, 202)
        self.assertEqual(imports.post(
            data, idempotency=key).json["error"]["code"],
            "idempotency-key-reused")

    def test_dry_run_false(self):
        self.assertEqual(imports.post(
            imports.contacts(), dry_run="false").status, 202)

    def test_unknown_field(self):
        self.refused(imports.post(imports.contacts(), formt="generic"),
                     422, "unknown-field", "formt")

    def test_values(self):
        for field, value in (("format", "other"), ("header", "maybe"),
                             ("blank", "sometimes"), ("country", "XX"),
                             ("row_limit", "-1"), ("key", "name")):
            answer = imports.post(imports.contacts(), **{field: value})
            self.refused(answer, 422, "value-not-allowed", field)

    def test_names_of_segment_and_tags(self):
        """A name that the book cannot have is said before anything runs."""
        long = "x" * 129
        for field, value in (("tags", long), ("tags", f"Fair | {long}"),
                             ("tags", "Fair\nGold"), ("segment", long),
                             ("segment", "Fair\nGold")):
            self.refused(imports.post(imports.contacts(), **{field: value}),
                         422, "value-not-allowed", field)
        longest = http.unique("é").ljust(128, "é")
        done = imports.imported(imports.contacts(), segment=longest,
                                tags=f"|{longest} | |")
        self.assertEqual((done["status"], done["rows"]["created"]),
                         ("done", 3))

    def test_file_missing(self):
        answer = http.Api().upload("/api/v1/imports", {"consent": "true"}, [])
        self.refused(answer, 422, "file-missing", "file")

    def test_not_multipart(self):
        answer = http.Api().ask("POST", "/api/v1/imports", "consent=true", {
            "Content-Type": "application/x-www-form-urlencoded"})
        self.refused(answer, 415, "not-multipart")
        answer = http.Api().send("POST", "/api/v1/imports", {})
        self.assertEqual(answer.status, 415)

    def test_refused_files(self):
        before = imports.newest()
        for code, data in bad_files():
            answer = imports.post(data)
            self.refused(answer, 413 if code == "too-large" else 422, code)
        self.assertEqual(imports.newest(), before)
        self.assertEqual(imports.post(imports.contacts()).status, 202)

    def test_header_order(self):
        self.refused(imports.post(
            imports.contacts(), format="metahumans", country="IN",
            segment="S"), 422, "header-order")

    def test_metahumans_needs(self):
        sample = http.admin().get(
            "/imports/sample.csv?format=metahumans").body
        self.refused(imports.post(sample, format="metahumans",
                                  segment="S"),
                     422, "value-not-allowed", "country")
        self.refused(imports.post(sample, format="metahumans",
                                  country="IN"),
                     422, "value-not-allowed", "segment")

    def test_rule_of_the_segment(self):
        """The field `segment` is a name; its rule has a field of its own."""
        self.refused(imports.post(imports.contacts(), format="generic",
                                  segment_rule="required"),
                     422, "value-not-allowed", "segment")
        self.refused(imports.post(imports.contacts(), format="generic",
                                  segment_rule="perhaps"),
                     422, "value-not-allowed", "segment_rule")
        name = http.unique("required")
        self.assertEqual(imports.imported(
            imports.contacts(), format="generic", segment=name,
            segment_rule="required")["status"], "done")
        sample = http.admin().get(
            "/imports/sample.csv?format=metahumans").body
        self.assertEqual(imports.imported(
            sample, format="metahumans", country="IN",
            segment_rule="optional")["status"], "done")

    def test_mapping(self):
        number = imports.phone()
        name = http.unique("Ada")
        done = imports.imported(
            imports.table(["who", "where to", "x"], [name, number, "y"]),
            mapping='{"who": "name", "2": "phone", "x": null}')
        self.assertEqual(done["rows"]["created"], 1)

    def test_mapping_refused(self):
        before = imports.newest()
        for mapping in ('{"nobody": "name"}', '{"Name": "nonsense"}',
                        '{"Phone": null}', '{"Name": "phone", "Phone": "phone"}', "[", "7",
                        '{"Name"}'):
            answer = imports.post(imports.contacts(), mapping=mapping)
            self.assertEqual(answer.status, 422, mapping)
            self.assertIn("mapping", answer.json["error"]["fields"])
        self.assertEqual(imports.newest(), before)

    def test_without_header(self):
        done = imports.imported(
            imports.table(["Ada", imports.phone()],
                          ["Bob", imports.phone()]),
            header="false", mapping='{"1": "name", "2": "phone"}')
        self.assertEqual(done["rows"]["created"], 2)

    def test_rules(self):
        number = imports.phone()
        data = imports.table(["Name", "Phone"], ["A", number])
        imports.imported(data)
        done = imports.imported(data, existing="skip")
        self.assertEqual(done["rows"]["skipped"], 1)
        self.assertEqual(done["problems"], {"already-there": 1})

    def test_idempotency_key(self):
        data, key = imports.contacts(), http.unique("key")
        first = imports.post(data, idempotency=key)
        again = imports.post(data, idempotency=key)
        self.assertEqual(first.status, 202)
        self.assertEqual((again.status, again.json),
                         (first.status, first.json))
        imports.wait(first.json["id"])
        self.assertEqual(imports.post(data, idempotency=key).json, first.json)
        self.refused(imports.post(imports.contacts(), idempotency=key), 422,
                     "idempotency-key-reused")
        self.refused(imports.post(data, idempotency="k" * 256), 422,
                     "value-not-allowed")

    @unittest.skipUnless(http.VAR, "RUBRICA_VAR is not set")
    def test_idempotency_key_after_a_crash(self):
        data = imports.table(["Name", "Phone"], ["A", "x"])
        key, dead = http.unique("key"), None

        def left(values):
            subprocess.run(
                ["mariadb", "-S", http.VAR + "/mariadb.sock", "rubrica", "-e",
                 f"UPDATE import SET {values} WHERE id = {dead}"], check=True)

        dead = imports.post(data, idempotency=key,
                            dry_run="true").json["id"]
        imports.checked(dead)
        left("state = 'mapped'")
        answer = imports.post(data, idempotency=key, dry_run="true")
        self.assertEqual((answer.status, answer.json["id"]), (202, dead))
        self.assertEqual(imports.checked(dead)["status"], "ready")
        left("state = 'uploading', created_at ="
             " UTC_TIMESTAMP(3) - INTERVAL 1 DAY")
        answer = imports.post(data, idempotency=key, dry_run="true")
        self.assertEqual(answer.status, 202)
        self.assertNotEqual(answer.json["id"], dead)
        self.assertEqual(imports.checked(answer.json["id"])["status"],
                         "ready")
        self.assertEqual(
            http.Api().get(f"/api/v1/imports/{dead}").status, 404)

    def test_broken_off(self):
        before = imports.newest()
        kind, body = http.multipart(
            [("consent", "true")],
            [("file", "a.csv", imports.contacts(2000))])
        head = (f"POST /api/v1/imports HTTP/1.1\r\nHost: x\r\n"
                f"Authorization: Bearer {http.admin_token()}\r\n"
                f"Content-Type: {kind}\r\nConnection: close\r\n"
                f"Content-Length: {len(body)}\r\n\r\n").encode()
        http.raw(head + body[:len(body) // 2], wait=3, stop_sending=True)
        self.assertEqual(imports.newest(), before)
        # Shorter than declared parts: the last boundary is missing.
        cut = body[:len(body) // 2]
        answer = http.Api().ask("POST", "/api/v1/imports", cut, {
            "Content-Type": kind})
        self.assertEqual(answer.status, 400)
        self.assertEqual(imports.newest(), before)
        self.assertEqual(imports.post(imports.contacts()).status, 202)

    def test_thousand_fields(self):
        fields = [(f"field{i}", "x") for i in range(1000)]
        answer = http.Api().upload(
            "/api/v1/imports", fields + [("consent", "true")],
            [("file", "a.csv", imports.contacts())])
        self.refused(answer, 422, "unknown-field", "field999")

    def test_list(self):
        ids = [imports.started(imports.contacts(1)) for _ in range(3)]
        answer = http.Api().get("/api/v1/imports?limit=2").json
        self.assertEqual(len(answer["imports"]), 2)
        following = http.Api().get(
            f"/api/v1/imports?limit=2&after={answer['next']}").json
        seen = [i["id"] for i in answer["imports"] + following["imports"]]
        self.assertEqual(seen, sorted(seen, reverse=True))
        self.assertLessEqual(set(ids[1:]), set(seen))

    def test_rights(self):
        self.assertEqual(http.Api(token="").get(
            "/api/v1/imports").status, 401)
        self.assertEqual(http.Api(token="wrong").upload(
            "/api/v1/imports", {"consent": "true"},
            [("file", "a.csv", imports.contacts())]).status, 401)
        self.assertEqual(http.Api().ask(
            "DELETE", "/api/v1/imports").status, 405)

    def test_write_rules(self):
        """Per column, checked and echoed."""
        phone = imports.phone()
        header = ["Phone", "Name", "City", "Tags"]
        a, b = http.unique("a"), http.unique("b")
        imports.imported(imports.table(header, [phone, "Old", "", a]))
        done = imports.imported(
            imports.table(header, [phone, "New", "Rome", b]),
            mapping=json.dumps({
                "Name": {"to": "name", "write": "never"},
                "City": {"write": "fill", "empty": "clear"},
                "Tags": {"to": "tags", "write": "overwrite"}}))
        self.assertEqual(done["rows"]["updated"], 1)
        self.assertEqual(done["mapping"], {
            "Phone": {"to": "phone", "write": "overwrite", "empty": "keep"},
            "Name": {"to": "name", "write": "never", "empty": "keep"},
            "City": {"to": "city", "write": "fill", "empty": "clear"},
            "Tags": {"to": "tags", "write": "overwrite", "empty": "keep"}})
        found = http.Api().get("/api/v1/contacts?phone="
                               + phone.replace("+", "%2B")).json["contacts"]
        self.assertEqual((found[0]["name"], found[0]["city"],
                          found[0]["tags"]), ("Old", "Rome", [b]))
        again = imports.imported(
            imports.table(header, [phone, "New", "Oslo", b]),
            mapping=json.dumps({"Name": {"write": "never"},
                                "City": {"write": "fill"}}))
        self.assertEqual(again["rows"]["unchanged"], 1)
        for wrong in ({"City": {"write": "append"}},
                      {"Phone": {"write": "never"}},
                      {"City": {"write": "sometimes"}},
                      {"City": {"empty": "perhaps"}},
                      {"City": {"write": "never", "empty": "clear"}},
                      {"City": {"into": "city"}}):
            answer = imports.post(imports.table(header, [phone, "", "", ""]),
                                  mapping=json.dumps(wrong))
            self.assertEqual(answer.status, 422, wrong)
            self.assertIn("mapping", answer.json["error"]["fields"])

    def test_mapping_echo(self):
        """What GET says can be sent again."""
        name = http.unique("List")
        data = imports.table(["7", "Phone", "Phone", "X", name],
                             ["", imports.phone(), "", "y", "[1]"])
        first = imports.imported(data, mapping=json.dumps({
            "1": None, "3": None, "X": None,
            "5": {"attribute": name, "type": "ARRAY", "write": "append"}}))
        self.assertEqual(list(first["mapping"]), ["1", "2", "3", "X", name])
        self.assertEqual(first["mapping"]["2"]["to"], "phone")
        self.assertIsNone(first["mapping"]["X"])
        self.assertEqual(first["mapping"][name], {
            "to": name, "type": "ARRAY", "write": "append", "empty": "keep"})
        again = imports.imported(data, mapping=json.dumps(first["mapping"]))
        self.assertEqual(again["mapping"], first["mapping"])
        self.assertEqual(again["rows"]["unchanged"], 1)

    def test_confirm_optins(self):
        header = ["Phone", "WhatsApp Opted"]
        phones = [imports.phone() for _ in range(3)]
        imports.imported(imports.table(header, *[[p, "no"] for p in phones]),
                         format="generic")
        data = imports.table(header, *[[p, "yes"] for p in phones])
        for fields in ({"confirm_optins": "x"},
                       {"confirm_optins": "2", "dry_run": "true"}):
            answer = imports.post(data, **fields)
            self.assertEqual(answer.status, 422)
            self.assertIn("confirm_optins", answer.json["error"]["fields"])
        done = imports.imported(data, confirm_optins="2", format="generic")
        self.assertEqual(done["opt_outs"],
                         {"people": 3, "kept": 1, "confirmed": 2})
        self.assertEqual(done["rows"]["updated"], 2)
        self.assertEqual(done["rows"]["unchanged"], 1)


if __name__ == "__main__":
    unittest.main()
