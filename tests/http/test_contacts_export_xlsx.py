# test_contacts_export_xlsx.py: what the list shows, as a workbook
# SPDX-License-Identifier: MIT
import os
import sys
import unittest
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import contact_fixtures as book
import http_client as http
import xlsx

PATH = "/contacts/export.xlsx?"
TEXTS = ["=1+1", "+39 06", "-5", "@x", "'quoted", "''x", "007", "1e5",
         "two\nlines", "a\r\nb", "a\rb", "😀 <&>\"", "_x0041_ _x000D_",
         "in  side", "TRUE", "2024-02-03", "אבג", "x\ty"]


class Xlsx(unittest.TestCase):
    def rows(self, **params):
        answer = http.member("viewer").get(
            PATH + urllib.parse.urlencode(params))
        self.assertEqual(answer.status, 200, answer.body[:300])
        self.assertIn("spreadsheetml", answer.headers["content-type"])
        self.assertIn(".xlsx", answer.headers["content-disposition"])
        return xlsx.rows(answer.body)

    def test_texts(self):
        city = http.unique("city")
        made = [book.make(account=text, city=city, tags=["=a", "b"])
                for text in TEXTS]
        rows = self.rows(city=city, dir="asc")
        self.assertEqual(len(rows), len(made))
        for contact, text, row in zip(made, TEXTS, rows):
            self.assertEqual(row["Account"], ("text", text))
            self.assertEqual(row["Phone"], ("text", contact["phone"]))
            self.assertEqual(row["Tags"], ("text", "=a|b"))
            self.assertNotIn("Name", row)

    def test_types(self):
        city = http.unique("city")
        cases = {
            "NUMBER": [("42", ("number", 42)), ("-3.5", ("number", -3.5)),
                       ("007", ("text", "007")), ("2.50", ("text", "2.50")),
                       ("123456789012345678",
                        ("text", "123456789012345678")), ],
            "DATE": [("2024-02-29", ("date:yyyy-mm-dd", 45351)),
                     ("1900-03-01", ("date:yyyy-mm-dd", 61)),
                     ("1900-02-28", ("text", "1900-02-28")),
                     ("0001-01-01", ("text", "0001-01-01"))],
            "DATETIME": [("2022-10-31T12:00:00.000Z",
                          ("date:yyyy-mm-dd hh:mm:ss.000", 44865.5))],
            "BOOLEAN": [("true", ("flag", True)), ("false", ("flag", False))],
            "TIME": [("23:59:59", ("text", "23:59:59"))],
            "ARRAY": [("[1,2]", ("text", "[1,2]"))],
        }
        for kind, values in cases.items():
            name = book.attribute(kind)
            for value, wanted in values:
                book.make(city=city, source=kind, attributes={name: value})
            rows = self.rows(city=city, source=kind, dir="asc")
            self.assertEqual([r[f"{name}||{kind}"] for r in rows],
                             [w for _, w in values])

    def test_columns(self):
        city = http.unique("city")
        book.make(name="Zoë", city=city)
        row = self.rows(city=city, columns="city,name,status,created_at")[0]
        self.assertEqual(list(row), ["City", "Name", "Status", "Created At"])
        self.assertEqual(row["Status"], ("text", "Inactive"))
        self.assertEqual(row["Created At"][0], "date:yyyy-mm-dd hh:mm:ss.000")

    def test_too_long(self):
        city, name = http.unique("city"), book.attribute("OBJECT")
        made = book.make(city=city, attributes={name: {"k": "x" * 33000}})
        answer = http.admin().get(PATH + urllib.parse.urlencode(
            {"city": city}))
        self.assertEqual(answer.status, 422)
        self.assertIn("32,767", answer.page.text())
        self.assertIn(str(made["id"]), answer.page.text())
        self.assertIn(name, answer.page.text())
        self.assertEqual(len(self.rows(city=city, columns="city")), 1)

    def test_refused(self):
        self.assertEqual(http.admin().get(PATH + "status=x").status, 422)
        self.assertEqual(http.admin().get(PATH + "after=x").status, 400)
        self.assertEqual(http.Session().get(PATH).status, 303)


if __name__ == "__main__":
    unittest.main()
