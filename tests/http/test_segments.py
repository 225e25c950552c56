# test_segments.py: segments: add, rename, delete
# SPDX-License-Identifier: MIT
import os
import sys
import time
import unittest
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http


def post(action, which="", session=None, **values):
    """Asks again while an import of another test runs."""
    for _ in range(100):
        answer = (session or http.admin()).post(
            "/segments", {"action": action, "which": which, **values})
        if answer.status != 422 or (
                "An import is running" not in answer.text and
                "still follow" not in answer.text):
            break
        time.sleep(.2)
    return answer


def add(name):
    answer = post("add", name=name)
    assert answer.status == 303, answer.text
    return name


def row(name):
    page = http.admin().get("/segments?q=" + urllib.parse.quote(name)).page
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
    for _ in range(300):
        state = http.Api().get(f"/api/v1/imports/{number}").json["status"]
        if state == "done":
            return emails
        time.sleep(.1)
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

    def test_viewer(self):
        name = add(http.unique("Seen"))
        viewer = http.member("viewer")
        page = viewer.get("/segments?delete=" + name)
        self.assertEqual(page.status, 200)
        self.assertNotIn("Delete the segment", page.text)
        self.assertIsNone(
            page.page.one("form", action="/segments", method="post"))
        for action in ("add", "rename", "delete"):
            answer = post(
                action, name, session=viewer, new_name="x", name="y")
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
