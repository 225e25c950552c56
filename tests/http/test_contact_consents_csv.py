# test_contact_consents_csv.py: a person's consents as proof, in CSV
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import consent_client as ledger
import contact_fixtures as book
import http_client as http
import import_client as imports


class ContactConsentsCsv(unittest.TestCase):
    def path(self, c):
        return f"/contacts/{c['id']}/consents.csv"

    def test_file(self):
        c = book.make(whatsapp_opted="yes")
        ledger.record(c, purpose="email", status="given",
                      words='=1+"2"\r\n-3', evidence_at="2024-01-01")
        for i in range(60):
            ledger.record(c, purpose="profiling", status="given",
                          words=str(i))
        answer = http.admin().get(self.path(c))
        self.assertEqual(answer.status, 200)
        self.assertIn("text/csv", answer.headers["content-type"])
        rows = imports.rows_of(answer.body)
        self.assertEqual(rows[0][:6], [
            "Contact", "Purpose", "Status", "Lawful basis", "Words",
            "Words version"])
        self.assertEqual(len(rows), 63)
        mail = [r for r in rows if r[1] == "email"][0]
        self.assertEqual(mail[:5], [str(c["id"]), "email", "given",
                                    "consent", '\'=1+"2"\r\n-3'])
        self.assertEqual(mail[6], "2024-01-01T00:00:00.000Z")
        self.assertEqual(rows[-1][1], "whatsapp_marketing")

    def test_audit_and_refusals(self):
        c = book.make()
        self.assertEqual(http.member("viewer").get(self.path(c)).status, 200)
        audit = http.admin().get("/audit").page.text()
        self.assertIn("consent.exported", audit)
        self.assertIn(f"contact {c['id']}", audit)
        self.assertEqual(http.admin().get(
            "/contacts/999999999/consents.csv").status, 404)
        self.assertEqual(http.Session().get(self.path(c)).status, 303)


if __name__ == "__main__":
    unittest.main()
