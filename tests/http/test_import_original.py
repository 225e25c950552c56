# test_import_original.py: the uploaded file comes back
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import import_client as imports


class ImportOriginal(unittest.TestCase):
    def test_bytes(self):
        data = "Name;Phone\r\nÀda;+39 347 1234567\r\n".encode("cp1252")
        number = imports.uploaded(data)
        answer = http.admin().get(f"/imports/{number}/original.csv")
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.body, data)
        self.assertIn("contacts.csv", answer.headers["content-disposition"])

    def test_name(self):
        number = imports.uploaded(imports.contacts(), name="Zoë 50%;.csv")
        self.assertEqual(
            http.admin().get(f"/imports/{number}/original.csv")
            .headers["content-disposition"],
            "attachment; filename=\"Zo__ 50__.csv\"; "
            "filename*=UTF-8''Zo%C3%AB%2050%25%3B.csv")

    def test_large(self):
        data = imports.contacts(80000)
        number = imports.uploaded(data)
        self.assertEqual(http.admin().get(
            f"/imports/{number}/original.csv").body, data)

    def test_unknown(self):
        self.assertEqual(http.admin().get(
            "/imports/987654321/original.csv").status, 404)


if __name__ == "__main__":
    unittest.main()
