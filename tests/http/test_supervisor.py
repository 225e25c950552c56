# test_supervisor.py: what dies comes back; start, stop and data
# SPDX-License-Identifier: MIT
import contextlib
import os
import signal
import socket
import subprocess
import time
import unittest
import urllib.error
import urllib.request
from http.client import HTTPConnection

import http_client as http
import patience
from instance import PROGRAM, Instance

PROCESSES = ("mariadb", "web", "worker", "sender", "nginx")


def healthy(book):
    try:
        with urllib.request.urlopen(book.url + "/healthz", timeout=2) as r:
            return r.status == 200
    except (urllib.error.URLError, OSError):
        return False


def eventually(what):
    for _ in patience.moments():
        with contextlib.suppress(OSError, ValueError):
            if what():
                return True
    return False


def alive(pid):
    """Running; one that nobody has taken off the list does not count."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as f:
            return f.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


class Supervisor(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.book = Instance(RUBRICA_ADMIN_EMAIL="first@example.org",
                            RUBRICA_ADMIN_PASSWORD="pa$s \"wörd\" 'x'")
        cls.book.__enter__()
        cls.addClassCleanup(cls.book.__exit__, None, None, None)

    def sql(self, text, *options):
        return subprocess.run(
            ["mariadb", "-S", self.book.var + "/mariadb.sock", "-BN",
             *options, "-e", text], capture_output=True, text=True,
            check=False)

    def test_each_process_is_replaced(self):
        for name in PROCESSES:
            old = self.book.pid(name)
            os.kill(old, signal.SIGKILL)
            self.assertTrue(eventually(
                lambda: self.book.pid(name) != old and healthy(self.book)),
                name + " does not come back:\n" + self.book.logs())

    def test_form_while_the_application_is_away(self):
        os.kill(self.book.pid("web"), signal.SIGKILL)
        seen = set()

        def back():
            connection = HTTPConnection(
                "127.0.0.1", self.book.port, timeout=10)
            connection.request("POST", "/login", "a=1", {
                "Content-Type": "application/x-www-form-urlencoded"})
            answer = connection.getresponse()
            seen.add(answer.status)
            text = answer.read()
            connection.close()
            if answer.status == 503:
                self.assertIn(b"<h1>One moment</h1>", text)
            return answer.status == 403

        self.assertTrue(eventually(back))
        self.assertLessEqual(seen, {503, 403})

    def test_administrator_comes_through_the_socket(self):
        self.assertEqual(self.sql("SELECT 1").stdout, "1\n")
        grants = self.sql("SHOW GRANTS").stdout
        self.assertIn("GRANT ALL PRIVILEGES ON *.*", grants)

    def test_application_has_no_more_rights_than_it_needs(self):
        with open(self.book.var + "/run/db.password",
                  encoding="ascii") as f:
            password = f.read()
        user = ["-urubrica", "-p" + password, "rubrica"]
        self.assertEqual(
            self.sql("SELECT COUNT(*) FROM member", *user).returncode, 0)
        for statement in ("CREATE TABLE a (b INT)", "DROP TABLE contact",
                          "SELECT * FROM mysql.global_priv",
                          "SELECT 1 INTO OUTFILE '/tmp/x'",
                          "ALTER TABLE contact ADD x INT"):
            self.assertNotEqual(
                self.sql(statement, *user).returncode, 0, statement)

    def test_secrets_are_for_the_owner(self):
        for name in ("run", "run/db.password", "log", "data"):
            mode = os.stat(f"{self.book.var}/{name}").st_mode
            self.assertEqual(mode & 0o077, 0, name)

    def test_second_start_is_refused(self):
        done = subprocess.run([PROGRAM, "start"], env=self.book.env,
                              capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("already runs", done.stdout + done.stderr)

    def test_port_in_use(self):
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            s.listen()
            port = str(s.getsockname()[1])
            with self.assertRaisesRegex(RuntimeError, "in use"):
                Instance(RUBRICA_PORT=port).__enter__()

    def test_first_admin(self):
        self.assertIn("first@example.org\tadmin\tactive",
                      self.book.run("user", "list"))
        token = self.book.run("token")
        self.assertRegex(token, r"\A[A-Za-z0-9_-]{43}\n\Z")
        self.assertNotEqual(token, self.book.run("token"))

    def test_settings(self):
        self.book.run("config", "book.name", "A \"book\" of $1")
        self.assertIn("book.name=A \"book\" of $1\n", self.book.run("config"))
        self.assertEqual(self.book.run("config", "book.name"),
                         "book.name=A \"book\" of $1\n")
        with self.assertRaisesRegex(RuntimeError, "no.such"):
            self.book.run("config", "no.such", "1")

    def test_members(self):
        self.book.run("user", "add", "ed@example.org", "editor", "Ed")
        self.assertIn("ed@example.org\teditor\tactive\tEd",
                      self.book.run("user", "list"))
        self.book.run("user", "disable", "ed@example.org")
        self.assertIn("ed@example.org\teditor\tdisabled",
                      self.book.run("user", "list"))
        with self.assertRaises(RuntimeError):
            self.book.run("token", "ed@example.org")
        with self.assertRaises(RuntimeError):
            self.book.run("user", "add", "no-address", "editor")
        with self.assertRaises(RuntimeError):
            self.book.run("user", "add", "x@example.org", "owner")

    def test_stop_and_start_keep_the_data(self):
        self.book.run("config", "book.country", "IT")
        pids = [self.book.pid(name) for name in PROCESSES]
        self.book.run("stop")
        self.assertFalse(any(alive(pid) for pid in pids))
        self.assertFalse(healthy(self.book))
        self.book.run("stop")  # once more is fine
        self.book.run("start")
        self.assertTrue(healthy(self.book))
        self.assertIn("book.country=IT\n", self.book.run("config"))

    def upload_that_breaks_off(self):
        """One whose file nginx has; the socket, which has to stay open."""
        s = socket.create_connection(("127.0.0.1", self.book.port), 10)
        s.sendall(b"POST /api/v1/imports HTTP/1.1\r\nHost: x\r\n"
                  b"Content-Length: 900000\r\n\r\n" + b"+4930901820\n" * 5000)
        self.addCleanup(s.close)
        self.assertTrue(eventually(lambda: self.bodies() != []))

    def bodies(self):
        return os.listdir(self.book.var + "/tmp/body")

    def test_bodies_do_not_outlive_nginx(self):
        """People stand in the files of uploads that broke off."""
        for number in (signal.SIGKILL, signal.SIGTERM):
            self.upload_that_breaks_off()
            old = self.book.pid("nginx")
            os.kill(old, number)
            self.assertTrue(eventually(
                lambda: self.book.pid("nginx") != old and healthy(self.book)))
            self.assertEqual(self.bodies(), [])

    def test_bodies_do_not_outlive_a_stop(self):
        self.upload_that_breaks_off()
        self.book.run("stop")
        self.assertEqual(os.listdir(self.book.var + "/tmp"), [])
        self.book.run("start")

    def test_no_log_has_what_was_asked_for(self):
        """Not even of requests that fail, nor the page that they came from."""
        web = self.book.pid("web")
        os.kill(web, signal.SIGSTOP)
        with open(f"/proc/{web}/task/{web}/children", encoding="ascii") as f:
            children = [int(pid) for pid in f.read().split()]
        for pid in children:
            os.kill(pid, signal.SIGSTOP)
        with socket.create_connection(("127.0.0.1", self.book.port), 10) as s:
            s.sendall(b"GET /contacts?q=zqx-asked HTTP/1.1\r\nHost: x\r\n"
                      b"Referer: http://x/contacts?q=zqx-before\r\n"
                      b"Connection: close\r\n\r\n")
            time.sleep(0.2)
            for pid in (web, *children):
                os.kill(pid, signal.SIGKILL)
            s.settimeout(30)
            self.assertIn(b" 503 ", s.recv(65536))
        self.assertTrue(eventually(lambda: healthy(self.book)))
        folder = self.book.var + "/log"
        for name in os.listdir(folder):
            with open(f"{folder}/{name}", encoding="utf-8") as f:
                self.assertNotIn("zqx", f.read(), name)
        with open(folder + "/access.log", encoding="utf-8") as f:
            self.assertRegex(f.read(), r' 503 .*"GET /contacts" 502\n')

    def test_supervisor_that_is_killed(self):
        pids = [self.book.pid(name) for name in PROCESSES]
        supervisor = self.book.pid("supervisor")
        os.kill(supervisor, signal.SIGKILL)
        self.assertTrue(eventually(lambda: not alive(supervisor)))
        self.book.run("start")
        self.assertTrue(healthy(self.book))
        self.assertFalse(any(alive(pid) for pid in pids))

    def test_foreground_ends_with_ctrl_c(self):
        with Instance(database_only=True) as other:
            other.process.send_signal(signal.SIGINT)
            self.assertEqual(other.process.wait(patience.SECONDS), 0)
            self.assertFalse(os.path.exists(other.var + "/run/mariadb.pid"))


class BehindAServer(unittest.TestCase):
    """Who is believed that a visitor comes from somewhere else."""

    def failure(self, book, source, forwarded):
        """The address of a login that fails, as the audit log has it."""
        session = http.Session(book.url)
        session.source = (source, 0)
        for name in (None, "X-Forwarded-For"):
            page = session.get("/login").page
            session.post("/login", http.replaced(
                http.form_of(page, action="/login"),
                {"email": "a@example.org", "password": "wrong"}), csrf=False,
                headers={name: forwarded} if name else None)
        return http.Api(book.run("token").strip(), book.url).get(
            "/api/v1/audit?action=login.failure&limit=1"
        ).json["audit"][0]["address"]

    def test_the_one_that_is_named(self):
        with Instance(RUBRICA_PROXY="127.0.0.1") as book:
            self.assertEqual(self.failure(
                book, "127.0.0.1", "192.0.2.1, 192.0.2.7"), "192.0.2.7")
            self.assertEqual(self.failure(
                book, "127.0.0.9", "192.0.2.7"), "127.0.0.9")

    def test_usually_nobody(self):
        with Instance() as book:
            self.assertEqual(self.failure(
                book, "127.0.0.1", "192.0.2.7"), "127.0.0.1")

    def test_wrong(self):
        with self.assertRaises(RuntimeError):
            with Instance(RUBRICA_PROXY="127.0.0.1;"):
                pass


class CutOff(unittest.TestCase):
    def test_database_that_was_not_finished(self):
        with Instance(database_only=True) as book:
            book.run("stop")
            book.process.wait()
            book.process.stdout.close()
            # As if it had been cut off before the rename.
            os.rename(book.var + "/data", book.var + "/data.tmp")
            os.unlink(book.var + "/data.tmp/ibdata1")
            book.start()
            self.assertFalse(os.path.exists(book.var + "/data.tmp"))


if __name__ == "__main__":
    unittest.main()
