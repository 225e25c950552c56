# test_home.py: the start page leads to the contacts
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http


class Home(unittest.TestCase):
    def test_member(self):
        answer = http.admin().get("/")
        self.assertEqual(answer.status, 303)
        self.assertEqual(answer.location, "/contacts")

    def test_stranger(self):
        answer = http.Session().get("/")
        self.assertEqual(answer.status, 303)
        self.assertEqual(answer.location, "/login")


if __name__ == "__main__":
    unittest.main()
