# test_imports.py: the history of imports
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import import_client as imports


class Imports(unittest.TestCase):
    def test_row(self):
        name = http.unique("history") + ".csv"
        number = imports.imported(imports.table(
            ["Name", "Phone"], ["A", imports.phone()], ["B", "+39 1"]),
            name=name)["id"]
        page = http.admin().get("/imports").page
        row = next(r for r in page.one("tbody").all("tr")
                   if name in r.text())
        cells = {c.get("data-label"): c.text()
                 for c in row.children if not isinstance(c, str)}
        self.assertEqual(cells["Read"], "2")
        self.assertEqual(cells["New"], "1")
        self.assertEqual(cells["In error"], "1")
        self.assertEqual(cells["Format"], "Generic")
        self.assertEqual(cells["Status"], "Done, some in error")
        links = [a.get("href") for a in row.all("a")]
        for link in ("", "/original.csv", "/errors.csv", "/processed.csv"):
            self.assertIn(f"/imports/{number}{link}", links)

    def test_filters(self):
        email, password = http.make_member("editor")
        session = http.logged_in(email, password)
        number = imports.uploaded(imports.contacts(), session)
        page = http.admin().get("/imports").page
        member = next(o.get("value") for o in page.one(id="member").all(
            "option") if o.get("value") and self.only(
                f"?member={o.get('value')}") == [number])
        self.assertEqual(
            self.only(f"?member={member}&state=uploaded"), [number])
        self.assertEqual(self.only(f"?member={member}&state=done"), [])
        answer = http.admin().get(f"/imports?member={member}&state=done")
        self.assertIn("No import matches", answer.text)

    def only(self, query):
        body = http.admin().get("/imports" + query).page.one("tbody")
        rows = body.all("tr") if body else []
        return [int(r.one("a").get("href").rsplit("/", 1)[1]) for r in rows]

    def test_pages(self):
        for _ in range(26):
            imports.uploaded(imports.contacts(1))
        page = http.admin().get("/imports?state=uploaded").page
        self.assertEqual(len(page.one("tbody").all("tr")), 25)
        older = page.one("a", rel="next").get("href")
        first = self.only("?state=uploaded")
        second = [int(r.one("a").get("href").rsplit("/", 1)[1])
                  for r in http.admin().get(older).page.one("tbody")
                  .all("tr")]
        self.assertLess(max(second), min(first))

    def test_odd_queries(self):
        for query in ("?before=x", "?state=nothing", "?member=-1",
                      "?before=99999999999999999999"):
            self.assertEqual(
                http.admin().get("/imports" + query).status, 200, query)

    def test_viewer(self):
        answer = http.member("viewer").get("/imports")
        self.assertEqual(answer.status, 200)
        self.assertNotIn("/imports/new", answer.text)

    def test_stranger(self):
        self.assertEqual(http.Session().get("/imports").status, 303)


if __name__ == "__main__":
    unittest.main()
