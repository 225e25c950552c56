# test_audit.py: what is done with imports and contacts is in the audit log
# SPDX-License-Identifier: MIT
import os
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import import_client as imports


def audited(subject):
    """(action, details) of a subject, in order."""
    done = subprocess.run(
        ["mariadb", "-S", http.VAR + "/mariadb.sock", "-BN", "rubrica", "-e",
         "SELECT action, details FROM audit"
         f" WHERE subject = '{subject}' ORDER BY id"],
        capture_output=True, text=True, check=True)
    return [tuple(line.split("\t")) for line in done.stdout.splitlines()]


@unittest.skipUnless(http.VAR, "RUBRICA_VAR is not set")
class Audit(unittest.TestCase):
    def test_import(self):
        number = imports.imported(imports.contacts(), name="book.csv")["id"]
        for name in "original", "errors", "processed":
            http.Api().get(f"/api/v1/imports/{number}/{name}.csv")
        self.assertEqual(audited(f"import {number}"), [
            ("import.uploaded", "book.csv"),
            ("import.confirmed", "book.csv"),
            ("import.downloaded", "book.csv"),
            ("import.downloaded", f"import-{number}-errors.csv"),
            ("import.downloaded", f"import-{number}-processed.csv")])

    def test_cancelled(self):
        number = imports.uploaded(imports.contacts())
        http.Api().ask("POST", f"/api/v1/imports/{number}/cancel")
        http.Api().ask("POST", f"/api/v1/imports/{number}/cancel")
        actions = [a for a, _ in audited(f"import {number}")]
        self.assertEqual(actions, ["import.uploaded", "import.cancelled"])

    def test_contact(self):
        api = http.Api()
        made = api.send("POST", "/api/v1/contacts",
                        {"phone": imports.phone(), "name": "Ada"}).json
        path = f"/api/v1/contacts/{made['id']}"
        api.send("PUT", path, {"version": made["version"], "city": "Pisa"})
        api.ask("DELETE", path)
        actions = [a for a, _ in audited(f"contact {made['id']}")]
        self.assertEqual(actions, ["contact.create", "contact.update",
                                   "contact.trash"])


if __name__ == "__main__":
    unittest.main()
