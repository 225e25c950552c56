# test_api_contacts_export_xlsx.py: contacts as a workbook by the API
# SPDX-License-Identifier: MIT
import os
import sys
import unittest
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import contact_fixtures as book
import http_client as http
import xlsx

PATH = "/api/v1/contacts/export.xlsx?"


class Xlsx(unittest.TestCase):
    def test_filter_and_order(self):
        city = http.unique("city")
        for name in ("b", "c", "a"):
            book.make(name=name, city=city)
        book.make(name="elsewhere")
        answer = book.api().get(PATH + urllib.parse.urlencode(
            {"city": city, "sort": "name", "columns": "name"}))
        self.assertEqual(answer.status, 200)
        self.assertEqual([r["Name"][1] for r in xlsx.rows(answer.body)],
                         ["a", "b", "c"])

    def test_refused(self):
        for query, status in (("nickname=x", 422), ("after=x", 400),
                              ("columns=no", 422), ("bom=x", 422),
                              ("delimiter=tab", 422)):
            self.assertEqual(book.api().get(PATH + query).status, status)
        self.assertEqual(http.Api("").get(PATH).status, 401)

    def test_too_long(self):
        city, name = http.unique("city"), book.attribute("OBJECT")
        book.make(city=city, attributes={name: {"k": "x" * 33000}})
        answer = book.api().get(PATH + urllib.parse.urlencode({"city": city}))
        self.assertEqual(answer.status, 422)
        self.assertEqual(answer.json["error"]["code"], "too-large-for-xlsx")


if __name__ == "__main__":
    unittest.main()
