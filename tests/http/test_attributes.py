# test_attributes.py: attributes: add, change, delete
# SPDX-License-Identifier: MIT
import os
import sys
import unittest
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import patience


def post(action, which="", session=None, **values):
    """Asks again while an import of another test runs."""
    for _ in patience.moments():
        answer = (session or http.admin()).post(
            "/attributes", {"action": action, "which": which, **values})
        if answer.status != 422 or (
                "An import is running" not in answer.text and
                "still follow" not in answer.text):
            break
    return answer


def add(name, kind="TEXT", label=""):
    answer = post("add", name=name, type=kind, label=label)
    assert answer.status == 303, answer.text
    return name


def change(name, new_name=None, kind="TEXT", label=""):
    return post("change", name, new_name=new_name or name, new_type=kind,
                new_label=label)


def row(name):
    for tr in http.admin().get("/attributes").page.all("tr"):
        head = tr.one("th", scope="row")
        if head and head.text() == name:
            return tr
    return None


def add_contact(**attributes):
    answer = http.Api().send("POST", "/api/v1/contacts", {
        "email": http.unique("c") + "@example.com", "attributes": attributes})
    assert answer.status == 201, answer.text
    return answer.json["id"]


def contact(number):
    return http.Api().get(f"/api/v1/contacts/{number}").json


