# test_bulk_job.py: bulk changes through kill -9, beside edits and imports
# SPDX-License-Identifier: MIT
"""Whatever happens to the workers, each contact that matches is changed once,
with one revision, and the counts add up."""
import json
import os
import random
import signal
import time
import unittest

import patience
import people
from importing import Book, quoted

CONTACTS = 20000
LONG = os.environ.get("RUBRICA_LONG") == "1"
KILLS = 60 if LONG else 8
SEED = int(os.environ.get("RUBRICA_SEED", random.SystemRandom().randrange(
    10 ** 6)))
ENDED = ("done", "failed", "cancelled")
TABLES = ("contact", "contact_revision", "contact_tag", "tag", "segment",
          "segment_contact", "job", "job_kept", "import")
ADD = ("add_tags", {"tags": ["New"]})


class Jobs(unittest.TestCase):
    settings = {}

    @classmethod
    def setUpClass(cls):
        cls.book = Book(workers=0, **{"RUBRICA_LEASE_MS": "300",
                                      **cls.settings})
        cls.book.__enter__()
        cls.addClassCleanup(cls.book.__exit__, None, None, None)
        cls.rng = random.Random(SEED)

    def setUp(self):
        for worker in list(self.book.workers):
            self.book.end_worker(worker)
        for table in TABLES:
            self.sql(f"DELETE FROM {table}")
        self.sql("INSERT INTO tag (id, kind, name, created_at) VALUES "
                 "(1, 'tag', 'Had', NOW()), (2, 'tag', 'New', NOW())")
        self.sql("INSERT INTO segment (id, name, created_at) VALUES "
                 "(1, 'Spring', NOW())")

    def sql(self, text):
        return self.book.sql.lines(text)

    def one(self, text):
        return int(self.sql(text)[0])

    def contacts(self, n=CONTACTS):
        """Every second one is from Pune; every third has a tag, every tenth
        opted out."""
        self.sql(
            "INSERT INTO contact (id, email, city, whatsapp_opted, "
            "created_at, updated_at) SELECT seq, CONCAT(seq, '@example.org'),"
            " IF(seq % 2, 'Pune', 'Roma'), IF(seq % 10 = 1, 'no', ''),"
            f" UTC_TIMESTAMP(3), UTC_TIMESTAMP(3) FROM seq_1_to_{n}")
        self.sql("INSERT INTO contact_tag SELECT id, 1 FROM contact "
                 "WHERE id % 3 = 0")

    def job(self, action, arguments, where="city=Pune", upto=CONTACTS):
        self.sql(
            "INSERT INTO job (kind, state, member_id, filter, action, "
            "arguments, matched, upto_contact, created_at) VALUES ('bulk', "
            f"'queued', 1, {quoted(where)}, '{action}', "
            f"{quoted(json.dumps(arguments))}, {upto}, {upto}, NOW(3))")
        return self.one("SELECT MAX(id) FROM job")

    def state(self, number):
        return self.sql(f"SELECT state FROM job WHERE id = {number}")[0]

    def wait(self, number):
        patience.until(lambda: self.state(number) in ENDED,
                       lambda: f"seed {SEED}\n" + self.book.logs(), 0.01)
        return self.state(number)

    def counts(self, number):
        return tuple(int(n) for n in self.sql(
            "SELECT matched, seen, changed, unchanged, kept FROM job "
            f"WHERE id = {number}")[0].split("\t"))

    def half_way(self, number):
        """A worker that hangs while it is at a job."""
        worker = self.book.hanging_worker(150, RUBRICA_BATCH_ROWS="500")
        seen = self.counts(number)[1]
        self.assertTrue(0 < seen < CONTACTS // 2, seen)
        return worker

    def expect(self, number, changed, unchanged=0, kept=0):
        n = changed + unchanged + kept
        self.assertEqual(self.counts(number),
                         (n, n, changed, unchanged, kept), f"seed {SEED}")
        self.assertEqual(self.one(
            "SELECT COUNT(DISTINCT contact_id) FROM contact_revision WHERE "
            f"job_id = {number} AND member_id = 1"), changed)
        self.assertEqual(self.one("SELECT COUNT(*) FROM contact_revision "
                                  f"WHERE job_id = {number}"), changed)

    def expect_tags(self, n=CONTACTS):
        self.assertEqual(
            self.sql("SELECT id % 2, version, COUNT(*) FROM contact "
                     "GROUP BY 1, 2 ORDER BY 1"),
            [f"0\t1\t{n // 2}", f"1\t2\t{n // 2}"], f"seed {SEED}")
        self.assertEqual(self.one(
            "SELECT COUNT(*) FROM contact_tag WHERE tag_id = 2 AND "
            "contact_id % 2"), n // 2)
        self.assertEqual(
            self.sql("SELECT DISTINCT before_values, contact_id % 3 = 0 FROM "
                     "contact_revision ORDER BY 1"),
            ['{"_tags":["Had"]}\t1', '{"_tags":[]}\t0'])

    def dump(self):
        return [self.sql(text) for text in (
            "SELECT id, city, whatsapp_opted, version, trashed_at IS NULL "
            "FROM contact ORDER BY id",
            "SELECT * FROM contact_tag ORDER BY 1, 2",
            "SELECT segment_id, contact_id FROM segment_contact "
            "ORDER BY 1, 2",
            # Jobs take turns, so which of them came first may differ.
            "SELECT contact_id, kind, job_id, before_values FROM "
            "contact_revision ORDER BY contact_id, job_id",
            "SELECT contact_id, field, reason FROM job_kept ORDER BY 1, 2",
            "SELECT id, state, matched, seen, changed, unchanged, kept FROM "
            "job ORDER BY id")]


class Killed(Jobs):
    def test_at_random(self):
        self.contacts()
        number = self.job(*ADD)
        for _ in range(KILLS):
            worker = self.book.start_worker()
            time.sleep(self.rng.random() * .25)
            self.book.end_worker(worker)
        self.book.start_worker()
        self.assertEqual("done", self.wait(number))
        self.expect(number, CONTACTS // 2)
        self.expect_tags()

    def test_a_worker_that_hangs_writes_no_more(self):
        self.contacts()
        number = self.job(*ADD)
        first = self.half_way(number)
        self.book.start_worker()
        self.assertEqual("done", self.wait(number))
        self.assertEqual(0, self.book.go_on(first))
        self.expect(number, CONTACTS // 2)
        self.expect_tags()


class Together(Jobs):
    def test_two_workers_and_several_jobs(self):
        """Two actions that meet on the same contacts come out as if one had
        waited for the other."""
        self.contacts()
        numbers = [
            self.job(*ADD),
            self.job("set", {"values": {"area": "North"}, "attributes": {}}),
            self.job("add_to_segment", {"segment": "Spring"}),
            self.job("remove_tags", {"tags": ["Had"]}, "tag=Had")]
        for _ in range(2):
            self.book.start_worker()
        for number in numbers:
            self.assertEqual("done", self.wait(number))
        for number in numbers[:3]:
            self.expect(number, CONTACTS // 2)
        self.expect(numbers[3], CONTACTS // 3)
        self.assertEqual(self.one("SELECT SUM(version - 1) FROM contact"),
                         self.one("SELECT COUNT(*) FROM contact_revision"))
        self.assertEqual(self.one("SELECT COUNT(*) FROM contact_revision a "
                                  "JOIN contact_revision b USING (contact_id,"
                                  " version) WHERE a.id < b.id"), 0)

    def test_edits_at_the_same_time(self):
        """A contact that stops matching before its turn is left alone."""
        self.contacts()
        number = self.job(*ADD)
        worker = self.half_way(number)
        moved = tries = 0
        while self.state(number) not in ENDED:
            tries += 1
            if tries == 50:
                worker.send_signal(signal.SIGCONT)
            at = self.rng.randrange(CONTACTS // 2) * 2 + 1
            moved += self.one(
                "UPDATE contact SET city = 'Oslo', version = version + 1 "
                f"WHERE id = {at} AND city = 'Pune' AND NOT EXISTS (SELECT 1 "
                "FROM contact_tag WHERE contact_id = contact.id AND tag_id ="
                " 2); SELECT ROW_COUNT()")
        changed = self.counts(number)[2]
        self.assertEqual("done", self.state(number))
        self.expect(number, changed)
        self.assertEqual(self.one(
            "SELECT COUNT(*) FROM contact JOIN contact_tag ON contact_id = "
            "contact.id AND tag_id = 2"), changed)
        # Whoever moved before the change has no tag; who moved after it did
        # so with the version that the change had given.
        self.assertEqual(changed + self.one(
            "SELECT COUNT(*) FROM contact WHERE city = 'Oslo' AND NOT EXISTS "
            "(SELECT 1 FROM contact_tag WHERE contact_id = contact.id AND "
            "tag_id = 2)"), CONTACTS // 2)
        self.assertGreater(moved, 0)

    def test_contacts_that_come_later_are_not_meant(self):
        self.contacts(100)
        number = self.job(*ADD, where="", upto=60)
        self.book.start_worker()
        self.assertEqual("done", self.wait(number))
        self.expect(number, 60)

    def test_consent_is_kept(self):
        self.contacts(1000)
        values = {"values": {"whatsapp_opted": "yes"}, "attributes": {}}
        number = self.job("set", values)
        self.book.start_worker()
        self.wait(number)
        self.expect(number, 400, kept=100)
        self.assertEqual(self.one("SELECT COUNT(*) FROM job_kept"), 100)
        number = self.job("set", {**values, "overturn": True})
        self.wait(number)
        self.expect(number, 100, unchanged=400)

    def test_keys_of_erased_people_are_kept_out(self):
        """Also when they were erased after the change was asked for."""
        self.contacts(10)
        number = self.job("set", {"values": {
            "email": "Gone@example.org", "city": "Goa"}}, upto=10)
        self.book.suppress("email", "gone@example.org")
        self.sql("UPDATE contact SET email = 'GONE@example.org' WHERE id = 3")
        self.book.start_worker()
        self.assertEqual(self.wait(number), "done")
        self.assertEqual(self.one(
            "SELECT COUNT(*) FROM contact WHERE email LIKE 'gone@%'"), 1)
        self.assertEqual(self.sql(
            "SELECT id FROM contact WHERE city = 'Goa'"), ["3"])
        self.assertEqual(self.sql(
            "SELECT DISTINCT field, reason FROM job_kept"), [
                "email\tThe person with this was erased at their request, so "
                "it is not given to others."])
        self.sql("DELETE FROM suppression")
        self.sql("UPDATE suppression_state SET entries = 0")

    def test_a_tag_that_is_gone_ends_the_job(self):
        self.contacts(10)
        number = self.job("add_tags", {"tags": ["Nope"]})
        self.book.start_worker()
        self.assertEqual("failed", self.wait(number))
        self.assertEqual(
            self.sql(f"SELECT message FROM job WHERE id = {number}"),
            ["There is no tag Nope any more."])
        self.assertEqual(self.one("SELECT SUM(version) FROM contact"), 10)
        number = self.job(*ADD, where="colour=red")
        self.assertEqual("failed", self.wait(number))


class Stopped(Jobs):
    def test_cancel(self):
        self.contacts()
        number = self.job(*ADD)
        worker = self.half_way(number)
        self.sql(f"UPDATE job SET cancel_asked = TRUE WHERE id = {number}")
        self.assertEqual(0, self.book.go_on(worker))
        self.assertEqual("cancelled", self.state(number))
        _, seen, changed, unchanged, kept = self.counts(number)
        self.assertEqual(seen, changed + unchanged + kept)
        self.assertEqual(changed, self.one(
            "SELECT COUNT(*) FROM contact WHERE version = 2"))

    def test_a_small_job_does_not_wait_for_a_long_one(self):
        self.contacts()
        long = self.job(*ADD, where="")
        worker = self.half_way(long)
        small = self.job("set", {"values": {"area": "N"}, "attributes": {}},
                         "id=1,2,3")
        self.assertEqual(0, self.book.go_on(worker))
        self.assertEqual(
            self.sql("SELECT id FROM job ORDER BY finished_at"),
            [str(small), str(long)])
        self.expect(small, 3)

    def test_a_small_job_does_not_wait_for_an_import(self):
        self.contacts(10)
        number, said = self.book.load(
            people.table(people.rows(5, 20000)), wait=False,
            format="interakt", unknown_column="ignore")
        self.assertTrue(number, said)
        worker = self.book.hanging_worker(300, RUBRICA_BATCH_ROWS="500")
        self.assertGreater(self.book.counts(number)["read_rows"], 0)
        small = self.job(*ADD, where="id=1,2,3")
        self.assertEqual(0, self.book.go_on(worker))
        self.assertEqual(self.book.state(number), "done")
        self.assertEqual(self.one(
            "SELECT job.finished_at < import.finished_at FROM job, import"
            f" WHERE job.id = {small} AND import.id = {number}"), 1)
        self.expect(small, 3)


class Failpoints(Jobs):
    """At each database call in turn a worker is killed, or hangs and comes
    back when another one has taken over."""
    settings = {"RUBRICA_BATCH_ROWS": "4", "RUBRICA_LEASE_MS": "100"}

    def prepare(self):
        self.setUp()
        self.contacts(24)
        self.sql("ALTER TABLE job AUTO_INCREMENT = 1")
        self.sql("TRUNCATE job")
        return [self.job(*ADD),
                self.job("set", {"values": {"whatsapp_opted": "yes"},
                                 "attributes": {}}),
                self.job("trash", {}, "city=Roma&tag=Had")]

    def finish(self, numbers, k):
        self.book.start_worker()
        for number in numbers:
            self.assertEqual("done", self.wait(number), f"point {k}")
        return self.dump()

    def test_killed(self):
        wanted = self.finish(self.prepare(), 0)
        k = 0
        step = 1 if LONG else 30
        while True:
            k += self.rng.randrange(1, step + 1)
            numbers = self.prepare()
            if not self.book.work(RUBRICA_FAILPOINT=str(k)):
                break
            self.assertEqual(wanted, self.finish(numbers, k), f"point {k}")
        self.assertGreater(k, 60)

    def test_hanging(self):
        wanted = self.finish(self.prepare(), 0)
        k = 0
        step = 2 if LONG else 60
        while True:
            k += self.rng.randrange(1, step + 1)
            numbers = self.prepare()
            worker = self.book.hanging_worker(k)
            if not worker:
                break
            self.assertEqual(wanted, self.finish(numbers, k), f"point {k}")
            self.assertEqual(0, self.book.go_on(worker), f"point {k}")
            self.assertEqual(wanted, self.dump(), f"point {k}")


if __name__ == "__main__":
    unittest.main()
