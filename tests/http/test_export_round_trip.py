# test_export_round_trip.py: an export that is imported changes nothing
# SPDX-License-Identifier: MIT
"""Contacts with random nasty values, of all types and known by whichever key,
go out by an export of each kind and in again by the generic format: all rows
are unchanged, and so is each contact. RUBRICA_SEED repeats a draw,
RUBRICA_LONG=1 draws more."""
import json
import os
import random
import sys
import unittest
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import contact_fixtures as book
import http_client as http
import import_client as imports

SEED = int(os.environ.get("RUBRICA_SEED",
                          random.SystemRandom().randrange(10 ** 6)))
COUNT = 400 if os.environ.get("RUBRICA_LONG") == "1" else 60
PIECES = ["=", "+", "-", "@", "'", "''", '"', '""', ",", ";", "|", "\t", "\n",
          "\r", "\r\n", " ", "  ", "\\", "\\n", "0", "007", "1+1", "+91",
          "😀", "é", "e\u0301", "\u00a0", "अ", "\u202e", "a", "B", "true",
          "null", "{", "]", ":", "*", "#N/A", "http://x", "||", "_x000D_"]
KINDS = ("TEXT", "NUMBER", "DATE", "TIME", "DATETIME", "BOOLEAN", "ARRAY",
         "OBJECT", "LOCATION")
FIELDS = ("username", "name", "first_name", "last_name", "title", "account",
          "address", "area", "country", "source", "first_message")


class RoundTrip(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.random = random.Random(SEED)
        cls.names = {kind: book.attribute(kind) for kind in KINDS}
        cls.city = http.unique("city")
        cls.made = [cls.make(i) for i in range(COUNT)]

    @classmethod
    def text(cls, pieces=6):
        return "".join(cls.random.choice(PIECES)
                       for _ in range(cls.random.randrange(pieces)))

    @classmethod
    def value(cls, kind):
        draw = cls.random
        if kind == "TEXT":
            return cls.text(12)
        if kind == "ARRAY":
            return [cls.text(), draw.random(), None, True]
        if kind == "OBJECT":
            return {"=k": cls.text(), "n": draw.randrange(10 ** 9)}
        return draw.choice({
            "NUMBER": ["007", "+5", "2.50", "-0", "1e3", "42", ".5",
                       "12345678901234567890"],
            "DATE": ["2024-02-29", "0001-01-01", "9999-12-31"],
            "TIME": ["00:00:00", "23:59:59"],
            "DATETIME": ["2022-10-31T14:00:01.123Z", "0001-01-01T00:00:00Z"],
            "BOOLEAN": [True, False],
            "LOCATION": ["19.07,72.87", "-90,180"],
        }[kind])

    @classmethod
    def keys(cls, i):
        """Each contact has a key that the others have not; some only one."""
        unique = http.unique(cls.random.choice("=+-@'x"))
        every = {"phone": book.number(),
                 "email": http.unique("e") + "@b.example",
                 "wa_user_id": "w" + unique, "user_id": unique}
        kinds = [("phone",), ("email",), ("wa_user_id",), ("user_id",),
                 tuple(every)][i % 5]
        return {k: every[k] for k in kinds}

    @classmethod
    def make(cls, i):
        draw = cls.random
        values = {f: cls.text() for f in FIELDS if draw.random() < 0.6}
        values.update(cls.keys(i))
        # What cannot be in a tag is left out of it.
        tags = [t for t in ("".join(c for c in cls.text() if c not in "|\r\n\t")
                            for _ in range(draw.randrange(4))) if t.strip()]
        values.update(
            city=cls.city, tags=tags, house_number=draw.choice(["7/b", "=7"]),
            whatsapp_opted=draw.choice(["yes", "no", "unknown"]),
            state=draw.choice(["", "closed", "requesting"]),
            attributes={cls.names[k]: cls.value(k) for k in KINDS
                        if draw.random() < 0.6})
        if draw.random() < 0.3:
            values["whatsapp_opted_at"] = "2022-10-31T14:00:00.123Z"
        return book.make(**values)

    def through(self, **params):
        answer = book.api().get(
            "/api/v1/contacts/export.csv?" +
            urllib.parse.urlencode({"city": self.city, **params}))
        self.assertEqual(answer.status, 200)
        done = imports.imported(answer.body, format="generic")
        self.assertEqual(done["rows"], {
            "read": COUNT, "created": 0, "updated": 0, "unchanged": COUNT,
            "skipped": 0, "rejected": 0},
            f"seed {SEED}: {json.dumps(done['problems'])}")
        for contact in self.made:
            self.assertEqual(book.read(contact), contact, f"seed {SEED}")

    def test_comma(self):
        self.through()

    def test_semicolon(self):
        self.through(delimiter="semicolon")

    def test_without_bom(self):
        self.through(bom="false", sort="name")

    def test_semicolon_without_bom(self):
        self.through(delimiter="semicolon", bom="false", columns="all")

    def test_columns_of_the_list(self):
        keys = "email,name,tags,state,phone,user_id,wa_user_id,created_at,city"
        self.through(columns=keys + ",status,last_active")


if __name__ == "__main__":
    unittest.main()
