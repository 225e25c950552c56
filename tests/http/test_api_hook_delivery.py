# test_api_hook_delivery.py: one delivery of an outgoing webhook in the API
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import hook_client as hooks
import http_client as http
from receiver import Receiver


class ApiHookDelivery(unittest.TestCase):
    def test_with_its_body(self):
        with Receiver() as r:
            hook = hooks.make(r.url("x"), ["import.finished"])
            self.addCleanup(hooks.take_away, hook)
            found = hooks.wait(hook, hooks.ping(hook))
            self.assertEqual(r.got("x")[0].json, found["body"])
        self.assertEqual(1, found["attempts"])
        self.assertIsNone(found["next_at"])

    def test_nothing_there(self):
        hook = hooks.make("http://127.0.0.1:9/", active=False)
        other = hooks.make("http://127.0.0.1:9/")
        self.addCleanup(hooks.take_away, hook)
        self.addCleanup(hooks.take_away, other)
        number = hooks.ping(other)
        for path in (f"{hook['id']}/deliveries/{number}",
                     f"{hook['id']}/deliveries/999999999",
                     f"999999999/deliveries/{number}"):
            self.assertEqual(404, http.Api().get(
                "/api/v1/hooks/" + path).status)


if __name__ == "__main__":
    unittest.main()
