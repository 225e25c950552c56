# test_contacts_export.py: what the list shows, as a download
# SPDX-License-Identifier: MIT
import os
import sys
import unittest
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import contact_fixtures as book
import http_client as http

PATH = "/contacts/export.csv?"


class Export(unittest.TestCase):
    def test_viewer(self):
        city = http.unique("city")
        book.make(name="Zoë", city=city)
        answer = http.member("viewer").get(
            PATH + urllib.parse.urlencode({"city": city}))
        self.assertEqual(answer.status, 200)
        lines = answer.text.lstrip("\ufeff").split("\r\n")
        self.assertEqual(len(lines), 3)
        self.assertTrue(lines[0].startswith("Phone,WhatsApp user id,E-mail"))
        self.assertIn("Zoë", lines[1])

    def test_stranger(self):
        self.assertEqual(http.Session().get(PATH).status, 303)

    def test_refused(self):
        answer = http.admin().get(PATH + "status=asleep")
        self.assertEqual(answer.status, 422)
        self.assertIn("status", answer.page.text())
        self.assertEqual(http.admin().get(PATH + "after=x").status, 400)


if __name__ == "__main__":
    unittest.main()
