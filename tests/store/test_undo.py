# test_undo.py: an undo that is killed comes to the same as one that is not
# SPDX-License-Identifier: MIT
"""A worker that undoes an import of several batches is killed at database
calls and at random moments, two of them race, deadlocks and lost connections
come in between; another one goes on. The book, the revisions, the numbers and
what was kept equal those of an undo that nobody disturbed."""
import json
import os
import random
import threading
import time
import unittest

import people
from importing import Book

SEED = int(os.environ.get("RUBRICA_SEED", "7"))
KNOWN = 1500
ROWS = 3200
LONG = os.environ.get("RUBRICA_LONG") == "1"
POINTS = 400 if LONG else 12
MOMENTS = 100 if LONG else 8

known = people.rows(21, KNOWN)
earlier = people.table(known)
current = people.table(people.rows(22, ROWS, first=KNOWN, old=0.4, version=2,
                                   again=known))


class Undo(unittest.TestCase):
    maxDiff = 2000

    @classmethod
    def setUpClass(cls):
        cls.book = Book(workers=0, RUBRICA_LEASE_MS="200")
        cls.book.__enter__()
        cls.addClassCleanup(cls.book.__exit__, None, None, None)
        cls.prepare()
        cls.wanted = cls.undisturbed()

    @classmethod
    def prepare(cls):
        """People in the book, an import of old and new ones, and some of them
        changed since."""
        book = cls.book
        book.add_attribute("Score", "NUMBER")
        book.start_worker()
        book.load(earlier, format="interakt")
        cls.before = cls.contacts()
        cls.number, said = book.load(
            current, format="interakt", segment="Spring", tags="May",
            mapping={"Note": {"attribute": "Note", "type": "TEXT"}})
        assert book.state(cls.number) == "done", said
        cls.after = cls.contacts()
        ids = [x[0] for x in book.sql(
            "SELECT JSON_ARRAY(id) FROM contact ORDER BY id")]
        for who in ids[::40]:
            book.sql("INSERT INTO contact_revision (contact_id, version, at,"
                     " kind, member_id, before_values) SELECT id, version,"
                     " UTC_TIMESTAMP(3), 'update', 1, JSON_COMPACT("
                     "JSON_OBJECT('city', city)) FROM contact WHERE id ="
                     f" {who}")
            book.sql("UPDATE contact SET city = 'by hand', version ="
                     f" version + 1 WHERE id = {who}")
        cls.edited = cls.contacts()
        for worker in list(book.workers):
            book.end_worker(worker)
        book.keep()

    @classmethod
    def contacts(cls):
        """By phone, those that are not in the trash, without versions."""
        trashed = {x[0] for x in cls.book.sql(
            "SELECT JSON_ARRAY(phone) FROM contact WHERE trashed_at IS NOT"
            " NULL")}
        out = {}
        for c in cls.book.contacts():
            if c["phone"] not in trashed:
                out[c["phone"]] = {k: v for k, v in c.items()
                                   if k != "version"}
        return out

    @classmethod
    def everything(cls):
        book = cls.book
        return book.dump() + sorted(
            json.dumps(x) for text in (
                "SELECT JSON_ARRAY('job', state, matched, seen, changed,"
                " unchanged, kept) FROM job",
                "SELECT JSON_ARRAY('kept', phone, field, reason) FROM"
                " job_kept JOIN contact ON contact.id = contact_id",
                "SELECT JSON_ARRAY('trash', phone) FROM contact WHERE"
                " trashed_at IS NOT NULL")
            for x in book.sql(text))

    @classmethod
    def begin(cls):
        """As the page does it."""
        cls.book.sql("UPDATE import SET before_undo = state, state ="
                     f" 'undoing' WHERE id = {cls.number}")
        cls.book.sql(
            "INSERT INTO job (kind, state, filter, action, arguments,"
            " import_id, matched, upto_contact, created_at) VALUES ('undo',"
            f" 'queued', '', '', '', {cls.number}, 0, 9223372036854775807,"
            " UTC_TIMESTAMP(3))")

    @classmethod
    def begin_redo(cls):
        cls.book.sql("UPDATE import SET state = 'redoing' WHERE id ="
                     f" {cls.number}")
        cls.book.sql(
            "INSERT INTO job (kind, state, filter, action, arguments,"
            " import_id, undoes_job, matched, upto_contact, created_at)"
            f" SELECT 'undo', 'queued', '', '', '', {cls.number}, MAX(id), 0,"
            " 9223372036854775807, UTC_TIMESTAMP(3) FROM job")

    @classmethod
    def wait(cls, state):
        cls.book.wait(cls.number, state)

    @classmethod
    def undisturbed(cls):
        cls.begin()
        cls.book.start_worker()
        cls.wait("undone")
        return cls.everything()

    def setUp(self):
        self.book.back()
        self.begin()

    def same(self, what):
        self.wait("undone")
        self.assertEqual(self.wanted, self.everything(), what)

    # --- what it comes to ---

    def test_all_that_nobody_changed_goes_back(self):
        self.book.start_worker()
        self.wait("undone")
        now = self.contacts()
        self.assertEqual(set(now) - set(self.before), {
            p for p in self.edited if p not in self.before and
            self.edited[p] != self.after[p]})
        for phone, was in self.before.items():
            wanted = dict(was)
            if self.edited[phone]["city"] != self.after[phone]["city"]:
                wanted["city"] = self.edited[phone]["city"]
            self.assertEqual(now[phone], wanted)

    def test_numbers_add_up(self):
        self.book.start_worker()
        self.wait("undone")
        state, matched, seen, changed, unchanged, kept = self.book.sql(
            "SELECT JSON_ARRAY(state, matched, seen, changed, unchanged, kept)"
            " FROM job")[0]
        self.assertEqual(state, "done")
        self.assertEqual(matched, seen)
        self.assertEqual(seen, changed + unchanged + kept)
        self.assertGreater(seen, 2000, "several batches")
        self.assertGreater(kept, 20)
        self.assertEqual([kept], self.book.sql(
            "SELECT COUNT(DISTINCT contact_id) FROM job_kept"))
        touched = self.book.sql(
            "SELECT COUNT(*) FROM (SELECT contact_id FROM contact_revision"
            f" WHERE import_id = {self.number} UNION SELECT id FROM contact"
            f" WHERE created_by_import = {self.number} UNION SELECT contact_id"
            f" FROM kept_segment_contact WHERE import_id = {self.number}) t")
        self.assertEqual([seen], touched)

    def test_the_undo_of_the_undo(self):
        self.book.start_worker()
        self.wait("undone")
        self.begin_redo()
        self.wait("done")
        self.assertEqual(self.edited, self.contacts())
        self.begin()
        self.wait("undone")
        again = self.contacts()
        self.book.back()
        self.begin()
        self.book.start_worker()
        self.wait("undone")
        self.assertEqual(self.contacts(), again)

    # --- what comes in between ---

    def test_killed_at_database_calls(self):
        rng = random.Random(5)
        for k in sorted(rng.sample(range(1, 420), POINTS)):
            with self.subTest(point=k):
                self.book.back()
                self.begin()
                worker = self.book.start_worker(RUBRICA_FAILPOINT=str(k))
                while worker.poll() is None and \
                        self.book.state(self.number) != "undone":
                    time.sleep(0.01)
                self.book.end_worker(worker)
                self.book.start_worker()
                self.same(f"point {k}")

    def test_killed_at_random_moments(self):
        rng = random.Random(SEED)
        for n in range(MOMENTS):
            with self.subTest(n=n):
                self.book.back()
                self.begin()
                for _ in range(rng.randrange(1, 4)):
                    worker = self.book.start_worker()
                    time.sleep(rng.random() * 0.5)
                    self.book.end_worker(worker)
                self.book.start_worker()
                self.same(n)

    def test_deadlocks_and_lost_connections(self):
        for error in (1213, 1205, 2013, 2006, 1053, 1927):
            for k in (9, 40, 90, 150) if LONG else (40,):
                with self.subTest(error=error, k=k):
                    self.book.back()
                    self.begin()
                    self.book.start_worker(
                        RUBRICA_FAILPOINT=str(k), RUBRICA_FAILPOINT_TIMES="2",
                        RUBRICA_FAILPOINT_ERROR=str(error))
                    self.same((error, k))

    def test_two_workers(self):
        for _ in range(3):
            self.book.back()
            self.begin()
            for _ in range(3):
                self.book.start_worker()
            self.same("two workers")

    def test_others_change_the_same_people(self):
        """Nothing of anybody's is lost: each ends as the edit left it, or
        with the edit on top of what went back."""
        self.book.start_worker()
        stop = threading.Event()
        made = {}

        def edit():
            rng = random.Random(9)
            ids = [x[0] for x in sql("SELECT JSON_ARRAY(id) FROM contact")]
            while not stop.is_set():
                who = rng.choice(ids)
                sql("START TRANSACTION")
                sql(f"SELECT id FROM contact WHERE id = {who} FOR UPDATE")
                sql("INSERT INTO contact_revision (contact_id, version, at,"
                    " kind, before_values) SELECT id, version,"
                    " UTC_TIMESTAMP(3), 'update', JSON_COMPACT(JSON_OBJECT('title', title))"
                    f" FROM contact WHERE id = {who}")
                sql("UPDATE contact SET title = 'mine', version = version + 1"
                    f" WHERE id = {who}")
                sql("COMMIT")
                made[who] = True

        from importing import Sql
        sql = Sql(self.book.var + "/mariadb.sock")
        thread = threading.Thread(target=edit)
        thread.start()
        try:
            self.wait("undone")
        finally:
            stop.set()
            thread.join()
            sql.close()
        for who in made:
            title, = self.book.sql(
                f"SELECT JSON_ARRAY(title) FROM contact WHERE id = {who}")[0]
            self.assertEqual(title, "mine")
        versions = self.book.sql(
            "SELECT COUNT(*) FROM contact WHERE version <> 1 + (SELECT"
            " COUNT(*) FROM contact_revision r WHERE r.contact_id ="
            " contact.id)")
        self.assertEqual(versions, [0])


if __name__ == "__main__":
    unittest.main()
