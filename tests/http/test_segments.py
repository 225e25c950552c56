# test_segments.py: segments: add, rename, delete
# SPDX-License-Identifier: MIT
import os
import sys
import unittest
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import contact_fixtures as book
import http_client as http
import patience


def post(action, which="", session=None, **values):
    return post_to("/segments", action, which, session, **values)


def post_to(path, action, which="", session=None, **values):
    """Asks again while an import of another test runs."""
    for _ in patience.moments():
        answer = (session or http.admin()).post(
            path, {"action": action, "which": which, **values})
        if answer.status != 422 or (
                "An import is running" not in answer.text and
                "still follow" not in answer.text):
            break
    return answer


def add(name):
    answer = post("add", name=name)
    assert answer.status == 303, answer.text
    return name


def names_of(page):
    """The names of a list of contacts, sorted."""
    return sorted(r.one("th").text() for r in page.one("tbody").all("tr"))


def row(name):
    """Counted, however long that takes."""
    page = http.admin().get("/segments?" + urllib.parse.urlencode(
        {"q": name, "count": name})).page
    for tr in page.all("tr"):
        head = tr.one("th", scope="row")
        if head and head.text() == name:
            return tr
    return None


def import_into(segment, n):
    """Imports n contacts into a segment; gives their e-mail addresses."""
    emails = [http.unique("s") + "@example.com" for _ in range(n)]
    file = "email\n" + "\n".join(emails) + "\n"
    answer = http.Api().upload("/api/v1/imports", {
        "format": "generic", "consent": "true", "segment": segment},
        [("file", "s.csv", file.encode())])
    assert answer.status == 202, answer.text
    number = answer.json["id"]
    for _ in patience.moments():
        state = http.Api().get(f"/api/v1/imports/{number}").json["status"]
        if state == "done":
            return emails
    raise AssertionError(f"the import is {state}")


