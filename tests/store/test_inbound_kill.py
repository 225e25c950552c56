# test_inbound_kill.py: events that were answered are in the book
# SPDX-License-Identifier: MIT
"""Signed events come from many connections while children of rubrica-web,
rubrica-web itself and the database are killed with SIGKILL at random moments.
As WhatsApp does, each event is sent until it is answered with 200. Then the
book has every message exactly once, everybody exactly once, and nothing
without the other."""
import contextlib
import http.client
import json
import os
import random
import signal
import subprocess
import threading
import time
import unittest

os.environ.setdefault("RUBRICA_URL", "http://127.0.0.1:1")
import patience  # noqa: E402
import whatsapp as wa  # noqa: E402
from instance import PROGRAM, Instance  # noqa: E402

LONG = os.environ.get("RUBRICA_LONG") == "1"
KILLS = 800 if LONG else 60
ANSWERS = 4000 if LONG else 300
SENDERS = 6
DATABASE = {KILLS // 3, 2 * KILLS // 3}  # which of the kills are its,
PARENT = {KILLS // 6, KILLS // 2, KILLS - 2}  # and which the parent's


class Post(threading.Thread):
    """Sends events, each until it is answered with 200."""

    def __init__(self, port, number, enough):
        super().__init__()
        self.port = port
        self.number = number
        self.enough = enough
        self.answered = {}  # id of the message: number of the person
        self.finished = False
        self.odd = set()

    def events(self):
        draw = random.Random(self.number)
        for i in range(10 ** 6):
            person = f"39347{self.number:02}{draw.randrange(1 + i):05}"
            yield f"wamid.{self.number}.{i}", person

    def run(self):
        for word, person in self.events():
            if self.enough.is_set():
                self.finished = True
                return
            data = json.dumps(wa.message(person, "Hi", wamid=word)).encode()
            self.deliver(data)
            self.answered[word] = person

    def deliver(self, data):
        for _ in patience.moments():
            status = self.send(data)
            if status == 200:
                return
            if status not in (None, 502, 503):
                self.odd.add(status)
        raise RuntimeError("an event was never answered with 200")

    def send(self, data):
        connection = http.client.HTTPConnection("127.0.0.1", self.port,
                                                timeout=20)
        with contextlib.closing(connection):
            try:
                connection.request("POST", wa.PATH, data, {
                    "Content-Type": "application/json",
                    "X-Hub-Signature-256": wa.sign(data)})
                return connection.getresponse().status
            except (OSError, http.client.HTTPException):
                return None


class Killed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.book = Instance(RUBRICA_WEB_CHILDREN="4")
        cls.book.__enter__()
        cls.addClassCleanup(cls.book.__exit__, None, None, None)
        subprocess.run([PROGRAM, "config"], check=True, env={
            **cls.book.env, "RUBRICA_CONFIG_KEY": "whatsapp.app_secret",
            "RUBRICA_CONFIG_VALUE": wa.SECRET})

    def sql(self, text):
        done = subprocess.run(
            ["mariadb", "-S", self.book.var + "/mariadb.sock", "-BN",
             "rubrica", "-e", text], capture_output=True, text=True,
            check=True)
        return [line.split("\t") for line in done.stdout.splitlines()]

    def kill_one(self, number, draw):
        with contextlib.suppress(OSError, ValueError, IndexError):
            if number in DATABASE:
                os.kill(self.book.pid("mariadb"), signal.SIGKILL)
            parent = self.book.pid("web")
            if number in PARENT:
                os.kill(parent, signal.SIGKILL)
                return
            path = f"/proc/{parent}/task/{parent}/children"
            with open(path, encoding="ascii") as f:
                children = [int(word) for word in f.read().split()]
            os.kill(draw.choice(children), signal.SIGKILL)

    def kill(self, answers):
        """Each kill but the first comes when something was answered since the
        one before, so that it goes on at the pace of the machine."""
        draw = random.Random(11)
        for number in range(KILLS):
            before = answers()
            time.sleep(draw.uniform(0.005, 0.12))
            patience.until(lambda: answers() > before, self.book.logs)
            self.kill_one(number, draw)

    def test_nothing_is_lost(self):
        enough = threading.Event()
        posts = [Post(self.book.port, n, enough) for n in range(SENDERS)]

        def answers():
            return sum(len(p.answered) for p in posts)

        try:
            for post in posts:
                post.start()
            self.kill(answers)
            patience.until(lambda: answers() > ANSWERS, self.book.logs)
        finally:
            enough.set()
            for post in posts:
                post.join()
        self.assertTrue(all(p.finished for p in posts))
        self.assertEqual(set(), set().union(*(p.odd for p in posts)))
        os.kill(self.book.pid("mariadb"), signal.SIGKILL)
        self.wait_for_database()
        self.check({k: v for p in posts for k, v in p.answered.items()})

    def wait_for_database(self):
        for _ in patience.moments():
            with contextlib.suppress(subprocess.CalledProcessError):
                self.sql("SELECT 1")
                return

    def check(self, answered):
        rows = self.sql("SELECT wa_id, phone FROM message LEFT JOIN contact"
                        " ON contact.id = contact_id")
        self.assertEqual(len(rows), len({word for word, _ in rows}))
        found = {word: phone.lstrip("+") for word, phone in rows}
        self.assertEqual({}, {k: v for k, v in answered.items()
                              if found.get(k) != v})
        people = self.sql("SELECT phone, COUNT(*) FROM contact"
                          " GROUP BY phone")
        self.assertEqual({"1"}, {n for _, n in people})
        self.assertEqual([], self.sql(
            "SELECT id FROM contact WHERE last_active IS NULL OR NOT EXISTS"
            " (SELECT 1 FROM message WHERE contact_id = contact.id)"))
        # One entry of the audit log for everybody who was made.
        self.assertEqual([[str(len(people))]], self.sql(
            "SELECT COUNT(*) FROM audit WHERE action = 'contact.create'"))


if __name__ == "__main__":
    unittest.main()
