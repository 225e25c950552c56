# test_import_failpoints.py: a worker is killed at each database call in turn
# SPDX-License-Identifier: MIT
"""RUBRICA_FAILPOINT=k kills the worker at the k-th point (before or after a
call of the database). k grows until a run ends without being killed: so every
point was hit. Then the same with a worker that stops there, comes back when
another one has taken over, and must not write any more: at every point with
RUBRICA_LONG=1, else at one in four."""
import csv
import io
import os
import random
import unittest

import people
from importing import Book, conserved, quoted

ROWS = 300
KNOWN = 120
SEED = int(os.environ.get("RUBRICA_SEED", "7"))

known = people.rows(11, KNOWN)
earlier = people.table(known)
current = people.table(people.rows(12, ROWS, first=KNOWN, old=0.3, version=2,
                                   again=known))


class Failpoints(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.book = Book(workers=0, RUBRICA_LEASE_MS="100")
        cls.book.__enter__()
        cls.addClassCleanup(cls.book.__exit__, None, None, None)
        cls.number = cls.prepare()

    @classmethod
    def prepare(cls):
        """People in the book, and an import that waits for a worker."""
        book = cls.book
        book.add_attribute("Score", "NUMBER")
        worker = book.start_worker()
        book.load(earlier, format="interakt", segment="Winter")
        book.trash("id % 3 = 0")
        book.end_worker(worker)
        number, said = book.load(
            current, wait=False, format="interakt", segment="Spring",
            mapping={"Note": {"attribute": "Note", "type": "TEXT"}})
        assert number == 2, said
        cls.correct(number)
        book.keep()
        return number

    @classmethod
    def correct(cls, number):
        """Corrections of all kinds, which every run has to lay over the same
        rows."""
        rows = list(csv.reader(io.StringIO(current.decode())))
        note = rows[0].index("Note") + 1
        known_note = next(r[note - 1] for r in rows[1:] if r[note - 1])
        for n, (kind, row, column, old, new) in enumerate((
                ("value", 0, note, known_note, "corrected everywhere"),
                ("value", 0, note, "corrected everywhere", "and again"),
                ("cell", 5, note, "", "of one row"),
                ("cell", 250, note, "", "of another"),
                ("out", 7, 0, "", ""), ("out", 260, 0, "", "")), 1):
            cls.book.sql(
                "INSERT INTO import_fix (import_id, number, kind, row_no,"
                " column_no, old_value, new_value, place, remembered, at)"
                f" VALUES ({number}, {n}, '{kind}', {row}, {column},"
                f" {quoted(old)}, {quoted(new)}, UNHEX(SHA2('{n}', 256)),"
                " FALSE, UTC_TIMESTAMP(3))")

    def setUp(self):
        self.book.back()

    def finish(self, k):
        self.book.start_worker()
        self.assertEqual("done", self.book.wait(self.number), f"point {k}")
        counts = self.book.counts(self.number)
        self.assertTrue(conserved(counts), f"point {k}: {counts}")
        self.assertEqual(counts["read_rows"], ROWS)
        self.assertEqual(counts["skipped"], 2)
        return self.book.dump()

    def test_every_point(self):
        self.book.back()
        wanted = self.finish(0)
        k = 0
        hit = True
        while hit:
            k += 1
            self.book.back()
            hit = self.book.work(RUBRICA_FAILPOINT=str(k))
            self.assertEqual(wanted, self.finish(k), f"point {k}")
        self.assertGreater(k, 40)

    def checked(self):
        """All that a finished check has left, but for how often it began."""
        self.book.start_worker()
        self.book.wait(self.number, "ready")
        return self.book.dump()

    def test_a_check_is_killed(self):
        """It begins anew, and writes nothing into the book."""
        def back():
            self.book.back()
            self.book.sql("UPDATE import SET state = 'checking', lease_until"
                          f" = NULL WHERE id = {self.number}")

        back()
        people_before = self.book.contacts()
        wanted = self.checked()
        self.assertEqual(people_before, self.book.contacts())
        step = 1 if os.environ.get("RUBRICA_LONG") == "1" else 4
        k = random.Random(SEED).randrange(step)
        hit = True
        while hit:
            k += step
            back()
            hit = self.book.work(RUBRICA_FAILPOINT=str(k))
            self.assertEqual(wanted, self.checked(), f"point {k}")

    def test_every_point_where_it_hangs(self):
        self.book.back()
        wanted = self.finish(0)
        step = 1 if os.environ.get("RUBRICA_LONG") == "1" else 4
        k = random.Random(SEED).randrange(step)
        while True:
            k += step
            self.book.back()
            worker = self.book.hanging_worker(k)
            if not worker:
                break
            self.assertEqual(wanted, self.finish(k), f"point {k}")
            self.assertEqual(0, self.book.go_on(worker), f"point {k}")
            self.assertEqual(wanted, self.book.dump(), f"point {k}")


if __name__ == "__main__":
    unittest.main()
