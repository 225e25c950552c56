# test_import_check.py: a check says what the import then does
# SPDX-License-Identifier: MIT
import csv
import io
import os
import random
import unittest

from importing import Book, conserved

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
