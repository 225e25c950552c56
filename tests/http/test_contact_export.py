# test_contact_export.py: the page with the choices of an export
# SPDX-License-Identifier: MIT
import os
import sys
import unittest
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import contact_fixtures as book
import http_client as http

PATH = "/contacts/export"


class Page(unittest.TestCase):
    def setUp(self):
        self.city = http.unique("city")
        for name in ("b", "a"):
            book.make(name=name, city=self.city)

    def page(self, **params):
        answer = http.member("viewer").get(
            PATH + "?" + urllib.parse.urlencode(params))
        self.assertEqual(answer.status, 200)
        return answer.page

    def test_the_list_goes_along(self):
        shown = http.member("viewer").get(
            "/contacts?" + urllib.parse.urlencode(
                {"city": self.city, "sort": "name"})).page
        link = [a.get("href") for a in shown.all("a")
                if a.get("href", "").startswith(PATH + "?")][0]
        page = http.member("viewer").get(link).page
        self.assertIn("2 contacts", page.one("main").text())
        form = page.one("form", action=PATH + ".csv")
        pairs = dict(http.form_of(page, action=PATH + ".csv"))
        self.assertEqual(pairs["city"], self.city)
        choices = [r.get("value") for r in form.all("input", name="columns")]
        self.assertEqual(len(choices), 3)
        pairs.update(columns=choices[1], delimiter="semicolon", bom="false")
        answer = http.member("viewer").get(
            PATH + ".csv?" + urllib.parse.urlencode(pairs))
        lines = answer.body.decode().split("\r\n")
        self.assertEqual(lines[0].split(";")[:3], ["Name", "Phone", "Tags"])
        self.assertEqual([x[0] for x in lines[1:3]], ["a", "b"])
        buttons = [b for b in form.all("button") if b.get("formaction")]
        self.assertEqual(buttons[0].get("formaction"), PATH + ".xlsx")

    def test_nobody(self):
        page = self.page(city=http.unique("nowhere"))
        self.assertIn("no contact to export", page.text())
        self.assertIsNone(page.one("form", action=PATH + ".csv"))

    def test_refused(self):
        answer = http.admin().get(PATH + "?status=asleep")
        self.assertEqual(answer.status, 422)
        self.assertEqual(http.Session().get(PATH).status, 303)

    def test_hostile(self):
        answer = http.admin().get(PATH + "?" + urllib.parse.urlencode(
            {"city": self.city, "source": http.PAYLOAD}))
        self.assertEqual(answer.hostile(), [])


if __name__ == "__main__":
    unittest.main()
