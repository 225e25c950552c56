# test_import_consents.py: what an import brought of consents, as proof
# SPDX-License-Identifier: MIT
import hashlib
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import consent_client as ledger
import contact_fixtures as book
import http_client as http
import import_client as imports
import undo_client as undos


class ImportConsents(unittest.TestCase):
    def rows(self, number):
        answer = http.admin().get(f"/imports/{number}/consents.csv")
        self.assertEqual(answer.status, 200)
        rows = imports.rows_of(answer.body)
        return [dict(zip(rows[0], r)) for r in rows[1:]]

    def test_file(self):
        known = book.make(phone=imports.phone(), whatsapp_opted="no",
                          email="k@example.com")
        ledger.record(known, purpose="email", status="withdrawn")
        new = imports.phone()
        data = imports.table(
            ["Phone", "Email", "WhatsApp Opted", "WhatsApp Opted At"],
            [new, "n@example.com", "yes", "2024-01-01T00:00:00Z"],
            ["nonsense", "", "", ""],
            [known["phone"], "", "", ""])
        number = imports.imported(data)["id"]
        rows = self.rows(number)
        self.assertEqual(
            [(r["Row"], r["Purpose"], r["Status"], r["Counts"])
             for r in rows],
            [("2", "whatsapp_marketing", "given", "yes"),
             ("2", "profiling", "given", "yes"),
             ("2", "email", "given", "yes"),
             ("4", "profiling", "given", "yes"),
             ("4", "email", "given", "no")])
        first = rows[0]
        self.assertEqual(
            (first["Phone"], first["Email"], first["Evidence at"],
             first["File"], first["SHA-256"], first["Lawful basis"],
             first["Confirmed by"], first["Contact"]),
            ("'" + new, "n@example.com", "2024-01-01T00:00:00.000Z",
             "contacts.csv", hashlib.sha256(data).hexdigest(), "consent",
             "Admin", str(undos.by_phone(new)["id"])))
        self.assertTrue(first["Words version"])
        self.assertIn("withdrawn", rows[-1]["Note"])
        self.assertIn(f"/imports/{number}/consents.csv",
                      http.admin().get(f"/imports/{number}").text)
        undos.undo(number)
        self.assertEqual({r["Counts"] for r in self.rows(number)}, {"no"})

    def test_large(self):
        number = imports.imported(imports.contacts(4500))["id"]
        rows = self.rows(number)
        self.assertEqual(len(rows), 9000)
        self.assertEqual([r["Row"] for r in rows[::2]],
                         [str(i) for i in range(2, 4502)])

    def test_none(self):
        number = imports.started(imports.contacts(2), dry_run="true")
        imports.checked(number)
        self.assertEqual(self.rows(number), [])
        self.assertEqual(http.admin().get(
            "/imports/999999999/consents.csv").status, 404)


if __name__ == "__main__":
    unittest.main()
