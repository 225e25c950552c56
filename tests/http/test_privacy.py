# test_privacy.py: whose data it is about
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import import_client as imports


class Privacy(unittest.TestCase):
    def make(self, **more):
        body = {"name": http.PAYLOAD, "phone": imports.phone(), **more}
        answer = http.Api().send("POST", "/api/v1/contacts", body)
        self.assertEqual(answer.status, 201, answer.text)
        return answer.json

    def find(self, by, value):
        return http.admin().post("/privacy", {"by": by, "value": value})

    def test_shown_to_admins(self):
        self.assertEqual(http.admin().get("/privacy").status, 200)
        for role in ("viewer", "editor"):
            self.assertEqual(http.member(role).get("/privacy").status, 403)
            self.assertNotIn("/privacy", http.member(role).get("/").text)
        self.assertEqual(http.Session().get("/privacy").status, 303)

    def test_each_key(self):
        mark = http.unique("p")
        made = self.make(email=f"{mark}@example.org", user_id=mark,
                         wa_user_id="w" + mark)
        phone = made["phone"]
        for by, value in (("phone", phone),
                          ("phone", f"{phone[:3]} {phone[3:6]}-{phone[6:]}"),
                          ("email", f"{mark}@EXAMPLE.org"),
                          ("user_id", mark), ("wa_user_id", "w" + mark),
                          ("id", str(made["id"]))):
            with self.subTest(by):
                answer = self.find(by, value)
                self.assertEqual((answer.status, answer.location),
                                 (303, f"/privacy/{made['id']}"))

    def test_several(self):
        mail = http.unique("both") + "@example.org"
        both = [self.make(email=mail)["id"] for _ in "12"]
        answer = self.find("email", mail)
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.hostile(), [])
        links = [a.get("href") for a in answer.page.all("a")]
        for number in both:
            self.assertIn(f"/privacy/{number}", links)

    def test_who_had_it_before(self):
        made = self.make()
        http.Api().send("PUT", f"/api/v1/contacts/{made['id']}", {
            "version": 1, "phone": imports.phone()})
        answer = self.find("phone", made["phone"])
        self.assertEqual((answer.status, answer.hostile()), (422, []))
        self.assertIn("Contacts that had this before", answer.text)
        self.assertIn(f'href="/privacy/{made["id"]}"', answer.text)

    def test_nobody(self):
        phone = imports.phone()
        answer = self.find("phone", phone)
        self.assertEqual(answer.status, 422)
        self.assertEqual(answer.error("value"),
                         "Nobody in the book has this.")
        form = dict(http.form_of(answer.page, action="/privacy/erase"))
        self.assertEqual((form["by"], form["value"]), ("phone", phone))
        answer = self.find("user_id", http.unique("nobody"))
        self.assertIsNone(answer.page.one("form", action="/privacy/erase"))
        http.Api().send("POST", "/api/v1/privacy/erase", {"phone": phone})
        self.assertIn("The person was erased", self.find("phone",
                                                         phone).text)

    def test_wrong_values(self):
        for by, value, field in (("phone", "abc", "value"),
                                 ("email", "abc", "value"),
                                 ("id", "x", "value"), ("phone", "", "value"),
                                 ("nose", "1", "by"), ("", "", "by")):
            with self.subTest((by, value)):
                answer = self.find(by, value)
                self.assertEqual(answer.status, 422)
                self.assertTrue(answer.error(field))
        self.assertEqual(self.find("phone", http.PAYLOAD).hostile(), [])

    def test_audited_without_the_value(self):
        phone = imports.phone()
        self.find("phone", phone)
        self.assertIn("privacy.look-up", http.admin().get("/audit").text)
        self.assertNotIn(phone, http.admin().get("/audit").text)


if __name__ == "__main__":
    unittest.main()
