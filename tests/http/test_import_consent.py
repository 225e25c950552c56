# test_import_consent.py: the wizard's last step
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import import_client as imports


class ImportConsent(unittest.TestCase):
    def test_page(self):
        number = imports.at_consent(imports.contacts(3))
        page = http.admin().get(f"/imports/{number}/consent").page
        self.assertIn("step 4 of 4", page.one("h1").text())
        self.assertRegex(page.text(), "Import 3 (contacts|rows)")
        self.assertIn("General Data Protection Regulation", page.text())
        for name in ("gdpr", "profiling"):
            self.assertNotIn("checked", page.one(id=name).attributes)

    def test_counts_what_gets_in(self):
        number = imports.at_consent(imports.table(
            ["Name", "Phone"], ["Ada", imports.phone()],
            ["Bo", imports.phone()], ["Cy", "12"]), format="generic")
        imports.checked(number)
        page = http.admin().get(f"/imports/{number}/consent").page
        self.assertIn("3 rows, 2 new, 0 updated, 0 unchanged; 1 stays out", page.text())
        self.assertIn("Import 2 contacts", page.text())

    def test_box_missing(self):
        number = imports.at_consent(imports.contacts())
        for given, missing in (("gdpr", "profiling"), ("profiling", "gdpr")):
            answer = imports.confirmed(number, **{missing: None})
            self.assertEqual(answer.status, 422)
            self.assertIsNotNone(answer.error(missing))
            self.assertIsNone(answer.error(given))
            self.assertIn("checked", answer.page.one(id=given).attributes)
        self.assertEqual(imports.checked(number)["status"], "ready")
        found = http.Api().get(f"/api/v1/contacts?import={number}").json
        self.assertEqual(found["total"], 0)

    def test_starts(self):
        number = imports.at_consent(imports.contacts(4))
        answer = imports.confirmed(number)
        self.assertEqual(answer.location, f"/imports/{number}")
        self.assertEqual(imports.wait(number)["rows"]["created"], 4)

    def test_twice(self):
        number = imports.at_consent(imports.contacts(2))
        pairs = http.form_of(
            http.admin().get(f"/imports/{number}/consent").page,
            action=f"/imports/{number}/consent")
        pairs = http.replaced(pairs, {"gdpr": "1", "profiling": "1"})
        for _ in range(2):
            answer = http.admin().post(f"/imports/{number}/consent", pairs)
            self.assertEqual(answer.location, f"/imports/{number}")
        self.assertEqual(imports.wait(number)["rows"]["read"], 2)

    def test_metahumans_words(self):
        sample = http.admin().get(
            "/imports/sample.csv?format=metahumans").body
        number = imports.at_consent(sample, format="metahumans",
                                    country="IN", segment="Humans")
        self.assertIn("I understand", http.admin().get(
            f"/imports/{number}/consent").page.one(
                "label", **{"for": "gdpr"}).text())

    def test_before_mapping(self):
        number = imports.uploaded(imports.contacts())
        answer = http.admin().get(f"/imports/{number}/consent")
        self.assertEqual(answer.location, f"/imports/{number}/mapping")


if __name__ == "__main__":
    unittest.main()
