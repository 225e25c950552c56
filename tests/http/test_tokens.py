# test_tokens.py: what API tokens may do, until when, and who revokes them
# SPDX-License-Identifier: MIT
import datetime
import os
import subprocess
import sys
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import contact_fixtures as book
import http_client as http
import patience
from test_guard import APIS

SCOPES = ("read", "write", "import", "erase")


def make(*scopes, session=None, **values):
    """A token by the account's page; the client that has it."""
    answer = (session or http.admin()).post("/account", [
        ("action", "token"), ("token_name", http.unique("Token")),
        *[("scope", s) for s in scopes], *values.items()])
    if answer.status != 200:
        raise AssertionError(f"{answer.status}: {answer.text}")
    return http.Api(answer.page.one("code", class_="secret").text())


def needed(method, methods):
    if method == "GET":
        return "read"
    for flag, scope in (("FOR_IMPORT", "import"), ("FOR_ERASE", "erase")):
        if flag in methods:
            return scope
    return "write"


class Scopes(unittest.TestCase):
    where = ""

    def _formatMessage(self, msg, standardMsg):
        return f"{self.where}: {super()._formatMessage(msg, standardMsg)}"

    def test_each_route_by_each_scope(self):
        clients = {s: make(s) for s in SCOPES}
        rows = 0
        for _, path, methods, role in APIS:
            for method in ("GET", "POST", "PUT", "DELETE"):
                if method not in methods or role == "NONE":
                    continue
                rows += 1
                for scope, client in clients.items():
                    self.where = f"{method} {path} by {scope}"
                    answer = client.ask(method, path)
                    if scope == needed(method, methods):
                        self.assertNotEqual(answer.status, 401)
                        self.assertNotEqual(answer.status, 403)
                        self.assertLess(answer.status, 500)
                        continue
                    self.assertEqual(answer.status, 403)
                    error = answer.json["error"]
                    self.assertEqual(error["code"], "scope")
                    self.assertIn(f"scope {needed(method, methods)},",
                                  error["message"])
        self.assertGreater(rows, 40)

    def test_imports_and_nothing_else_import(self):
        for _, path, methods, _ in APIS:
            self.assertEqual(
                "FOR_IMPORT" in methods,
                path.startswith("/api/v1/imports")
                and any(m in methods for m in ("POST", "DELETE")), path)

    def test_two_scopes(self):
        api = make("read", "import")
        self.assertEqual(api.get("/api/v1/tags").status, 200)
        self.assertEqual(api.ask("POST", "/api/v1/imports").status, 415)
        self.assertEqual(api.send("POST", "/api/v1/contacts", {
            "phone": book.number()}).status, 403)

    def test_purging_erases(self):
        c = book.make()
        path = f"/api/v1/contacts/{c['id']}?purge=true"
        answer = make("write").ask("DELETE", path)
        self.assertEqual(answer.status, 403)
        self.assertEqual(answer.json["error"]["code"], "scope")
        self.assertEqual(book.read(c), c)
        self.assertEqual(make("write", "erase").ask("DELETE", path).status,
                         200)

    def test_a_viewer_only_looks(self):
        session = http.logged_in(*http.make_member("viewer"))
        api = make(*SCOPES, session=session)
        self.assertEqual(api.get("/api/v1/contacts").status, 200)
        for _, path, methods, role in APIS:
            for method in ("POST", "PUT", "DELETE"):
                if method in methods and role != "NONE":
                    self.where = f"{method} {path}"
                    self.assertEqual(api.ask(method, path).status, 403)

    def test_form(self):
        session = http.logged_in(*http.make_member("editor"))
        page = session.get("/account").page
        boxes = page.all("input", name="scope")
        self.assertEqual([b.get("value") for b in boxes], list(SCOPES))
        self.assertEqual([b.get("value") for b in boxes
                          if b.get("checked") is not None], ["read"])
        for scopes in ([], [("scope", "all")]):
            answer = session.post("/account", [
                ("action", "token"), ("token_name", "Kept"), *scopes])
            self.assertEqual(answer.status, 422)
            self.assertIn("at least one", answer.error("scope"))
            self.assertEqual(
                answer.page.one(id="token_name").get("value"), "Kept")
        make("read", "erase", session=session)
        row = session.get("/account").page.one("tbody").one("tr").text()
        self.assertIn("read, erase", row)
        self.assertIn("never", row)