class Segments(unittest.TestCase):
    def test_add(self):
        name = add(http.unique("Autumn"))
        self.assertEqual(row(name).one("td", class_="count").text(), "0")

    def test_add_refused(self):
        taken = add(http.unique("Taken"))
        for name in ("", " ", "x" * 129, "a\tb", taken, taken.upper()):
            answer = post("add", name=name)
            self.assertEqual(answer.status, 422, name)
            self.assertIsNotNone(answer.error("name"), name)

    def test_rename(self):
        name = http.unique("Old & new")
        emails = import_into(name, 2)
        link = row(name).one("td", class_="count").one("a")
        self.assertEqual(link.text(), "2")
        page = http.admin().get(link.get("href")).text
        for email in emails:
            self.assertIn(email, page)
        new = http.unique("Renamed")
        self.assertEqual(post("rename", name, new_name=new).status, 303)
        self.assertIsNone(row(name))
        self.assertEqual(row(new).one("td", class_="count").text(), "2")

    def test_rename_refused(self):
        one, two = add(http.unique("One")), add(http.unique("Two"))
        for name in ("", "x" * 129, two, two.upper()):
            answer = post("rename", one, new_name=name)
            self.assertEqual(answer.status, 422, name)
            self.assertIsNotNone(answer.error("new_name"), name)
        self.assertIsNotNone(row(one))
        self.assertEqual(
            post("rename", http.unique("no"), new_name="x").status, 404)

    def test_delete(self):
        name = http.unique("Gone")
        emails = import_into(name, 3)
        page = http.admin().get("/segments?delete=" + name)
        self.assertIn("3 contacts", page.text)
        self.assertIsNotNone(row(name))
        self.assertEqual(post("delete", name).status, 303)
        self.assertIsNone(row(name))
        for email in emails:
            found = http.Api().get("/api/v1/contacts?email=" + email).json
            self.assertEqual(found["total"], 1)
        # The name is free again; nobody is in it.
        add(name)
        self.assertEqual(row(name).one("td", class_="count").text(), "0")

    def test_dynamic(self):
        city, tag = http.unique("city"), http.unique("tag")
        first = book.make(city=city, name="one", tags=[tag])
        book.make(city=city, name="two")
        page = http.admin().get(
            "/contacts?" + urllib.parse.urlencode({"city": city})).page
        form = page.one("form", action="/segments")
        name = http.unique("All & sundry")
        pairs = http.replaced(http.form_of(page, action="/segments"),
                              {"name": name})
        self.assertTrue(form)
        answer = http.admin().post("/segments", dict(pairs))
        self.assertEqual(answer.status, 303, answer.text)
        shown = http.admin().get(answer.headers["location"])
        self.assertIn("is saved", shown.text)
        self.assertEqual(names_of(shown.page), ["one", "two"])
        tr = row(name)
        self.assertIn("Dynamic", tr.text())
        self.assertEqual(tr.one("td", class_="count").text(), "2")
        page = http.admin().get("/segments?" + urllib.parse.urlencode(
            {"q": name, "count": name})).page
        self.assertEqual(page.one("td", class_="count").text(), "2")
        # It is always current, and so are its exports.
        book.make(city=city, name="three")
        self.assertEqual(row(name).one("td", class_="count").text(), "3")
        link = row(name).one("td", class_="count").one("a").get("href")
        file = http.admin().get(
            link.replace("/contacts?", "/contacts/export.csv?"))
        self.assertEqual(len(file.text.strip().split("\r\n")), 4)
        # Its filter can be changed, by the list and its builder.
        edit = [a for a in row(name).all("a") if a.text() == "Filter"][0]
        page = http.admin().get(edit.get("href")).page
        self.assertTrue(page.one("form", **{"aria-label": "Filter"}))
        page = http.admin().get(edit.get("href") + "&" + urllib.parse.urlencode(
            {"where": f"tag~any~{tag}"})).page
        self.assertEqual(names_of(page), ["one"])
        answer = http.admin().post("/segments", dict(http.form_of(
            page, action="/segments")))
        self.assertEqual(answer.status, 303)
        self.assertEqual(row(name).one("td", class_="count").text(), "1")
        # A tag, or the segment itself, under another name.
        new_tag, new = http.unique("tag two"), http.unique("New name")
        post_to("/tags", "rename", tag, new_name=new_tag)
        self.assertEqual(row(name).one("td", class_="count").text(), "1")
        self.assertEqual(post("rename", name, new_name=new).status, 303)
        self.assertEqual(book.found(urllib.parse.urlencode(
            {"segment": new})), [first["name"]])
        page = http.admin().get("/segments?delete=" + urllib.parse.quote(new))
        self.assertIn("Only its filter goes", page.text)
        self.assertEqual(post("delete", new).status, 303)
        self.assertIsNone(row(new))
        self.assertEqual(len(book.found("city=" + city)), 3)

    def test_attribute_renamed(self):
        old, new = book.attribute("NUMBER"), http.unique("renamed")
        book.make(name="has it", attributes={old: 7})
        name = http.unique("By attribute")
        answer = post("save", name=name, filter=urllib.parse.urlencode(
            [("where", f"attr.{old}~more~6"), ("any1", f"attr.{old}~filled"),
             ("any1", "city~is~x")]))
        self.assertEqual(answer.status, 303)
        self.assertEqual(row(name).one("td", class_="count").text(), "1")
        answer = post_to("/attributes", "change", old, new_name=new,
                         new_label="", new_type="NUMBER")
        self.assertEqual(answer.status, 303)
        self.assertEqual(row(name).one("td", class_="count").text(), "1")
        post_to("/attributes", "delete", new)
        self.assertIn("does not work", row(name).text())
        answer = http.admin().get(
            "/contacts?segment=" + urllib.parse.quote(name))
        self.assertEqual(answer.status, 422)
        self.assertIn("does not work any more", answer.text)
        self.assertIsNone(answer.page.one("table"))
        self.assertEqual(http.admin().get("/segments").status, 200)

    def test_dynamic_refused(self):
        taken = add(http.unique("Taken"))
        good = "where=city~is~x"
        for name, text, word in (
                ("", good, "Write a name"), ("x" * 129, good, "at most 128"),
                (taken, good, "one with this name"), ("n", "", "condition"),
                ("n", "sort=name", "condition"),
                ("n", "where=colour~is~red", "no field"),
                ("n", "where=city~more~3", "no operator"),
                ("n", "city=%", "well-formed"),
                ("n", "&".join([good] * 101), "at most 100")):
            answer = post("save", name=name, filter=text)
            self.assertEqual(answer.status, 422, (name, text))
            self.assertIn(word, answer.page.one(id="error-summary").text())
            kept = answer.page.one("input", name="filter")
            self.assertEqual(kept.get("value"), text)
        self.assertIsNone(row("n"))
        answer = post("filter", taken, filter=good)
        self.assertEqual(answer.status, 422)
        self.assertIn("static segment", answer.text)
        self.assertEqual(
            post("filter", http.unique("no"), filter=good).status, 404)

    def test_segments_of_segments(self):
        city = http.unique("city")
        book.make(name="in", city=city, state="closed")
        book.make(name="out", city=city)
        one, two, three = (http.unique(n) for n in ("One", "Two", "Three"))

        def save(name, **params):
            return post("save", name=name,
                        filter=urllib.parse.urlencode(params))

        self.assertEqual(save(one, state="closed").status, 303)
        self.assertEqual(save(two, segment=one, city=city).status, 303)
        self.assertEqual(save(
            three, where=f"segment~not-in~{two}", city=city).status, 303)
        for query, names in (({"segment": two}, ["in"]),
                             ({"segment": three}, ["out"]),
                             ({"where": f"segment~in~{two}~{three}",
                               "sort": "name"}, ["in", "out"]),
                             ({"where": f"segment~not-in~{two}",
                               "city": city}, ["out"])):
            self.assertEqual(
                book.found(urllib.parse.urlencode(query)), names)
        # Nothing is made of itself, not even by way of others.
        for name, params in ((one, {"segment": one}),
                             (one, {"where": f"segment~not-in~{one.upper()}"}),
                             (one, {"segment": three})):
            answer = post("filter", name,
                          filter=urllib.parse.urlencode(params))
            self.assertEqual(answer.status, 422, params)
            self.assertIn("made of itself", answer.text)
        # Nor by a name that nothing has yet.
        new, outer = http.unique("New"), http.unique("Outer")
        self.assertEqual(save(new, segment=new).status, 422)
        self.assertEqual(save(outer, segment=new).status, 303)
        self.assertIn("made of itself", save(new, segment=outer).text)
        self.assertIsNone(row(new))
        self.assertEqual(
            book.found(urllib.parse.urlencode({"segment": two})), ["in"])
        # One that others are made of stays until they are not.
        page = http.admin().get("/segments?delete=" + one)
        self.assertIn(two, page.page.one("fieldset").text())
        answer = post("delete", one)
        self.assertEqual(answer.status, 422)
        self.assertIn(two, answer.page.one(id="error-summary").text())
        self.assertIsNotNone(row(one))
        self.assertEqual(post("delete", three).status, 303)
        self.assertEqual(post("delete", two).status, 303)
        self.assertEqual(post("delete", one).status, 303)

    def test_nothing_is_put_into_a_dynamic_one(self):
        name = http.unique("Dynamic")
        self.assertEqual(
            post("save", name=name, filter="city=x").status, 303)
        answer = http.Api().upload("/api/v1/imports", {
            "format": "generic", "consent": "true", "segment": name.upper()},
            [("file", "s.csv", b"email\nx@example.com\n")])
        self.assertEqual(answer.status, 422, answer.text)
        self.assertIn("dynamic segment",
                      answer.json["error"]["fields"]["segment"])
        page = http.admin().get("/imports/new").page
        self.assertNotIn(name, [o.get("value") for o in page.all("option")])

    def test_viewer(self):
        name = add(http.unique("Seen"))
        viewer = http.member("viewer")
        page = viewer.get("/segments?delete=" + name)
        self.assertEqual(page.status, 200)
        self.assertNotIn("Delete the segment", page.text)
        self.assertIsNone(
            page.page.one("form", action="/segments", method="post"))
        page = viewer.get("/contacts?city=x").page
        self.assertIsNone(page.one("form", action="/segments"))
        for action in ("add", "rename", "delete", "save", "filter"):
            answer = post(action, name, session=viewer, new_name="x",
                          name="y", filter="city=x")
            self.assertEqual(answer.status, 403, action)
        self.assertIsNotNone(row(name))

    def test_hostile(self):
        name = add(http.PAYLOAD + http.unique("h"))
        query = urllib.parse.quote(name)
        for path in ("?q=" + query, "?rename=" + query, "?delete=" + query):
            answer = http.admin().get("/segments" + path)
            self.assertEqual(answer.status, 200, path)
            self.assertEqual(answer.hostile(), [], path)
        self.assertEqual(post("delete", name).status, 303)
        self.assertEqual(http.admin().get("/segments").hostile(), [])


if __name__ == "__main__":
    unittest.main()
