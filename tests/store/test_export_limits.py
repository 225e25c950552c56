# test_export_limits.py: more than a sheet of XLSX can hold
# SPDX-License-Identifier: MIT
"""With limits that are lowered: a sheet of three rows and four columns."""
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import xlsx
from instance import Instance

PATH = "/contacts/export.xlsx"


class Limits(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.book = Instance(RUBRICA_SHEET_ROWS="4", RUBRICA_SHEET_COLUMNS="4")
        cls.book.__enter__()
        cls.addClassCleanup(cls.book.__exit__, None, None, None)
        cls.api = http.Api(cls.book.run("token").strip(), cls.book.url)
        cls.session = http.Session(cls.book.url)
        cls.session.login(cls.book.env["RUBRICA_ADMIN_EMAIL"],
                          cls.book.env["RUBRICA_ADMIN_PASSWORD"])
        for i in range(4):
            answer = cls.api.send("POST", "/api/v1/contacts", {
                "name": f"n{i}", "email": f"n{i}@example.org",
                "city": "all" if i else "one"})
            assert answer.status == 201, answer.text

    def test_rows(self):
        answer = self.api.get(f"/api/v1{PATH}?columns=name&city=all")
        self.assertEqual(len(xlsx.rows(answer.body)), 3)
        answer = self.api.get(f"/api/v1{PATH}?columns=name")
        self.assertEqual(answer.status, 422)
        self.assertEqual(answer.json["error"]["code"], "too-large-for-xlsx")
        self.assertIn("holds 3 contacts", answer.json["error"]["message"])
        answer = self.session.get(PATH + "?columns=name")
        self.assertEqual(answer.status, 422)
        self.assertIn("filter the list first", answer.page.text())

    def test_columns(self):
        answer = self.api.get(
            f"/api/v1{PATH}?city=all&columns=name,email,city,phone")
        self.assertEqual(answer.status, 200)
        answer = self.api.get(
            f"/api/v1{PATH}?city=all&columns=name,email,city,phone,area")
        self.assertEqual(answer.status, 422)
        self.assertIn("holds 4 columns and these are 5",
                      answer.json["error"]["message"])

    def test_page(self):
        """It says so before anybody waits for the file."""
        page = self.session.get("/contacts/export").page
        self.assertIn("A sheet holds 3 contacts", page.text())
        self.assertEqual([], [b for b in page.all("button")
                              if b.get("formaction") == PATH])
        page = self.session.get("/contacts/export?city=all").page
        self.assertNotIn("A sheet holds", page.text())

    def test_audit(self):
        """What was refused is no export."""
        audit = "/api/v1/audit?action=contacts.export&limit=1"
        self.api.get(f"/api/v1{PATH}?columns=name&city=one")
        before = self.api.get(audit).json["audit"]
        self.assertEqual(self.api.get(f"/api/v1{PATH}").status, 422)
        self.assertEqual(self.api.get(audit).json["audit"], before)
        self.assertIn("1 as XLSX", before[0]["details"])


if __name__ == "__main__":
    unittest.main()
