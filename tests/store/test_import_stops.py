# test_import_stops.py: what stops an import, and how it goes on
# SPDX-License-Identifier: MIT
"""The database fails at chosen calls with chosen errors; a disk is full; an
import is paused, resumed and cancelled; several wait. Whatever happens, the
book at the end equals that of an import that nothing happened to."""
import http.client
import os
import random
import shutil
import subprocess
import tempfile
import time
import unittest

import people
from importing import Book, conserved

SEED = int(os.environ.get("RUBRICA_SEED", "7"))
KNOWN = 400
ROWS = 1800

known = people.rows(31, KNOWN)
earlier = people.table(known)
current = people.table(people.rows(32, ROWS, first=KNOWN, old=0.3, version=2,
                                   again=known))
OPTIONS = {"format": "interakt", "segment": "Spring",
           "mapping": {"Note": {"attribute": "Note", "type": "TEXT"}}}


def pause(book, number):
    """As the page does it."""
    book.sql(f"UPDATE import SET pause_asked = TRUE WHERE id = {number} AND"
             " state = 'running'")
    book.sql(f"UPDATE import SET state = 'paused' WHERE id = {number} AND"
             " state = 'queued'")


def resume(book, number):
    book.sql("UPDATE import SET state = 'queued', pause_asked = FALSE,"
             " refusal_code = '', refusal_message = '', lease_until ="
             f" UTC_TIMESTAMP(3) WHERE id = {number} AND state = 'paused'")


def reason(book, number):
    return book.sql("SELECT JSON_ARRAY(refusal_code, refusal_message) FROM"
                    f" import WHERE id = {number}")[0]


class Stops(unittest.TestCase):
    maxDiff = 2000

    @classmethod
    def setUpClass(cls):
        cls.book = book = Book(workers=0, RUBRICA_LEASE_MS="300",
                               RUBRICA_BATCH_ROWS="600")
        book.__enter__()
        cls.addClassCleanup(book.__exit__, None, None, None)
        book.add_attribute("Score", "NUMBER")
        worker = book.start_worker()
        book.load(earlier, format="interakt")
        book.end_worker(worker)
        cls.number, _ = book.load(current, wait=False, **OPTIONS)
        book.keep()
        book.start_worker()
        assert book.wait(cls.number) == "done"
        cls.wanted = book.dump()

    def setUp(self):
        self.book.back()

    def failing(self, error, k, times=1):
        return self.book.start_worker(
            RUBRICA_FAILPOINT=str(k), RUBRICA_FAILPOINT_TIMES=str(times),
            RUBRICA_FAILPOINT_ERROR=str(error))

    def same(self):
        self.assertEqual(self.book.wait(self.number, "done", "failed"),
                         "done", reason(self.book, self.number))
        self.assertEqual(self.wanted, self.book.dump())

    def test_deadlocks_lock_waits_and_lost_connections(self):
        for error in (1213, 1205, 1047, 2006, 2013, 1053, 1927):
            for k in (30, 77, 101):
                with self.subTest(error=error, k=k):
                    self.book.back()
                    self.failing(error, k, times=2)
                    self.same()

    def test_lost_at_every_call_of_a_batch(self):
        """The commit among them, of which nobody knows then whether it came
        through."""
        for k in range(60, 90, 1 if os.environ.get("RUBRICA_LONG") else 4):
            with self.subTest(k=k):
                self.book.back()
                self.failing(2013, k)
                self.same()

    def test_a_disk_that_is_full_for_a_moment(self):
        for error in (1021, 1114):
            with self.subTest(error=error):
                self.book.back()
                self.failing(error, 70, times=1)
                self.same()

    def test_a_full_disk_pauses(self):
        for k in (25, 70, 120):
            with self.subTest(k=k):
                self.book.back()
                # The writing of the pause fits in again: it changes a row in
                # its place.
                worker = self.failing(1114, k, times=8)
                state = self.book.wait(self.number, "paused", "done")
                if state == "paused":
                    code, message = reason(self.book, self.number)
                    self.assertEqual(code, "disk-full")
                    self.assertIn("Free some space", message)
                    counts = self.book.counts(self.number)
                    self.assertTrue(conserved(counts))
                    self.book.end_worker(worker)
                    self.book.start_worker()
                    time.sleep(0.5)
                    self.assertEqual(self.book.state(self.number), "paused")
                    resume(self.book, self.number)
                self.same()

    def test_paused_and_resumed_at_random_moments(self):
        rng = random.Random(SEED)
        for n in range(20 if os.environ.get("RUBRICA_LONG") else 4):
            with self.subTest(n=n):
                self.book.back()
                self.book.start_worker(RUBRICA_BATCH_ROWS="200")
                for _ in range(3):
                    time.sleep(rng.random() * 0.3)
                    pause(self.book, self.number)
                    state = self.book.wait(self.number, "paused", "done")
                    counts = self.book.counts(self.number)
                    self.assertTrue(conserved(counts), counts)
                    if state == "done":
                        break
                    time.sleep(0.1)
                    self.assertEqual(counts, self.book.counts(self.number))
                    if rng.random() < 0.5: # a restart forgets nothing
                        self.book.end_worker(self.book.workers[0])
                        self.book.start_worker(RUBRICA_BATCH_ROWS="200")
                    resume(self.book, self.number)
                self.assertEqual(self.book.wait(self.number, "done"), "done")
                # Batches of another size have another list of outcomes.
                self.assertEqual(
                    [x for x in self.wanted if not x.startswith(
                        ('["batch"', '["import"'))],
                    [x for x in self.book.dump() if not x.startswith(
                        ('["batch"', '["import"'))])

    def test_asked_while_its_worker_is_dead(self):
        worker = self.book.start_worker(RUBRICA_FAILPOINT="80")
        worker.wait()
        pause(self.book, self.number)
        self.assertIn(self.book.state(self.number), ("running", "paused"))
        self.book.start_worker()
        self.book.wait(self.number, "paused")
        resume(self.book, self.number)
        self.same()


