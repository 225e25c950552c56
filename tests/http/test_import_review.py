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
        rows = page.one("tbody").all("tr")
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


if __name__ == "__main__":
    unittest.main()
