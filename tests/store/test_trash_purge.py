# test_trash_purge.py: what leaves the trash for good, also when a worker dies
# SPDX-License-Identifier: MIT
import os
import unittest

from importing import Book

LONG = os.environ.get("RUBRICA_LONG") == "1"
PEOPLE = 1200  # of several batches
OLD = 900      # of them are in the trash for 31 days
LEFT = ("contact", "contact_revision", "contact_tag", "segment_contact")


class TrashPurge(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.book = Book(workers=0)
        cls.book.__enter__()
        cls.addClassCleanup(cls.book.__exit__, None, None, None)
        worker = cls.book.start_worker()
        rows = "".join(f"P{i},+9198{i:08d},t{i % 3}\r\n"
                       for i in range(PEOPLE))
        cls.book.load(f"Name,Phone,Tags\r\n{rows}".encode(),
                      format="generic", segment="All")
        cls.book.end_worker(worker)
        cls.book.trash(f"id <= {OLD + 100}")
        cls.book.sql("UPDATE contact SET trashed_at = UTC_TIMESTAMP(3) -"
                     f" INTERVAL 31 DAY WHERE id <= {OLD}")
        cls.book.keep()

    def setUp(self):
        self.book.back()
        self.book.set("trash.days", "30")
        self.book.sql("DELETE FROM trash_purge")

    def count(self, table, where="TRUE"):
        return self.book.sql(
            f"SELECT JSON_ARRAY(COUNT(*)) FROM {table} WHERE {where}")[0][0]

    def nothing_dangles(self):
        for table in LEFT[1:]:
            self.assertEqual(self.count(table, "contact_id NOT IN (SELECT id"
                                        " FROM contact)"), 0, table)

    def test_after_its_time(self):
        self.book.work()
        self.assertEqual(self.count("contact"), PEOPLE - OLD)
        self.nothing_dangles()
        self.assertEqual(self.count("contact", "trashed_at IS NOT NULL"), 100)
        said = self.book.sql("SELECT JSON_ARRAY(details) FROM audit WHERE"
                             " action = 'trash.expire' ORDER BY id")
        self.assertEqual(said, [["200 contacts"]] * 4 + [["100 contacts"]])

    def test_kept_for_ever(self):
        self.book.set("trash.days", "0")
        self.book.work()
        self.assertEqual(self.count("contact"), PEOPLE)

    def test_a_worker_is_killed(self):
        """At its calls in turn, while it empties the trash: the first ones of
        a batch, then fewer."""
        k = 0
        while True:
            k += 1 if LONG else max(3, k // 6)
            self.book.back()
            self.book.set("trash.days", "0")
            self.book.sql("REPLACE INTO trash_purge (id, upto, created_at)"
                          " VALUES (1, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3))")
            died = self.book.work(RUBRICA_FAILPOINT=str(k))
            self.nothing_dangles()
            self.assertEqual(self.count("contact") % 200, 0, k)
            self.book.work()
            self.assertEqual(self.count("contact"), PEOPLE - OLD - 100)
            self.nothing_dangles()
            if not died:
                break
        self.assertGreater(k, 20)


if __name__ == "__main__":
    unittest.main()
