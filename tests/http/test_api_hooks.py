# test_api_hooks.py: outgoing webhooks in the API: list and make
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import hook_client as hooks
import http_client as http

REFUSED = ("file:///etc/passwd", "gopher://example.org/", "scp://example.org/x",
           "javascript:alert(1)", "ftp://example.org/", "//example.org/",
           "example.org", "http://", "http:///x", "https://user@example.org/",
           "http://user:pass@127.0.0.1/", "http://exam ple.org/",
           "http://example.org/\r\nX: y", "http://example.org/\\@x",
           "http://example.org:99999/", "http://b\u00fccher.example/",
           "http://example.org/" + "x" * 1000, "")


class ApiHooks(unittest.TestCase):
    def test_make_and_list(self):
        name = http.unique("hook")
        answer = hooks.ask("https://receiver.example/x?y=1", description=name)
        self.assertEqual(201, answer.status)
        made = answer.json
        self.addCleanup(hooks.take_away, made)
        self.assertEqual(f"/api/v1/hooks/{made['id']}", answer.location)
        self.assertRegex(made["secret"], r"^[\w-]{43}$")
        self.assertTrue(made["active"])
        self.assertFalse(made["during_imports"])
        rows = http.Api().get("/api/v1/hooks").json["hooks"]
        mine = [r for r in rows if r["id"] == made["id"]]
        self.assertEqual(name, mine[0]["description"])
        self.assertNotIn("secret", mine[0])

    def test_addresses(self):
        for url in REFUSED:
            with self.subTest(url):
                answer = hooks.ask(url)
                self.assertEqual(422, answer.status)
                self.assertIn("url", answer.json["error"]["fields"])
        for url in ("HTTP://127.0.0.1:8/", "https://[::1]/x",
                    "http://10.0.0.1/" + "x" * 900):
            with self.subTest(url):
                hooks.take_away(hooks.make(url))

    def test_values(self):
        good = {"url": "http://127.0.0.1:9/", "events": ["contact.changed"]}
        for field, value in (("events", []), ("events", ["contact.made"]),
                             ("events", "contact.changed"), ("events", [1]),
                             ("active", "yes"), ("during_imports", 1),
                             ("description", "x" * 201),
                             ("description", "two\nlines"),
                             ("description", 5), ("url", None),
                             ("secret", "mine"), ("id", 7)):
            with self.subTest(field=field, value=value):
                answer = http.Api().send("POST", "/api/v1/hooks",
                                         {**good, field: value})
                self.assertEqual(422, answer.status)
                self.assertEqual([field],
                                 list(answer.json["error"]["fields"]))
        answer = http.Api().ask("POST", "/api/v1/hooks", b"{",
                                {"Content-Type": "application/json"})
        self.assertEqual(400, answer.status)
        self.assertEqual(415, http.Api().ask("POST", "/api/v1/hooks").status)

    def test_only_admins(self):
        for role in ("editor", "viewer"):
            email, password = http.make_member(role)
            session = http.logged_in(email, password)
            self.assertEqual(403, session.get("/hooks").status)
        self.assertEqual(401, http.Api(token="").get("/api/v1/hooks").status)

    def test_not_without_end(self):
        made = []
        for _ in range(25):
            answer = hooks.ask("http://127.0.0.1:9/", ["import.finished"],
                               active=False)
            if answer.status != 201:
                break
            made.append(answer.json)
            self.addCleanup(hooks.take_away, answer.json)
        self.assertEqual(422, answer.status)
        self.assertIn("20", answer.text)
        self.assertEqual(200, http.admin().get("/hooks").status)


if __name__ == "__main__":
    unittest.main()
