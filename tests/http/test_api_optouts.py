# test_api_optouts.py: numbers and addresses are opted out by a program
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import import_client as imports

PATH = "/api/v1/optouts"


def send(body):
    return http.Api().send("POST", PATH, body)


def made(**values):
    return http.Api().send("POST", "/api/v1/contacts", values).json


class ApiOptouts(unittest.TestCase):
    def test_known_and_unknown(self):
        phone, mail = imports.phone(), http.unique("two") + "@example.org"
        people = [made(name="A", phone=phone, whatsapp_opted="yes"),
                  made(name="B", email=mail, phone=imports.phone()),
                  made(name="C", email=mail.upper(), phone=imports.phone())]
        body = {"phones": [phone, imports.phone()],
                "emails": [mail, http.unique("new") + "@example.org"],
                "reason": "By letter"}
        answer = send(body)
        self.assertEqual(answer.status, 200, answer.text)
        self.assertEqual(answer.json, {
            "contacts": 3, "suppressed": 2, "unchanged": 0})
        for one in people:
            now = http.Api().get(f"/api/v1/contacts/{one['id']}").json
            self.assertEqual(now["whatsapp_opted"], "no", one["name"])
        self.assertEqual(send(body).json, {
            "contacts": 0, "suppressed": 0, "unchanged": 4})
        done = imports.imported(imports.table(
            ["Name", "Phone"], ["X", body["phones"][1]]), format="generic")
        self.assertEqual(done["problems"], {"suppressed": 1})

    def test_refused_as_a_whole(self):
        phone = imports.phone()
        one = made(name="Kept", phone=phone, whatsapp_opted="yes")
        for body, field in (
                ({"phones": [phone, "12"]}, "phones"),
                ({"phones": [phone], "emails": ["x"]}, "emails"),
                ({"phones": phone}, "phones"),
                ({"phones": [phone, 7]}, "phones"),
                ({"phones": [phone], "reason": 7}, "reason"),
                ({"phones": [phone], "reason": "x" * 401}, "reason"),
                ({"phones": [phone], "segment": "x"}, "segment"),
                ({"phones": [phone] * 1001}, "phones"),
                ({"phones": []}, "phones"), ({}, "phones")):
            answer = send(body)
            self.assertEqual(answer.status, 422, body)
            self.assertIn(field, answer.json["error"]["fields"])
        self.assertEqual(send([phone]).status, 400)
        now = http.Api().get(f"/api/v1/contacts/{one['id']}").json
        self.assertEqual(now["whatsapp_opted"], "yes")

    def test_who_may(self):
        self.assertEqual(http.Api(token="x").send(
            "POST", PATH, {"phones": []}).status, 401)
        self.assertEqual(http.Api().get(PATH).status, 405)


if __name__ == "__main__":
    unittest.main()
