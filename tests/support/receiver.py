# receiver.py: a program that outgoing webhooks tell something
# SPDX-License-Identifier: MIT
"""`with Receiver() as r:` listens on loopback. r.url("name") is an address; what
is sent there is in r.got("name"). r.answers["name"] says how it answers: a
status code (200), or a function of (handler, request); else 200."""

import hashlib
import hmac
import http.server
import json
import ssl
import threading
import time

import patience


class Request:
    def __init__(self, path, headers, body):
        self.path = path
        self.headers = {k.lower(): v for k, v in headers.items()}
        self.body = body
        self.at = time.monotonic()

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def data(self):
        return self.json["data"]

    @property
    def event(self):
        return self.headers["x-rubrica-event"]

    @property
    def delivery(self):
        return self.headers["x-rubrica-delivery"]

    def is_signed(self, secret):
        """Both signatures are right, as the README tells to check them."""
        def mac(data):
            return hmac.new(secret.encode(), data,
                            hashlib.sha256).hexdigest()

        at = self.headers["x-rubrica-timestamp"]
        return (self.headers["x-rubrica-signature-256"] ==
                "sha256=" + mac(self.body) and
                self.headers["x-rubrica-signature"] ==
                f"t={at},v1=" + mac(at.encode() + b"." + self.body))


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        size = int(self.headers["content-length"])
        request = Request(self.path, self.headers, self.rfile.read(size))
        receiver = self.server.receiver
        name = self.path.strip("/")
        with receiver.changed:
            receiver.requests.append((name, request))
            receiver.changed.notify_all()
        answer = receiver.answers.get(name, 200)
        if callable(answer):
            answer(self, request)
        else:
            self.say(answer)

    def do_GET(self):
        self.server.receiver.requests.append(("GET", self.path))
        self.say(200)

    def say(self, code, body=b"thanks", **headers):
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        pass  # who hangs up half-way


class Receiver:
    """certificate: a file with a key and a certificate, for https."""

    def __init__(self, certificate=None):
        self.certificate = certificate
        self.requests = []
        self.answers = {}
        self.changed = threading.Condition()

    def __enter__(self):
        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.receiver = self
        if self.certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(self.certificate)
            self.server.socket = context.wrap_socket(
                self.server.socket, server_side=True,
                do_handshake_on_connect=False)
        self.thread = threading.Thread(target=self.server.serve_forever,
                                       args=(0.05,), daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def url(self, name):
        scheme = "https" if self.certificate else "http"
        return f"{scheme}://127.0.0.1:{self.server.server_port}/{name}"

    def got(self, name, event=None):
        return [r for n, r in list(self.requests) if n == name and
                event in (None, r.event)]

    def wait(self, name, so):
        """What came, once so(requests) holds; so may be a number."""
        enough = so if callable(so) else lambda got: len(got) >= so
        end = time.monotonic() + patience.SECONDS
        with self.changed:
            while not enough(self.got(name)):
                left = end - time.monotonic()
                if left <= 0:
                    raise AssertionError("it does not come: " + "; ".join(
                        f"{r.event} {r.body[:300]}" for r in self.got(name)))
                self.changed.wait(min(left, 0.1))
        return self.got(name)
