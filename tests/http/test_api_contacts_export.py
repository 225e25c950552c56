# test_api_contacts_export.py: contacts as CSV by the API
# SPDX-License-Identifier: MIT
import csv
import io
import os
import sys
import unittest
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import contact_fixtures as book
import http_client as http
import patience

PATH = "/api/v1/contacts/export.csv?"


class Export(unittest.TestCase):
    def rows(self, **params):
        answer = book.api().get(PATH + urllib.parse.urlencode(params))
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.headers["content-type"],
                         "text/csv; charset=utf-8")
        self.assertIn("attachment", answer.headers["content-disposition"])
        self.assertTrue(answer.body.startswith(b"\xef\xbb\xbf"))
        text = answer.body[3:].decode()
        return list(csv.DictReader(io.StringIO(text, newline="")))

    def test_values(self):
        city, name = http.unique("city"), book.attribute("OBJECT")
        tag = http.unique("tag")
        hostile = ['=1+1', '+1', '-1', '@x', "'=x", "''", "'quoted'",
                   'a"b,c;d', 'two\nlines', '😀 "x"', 'last']
        for i, value in enumerate(hostile):
            book.make(name=value, city=city, account=f"{i:03d}",
                      tags=[tag, "=a"], attributes={name: {"k": "ü,"}})
        rows = self.rows(city=city, dir="asc")
        self.assertEqual(len(rows), len(hostile))
        for row, value in zip(rows, hostile):
            cell = row["Name"]
            self.assertNotIn(cell[0], "=+-@\t\r\n")
            guarded = value[0] in "=+-@" or (
                value[0] == "'" and value[1] in "'=+-@")
            self.assertEqual(cell, ("'" if guarded else "") + value)
            self.assertEqual(row["Tags"], "'=a|" + tag)
            self.assertEqual(row[name + "||OBJECT"], '{"k":"ü,"}')
            self.assertEqual(row["Phone"][:4], "'+91")
        self.assertEqual([r["Account"] for r in rows],
                         [f"{i:03d}" for i in range(len(hostile))])

    def imported(self, data):
        """The rows of an import of a file, when it is done."""
        answer = book.api().upload(
            "/api/v1/imports", {"format": "generic", "consent": "true"},
            [("file", "export.csv", data)])
        self.assertEqual(answer.status, 202, answer.text)
        for _ in patience.moments():
            found = book.api().get(
                f"/api/v1/imports/{answer.json['id']}").json
            if found["status"] in ("done", "failed", "refused"):
                return found["rows"]
        return None

    def test_round_trip(self):
        city, made = http.unique("city"), []
        values = {"TEXT": "=cmd|' /C calc'!A0", "NUMBER": "-2.50",
                  "DATE": "2024-02-29", "TIME": "07:05:00",
                  "DATETIME": "2022-10-31T14:00:00.123Z", "BOOLEAN": False,
                  "ARRAY": [1, "a|b", {"x": None}], "OBJECT": {"a": "=1"},
                  "LOCATION": "19.07,-72.87"}
        attributes = {book.attribute(k): v for k, v in values.items()}
        for i, text in enumerate([
                "=1+1", "+1", "-1", "@x", "'=x", "''", "'", "'quoted",
                "a\"b,c;d", "two\nlines", "😀 \"x\"", "007", "in  side",
                "a|b", "TRUE", "\\ \\n", "last"]):
            made.append(book.make(
                phone=book.number(), email=http.unique("e") + "@b.example",
                name=text, first_name="-" + text, last_name=text, title=text,
                account=text, address=text, house_number=text, area=text,
                city=city, country=text, username=text, source=text,
                user_id=http.unique("="), wa_user_id=http.unique("@"),
                whatsapp_opted=("yes", "no", "unknown")[i % 3],
                state=("closed", "")[i % 2], attributes=attributes,
                tags=["Rome, Italy", "=t", '"a" or b;c', '"vip"',
                      "* star"][i % 5:][:1 + i % 3]))
        data = book.api().get(PATH + "city=" + city).body
        self.assertEqual(self.imported(data), {
            "read": len(made), "created": 0, "updated": 0, "skipped": 0,
            "unchanged": len(made), "rejected": 0})
        for contact in made:
            self.assertEqual(book.read(contact), contact)

    def test_order_and_filter(self):
        city = http.unique("city")
        for name in ("b", "c", "a"):
            book.make(name=name, city=city)
        book.make(name="elsewhere")
        self.assertEqual([r["Name"] for r in self.rows(
            city=city, sort="name")], ["a", "b", "c"])
        self.assertEqual(self.rows(city=http.unique("none")), [])

    def test_one_column(self):
        """Somebody without a value is a row, not an empty line."""
        city = http.unique("city")
        for name in ("", "a"):
            book.make(name=name, city=city)
        answer = book.api().get(
            f"{PATH}columns=name&bom=false&sort=name&city={city}")
        self.assertEqual(answer.text, 'Name\r\n""\r\na\r\n')

    def test_refused(self):
        for query, status in (("nickname=x", 422), ("after=x", 400)):
            self.assertEqual(book.api().get(PATH + query).status, status)
        self.assertEqual(http.Api("").get(PATH).status, 401)


if __name__ == "__main__":
    unittest.main()
