# test_inbound_kill.py: events that were answered are in the book
# SPDX-License-Identifier: MIT
"""Signed events come from many connections while children of rubrica-web,
rubrica-web itself and the database are killed with SIGKILL at random moments.
As WhatsApp does, each event is sent until it is answered with 200. Then the
book has every message exactly once, everybody exactly once, and nothing
without the other."""
import concurrent.futures
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
import whatsapp as wa  # noqa: E402
from instance import PROGRAM, Instance  # noqa: E402

LONG = os.environ.get("RUBRICA_LONG") == "1"
SECONDS = 60 if LONG else 8
SENDERS = 6


class Post(threading.Thread):
    """Sends events, each until it is answered with 200."""

    def __init__(self, port, number, end):
        super().__init__()
        self.port = port
        self.number = number
        self.end = end
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
            if time.monotonic() > self.end:
                self.finished = True
                return
            data = json.dumps(wa.message(person, "Hi", wamid=word)).encode()
            self.deliver(data)
            self.answered[word] = person

    def deliver(self, data):
        give_up = time.monotonic() + 60
        while time.monotonic() < give_up:
            status = self.send(data)
            if status == 200:
                return
            if status not in (None, 502, 503):
                self.odd.add(status)
            time.sleep(0.02)
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

    def kill_one(self, draw):
        with contextlib.suppress(OSError, ValueError, IndexError):
            parent = self.book.pid("web")
            if draw.random() < 0.1:
                os.kill(parent, signal.SIGKILL)
                return
            path = f"/proc/{parent}/task/{parent}/children"
            with open(path, encoding="ascii") as f:
                children = [int(word) for word in f.read().split()]
            os.kill(draw.choice(children), signal.SIGKILL)

    def kill_until(self, end):
        draw = random.Random(11)
        kills = 0
        database = [end - SECONDS * share for share in (0.7, 0.35)]
        while time.monotonic() < end:
            time.sleep(draw.uniform(0.005, 0.12))
            if database and time.monotonic() > database[0]:
                database.pop(0)
                with contextlib.suppress(OSError, ValueError, IndexError):
                    os.kill(self.book.pid("mariadb"), signal.SIGKILL)
            self.kill_one(draw)
            kills += 1
        return kills

    def test_nothing_is_lost(self):
        end = time.monotonic() + SECONDS
        posts = [Post(self.book.port, n, end) for n in range(SENDERS)]
        with concurrent.futures.ThreadPoolExecutor() as pool:
            for post in posts:
                post.start()
            kills = pool.submit(self.kill_until, end).result()
        for post in posts:
            post.join()
        self.assertTrue(all(p.finished for p in posts))
        self.assertEqual(set(), set().union(*(p.odd for p in posts)))
        os.kill(self.book.pid("mariadb"), signal.SIGKILL)
        self.wait_for_database()
        answered = {k: v for p in posts for k, v in p.answered.items()}
        self.assertGreater(len(answered), 100)
        self.assertGreater(kills, 20)
        self.check(answered)

    def wait_for_database(self):
        for _ in range(300):
            with contextlib.suppress(subprocess.CalledProcessError):
                self.sql("SELECT 1")
                return
            time.sleep(0.1)

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
