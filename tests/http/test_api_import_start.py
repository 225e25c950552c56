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
        answer = http.Api().ask(
            "POST", f"/api/v1/imports/{number}/start", '{"consent": tru',
            {"Content-Type": "application/json"})
        self.assertEqual((answer.status, answer.json["error"]["code"]),
                         (400, "malformed"))
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

    def test_confirm_optins(self):
        header = ["Phone", "WhatsApp Opted"]
        phones = [imports.phone() for _ in range(2)]
        imports.imported(imports.table(header, *[[p, "no"] for p in phones]),
                         format="generic")
        number = imports.started(imports.table(
            header, *[[p, "yes"] for p in phones]), dry_run="true",
            format="generic")
        found = imports.checked(number)
        self.assertEqual(found["opt_outs"],
                         {"people": 2, "kept": 2, "confirmed": None})
        for value, code in (("two", "value-not-allowed"),
                            (-1, "value-not-allowed"),
                            (1, "optins-differ"), (3, "optins-differ")):
            answer = self.start(number, {"consent": True,
                                         "confirm_optins": value})
            self.assertEqual(answer.status, 422, answer.text)
            self.assertEqual(answer.json["error"]["code"], code)
            self.assertIn("confirm_optins",
                          answer.json["error"]["fields"])
        answer = self.start(number, {"consent": True, "confirm_optins": 2})
        self.assertEqual(answer.status, 202)
        done = imports.wait(number)
        self.assertEqual(done["rows"]["updated"], 2)
        self.assertEqual(done["opt_outs"],
                         {"people": 2, "kept": 0, "confirmed": 2})
        self.assertNotIn("The book changed", http.admin().get(
            f"/imports/{number}").text)
        self.assertEqual(self.start(number, {
            "consent": True, "confirm_optins": 2}).status, 409)

    def test_without_confirmation(self):
        header = ["Phone", "WhatsApp Opted"]
        phone = imports.phone()
        imports.imported(imports.table(header, [phone, "no"]),
                         format="generic")
        number = imports.started(imports.table(header, [phone, "yes"]),
                                 dry_run="true", format="generic")
        imports.checked(number)
        self.assertEqual(self.start(number, {
            "consent": True, "confirm_optins": 0}).status, 202)
        self.assertEqual(imports.wait(number)["warnings"],
                         {"opt-out-kept": 1})

    def test_unknown(self):
        self.assertEqual(self.start(
            987654321, {"consent": True}).status, 404)


if __name__ == "__main__":
    unittest.main()
