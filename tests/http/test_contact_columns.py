# test_contact_columns.py: which columns a member's list of contacts has
# SPDX-License-Identifier: MIT
import os
import sys
import unittest
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import contact_fixtures as book
import http_client as http

PATH = "/contacts/columns"


def heads(page):
    return [h.one("bdi").text() for h in page.one("thead").all("th")
            if h.all("bdi")]


class Columns(unittest.TestCase):
    def setUp(self):
        self.city = http.unique("city")
        self.viewer = http.member("viewer")

    def choose(self, columns, query="", **more):
        pairs = [("csrf", self.viewer.csrf(PATH))]
        pairs += [("column", c) for c in columns] + list(more.items())
        return self.viewer.post(PATH + query, pairs)

    def list(self, **params):
        return self.viewer.get("/contacts?" + urllib.parse.urlencode(
            {"city": self.city, **params})).page

    def tearDown(self):
        self.choose([], default="1")

    def test_remembered(self):
        ltv = book.attribute("NUMBER")
        book.make(name="Zoë", city=self.city, attributes={ltv: 12.5},
                  email=http.unique("z") + "@example.org")
        answer = self.choose(["city", "name", "attr." + ltv], "?city=x")
        self.assertEqual(answer.status, 303)
        self.assertEqual(answer.headers["location"], "/contacts?city=x")
        page = self.list()
        self.assertEqual(heads(page), ["City", "Name", ltv])
        row = page.one("tbody").one("tr")
        self.assertEqual(row.one("th").text(), "Zoë")
        self.assertIn("12.5", row.text())
        # Another member has the usual ones; an address has its own.
        other = http.admin().get("/contacts?city=" + self.city).page
        self.assertEqual(len(heads(other)), 9)
        self.assertEqual(heads(self.list(columns="email")), ["E-mail"])
        self.assertEqual(heads(self.list(columns="tags")), ["Name", "Tags"])
        self.assertGreater(len(heads(self.list(columns="all"))), 24)
        self.assertEqual(self.choose([], default="1").status, 303)
        self.assertEqual(len(heads(self.list())), 9)

    def test_sort_links_keep_columns(self):
        for name in ("b", "a"):
            book.make(name=name, city=self.city)
        page = self.list(columns="name,account")
        link = page.one("thead").all("a")[1].get("href")
        self.assertIn("sort=account", link)
        page = self.viewer.get(link).page
        self.assertEqual(heads(page), ["Name", "Account"])
        self.assertEqual([h.get("aria-sort") for h in
                          page.one("thead").all("th")], [None, "ascending"])

    def test_order(self):
        shown = ["name", "phone", "city"]
        answer = self.choose(shown, up="city")
        self.assertTrue(answer.headers["location"].startswith(PATH))
        book.make(name="x", city=self.city)
        self.assertEqual(heads(self.list()),
                         ["Name", "City", "Mobile Number"])
        self.choose(["name", "city", "phone"], down="name")
        self.assertEqual(heads(self.list()),
                         ["City", "Name", "Mobile Number"])
        self.choose(["name", "city"], up="name")
        self.assertEqual(heads(self.list()), ["Name", "City"])

    def test_refused(self):
        self.assertEqual(self.choose([]).status, 422)
        answer = self.choose(["name", "no such"])
        self.assertEqual(answer.status, 422)
        self.assertIn("not there any more", answer.page.text())
        self.assertEqual(self.viewer.post(
            PATH, [("column", "name")], csrf=False).status,
                         403)
        self.assertEqual(http.Session().get(PATH).status, 303)

    def test_hostile(self):
        answer = self.viewer.get(PATH + "?" + urllib.parse.urlencode(
            {"city": http.PAYLOAD, "columns": http.PAYLOAD}))
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.hostile(), [])


if __name__ == "__main__":
    unittest.main()
