# test_guard.py: who gets through, for every row of routes.h
# SPDX-License-Identifier: MIT
import os
import re
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http

RANK = {"NONE": 0, "VIEWER": 1, "EDITOR": 2, "ADMIN": 3}
ROW = re.compile(r'(PAGE|FILE|API)\(\s*"([^"]+)"\s*,\s*(\w+)\s*,'
                 r"([^,]*),\s*(\w+)\s*\)")


def routes():
    """(kind, path, methods, role) of the rows that are in use."""
    path = os.path.join(os.path.dirname(__file__),
                        "../../cgi-bin/web/routes.h")
    with open(path, encoding="utf-8") as f:
        text = f.read()
    table = text[text.index("#define ROUTES("):]
    table = re.split(r"\n\n", table)[0].replace("\\\n", " ")
    return [(kind, path.replace("{id}", "999999999999").replace("{n}", "1"),
             [m.strip() for m in methods.split("|")], role)
            for kind, path, _, methods, role in ROW.findall(table)]


PAGES = [r for r in routes() if r[0] != "API"]
APIS = [r for r in routes() if r[0] == "API"
        and r[1].startswith("/api/")]


class Guard(unittest.TestCase):
    where = ""

    def _formatMessage(self, msg, standardMsg):
        return f"{self.where}: {super()._formatMessage(msg, standardMsg)}"

    def each(self, rows, method):
        for row in rows:
            if method in row[2]:
                self.where = f"{method} {row[1]}"
                yield row

    def test_rows(self):
        self.assertGreaterEqual(len(PAGES), 6)

    def test_stranger(self):
        for _, path, _, role in self.each(PAGES, "GET"):
            answer = http.Session().get(path)
            if RANK[role]:
                self.assertEqual(answer.status, 303)
                self.assertTrue(answer.location.startswith("/login"))
            else:
                self.assertEqual(answer.status, 200)
        for _, path, _, role in self.each(PAGES, "POST"):
            answer = http.Session().post(path, {"a": "1"}, csrf=False)
            self.assertEqual(answer.status, 303 if RANK[role] else 403)
            if not RANK[role]: # it is the form's fault, not the member's
                self.assertIn("form is out of date", answer.text)
                self.assertNotIn("role", answer.page.one("main").text())

    def test_roles_see(self):
        for role in ("viewer", "editor"):
            session = http.member(role)
            for _, path, _, least in self.each(PAGES, "GET"):
                answer = session.get(path)
                if RANK[role.upper()] < RANK[least]:
                    self.assertEqual(answer.status, 403)
                    self.assertIsNotNone(answer.page.one("nav"))
                else:
                    # 422: a sheet that a test's longest value is too long for
                    self.assertIn(answer.status, (200, 303, 404, 422))

    def test_roles_change(self):
        for role in ("viewer", "editor"):
            session = http.member(role)
            for _, path, methods, least in self.each(PAGES, "POST"):
                if path in ("/logout", "/login"):
                    continue
                needed = RANK[least]
                if "WRITE_VIEWER" not in methods:
                    needed = max(needed, RANK["EDITOR"])
                answer = session.post(path, {"nothing": "here"})
                if RANK[role.upper()] < needed:
                    self.assertEqual(answer.status, 403)
                else:
                    self.assertLess(answer.status, 500)

    def test_form_token(self):
        """Without it, with another's, and from another site: nothing."""
        session = http.admin()
        other = http.member("editor").csrf()
        for _, path, _, role in self.each(PAGES, "POST"):
            for pairs in ({}, {"csrf": ""}, {"csrf": other},
                          {"csrf": session.csrf()[:-1]}):
                answer = session.post(path, pairs, csrf=False)
                self.assertEqual(answer.status, 403)
            answer = session.post(
                path, {"csrf": session.csrf()}, csrf=False,
                headers={"Sec-Fetch-Site": "cross-site"})
            self.assertEqual(answer.status, 403)
        self.assertIn("reload", answer.text)

    def test_other_methods(self):
        for kind, path, methods, _ in routes():
            self.where = path
            client = http.Api() if kind == "API" else http.admin()
            for method in ("GET", "POST", "PUT", "DELETE"):
                if method in methods:
                    continue
                answer = client.ask(method, path)
                self.assertEqual(answer.status, 405, method)
                self.assertEqual(
                    answer.headers["allow"].replace(" HEAD,", "")
                    .replace(", HEAD", "").split(", "),
                    [m for m in ("GET", "POST", "PUT", "DELETE")
                     if m in methods])
            for method in ("OPTIONS", "PATCH", "TRACE", "FOO"):
                answer = client.ask(method, path)
                self.assertEqual(answer.status, 405, method)

    def test_head(self):
        session = http.admin()
        for _, path, _, _ in self.each(PAGES, "GET"):
            answer = session.ask("HEAD", path)
            self.assertEqual(answer.body, b"")
            self.assertEqual(answer.status, session.get(path).status)

    def test_api_needs_token(self):
        for _, path, methods, _ in APIS:
            for method in methods:
                if method.startswith("FOR_"):
                    continue
                for token in ("", "x", "A" * 43, http.admin_token() + "A"):
                    answer = http.Api(token).ask(method, path)
                    self.assertEqual(answer.status, 401, path)
                    self.assertEqual(answer.json["error"]["code"],
                                     "unauthorized")
                    self.assertEqual(answer.headers["www-authenticate"],
                                     "Bearer")

    def test_api_takes_no_cookies(self):
        for _, path, _, _ in APIS:
            self.assertIn(http.admin().get(path).status, (401, 405))

    def test_pages_take_no_tokens(self):
        answer = http.Api().get("/team")
        self.assertEqual(answer.status, 303)

    def test_headers(self):
        session = http.admin()
        for path in ("/team", "/login", "/nothing", "/healthz",
                     "/api/v1/nothing"):
            headers = session.get(path).headers
            self.assertIn("default-src 'self'",
                          headers["content-security-policy"])
            self.assertIn("frame-ancestors 'none'",
                          headers["content-security-policy"])
            self.assertEqual(headers["x-content-type-options"], "nosniff")
            self.assertEqual(headers["referrer-policy"], "same-origin")
            self.assertEqual(headers["cache-control"], "no-store")

    def test_bad_cookies(self):
        for value in ("", "x", "A" * 43, "A" * 5000, "a b", "\"", "..", "%00"):
            session = http.Session()
            session.cookies["rubrica_session"] = value
            self.assertEqual(session.get("/team").status, 303, value)


if __name__ == "__main__":
    unittest.main()
