# test_contact_consents_json.py: a person's consents as proof, in JSON
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import consent_client as ledger
import contact_fixtures as book
import http_client as http


class ContactConsentsJson(unittest.TestCase):
    def test_file(self):
        c = book.make(whatsapp_opted="no")
        for i in range(55):
            ledger.record(c, purpose="email", status="given", words=f"{i}\n")
        answer = http.admin().get(f"/contacts/{c['id']}/consents.json")
        self.assertEqual(answer.status, 200)
        self.assertEqual(len(answer.json["consents"]), 56)
        first = ledger.read(c, "?limit=200")
        self.assertEqual(answer.json["consents"], first["consents"])
        self.assertEqual(answer.json["purposes"], first["purposes"])
        self.assertEqual(answer.json["contact"], c["id"])

    def test_nothing_and_nobody(self):
        c = book.make()
        answer = http.admin().get(f"/contacts/{c['id']}/consents.json")
        self.assertEqual(answer.json["consents"], [])
        self.assertEqual(http.admin().get(
            "/contacts/999999999/consents.json").status, 404)


if __name__ == "__main__":
    unittest.main()
