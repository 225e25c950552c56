# test_api_import_problems.py: the findings about the rows of an import
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import import_client as imports


class ApiImportProblems(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        rows = [["A", imports.phone()]] + [["B", "+39 1"]] * 5 + [["C", ""]]
        cls.number = imports.imported(
            imports.table(["Name", "Phone"], *rows))["id"]

    def get(self, query=""):
        return http.Api().get(
            f"/api/v1/imports/{self.number}/problems{query}")

    def test_all(self):
        answer = self.get().json
        self.assertEqual([p["row"] for p in answer["problems"]],
                         [3, 4, 5, 6, 7, 8])
        self.assertIsNone(answer["next"])
        first = answer["problems"][0]
        self.assertEqual(set(first),
                         {"row", "column", "code", "message", "level"})
        self.assertEqual(first["column"], "Phone")
        self.assertEqual(first["code"], "phone-invalid")
        self.assertEqual(first["level"], "reject")

    def test_pages(self):
        seen, after = [], ""
        while True:
            answer = self.get("?limit=2" + after).json
            self.assertLessEqual(len(answer["problems"]), 2)
            seen += [p["row"] for p in answer["problems"]]
            if answer["next"] is None:
                break
            after = "&after=" + answer["next"]
        self.assertEqual(seen, [3, 4, 5, 6, 7, 8])

    def test_code(self):
        answer = self.get("?code=phone-missing").json
        self.assertEqual([p["row"] for p in answer["problems"]], [8])

    def test_odd(self):
        self.assertEqual(self.get("?after=x").status, 422)
        self.assertEqual(self.get("?limit=0").status, 200)
        self.assertEqual(http.Api().get(
            "/api/v1/imports/987654321/problems").status, 404)


if __name__ == "__main__":
    unittest.main()
