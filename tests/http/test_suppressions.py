# test_suppressions.py: the list of who is not to come back by a file
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import import_client as imports

PATH = "/suppressions"


def send(act, key, session=None, **more):
    return (session or http.admin()).post(
        PATH, {"act": act, "key": key, **more})


def words(answer):
    return " ".join(answer.page.text().split())


class Suppressions(unittest.TestCase):
    def test_page(self):
        page = http.admin().get(PATH).page
        self.assertIn("List of suppressions", page.one("h1").text())
        editor = http.logged_in(*http.make_member("editor"))
        self.assertEqual(editor.get(PATH).status, 403)
        self.assertEqual(send("add", "x@example.org", editor).status, 403)

    def test_look_add_and_lift(self):
        mail = http.unique("gone") + "@example.org"
        self.assertIn("Is not on the list", words(send("look", mail)))
        self.assertEqual(send("add", mail.upper()).status, 303)
        self.assertIn("It is on the list now", words(http.admin().get(PATH)))
        found = send("look", mail)
        self.assertEqual(found.status, 200)
        self.assertIn("Is on the list. Opted out, on this page", words(found))
        self.assertEqual(send("add", mail).status, 303)
        self.assertIn("opted out already", words(http.admin().get(PATH)))
        done = imports.imported(imports.table(["Email"], [mail]),
                                format="generic")
        self.assertEqual(done["problems"], {"suppressed": 1})
        refused = send("lift", mail, reason=" ")
        self.assertEqual(refused.status, 422)
        self.assertTrue(refused.error("reason"))
        self.assertEqual(send("lift", mail, reason="x" * 201).status, 422)
        named = send("lift", mail, reason=f"{mail.upper()} asked")
        self.assertEqual(named.status, 422)
        self.assertIn("audit log", named.error("reason"))
        self.assertEqual(send("lift", mail, reason="They asked").status, 303)
        self.assertIn("It is off the list", words(http.admin().get(PATH)))
        self.assertEqual(send("lift", mail, reason="Again").status, 303)
        self.assertIn("not on the list any more",
                      words(http.admin().get(PATH)))
        done = imports.imported(imports.table(["Email"], [mail]),
                                format="generic")
        self.assertEqual(done["rows"]["created"], 1)
        told = words(http.admin().get("/audit"))
        self.assertNotIn(mail, told)
        self.assertIn("They asked", told)

    def test_somebody_in_the_book(self):
        phone = imports.phone()
        made = http.Api().send("POST", "/api/v1/contacts", {
            "name": "Listed", "phone": phone, "whatsapp_opted": "yes"}).json
        found = words(send("look", f"{phone[:3]} {phone[3:6]}-{phone[6:]}"))
        self.assertRegex(found, "Listed ?: not opted out")
        self.assertEqual(send("add", phone, reason="On the phone").status, 303)
        contact = http.Api().get(f"/api/v1/contacts/{made['id']}").json
        self.assertEqual(contact["whatsapp_opted"], "no")
        self.assertEqual(contact["version"], made["version"] + 1)
        self.assertIn("Is not on the list", words(send("look", phone)))

    def test_what_is_no_key(self):
        for key in ("", "hello", "12", "a@b", "@", "9" * 300):
            for act in ("look", "add", "lift"):
                answer = send(act, key, reason="x")
                self.assertEqual(answer.status, 422, (act, key))
                self.assertTrue(answer.error("key"), (act, key))

    def test_hostile(self):
        self.assertFalse(send("look", http.PAYLOAD).hostile())
        self.assertFalse(send("lift", http.PAYLOAD + "@x.org").hostile())


if __name__ == "__main__":
    unittest.main()
