# test_api_import_processed.py: all rows, with comments, for programs
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import import_client as imports


class ApiImportProcessed(unittest.TestCase):
    def test_file(self):
        data = imports.table(["Name", "Phone"], ["A", imports.phone()],
                             ["B", "+39 1"])
        number = imports.imported(data)["id"]
        answer = http.Api().get(f"/api/v1/imports/{number}/processed.csv")
        self.assertEqual(answer.status, 200)
        self.assertIn("text/csv", answer.headers["content-type"])
        rows = imports.rows_of(answer.body)
        self.assertEqual(rows[0], ["Name", "Phone", "Comments"])
        self.assertEqual(len(rows), 3)
        self.assertIn("phone-invalid", rows[2][2])

    def test_refused(self):
        self.assertEqual(http.Api().get(
            "/api/v1/imports/987654321/processed.csv").status, 404)
        self.assertEqual(http.Api(token="").get(
            "/api/v1/imports/1/processed.csv").status, 401)


if __name__ == "__main__":
    unittest.main()
