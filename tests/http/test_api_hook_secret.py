# test_api_hook_secret.py: a new secret for an outgoing webhook
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import hook_client as hooks
import http_client as http
from receiver import Receiver


class ApiHookSecret(unittest.TestCase):
    def test_renewed(self):
        with Receiver() as r:
            hook = hooks.make(r.url("x"), ["import.finished"])
            self.addCleanup(hooks.take_away, hook)
            hooks.ping(hook)
            self.assertTrue(r.wait("x", 1)[0].is_signed(hook["secret"]))
            answer = http.Api().ask(
                "POST", f"/api/v1/hooks/{hook['id']}/secret")
            self.assertEqual(200, answer.status)
            self.assertNotEqual(hook["secret"], answer.json["secret"])
            hooks.ping(hook)
            self.assertTrue(
                r.wait("x", 2)[1].is_signed(answer.json["secret"]))

    def test_nothing_there(self):
        self.assertEqual(404, http.Api().ask(
            "POST", "/api/v1/hooks/999999999/secret").status)


if __name__ == "__main__":
    unittest.main()
