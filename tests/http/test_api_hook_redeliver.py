# test_api_hook_redeliver.py: a delivery is sent once more
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import hook_client as hooks
import http_client as http
from receiver import Receiver


def again(hook, number):
    return http.Api().ask(
        "POST", f"/api/v1/hooks/{hook['id']}/deliveries/{number}/redeliver")


class ApiHookRedeliver(unittest.TestCase):
    def test_again(self):
        with Receiver() as r:
            hook = hooks.make(r.url("x"), ["import.finished"])
            self.addCleanup(hooks.take_away, hook)
            first = hooks.ping(hook)
            hooks.wait(hook, first)
            answer = again(hook, first)
            self.assertEqual(202, answer.status, answer.text)
            one, two = r.wait("x", 2)
        self.assertEqual(one.body, two.body)
        self.assertNotEqual(one.delivery, two.delivery)
        self.assertTrue(two.is_signed(hook["secret"]))
        self.assertEqual(first, hooks.delivery(
            hook, answer.json["id"])["again_of"])

    def test_one_that_waits_ends(self):
        with Receiver() as r:
            r.answers["x"] = 500
            hook = hooks.make(r.url("x"), ["import.finished"])
            self.addCleanup(hooks.take_away, hook)
            first = hooks.ping(hook)
            r.wait("x", 1)
            while not hooks.delivery(hook, first)["last_attempt"]:
                pass
            r.answers["x"] = 200
            answer = again(hook, first)
            hooks.wait(hook, answer.json["id"], "delivered")
        self.assertEqual("failed", hooks.delivery(hook, first)["status"])

    def test_refused(self):
        hook = hooks.make("http://127.0.0.1:9/", ["import.finished"])
        self.addCleanup(hooks.take_away, hook)
        number = hooks.ping(hook)
        self.assertEqual(404, again(hook, 999999999).status)
        self.assertEqual(404, again({"id": 999999999}, number).status)
        hooks.change(hook, active=False)
        answer = again(hook, number)
        self.assertEqual((409, "webhook-off"),
                         (answer.status, answer.json["error"]["code"]))


if __name__ == "__main__":
    unittest.main()
