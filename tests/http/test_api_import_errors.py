# test_api_import_errors.py: the rows that did not get in, for programs
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import import_client as imports


class ApiImportErrors(unittest.TestCase):
    def test_file(self):
        data = imports.table(["Name", "Phone"], ["A", imports.phone()],
                             ["B", "+39 1"])
        number = imports.imported(data)["id"]
        answer = http.Api().get(f"/api/v1/imports/{number}/errors.csv")
        self.assertEqual(answer.status, 200)
        self.assertIn("text/csv", answer.headers["content-type"])
        rows = imports.rows_of(answer.body)
        self.assertEqual(rows[0], ["Name", "Phone", "Error"])
        self.assertEqual([r[:2] for r in rows[1:]], [["B", "+39 1"]])

    def test_too_many_cells(self):
        """The error stands in its column, what is too much behind it; and the
        corrected file comes in."""
        phone, other = imports.phone(), imports.phone()
        data = (f"Name,Phone,City\r\nAnn,{phone},Pune\r\n"
                f'"B ""x""",{other},Rome,Italy, EU ,,\r\n').encode()
        number = imports.imported(data)["id"]
        path = f"/api/v1/imports/{number}/"
        rows = imports.rows_of(http.Api().get(path + "errors.csv").body)
        self.assertEqual(rows[0], ["Name", "Phone", "City", "Error"])
        self.assertEqual(len(rows), 2)
        self.assertEqual(rows[1][:3], ['B "x"', other, "Rome"])
        self.assertIn("[too-many-cells]", rows[1][3])
        self.assertEqual(rows[1][4:], ["Italy", "EU"])
        rows = imports.rows_of(http.Api().get(path + "processed.csv").body)
        self.assertEqual([len(r) for r in rows], [4, 4, 6])
        fields = http.Api().get(path + "errors.csv").body
        again = imports.imported(fields)
        self.assertEqual(again["rows"]["rejected"], 1)
        number = again["id"]
        again = imports.imported(fields.replace(b"Italy,EU", b"")
                                 .replace(b",\r\n", b"\r\n"))
        self.assertEqual((again["rows"]["created"], again["completes"]),
                         (1, number))

    def test_refused(self):
        self.assertEqual(http.Api().get(
            "/api/v1/imports/987654321/errors.csv").status, 404)
        self.assertEqual(http.Api(token="").get(
            "/api/v1/imports/1/errors.csv").status, 401)


if __name__ == "__main__":
    unittest.main()
