# http_client.py: what the tests of pages and of the API use
# SPDX-License-Identifier: MIT
"""A browser of the standard library, for an instance that is running:

    RUBRICA_URL             http://127.0.0.1:8080
    RUBRICA_ADMIN_EMAIL     the first admin's
    RUBRICA_ADMIN_PASSWORD
    RUBRICA_TOKEN           an API token of the first admin; without it the
                            program in RUBRICA_BUILD is asked for one
    RUBRICA_VAR             the instance's VAR, for the few who need it

A test file is a module of unittest classes in tests/http, and begins with

    import os
    import sys
    import unittest
    sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
    import http_client as http

and ends with `if __name__ == "__main__": unittest.main()`. Several may run on
one instance, so a test makes what it needs under names of its own
(http.unique("name")) and counts nothing that others make.
"""

import functools
import html.parser
import http.client
import itertools
import json
import os
import random
import re
import socket
import subprocess
import time
import urllib.parse
import uuid

URL = os.environ.get("RUBRICA_URL", "http://127.0.0.1:8080").rstrip("/")
ADMIN_EMAIL = os.environ.get("RUBRICA_ADMIN_EMAIL", "")
ADMIN_PASSWORD = os.environ.get("RUBRICA_ADMIN_PASSWORD", "")
VAR = os.environ.get("RUBRICA_VAR", "")

# Failed logins are counted by address too; so on the own machine each run has
# an address of its own (all of 127.0.0.0/8 is this machine).
SOURCE = ".".join(["127"] + [str(random.randrange(1, 255)) for _ in "123"])


def source_of(url):
    return (SOURCE, 0) if url.hostname in ("127.0.0.1", "localhost") else None


# Text that does harm where it is printed raw. HOSTILE is what it looks like
# then; no page may hold it.
PAYLOAD = "\"'><script>alert(1)</script><b onmouseover=x>&amp;"
HOSTILE = ("<script>alert", "<b onmouseover", "\"'><")


