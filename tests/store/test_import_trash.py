# test_import_trash.py: rows that are about contacts in the trash
# SPDX-License-Identifier: MIT
import json
import unittest

from importing import Book, conserved

KNOWN = (b"Name,Phone,Email,Tags,City\r\n"
         b"Ana,+919800000001,ana@example.org,old,Pune\r\n"
         b"Bo,+919800000002,both@example.org,,Oslo\r\n"
         b"Chi,+919800000003,both@example.org,,\r\n")


class ImportTrash(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.book = Book()
        cls.book.__enter__()
        cls.addClassCleanup(cls.book.__exit__, None, None, None)

    def setUp(self):
        self.book.empty()
        self.book.set("trash.import", "restore")
        self.load(KNOWN, segment="Known")

    def load(self, data, **options):
        """The import's number, after a check that said the same."""
        options.setdefault("format", "generic")
        segment = options.get("segment")
        checked, said = self.book.load(data, check=True, **options)
        self.assertIn("ready", said)
        number, said = self.book.load(data, **options)
        self.assertIn("done", said)
        for what in (self.book.counts, self.book.outcomes,
                     self.book.problems):
            self.assertEqual(what(checked), what(number), segment)
        self.assertTrue(conserved(self.book.counts(number)))
        return number

    def contact(self, name):
        found = [c for c in self.book.contacts() if c["name"] == name]
        self.assertEqual(len(found), 1, name)
        return found[0]

    def trashed(self):
        return sorted(x[0] for x in self.book.sql(
            "SELECT JSON_ARRAY(name) FROM contact WHERE trashed_at IS NOT"
            " NULL"))

    def codes(self, number):
        return [(p[0], p[2], p[3]) for p in self.book.problems(number)]

    def test_restored(self):
        self.book.trash("name = 'Ana'")
        self.assertEqual(self.contact("Ana")["tags"], None)
        number = self.load(b"Name,Phone,Tags,City\r\n"
                           b"Ana,+919800000001,new,Agra\r\n", segment="Later")
        self.assertEqual(self.trashed(), [])
        ana = self.contact("Ana")
        self.assertEqual((ana["city"], ana["tags"], ana["segments"],
                          ana["version"]),
                         ("Agra", "new|old", "Known|Later", 3))
        self.assertEqual(self.book.counts(number)["updated"], 1)
        self.assertEqual(self.codes(number),
                         [(2, "restored-from-trash", "warning")])
        kind, row, before = self.book.sql(
            "SELECT JSON_ARRAY(kind, import_row, before_values) FROM"
            " contact_revision ORDER BY id DESC LIMIT 1")[0]
        self.assertEqual((kind, row), ("restore", 2))
        before = json.loads(before) if isinstance(before, str) else before
        self.assertRegex(before.pop("_trashed_at"), r"^20\d\d-.*Z$")
        self.assertEqual(before,
                         {"_tags": [], "_segments": [], "city": "Pune"})

    def test_restored_as_it_was(self):
        """Without another change it counts as updated, all the same."""
        self.book.trash("name = 'Ana'")
        number = self.load(b"Name,Phone\r\nAna,+919800000001\r\n")
        self.assertEqual(self.book.outcomes(number), "u")
        ana = self.contact("Ana")
        self.assertEqual((ana["tags"], ana["segments"]), ("old", "Known"))

    def test_twice_in_the_file(self):
        self.book.trash("name = 'Ana'")
        number = self.load(b"Name,Phone,Tags\r\nAna,+919800000001,x\r\n"
                           b"Ana,+919800000001,y\r\n"
                           b"Ana,+919800000001,\r\n")
        self.assertEqual(self.book.outcomes(number), "uu=")
        self.assertEqual(self.codes(number),
                         [(2, "restored-from-trash", "warning")])
        self.assertEqual(self.contact("Ana")["tags"], "old|x|y")

    def test_skipped(self):
        self.book.set("trash.import", "skip")
        self.book.trash("name = 'Ana'")
        number = self.load(b"Name,Phone\r\nAnna,+919800000001\r\n"
                           b"New,+919800000009\r\n", segment="Later")
        self.assertEqual(self.book.outcomes(number), "sc")
        self.assertEqual(self.codes(number), [(2, "in-trash", "skip")])
        self.assertEqual(self.trashed(), ["Ana"])
        self.assertEqual(self.contact("Ana")["segments"], None)

    def test_only_new_ones(self):
        self.book.trash("name = 'Ana'")
        for rule in ("skip", "create_only"):
            number = self.load(b"Name,Phone\r\nAna,+919800000001\r\n",
                               existing=rule)
            self.assertEqual(self.codes(number), [(2, "in-trash", "skip")])
        self.assertEqual(self.trashed(), ["Ana"])

    def test_email_of_one_that_lives(self):
        """It stands before those in the trash, which make no match
        ambiguous."""
        row = b"Name,Email,City\r\nX,both@example.org,Rome\r\n"
        number = self.load(row, key="email")
        self.assertEqual([c[1] for c in self.codes(number)],
                         ["ambiguous-match"])
        self.book.trash("name = 'Bo'")
        number = self.load(row, key="email")
        self.assertEqual(self.book.outcomes(number), "u")
        self.assertEqual(self.codes(number), [])
        self.assertEqual(self.contact("X")["phone"], "+919800000003")
        self.assertEqual(self.trashed(), ["Bo"])
        self.book.trash("TRUE")
        number = self.load(row.replace(b"Rome", b"Bari"), key="email")
        self.assertEqual([c[1] for c in self.codes(number)],
                         ["restored-from-trash"])
        self.assertEqual(self.trashed(), ["Ana", "X"])

    def test_number_of_one_in_the_trash(self):
        """Found by the e-mail, while the number is somebody's in the trash."""
        self.book.trash("name = 'Ana'")
        number = self.load(b"Name,Email,Phone\r\n"
                           b"Dee,dee@example.org,+919800000001\r\n",
                           key="email")
        self.assertEqual(self.codes(number), [(2, "key-conflict", "reject")])
        self.assertIn("in the trash", self.book.problems(number)[0][4])
        self.assertEqual(self.trashed(), ["Ana"])

    def merge_bo_into_ana(self):
        [[ana]] = self.book.sql(
            "SELECT JSON_ARRAY(id) FROM contact WHERE name = 'Ana'")
        self.book.sql(f"UPDATE contact SET merged_into = {ana}"
                      " WHERE name = 'Bo'")
        return ana

    def test_merged(self):
        self.book.trash("name = 'Bo'")
        ana = self.merge_bo_into_ana()
        number = self.load(b"Name,Phone,City\r\nAna,+919800000002,Agra\r\n")
        self.assertEqual(self.codes(number),
                         [(2, "merged-contact", "warning")])
        self.assertIn(f"merged into contact {ana}",
                      self.book.problems(number)[0][4])
        self.assertEqual(self.book.sql(
            f"SELECT JSON_ARRAY(phone, city) FROM contact WHERE id = {ana}"),
            [["+919800000001", "Agra"]])
        self.assertEqual(self.trashed(), ["Bo"])

    def test_merged_into_one_in_the_trash(self):
        self.book.trash("name IN ('Bo', 'Ana')")
        self.merge_bo_into_ana()
        number = self.load(b"Name,Phone\r\nBo,+919800000002\r\n")
        self.assertEqual(self.codes(number), [(2, "in-trash", "skip")])

    def test_names_that_are_gone(self):
        self.book.trash("name = 'Ana'")
        self.book.sql("DELETE FROM tag")
        self.book.sql("UPDATE segment SET kind = 'dynamic'")
        self.load(b"Name,Phone\r\nAna,+919800000001\r\n")
        ana = self.contact("Ana")
        self.assertEqual((ana["tags"], ana["segments"]), (None, None))


if __name__ == "__main__":
    unittest.main()
