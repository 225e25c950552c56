# test_api_import_start.py: consent is given by a program, and the import starts
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import import_client as imports


class ApiImportStart(unittest.TestCase):
    def start(self, number, value):
        return http.Api().send(
            "POST", f"/api/v1/imports/{number}/start", value)

    def test_start(self):
        number = imports.at_consent(imports.contacts(2))
        for value in ({}, {"consent": False}, {"consent": "yes"}, []):
            answer = self.start(number, value)
            self.assertEqual(answer.status, 422)
            self.assertEqual(answer.json["error"]["code"],
                             "consent-missing")
        answer = self.start(number, {"consent": True})
        self.assertEqual(answer.status, 202)
        self.assertEqual(imports.wait(number)["rows"]["created"], 2)
        self.assertEqual(self.start(
            number, {"consent": True}).status, 409)

    def test_form(self):
        number = imports.at_consent(imports.contacts(1))
        answer = http.Api().ask(
            "POST", f"/api/v1/imports/{number}/start", "consent=true",
            {"Content-Type": "application/x-www-form-urlencoded"})
        self.assertEqual(answer.status, 202)

    def test_not_mapped(self):
        number = imports.uploaded(imports.contacts())
        self.assertEqual(self.start(
            number, {"consent": True}).status, 409)

    def test_unknown(self):
        self.assertEqual(self.start(
            987654321, {"consent": True}).status, 404)


if __name__ == "__main__":
    unittest.main()
