# test_import_rows.py: rows of an import by outcome and problem
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import import_client as imports


class ImportRows(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        rows = [[f"P{i}", imports.phone()] for i in range(60)]
        rows[10][1] = "+39 1"
        rows[20][1] = ""
        cls.number = imports.imported(
            imports.table(["Name", "Phone"], *rows))["id"]

    def rows(self, query=""):
        page = http.admin().get(f"/imports/{self.number}/rows{query}").page
        body = page.one("tbody")
        return page, [r.one("th").text() for r in body.all("tr")]\
            if body else []

    def test_pages(self):
        page, rows = self.rows()
        self.assertEqual(rows, [str(n) for n in range(2, 52)])
        following = page.one("a", rel="next").get("href")
        page = http.admin().get(following).page
        rows = [r.one("th").text() for r in page.one("tbody").all("tr")]
        self.assertEqual(rows, [str(n) for n in range(52, 62)])
        self.assertIsNone(page.one("a", rel="next"))

    def test_outcome(self):
        page, rows = self.rows("?outcome=rejected")
        self.assertEqual(rows, ["12", "22"])
        self.assertIn("phone-invalid", page.text())
        self.assertEqual(self.rows("?outcome=updated")[1], [])
        self.assertEqual(len(self.rows("?outcome=created")[1]), 50)

    def test_code(self):
        self.assertEqual(self.rows("?code=phone-invalid")[1], ["12"])
        page, rows = self.rows("?code=" + "nonsense")
        self.assertEqual(rows, [])
        self.assertIn("no such rows", page.text())

    def test_hostile_query(self):
        answer = http.admin().get(
            f"/imports/{self.number}/rows?code=%22%3E%3Cscript%3Ealert(1)"
            "&outcome=%22%3E%3Cb&after=x")
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.hostile(), [])

    def test_wide_file(self):
        number = imports.imported(imports.table(
            ["Phone"] + [f"h{i}" for i in range(99)],
            [imports.phone()] + ["x"] * 99))["id"]
        answer = http.admin().get(f"/imports/{number}/rows")
        self.assertIn("60 more columns", answer.text)


if __name__ == "__main__":
    unittest.main()
