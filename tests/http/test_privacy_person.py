# test_privacy_person.py: all that there is of a person, to read
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import import_client as imports


class PrivacyPerson(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.phone = imports.phone()
        cls.city = http.unique("City")
        number = imports.started(imports.table(
            ["Name", "Phone", "City"],
            [http.PAYLOAD, cls.phone, cls.city]), format="generic")
        imports.wait(number)
        (cls.made,) = http.Api().get(
            "/api/v1/contacts?phone=%2B" + cls.phone[1:]).json["contacts"]
        http.Api().send("PUT", f"/api/v1/contacts/{cls.made['id']}",
                        {"version": 1, "title": http.PAYLOAD})
        cls.path = f"/privacy/{cls.made['id']}"

    def test_readable(self):
        answer = http.admin().get(self.path)
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.hostile(), [])
        titles = [h.text().split(" ")[0] for h in answer.page.all("h2")]
        self.assertEqual(titles, ["Contact", "Contacts", "Messages",
                                  "Consents", "Rows", "Earlier", "Changes",
                                  "Contacts", "Told", "Events"])
        self.assertIn(self.city, answer.text)
        self.assertIn("contacts.csv", answer.text)

    def test_the_contact_leads_here(self):
        path = f"/contacts/{self.made['id']}"
        page = http.admin().get(path).page
        self.assertIsNotNone(page.one("a", href=self.path))
        editor = http.logged_in(*http.make_member("editor"))
        self.assertIsNone(editor.get(path).page.one("a", href=self.path))

    def test_file(self):
        answer = http.admin().get(self.path + "/data.json")
        self.assertEqual(answer.status, 200)
        self.assertIn("application/json", answer.headers["content-type"])
        self.assertIn("attachment", answer.headers["content-disposition"])
        self.assertEqual(answer.json["contact"]["phone"], self.phone)
        self.assertEqual(
            [c["value"] for c in answer.json["imports"][0]["cells"]],
            [http.PAYLOAD, self.phone, self.city])

    def test_only_admins(self):
        for path in (self.path, self.path + "/data.json"):
            self.assertEqual(http.member("editor").get(path).status, 403)

    def test_nobody(self):
        for path in ("/privacy/999999999", "/privacy/0",
                     "/privacy/999999999/data.json"):
            self.assertEqual(http.admin().get(path).status, 404)

    def test_merged_away(self):
        a, b = (http.Api().send("POST", "/api/v1/contacts", {
            "phone": imports.phone()}).json for _ in "12")
        http.Api().send("POST", f"/api/v1/contacts/{a['id']}/merge", {
            "with": b["id"], "version": 1, "with_version": 1})
        answer = http.admin().get(f"/privacy/{b['id']}")
        self.assertEqual((answer.status, answer.location),
                         (303, f"/privacy/{a['id']}"))


if __name__ == "__main__":
    unittest.main()
