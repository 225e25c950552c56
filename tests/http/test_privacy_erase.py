# test_privacy_erase.py: a person is erased, once it was asked
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import import_client as imports
import privacy_client as privacy


class PrivacyErase(unittest.TestCase):
    def make(self):
        self.phone = imports.phone()
        return http.Api().send("POST", "/api/v1/contacts", {
            "name": http.PAYLOAD, "phone": self.phone}).json["id"]

    def path(self, number):
        return f"/privacy/erase?by=id&value={number}"

    def test_asked_and_done(self):
        number = self.make()
        answer = http.admin().get(self.path(number))
        self.assertEqual((answer.status, answer.hostile()), (200, []))
        answer = http.admin().submit(self.path(number), {},
                                     action="/privacy/erase")
        self.assertEqual(answer.status, 422)
        self.assertTrue(answer.error("sure"))
        self.assertEqual(
            http.Api().get(f"/api/v1/contacts/{number}").status, 200)
        answer = http.admin().submit(self.path(number), {"sure": "1"},
                                     action="/privacy/erase")
        self.assertEqual(answer.status, 303)
        erasure = answer.location.rsplit("/", 1)[1]
        privacy.done(http.Api().get(
            f"/api/v1/privacy/erasures/{erasure}").json)
        page = http.admin().get(answer.location)
        self.assertIn("The person is erased", page.text)
        for path in (f"/contacts/{number}", f"/privacy/{number}",
                     self.path(number)):
            self.assertEqual(http.admin().get(path).status, 404, path)
        answer = http.admin().post("/contacts/new", {
            "name": "Again", "phone": self.phone})
        self.assertEqual(answer.status, 422)
        self.assertIn("erased at their request", answer.error("phone"))

    def test_without_a_contact(self):
        phone = imports.phone()
        answer = http.admin().post("/privacy/erase", {
            "by": "phone", "value": phone, "ask": "1"})
        self.assertEqual(answer.status, 200)
        form = http.replaced(http.form_of(
            answer.page, action="/privacy/erase"), {"sure": "1"})
        answer = http.admin().post("/privacy/erase", form, csrf=False)
        self.assertEqual(answer.status, 303)
        self.assertIn("none in the book",
                      http.admin().get(answer.location).text)

    def test_nobody(self):
        for path in ("/privacy/erase", "/privacy/erase?by=nose&value=1",
                     self.path(999999999), self.path("x"),
                     "/privacy/erase?by=phone&value=abc"):
            self.assertEqual(http.admin().get(path).status, 404, path)
        self.assertEqual(http.admin().post("/privacy/erase", {
            "by": "id", "value": "999999999", "sure": "1"}).status, 404)

    def test_only_admins(self):
        number = self.make()
        editor = http.member("editor")
        self.assertEqual(editor.get(self.path(number)).status, 403)
        self.assertEqual(editor.post("/privacy/erase", {
            "by": "id", "value": number, "sure": "1"}).status, 403)
        self.assertEqual(
            http.Api().get(f"/api/v1/contacts/{number}").status, 200)


if __name__ == "__main__":
    unittest.main()
