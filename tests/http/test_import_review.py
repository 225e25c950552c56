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
        self.assertEqual(http.Api().get(f"/api/v1/imports/{number}")
                         .json["status"], "ready")

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
