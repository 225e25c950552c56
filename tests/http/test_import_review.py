# test_import_review.py: the wizard's third step
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import import_client as imports


class ImportReview(unittest.TestCase):
    def test_page(self):
        number = imports.at_review(imports.table(
            ["Name", "Phone"], ["Ada", "+39 347 1234567"], ["Bob", "+39 1"]),
            segment="Fair", tags="a | b")
        answer = http.admin().get(f"/imports/{number}/review")
        page = answer.page
        self.assertIn("step 3 of 4", page.one("h1").text())
        rows = page.all("tbody")[-1].all("tr")
        self.assertEqual(len(rows), 2)
        self.assertIn("+39 347 123 4567", rows[0].text())
        self.assertIn("Ready", rows[0].text())
        self.assertIn("In error", rows[1].text())
        for text in ("contacts.csv", "Generic", "UTF-8", "Fair", "a | b"):
            self.assertIn(text, page.text())
        links = [a.get("href") for a in page.all("a")]
        self.assertIn(f"/imports/{number}/mapping", links)

    def test_goes_on(self):
        number = imports.at_consent(imports.contacts())
        self.assertEqual(imports.checked(number)["status"], "ready")

    def test_check_again(self):
        phone = imports.phone()
        number = imports.at_review(imports.table(
            ["Name", "Phone"], ["Ada", phone]))
        self.assertEqual(imports.checked(number)["rows"]["created"], 1)
        http.Api().send("POST", "/api/v1/contacts",
                        {"name": "Ada", "phone": phone})
        path = f"/imports/{number}/review"
        answer = http.admin().submit(path, {"act": "check"}, action=path)
        self.assertEqual(answer.status, 303)
        self.assertEqual(imports.checked(number)["rows"]["unchanged"], 1)
        page = http.admin().get(f"/imports/{number}").page
        self.assertIsNotNone(page.one(
            "a", href=path + "?outcome=unchanged#rows"))

    def test_numbers_of_the_check(self):
        known = imports.phone()
        imports.imported(imports.table(["Name", "Phone"], ["Ada", known]))
        number = imports.at_review(imports.table(
            ["Name", "Phone"], ["Ada", known], ["Bo", imports.phone()],
            ["Eve", known.replace("+39", "+39 ")], ["Bad", "+39 1"]))
        rows = imports.checked(number)["rows"]
        self.assertEqual(rows, {"read": 4, "created": 1, "updated": 1,
                                "unchanged": 1, "skipped": 0, "rejected": 1})
        page = http.admin().get(f"/imports/{number}/review").page
        numbers = {n.all("span")[1].text(): n.all("span")[0].text()
                   for n in page.all("div") if n.get("class") == "number"}
        self.assertEqual(numbers, {"rows read": "4", "new": "1",
                                   "updated": "1", "unchanged": "1",
                                   "skipped": "0", "in error": "1"})
        self.assertIn("phone-invalid", page.text())
        errors = http.admin().get(f"/imports/{number}/errors.csv")
        self.assertEqual(len(imports.rows_of(errors.body)), 2)
        # Nothing was written: Ada is still called so.
        found = http.Api().get("/api/v1/contacts?phone=" +
                               known.replace("+", "%2B")).json["contacts"]
        self.assertEqual([c["name"] for c in found], ["Ada"])

    def test_repairs(self):
        number = imports.at_review(imports.table(
            ["Name", "Country Code", "Phone Number"],
            ["O'Neil Rao", "39", imports.phone()[3:]],
            ["Anna2", "39", imports.phone()[3:]],
            ["Unknown Range", "65", "80860000"]), format="interakt")
        self.assertEqual(imports.checked(number)["rows"]["rejected"], 3)
        path = f"/imports/{number}/review"
        text = http.admin().get(path).page.text()
        self.assertIn("Accept numbers of the right length", text)
        self.assertIn("Allow these in names", text)
        for rule, value, rejected in (("phone_check", "possible", 2),
                                      ("name_rule", "letters_marks", 1)):
            answer = http.admin().submit(path, {
                "act": "check", "rule": rule, "value": value}, action=path)
            self.assertEqual((answer.status, answer.location), (303, path))
            self.assertEqual(imports.checked(number)["rows"]["rejected"],
                             rejected)
        self.assertNotIn("Allow these in names",
                         http.admin().get(path).page.text())

    def test_bad_repair(self):
        number = imports.at_review(imports.contacts())
        path = f"/imports/{number}/review"
        answer = http.admin().submit(path, {
            "act": "check", "rule": "phone_check", "value": "never"},
            action=path)
        self.assertEqual(answer.status, 422)

    def test_before_mapping(self):
        number = imports.uploaded(imports.contacts())
        answer = http.admin().get(f"/imports/{number}/review")
        self.assertEqual(answer.location, f"/imports/{number}/mapping")

    def test_row_limit_is_said(self):
        header = ("user.username,user.phone_no,user.email,user.first_name,"
                  "user.last_name,user.title,user.account\n")
        data = header + "".join(f",9198765{i:05d},,,,,\n"
                                for i in range(1003))
        number = imports.at_review(data.encode(), format="metahumans",
                                   country="IN", segment="Limit")
        text = http.admin().get(f"/imports/{number}/review").page.text()
        self.assertIn("only the first 1,000 are imported, 3 are skipped",
                      text)


