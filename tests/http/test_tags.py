# test_tags.py: tags and first messages: add, rename, merge, delete
# SPDX-License-Identifier: MIT
import os
import sys
import unittest
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import audit_client as audit
import http_client as http
import patience


def quiet(ask):
    """Asks again while an import of another test runs."""
    for _ in patience.moments():
        answer = ask()
        if answer.status != 422 or (
                "An import is running" not in answer.text and
                "still follow" not in answer.text):
            return answer
    return answer


def post(action, which="", kind="tag", session=None, **values):
    return quiet(lambda: (session or http.admin()).post(
        "/tags", {"action": action, "which": which, "kind": kind, **values}))


def add_tag(name, kind="tag"):
    field = "message" if kind == "message" else "name"
    answer = post("add", kind=kind, **{field: name})
    assert answer.status == 303, answer.text
    return name


def add_contact(**values):
    answer = http.Api().send("POST", "/api/v1/contacts", {
        "email": http.unique("c") + "@example.com", **values})
    assert answer.status == 201, answer.text
    return answer.json["id"]


def contact(number):
    return http.Api().get(f"/api/v1/contacts/{number}").json


def rows(name, page=None):
    """The rows of a name: of tags, then of first messages."""
    page = page or http.admin().get(
        "/tags?q=" + urllib.parse.quote(name)).page
    return [tr for tr in page.all("tr")
            if tr.one("th", scope="row") and
            tr.one("th", scope="row").text() == name]


