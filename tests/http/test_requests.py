# test_requests.py: requests that no browser sends, and that do no harm
# SPDX-License-Identifier: MIT
import os
import sys
import unittest
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http

HOST = urllib.parse.urlsplit(http.URL).netloc


def head(method, path, *lines):
    return "\r\n".join([f"{method} {path} HTTP/1.1", f"Host: {HOST}",
                        "Connection: close", *lines, "", ""]).encode()


def cookies(session):
    return "Cookie: " + "; ".join(
        f"{n}={v}" for n, v in session.cookies.items())


class Addresses(unittest.TestCase):
    def test_nothing_there(self):
        for path in ("/nothing", "/team/", "/team/1", "/Team", "/login.cs",
                     "/contacts/x", "/contacts/0", "/contacts/01",
                     "/contacts/-1", "/contacts/12345678901234567890",
                     "/contacts/999999999999999999", "/static/../nginx.conf",
                     "/%2e%2e/%2e%2e/etc/passwd", "/team%2f", "/team%20",
                     "//team", "/team;a=b", "/" + "x" * 4000):
            answer = http.admin().get(path)
            self.assertIn(answer.status, (400, 404), path)
            self.assertIsNotNone(answer.page.one("h1"), path)

    def test_malformed(self):
        for path in ("/%", "/%zz", "/%ff", "/team?a=%ff", "/team?a=%00",
                     "/team?%", "/%C0%AF"):
            answer = http.admin().get(path)
            self.assertEqual(answer.status, 400, path)
        self.assertEqual(http.raw_status(http.raw(head("GET", "/%00"))), 400)

    def test_before_the_application(self):
        long = "a" * 70000
        for request, status in (
                (head("GET", "/" + long), 414),
                (head("GET", "/contacts", "X-A: " + long), 400),
                (head("POST", "/contacts/new", "Content-Length: -5"), 400),
                (b"GET /contacts HTTP/1.1\r\n\r\n", 400)):
            answer = http.raw(request)
            self.assertEqual(http.raw_status(answer), status, request[:60])
            self.assertIn(b"<h1>This could not be read</h1>", answer)
        answer = http.raw(head("POST", "/api/v1/contacts",
                               "Content-Length: x"))
        self.assertEqual(http.raw_status(answer), 400)
        self.assertIn(b'{"error":{"code":"malformed"', answer)

    def test_no_such_file(self):
        for path in ("/static/", "/static/nothing.css", "/-/malformed",
                     "/static/bootstrap5/x.css"):
            answer = http.admin().get(path)
            self.assertEqual(answer.status, 404, path)
            self.assertIsNotNone(answer.page.one("nav"), path)

    def test_error_page(self):
        answer = http.admin().get("/nothing")
        page = answer.page
        self.assertEqual(answer.status, 404)
        self.assertEqual(len(page.all("h1")), 1)
        self.assertIsNotNone(page.one("nav"))
        self.assertEqual(page.one("code").text(),
                         answer.headers["x-request-id"])
        self.assertIsNotNone(page.one("a", class_="btn-primary"))

    def test_api_error(self):
        answer = http.Api().get("/api/v1/nothing")
        self.assertEqual(answer.status, 404)
        self.assertEqual(answer.headers["content-type"], "application/json")
        self.assertEqual(answer.json["error"]["code"], "not-found")
        self.assertTrue(answer.json["error"]["message"])
        self.assertEqual(answer.json["error"]["fields"], {})

    def test_api_in_another_spelling(self):
        """It goes by tokens all the same, never by the browser's session."""
        for path in ("/%61pi/v1/tags", "/api%2Fv1/tags", "/api/v1%2ftags"):
            for method in ("GET", "POST"):
                answer = http.admin().ask(method, path)
                self.assertEqual(answer.status, 401, path)
                self.assertEqual(
                    answer.json["error"]["code"], "unauthorized")
            self.assertEqual(http.Api().get(path).status, 200)

    def test_idempotency_key_that_is_no_text(self):
        for path in ("/api/v1/imports", "/api/v1/bulk"):
            answer = http.Api().send("POST", path, {
                "filter": {"email": "nobody@example.org"}, "action": "trash"},
                Idempotency_Key="\xff\xc0")
            self.assertEqual(answer.status, 400, path)
            self.assertIn("UTF-8", answer.json["error"]["message"])
        answer = http.Api().upload(
            "/api/v1/imports", {"format": "generic", "consent": "true"},
            [("file", "a.csv", b"Phone\n+919800011111\n")],
            Idempotency_Key=http.unique("\xc3\xbc"))  # "ü" in UTF-8
        self.assertEqual(answer.status, 202, answer.text)

    def test_escaped(self):
        path = "/nothing/" + urllib.parse.quote(http.PAYLOAD)
        for session in (http.Session(), http.admin()):
            self.assertEqual(session.get(path).hostile(), [])
            self.assertEqual(session.get(
                "/login?next=/" + urllib.parse.quote(http.PAYLOAD))
                .hostile(), [])


