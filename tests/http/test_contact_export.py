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

    def test_ticked(self):
        """The bar over the list, with and without ticks."""
        session = http.member("viewer")
        page = session.get("/contacts?" + urllib.parse.urlencode(
            {"city": self.city, "sort": "name"})).page
        pairs = http.form_of(page, id="bulk")
        (button,) = [b for b in page.one("form", id="bulk").all("button")
                     if b.get("formaction")]
        pairs.append((button.get("name"), button.get("value")))
        answer = session.get(button.get("formaction") + "?" +
                             urllib.parse.urlencode(pairs))
        self.assertEqual(answer.status, 303)
        self.assertEqual(answer.location, f"/contacts?city={self.city}")
        self.assertIn("Tick the contacts",
                      session.get(answer.location).page.text())
        boxes = page.all("input", name="id")
        ticked = [("id", b.get("value")) for b in boxes[1:]]
        answer = session.get(button.get("formaction") + "?" +
                             urllib.parse.urlencode(pairs + ticked))
        self.assertEqual(answer.location,
                         f"{PATH}?id={boxes[1].get('value')}")
        page = session.get(answer.location).page
        self.assertIn("1 contact", page.one("main").text())
        pairs = dict(http.form_of(page, action=PATH + ".csv"))
        answer = session.get(PATH + ".csv?" + urllib.parse.urlencode(
            {**pairs, "columns": "name", "bom": "false"}))
        self.assertEqual(answer.body.decode().split("\r\n")[:2],
                         ["Name", '"b"' if '"' in answer.text else "b"])
        for wrong in ("x", "0", ",".join(map(str, range(1, 1002)))):
            answer = session.get(PATH + "?scope=chosen&id=" + wrong)
            self.assertEqual(answer.status, 422)

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