class Tags(unittest.TestCase):
    def test_add(self):
        name = add_tag(http.unique("Welcome"))
        self.assertEqual(len(rows(name)), 1)
        self.assertIn("0", rows(name)[0].one("td", class_="count").text())

    def test_add_refused(self):
        taken = add_tag(http.unique("Taken"))
        for name in ("", "  ", "a|b", "x" * 129, "two\nlines", taken,
                     taken.upper()):
            answer = post("add", name=name)
            self.assertEqual(answer.status, 422, name)
            self.assertIsNotNone(answer.error("name"), name)
            kept = answer.page.one("input", id="name").get("value")
            self.assertEqual(kept.strip(), name.replace("\n", " ").strip()
                             if "\n" not in name else kept.strip())

    def test_count_links_to_contacts(self):
        name = add_tag(http.unique("Déjà vu & co"))
        number = add_contact(name=http.unique("Ada"), tags=[name])
        link = rows(name)[0].one("td", class_="count").one("a")
        self.assertEqual(link.text(), "1")
        page = http.admin().get(link.get("href")).text
        self.assertIn(f"/contacts/{number}", page)

    def test_rename(self):
        old = add_tag(http.unique("Old"))
        number = add_contact(tags=[old])
        page = http.admin().get("/tags?rename=" + old).page
        self.assertEqual(page.one("input", id="new_name").get("value"), old)
        new = http.unique("New")
        self.assertEqual(post("rename", old, new_name=new).status, 303)
        self.assertEqual(rows(old), [])
        self.assertEqual(len(rows(new)), 1)
        self.assertEqual(contact(number)["tags"], [new])
        # Only the letter case changes.
        self.assertEqual(
            post("rename", new, new_name=new.upper()).status, 303)
        self.assertEqual(contact(number)["tags"], [new.upper()])

    def test_rename_refused(self):
        one, other = add_tag(http.unique("One")), add_tag(http.unique("Two"))
        for name in ("", "a|b", "x" * 129, other, other.lower()):
            answer = post("rename", one, new_name=name)
            self.assertEqual(answer.status, 422, name)
            self.assertIsNotNone(answer.error("new_name"), name)
        self.assertEqual(len(rows(one)), 1)
        self.assertEqual(post("rename", http.unique("no"),
                              new_name="x").status, 404)

    def test_merge(self):
        one, other = add_tag(http.unique("One")), add_tag(http.unique("Two"))
        third = add_tag(http.unique("Three"))
        first = add_contact(tags=[one, third])
        both = add_contact(tags=[one, other])
        second = add_contact(tags=[other])
        before = contact(first)["version"]
        page = http.admin().get("/tags?merge=" + one)
        self.assertIn("2 contacts", page.text)
        self.assertIn(other, [o.get("value") for o in
                              page.page.one("select", id="into").all("option")])
        self.assertEqual(post("merge", one, into=other).status, 303)
        self.assertEqual(rows(one), [])
        self.assertEqual(rows(other)[0].one("td", class_="count").text(), "3")
        self.assertEqual(contact(first)["tags"], sorted([third, other]))
        self.assertEqual(contact(both)["tags"], [other])
        self.assertEqual(contact(second)["tags"], [other])
        self.assertEqual(contact(second)["version"], 1)
        self.assertEqual(contact(first)["version"], before + 1)
        revision = http.Api().get(
            f"/api/v1/contacts/{first}/revisions").json["revisions"][0]
        self.assertIn(one, str(revision))

    def test_merge_refused(self):
        one = add_tag(http.unique("One"))
        # A name that compares equal to none; it may be there already.
        http.Api().ask("POST", "/api/v1/tags", '{"name": "\\u2060"}',
                       {"Content-Type": "application/json"})
        for into in ("", http.unique("none"), one, one.upper()):
            answer = post("merge", one, into=into)
            self.assertEqual(answer.status, 422, into)
            self.assertIsNotNone(answer.error("into"), into)
        self.assertEqual(len(rows(one)), 1)

    def test_delete(self):
        name, other = add_tag(http.unique("Gone")), add_tag(http.unique("Kept"))
        numbers = [add_contact(tags=[name, other]) for _ in range(3)]
        page = http.admin().get("/tags?delete=" + name)
        self.assertIn("3 contacts", page.text)
        self.assertEqual(len(rows(name)), 1)
        self.assertEqual(post("delete", name).status, 303)
        self.assertEqual(rows(name), [])
        for number in numbers:
            self.assertEqual(contact(number)["tags"], [other])
        self.assertEqual(post("delete", name).status, 404)
        self.assertEqual(
            http.admin().get("/tags?delete=" + name).status, 404)
        # The name is free again, and comes with no contacts.
        add_tag(name)
        self.assertEqual(rows(name)[0].one("td", class_="count").text(), "0")

    def test_search(self):
        mark = http.unique("mark")
        for i in range(3):
            add_tag(f"{i} {mark} 100%_\\")
        for q, n in ((mark, 3), (mark.upper(), 3), (f"1 {mark}", 1),
                     (mark + " 100%_\\", 3), (mark + "%", 0), ("%", None)):
            page = http.admin().get("/tags?q=" + urllib.parse.quote(q)).page
            found = [t for t in page.all("th", scope="row")
                     if mark in t.text() and q != "%"]
            if n is not None:
                self.assertEqual(len(found), n, q)
        self.assertIn("No tag has this", http.admin().get(
            "/tags?q=" + http.unique("nothing")).text)

    def test_viewer(self):
        name = add_tag(http.unique("Seen"))
        viewer = http.member("viewer")
        page = viewer.get("/tags?q=" + name)
        self.assertEqual(page.status, 200)
        self.assertEqual(len(rows(name, page.page)), 1)
        self.assertIsNone(page.page.one("form", action="/tags", method="post"))
        self.assertNotIn("rename=", page.text)
        self.assertNotIn("Delete the tag",
                         viewer.get("/tags?delete=" + name).text)
        for action in ("add", "rename", "merge", "delete"):
            answer = post(action, name, session=viewer, new_name="x",
                          name="y", into="z")
            self.assertEqual(answer.status, 403, action)
        self.assertEqual(len(rows(name)), 1)
        self.assertEqual(post("rename", name, session=http.member("editor"),
                              new_name=http.unique("Mine")).status, 303)

    def test_without_token(self):
        answer = http.admin().post(
            "/tags", {"action": "add", "name": http.unique("x")}, csrf=False)
        self.assertEqual(answer.status, 403)

    def test_hostile(self):
        name = add_tag(http.PAYLOAD + http.unique("h"))
        query = urllib.parse.quote(name)
        for path in ("", "?q=" + query, "?rename=" + query, "?merge=" + query,
                     "?delete=" + query, "?after=" + query):
            answer = http.admin().get("/tags" + path)
            self.assertEqual(answer.status, 200, path)
            self.assertEqual(answer.hostile(), [], path)
        links = rows(name)[0].one("td", class_="row-actions").all("a")
        for link in links:
            self.assertEqual(
                http.admin().get(link.get("href")).status, 200)
        other = add_tag(http.PAYLOAD + http.unique("o"))
        answer = post("rename", name, new_name=other)
        self.assertEqual(answer.status, 422)
        self.assertEqual(answer.hostile(), [])
        self.assertEqual(post("merge", name, into=other).status, 303)
        self.assertEqual(http.admin().get("/tags").hostile(), [])
        self.assertEqual(post("delete", other).status, 303)
        self.assertEqual(http.admin().get("/tags").hostile(), [])

    def test_unknown_action(self):
        self.assertEqual(post("explode", "x").status, 404)