class Turns(unittest.TestCase):
    """Several imports, one worker."""

    def test_small_ones_are_not_stuck_behind_a_large_one(self):
        large = people.table(people.rows(41, 10000, faults=0, doubles=0))
        with Book(workers=0, RUBRICA_LEASE_MS="60000",
                  RUBRICA_BATCH_ROWS="250") as book:
            big, _ = book.load(large, wait=False, format="interakt")
            small = [book.load(
                people.table(people.rows(50 + n, 20, first=10 ** 6 * n)),
                wait=False, format="interakt")[0] for n in range(3)]
            began = time.monotonic()
            worker = book.hanging_worker(300)
            self.assertTrue(0 < book.counts(big)["read_rows"] < 10000)
            # A turn is over after two seconds, or three times what it took
            # to prepare.
            time.sleep(2 + 3 * (time.monotonic() - began))
            self.assertEqual(book.go_on(worker), 0)
            self.assertEqual({book.state(n) for n in (*small, big)}, {"done"})
            self.assertEqual(book.counts(big)["created"], 10000)
            last = book.sql("SELECT JSON_ARRAY(id) FROM import"
                            " ORDER BY finished_at DESC LIMIT 1")
            self.assertEqual(last, [[big]])


@unittest.skipUnless(os.geteuid() == 0 and shutil.which("mount"),
                     "making a small disk needs root")
class FullDisk(unittest.TestCase):
    """A real one."""

    def setUp(self):
        self.disk = tempfile.mkdtemp(prefix="rubrica-disk-")
        self.addCleanup(shutil.rmtree, self.disk, True)
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=700m", "tmpfs",
                           self.disk], check=False, capture_output=True
                          ).returncode:
            self.skipTest("no small disk can be made here")
        self.addCleanup(subprocess.run, ["umount", "-l", self.disk],
                        check=False)

    def fill(self, left=4):
        """Leaves some MB."""
        stat = os.statvfs(self.disk)
        room = stat.f_bavail * stat.f_frsize - (left << 20)
        with open(self.disk + "/filler", "wb") as f:
            piece = bytes(1 << 20)
            for _ in range(room >> 20):
                f.write(piece)

    def test_paused_with_a_reason_and_resumed(self):
        rows = people.table(people.rows(61, 40000, faults=0, doubles=0))
        old = tempfile.tempdir
        tempfile.tempdir = self.disk
        self.addCleanup(setattr, tempfile, "tempdir", old)
        with Book(workers=0, RUBRICA_LEASE_MS="2000") as book:
            tempfile.tempdir = old
            number, said = book.load(rows, wait=False, format="interakt")
            self.assertTrue(number, said)
            self.fill()
            book.start_worker()
            state = book.wait(number, "paused", "done", "failed")
            self.assertEqual(state, "paused", reason(book, number))
            self.assertEqual(reason(book, number)[0], "disk-full")
            counts = book.counts(number)
            self.assertTrue(conserved(counts))
            self.assertEqual(book.sql("SELECT COUNT(*) FROM contact"),
                             [counts["created"]])
            os.unlink(self.disk + "/filler")
            resume(book, number)
            self.assertEqual(book.wait(number, "done", "failed", "paused"),
                             "done", reason(book, number))
            self.assertEqual(book.counts(number)["created"], 40000)
            self.assertEqual(book.sql("SELECT COUNT(*) FROM contact"),
                             [40000])

    def test_upload(self):
        """No room for the body of the request: said, and nothing is lost."""
        body = (b"--x\r\nContent-Disposition: form-data; name=\"file\";"
                b" filename=\"a.csv\"\r\n\r\nName,Phone\r\n" +
                b"Ann,+393331234567\r\n" * 200000 + b"--x--\r\n")
        old = tempfile.tempdir
        tempfile.tempdir = self.disk
        self.addCleanup(setattr, tempfile, "tempdir", old)
        with Book(whole=True) as book:
            tempfile.tempdir = old
            token = book.run("token").strip()
            self.fill(left=1)
            connection = http.client.HTTPConnection(
                "127.0.0.1", book.port, timeout=60)
            connection.request("POST", "/api/v1/imports", body, {
                "Authorization": "Bearer " + token,
                "Content-Type": "multipart/form-data; boundary=x"})
            answer = connection.getresponse()
            text = answer.read().decode()
            connection.close()
            os.unlink(self.disk + "/filler")
            self.assertEqual(answer.status, 507, text)
            self.assertIn("Free some space", text)
            book.wait_database()


if __name__ == "__main__":
    unittest.main()
