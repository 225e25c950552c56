# test_hook_delivery.py: the page of one delivery
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import hook_client as hooks
import http_client as http
from receiver import Receiver


class HookDelivery(unittest.TestCase):
    def test_shown_and_sent_again(self):
        with Receiver() as r:
            hook = hooks.make(r.url("x"), ["import.finished"])
            self.addCleanup(hooks.take_away, hook)
            number = hooks.ping(hook)
            hooks.wait(hook, number)
            path = f"/hooks/{hook['id']}/deliveries/{number}"
            page = http.admin().get(path)
            sent = r.got("x")[0]
            self.assertIn(sent.delivery, page.text)
            self.assertIn(sent.headers["x-rubrica-signature"], page.text)
            self.assertIn("thanks", page.text)
            self.assertIn("hook_id", page.text)
            answer = http.admin().post(path)
            self.assertEqual(303, answer.status)
            self.assertNotEqual(path, answer.location)
            self.assertEqual(2, len(r.wait("x", 2)))
        self.assertIn(f"delivery {number}",
                      http.admin().get(answer.location).page.text())
        hooks.change(hook, active=False)
        answer = http.admin().post(path)
        self.assertEqual(path, answer.location)
        self.assertIn("is off", http.admin().get(path).text)

    def test_nothing_there(self):
        hook = hooks.make("http://127.0.0.1:9/", active=False)
        self.addCleanup(hooks.take_away, hook)
        self.assertEqual(404, http.admin().get(
            f"/hooks/{hook['id']}/deliveries/999999999").status)


if __name__ == "__main__":
    unittest.main()
