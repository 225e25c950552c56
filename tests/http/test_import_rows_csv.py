# test_import_rows_csv.py: the rows of one outcome as a file
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import import_client as imports


class ImportRowsCsv(unittest.TestCase):
    def test_each_outcome(self):
        old, new = imports.phone(), imports.phone()
        imports.imported(imports.table(["Name", "Phone"], ["Ada", old]))
        number = imports.imported(imports.table(
            ["Name", "Phone"], ["Ada", old], ["Bo", new], ["Bob", new],
            ["Bad", "+39 1"]))["id"]
        path = f"/imports/{number}/rows.csv"
        for outcome, names in (("created", ["Bo"]), ("updated", ["Bob"]),
                               ("unchanged", ["Ada"]), ("skipped", []),
                               ("rejected", ["Bad"]),
                               ("", ["Ada", "Bo", "Bob", "Bad"])):
            answer = http.admin().get(f"{path}?outcome={outcome}")
            self.assertEqual(answer.status, 200)
            rows = imports.rows_of(answer.body)
            self.assertEqual(rows[0], ["Name", "Phone", "Comments"])
            self.assertEqual([r[0] for r in rows[1:]], names, outcome)
        page = http.admin().get(f"/imports/{number}/rows?outcome=created")
        links = [a.get("href") for a in page.page.all("a")]
        self.assertIn(f"{path}?outcome=created", links)

    def test_unknown(self):
        number = imports.imported(imports.contacts())["id"]
        for path in (f"/imports/{number}/rows.csv?outcome=lost",
                     "/imports/99999999/rows.csv"):
            self.assertEqual(http.admin().get(path).status, 404)


if __name__ == "__main__":
    unittest.main()