class FirstMessages(unittest.TestCase):
    def test_add(self):
        name = add_tag(http.unique("Hello"), "message")
        self.assertEqual(len(rows(name)), 1)
        answer = post("add", kind="message", message=name)
        self.assertEqual(answer.status, 422)
        self.assertIsNotNone(answer.error("message"))
        self.assertEqual(len(rows(name)), 1)

    def test_of_contacts(self):
        """One that only a contact has is there too."""
        name = http.unique("Offer?")
        number = add_contact(first_message=name)
        link = rows(name)[0].one("td", class_="count").one("a")
        self.assertEqual(link.text(), "1")
        self.assertIn(f"/contacts/{number}",
                      http.admin().get(link.get("href")).text)

    def test_rename(self):
        name, new = http.unique("Hi"), http.unique("Good day")
        number = add_contact(first_message=name)
        answer = post("rename", name, "message", new_name=new)
        self.assertEqual(answer.status, 303)
        self.assertEqual(contact(number)["first_message"], new)
        self.assertEqual(contact(number)["version"], 2)
        taken = add_tag(http.unique("Taken"), "message")
        answer = post("rename", new, "message", new_name=taken)
        self.assertEqual(answer.status, 422)
        self.assertIsNotNone(answer.error("new_name"))
        self.assertEqual(contact(number)["first_message"], new)
        answer = post("rename", new, "message", new_name=new.upper())
        self.assertEqual(answer.status, 303)
        self.assertEqual(contact(number)["first_message"], new.upper())

    def test_merge(self):
        one, two = http.unique("Hi"), http.unique("Hello")
        first = add_contact(first_message=one)
        second = add_contact(first_message=two)
        answer = post("merge", one, "message", into=http.unique("none"))
        self.assertEqual(answer.status, 422)
        self.assertIsNotNone(answer.error("into"))
        self.assertEqual(post("merge", one, "message", into=two).status, 303)
        self.assertEqual(rows(one), [])
        for number in (first, second):
            self.assertEqual(contact(number)["first_message"], two)

    def test_delete(self):
        name = add_tag(http.unique("Bye"), "message")
        number = add_contact(first_message=name)
        page = http.admin().get("/tags?kind=message&delete=" + name)
        self.assertIn("1 contact.", page.text)
        self.assertEqual(post("delete", name, "message").status, 303)
        self.assertEqual(rows(name), [])
        self.assertEqual(contact(number)["first_message"], "")

    def test_audit_log_has_no_words_of_customers(self):
        """Nobody could be erased from it."""
        one, two = http.unique("I am Ana"), http.unique("I am Eva")
        own = add_tag(http.unique("Offer"), "message")
        for name in (one, two):
            add_contact(first_message=name)
        self.assertEqual(post("merge", one, "message", into=own).status, 303)
        self.assertEqual(audit.newest("first_message.merge")["details"],
                         f"a text of {len(one)} letters -> {own}")
        new = http.unique("I am Eva M")
        self.assertEqual(
            post("rename", two, "message", new_name=new).status, 303)
        self.assertEqual(post("delete", new, "message").status, 303)
        self.assertEqual(post("delete", own, "message").status, 303)
        for text in (one, two, new):
            self.assertEqual(audit.entries(q=text), [])
        self.assertEqual(len(audit.entries(q=own)), 3)

    def test_apart_from_tags(self):
        name = http.unique("Both")
        add_tag(name)
        add_tag(name, "message")
        self.assertEqual(len(rows(name)), 2)
        self.assertEqual(post("delete", name, "message").status, 303)
        self.assertEqual(len(rows(name)), 1)


if __name__ == "__main__":
    unittest.main()
