# test_import_suppressed.py: rows about people who are not to come back
# SPDX-License-Identifier: MIT
import unittest

from importing import Book, conserved

HEADER = b"Name,Phone,Email,User ID,WhatsApp Opted,WhatsApp Opted At,City\r\n"
PHONE, EMAIL, USER = "+919800000001", "ana@example.org", "U-1"
NEWER = "2026-02-01T10:00:00Z"


def row(name="Ana", phone="", email="", user="", opted="", at="", city=""):
    return ",".join((name, phone, email, user, opted, at, city)
                    ).encode() + b"\r\n"


class ImportSuppressed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.book = Book()
        cls.book.__enter__()
        cls.addClassCleanup(cls.book.__exit__, None, None, None)

    def setUp(self):
        self.book.empty()

    def load(self, *rows, **options):
        """The import's number, after a check that said the same."""
        options.setdefault("format", "generic")
        data = HEADER + b"".join(rows)
        checked, said = self.book.load(data, check=True, **options)
        self.assertIn("ready", said)
        number, said = self.book.load(data, **options)
        self.assertIn("done", said)
        for what in (self.book.counts, self.book.outcomes,
                     self.book.problems):
            self.assertEqual(what(checked), what(number))
        self.assertTrue(conserved(self.book.counts(number)))
        return number

    def names(self):
        return sorted(c["name"] for c in self.book.contacts())

    def entries(self):
        entries, listed = self.book.sql(
            "SELECT JSON_ARRAY(entries, (SELECT COUNT(*) FROM suppression))"
            " FROM suppression_state")[0]
        self.assertEqual(entries, listed)
        return entries

    def test_each_key_keeps_out(self):
        for kind, value in (("phone", PHONE), ("email", EMAIL),
                            ("user_id", USER)):
            with self.subTest(kind):
                self.book.empty()
                self.book.suppress(kind, value)
                number = self.load(row("Ana", PHONE, EMAIL.upper(), USER),
                                   row("Bo", "+919800000002"))
                self.assertEqual(self.book.outcomes(number), "sc")
                (problem,) = self.book.problems(number)
                self.assertEqual(problem[:1] + problem[2:4],
                                 [2, "suppressed", "skip"])
                self.assertRegex(problem[4], "erased at their request.*later"
                                             " than 2026-01-01T00:00:00Z")
                self.assertEqual(self.names(), ["Bo"])
                self.assertEqual(self.entries(), 1)

    def test_each_format(self):
        self.book.suppress("phone", "+919876543210")
        self.book.suppress("email", "a@example.org")
        for form, data, options in (
                ("generic", b"Name,Phone\nA,+91 98765 43210\n", {}),
                ("aisensy", b"Name,Mobile Number\nA,9876543210\n", {}),
                ("metahumans",
                 b"user.username,user.phone_no,user.email,user.first_name,"
                 b"user.last_name,user.title,user.account\n"
                 b"a,9876543210,x@example.org,A,B,,\n",
                 {"country": "IN", "segment": "S"}),
                ("isendu", b"email,first name\nA@example.org,A\n", {}),
                ("interakt", b"Name,Country Code,Phone Number\n"
                             b"A,91,9876543210\n", {})):
            with self.subTest(form):
                number, said = self.book.load(data, format=form, **options)
                self.assertIn("done", said)
                self.assertEqual(self.book.outcomes(number), "s", said)
                self.assertEqual(self.names(), [])

    def test_newer_consent(self):
        self.book.suppress("phone", PHONE)
        self.book.suppress("email", EMAIL)
        for at in ("2025-12-31T23:59:59Z", "2026-01-01T00:00:00Z",
                   "2099-01-01T00:00:00Z", ""):
            number = self.load(row("Ana", PHONE, opted="yes", at=at))
            self.assertEqual(self.book.outcomes(number), "s", at)
        number = self.load(row("Ana", PHONE, opted="no", at=NEWER))
        self.assertEqual(self.book.outcomes(number), "s")
        self.assertEqual(self.entries(), 2)
        # Proven in one row; the one before it stays out, the one after it
        # gets in.
        number = self.load(row("Ana", PHONE, city="Pune"),
                           row("Ana", PHONE, EMAIL, "", "yes", NEWER),
                           row("Ana", PHONE, city="Agra"))
        self.assertEqual(self.book.outcomes(number), "scu")
        (ana,) = self.book.contacts()
        self.assertEqual((ana["city"], ana["whatsapp_opted"]), ("Agra", "yes"))
        self.assertEqual(self.entries(), 0)
        self.assertEqual(self.book.sql(
            "SELECT JSON_ARRAY(subject, details) FROM audit WHERE action ="
            " 'suppression.lift'"),
            [[f"import {number}", "2 keys, by newer consents of rows"]])
        number = self.load(row("Ana", PHONE, city="Oslo"))
        self.assertEqual(self.book.outcomes(number), "u")

    def test_what_does_not_get_in_lifts_nothing(self):
        self.book.suppress("phone", PHONE)
        number = self.load(row("Ana", PHONE, opted="yes", at=NEWER),
                           existing="update_only")
        self.assertEqual(self.book.outcomes(number), "s")
        self.assertEqual(self.entries(), 1)

    def test_shared_address(self):
        """Who has the address too and is in the book is meant."""
        self.load(row("Bo", "+919800000002", EMAIL))
        self.book.suppress("email", EMAIL)
        self.book.suppress("phone", PHONE)
        number = self.load(row("Bo", "+919800000002", EMAIL, city="Rome"),
                           row("Ana", PHONE, EMAIL),
                           row("Chi", "+919800000003", EMAIL),
                           row("Bo", "", EMAIL, city="Bari"))
        self.assertEqual(self.book.outcomes(number), "ussu")
        self.assertEqual(self.names(), ["Bo"])

    def test_contact_of_the_book(self):
        """A contact that came back by itself is not changed by files."""
        self.load(row("Ana", PHONE))
        self.book.suppress("phone", PHONE, "opted_out")
        number = self.load(row("Ana", PHONE, city="Rome"))
        self.assertEqual(self.book.outcomes(number), "s")
        self.assertIn("has opted out", self.book.problems(number)[0][4])

    def test_other_rules(self):
        """A row in error stays one; duplicates of a person kept out too."""
        self.book.suppress("phone", PHONE)
        number = self.load(row("Ana", PHONE), row("Ana", PHONE),
                           row("Ana", "12"), duplicates="first_wins")
        self.assertEqual(self.book.outcomes(number), "ssr")

    def test_added_while_an_import_runs(self):
        """What is on the list before a batch begins holds for that batch."""
        for worker in list(self.book.workers):
            self.book.end_worker(worker)
        worker = self.book.start_worker(RUBRICA_BATCH_ROWS="1")
        try:
            rows = [row(f"N{i}", f"+9198000{i:05}") for i in range(3000)]
            number, _ = self.book.load(HEADER + b"".join(rows), wait=False,
                                       format="generic")
            self.book.suppress("phone", "+919800002999")
            self.assertEqual(self.book.wait(number), "done")
            self.assertEqual(self.book.outcomes(number)[-1], "s")
        finally:
            self.book.end_worker(worker)
            self.book.start_worker()

    def test_another_secret(self):
        self.book.suppress("phone", PHONE)
        for worker in list(self.book.workers):
            self.book.end_worker(worker)
        worker = self.book.start_worker(
            RUBRICA_PRIVACY_KEY="another secret than that of the file")
        try:
            number, said = self.book.load(HEADER + row("Ana", PHONE),
                                          format="generic")
            self.assertIn("refused", said)
            code, message = self.book.sql(
                "SELECT JSON_ARRAY(refusal_code, refusal_message) FROM import"
                f" WHERE id = {number}")[0]
            self.assertEqual(code, "privacy-key")
            self.assertIn("privacy.key", message)
            self.assertEqual(self.names(), [])
        finally:
            self.book.end_worker(worker)
            self.book.start_worker()


if __name__ == "__main__":
    unittest.main()
