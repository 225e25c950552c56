# test_api_import_consents.py: the consents of an import, for programs
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import audit_client as audit
import http_client as http
import import_client as imports


class ImportConsents(unittest.TestCase):
    def test_file(self):
        number = imports.imported(imports.contacts())["id"]
        answer = http.Api().get(f"/api/v1/imports/{number}/consents.csv")
        self.assertEqual(answer.status, 200)
        self.assertEqual(len(imports.rows_of(answer.body)), 7)
        page = http.admin().get(f"/imports/{number}/consents.csv")
        self.assertEqual(answer.body, page.body)
        self.assertEqual(audit.actions(f"import {number}")[-2:],
                         [("import.downloaded", "consents")] * 2)

    def test_refused(self):
        self.assertEqual(http.Api().get(
            "/api/v1/imports/999999999/consents.csv").status, 404)
        self.assertEqual(http.Api("wrong").get(
            "/api/v1/imports/1/consents.csv").status, 401)


if __name__ == "__main__":
    unittest.main()
