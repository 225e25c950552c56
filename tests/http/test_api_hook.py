# test_api_hook.py: one outgoing webhook in the API
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import hook_client as hooks
import http_client as http


class ApiHook(unittest.TestCase):
    def setUp(self):
        self.hook = hooks.make("http://127.0.0.1:9/", active=False)
        self.addCleanup(hooks.take_away, self.hook)
        self.path = f"/api/v1/hooks/{self.hook['id']}"

    def test_change(self):
        answer = hooks.change(self.hook, url="https://example.org/y",
                              events=["import.finished"],
                              during_imports=True)
        self.assertEqual(200, answer.status, answer.text)
        now = hooks.read(self.hook)
        self.assertEqual(answer.json, now)
        self.assertEqual(("https://example.org/y", ["import.finished"], True,
                          False), (now["url"], now["events"],
                                   now["during_imports"], now["active"]))
        self.assertNotIn("secret", now)

    def test_sent_back_as_it_is(self):
        answer = hooks.change(self.hook, **hooks.read(self.hook))
        self.assertEqual(200, answer.status, answer.text)

    def test_refused(self):
        before = hooks.read(self.hook)
        for values in ({"url": "ftp://example.org"}, {"events": []},
                       {"created_at": None}, {"secret": "x"}, {"what": 1}):
            with self.subTest(values):
                self.assertEqual(422,
                                 hooks.change(self.hook, **values).status)
        self.assertEqual(before, hooks.read(self.hook))

    def test_delete(self):
        answer = http.Api().ask("DELETE", self.path)
        self.assertEqual({"deleted": True}, answer.json)
        for method in ("GET", "DELETE"):
            self.assertEqual(404, http.Api().ask(method, self.path).status)
        self.assertEqual(404, hooks.change(self.hook, active=True).status)
        self.assertEqual(404, http.Api().get(
            self.path + "/deliveries").status)

    def test_nothing_there(self):
        for path in ("/api/v1/hooks/999999999", "/api/v1/hooks/x"):
            self.assertEqual(404, http.Api().get(path).status)


if __name__ == "__main__":
    unittest.main()
