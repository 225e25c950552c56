# test_hooks.py: the page of outgoing webhooks
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import hook_client as hooks
import http_client as http

URL = "http://127.0.0.1:9/"


class Hooks(unittest.TestCase):
    def add(self, **values):
        return http.admin().submit("/hooks", {
            "url": URL, "event_opted_out": "1", **values}, action="/hooks")

    def test_add(self):
        name = http.unique("hook") + http.PAYLOAD
        answer = self.add(description=name, event_changed="1")
        self.assertEqual(200, answer.status)
        self.assertFalse(answer.hostile())
        secret = answer.page.one("code", class_="secret").text()
        self.assertRegex(secret, r"^[\w-]{43}$")
        page = http.admin().get("/hooks")
        self.assertNotIn(secret, page.text)
        self.assertFalse(page.hostile())
        made = [h for h in http.Api().get("/api/v1/hooks").json["hooks"]
                if h["description"] == name][0]
        self.addCleanup(hooks.take_away, made)
        self.assertEqual(["contact.changed", "contact.opted_out"],
                         made["events"])
        self.assertFalse(made["during_imports"])

    def test_refused(self):
        count = len(http.Api().get("/api/v1/hooks").json["hooks"])
        for field, values in (("url", {"url": "file:///etc/passwd"}),
                              ("url", {"url": "http://a:b@example.org/"}),
                              ("events", {"event_opted_out": None}),
                              ("description", {"description": "x" * 201})):
            with self.subTest(values):
                answer = self.add(**values)
                self.assertEqual(422, answer.status)
                self.assertTrue(answer.error(field))
        self.assertEqual(count, len(
            http.Api().get("/api/v1/hooks").json["hooks"]))
        again = self.add(url=http.PAYLOAD, description="keep me")
        self.assertFalse(again.hostile())
        self.assertIn("keep me", again.text)


if __name__ == "__main__":
    unittest.main()
