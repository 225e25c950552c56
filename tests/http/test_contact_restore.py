# test_contact_restore.py: out of the trash, or back to a version
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import contact_fixtures as book
import http_client as http


class Restore(unittest.TestCase):
    def path(self, contact, version=None):
        return f"/contacts/{contact['id']}/restore" + (
            f"?version={version}" if version else "")

    def submit(self, contact, version=None, **values):
        return http.admin().submit(self.path(contact, version), values,
                                   action=self.path(contact))

    def test_out_of_the_trash(self):
        c = book.make(name="Back", tags=[http.unique("tag")])
        path = f"/contacts/{c['id']}"
        book.api().ask("DELETE", "/api/v1" + path)
        answer = http.admin().get(path)
        self.assertEqual(answer.status, 404)
        self.assertIn("in the trash", answer.page.one("main").text())
        self.assertEqual(answer.page.one("h1").text(), "Back")
        self.assertIn("Back", http.admin().get(
            self.path(c)).page.one("main").text())
        answer = self.submit(c)
        self.assertEqual((answer.status, answer.location), (303, path))
        now = book.read(c)
        self.assertEqual(now["tags"], c["tags"])
        self.assertIsNone(now["trashed_at"])
        page = http.admin().get(path).page
        self.assertIn("Taken out of the trash",
                      page.one(class_="timeline").text())
        self.assertEqual(http.admin().get(self.path(c)).location, path)

    def test_version(self):
        name = book.attribute("NUMBER")
        tags = sorted(http.unique("tag") for _ in range(2))
        c = book.make(name="One", city="Pune", tags=tags[:1],
                      attributes={name: 1})
        two = book.change(c, name="Two", city="", tags=tags[1:],
                          attributes={name: None}).json
        page = http.admin().get(self.path(c, 1)).page
        rows = [r.text() for r in page.one("tbody").all("tr")]
        self.assertIn("Name Two One", rows)
        self.assertIn("City empty Pune", rows)
        self.assertIn(f"Tags {tags[1]} {tags[0]}", rows)
        self.assertIn(f"{name} empty 1", rows)
        answer = self.submit(c, 1)
        self.assertEqual(answer.status, 303, answer.text)
        now = book.read(c)
        self.assertEqual(now["version"], 3)
        for key in ("name", "city", "tags", "attributes"):
            self.assertEqual(now[key], c[key], key)
        text = http.admin().get(answer.location).page.one(
            class_="timeline").text()
        self.assertIn("Earlier version restored", text)
        self.assertEqual(self.submit(c, 2).status, 303)
        self.assertEqual(book.read(c)["name"], two["name"])

    def test_nothing_to_do(self):
        c = book.make(name="Same")
        for version in (1,):
            page = http.admin().get(self.path(c, version)).page
            self.assertIn("nothing to change", page.one("main").text())

    def test_no_such_version(self):
        c = book.make(name="One")
        book.change(c, name="Two")
        for version in ("3", "0", "x", "-1", "9" * 30):
            answer = http.admin().get(self.path(c, version))
            self.assertEqual(answer.status, 422, version)
            self.assertIn("1 to 2", answer.page.one("main").text())
            answer = http.admin().post(
                self.path(c), {"version": version, "from": "2"})
            self.assertEqual(answer.status, 422, version)
        answer = http.admin().post(self.path(c), {"version": "1"})
        self.assertEqual(answer.status, 422)
        self.assertEqual(http.admin().get(
            "/contacts/999999999999/restore?version=1").status, 404)
        self.assertEqual(book.read(c)["name"], "Two")

    def test_in_the_trash_then(self):
        c = book.make(name="One")
        book.api().ask("DELETE", f"/api/v1/contacts/{c['id']}")
        self.submit(c)
        answer = http.admin().get(self.path(c, 2))
        self.assertEqual(answer.status, 422)
        self.assertIn("was in the trash", answer.page.one("main").text())

    def test_moved_on(self):
        c = book.make(name="One")
        two = book.change(c, name="Two").json
        form = http.form_of(http.admin().get(self.path(c, 1)).page,
                            action=self.path(c))
        book.change(two, city="Pune")
        answer = http.admin().post(self.path(c), form)
        self.assertEqual(answer.status, 409)
        self.assertIn("changed meanwhile", answer.page.one("main").text())
        self.assertEqual(book.read(c)["name"], "Two")
        form = http.form_of(answer.page, action=self.path(c))
        self.assertEqual(http.admin().post(self.path(c), form).status, 303)
        now = book.read(c)
        self.assertEqual((now["name"], now["city"]), ("One", ""))

    def test_number_taken_since(self):
        c = book.make(name="One", email=http.unique("a") + "@example.org",
                      phone=book.number())
        number = c["phone"]
        book.change(c, phone="", name="Two")
        other = book.make(phone=number)
        answer = self.submit(c, 1)
        self.assertEqual(answer.status, 409)
        self.assertIn("Another contact has this number",
                      answer.page.one("main").text())
        self.assertIn(f"/contacts/{other['id']}",
                      [a.get("href") for a in answer.page.all("a")])
        self.assertEqual(book.read(c)["name"], "Two")

    def test_names_that_are_gone(self):
        tag = http.unique("tag")
        attribute = book.attribute()
        c = book.make(name="One", tags=[tag], attributes={attribute: "x"})
        book.change(c, name="Two", tags=[], attributes={attribute: None})
        http.admin().post("/tags", [("action", "delete"), ("kind", "tag"),
                                    ("which", tag)])
        http.admin().post("/attributes", [("action", "delete"),
                                          ("which", attribute)])
        page = http.admin().get(self.path(c, 1)).page
        self.assertIn(tag, page.one(class_="notice-warn").text())
        self.assertIn(attribute, page.one(class_="notice-warn").text())
        self.assertEqual(self.submit(c, 1).status, 303)
        now = book.read(c)
        self.assertEqual((now["name"], now["tags"], now["attributes"]),
                         ("One", [], {}))

    def test_roles(self):
        c = book.make()
        session = http.member("viewer")
        self.assertEqual(session.get(self.path(c, 1)).status, 403)
        self.assertEqual(session.post(self.path(c), {}).status, 403)

    def test_hostile(self):
        c = book.make(name=http.PAYLOAD)
        book.change(c, name="x", city=http.PAYLOAD)
        self.assertEqual(http.admin().get(self.path(c, 1)).hostile(), [])


if __name__ == "__main__":
    unittest.main()
