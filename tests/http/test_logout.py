# test_logout.py: a session ends, and ends on the server
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http


class Logout(unittest.TestCase):
    def test_by_role(self):
        for role in ("viewer", "admin"):
            email, password = http.make_member(role)
            session = http.logged_in(email, password)
            token = session.cookies["rubrica_session"]
            self.assertEqual(session.get("/logout").status, 200)
            answer = session.post("/logout")
            self.assertEqual(answer.status, 303)
            self.assertEqual(answer.location, "/login")
            self.assertNotIn("rubrica_session", session.cookies)
            session.cookies["rubrica_session"] = token
            self.assertEqual(session.get("/logout").status, 303)

    def test_not_logged_in(self):
        answer = http.Session().get("/logout")
        self.assertEqual(answer.status, 303)
        self.assertTrue(answer.location.startswith("/login"))

    def test_needs_token(self):
        email, password = http.make_member("viewer")
        session = http.logged_in(email, password)
        self.assertEqual(session.post("/logout", {}, csrf=False).status, 403)
        self.assertEqual(session.get("/logout").status, 200)


if __name__ == "__main__":
    unittest.main()
