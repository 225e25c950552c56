# test_zeros.py: a value of 0 is a value, wherever it is shown or sent on
# SPDX-License-Identifier: MIT
"""A template's `if` takes the text "0" for nothing."""
import os
import sys
import unittest
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import bulk_client as bulk
import contact_fixtures as book
import http_client as http
import import_client as imports


def get(path, **params):
    query = "?" + urllib.parse.urlencode(params) if params else ""
    answer = http.admin().get(path + query)
    if answer.status != 200:
        raise AssertionError(f"{path}: {answer.status}")
    return answer.page


def cells(page):
    return [td.text() for td in page.one("tbody").all("td")]


class Zeros(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.number = book.attribute("NUMBER")

    def person(self, value=0, **values):
        return book.make(attributes={self.number: value}, **values)

    def test_list(self):
        person = self.person(account="0", name=http.unique("Nil"))
        page = get("/contacts", q=person["name"],
                   columns=f"name,account,attr.{self.number}")
        self.assertEqual(cells(page).count("0"), 2, cells(page))

    def test_timeline(self):
        person = self.person()
        book.change(person, attributes={self.number: 7}, account="0")
        page = get(f"/contacts/{person['id']}").one(class_="changes")
        self.assertEqual([n.text() for n in page.all("del")], ["0"])
        self.assertIn("0", [n.text() for n in page.all("ins")])
        page = get(f"/contacts/{person['id']}/restore", version=1)
        self.assertEqual([n.text() for n in page.all("ins")], ["0"])
        self.assertEqual([n.text() for n in page.all("del")].count("0"), 1)

    def test_conflict(self):
        person = self.person(account="0")
        path = f"/contacts/{person['id']}/edit"
        pairs = http.form_of(get(path), action=path)
        book.change(person, account="Other")
        answer = http.admin().post(path, http.replaced(
            pairs, {"account": "Mine"}), csrf=False)
        self.assertIn("was: 0", answer.page.one(class_="conflict").text())

    def test_merge(self):
        one, other = self.person(account="0"), self.person(3, account="x")
        text = get(f"/contacts/{one['id']}/merge", **{"with": other["id"]})
        values = [n.text() for n in text.all(class_="merge-text")]
        self.assertEqual(values.count("0"), 2, values)

    def test_bulk(self):
        source, people = bulk.people(1, attributes={self.number: 5})
        page = get("/contacts/bulk", where="source=" + source, do="set",
                   field="attributes." + self.number, value="0")
        self.assertIn("0", cells(page))
        answer = http.admin().post("/contacts/bulk", http.form_of(
            page, method="post", action="/contacts/bulk"), csrf=False)
        self.assertEqual(answer.status, 303, answer.text)
        bulk.wait(int(answer.location.rpartition("/")[2]))
        self.assertEqual(book.read(people[0])["attributes"],
                         {self.number: 0})

    def test_check(self):
        person = self.person(5)
        number = imports.started(imports.table(
            ["Name", "Phone", self.number], ["Zed", person["phone"], "0"]),
            format="generic", dry_run="true", consent=None)
        imports.checked(number)
        page = get(f"/imports/{number}/review").one(class_="old-new")
        self.assertIn("5 → becomes 0", page.text())

    def test_message(self):
        person = self.person(name="0")
        page = get(f"/contacts/{person['id']}")
        self.assertEqual(page.one("h1").text(), "0")


if __name__ == "__main__":
    unittest.main()
