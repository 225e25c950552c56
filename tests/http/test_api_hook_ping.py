# test_api_hook_ping.py: an outgoing webhook is tried
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import hook_client as hooks
import http_client as http
from receiver import Receiver


class ApiHookPing(unittest.TestCase):
    def test_ping(self):
        with Receiver() as r:
            hook = hooks.make(r.url("x"), ["import.finished"])
            self.addCleanup(hooks.take_away, hook)
            number = hooks.ping(hook)
            request = r.wait("x", 1)[0]
            self.assertEqual("ping", request.event)
            self.assertEqual({"hook_id": hook["id"]}, request.data)
            found = hooks.wait(hook, number)
        self.assertEqual("delivered", found["status"])
        self.assertEqual(request.delivery, found["delivery"])
        last = found["last_attempt"]
        self.assertEqual((1, 200, None, "thanks"), (
            last["number"], last["code"], last["error"], last["response"]))

    def test_off(self):
        hook = hooks.make("http://127.0.0.1:9/", active=False)
        self.addCleanup(hooks.take_away, hook)
        answer = http.Api().ask("POST", f"/api/v1/hooks/{hook['id']}/ping")
        self.assertEqual((409, "webhook-off"),
                         (answer.status, answer.json["error"]["code"]))

    def test_nothing_there(self):
        self.assertEqual(404, http.Api().ask(
            "POST", "/api/v1/hooks/999999999/ping").status)


if __name__ == "__main__":
    unittest.main()
