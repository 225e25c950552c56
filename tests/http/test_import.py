# test_import.py: the page of an import
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import import_client as imports


class Import(unittest.TestCase):
    def page(self, number):
        return http.admin().get(f"/imports/{number}")

    def numbers(self, page):
        return {n.one(class_="number-label").text():
                n.one(class_="number-value").text()
                for n in page.all(class_="number")}

    def test_all(self):
        segment = http.unique("Segment")
        number = imports.imported(imports.contacts(3), segment=segment)["id"]
        page = self.page(number).page
        self.assertIn("All 3 rows", page.text())
        self.assertEqual(self.numbers(page), {
            "rows read": "3", "new": "3", "updated": "0", "unchanged": "0",
            "skipped": "0", "in error": "0"})
        self.assertIn(segment, page.text())
        links = [a.get("href") for a in page.all("a")]
        self.assertIn(f"/imports/{number}/rows?outcome=created", links)
        self.assertIn(f"/imports/{number}/original.csv", links)
        self.assertNotIn(f"/imports/{number}/errors.csv", links)
        self.assertIn("General Data Protection", page.text())

    def test_some(self):
        number = imports.imported(imports.table(
            ["Name", "Phone"], ["A", imports.phone()], ["B", "+39 1"],
            ["C", ""]))["id"]
        page = self.page(number).page
        self.assertIn("1 of 3 rows", page.text())
        self.assertIn("2 are in error", page.text())
        links = [a.get("href") for a in page.all("a")]
        self.assertIn(f"/imports/{number}/rows?outcome=rejected", links)
        self.assertIn(f"/imports/{number}/rows?code=phone-invalid", links)
        self.assertIn(f"/imports/{number}/errors.csv", links)
        self.assertIn("/imports/new", links)

    def test_none(self):
        number = imports.imported(imports.table(
            ["Name", "Phone"], ["B", "+39 1"]))["id"]
        text = self.page(number).page.text()
        self.assertIn("No row of", text)
        self.assertIn("the only one is in error", text)

    def test_open(self):
        number = imports.uploaded(imports.contacts())
        page = self.page(number).page
        self.assertIn("is not finished", page.text())
        self.assertNotIn("did not get in", page.text())
        self.assertIn(f"/imports/{number}/mapping",
                      [a.get("href") for a in page.all("a")])

    def test_running_refreshes(self):
        number = imports.started(imports.contacts(40000))
        page = self.page(number)
        status = imports.wait(number)
        if "data-said" in page.text:
            self.assertIn('http-equiv="refresh" content="2"', page.text)
            self.assertIn("You can leave this page", page.text)
        self.assertEqual(status["rows"]["read"], 40000)
        self.assertNotIn("http-equiv", self.page(number).text)

    def test_hostile(self):
        number = imports.imported(imports.table(
            ["Phone", http.PAYLOAD], [http.PAYLOAD, http.PAYLOAD]),
            name="f'><script>alert(1)</script>.csv",
            segment=http.PAYLOAD, tags=http.PAYLOAD)["id"]
        for part in ("", "/rows"):
            answer = http.admin().get(f"/imports/{number}{part}")
            self.assertEqual(answer.status, 200)
            self.assertEqual(answer.hostile(), [])

    def test_viewer(self):
        number = imports.uploaded(imports.contacts())
        answer = http.member("viewer").get(f"/imports/{number}")
        self.assertEqual(answer.status, 200)
        self.assertNotIn("/cancel", answer.text)

    def test_unknown(self):
        self.assertEqual(self.page(987654321).status, 404)
        self.assertEqual(self.page("abc").status, 404)
        self.assertEqual(self.page("99999999999999999999").status, 404)


class CameOutOtherwise(unittest.TestCase):
    def test_numbers(self):
        ana, bo = imports.phone(), imports.phone()
        imports.imported(imports.table(["Name", "Phone"], ["Ana", ana]))
        number = imports.at_consent(imports.table(
            ["Name", "Phone"], ["Anna", ana], ["Bo", bo]))
        imports.checked(number)
        # Meanwhile somebody else writes the same and one of the new ones.
        imports.imported(imports.table(
            ["Name", "Phone"], ["Anna", ana], ["Bob", bo]))
        imports.confirmed(number)
        imports.wait(number)
        page = http.admin().get(f"/imports/{number}").page
        rows = [[c.text() for c in r.all("td")]
                for t in page.all("table") for r in t.all("tr")[1:]]
        heads = [r.one("th").text() for t in page.all("table")
                 for r in t.all("tr")[1:]]
        self.assertEqual(dict(zip(heads, rows)), {
            "new": ["1", "0"], "unchanged": ["0", "1"]})

    def test_nothing_differs(self):
        number = imports.at_consent(imports.contacts(2))
        imports.checked(number)
        imports.confirmed(number)
        imports.wait(number)
        self.assertNotIn("came out otherwise", http.admin().get(
            f"/imports/{number}").page.text())


if __name__ == "__main__":
    unittest.main()