def numbers(size):
    """Whole numbers that no other program of this run counts, up to `size`
    all in all; one that is run by itself begins with the clock."""
    place = int(os.environ.get("RUBRICA_PROGRAM") or time.time())
    return itertools.count(place % 500 * (size // 500))


def unique(name):
    return f"{name}-{uuid.uuid4().hex[:10]}"


# --- reading pages ---

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link",
        "meta", "source", "track", "wbr"}


class Node:
    """An element: name, attributes, children (elements and texts)."""

    def __init__(self, name, attributes=(), parent=None):
        self.name = name
        self.attributes = dict(attributes)
        self.children = []
        self.parent = parent

    def get(self, attribute, otherwise=None):
        value = self.attributes.get(attribute, otherwise)
        return "" if value is None and attribute in self.attributes else value

    def text(self):
        """All text within, white space made one blank."""
        parts = [c if isinstance(c, str) else c.text() for c in self.children]
        return " ".join(" ".join(parts).split())

    def all(self, name=None, /, **attributes):
        """Elements within, of that name and with these attributes: class_ is
        one of the classes, an underscore elsewhere is a dash."""
        found = []
        for child in self.children:
            if isinstance(child, str):
                continue
            if child.matches(name, attributes):
                found.append(child)
            found += child.all(name, **attributes)
        return found

    def one(self, name=None, /, **attributes):
        """The first of all(); None when there is none."""
        found = self.all(name, **attributes)
        return found[0] if found else None

    def matches(self, name, attributes):
        if name and self.name != name:
            return False
        for key, value in attributes.items():
            if key == "class_":
                if value not in (self.get("class") or "").split():
                    return False
            elif self.get(key.replace("_", "-")) != value:
                return False
        return True


class _Builder(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.root = self.at = Node("")

    def handle_starttag(self, tag, attrs):
        node = Node(tag, attrs, self.at)
        self.at.children.append(node)
        if tag not in VOID:
            self.at = node

    def handle_endtag(self, tag):
        node = self.at
        while node and node.name != tag:
            node = node.parent
        if node and node.parent:
            self.at = node.parent

    def handle_data(self, data):
        self.at.children.append(data)


def parse(text):
    builder = _Builder()
    builder.feed(text)
    builder.close()
    return builder.root


# --- answers ---

class Answer:
    """status, headers (names in lower case), body (bytes)."""

    def __init__(self, status, headers, body):
        self.status = status
        self.headers = {}
        self.cookies = []
        for name, value in headers:
            if name.lower() == "set-cookie":
                self.cookies.append(value)
            self.headers[name.lower()] = value
        self.body = body

    @property
    def text(self):
        return self.body.decode("utf-8")

    @property
    def json(self):
        return json.loads(self.text)

    @property
    def page(self):
        return parse(self.text)

    @property
    def location(self):
        return self.headers.get("location", "")

    def error(self, field):
        """The message at a form field, or None."""
        node = self.page.one(id=field + "-error")
        return node.text() if node else None

    def hostile(self):
        """The raw forms of PAYLOAD that this page holds: should be []."""
        return [h for h in HOSTILE if h in self.text]


def form_of(page, **attributes):
    """The names and values that a browser would send for a form, as a list of
    pairs; attributes find the form (action="/team")."""
    form = page.one("form", **attributes)
    if form is None:
        raise AssertionError(f"no form {attributes}")
    pairs = []
    for node in form.all():
        name = node.get("name")
        if not name or "disabled" in node.attributes:
            continue
        if node.name == "input":
            kind = node.get("type", "text")
            if kind in ("checkbox", "radio"):
                if "checked" in node.attributes:
                    pairs.append((name, node.get("value", "on")))
            elif kind not in ("submit", "button", "file", "image"):
                pairs.append((name, node.get("value", "")))
        elif node.name == "textarea":
            pairs.append((name, "".join(c for c in node.children)))
        elif node.name == "select":
            options = node.all("option")
            chosen = [o for o in options if "selected" in o.attributes]
            if "multiple" not in node.attributes:
                chosen = chosen[:1] or options[:1]
            pairs += [(name, o.get("value", o.text())) for o in chosen]
    return pairs


def replaced(pairs, values):
    """The pairs, with those of `values` (a dict) put in place of theirs."""
    kept = [(n, v) for n, v in pairs if n not in values]
    return kept + [(n, v) for n, v in values.items() if v is not None]


# --- asking ---

def multipart(fields, files, boundary=None):
    """(content type, body). fields: pairs; files: (name, file name, bytes)."""
    boundary = boundary or "rubrica" + uuid.uuid4().hex
    out = []
    for name, value in fields:
        out.append(f'--{boundary}\r\nContent-Disposition: form-data; '
                   f'name="{name}"\r\n\r\n'.encode() +
                   (value if isinstance(value, bytes) else
                    str(value).encode()) + b"\r\n")
    for name, file_name, data in files:
        out.append(f'--{boundary}\r\nContent-Disposition: form-data; '
                   f'name="{name}"; filename="{file_name}"\r\n'
                   f'Content-Type: text/csv\r\n\r\n'.encode() +
                   data + b"\r\n")
    out.append(f"--{boundary}--\r\n".encode())
    return f"multipart/form-data; boundary={boundary}", b"".join(out)


class Client:
    """Asks without following redirects; keeps cookies."""

    def __init__(self, url=None):
        self.url = urllib.parse.urlsplit(url or URL)
        self.source = source_of(self.url)
        self.cookies = {}

    def ask(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection(
            self.url.hostname, self.url.port or 80, timeout=240,
            source_address=self.source)
        sent = dict(headers or {})
        if self.cookies:
            sent.setdefault("Cookie", "; ".join(
                f"{n}={v}" for n, v in self.cookies.items()))
        try:
            connection.request(method, path, body=body, headers=sent)
            response = connection.getresponse()
            answer = Answer(response.status, response.getheaders(),
                            response.read())
        finally:
            connection.close()
        for cookie in answer.cookies:
            self.keep(cookie)
        return answer

    def keep(self, cookie):
        name, _, rest = cookie.partition("=")
        value = rest.split(";")[0]
        if value:
            self.cookies[name] = value
        else:
            self.cookies.pop(name, None)

    def get(self, path, **headers):
        return self.ask("GET", path, headers={
            n.replace("_", "-"): v for n, v in headers.items()})


class Session(Client):
    """A browser of a member; as() below makes one that is logged in."""

    def login(self, email, password):
        page = self.get("/login").page
        return self.post("/login", replaced(
            form_of(page, action="/login"),
            {"email": email, "password": password}), csrf=False)

    def csrf(self, path="/logout"):
        """The token of this session's forms."""
        node = self.get(path).page.one("input", name="csrf")
        if node is None:
            raise AssertionError(f"{path} has no form")
        return node.get("value")

    def follow(self, answer):
        while answer.status in (301, 302, 303, 307, 308):
            answer = self.get(answer.location)
        return answer

    def post(self, path, pairs=(), csrf=True, headers=None):
        """Sends an urlencoded form; csrf: puts the token in, when the pairs
        have none."""
        pairs = list(pairs.items() if isinstance(pairs, dict) else pairs)
        if csrf and "csrf" not in dict(pairs):
            pairs.append(("csrf", self.csrf()))
        return self.ask("POST", path, urllib.parse.urlencode(pairs), {
            "Content-Type": "application/x-www-form-urlencoded",
            **(headers or {})})

    def submit(self, path, values, **form):
        """Opens a page, fills its form in and sends it."""
        page = self.get(path).page
        pairs = replaced(form_of(page, **form), values)
        action = page.one("form", **form).get("action") or path
        return self.post(action, pairs, csrf=False)

    def upload(self, path, fields, files, csrf=True):
        """Sends a multipart form; files: (name, file name, bytes)."""
        fields = list(fields.items() if isinstance(fields, dict) else fields)
        if csrf and "csrf" not in dict(fields):
            fields.append(("csrf", self.csrf()))
        content_type, body = multipart(fields, files)
        return self.ask("POST", path, body, {"Content-Type": content_type})


class Api(Client):
    """The API with a token."""

    def __init__(self, token=None, url=None):
        super().__init__(url)
        self.token = admin_token() if token is None else token

    def ask(self, method, path, body=None, headers=None):
        headers = dict(headers or {})
        if self.token:
            headers.setdefault("Authorization", "Bearer " + self.token)
        return super().ask(method, path, body, headers)

    def send(self, method, path, value, **headers):
        """value as JSON."""
        return self.ask(method, path, json.dumps(value), {
            "Content-Type": "application/json",
            **{n.replace("_", "-"): v for n, v in headers.items()}})

    def upload(self, path, fields, files, **headers):
        fields = list(fields.items() if isinstance(fields, dict) else fields)
        content_type, body = multipart(fields, files)
        return self.ask("POST", path, body, {
            "Content-Type": content_type,
            **{n.replace("_", "-"): v for n, v in headers.items()}})


def raw(request, wait=60, url=None, stop_sending=False):
    """Sends bytes as they are and gives what comes back until the other side
    closes: for requests that no library would send. stop_sending closes our
    half, as when an upload breaks off."""
    at = urllib.parse.urlsplit(url or URL)
    with socket.create_connection((at.hostname, at.port or 80), wait,
                                  source_of(at)) as s:
        s.settimeout(wait)
        s.sendall(request)
        if stop_sending:
            s.shutdown(socket.SHUT_WR)
        out = b""
        try:
            while piece := s.recv(65536):
                out += piece
        except (TimeoutError, ConnectionError):
            pass
        return out


def raw_status(answer):
    found = re.match(rb"HTTP/1\.[01] (\d{3})", answer)
    return int(found[1]) if found else 0


# --- members ---

@functools.cache
def admin_token():
    if os.environ.get("RUBRICA_TOKEN"):
        return os.environ["RUBRICA_TOKEN"]
    build = os.environ.get("RUBRICA_BUILD", os.path.join(
        os.path.dirname(__file__), "../../build"))
    home = os.path.join(os.path.dirname(__file__), "../..")
    return subprocess.run(
        [os.path.join(home, build, "rubrica"), "token"], check=True,
        capture_output=True, text=True, timeout=240).stdout.strip()


_sessions = {}


def admin():
    """A session of the first admin, one for the whole run."""
    if "admin" not in _sessions:
        _sessions["admin"] = logged_in(ADMIN_EMAIL, ADMIN_PASSWORD)
    return _sessions["admin"]


def logged_in(email, password):
    session = Session()
    answer = session.login(email, password)
    if answer.status != 303:
        raise AssertionError(f"login of {email}: {answer.status}")
    return session


def make_member(role, name=None, password="a password of tests"):
    """Adds a member by the team page; gives (e-mail, password)."""
    email = unique(role) + "@example.com"
    answer = admin().post("/team", {
        "action": "add", "name": name or unique("Test"), "email": email,
        "password": password, "role": role})
    if answer.status != 303:
        raise AssertionError(f"making a member: {answer.status}")
    return email, password


def member(role):
    """A session of a viewer or an editor, one of each for the whole run."""
    if role == "admin":
        return admin()
    if role not in _sessions:
        _sessions[role] = logged_in(*make_member(role))
    return _sessions[role]
