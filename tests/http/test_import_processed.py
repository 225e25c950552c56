# test_import_processed.py: all rows, with comments
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import import_client as imports


class ImportProcessed(unittest.TestCase):
    def test_rows(self):
        good = imports.phone()
        data = imports.table(["Name", "Phone"], ["A", good], ["B", "+39 1"])
        number = imports.imported(data)["id"]
        rows = imports.rows_of(http.admin().get(
            f"/imports/{number}/processed.csv").body)
        self.assertEqual(rows[0], ["Name", "Phone", "Comments"])
        self.assertEqual([r[:2] for r in rows[1:]],
                         [["A", good], ["B", "+39 1"]])
        self.assertEqual(rows[1][2], "")
        self.assertIn("phone-invalid", rows[2][2])


if __name__ == "__main__":
    unittest.main()