class Bodies(unittest.TestCase):
    def send(self, body, content_type="application/x-www-form-urlencoded",
             path="/settings"):
        return http.admin().ask("POST", path, body,
                                {"Content-Type": content_type})

    def alive(self):
        self.assertEqual(http.admin().get("/settings").status, 200)

    def test_thousand_fields(self):
        pairs = http.form_of(http.admin().get("/settings").page,
                             action="/settings")
        pairs += [(f"unknown{i}", "x" * 100) for i in range(1000)]
        answer = http.admin().post("/settings", pairs, csrf=False)
        self.assertEqual(answer.status, 303)

    def test_too_many_fields(self):
        answer = self.send("&".join(f"a{i}=1" for i in range(12001)))
        self.assertEqual(answer.status, 413)
        self.alive()

    def test_too_long(self):
        answer = self.send("a=" + "x" * (5 << 20))
        self.assertEqual(answer.status, 413)
        self.assertIsNotNone(answer.page.one("nav"))
        self.alive()

    def test_not_text(self):
        for body in (b"name=a%00b", b"name=%ff", b"name=\xff", b"name=%",
                     b"name=%4", b"name=a\x00b", b"%C3=1"):
            answer = self.send(body)
            self.assertEqual(answer.status, 400, body)
        self.alive()

    def test_content_types(self):
        for content_type in ("text/plain", "text/csv", "application/xml",
                             "", "nonsense", "multipart/mixed; boundary=x"):
            self.assertEqual(
                self.send("name=x", content_type).status, 415, content_type)
        answer = self.send(
            "name=x", "APPLICATION/X-WWW-FORM-URLENCODED; charset=UTF-8")
        self.assertEqual(answer.status, 403)  # read, and without its token
        self.assertEqual(self.send("").status, 403)

    def test_multipart_broken(self):
        good = "multipart/form-data; boundary=b"
        part = b"--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1"
        for content_type, body in (
                ("multipart/form-data", part + b"\r\n--b--"),
                ("multipart/form-data; boundary=c", part + b"\r\n--b--"),
                (good, b""), (good, b"nothing"), (good, part),
                (good, part + b"\r\n--b"), (good, part + b"\r\n--b-"),
                (good, b"--b\r\nX: " + b"y" * 9000 + b"\r\n\r\n\r\n--b--"),
                (good, part + b"\xff\r\n--b--"),
                (good, part + b"\0\r\n--b--")):
            answer = self.send(body, content_type)
            self.assertEqual(answer.status, 400, body[:60])
        self.assertEqual(self.send(part + b"\r\n--b--", good).status, 403)
        self.alive()

    def test_multipart_form(self):
        """A form without a file may come either way."""
        session = http.admin()
        pairs = http.form_of(session.get("/settings").page,
                             action="/settings")
        answer = session.upload("/settings", pairs, [], csrf=False)
        self.assertEqual(answer.status, 303)

    def test_errors_are_whole(self):
        """However long and many the names are that an error tells of."""
        long = {"A" * 300000: "1"}
        many = {f'k{i}"<': "1" for i in range(30000)}
        for method, path in (
                ("POST", "contacts"), ("POST", "tags"), ("POST", "hooks"),
                ("POST", "optouts"), ("POST", "bulk"), ("POST", "segments"),
                ("POST", "first-messages"), ("POST", "privacy/erase")):
            for value in (long, many):
                answer = http.Api().send(method, "/api/v1/" + path, value)
                self.assertEqual(answer.status, 422, path)
                self.assertEqual(sorted(answer.json["error"]), [
                    "code", "fields", "message", "reference"], path)

    def test_length_that_lies(self):
        session = http.admin()
        lines = ("Content-Type: application/x-www-form-urlencoded",
                 cookies(session))
        for length, body in (("3", b"a=1&b=2"), ("-1", b"a=1"),
                             ("x", b"a=1"), ("99999999999999999999", b"a=1")):
            answer = http.raw(head("POST", "/settings", *lines,
                                   "Content-Length: " + length) + body)
            self.assertIn(http.raw_status(answer), (400, 403, 413), length)
        self.alive()

    def test_breaks_off(self):
        session = http.admin()
        for content_type in ("application/x-www-form-urlencoded",
                             "multipart/form-data; boundary=b"):
            answer = http.raw(head(
                "POST", "/settings", f"Content-Type: {content_type}",
                cookies(session), "Content-Length: 100000") +
                b"--b\r\nContent-Disposition: form", wait=3,
                stop_sending=True)
            self.assertIn(http.raw_status(answer), (0, 400))
            self.alive()

    def test_chunked(self):
        session = http.admin()
        body = urllib.parse.urlencode(http.form_of(
            session.get("/settings").page, action="/settings")).encode()
        answer = http.raw(head(
            "POST", "/settings", cookies(session),
            "Content-Type: application/x-www-form-urlencoded",
            "Transfer-Encoding: chunked") +
            b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body))
        self.assertEqual(http.raw_status(answer), 303)

    def test_garbage(self):
        for request in (b"\r\n\r\n", b"GET\r\n\r\n", b"\x16\x03\x01\x02\x00",
                        b"GET / HTTP/9.9\r\n\r\n", b"\0" * 100):
            http.raw(request, wait=2, stop_sending=True)
        self.alive()

    def test_visitor_leaves(self):
        session = http.admin()
        for _ in range(20):
            http.raw(head("GET", "/settings", cookies(session)), wait=0.001)
        self.alive()


if __name__ == "__main__":
    unittest.main()
