# test_import_kept_csv.py: what an undo left as it is, as a file
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import import_client as imports
import undo_client as client


class ImportKeptCsv(unittest.TestCase):
    def test_file(self):
        phone = imports.phone()
        number = imports.imported(imports.table(
            ["Name", "Phone", "City"], ["Ann", phone, "Rome"]))["id"]
        contact = client.by_phone(phone)["id"]
        client.edit(contact, city='=1+"2"', name="Zoe")
        client.undo(number)
        answer = http.admin().get(f"/imports/{number}/kept.csv")
        self.assertEqual(answer.status, 200)
        rows = imports.rows_of(answer.body)
        self.assertEqual(rows[0], ["Contact", "Field", "Why it was kept"])
        self.assertEqual({r[1] for r in rows[1:]}, {"City", "Name"})
        self.assertEqual({r[0] for r in rows[1:]}, {str(contact)})
        self.assertTrue(any('=1+"2"' in r[2] for r in rows))

    def test_not_undone(self):
        number = imports.imported(imports.contacts())["id"]
        self.assertEqual(
            http.admin().get(f"/imports/{number}/kept.csv").status, 404)


if __name__ == "__main__":
    unittest.main()
