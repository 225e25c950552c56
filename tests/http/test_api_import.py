# test_api_import.py: an import as JSON
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import import_client as imports

import hashlib


class ApiImport(unittest.TestCase):
    def test_shape(self):
        data = imports.table(["Name", "Phone", "Tags"],
                             ["A", imports.phone(), ""], ["B", "+39 1", ""])
        done = imports.imported(data, unknown_tag="drop")
        for key, value in {
                "status": "done", "format": "generic", "refusal": None,
                "progress": {"done": 2, "total": 2},
                "rows": {"read": 2, "created": 1, "updated": 0,
                         "unchanged": 0, "skipped": 0, "rejected": 1},
                "problems": {"phone-invalid": 1}, "warnings": {},
                "file": {"name": "contacts.csv", "bytes": len(data),
                         "sha256": hashlib.sha256(data).hexdigest(),
                         "encoding": "utf-8", "delimiter": ","}}.items():
            self.assertEqual(done[key], value, key)

    def test_again(self):
        data = imports.contacts(3)
        imports.imported(data)
        self.assertEqual(imports.imported(data)["rows"], {
            "read": 3, "created": 0, "updated": 0, "unchanged": 3,
            "skipped": 0, "rejected": 0})

    def test_warnings(self):
        done = imports.imported(imports.table(
            ["Phone", "Tags"], [imports.phone(), http.unique("tag")]),
            unknown_tag="drop")
        self.assertEqual(done["warnings"], {"tag-unknown": 1})
        self.assertEqual(done["problems"], {})

    def test_states_of_the_wizard(self):
        number = imports.uploaded(imports.contacts())
        self.assertEqual(self.status(number), "uploaded")
        imports.mapped(number)
        self.assertIn(self.status(number), ("checking", "ready"))
        self.assertEqual(imports.checked(number)["status"], "ready")

    def status(self, number):
        return http.Api().get(f"/api/v1/imports/{number}").json["status"]

    def test_unknown(self):
        for path in ("987654321", "x", "0", "-1", "1e3"):
            answer = http.Api().get("/api/v1/imports/" + path)
            self.assertEqual(answer.status, 404, path)
            self.assertTrue(answer.json["error"]["code"])
        self.assertEqual(http.Api().ask(
            "POST", "/api/v1/imports/1").status, 405)


if __name__ == "__main__":
    unittest.main()
