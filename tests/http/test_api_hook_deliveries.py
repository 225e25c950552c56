# test_api_hook_deliveries.py: the log of an outgoing webhook in the API
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import hook_client as hooks
import http_client as http
from receiver import Receiver


class ApiHookDeliveries(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with Receiver() as r:
            r.answers["x"] = 200
            cls.hook = hooks.make(r.url("x"), ["import.finished"])
            cls.ids = [hooks.ping(cls.hook) for _ in range(3)]
            for number in cls.ids:
                hooks.wait(cls.hook, number)
        cls.addClassCleanup(hooks.take_away, cls.hook)

    def test_newest_first(self):
        rows = hooks.deliveries(self.hook)
        self.assertEqual(self.ids[::-1], [r["id"] for r in rows])
        self.assertEqual({"ping"}, {r["event"] for r in rows})
        self.assertNotIn("body", rows[0])
        rest = hooks.deliveries(self.hook, f"?after={self.ids[1]}")
        self.assertEqual(self.ids[:1], [r["id"] for r in rest])

    def test_by_status(self):
        self.assertEqual([], hooks.deliveries(self.hook, "?status=waiting"))
        self.assertEqual(3, len(
            hooks.deliveries(self.hook, "?status=delivered")))

    def test_refused(self):
        path = f"/api/v1/hooks/{self.hook['id']}/deliveries"
        for query in ("?status=gone", "?after=x"):
            self.assertEqual(422, http.Api().get(path + query).status)
        self.assertEqual(404, http.Api().get(
            "/api/v1/hooks/999999999/deliveries").status)


if __name__ == "__main__":
    unittest.main()
