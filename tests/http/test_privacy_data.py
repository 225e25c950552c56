# test_privacy_data.py: all that there is of a person, as a file
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import import_client as imports


class PrivacyData(unittest.TestCase):
    def setUp(self):
        self.phone = imports.phone()
        made = http.Api().send("POST", "/api/v1/contacts", {
            "phone": self.phone, "name": http.PAYLOAD}).json
        self.path = f"/privacy/{made['id']}/data.json"

    def test_file(self):
        answer = http.admin().get(self.path)
        self.assertEqual(answer.status, 200)
        self.assertIn("application/json", answer.headers["content-type"])
        self.assertIn("attachment", answer.headers["content-disposition"])
        contact = answer.json["contact"]
        self.assertEqual((contact["phone"], contact["name"]),
                         (self.phone, http.PAYLOAD))

    def test_only_admins(self):
        self.assertEqual(http.member("editor").get(self.path).status, 403)

    def test_nobody(self):
        self.assertEqual(http.admin().get(
            "/privacy/999999999/data.json").status, 404)


if __name__ == "__main__":
    unittest.main()
