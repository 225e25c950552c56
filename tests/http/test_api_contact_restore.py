# test_api_contact_restore.py: out of the trash, or back to a version
# SPDX-License-Identifier: MIT
import os
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import contact_fixtures as book
import http_client as http


class Restore(unittest.TestCase):
    def restore(self, contact, **body):
        path = f"/api/v1/contacts/{contact['id']}/restore"
        return book.api().send("POST", path, body) if body \
            else book.api().ask("POST", path)

    def test_out_of_the_trash(self):
        c = book.make(name="Back", tags=[http.unique("tag")])
        path = f"/api/v1/contacts/{c['id']}"
        self.assertEqual(self.restore(c).json["error"]["code"],
                         "not-in-trash")
        book.api().ask("DELETE", path)
        for method in ("GET", "DELETE"):
            answer = book.api().ask(method, path)
            self.assertEqual(answer.status, 404)
            self.assertEqual(answer.json["error"]["code"], "in-trash")
        self.assertEqual(self.restore(c, version=1).status, 409)
        answer = self.restore(c)
        self.assertEqual(answer.status, 200, answer.text)
        self.assertEqual((answer.json["tags"], answer.json["version"]),
                         (c["tags"], 3))
        revisions = book.api().get(path + "/revisions").json["revisions"]
        self.assertEqual([r["kind"] for r in revisions],
                         ["restore", "trash"])
        self.assertEqual(revisions[1]["before"], {
            "_tags": c["tags"], "_segments": [], "_trashed_at": None})

    def test_version(self):
        c = book.make(name="One", city="Pune")
        book.change(c, name="Two", city="Agra")
        answer = self.restore(c, version=1)
        self.assertEqual(answer.status, 200, answer.text)
        self.assertEqual((answer.json["name"], answer.json["city"],
                          answer.json["version"]), ("One", "Pune", 3))
        self.assertEqual(self.restore(c, version=3).json["version"], 3)
        self.assertEqual(book.read(c), answer.json)

    def test_refused(self):
        c = book.make(name="One")
        book.change(c, name="Two")
        now = book.read(c)
        for body in ({"version": 9}, {"version": 0}, {"version": "1"},
                     {"version": -1}, {"version": 1.5}, {"version": True},
                     {"what": 1}, {"version": 1, "from": None}):
            answer = self.restore(c, **body)
            self.assertEqual(answer.status, 422, body)
            self.assertTrue(answer.json["error"]["fields"], body)
        answer = self.restore(c, version=1, **{"from": 1})
        self.assertEqual(answer.status, 409)
        self.assertEqual(answer.json["current"], now)
        path = f"/api/v1/contacts/{c['id']}/restore"
        self.assertEqual(book.api().send("POST", path, [1]).status, 400)
        self.assertEqual(book.api().ask(
            "POST", path, b"version=1",
            {"Content-Type": "application/x-www-form-urlencoded"}).status,
            415)
        self.assertEqual(book.read(c), now)

    @unittest.skipUnless(http.VAR, "RUBRICA_VAR is not set")
    def test_version_gone(self):
        """Its revision is not kept any more: by the API and by the page."""
        c = book.make(name="One")
        two = book.change(c, name="Two").json
        book.change(two, name="Three")
        subprocess.run(
            ["mariadb", "-S", http.VAR + "/mariadb.sock", "rubrica", "-e",
             "DELETE FROM contact_revision WHERE version = 1 AND"
             f" contact_id = {c['id']}"], check=True)
        answer = self.restore(c, version=1)
        self.assertEqual((answer.status, answer.json["error"]["code"]),
                         (404, "version-gone"))
        path = f"/contacts/{c['id']}/restore"
        for answer in (http.admin().get(path + "?version=1"),
                       http.admin().post(path, {"version": 1, "from": 3})):
            self.assertEqual(answer.status, 404)
            self.assertIn("not kept any more", answer.page.text())
        self.assertEqual(book.read(c)["name"], "Three")
        self.assertEqual(self.restore(c, version=2).json["name"], "Two")

    def test_number_taken_since(self):
        c = book.make(name="One", phone=book.number(), user_id=http.unique(""))
        book.change(c, phone=None)
        other = book.make(phone=c["phone"])
        answer = self.restore(c, version=1)
        self.assertEqual(answer.status, 409)
        self.assertEqual(answer.json["error"]["code"], "taken")
        self.assertEqual(answer.json["error"]["fields"]["other_contact"],
                         other["id"])

    def test_not_there(self):
        self.assertEqual(self.restore({"id": 999999999999}).status, 404)
        self.assertEqual(
            self.restore({"id": 999999999999}, version=1).status, 404)

    def test_purge(self):
        for in_trash in (True, False):
            c = book.make(name="Gone")
            path = f"/api/v1/contacts/{c['id']}"
            if in_trash:
                book.api().ask("DELETE", path)
            answer = book.api().ask("DELETE", path + "?purge=true")
            self.assertEqual((answer.status, answer.json["purged"]),
                             (200, True))
            answer = book.api().get(path)
            self.assertEqual((answer.status, answer.json["error"]["code"]),
                             (404, "not-found"))
            self.assertEqual(self.restore(c).status, 404)
            self.assertEqual(self.restore(c, version=1).status, 404)
            again = book.make(phone=c["phone"])
            self.assertNotEqual(again["id"], c["id"])


if __name__ == "__main__":
    unittest.main()
