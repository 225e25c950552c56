# test_account.py: a member's own password and API tokens
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http


def rows(session):
    table = session.get("/account").page.one("tbody")
    return table.all("tr") if table else []


class Password(unittest.TestCase):
    def setUp(self):
        self.email, self.password = http.make_member("viewer")
        self.session = http.logged_in(self.email, self.password)

    def change(self, current, password):
        return self.session.post("/account", {
            "action": "password", "current": current, "password": password})

    def test_change(self):
        other = http.logged_in(self.email, self.password)
        answer = self.change(self.password, "something quite new")
        self.assertEqual(answer.status, 303)
        self.assertEqual(self.session.get("/account").status, 200)
        self.assertEqual(other.get("/account").status, 303)
        http.logged_in(self.email, "something quite new")
        self.assertEqual(
            http.Session().login(self.email, self.password).status, 422)

    def test_refused(self):
        answer = self.change("not this one", "something quite new")
        self.assertEqual(answer.status, 422)
        self.assertIn("not your current", answer.error("current"))
        answer = self.change(self.password, "short")
        self.assertEqual(answer.status, 422)
        self.assertIn("at least 10", answer.error("password"))
        self.assertNotIn("short", str(http.form_of(
            answer.page, class_="narrow")))
        http.logged_in(self.email, self.password)

    def test_throttled(self):
        for _ in range(10):
            self.change("not this one", "something quite new")
        answer = self.change(self.password, "something quite new")
        self.assertEqual(answer.status, 422)
        self.assertIn("Wait", answer.error("current"))


class Name(unittest.TestCase):
    def test_change(self):
        email, password = http.make_member("viewer")
        session = http.logged_in(email, password)
        answer = session.post("/account", {
            "action": "name", "name": "  " + http.PAYLOAD})
        self.assertEqual(answer.status, 303)
        answer = session.get("/account")
        self.assertEqual(answer.hostile(), [])
        self.assertEqual(answer.page.one(id="name").get("value"),
                         http.PAYLOAD)
        self.assertIn(http.PAYLOAD, http.admin().get("/team").page.text())
        for name in ("", " ", "x" * 101, "a\nb"):
            answer = session.post(
                "/account", {"action": "name", "name": name})
            self.assertEqual(answer.status, 422, name)
            self.assertIsNotNone(answer.error("name"), name)
            self.assertEqual(answer.page.one(id="name").get("value"), name)
        self.assertEqual(session.get("/account").page.one(id="name").get(
            "value"), http.PAYLOAD)


class Tokens(unittest.TestCase):
    def test_life(self):
        session = http.logged_in(*http.make_member("editor"))
        answer = session.post(
            "/account", {"action": "token", "token_name": "Shop", "scope": "read"})
        self.assertEqual(answer.status, 200)
        token = answer.page.one("code", class_="secret").text()
        self.assertEqual(len(token), 43)
        self.assertNotIn(token, session.get("/account").text)
        api = http.Api(token)
        self.assertEqual(api.get("/api/v1/nothing").status, 404)
        row = rows(session)[0]
        self.assertIn("Shop", row.text())
        number = row.one("input", name="id").get("value")
        stranger = http.logged_in(*http.make_member("editor"))
        self.assertEqual(stranger.post("/account", {
            "action": "revoke", "id": number}).status, 404)
        self.assertEqual(session.post("/account", {
            "action": "revoke", "id": number}).status, 303)
        self.assertEqual(rows(session), [])

    def test_refused(self):
        session = http.member("viewer")
        for name in ("", " ", "x" * 101):
            answer = session.post(
                "/account", {"action": "token", "token_name": name, "scope": "read"})
            self.assertEqual(answer.status, 422)
            self.assertIsNotNone(answer.error("token_name"))
        for action in ("", "nothing"):
            self.assertEqual(session.post(
                "/account", {"action": action}).status, 404)
        for number in ("", "x", "0", "999999999"):
            self.assertEqual(session.post("/account", {
                "action": "revoke", "id": number}).status, 404)

    def test_escaped(self):
        session = http.logged_in(*http.make_member(
            "viewer", http.PAYLOAD + http.unique("A")))
        answer = session.post(
            "/account", {"action": "token", "token_name": http.PAYLOAD,
                         "scope": "read"})
        self.assertEqual(answer.hostile(), [])
        self.assertEqual(session.get("/account").hostile(), [])


class Revoked(unittest.TestCase):
    """A token ends with its revocation, and sleeps with its member."""

    def setUp(self):
        # The address of any row of the API will do.
        from test_guard import APIS
        self.path = next((path for _, path, methods, role in APIS
                          if "GET" in methods and role == "VIEWER"
                          and "9999" not in path), None)
        if not self.path:
            self.skipTest("there is no API yet")
        self.email, password = http.make_member("viewer")
        self.session = http.logged_in(self.email, password)
        answer = self.session.post(
            "/account", {"action": "token", "token_name": "Shop", "scope": "read"})
        self.api = http.Api(answer.page.one("code", class_="secret").text())
        self.assertEqual(self.api.get(self.path).status, 200)

    def test_revoked(self):
        number = rows(self.session)[0].one("input", name="id").get("value")
        self.session.post("/account", {"action": "revoke", "id": number})
        self.assertEqual(self.api.get(self.path).status, 401)

    def test_disabled(self):
        page = http.admin().get("/team").page
        row = next(r for r in page.one("tbody").all("tr")
                   if self.email in r.text())
        number = row.one("a").get("href").partition("change=")[2]
        for action, status in (("disable", 401), ("enable", 200)):
            http.admin().post("/team", {"action": action, "id": number})
            self.assertEqual(self.api.get(self.path).status, status)

    def test_viewer_cannot_write(self):
        answer = self.api.send("POST", "/api/v1/tags", {"name": "x"})
        self.assertIn(answer.status, (403, 404))


if __name__ == "__main__":
    unittest.main()
