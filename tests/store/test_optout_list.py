# test_optout_list.py: a file that only opts people out
# SPDX-License-Identifier: MIT
import unittest

import patience
from importing import Book, conserved

PEOPLE = (b"Name,Phone,Email,Whatsapp opted,Whatsapp opted at\r\n"
          b"Ana,+919800000001,ana@example.org,yes,2026-01-01\r\n"
          b"Bo,+919800000002,both@example.org,,\r\n"
          b"Chi,+919800000003,Both@Example.org,no,2026-02-02\r\n"
          b"Dee,,dee@example.org,,\r\n")


class OptoutList(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.book = Book()
        cls.book.__enter__()
        cls.addClassCleanup(cls.book.__exit__, None, None, None)

    def setUp(self):
        patience.away_from_midnight()
        self.book.empty()
        for table in ("suppression", "suppression_source", "contact_consent",
                      "import_contact"):
            self.book.sql(f"TRUNCATE {table}")
        self.book.sql("UPDATE suppression_state SET entries = 0,"
                      " check_value = NULL")
        number, said = self.book.load(PEOPLE, format="generic")
        self.assertIn("done", said)

    def load(self, data, check=True, **options):
        """The import's number, after a check that said the same."""
        if check:
            checked, said = self.book.load(
                data, check=True, format="optout", **options)
            self.assertIn("ready", said)
        number, said = self.book.load(data, format="optout", **options)
        self.assertIn("done", said)
        if check:
            for what in (self.book.counts, self.book.outcomes,
                         self.book.problems, self.book.changes):
                self.assertEqual(what(checked), what(number), what)
        self.assertTrue(conserved(self.book.counts(number)))
        return number

    def rows(self, text):
        return [list(x) if isinstance(x, list) else x
                for x in self.book.sql(text)]

    def opted(self):
        """Who is opted in or out, with the day."""
        return {c["name"]: (c["whatsapp_opted"],
                            (c["whatsapp_opted_at"] or "")[:10])
                for c in self.book.contacts()}

    def listed(self):
        """Keys on the list of suppressions, by kind."""
        self.assertEqual(
            self.rows("SELECT JSON_ARRAY(entries) FROM suppression_state"),
            self.rows("SELECT JSON_ARRAY(COUNT(*)) FROM suppression"))
        return sorted(x[0] for x in self.rows(
            "SELECT JSON_ARRAY(key_kind) FROM suppression"))

    def ledger(self, origin="opt_out_file"):
        return self.rows(
            "SELECT JSON_ARRAY(c.name, l.purpose, l.status, l.import_row,"
            " LEFT(l.evidence_at, 10), l.detail) FROM contact_consent l JOIN"
            " contact c ON c.id = l.contact_id WHERE l.origin ="
            f" '{origin}' ORDER BY l.id")

    def today(self):
        return self.rows("SELECT JSON_ARRAY(UTC_DATE())")[0][0]

    # --- who is opted out ---

    def test_numbers_and_emails(self):
        number = self.load(b"Phone,E-mail,Opted out at,Reason\r\n"
                           b"+91 98000 00001,,2026-03-03,Too many\r\n"
                           b"+919800000077,,,\r\n"
                           b",BOTH@example.org,2026-03-04,\r\n"
                           b",nobody@example.org,,\r\n"
                           b"12,,,\r\n")
        self.assertEqual(self.book.outcomes(number), "uuuur")
        self.assertEqual(self.opted(), {
            "Ana": ("no", "2026-03-03"), "Bo": ("no", "2026-03-04"),
            "Chi": ("no", "2026-03-04"), "Dee": ("", "")})
        self.assertEqual(self.listed(), ["email", "phone"])
        self.assertEqual(sorted(self.ledger(), key=lambda x: x[0]), [
            ["Ana", "whatsapp_marketing", "withdrawn", 2, "2026-03-03",
             "Too many"],
            ["Bo", "whatsapp_marketing", "withdrawn", 4, "2026-03-04", ""],
            ["Bo", "email", "withdrawn", 4, "2026-03-04", ""],
            ["Chi", "whatsapp_marketing", "withdrawn", 4, "2026-03-04", ""],
            ["Chi", "email", "withdrawn", 4, "2026-03-04", ""]])
        self.assertEqual(self.book.changes(number), {
            "whatsapp_opted": 2, "whatsapp_opted_at": 3, "email_consent": 2,
            "suppression": 2})
        self.assertEqual(len(self.book.contacts()), 4)
        self.assertEqual(self.rows("SELECT JSON_ARRAY(COUNT(*)) FROM"
                                   " import_contact WHERE import_id ="
                                   f" {number}"), [[0]])

    def test_the_same_list_again(self):
        data = (b"Phone,E-mail\r\n+919800000001,\r\n,dee@example.org\r\n"
                b"+919800000077,x@example.org\r\n")
        self.load(data)
        before = self.book.contacts()
        number = self.load(data)
        self.assertEqual(self.book.outcomes(number), "===")
        self.assertEqual(self.book.contacts(), before)
        self.assertEqual(self.listed(), ["email", "phone"])

    def test_later_times_only(self):
        self.load(b"Phone,Date\r\n+919800000001,2026-03-03\r\n"
                  b"+919800000077,2026-03-03\r\n")
        for day, outcome, kept in (("2026-02-02", "==", "2026-03-03"),
                                   ("2026-04-04", "uu", "2026-04-04"),
                                   ("", "==", "2026-04-04")):
            number = self.load(
                f"Phone,Date\r\n+919800000001,{day}\r\n"
                f"+919800000077,{day}\r\n".encode())
            self.assertEqual(self.book.outcomes(number), outcome, day)
            self.assertEqual(self.opted()["Ana"], ("no", kept))
            self.assertEqual(self.rows(
                "SELECT JSON_ARRAY(LEFT(at, 10)) FROM suppression"), [[kept]])

    def test_twice_in_the_file(self):
        """In one batch, and in several."""
        for between in (0, 4500):
            self.setUp()
            more = "".join(f"+9197{i:08d},,\r\n" for i in range(between))
            number = self.load(
                "Phone,Email,Date\r\n"
                "+919800000001,,\r\n+919800000077,,\r\n,dee@example.org,\r\n"
                f"{more}"
                "+919800000001,,\r\n09800000077,,\r\n,DEE@example.org,\r\n"
                "+919800000077,,2020-01-01\r\n".encode(), country="IN")
            self.assertEqual(self.book.outcomes(number),
                             "uuu" + "u" * between + "====")
            self.assertEqual(len(self.listed()), between + 1)

    def test_bare_lists(self):
        for data in (b"+919800000001\r\n+919800000077\r\n",
                     b"919800000001\n919800000077\n",
                     b"dee@example.org\nnobody@example.org\n",
                     b"x@example.org;+919800000002\n;+919800000001\n",
                     b"+919800000001",
                     "\uff0b91\uff19\uff18\uff10\uff10000001".encode(),
                     b"dee@example.org\n+919800000001\n0091 98000 00077\n",
                     b"Recipient\n,\n"[:10] + b"x@example.org\n+919800000002"
                     b"\n"):
            self.setUp()
            number = self.load(data)
            header = data.startswith(b"Recipient")
            lines = data.strip().count(b"\n") + 1 - header
            self.assertEqual(self.book.outcomes(number), "u" * lines, data)

    def test_times_that_are_none(self):
        number = self.load(b"Phone,Date\r\n+919800000001,yesterday\r\n"
                           b"+919800000002,2999-01-01\r\n")
        self.assertEqual(self.book.outcomes(number), "uu")
        self.assertEqual([p[2] for p in self.book.problems(number)],
                         ["opt-out-time"])
        self.assertEqual(self.opted()["Ana"], ("no", self.today()))
        self.assertEqual(self.opted()["Bo"], ("no", self.today()))

    def test_in_the_trash(self):
        self.book.trash("name IN ('Ana', 'Dee')")
        number = self.load(b"Phone,Email\r\n+919800000001,\r\n"
                           b",dee@example.org\r\n")
        self.assertEqual(self.book.outcomes(number), "uu")
        self.assertEqual(self.opted()["Ana"][0], "no")
        self.assertEqual(self.opted()["Dee"][0], "no")
        self.assertEqual(self.listed(), [])
        self.assertEqual(self.rows("SELECT JSON_ARRAY(COUNT(*)) FROM contact"
                                   " WHERE trashed_at IS NOT NULL"), [[2]])

    def test_nobody_comes_in_afterwards(self):
        self.load(b"Phone,Email\r\n+919800000077,\r\n,new@example.org\r\n")
        number, _ = self.book.load(
            b"Name,Phone,Email\r\nX,+919800000077,\r\nY,,NEW@example.org\r\n"
            b"Z,+919800000078,\r\n", format="generic")
        self.assertEqual(self.book.outcomes(number), "ssc")
        self.assertEqual([p[2] for p in self.book.problems(number)],
                         ["suppressed"] * 2)

    def test_other_columns_are_not_read(self):
        number = self.load(b"Name,Phone,Tags,City\r\n"
                           b"Mallory,+919800000001,vip,Pune\r\n")
        self.assertEqual(self.book.changes(number), {
            "whatsapp_opted": 1, "whatsapp_opted_at": 1})
        self.assertEqual(self.rows("SELECT JSON_ARRAY(COUNT(*)) FROM tag"),
                         [[0]])

    # --- undo ---

    def undo(self, number, redo=False):
        state = "redoing" if redo else "undoing"
        before = ("" if redo else ", before_undo = 'done'")
        self.book.sql(f"UPDATE import SET state = '{state}'{before}"
                      f" WHERE id = {number}")
        undoes = ("(SELECT MAX(x.id) FROM (SELECT id FROM job WHERE import_id"
                  f" = {number}) x)" if redo else "NULL")
        self.book.sql(
            "INSERT INTO job (kind, state, filter, action, arguments,"
            " import_id, undoes_job, upto_contact, created_at) VALUES"
            f" ('undo', 'queued', '', '', '', {number}, {undoes},"
            " 9223372036854775807, UTC_TIMESTAMP(3))")
        self.book.wait(number, "undone", "done")

    def test_undo_and_back(self):
        before = self.opted()
        number = self.load(
            "Phone,Email\r\n+919800000001,\r\n,both@example.org\r\n".encode()
            + "".join(f"+9197{i:08d},\r\n" for i in range(4500)).encode())
        after = self.opted()
        self.undo(number)
        self.assertEqual(self.opted(), before)
        self.assertEqual(self.listed(), [])
        self.undo(number, redo=True)
        self.assertEqual(self.opted(), after)
        self.assertEqual(len(self.listed()), 4500)

    def test_undo_keeps_what_another_list_wants(self):
        one = self.load(b"Phone\r\n+919800000077\r\n+919800000078\r\n")
        two = self.load(b"Phone\r\n+919800000077\r\n+919800000079\r\n")
        self.undo(one)
        self.assertEqual(len(self.listed()), 2)
        self.undo(two)
        self.assertEqual(self.listed(), [])

    def test_undo_counts_for_the_email(self):
        data = b"Email\r\ndee@example.org\r\n"
        number = self.load(data)
        self.assertEqual(self.book.outcomes(self.load(data)), "=")
        self.undo(number)
        self.assertEqual(self.book.outcomes(self.load(data)), "u")

    # --- faults ---

    def test_a_worker_is_killed(self):
        data = ("Phone,Email\r\n+919800000001,\r\n,dee@example.org\r\n"
                + "".join(f"+9197{i:08d},n{i}@example.org\r\n"
                          for i in range(3000))).encode()
        self.load(data, check=False)
        wanted = (self.opted(), self.listed(), self.ledger())
        for k in (30, 37, 44, 51, 58, 65):
            self.setUp()
            for worker in list(self.book.workers):
                self.book.end_worker(worker)
            worker = self.book.start_worker(RUBRICA_FAILPOINT=str(k))
            number, _ = self.book.load(data, wait=False, format="optout")
            worker.wait(30)
            self.book.workers.remove(worker)
            self.book.start_worker()
            self.assertEqual(self.book.wait(number), "done")
            self.assertEqual(self.book.counts(number)["updated"], 3002, k)
            self.assertEqual((self.opted(), self.listed(), self.ledger()),
                             wanted, k)


if __name__ == "__main__":
    unittest.main()
