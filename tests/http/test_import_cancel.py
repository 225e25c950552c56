# test_import_cancel.py: an import is stopped
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import import_client as imports


class ImportCancel(unittest.TestCase):
    def test_in_the_wizard(self):
        number = imports.uploaded(imports.contacts())
        path = f"/imports/{number}/cancel"
        self.assertIn("Nothing of this file", http.admin().get(path).text)
        answer = http.admin().submit(path, {}, action=path)
        self.assertEqual(answer.location, f"/imports/{number}")
        page = http.admin().get(answer.location)
        self.assertIn("was cancelled", page.text)
        self.assertIn("Nothing of the file was imported", page.text)
        for step in ("mapping", "review", "consent"):
            self.assertEqual(http.admin().get(
                f"/imports/{number}/{step}").location, f"/imports/{number}")

    def test_ended(self):
        number = imports.imported(imports.contacts())["id"]
        answer = http.admin().get(f"/imports/{number}/cancel")
        self.assertEqual(answer.location, f"/imports/{number}")
        answer = http.admin().post(f"/imports/{number}/cancel")
        self.assertEqual(answer.location, f"/imports/{number}")
        self.assertEqual(imports.wait(number)["status"], "done")

    def test_running(self):
        number = imports.started(imports.contacts(60000))
        http.admin().post(f"/imports/{number}/cancel")
        status = imports.wait(number)
        self.assertIn(status["status"], ("cancelled", "done"))
        if status["status"] == "cancelled":
            self.assertLess(status["rows"]["read"], 60000)
            self.assertEqual(status["rows"]["read"],
                             status["rows"]["created"] +
                             status["rows"]["updated"] +
                             status["rows"]["unchanged"] +
                             status["rows"]["rejected"])

    def test_viewer(self):
        number = imports.uploaded(imports.contacts())
        self.assertEqual(http.member("viewer").post(
            f"/imports/{number}/cancel").status, 403)


if __name__ == "__main__":
    unittest.main()
