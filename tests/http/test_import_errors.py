# test_import_errors.py: the rows that did not get in
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import import_client as imports


class ImportErrors(unittest.TestCase):
    def test_rows(self):
        data = imports.table(["Name", "Phone", "Note"],
                             ["A", imports.phone(), "fine"],
                             ["B", "+39 1", "x; \"y\"\nz"], ["C", "", ""])
        number = imports.imported(data)["id"]
        answer = http.admin().get(f"/imports/{number}/errors.csv")
        rows = imports.rows_of(answer.body)
        self.assertEqual(rows[0], ["Name", "Phone", "Note", "Error"])
        self.assertEqual([r[:3] for r in rows[1:]],
                         [["B", "+39 1", "x; \"y\"\nz"], ["C", "", ""]])
        self.assertIn("phone-invalid", rows[1][3])
        self.assertIn(f"import-{number}-errors.csv",
                      answer.headers["content-disposition"])

    def test_again_as_it_is(self):
        data = imports.table(["Name", "Phone"], ["A", "+39 1"])
        number = imports.imported(data)["id"]
        bad = http.admin().get(f"/imports/{number}/errors.csv").body
        good = bad.replace(b"+39 1,", imports.phone().encode() + b",")
        done = imports.imported(good)
        self.assertEqual(done["rows"]["created"], 1)
        self.assertEqual(done["rows"]["rejected"], 0)

    def test_unknown(self):
        self.assertEqual(http.admin().get(
            "/imports/987654321/errors.csv").status, 404)


if __name__ == "__main__":
    unittest.main()
