# test_contact_status.py: the status and the source of contacts
# SPDX-License-Identifier: MIT
"""The status is computed when it is asked for: these tests wait while the
last message of two people passes the age of 24 hours."""
import csv
import io
import os
import sys
import time
import unittest
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import contact_fixtures as book
import http_client as http
import import_client as imports
import whatsapp as wa

DAY = 24 * 3600
GRACES = (3, 10, 30, 90)  # seconds


def by_phone(phone):
    return http.Api().get("/api/v1/contacts?phone=" + urllib.parse.quote(
        "+" + phone.lstrip("+"))).json["contacts"][0]


class Status(unittest.TestCase):
    def seen(self, name):
        """The status by API, list, filter, condition, export, segment."""
        q = urllib.parse.quote(name)
        found = {http.Api().get(f"/api/v1/contacts?q={q}")
                 .json["contacts"][0]["status"]}
        page = http.admin().get(f"/contacts?q={q}&columns=name,status").page
        found.add(page.one("tbody").one("tr").one(class_="state").text()
                  .upper())
        for status in ("ACTIVE", "INACTIVE"):
            for query in (f"status={status.lower()}",
                          f"where=status~is~{status.lower()}"):
                if book.found(f"q={q}&{query}"):
                    found.add(status)
        table = http.Api().get(
            f"/api/v1/contacts/export.csv?q={q}&columns=name,status")
        rows = list(csv.reader(io.StringIO(table.body.decode("utf-8-sig"))))
        found.add(rows[1][1].upper())
        number = http.Api().get(f"/api/v1/contacts?q={q}") \
            .json["contacts"][0]["id"]
        page = http.admin().get(f"/contacts/{number}").page
        found.add(page.one(class_="contact-line").one(class_="state").text()
                  .upper())
        return found

    def test_the_end_of_a_day(self):
        wa.set_up()
        for grace in GRACES:
            name = http.unique("Nearly")
            at = int(time.time()) - DAY + grace
            self.assertEqual(wa.send(wa.message(
                wa.number(), name=name, at=at)).status, 200)
            seen = self.seen(name)
            if time.time() <= at + DAY:
                break  # else the machine was too slow for so little time
        self.assertEqual(seen, {"ACTIVE"})
        # At 24 hours to the second it is active still; then no more.
        time.sleep(at + DAY + 0.05 - time.time())
        self.assertEqual(self.seen(name), {"INACTIVE"})

    def test_long_ago_and_never(self):
        wa.set_up()
        name = http.unique("Past")
        wa.send(wa.message(wa.number(), name=name,
                           at=int(time.time()) - DAY - 1))
        self.assertEqual(self.seen(name), {"INACTIVE"})
        name = http.unique("Never")
        book.make(name=name)
        self.assertEqual(self.seen(name), {"INACTIVE"})


class Source(unittest.TestCase):
    def test_api(self):
        for values in ({}, {"source": ""}, {"source": None}):
            self.assertEqual(book.make(**values)["source"], "API", values)
        c = book.make(source="Fair 2026")
        self.assertEqual(c["source"], "Fair 2026")
        answer = book.change(c, name="B")
        self.assertEqual(answer.json["source"], "Fair 2026")
        self.assertEqual(book.change(answer.json, source="").json["source"],
                         "")

    def test_wrote_first(self):
        wa.set_up()
        phone = wa.number()
        wa.send(wa.message(phone))
        self.assertEqual(by_phone(phone)["source"], "ORGANIC")
        c = book.make()
        wa.send(wa.message(c["phone"].lstrip("+")))
        self.assertEqual(book.read(c)["source"], "API")

    def test_files(self):
        phone, other, empty = (imports.phone() for _ in range(3))
        imports.imported(imports.table(["Name", "Phone"], ["A", phone]))
        self.assertEqual(by_phone(phone)["source"], "IMPORT")
        imports.imported(imports.table(
            ["Name", "Mobile Number", "Source"], ["A", other, "Fair"],
            ["B", empty, ""]), format="aisensy")
        self.assertEqual(by_phone(other)["source"], "Fair")
        self.assertEqual(by_phone(empty)["source"], "")
        c = book.make()
        imports.imported(imports.table(["Name", "Phone"],
                                       ["New", c["phone"]]))
        now = book.read(c)
        self.assertEqual((now["name"], now["source"]), ("New", "API"))


if __name__ == "__main__":
    unittest.main()
