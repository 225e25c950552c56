# test_import_race.py: workers and imports that get in each other's way
# SPDX-License-Identifier: MIT
import collections
import concurrent.futures
import os
import random
import re
import signal
import time
import unittest

import patience
import people
from importing import Book, conserved

ROWS = 6000
LEASE = 0.5
SEED = int(os.environ.get("RUBRICA_SEED", random.SystemRandom().randrange(
    10 ** 6)))
ROUNDS = 12 if os.environ.get("RUBRICA_LONG") == "1" else 2


class Race(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.book = Book(workers=0, RUBRICA_LEASE_MS=str(int(LEASE * 1000)),
                        RUBRICA_BATCH_ROWS="600")
        cls.book.__enter__()
        cls.addClassCleanup(cls.book.__exit__, None, None, None)
        cls.rng = random.Random(SEED)

    def setUp(self):
        for worker in list(self.book.workers):
            self.book.end_worker(worker)
        self.book.empty()

    def log(self):
        with open(self.book.var + "/log/worker.log", encoding="utf-8",
                  errors="replace") as f:
            return f.read()

    def together(self, files, **options):
        """Queues files, lets two workers loose on them at once; their
        counts."""
        numbers = [self.book.load(data, wait=False, **options)[0]
                   for data in files]
        for _ in files:
            self.book.start_worker()
        for number in numbers:
            self.assertEqual("done", self.book.wait(number), f"seed {SEED}")
        return [self.book.counts(number) for number in numbers]

    def check_sums(self, counts, count):
        created = 0
        for c in counts:
            self.assertTrue(conserved(c), c)
            created += c["created"]
        contacts = self.book.contacts()
        self.assertEqual(created, count)
        self.assertEqual(len(contacts), count)
        updated = sum(c["updated"] for c in counts)
        revisions = self.book.sql("SELECT COUNT(*) FROM contact_revision")[0]
        self.assertEqual(updated, revisions)
        self.assertEqual(sum(c["version"] - 1 for c in contacts), revisions)

    # --- two workers, one import ---

    def test_a_worker_that_comes_back_writes_nothing(self):
        book = self.book
        data = people.table(people.rows(21, ROWS))
        book.add_attribute("Score", "NUMBER")
        book.add_attribute("Note")
        number, said = book.load(data, wait=False, format="interakt")
        self.assertTrue(number, said)
        book.keep()
        book.start_worker()
        book.wait(number)
        wanted = book.dump()
        for _ in range(ROUNDS):
            book.back()
            first = book.hanging_worker(self.rng.randrange(60, 200))
            book.start_worker()
            self.assertEqual("done", book.wait(number))
            self.assertEqual(0, book.go_on(first))
            self.assertEqual(wanted, book.dump(), f"seed {SEED}")

    def test_it_comes_back_in_the_middle(self):
        """Both are alive while the import runs: only one of them writes."""
        book = self.book
        data = people.table(people.rows(22, ROWS))
        number, said = book.load(data, wait=False, format="interakt",
                                 unknown_column="ignore")
        self.assertTrue(number, said)
        book.keep()
        book.start_worker()
        book.wait(number)
        wanted = book.dump()
        for _ in range(ROUNDS):
            book.back()
            first = book.hanging_worker(70)
            at = book.counts(number)["read_rows"]
            second = book.start_worker()
            patience.until(lambda: book.counts(number)["read_rows"] > at,
                           book.logs, 0.002)
            second.send_signal(signal.SIGSTOP)
            first.send_signal(signal.SIGCONT)
            time.sleep(0.1)
            second.send_signal(signal.SIGCONT)
            self.assertEqual("done", book.wait(number))
            self.assertEqual(0, book.go_on(first))
            self.assertEqual(wanted, book.dump(), f"seed {SEED}")

    def test_a_number_that_was_free_is_taken_meanwhile(self):
        """Numbers are looked up ahead of the batch that writes them; what
        somebody else takes in between is found all the same."""
        book = self.book
        size = 100
        rows = people.rows(23, 20 * size, faults=0, doubles=0)
        data = people.table(rows)
        number, said = book.load(data, wait=False, format="interakt",
                                 unknown_column="ignore")
        self.assertTrue(number, said)
        worker = book.hanging_worker(200, RUBRICA_BATCH_ROWS=str(size))
        at = book.counts(number)["read_rows"]
        taken = 0
        for row in range(at, min(at + 4 * size, 20 * size), 7):
            taken += book.sql(
                "INSERT IGNORE INTO contact (id, phone, name, created_at,"
                f" updated_at) VALUES ({10 ** 9 + row},"
                f" '+91{rows[row]['Phone Number']}', 'Taken', NOW(3), NOW(3));"
                " SELECT ROW_COUNT()")[0]
        self.assertGreater(at, 0)
        self.assertEqual(0, book.go_on(worker))
        self.assertEqual("done", book.state(number))
        counts = book.counts(number)
        self.assertTrue(conserved(counts), counts)
        self.assertEqual(0, counts["rejected"])
        self.assertGreater(taken, 0)
        self.assertGreaterEqual(counts["updated"], taken)
        self.assertEqual(
            [0], book.sql("SELECT COUNT(*) FROM contact"
                          " WHERE name = 'Taken'"))

    # --- many workers, many imports ---

    def test_each_import_is_claimed_once(self):
        book = self.book
        before = len(self.log())
        files = [people.table(people.rows(100 + i, 20, first=i * 100))
                 for i in range(40)]
        # A lease that no busy machine outlasts: a second claim is a fault.
        for _ in range(8):
            book.start_worker(RUBRICA_LEASE_MS="30000")
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            numbers = list(pool.map(
                lambda data: book.load(data, wait=False, format="interakt",
                                       unknown_column="ignore")[0], files))
        for number in numbers:
            self.assertEqual("done", book.wait(number))
        claims = collections.Counter(re.findall(
            r"import (\d+): claimed", self.log()[before:]))
        self.assertEqual(claims, {str(n): 1 for n in numbers})
        for number in numbers:
            counts = book.counts(number)
            self.assertTrue(conserved(counts) and counts["read_rows"] == 20)

    # --- imports about the same people ---

    def pair(self, **columns):
        """The same people in two files, the second upside down."""
        lines = people.rows(31, 3000, faults=0, doubles=0)
        other = [dict(row, City="Elsewhere", **columns)
                 for row in reversed(lines)]
        return people.table(lines), people.table(other)

    def test_same_people_by_phone(self):
        counts = self.together(self.pair(), format="interakt",
                               unknown_column="ignore")
        self.check_sums(counts, 3000)

    def test_same_people_by_email(self):
        """E-mails are not unique in the book: only the locks keep them so."""
        lines = people.rows(32, 3000, faults=0, doubles=0)
        header = ("Name", "Email", "City")
        for i, row in enumerate(lines):
            row["Email"] = people.email(i)
        other = [dict(row, City="Elsewhere") for row in reversed(lines)]
        counts = self.together(
            [people.table(x, header) for x in (lines, other)],
            format="isendu", header="true", country="IN")
        self.check_sums(counts, 3000)

    def test_same_people_by_phone_else_email(self):
        """One file knows them by phone and e-mail, the other by e-mail."""
        lines = people.rows(33, 2500, faults=0, doubles=0)
        for i, row in enumerate(lines):
            row["Email"] = people.email(i)
            row["Phone Number"] = "+91" + row["Phone Number"]
        header = ("Name", "Phone Number", "Email", "City", "Tags")
        other = [dict(row, City="Elsewhere", Tags="x|y")
                 for row in reversed(lines)]
        for row in other[::2]:
            row["Phone Number"] = ""
        counts = self.together(
            [people.table(x, header) for x in (lines, other)],
            format="generic")
        self.check_sums(counts, 2500)

    def test_two_files_about_the_same_people(self):
        """Each person ends as one file after the other would leave them, in
        one order or the other: what both say is from one file, what only one
        says is from that one, and tags are of both."""
        count = 3000
        for backwards in (False, True):
            for _ in range(ROUNDS):
                self.book.empty()
                for name in ("one", "two"):
                    self.book.add_tags(name)
                files = []
                for tag, own in (("one", "Area"), ("two", "User ID")):
                    rows = [{"Name": "Ann " + "ab"[tag == "two"],
                             "Country Code": "91",
                             "Phone Number": people.phone(n),
                             "City": "City " + tag, own: f"{tag}{n}",
                             "Tags": tag} for n in range(count)]
                    if tag == "two" and backwards:
                        rows.reverse()
                    elif tag == "two":
                        self.rng.shuffle(rows)
                    header = list(rows[0])
                    text = "\r\n".join(
                        ",".join(r[h] for h in header) for r in rows)
                    files.append(f"{','.join(header)}\r\n{text}\r\n".encode())
                counts = self.together(files, format="interakt")
                self.check_sums(counts, count)
                created = sum(c["created"] for c in counts)
                self.assertEqual(created, count)
                self.assertEqual(sum(c["updated"] for c in counts), count)
                for c in self.book.contacts():
                    both = (c["name"], c["city"])
                    self.assertIn(both, (("Ann a", "City one"),
                                         ("Ann b", "City two")))
                    self.assertEqual(c["area"][:3], "one")
                    self.assertEqual(c["user_id"][:3], "two")
                    self.assertEqual(c["area"][3:], c["user_id"][3:])
                    self.assertEqual(c["tags"], "one|two")
                    self.assertEqual(c["version"], 2)

    def test_same_file_four_times(self):
        data = people.table(people.rows(34, 2500, faults=0.02))
        counts = self.together([data] * 4, format="interakt",
                               unknown_column="ignore", segment="All")
        for c in counts:
            self.assertTrue(conserved(c), c)
        phones = {c["phone"] for c in self.book.contacts()}
        self.assertEqual(sum(c["created"] for c in counts), len(phones))
        self.assertEqual(len(self.book.contacts()), len(phones))
        self.assertEqual(len({c["rejected"] for c in counts}), 1)

    # --- cancelling ---

    def test_cancelled_on_the_way(self):
        book = self.book
        data = people.table(people.rows(41, 20000))
        number, said = book.load(data, wait=False, format="interakt",
                                 unknown_column="ignore", segment="Half")
        self.assertTrue(number, said)
        worker = book.hanging_worker(300, RUBRICA_BATCH_ROWS="500")
        self.assertGreater(book.counts(number)["read_rows"], 0)
        book.sql("UPDATE import SET cancel_asked = TRUE WHERE id ="
                 f" {number}")
        self.assertEqual(0, book.go_on(worker))
        self.assertEqual("cancelled", book.state(number))
        counts = book.counts(number)
        self.assertTrue(conserved(counts), counts)
        self.assertLess(counts["read_rows"], 20000)
        letters = book.outcomes(number)
        self.assertEqual(len(letters), counts["read_rows"])
        self.assertEqual(letters.count("c"), counts["created"])
        contacts = book.contacts()
        self.assertEqual(len(contacts), counts["created"])
        self.assertTrue(all(c["segments"] == "Half" for c in contacts))


if __name__ == "__main__":
    unittest.main()
