# test_api_import_cancel.py: an import is stopped by a program
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import import_client as imports


class ApiImportCancel(unittest.TestCase):
    def cancel(self, number):
        return http.Api().ask("POST", f"/api/v1/imports/{number}/cancel")

    def test_waiting(self):
        number = imports.uploaded(imports.contacts())
        answer = self.cancel(number)
        self.assertEqual(answer.status, 202)
        self.assertEqual(answer.json["status"], "cancelled")

    def test_ended(self):
        number = imports.imported(imports.contacts())["id"]
        answer = self.cancel(number)
        self.assertEqual(answer.status, 409)
        self.assertEqual(answer.json["error"]["code"], "already-ended")

    def test_checked(self):
        """The numbers of the check are not told as if they were done."""
        number = imports.started(imports.contacts(3), dry_run="true")
        self.assertEqual(imports.checked(number)["rows"]["created"], 3)
        answer = self.cancel(number)
        self.assertEqual(answer.json["status"], "cancelled")
        found = http.Api().get(f"/api/v1/imports/{number}").json
        self.assertEqual(set(found["rows"].values()), {0}, found["rows"])
        page = http.admin().get(f"/imports/{number}").page
        self.assertIn("Nothing of the file was imported", page.text())

    def test_unknown(self):
        self.assertEqual(self.cancel(987654321).status, 404)


if __name__ == "__main__":
    unittest.main()
