# test_trash.py: what is in the trash, back into the book, or away for good
# SPDX-License-Identifier: MIT
import os
import subprocess
import sys
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import contact_fixtures as book
import http_client as http
import patience


def sql(text):
    return subprocess.run(
        ["mariadb", "-S", http.VAR + "/mariadb.sock", "-BN", "rubrica", "-e",
         text], capture_output=True, text=True, check=True).stdout


def trashed(**values):
    c = book.make(**values)
    answer = book.api().ask("DELETE", f"/api/v1/contacts/{c['id']}")
    if answer.status != 200:
        raise AssertionError(f"{answer.status}: {answer.text}")
    return c


def names(page):
    return [a.text() for row in page.all("tbody") for a in row.all("a")
            if a.get("href", "").startswith("/contacts/")]


class Trash(unittest.TestCase):
    def setUp(self):
        self.word = http.unique("Trashed")
        self.path = "/trash?q=" + self.word.replace(" ", "+")

    def listed(self, session=None):
        answer = (session or http.admin()).get(self.path)
        self.assertEqual(answer.status, 200)
        return names(answer.page)

    def test_list(self):
        for i in range(3):
            trashed(name=f"{self.word} {i}")
        answer = http.admin().get(self.path)
        self.assertEqual(names(answer.page),
                         [f"{self.word} {i}" for i in (2, 1, 0)])
        row = answer.page.one("tbody").one("tr").text()
        self.assertIn("API token", row)
        self.assertEqual(book.found("q=" + self.word.replace(" ", "+")), [])

    def test_who(self):
        c = book.make(name=self.word)
        path = f"/contacts/{c['id']}/delete"
        session = http.member("editor")
        self.assertEqual(session.submit(path, {}, action=path).status, 303)
        who = session.get("/account").page.one(class_="member-name")
        row = http.admin().get(self.path).page.one("tbody").one("tr")
        self.assertIn(who.one("bdi").text(), row.text())

    def test_pages(self):
        made = [f"{self.word} {i:02}" for i in range(53)]
        for name in made:
            trashed(name=name)
        page = http.admin().get(self.path).page
        first = names(page)
        after = page.one("a", rel="next").get("href")
        second = names(http.admin().get(after).page)
        self.assertEqual(first + second, list(reversed(made)))

    def test_damaged_page(self):
        for after in ("x", "1", "1.", ".1", "1.x", "-1.1", "1.1.1", "1.0",
                      "9" * 30 + ".1", "1." + "9" * 30):
            answer = http.admin().get("/trash?after=" + after)
            self.assertEqual(answer.status, 400, after)
            self.assertIn("first page", answer.page.one("main").text())

    def test_restore_one(self):
        tag = http.unique("tag")
        c = trashed(name=self.word, tags=[tag])
        self.assertEqual(self.listed(http.member("editor")), [self.word])
        answer = http.member("editor").submit(
            self.path, {"one": c["id"]}, action="/trash",
            method="post")
        self.assertEqual((answer.status, answer.location), (303, "/trash"))
        now = book.read(c)
        self.assertEqual((now["tags"], now["version"]), ([tag], 3))
        self.assertEqual(self.listed(), [])
        answer = http.admin().post("/trash", {"one": c["id"]})
        self.assertEqual(answer.status, 303)
        self.assertEqual(book.read(c), now)

    def test_restore_some(self):
        some = [trashed(name=f"{self.word} {i}") for i in range(3)]
        answer = http.admin().post("/trash", [
            ("action", "restore"), ("id", some[0]["id"]),
            ("id", some[2]["id"])])
        self.assertEqual(answer.status, 303)
        self.assertEqual(self.listed(), [f"{self.word} 1"])

    def test_nothing_chosen(self):
        for pairs in ([("action", "restore")], [("action", "ask")],
                      [("action", "restore"), ("id", "x")],
                      [("action", "nothing")], [], [("action", "purge")],
                      [("action", "empty")], [("action", "empty"),
                                              ("upto", "9" * 15)]):
            answer = http.admin().post("/trash", pairs)
            self.assertEqual(answer.status, 422, pairs)
            self.assertIsNotNone(answer.page.one(id="error-summary"))

    def test_purge(self):
        some = [trashed(name=f"{self.word} {i}") for i in range(3)]
        answer = http.admin().post("/trash", [
            ("action", "ask"), ("id", some[0]["id"]),
            ("id", some[1]["id"])])
        self.assertEqual(answer.status, 303)
        page = http.admin().get(answer.location).page
        self.assertIn("Delete 2 contacts for good",
                      page.one("fieldset").text())
        self.assertEqual(len(self.listed()), 3)
        answer = http.admin().submit(answer.location, {}, action="/trash",
                                     class_="narrow")
        self.assertEqual(answer.status, 303)
        self.assertEqual(self.listed(), [f"{self.word} 2"])
        path = f"/contacts/{some[0]['id']}"
        self.assertEqual(http.admin().get(path).status, 404)
        self.assertEqual(book.api().get(
            f"/api/v1{path}/revisions").status, 404)
        if http.VAR:
            said = sql("SELECT action, details FROM audit WHERE subject ="
                       f" 'contact {some[0]['id']}' ORDER BY id")
            self.assertTrue(said.endswith("contact.purge\t\n"), said)
            self.assertNotIn(self.word, said)

    def test_only_an_admin_purges(self):
        c = trashed(name=self.word)
        session = http.member("editor")
        page = session.get(self.path + f"&ask=purge&id={c['id']}").page
        self.assertNotIn("for good?", page.one("main").text())
        for pairs in ([("action", "purge"), ("id", c["id"])],
                      [("action", "ask"), ("id", c["id"])],
                      [("action", "empty"), ("upto", "1")]):
            self.assertEqual(session.post("/trash", pairs).status, 403)
        self.assertEqual(self.listed(), [self.word])
        self.assertEqual(http.member("viewer").get("/trash").status, 403)

    def test_empty(self):
        """What comes there after the question is not meant."""
        trashed(name=self.word + " before")
        page = http.admin().get("/trash?ask=empty").page
        form = http.form_of(page, action="/trash", class_="narrow")
        time.sleep(0.01)
        trashed(name=self.word + " after")
        self.assertEqual(http.admin().post("/trash", form).status, 303)
        until = time.monotonic() + patience.SECONDS
        while self.listed() != [self.word + " after"]:
            self.assertLess(time.monotonic(), until)
            time.sleep(0.1)

    def test_taken(self):
        c = trashed(name=self.word)
        answer = book.api().send("POST", "/api/v1/contacts",
                                 {"phone": c["phone"], "name": "x"})
        self.assertEqual(answer.status, 409)
        error = answer.json["error"]
        self.assertEqual(error["code"], "in-trash")
        self.assertEqual(error["fields"]["other_contact"], c["id"])
        answer = http.admin().submit(
            "/contacts/new", {"phone": c["phone"]}, action="/contacts/new")
        self.assertEqual(answer.status, 422)
        self.assertIn("in the trash", answer.error("phone"))
        links = [a.get("href") for a in answer.page.one("main").all("a")]
        self.assertIn(f"/contacts/{c['id']}", links)
        other = book.make()
        self.assertEqual(
            book.change(other, phone=c["phone"]).json["error"]["code"],
            "in-trash")

    def test_api_list(self):
        c = trashed(name=self.word)
        query = "q=" + self.word.replace(" ", "+")
        answer = book.api().get(f"/api/v1/contacts?trash=only&{query}")
        self.assertEqual([x["id"] for x in answer.json["contacts"]],
                         [c["id"]])
        self.assertTrue(answer.json["contacts"][0]["trashed_at"])
        self.assertEqual(answer.json["total"], 1)
        self.assertEqual(
            book.api().get("/api/v1/contacts?trash=all").status, 422)

    def test_names_that_are_gone(self):
        """A tag that was deleted meanwhile does not come back."""
        tags = sorted(http.unique("tag") for _ in range(2))
        c = trashed(name=self.word, tags=tags)
        http.admin().post("/tags", [("action", "delete"), ("kind", "tag"),
                                    ("which", tags[0])])
        http.admin().post("/trash", {"one": c["id"]})
        self.assertEqual(book.read(c)["tags"], [tags[1]])

    def test_hostile(self):
        trashed(name=http.PAYLOAD)
        self.assertEqual(http.admin().get("/trash").hostile(), [])


if __name__ == "__main__":
    unittest.main()