class Expiry(unittest.TestCase):
    def test_after_it(self):
        for seconds in (1, 5, 25, 125):
            end = datetime.datetime.now(datetime.timezone.utc) \
                + datetime.timedelta(seconds=seconds)
            api = make("read", expires=end.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
                       .replace("000Z", "Z"))
            status = api.get("/api/v1/tags").status
            if status == 200:
                break  # else the machine was too slow for so little time
        self.assertEqual(status, 200)
        time.sleep(seconds + 0.1)
        answer = api.get("/api/v1/tags")
        self.assertEqual(answer.status, 401)
        self.assertEqual(answer.json["error"]["code"], "token-expired")
        self.assertIn("expired", answer.json["error"]["message"])
        self.assertIn("Bearer", answer.headers["www-authenticate"])
        self.assertIn("expired", http.admin().get("/account").text)
        self.assertIn("expired", http.admin().get("/tokens").text)

    def test_a_day_is_its_last(self):
        patience.away_from_midnight()
        today = datetime.datetime.now(datetime.timezone.utc).date()
        api = make("read", expires=today.isoformat())
        self.assertEqual(api.get("/api/v1/tags").status, 200)
        row = http.admin().get("/account").page.one("tbody").one("tr")
        self.assertTrue(any(
            (t.get("datetime") or "").startswith(
                (today + datetime.timedelta(days=1)).isoformat())
            for t in row.all("time")))

    def test_refused(self):
        for text in ("2020-01-01", "tomorrow", "2030-02-31",
                     "2020-01-01T00:00:00Z"):
            answer = http.admin().post("/account", [
                ("action", "token"), ("token_name", "x"), ("scope", "read"),
                ("expires", text)])
            self.assertEqual(answer.status, 422, text)
            self.assertIn("not over yet", answer.error("expires"))


class Team(unittest.TestCase):
    def row(self, name):
        page = http.admin().get("/tokens").page
        return next(r for r in page.one("tbody").all("tr")
                    if name in r.text())

    def test_admin_revokes(self):
        name = http.unique("Editor")
        session = http.logged_in(*http.make_member("editor", name))
        api = make("read", session=session)
        api.get("/api/v1/tags")
        row = self.row(name)
        self.assertIn("in use", row.text())
        number = row.one("input", name="id").get("value")
        self.assertEqual(session.get("/tokens").status, 403)
        self.assertEqual(session.post("/tokens", {"id": number}).status, 403)
        self.assertEqual(api.get("/api/v1/tags").status, 200)
        answer = http.admin().post("/tokens", {"id": number})
        self.assertEqual((answer.status, answer.location), (303, "/tokens"))
        self.assertEqual(api.get("/api/v1/tags").status, 401)
        self.assertIn("revoked", self.row(name).text())
        self.assertIsNone(self.row(name).one("input", name="id"))
        self.assertEqual(http.admin().post("/tokens", {
            "id": number}).status, 404)

    def test_those_in_use_stand_first(self):
        """However many were made and revoked since: they can be revoked."""
        name = http.unique("Order")
        session = http.logged_in(*http.make_member("viewer", name))
        make("read", session=session)
        make("read", session=session)
        newest = self.row(name).one("input", name="id").get("value")
        http.admin().post("/tokens", {"id": newest})
        states = ["revoked" in r.text() for r in http.admin().get(
            "/tokens").page.one("tbody").all("tr") if name in r.text()]
        self.assertEqual(states, [False, True])

    def test_refused(self):
        for number in ("", "x", "0", "999999999"):
            self.assertEqual(http.admin().post("/tokens", {
                "id": number}).status, 404)

    def test_escaped(self):
        session = http.logged_in(*http.make_member(
            "viewer", http.PAYLOAD + http.unique("A")))
        session.post("/account", [
            ("action", "token"), ("token_name", http.PAYLOAD),
            ("scope", "read")])
        self.assertEqual(http.admin().get("/tokens").hostile(), [])


@unittest.skipUnless(http.VAR and os.environ.get("RUBRICA_BUILD"),
                     "the instance is not on this machine")
class CommandLine(unittest.TestCase):
    def run_it(self, **values):
        return subprocess.run(
            [os.path.join(os.path.dirname(__file__), "../..",
                          os.environ["RUBRICA_BUILD"], "rubrica"), "token"],
            env={**os.environ, **values}, capture_output=True, text=True,
            check=False)

    def test_all_scopes(self):
        done = self.run_it()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, r"^[\w-]{43}\n$")
        api = http.Api(done.stdout.strip())
        self.assertEqual(api.get("/api/v1/tags").status, 200)
        self.assertEqual(api.ask("POST", "/api/v1/imports").status, 415)
        row = http.admin().get("/tokens").page.one("tbody").one("tr").text()
        self.assertIn("read, write, import, erase", row)

    def test_some(self):
        done = self.run_it(RUBRICA_TOKEN_SCOPES="read, Import",
                           RUBRICA_TOKEN_EXPIRES="2099-12-31")
        api = http.Api(done.stdout.strip())
        self.assertEqual(api.get("/api/v1/tags").status, 200)
        self.assertEqual(api.ask("POST", "/api/v1/tags").status, 403)
        for name, value in (("SCOPES", "all"), ("EXPIRES", "yesterday")):
            done = self.run_it(**{f"RUBRICA_TOKEN_{name}": value})
            self.assertNotEqual(done.returncode, 0)
            self.assertEqual(done.stdout, "")


if __name__ == "__main__":
    unittest.main()
