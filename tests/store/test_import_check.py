# test_import_check.py: a check says what the import then does
# SPDX-License-Identifier: MIT
import csv
import io
import os
import random
import signal
import subprocess
import unittest

import patience
from importing import Book, conserved
from instance import PROGRAM

ROWS = 5000  # of several batches
SEED = int(os.environ.get("RUBRICA_SEED", random.SystemRandom().randrange(
    10 ** 6)))
CASES = (
    {"format": "generic"},
    {"format": "generic", "duplicates": "merge", "blank": "clear"},
    {"format": "generic", "key": "email", "existing": "update_only"},
    {"format": "isendu"},
    {"format": "isendu", "duplicates": "first_wins"},
    {"format": "aisensy", "unknown_tag": "drop"},
    {"format": "aisensy", "unknown_tag": "reject", "blank": "clear"},
    {"format": "aisensy", "duplicates": "reject_all"},
    {"format": "aisensy", "existing": "skip"},
)


def table(rng, rows):
    """People who come again in later batches, with phones and e-mails that
    move from one to another."""
    out = io.StringIO(newline="")
    w = csv.writer(out)
    w.writerow(["Name", "Phone", "Email", "Tags", "City"])
    for _ in range(rows):
        who = rng.randrange(rows)
        phone = f"+9198{who:08d}" if rng.random() < 0.9 else "12"
        mail = f"p{who}@example.org" if rng.random() < 0.7 else ""
        if rng.random() < 0.05:
            mail = f"p{rng.randrange(rows)}@example.org"
        w.writerow([rng.choice(("Ana", "Bo", "Chi")), phone, mail,
                    rng.choice(("", "known", "new|known")),
                    rng.choice(("", "Pune", "Oslo"))])
    return out.getvalue().encode()


class ImportCheck(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.book = Book()
        cls.book.__enter__()
        cls.addClassCleanup(cls.book.__exit__, None, None, None)

    def result(self, number):
        counts = self.book.counts(number)
        self.assertTrue(conserved(counts), counts)
        return (counts, self.book.outcomes(number),
                self.book.problems(number), self.book.changes(number))

    def test_check_equals_import(self):
        for k, case in enumerate(CASES):
            rng = random.Random(SEED + k)
            with self.subTest(case=case, seed=SEED):
                self.book.empty()
                self.book.add_tags("known")
                earlier = table(rng, 800)
                self.book.load(earlier, format="generic",
                               unknown_tag="drop", segment="Earlier")
                self.book.trash("id % 4 = 0")
                self.book.set("trash.import", rng.choice(("restore", "skip")))
                data = table(rng, ROWS)
                before = self.book.contacts()
                checked, said = self.book.load(data, check=True, **case)
                self.assertIn("ready", said)
                self.assertEqual(
                    sorted(map(str, self.book.contacts())),
                    sorted(map(str, before)), "a check wrote contacts")
                first = self.result(checked)
                done, said = self.book.load(data, **case)
                self.assertIn("done", said)
                self.assertEqual(first, self.result(done))

    def test_a_key_that_only_another_row_names(self):
        """Row 2 restores a contact by its number; a row of a later batch
        comes to the same contact by an e-mail that stands there alone."""
        self.book.empty()
        self.book.load(b"Name,Phone,Email\r\n"
                       b"Ana,+919812345678,ana@example.org\r\n"
                       b"Bo,+919812345679,\r\n", format="generic")
        self.book.trash("name = 'Ana'")
        self.book.set("trash.import", "restore")
        rows = [b"Name,Phone,Email", b"Ana,+919812345678,"]
        rows += [b"P%d,+9197%08d," % (i, i) for i in range(2500)]
        rows += [b"Bo,+919812345679,ana@example.org", b""]
        data = b"\r\n".join(rows)
        checked, said = self.book.load(data, check=True, format="generic")
        self.assertIn("ready", said)
        first = self.result(checked)
        done, said = self.book.load(data, format="generic")
        self.assertIn("done", said)
        self.assertEqual(first, self.result(done))

    def test_a_check_ends_while_it_is_confirmed(self):
        """At whatever call of who confirms: it is started all the same."""
        self.book.empty()
        states = set()
        for k in range(1, 200, 2):
            process, number = self.confirming(k)
            if process is None:
                break
            state = self.book.state(number) if number else ""
            states.add(state)
            if state == "mapped":
                self.book.sql("UPDATE import SET state = 'checking',"
                              " lease_number = lease_number + 1, lease_until ="
                              f" UTC_TIMESTAMP(3) WHERE id = {number}")
                self.book.wait(number, "ready")
            process.send_signal(signal.SIGCONT)
            self.assertEqual(process.wait(patience.SECONDS), 0, k)
            number = self.newest()
            self.assertEqual(self.book.wait(number), "done", k)
        self.assertIn("mapped", states)
        self.assertGreater(k, 30)

    def newest(self):
        return self.book.sql("SELECT JSON_ARRAY(MAX(id)) FROM import")[0][0]

    def confirming(self, point):
        """A process that hangs at a call of the database, and the import that
        it has made; None when it ended before."""
        before = self.newest()
        path = os.path.join(self.book.folder, "file.csv")
        with open(path, "wb") as file:
            file.write(b"Name,Phone\r\nAna,+919800000001\r\n")
        process = subprocess.Popen(
            [PROGRAM, "import", path, "consent", "nowait", "format=generic"],
            stdout=subprocess.DEVNULL,
            env={**self.book.env, "RUBRICA_FAILPOINT": str(point),
                 "RUBRICA_FAILPOINT_SIGNAL": "STOP"})
        state = patience.until(lambda: self.stopped(process))
        after = self.newest()
        if state == "Z":
            self.assertEqual(process.wait(), 0)
            return None, after
        return process, after if after != before else None

    def stopped(self, process):
        with open(f"/proc/{process.pid}/stat", encoding="ascii") as f:
            state = f.read().rpartition(")")[2].split()[0]
        return state if state in "TZ" else None

    def test_check_makes_nothing(self):
        self.book.empty()
        data = b"Name,Mobile Number,Tags,$Size\r\nAna,9812345678,brand new,4\r\n"
        self.book.load(data, check=True, format="aisensy",
                       unknown_tag="create", unknown_column="create",
                       segment="Later")
        for name in ("tag", "attribute", "segment", "contact"):
            self.assertEqual(self.book.sql(f"SELECT COUNT(*) FROM {name}"),
                             [0], name)


if __name__ == "__main__":
    unittest.main()
