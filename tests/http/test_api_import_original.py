# test_api_import_original.py: the uploaded file comes back, for programs
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import import_client as imports


class ApiImportOriginal(unittest.TestCase):
    def test_file(self):
        data = imports.table(["Name", "Phone"], ["A", imports.phone()],
                             ["B", "+39 1"])
        number = imports.imported(data)["id"]
        answer = http.Api().get(f"/api/v1/imports/{number}/original.csv")
        self.assertEqual(answer.status, 200)
        self.assertIn("text/csv", answer.headers["content-type"])
        self.assertEqual(answer.body, data)

    def test_refused(self):
        self.assertEqual(http.Api().get(
            "/api/v1/imports/987654321/original.csv").status, 404)
        self.assertEqual(http.Api(token="").get(
            "/api/v1/imports/1/original.csv").status, 401)


if __name__ == "__main__":
    unittest.main()
