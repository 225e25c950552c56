# test_login.py: logging in, and what does not let anybody in
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http


class Login(unittest.TestCase):
    def test_form(self):
        answer = http.Session().get("/login")
        self.assertEqual(answer.status, 200)
        page = answer.page
        self.assertEqual(page.one("h1").text(), "Log in")
        self.assertEqual(page.one("input", name="email").get("autocomplete"),
                         "username")
        self.assertIsNone(page.one("nav"))

    def test_right(self):
        session = http.Session()
        answer = session.login(http.ADMIN_EMAIL, http.ADMIN_PASSWORD)
        self.assertEqual(answer.status, 303)
        self.assertEqual(answer.location, "/")
        self.assertEqual(session.get("/team").status, 200)

    def test_cookie(self):
        session = http.Session()
        answer = session.login(http.ADMIN_EMAIL, http.ADMIN_PASSWORD)
        cookie = next(c for c in answer.cookies
                      if c.startswith("rubrica_session="))
        for part in ("HttpOnly", "SameSite=Lax", "Path=/"):
            self.assertIn(part, cookie)
        self.assertNotIn("Secure", cookie)

    def test_cookie_behind_tls(self):
        """A server in front says that it was asked by HTTPS."""
        for said, secure in (("https", True), ("HTTPS", True), ("http", False),
                             ("httpsx", False), ("", False)):
            cookies = http.Session().ask(
                "GET", "/login", headers={"X-Forwarded-Proto": said}).cookies
            self.assertEqual("; Secure" in cookies[0], secure, said)

    def test_wrong(self):
        email, _ = http.make_member("viewer")
        for name in (email, http.unique("nobody") + "@example.com"):
            session = http.Session()
            answer = session.login(name, "not the password")
            self.assertEqual(answer.status, 422)
            self.assertIn("do not belong together", answer.text)
            self.assertEqual(
                answer.page.one("input", name="email").get("value"), name)
            self.assertNotIn("rubrica_session", session.cookies)

    def test_next(self):
        session = http.Session()
        answer = session.get("/team?x=1&y=2")
        self.assertEqual(answer.status, 303)
        self.assertEqual(answer.location,
                         "/login?next=%2Fteam%3Fx%3D1%26y%3D2")
        page = session.get(answer.location).page
        answer = session.post("/login", http.replaced(
            http.form_of(page, action="/login"),
            {"email": http.ADMIN_EMAIL, "password": http.ADMIN_PASSWORD}),
            csrf=False)
        self.assertEqual(answer.location, "/team?x=1&y=2")

    def test_next_elsewhere(self):
        for path in ("//evil.example", "/\\evil.example", "https://evil.example",
                     "javascript:alert(1)", "/x\r\nSet-Cookie: a=b"):
            session = http.Session()
            page = session.get("/login").page
            answer = session.post("/login", http.replaced(
                http.form_of(page, action="/login"),
                {"email": http.ADMIN_EMAIL, "password": http.ADMIN_PASSWORD,
                 "next": path}), csrf=False)
            self.assertEqual(answer.status, 303)
            self.assertIn(answer.location, ("/", "/x"))
            self.assertNotIn("a=b", str(answer.cookies))

    def test_without_token(self):
        session = http.Session()
        session.get("/login")
        answer = session.post("/login", {
            "email": http.ADMIN_EMAIL, "password": http.ADMIN_PASSWORD},
            csrf=False)
        self.assertEqual(answer.status, 403)
        answer = http.Session().post("/login", {
            "email": http.ADMIN_EMAIL, "password": http.ADMIN_PASSWORD,
            "csrf": ""}, csrf=False)
        self.assertEqual(answer.status, 403)

    def test_logged_in_already(self):
        answer = http.admin().get("/login")
        self.assertEqual(answer.status, 303)

    def test_throttle(self):
        email, password = http.make_member("viewer")
        for _ in range(10):
            self.assertEqual(
                http.Session().login(email, "wrong password").status, 422)
        answer = http.Session().login(email, password)
        self.assertEqual(answer.status, 429)
        self.assertIn("Wait", answer.text)
        self.assertTrue(0 < int(answer.headers["retry-after"]) <= 900)

    def test_throttle_address(self):
        """An address that has failed with many accounts; others go on."""
        last = ".".join(http.SOURCE.split(".")[:3] + ["255"])
        for i in range(31):
            session = http.Session()
            if session.source:
                session.source = (last, 0)
            answer = session.login(http.unique("x") + "@example.com", "wrong")
            if not session.source:
                self.skipTest("not on this machine")
            self.assertEqual(answer.status, 422 if i < 30 else 429)
        http.logged_in(http.ADMIN_EMAIL, http.ADMIN_PASSWORD)

    def test_escaped(self):
        answer = http.Session().login(http.PAYLOAD, http.PAYLOAD)
        self.assertEqual(answer.status, 422)
        self.assertEqual(answer.hostile(), [])


if __name__ == "__main__":
    unittest.main()
