# test_healthz.py: the node says that it can work
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http


class Healthz(unittest.TestCase):
    def test_get(self):
        answer = http.Client().get("/healthz")
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.text, "ok\n")

    def test_head(self):
        answer = http.Client().ask("HEAD", "/healthz")
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.body, b"")


if __name__ == "__main__":
    unittest.main()