class Attributes(unittest.TestCase):
    def test_leads_to_its_contacts(self):
        name = add(http.unique("a~b \\ &c"))
        other = http.unique("With")
        book_id = add_contact(**{name: other})
        add_contact()
        link = row(name).one("td", data_label="Contacts").one("a")
        page = http.admin().get(link.get("href")).page
        self.assertEqual(len(page.one("tbody").all("tr")), 1)
        self.assertIsNotNone(page.one("a", href=f"/contacts/{book_id}"))

    def test_add(self):
        for kind, label in (
                ("TEXT", "Text"), ("NUMBER", "Number"), ("DATE", "Date"),
                ("TIME", "Time"), ("DATETIME", "Date and time"),
                ("BOOLEAN", "Yes or no"), ("ARRAY", "List"),
                ("OBJECT", "Object"), ("LOCATION", "Location")):
            name = add(http.unique(kind), kind, f"My {kind}")
            self.assertIn(label, row(name).text())
            self.assertIn(f"My {kind}", row(name).text())

    def test_add_refused(self):
        taken = add(http.unique("Taken"))
        for field, value in (("name", ""), ("name", "a||NUMBER"),
                             ("name", "x" * 129), ("name", "a\nb"),
                             ("name", taken), ("name", taken.upper()),
                             ("label", "x" * 129), ("label", "a\nb"),
                             ("type", "COLOUR"), ("type", "")):
            good = {"name": http.unique("ok"), "label": "", "type": "TEXT"}
            answer = post("add", **{**good, field: value})
            self.assertEqual(answer.status, 422, (field, value))
            self.assertIsNotNone(answer.error(field), (field, value))
            if field != "name":
                self.assertEqual(answer.page.one("input", id="name")
                                 .get("value"), good["name"])

    def test_rename(self):
        old = add(http.unique("Old"), "NUMBER")
        plan = add(http.unique("Plan"))
        number = add_contact(**{old: 42, plan: "Gold"})
        without = add_contact(**{plan: "Silver"})
        new = http.unique("New")
        self.assertEqual(change(old, new, "NUMBER", "Shown").status, 303)
        self.assertIsNone(row(old))
        self.assertIn("Shown", row(new).text())
        self.assertEqual(contact(number)["attributes"],
                         {new: 42, plan: "Gold"})
        self.assertEqual(contact(number)["version"], 2)
        self.assertEqual(contact(without)["version"], 1)
        found = http.Api().get("/api/v1/contacts?" + urllib.parse.urlencode(
            {"attr." + new: "42"})).json
        self.assertEqual(found["total"], 1)
        text = str(http.Api().get(
            f"/api/v1/contacts/{number}/revisions").json["revisions"][0])
        self.assertIn(old, text)
        self.assertIn(new, text)

    def test_rename_letter_case(self):
        name = add(http.unique("score"))
        number = add_contact(**{name: "7"})
        self.assertEqual(change(name, name.upper()).status, 303)
        self.assertEqual(contact(number)["attributes"], {name.upper(): "7"})

    def test_rename_odd_names(self):
        """Names that mean something in JSON, in a path or in SQL."""
        for odd in ('a"b', "a\\b", "$.x[0]", "a.b", "a'b", "%", "日本 語",
                    "*", "\\\"", "{{x}}"):
            name = add(odd + http.unique(" "))
            number = add_contact(**{name: "value"})
            page = http.admin().get(
                "/attributes?delete=" + urllib.parse.quote(name))
            self.assertIn("1 contact has a value", page.page.text(), odd)
            new = odd + http.unique("-")
            self.assertEqual(change(name, new).status, 303, odd)
            self.assertEqual(contact(number)["attributes"], {new: "value"})
            self.assertEqual(post("delete", new).status, 303)
            self.assertEqual(contact(number)["attributes"], {})

    def test_rename_refused(self):
        one, two = add(http.unique("One")), add(http.unique("Two"))
        number = add_contact(**{one: "x"})
        for name in ("", "a||b", "x" * 129, two, two.upper()):
            answer = post("change", one, new_name=name, new_type="TEXT",
                          new_label="")
            self.assertEqual(answer.status, 422, name)
            self.assertIsNotNone(answer.error("new_name"), name)
        answer = change(one, one, label="x" * 129)
        self.assertEqual(answer.status, 422)
        self.assertIsNotNone(answer.error("new_label"))
        self.assertEqual(contact(number)["attributes"], {one: "x"})
        self.assertEqual(change(http.unique("no"), "x").status, 404)

    def test_type(self):
        name = add(http.unique("Free"))
        self.assertEqual(change(name, kind="NUMBER").status, 303)
        self.assertIn("Number", row(name).text())
        number = add_contact(**{name: 5})
        page = http.admin().get("/attributes?change=" + name).page
        self.assertIsNone(page.one("select", id="new_type"))
        self.assertIn("It stays, as 1 contact has a value", page.text())
        answer = change(name, kind="DATE")
        self.assertEqual(answer.status, 422)
        self.assertIsNotNone(answer.error("new_type"))
        self.assertIn("Number", row(name).text())
        # All else can change.
        self.assertEqual(
            change(name, kind="NUMBER", label="Label").status, 303)
        self.assertEqual(contact(number)["attributes"], {name: 5})
        self.assertEqual(contact(number)["version"], 1)

    def test_delete(self):
        gone, kept = add(http.unique("Gone")), add(http.unique("Kept"))
        numbers = [add_contact(**{gone: "a", kept: "b"}) for _ in range(3)]
        page = http.admin().get("/attributes?delete=" + gone)
        self.assertIn("3 contacts have a value", page.page.text())
        self.assertIsNotNone(row(gone))
        self.assertEqual(post("delete", gone).status, 303)
        self.assertIsNone(row(gone))
        for number in numbers:
            self.assertEqual(contact(number)["attributes"], {kept: "b"})
        self.assertEqual(post("delete", gone).status, 404)

    def test_viewer(self):
        name = add(http.unique("Seen"))
        viewer = http.member("viewer")
        page = viewer.get("/attributes?delete=" + name)
        self.assertEqual(page.status, 200)
        self.assertIn(name, page.text)
        self.assertNotIn("Delete the attribute", page.text)
        self.assertIsNone(
            page.page.one("form", action="/attributes", method="post"))
        for action in ("add", "change", "delete"):
            answer = post(action, name, session=viewer, new_name="x",
                          new_type="TEXT", name="y", type="TEXT")
            self.assertEqual(answer.status, 403, action)
        self.assertIsNotNone(row(name))

    def test_hostile(self):
        name = add(http.PAYLOAD + http.unique("h"), label=http.PAYLOAD)
        query = urllib.parse.quote(name)
        for path in ("", "?change=" + query, "?delete=" + query):
            answer = http.admin().get("/attributes" + path)
            self.assertEqual(answer.status, 200, path)
            self.assertEqual(answer.hostile(), [], path)
        for link in row(name).one("td", class_="row-actions").all("a"):
            self.assertEqual(http.admin().get(link.get("href")).status, 200)
        self.assertEqual(post("delete", name).status, 303)
        self.assertEqual(http.admin().get("/attributes").hostile(), [])


if __name__ == "__main__":
    unittest.main()
