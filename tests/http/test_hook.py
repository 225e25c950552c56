# test_hook.py: the page of one outgoing webhook
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import hook_client as hooks
import http_client as http
from receiver import Receiver


class Hook(unittest.TestCase):
    def setUp(self):
        self.hook = hooks.make("http://127.0.0.1:9/", ["import.finished"],
                               description=http.unique("hook"))
        self.addCleanup(hooks.take_away, self.hook)
        self.path = f"/hooks/{self.hook['id']}"

    def act(self, action):
        return http.admin().post(self.path, {"action": action})

    def test_save(self):
        form = {"action": "save", "url": "https://example.org/",
                "event_changed": "1", "during": "1"}
        answer = http.admin().post(self.path, form)
        self.assertEqual((303, self.path), (answer.status, answer.location))
        now = hooks.read(self.hook)
        self.assertEqual((["contact.changed"], True, False, ""), (
            now["events"], now["during_imports"], now["active"],
            now["description"]))
        answer = http.admin().post(self.path, {**form, "url": "gopher://x/"})
        self.assertEqual(422, answer.status)
        self.assertTrue(answer.error("url"))
        self.assertEqual("https://example.org/", hooks.read(self.hook)["url"])

    def test_secret(self):
        answer = self.act("secret")
        secret = answer.page.one("code", class_="secret").text()
        self.assertNotEqual(self.hook["secret"], secret)
        self.assertNotIn(secret, http.admin().get(self.path).text)

    def test_ping_and_log(self):
        with Receiver() as r:
            hooks.change(self.hook, url=r.url("x"))
            r.answers["x"] = lambda h, _: h.say(
                200, http.PAYLOAD.encode() + b"\xff\x00")
            answer = self.act("ping")
            self.assertEqual(303, answer.status)
            hooks.wait(self.hook, int(answer.location.split("/")[-1]))
        page = http.admin().get(self.path)
        self.assertFalse(page.hostile())
        row = page.page.one("tbody").one("tr").text()
        self.assertIn("ping", row)
        self.assertIn("200", row)
        self.assertIn("delivered", row)
        hooks.change(self.hook, active=False)
        self.assertEqual(303, self.act("ping").status)
        self.assertIn("switch it on", http.admin().get(self.path).text)

    def test_delete(self):
        answer = self.act("delete")
        self.assertEqual((303, "/hooks"), (answer.status, answer.location))
        self.assertEqual(404, http.admin().get(self.path).status)

    def test_nothing_there(self):
        self.assertEqual(404, http.admin().get("/hooks/999999999").status)
        self.assertEqual(404, self.act("what").status)
        self.assertEqual(404, http.admin().get(
            self.path + "?before=x").status)


if __name__ == "__main__":
    unittest.main()
