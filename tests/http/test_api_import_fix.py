# test_api_import_fix.py: a correction is taken back through the API
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import import_client as imports


class ApiImportFix(unittest.TestCase):
    def test_take_back(self):
        number = imports.started(imports.contacts(2), dry_run="true")
        imports.checked(number)
        path = f"/api/v1/imports/{number}/fixes"
        answer = http.Api().send("POST", path, {"row": 2, "leave_out": True})
        self.assertEqual(answer.status, 201, answer.text)
        self.assertEqual(imports.checked(number)["rows"]["skipped"], 1)
        answer = http.Api().ask("DELETE", path + "/1")
        self.assertEqual(answer.status, 200, answer.text)
        rows = imports.checked(number)["rows"]
        self.assertEqual((rows["created"], rows["skipped"]), (2, 0))
        for n in ("1", "7", "0", "x", "99999999999"):
            self.assertEqual(
                http.Api().ask("DELETE", f"{path}/{n}").status, 404, n)
        self.assertEqual(http.Api().get(path + "/1").status, 405)


if __name__ == "__main__":
    unittest.main()
