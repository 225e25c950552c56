# test_contact_filter.py: the builder of filters, as a form without a script
# SPDX-License-Identifier: MIT
import os
import sys
import unittest
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import contact_fixtures as book
import http_client as http


def query_of(answer):
    """The pairs of the address that an answer goes on to."""
    path = answer.headers["location"]
    return urllib.parse.parse_qsl(urllib.parse.urlsplit(path).query)


class Builder(unittest.TestCase):
    def get(self, pairs, session=None):
        return (session or http.admin()).get(
            "/contacts?" + urllib.parse.urlencode(pairs))

    def press(self, page, action, **changes):
        """Sends the form as it stands, with changes, by one of its buttons."""
        form = page.one("form", **{"aria-label": "Filter"})
        values = {b.get("value") for b in form.all("button")}
        self.assertIn(action, values)
        pairs = http.replaced(http.form_of(
            page, **{"aria-label": "Filter"}), changes)
        return self.get([p for p in pairs if p[0] != "do"] + [("do", action)])

    def test_a_filter_is_built(self):
        city = http.unique("city")
        for name, tags in (("a", ["x1"]), ("b", ["x2"]), ("c", [])):
            book.make(name=name, city=city, tags=tags)
        page = self.get([("filter", "1"), ("sort", "name")]).page
        answer = self.press(page, "add-0", new0="city")
        self.assertEqual(answer.status, 200)
        self.assertIsNone(answer.page.one("table"))
        row = answer.page.one("fieldset", class_="filter-row")
        self.assertEqual(row.one("option", selected="").get("value"), "city")
        answer = self.press(answer.page, "group", **{"c0.v": city})
        page = answer.page
        answer = self.press(page, "add-1", **{
            "c1.f": "tag", "c1.op": "any", "c1.v": "x1", "new1": "name"})
        page = answer.page
        values = [i.get("value") for i in page.all("input")
                  if i.get("name") == "c1.v"]
        self.assertEqual(values, ["x1", ""])
        answer = self.press(page, "show", **{"c2.op": "is", "c2.v": "c"})
        self.assertEqual(answer.status, 303)
        self.assertEqual(query_of(answer), [
            ("sort", "name"), ("city", city), ("any1", "tag~any~x1"),
            ("any1", "name~is~c")])
        page = http.admin().get(answer.headers["location"]).page
        heads = [r.one("th").text() for r in page.one("tbody").all("tr")]
        self.assertEqual(heads, ["a", "c"])
        chips = [c.one("span").text() for c in page.all("li", class_="chip")]
        self.assertEqual(chips[0], f"City: {city}")
        self.assertIn("Tag is any of x1", chips[1])
        self.assertIn("Any of group 1", chips[1])
        # The builder opens with the same rows.
        link = [a for a in page.all("a") if a.text() == "Filter"][0]
        page = http.admin().get(link.get("href")).page
        self.assertEqual(len(page.all("fieldset", class_="filter-row")), 3)
        answer = self.press(page, "drop-1")
        self.assertEqual(
            len(answer.page.all("fieldset", class_="filter-row")), 2)
        answer = self.press(answer.page, "show", m="any")
        self.assertIn(("match", "any"), query_of(answer))
        self.assertIn(("where", f"city~is~{city}"), query_of(answer))

    def test_every_field_and_operator(self):
        """Each row that the builder can make comes to a filter that works."""
        values = {"number": "3", "date": "2020-02-29", "time": "09:30"}
        for kind in ("NUMBER", "DATE", "DATETIME", "TIME", "ARRAY", "BOOLEAN",
                     "OBJECT", "LOCATION", "TEXT"):
            book.attribute(kind)
        page = self.get([("filter", "1")]).page
        menu = page.one("select", id="new0")
        seen = 0
        for field in [o.get("value") for o in menu.all("option")]:
            if field.startswith("attr.") and seen > 60:
                continue
            row = self.press(page, "add-0", new0=field).page.one(
                "fieldset", class_="filter-row")
            box = [i for i in row.all("input") + row.all("select")
                   if i.get("name") == "c0.v"]
            value = ""
            if box and box[0].name == "select":
                value = box[0].one("option").get("value")
            elif box:
                value = values.get(box[0].get("type"), "12345")
            for op in row.one("select", class_="row-op").all("option"):
                answer = self.get([
                    ("c0.f", field), ("c0.op", op.get("value")),
                    ("c0.v", value), ("c0.w", value), ("c0.n", "7"),
                    ("c0.g", "0"), ("do", "show")])
                self.assertEqual(answer.status, 303, (
                    field, op.get("value"), value, answer.status))
                self.assertEqual(len(query_of(answer)), 1)
                shown = http.admin().get(answer.headers["location"])
                self.assertEqual(shown.status, 200, query_of(answer))
                self.assertEqual(
                    len(shown.page.all("li", class_="chip")), 1)
                seen += 1
        self.assertGreater(seen, 100)

    def test_not_complete(self):
        number = book.attribute("NUMBER")
        for row, word in ((("city", "is", ""), "Write a value"),
                          (("city", "more", "x"), "Choose how"),
                          (("colour", "is", "x"), "Choose a field"),
                          (("attr." + number, "more", "many"), "a number"),
                          (("attr." + number, "between", "1"), "both values"),
                          (("created_at", "last", ""), "number of days"),
                          (("created_at", "is", "soon"), "a day such as"),
                          (("tag", "any", ""), "Write a value")):
            answer = self.get([
                ("c3.f", row[0]), ("c3.op", row[1]), ("c3.v", row[2]),
                ("c3.g", "0"), ("do", "show")])
            self.assertEqual(answer.status, 422, row)
            self.assertIn(word, answer.page.one(id="c3-problem").text())
            self.assertTrue(answer.page.one(role="alert"))
            self.assertIsNone(answer.page.one("table"))
            kept = [i.get("value") for i in answer.page.all("input")
                    if i.get("name") == "c3.v"]
            if row[2] and row[0] != "colour":
                self.assertIn(row[2], kept)

    def test_empty(self):
        answer = self.get([("do", "show"), ("q", "Ann"), ("dir", "asc")])
        self.assertEqual(answer.status, 303)
        self.assertEqual(query_of(answer), [("q", "Ann"), ("dir", "asc")])
        answer = self.get([("do", "show")])
        self.assertEqual(answer.headers["location"], "/contacts")

    def test_many_rows(self):
        pairs = []
        for i in range(120):
            pairs += [(f"c{i}.f", "city"), (f"c{i}.op", "is"),
                      (f"c{i}.v", "x"), (f"c{i}.g", str(i % 3))]
        answer = self.get(pairs + [("do", "show")])
        self.assertEqual(answer.status, 303)
        answer = http.admin().get(answer.headers["location"])
        self.assertEqual(answer.status, 422)
        self.assertIn("at most 100 conditions", answer.text)

    def test_hostile(self):
        for value in (http.PAYLOAD, "~", "\\~", "a~b"):
            for field in ("city", "tag", value):
                for do in ("show", "redraw", "add-0", "add-99999", "drop-x",
                           value):
                    answer = self.get([
                        ("c0.f", field), ("c0.op", "is"), ("c0.v", value),
                        ("c0.w", value), ("c0.n", value), ("c0.g", value),
                        ("m", value), ("new0", value), ("do", do)])
                    self.assertIn(answer.status, (200, 303, 422))
                    self.assertEqual(answer.hostile(), [])
            answer = self.get([("where", f"city~is~{value}"),
                               ("filter", "1"), ("editing", value)])
            self.assertEqual(answer.hostile(), [])
        for name in ("c.f", "c99999999999.f", "cx.f", "c1.", "c1"):
            self.assertIn(self.get([(name, "x"), ("do", "show")]).status,
                          (303, 422))


if __name__ == "__main__":
    unittest.main()
