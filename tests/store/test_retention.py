# test_retention.py: what is deleted after its time, also when a worker dies
# SPDX-License-Identifier: MIT
import unittest

import patience
from importing import Book

FILE = (b"Name,Phone,Email\r\n"
        b"Ana,+919800000001,ana@example.org\r\n"
        b"Secretwoman,12,\r\n")


def ago(days, milliseconds=0):
    return (f"UTC_TIMESTAMP(3) - INTERVAL {days} DAY"
            f" + INTERVAL {milliseconds * 1000} MICROSECOND")


class Retention(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.book = Book(workers=0)
        cls.book.__enter__()
        cls.addClassCleanup(cls.book.__exit__, None, None, None)

    def setUp(self):
        for worker in list(self.book.workers):
            self.book.end_worker(worker)
        self.book.empty()
        for table in ("message", "webhook_event", "import_scrub"):
            self.book.sql(f"DELETE FROM {table}")
        self.book.sql("UPDATE retention SET deleted = 0, last_at = NULL,"
                      " last_deleted = 0")
        self.book.sql("DELETE FROM setting WHERE name LIKE 'retention.%'")

    def count(self, table, where="TRUE"):
        return self.book.sql(
            f"SELECT JSON_ARRAY(COUNT(*)) FROM {table} WHERE {where}")[0][0]

    def until(self, done):
        patience.until(done, self.book.logs)

    def sweep(self):
        """A worker that has looked at all rules."""
        self.book.work()

    def set_days(self, **days):
        for rule, n in days.items():
            self.book.set(f"retention.{rule}_days", n)

    def add_messages(self, n, at):
        self.book.sql(
            "INSERT INTO message (contact_id, wa_id, direction, type, text,"
            " body, at, received_at) SELECT 1, CONCAT(UUID(), seq), 'in',"
            f" 'text', 'hello', '{{}}', {at}, UTC_TIMESTAMP(3)"
            f" FROM seq_1_to_{n}")

    def audit(self, rule):
        return [x[0] for x in self.book.sql(
            "SELECT JSON_ARRAY(details) FROM audit WHERE action ="
            f" 'retention.{rule}' ORDER BY id")]

    def load(self, **options):
        worker = self.book.start_worker()
        number, said = self.book.load(FILE, format="generic", **options)
        self.book.end_worker(worker)
        return number, said

    # --- messages and events ---

    def test_messages_at_the_boundary(self):
        self.set_days(messages=30)
        self.add_messages(3, ago(30))
        self.add_messages(4, ago(30, 60000))
        self.add_messages(1, ago(31))
        self.sweep()
        self.assertEqual(self.count("message"), 4)
        self.assertEqual(self.audit("messages"),
                         ["4 messages of 30 days or older"])

    def test_messages_in_batches(self):
        """One line for all of them."""
        self.set_days(messages=1)
        self.add_messages(1733, ago(2))
        self.sweep()
        self.assertEqual(self.count("message"), 0)
        self.assertEqual(self.audit("messages"),
                         ["1733 messages of 1 days or older"])
        self.assertEqual(self.count(
            "retention", "last_deleted = 1733 AND deleted = 0"), 1)

    def test_messages_stay_without_a_rule(self):
        self.add_messages(5, ago(3000))
        self.sweep()
        self.assertEqual(self.count("message"), 5)
        self.assertEqual(self.audit("messages"), [])

    def test_events(self):
        for days in (89, 90, 400):
            self.book.sql(
                "INSERT INTO webhook_event (field, reason, body, received_at)"
                f" VALUES ('x', 'y', '{{}}', {ago(days)})")
        self.sweep()
        self.assertEqual(self.count("webhook_event"), 1)
        self.assertEqual(self.audit("events"),
                         ["2 events of 90 days or older"])

    def test_several_workers(self):
        self.set_days(messages=1)
        self.add_messages(4000, ago(2))
        for _ in range(3):
            self.book.start_worker()
        self.until(lambda: self.count("message") == 0)
        self.until(lambda: self.audit("messages"))
        self.assertEqual(self.audit("messages"),
                         ["4000 messages of 1 days or older"])

    # --- files ---

    def age(self, number, at):
        self.book.sql(f"UPDATE import SET finished_at = {at}"
                      f" WHERE id = {number}")

    def test_files(self):
        number, said = self.load(segment="All")
        self.assertIn("done", said)
        before = self.book.counts(number)
        self.age(number, ago(365, 60000))
        self.sweep()
        self.assertEqual(self.count("import_file"), 1)
        self.age(number, ago(365))
        self.sweep()
        self.assertEqual(self.count("import_file"), 0)
        self.assertEqual(self.count("import_scrub"), 0)
        self.assertEqual(self.book.counts(number), before)
        self.assertEqual(self.book.outcomes(number), "cr")
        self.assertEqual(self.audit("files"), ["1 files of 365 days or older"])
        problem = self.book.problems(number)[0]
        self.assertEqual(problem[:4], [3, "Phone", "phone-invalid", "reject"])
        self.assertEqual(problem[4],
                         "What stood there was deleted with the file.")

    def test_nothing_of_the_cells_is_left(self):
        number, _ = self.load()
        self.age(number, ago(400))
        self.sweep()
        for column in ("columns_found", "mapping", "refusal_message",
                       "COALESCE(checked, '')"):
            self.assertEqual(self.count(
                "import", f"{column} LIKE '%Secret%' OR {column} LIKE"
                " '%980000%'"), 0, column)
        self.assertEqual(self.count(
            "import_problem", "message LIKE '%12%' OR value IS NOT NULL"), 0)
        self.assertEqual(self.count(
            "import", "JSON_LENGTH(columns_found) = 3 AND file_deleted_at"
            " IS NOT NULL"), 1)

    def test_files_that_are_needed(self):
        """What has not ended keeps its file, however old it is."""
        number, _ = self.load()
        for state in ("queued", "running", "paused", "undoing", "redoing"):
            self.age(number, ago(4000))
            self.book.sql("UPDATE import SET lease_until = UTC_TIMESTAMP(3) +"
                          f" INTERVAL 1 DAY, state = '{state}' WHERE id ="
                          f" {number}")
            if state == "queued":
                continue
            self.sweep()
            self.assertEqual(self.count("import_file"), 1, state)

    def test_many_findings(self):
        """A file of several pieces and thousands of findings."""
        rows = "".join(f"Secretwoman,{i}\r\n" for i in range(10, 4010))
        worker = self.book.start_worker()
        number, _ = self.book.load(
            f"Name,Phone\r\n{rows}".encode(), format="generic")
        self.book.end_worker(worker)
        self.assertGreater(self.count("import_problem"), 3000)
        left = self.count("import_problem")
        self.book.sql("INSERT INTO import_file SELECT import_id, s.seq,"
                      " bytes FROM import_file, seq_1_to_80 s WHERE"
                      f" import_id = {number}")
        self.age(number, ago(366))
        self.sweep()
        self.until(lambda: self.count("import_scrub") == 0)
        self.assertEqual(self.count("import_file"), 0)
        self.assertEqual(self.count("import_problem"), left)
        self.assertEqual(self.count(
            "import_problem", "message NOT LIKE 'What stood there %'"), 0)

    def test_uploads(self):
        worker = self.book.start_worker()
        number, said = self.book.load(FILE, format="generic", check=True)
        self.book.end_worker(worker)
        self.assertIn("ready", said)
        self.book.sql(f"UPDATE import SET created_at = {ago(30, 60000)}")
        self.sweep()
        self.assertEqual(self.book.state(number), "ready")
        self.book.sql(f"UPDATE import SET created_at = {ago(30)}")
        self.sweep()
        self.assertEqual(self.book.state(number), "cancelled")
        self.assertEqual(self.count("import_file"), 0)
        self.assertIn("within 30 days", self.book.sql(
            "SELECT JSON_ARRAY(refusal_message) FROM import")[0][0])
        self.assertEqual(self.audit("uploads"),
                         ["1 uploads of 30 days or older"])
        self.assertEqual(self.audit("files"), [])

    # --- faults ---

    def test_a_worker_is_killed(self):
        """At each of its calls in turn."""
        number, _ = self.load()
        self.age(number, ago(366))
        self.set_days(messages=1)
        self.book.keep()
        k = 0
        while True:
            k += 5
            self.book.back()
            self.book.sql("DELETE FROM message")
            self.book.sql("DELETE FROM import_scrub")
            self.book.sql("UPDATE retention SET deleted = 0")
            self.add_messages(1200, ago(2))
            died = self.book.work(RUBRICA_FAILPOINT=str(k))
            self.book.work()
            self.assertEqual(self.count("import_scrub"), 0)
            self.assertEqual(self.audit("messages"),
                             ["1200 messages of 1 days or older"], k)
            self.assertEqual(self.audit("files"),
                             ["1 files of 365 days or older"], k)
            self.assertEqual(self.count("message") +
                             self.count("import_file"), 0)
            if not died:
                break
        self.assertGreater(k, 20)

    def test_sessions_and_failed_logins(self):
        self.book.sql("INSERT INTO login_failure (account, address, at)"
                      f" VALUES ('a', '127.0.0.1', {ago(2)})")
        self.book.sql("INSERT INTO session (token_hash, member_id, csrf,"
                      f" created_at, seen_at) VALUES ('x', 1, '', {ago(99)},"
                      f" {ago(98)})")
        self.sweep()
        self.assertEqual(self.count("login_failure"), 0)
        self.assertEqual(self.count("session"), 0)


if __name__ == "__main__":
    unittest.main()
