# test_import_crash.py: what kill -9 leaves is what no kill leaves
# SPDX-License-Identifier: MIT
"""Imports of 12,000 rows (new, known, double and faulty ones) are interrupted
at random moments; at the end the book must be the one of an uninterrupted
run. RUBRICA_LONG=1 kills a hundred times instead of 25."""
import os
import random
import time
import unittest

import patience
import people
from importing import Book, conserved

ROWS = 12000
KNOWN = 2400
LONG = os.environ.get("RUBRICA_LONG") == "1"
KILLS = 100 if LONG else 25
KILLS_DATABASE = 20 if LONG else 5
SEED = int(os.environ.get("RUBRICA_SEED", random.SystemRandom().randrange(
    10 ** 6)))
LEASE = 0.3

known = people.rows(1, KNOWN)
earlier = people.table(known)
current = people.table(people.rows(2, ROWS, first=KNOWN, old=0.2, version=2,
                                   again=known))


class Crash(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.book = Book(workers=0, RUBRICA_LEASE_MS=str(int(LEASE * 1000)))
        cls.book.__enter__()
        cls.addClassCleanup(cls.book.__exit__, None, None, None)
        cls.number = cls.prepare()
        cls.book.start_worker()
        start = time.monotonic()
        cls.book.wait(cls.number)
        cls.seconds = time.monotonic() - start
        cls.wanted = cls.book.dump()
        cls.counts = cls.book.counts(cls.number)
        cls.rng = random.Random(SEED)

    @classmethod
    def prepare(cls):
        """People in the book, and an import that waits for a worker."""
        book = cls.book
        book.add_attribute("Score", "NUMBER")
        book.add_attribute("Note")
        worker = book.start_worker()
        book.load(earlier, format="interakt")
        book.end_worker(worker)
        number, said = book.load(
            current, wait=False, format="interakt", segment="Spring")
        assert number == 2, said
        book.keep()
        return number

    def pause(self):
        time.sleep(self.rng.random() * self.seconds / 4)

    def finish(self):
        """Waits for its end, and compares."""
        self.assertEqual("done", self.book.wait(self.number), f"seed {SEED}")
        counts = self.book.counts(self.number)
        self.assertTrue(conserved(counts), counts)
        self.assertEqual(counts["read_rows"], ROWS)
        self.assertEqual(len(self.book.outcomes(self.number)), ROWS)
        got = self.book.dump()
        for i, (a, b) in enumerate(zip(self.wanted, got)):
            self.assertEqual(a, b, f"line {i}, seed {SEED}")
        self.assertEqual(len(self.wanted), len(got), f"seed {SEED}")

    def test_there_is_all_to_compare(self):
        counts = self.counts
        for name, n in counts.items():
            self.assertTrue(n or name == "skipped", counts)
        self.assertTrue(conserved(counts), counts)

    def test_worker_is_killed(self):
        kills = 0
        while kills < KILLS:
            self.book.back()
            worker = self.book.start_worker()
            for _ in range(8):
                self.pause()
                if self.book.state(self.number) == "done":
                    break
                self.book.end_worker(worker)
                worker = self.book.start_worker()
                kills += 1
            self.finish()

    def test_goes_on_soon_after_the_lease(self):
        self.book.back()
        self.assertTrue(self.book.work(RUBRICA_FAILPOINT="150"))
        at = self.book.counts(self.number)["read_rows"]
        self.assertTrue(0 < at < ROWS, at)
        self.book.start_worker()
        patience.until(
            lambda: self.book.counts(self.number)["read_rows"] > at,
            self.book.logs)
        self.finish()

    def test_database_is_killed(self):
        kills = 0
        while kills < KILLS_DATABASE:
            self.book.back()
            self.book.start_worker()
            for _ in range(3):
                self.pause()
                kills += 1
                self.book.kill_database()
                self.book.wait_database()
                time.sleep(LEASE)
            self.finish()

    def test_both_are_killed(self):
        self.book.back()
        for _ in range(2):
            worker = self.book.start_worker()
            self.pause()
            self.book.kill_database()
            self.book.end_worker(worker)
            self.book.wait_database()
        self.book.start_worker()
        self.finish()

    def test_connections_are_killed(self):
        """The worker stays, and finds its way back by itself."""
        self.book.back()
        self.book.start_worker()
        for _ in range(8):
            self.pause()
            self.book.kill_connections()
        self.finish()


if __name__ == "__main__":
    unittest.main()
