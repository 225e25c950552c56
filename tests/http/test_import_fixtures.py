# test_import_fixtures.py: the files of tests/import come in as their JSON says
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import import_client as imports

import glob
import json
import urllib.parse


def fixtures():
    for path in sorted(glob.glob(imports.FIXTURES + "/*/*.csv")):
        # Those of single rules are test_conformance.py's.
        if "-accept-" in path or "-refuse-" in path:
            continue
        with open(path, "rb") as f:
            data = f.read()
        with open(path[:-4] + ".json", encoding="utf-8") as f:
            yield path, data, json.load(f)


def found(wanted):
    """The contacts of the book with the phone, else the e-mail."""
    key = "phone" if wanted.get("phone") else "email"
    return http.Api().get("/api/v1/contacts?" + urllib.parse.urlencode(
        {key: wanted[key]})).json["contacts"]


def forget(wanted):
    for contact in found(wanted):
        http.Api().ask("DELETE", f"/api/v1/contacts/{contact['id']}")


class Fixtures(unittest.TestCase):
    def test_all(self):
        seen = set()
        for path, data, expected in fixtures():
            name = os.path.relpath(path, imports.FIXTURES)
            seen.add(os.path.dirname(name))
            with self.subTest(name):
                for contact in expected["contacts"]:
                    forget(contact)
                done = imports.imported(
                    data, name=os.path.basename(path),
                    format=os.path.dirname(name), **expected["fields"])
                self.compare_import(done, expected)
                for contact in expected["contacts"]:
                    self.compare_contact(contact)
        formats = http.admin().get("/imports/new").page.all(
            "input", name="format")
        self.assertEqual(seen, {i.get("value") for i in formats} - {""},
                         "each format has files here")

    def compare_import(self, done, expected):
        self.assertEqual(done["status"], "done", done["refusal"])
        self.assertEqual(done["rows"], expected["rows"])
        self.assertEqual(done["problems"], expected["problems"])
        self.assertEqual(done["warnings"], expected["warnings"])
        for key, value in expected["file"].items():
            self.assertEqual(done["file"][key], value)

    def compare_contact(self, expected):
        contacts = found(expected)
        self.assertEqual(len(contacts), 1, expected)
        for key, value in expected.items():
            actual = contacts[0][key]
            if key == "attributes":
                actual = {k: actual.get(k) for k in value}
            self.assertEqual(actual, value, key)


if __name__ == "__main__":
    unittest.main()