HEADER = ["Name", "Country Code", "Phone Number", "WhatsApp Opted"]


class Correcting(unittest.TestCase):
    """Each way to correct a file, without JavaScript."""

    def setUp(self):
        self.phones = [imports.phone()[3:] for _ in range(6)]
        p = self.phones
        self.number = imports.at_review(imports.table(
            HEADER, ["Ana", "39", p[0], "Yess"], ["Bo", "ITA", p[1], "Yess"],
            ["Chi", "39", p[2], "TRUE"], ["Dev", "39", "12", "FALSE"],
            ["Eve", "39", "13", ""], ["", "39", p[5], "Nope"]),
            format="interakt")
        self.path = f"/imports/{self.number}/review"
        self.expect(1, 0, 5)

    def expect(self, created, skipped, rejected):
        rows = imports.checked(self.number)["rows"]
        self.assertEqual(
            (rows["read"], rows["created"], rows["skipped"],
             rows["rejected"]), (6, created, skipped, rejected))

    def post(self, **values):
        values = {k.replace("_", "-"): v for k, v in values.items()}
        return http.admin().post(self.path, values)

    def page(self, query=""):
        return http.admin().get(self.path + query).page

    def codes(self):
        return http.Api().get(f"/api/v1/imports/{self.number}").json[
            "problems"]

    def test_groups(self):
        text = self.page().text()
        for words in ("Why rows will not get in, and what to do",
                      "Correct values everywhere in", "Yess", "2 rows",
                      "ITA"):
            self.assertIn(words, text)

    def test_value_everywhere(self):
        answer = self.post(act="value", column="4", old_0="Yess",
                           new_0="TRUE", old_1="Nope", new_1="Nope")
        self.assertEqual(answer.status, 303)
        self.assertEqual(answer.location, self.path + "?tried=2.3#tried")
        page = http.admin().get(answer.location).page
        self.assertIn("1 of these 2 rows will get in", page.text())
        heads = [h.text() for h in page.one("thead").all("th")]
        self.assertEqual(heads[-4:], HEADER)
        self.expect(2, 0, 4)
        text = self.page().text()
        self.assertIn("everywhere (2 cells)", text)

    def test_any_value_everywhere(self):
        """One that is no error has no form of its own."""
        column = self.page().one("select", name="column")
        self.assertEqual([(o.get("value"), o.text())
                          for o in column.all("option")],
                         [(str(i + 1), h) for i, h in enumerate(HEADER)])
        answer = self.post(act="value", column="1", old_0="Chi",
                           new_0="Chiara")
        self.assertEqual(answer.location, self.path)
        self.expect(1, 0, 5)
        self.assertIn("Chiara", self.page("?row=4").text())
        self.assertIn("everywhere (1 cell)", self.page().text())

    def test_cells_and_rows(self):
        answer = self.post(act="fix", cell_5_3=self.phones[3], out_6="1",
                           cell_4_1="Chi", cell_7_1="Gia")
        self.assertEqual(answer.location, self.path + "?tried=5.6.7#tried")
        page = http.admin().get(answer.location).page
        self.assertIn("left out", page.text())
        self.expect(2, 1, 3)
        self.assertEqual(self.codes()["left-out"], 1)
        fields = [i for i in self.page("?row=7").all("input")
                  if i.get("name") == "cell-7-1"]
        self.assertEqual([f.get("value") for f in fields], ["Gia"])
        # Its message stands at the cell that is still wrong.
        wrong = [i for i in self.page("?row=7").all("input")
                 if i.get("aria-invalid") == "true"]
        self.assertEqual([(w.get("name"), w.get("aria-describedby"))
                          for w in wrong], [("cell-7-4", "wrong-7-4")])

    def test_take_back(self):
        self.post(act="fix", out_6="1")
        self.expect(1, 1, 4)
        fix = http.Api().get(
            f"/api/v1/imports/{self.number}/fixes").json["fixes"][0]
        answer = self.post(act="back", number=str(fix["id"]))
        self.assertEqual(answer.location, self.path)
        self.expect(1, 0, 5)
        self.assertEqual(self.post(act="back", number="9").status, 404)
        self.assertEqual(self.post(act="back", number="x").status, 404)

    def test_nothing_changed(self):
        answer = self.post(act="fix", cell_5_3="12")
        self.assertEqual(answer.location, self.path)
        self.assertIn("Nothing was changed", self.page().text())
        self.expect(1, 0, 5)

    def test_bad_input(self):
        for values, words in (
                ({"cell_99_1": "x"}, "no row 99"),
                ({"out_1": "1"}, "no row 1 "),
                ({"cell_5_9": "x"}, "does not have this column"),
                ({"cell_5_3": "x" * 2001}, "longer than"),
                ({"cell_5_1": "a\x01b"}, "control character")):
            answer = self.post(act="fix", **values)
            self.assertEqual(answer.status, 422, values)
            self.assertIn(words, answer.page.text())
        answer = self.post(act="fix", cell_5_3="7" * 2001)
        self.assertIn("7" * 2001, [i.get("value")
                                   for i in answer.page.all("input")])
        answer = self.post(act="value", column="9", old_0="a", new_0="b")
        self.assertEqual(answer.status, 422)
        self.expect(1, 0, 5)

    def test_after_the_start(self):
        number = imports.imported(imports.contacts(1))["id"]
        answer = http.admin().post(f"/imports/{number}/review", {
            "act": "fix", "out-2": "1"})
        self.assertEqual((answer.status, answer.location),
                         (303, f"/imports/{number}"))
        self.assertEqual(http.Api().get(
            f"/api/v1/imports/{number}/fixes").json["fixes"], [])

    def test_imported_with_corrections(self):
        self.post(act="value", column="4", old_0="Yess", new_0="TRUE")
        self.post(act="value", column="2", old_0="ITA", new_0="39")
        self.post(act="fix", cell_5_3=self.phones[3], out_6="1")
        self.expect(4, 1, 1)
        self.assertEqual(imports.confirmed(self.number).status, 303)
        done = imports.wait(self.number)
        self.assertEqual((done["rows"]["created"], done["rows"]["skipped"],
                          done["rows"]["rejected"]), (4, 1, 1))
        found = http.Api().get("/api/v1/contacts?phone=%2B39" +
                               self.phones[3]).json["contacts"]
        self.assertEqual([c["name"] for c in found], ["Dev"])
        page = http.admin().get(f"/imports/{self.number}").page.text()
        self.assertIn("4 corrections were made", page)
        rows = imports.rows_of(http.admin().get(
            f"/imports/{self.number}/processed.csv").body)
        self.assertEqual(rows[1][3], "TRUE")
        self.assertIn('"Yess" in the uploaded file [corrected]', rows[1][-1])
        self.assertEqual(rows[4][2], self.phones[3])
        self.assertIn("[left-out]", rows[5][-1])
        original = http.admin().get(f"/imports/{self.number}/original.csv")
        self.assertIn(b"Yess", original.body)

    def test_remembered(self):
        self.post(act="value", column="4", old_0="Yess", new_0="TRUE",
                  remember="1")
        fixes = f"/api/v1/imports/{self.number}/fixes"
        self.assertTrue(http.Api().get(fixes).json["fixes"][0]["remembered"])
        self.addCleanup(self.forget)
        number = imports.at_review(imports.table(
            HEADER, ["Gia", "39", imports.phone()[3:], "Yess"]),
            format="interakt")
        self.assertEqual(imports.checked(number)["rows"]["created"], 1)
        text = http.admin().get(f"/imports/{number}/review").page.text()
        self.assertIn("remembered from an earlier file", text)

    def forget(self):
        self.post(act="forget", number="1")
        number = imports.at_review(imports.table(
            HEADER, ["Gia", "39", imports.phone()[3:], "Yess"]),
            format="interakt")
        self.assertEqual(imports.checked(number)["rows"]["rejected"], 1)


class Changes(unittest.TestCase):
    def test_old_and_new(self):
        ana = imports.phone()
        imports.imported(imports.table(["Name", "Phone", "City"],
                                       ["Ana", ana, "Pune"]))
        number = imports.at_review(imports.table(
            ["Name", "Phone", "City"], ["Ana", ana, "Oslo"],
            ["Bo", imports.phone(), "Rio"]))
        self.assertEqual(imports.checked(number)["changes"], {"city": 1})
        path = f"/imports/{number}/review"
        page = http.admin().get(path).page
        self.assertIn("City in 1 row", page.text())
        page = http.admin().get(path + "?outcome=updated&field=city").page
        self.assertIn("Pune", page.one("del").text())
        self.assertIn("Oslo", page.one("ins").text())
        page = http.admin().get(path + "?outcome=updated&field=state").page
        self.assertIn("no such rows", page.text())


if __name__ == "__main__":
    unittest.main()
