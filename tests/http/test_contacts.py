# test_contacts.py: the list: search, filter, sort, pages
# SPDX-License-Identifier: MIT
import os
import sys
import unittest
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import contact_fixtures as book
import http_client as http


def path(**params):
    return "/contacts?" + urllib.parse.urlencode(params)


def rows(page):
    return [r.one("th").text() for r in page.one("tbody").all("tr")]


class Contacts(unittest.TestCase):
    def page(self, **params):
        answer = http.admin().get(path(**params))
        self.assertEqual(answer.status, 200, params)
        return answer.page

    def test_columns(self):
        city = http.unique("city")
        tags = [f"{c}-{city}" for c in "abcde"]
        c = book.make(name="Zoë A", city=city, tags=tags, state="closed")
        page = self.page(city=city)
        heads = [h.text().rstrip("▲▼↕") for h in page.one("thead").all("th")]
        self.assertEqual([h.strip() for h in heads if h], [
            "Name", "Mobile Number", "Tags", "Source", "First Message",
            "Status", "State", "Last Active", "Created At"])
        row = page.one("tbody").one("tr")
        self.assertEqual(row.one("a").get("href"), f"/contacts/{c['id']}")
        text = row.text()
        self.assertIn(c["phone"][:3] + " " + c["phone"][3:8], text)
        self.assertIn(tags[2], text)
        self.assertNotIn(tags[3], text)
        self.assertIn("+2", text)
        for word in ("API", "Inactive", "Closed"):
            self.assertIn(word, text)
        self.assertIn("1", page.one("h1").text())
        self.assertEqual(page.one("title").text().split()[0], "Contacts")

    def test_no_name(self):
        email = http.unique("nobody") + "@example.org"
        book.make(email=email)
        self.assertEqual(rows(self.page(q=email)), [email])

    def test_search_and_clear(self):
        name = http.unique("Anna")
        book.make(name=name)
        page = self.page(q=name)
        self.assertEqual(rows(page), [name])
        self.assertEqual(page.one("input", id="q").get("value"), name)
        chip = page.one("li", class_="chip")
        self.assertEqual(chip.one("a").get("href"), "/contacts")
        page = self.page(q=http.unique("nobody"))
        self.assertIsNone(page.one("table"))
        self.assertIn("No contact", page.one(class_="empty-state").text())
        self.assertEqual(page.one(class_="empty-state").one("a").get("href"),
                         "/contacts")

    def test_sort(self):
        city = http.unique("city")
        for name in ("b", "C", "a"):
            book.make(name=name, city=city)
        page = self.page(city=city)
        self.assertEqual(rows(page), ["a", "C", "b"])
        marked = [h for h in page.all("th") if h.get("aria-sort")]
        self.assertEqual([h.get("aria-sort") for h in marked],
                         ["descending"])
        link = page.one("thead").one("a").get("href")
        page = http.admin().get(link).page
        self.assertEqual(rows(page), ["a", "b", "C"])
        marked = [h for h in page.all("th") if h.get("aria-sort")]
        self.assertEqual([h.get("aria-sort") for h in marked], ["ascending"])
        page = http.admin().get(page.one("thead").one("a").get("href")).page
        self.assertEqual(rows(page), ["C", "b", "a"])

    def test_pages(self):
        city = http.unique("city")
        for i in range(60):
            book.make(name=f"n{i:02d}", city=city)
        first = self.page(city=city, sort="name")
        self.assertEqual(rows(first), [f"n{i:02d}" for i in range(50)])
        self.assertIn("60", first.one("h1").text())
        self.assertIsNone(first.one("a", rel="prev"))
        second = http.admin().get(first.one("a", rel="next").get("href")).page
        self.assertEqual(rows(second), [f"n{i:02d}" for i in range(50, 60)])
        self.assertIsNone(second.one("a", rel="next"))
        back = http.admin().get(second.one("a", rel="prev").get("href")).page
        self.assertEqual(rows(back), rows(first))

    def test_filter_goes_along(self):
        city, tag = http.unique("city"), http.unique("tag")
        book.make(name="x", city=city, tags=[tag])
        book.make(name="y", city=city)
        page = self.page(city=city, where=f"tag~any~{tag}", sort="name")
        self.assertEqual(rows(page), ["x"])
        chips = [c.one("a").get("href")
                 for c in page.all("li", class_="chip")]
        self.assertEqual(len(chips), 2)
        self.assertEqual(rows(http.admin().get(chips[1]).page), ["x", "y"])
        export = [a for a in page.all("a") if a.get("href", "").startswith(
            "/contacts/export.csv")][0].get("href")
        self.assertEqual(len(http.admin().get(
            export).text.strip().split("\r\n")), 2)

    def test_not_understood(self):
        answer = http.admin().get(path(utm_source="x"))
        self.assertEqual(answer.status, 422)
        self.assertIn("utm_source", answer.page.one(role="alert").text())
        self.assertIsNone(answer.page.one("table"))
        for query in ("status=asleep", "sort=none", "attr.none=1",
                      "columns=name,none", "sort=attr.none",
                      "where=colour~is~red", "where=city~more~3",
                      "where=city~is", "where=x", "match=some",
                      "&".join(["where=city~is~x"] * 200)):
            answer = http.admin().get("/contacts?" + query)
            self.assertEqual(answer.status, 422)
            self.assertTrue(answer.page.one(role="alert"))
            self.assertIsNone(answer.page.one("table"))
        answer = http.admin().get(path(after="x"))
        self.assertEqual(answer.status, 400)
        self.assertIn("first page", answer.page.text())

    def test_hostile(self):
        city = http.unique("city")
        book.make(name=http.PAYLOAD, city=city, tags=["<b onmouseover=x>"],
                  source=http.PAYLOAD)
        for params in ({"city": city}, {"q": http.PAYLOAD},
                       {"q": http.PAYLOAD, "filter": "1"},
                       {"city": http.PAYLOAD}, {http.PAYLOAD: "x"},
                       {"tag": http.PAYLOAD, "sort": "name"}):
            answer = http.admin().get(path(**params))
            self.assertEqual(answer.hostile(), [], params)

    def test_viewer(self):
        page = http.member("viewer").get("/contacts").page
        self.assertFalse([a for a in page.all("a")
                          if a.get("href") == "/contacts/new"])
        self.assertEqual(http.Session().get("/contacts").status, 303)


if __name__ == "__main__":
    unittest.main()
