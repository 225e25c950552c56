# test_contact_edit.py: changing a contact, also when two do it at once
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import contact_fixtures as book
import http_client as http


class Edit(unittest.TestCase):
    def open(self, contact):
        path = f"/contacts/{contact['id']}/edit"
        answer = http.admin().get(path)
        self.assertEqual(answer.status, 200)
        return http.form_of(answer.page, action=path)

    def send(self, contact, pairs, **values):
        return http.admin().post(f"/contacts/{contact['id']}/edit",
                                 http.replaced(pairs, values), csrf=False)

    def test_change(self):
        name = book.attribute("OBJECT")
        c = book.make(name="A", city="Pune", tags=["a, b", "c"],
                      attributes={name: {"k": "ü"}})
        form = self.open(c)
        self.assertEqual(dict(form)["name"], "A")
        answer = self.send(c, form, name="B", city="")
        self.assertEqual(answer.status, 303, answer.text)
        now = book.read(c)
        self.assertEqual((now["name"], now["city"], now["version"]),
                         ("B", "", 2))
        for key in ("phone", "tags", "attributes", "source"):
            self.assertEqual(now[key], c[key], key)

    def test_nothing(self):
        c = book.make(name="A", tags=["x"], whatsapp_opted="yes")
        answer = self.send(c, self.open(c))
        self.assertEqual(answer.status, 303)
        self.assertEqual(book.read(c), c)

    def test_refused(self):
        c = book.make(name="A")
        answer = self.send(c, self.open(c), phone="12", name="Kept")
        self.assertEqual(answer.status, 422)
        self.assertTrue(answer.error("phone"))
        self.assertEqual(answer.page.one(id="name").get("value"), "Kept")
        answer = self.send(c, self.open(c), phone="")
        self.assertEqual(answer.status, 422)
        self.assertEqual(book.read(c), c)
        other = book.make()
        answer = self.send(c, self.open(c), phone=other["phone"])
        self.assertEqual(answer.status, 422)
        self.assertIn("Another contact", answer.error("phone"))

    def test_other_fields_both_stand(self):
        c = book.make(name="A", city="B")
        form = self.open(c)
        book.change(c, city="B2")
        self.assertEqual(self.send(c, form, name="A2").status, 303)
        now = book.read(c)
        self.assertEqual((now["name"], now["city"]), ("A2", "B2"))

    def conflict(self, choice):
        name = book.attribute()
        c = book.make(name="A", city="B")
        form = self.open(c)
        book.change(c, name="Theirs", city="B2", attributes={name: "n"})
        answer = self.send(c, form, name="Mine", area="C")
        self.assertEqual(answer.status, 409)
        self.assertEqual(book.read(c)["name"], "Theirs")
        page = answer.page
        box = page.one(class_="conflict").text()
        for word in ("Mine", "Theirs", "was: A"):
            self.assertIn(word, box)
        form = http.form_of(page, action=f"/contacts/{c['id']}/edit")
        self.assertEqual(dict(form)["city"], "B2")
        answer = self.send(c, form, keep_name=choice)
        self.assertEqual(answer.status, 303, answer.text)
        now = book.read(c)
        self.assertEqual((now["city"], now["area"]), ("B2", "C"))
        self.assertEqual(now["attributes"], {name: "n"})
        return now["name"]

    def test_mine(self):
        self.assertEqual(self.conflict("mine"), "Mine")

    def test_theirs(self):
        self.assertEqual(self.conflict("theirs"), "Theirs")

    def test_add_a_tag(self):
        a, b, d = sorted(http.unique("tag") for _ in range(3))
        c = book.make(tags=[a, b])
        form = self.open(c)
        self.assertEqual(dict(form)["add_tag"], "")
        page = http.admin().get(f"/contacts/{c['id']}/edit").page
        known = [o.get("value") for o in
                 page.one("datalist", id="known-tags").all("option")]
        self.assertIn(a, known)
        self.assertEqual(self.send(c, form, add_tag=d).status, 303)
        now = book.read(c)
        self.assertEqual(now["tags"], [a, b, d])
        self.assertEqual(self.send(c, self.open(c), add_tag=d.upper())
                         .status, 303)
        self.assertEqual(book.read(c)["version"], now["version"])
        answer = self.send(c, self.open(c), add_tag="x|y")
        self.assertEqual(answer.status, 422)
        self.assertTrue(answer.error("tags"))

    def test_trashed_meanwhile(self):
        """What was typed stays, and is saved with the contact's way back."""
        tag = http.unique("tag")
        c = book.make(name="A", city="B", tags=[tag])
        form = self.open(c)
        book.change(c, city="B2")
        path = f"/api/v1/contacts/{c['id']}"
        book.api().ask("DELETE", path)
        answer = self.send(c, form, name="Typed")
        self.assertEqual(answer.status, 409)
        self.assertIn("moved to the trash meanwhile", answer.page.text())
        self.assertEqual(answer.page.one(id="name").get("value"), "Typed")
        self.assertEqual(book.api().get(path).status, 404)
        form = http.form_of(answer.page, action=f"/contacts/{c['id']}/edit")
        answer = self.send(c, form, restore="1")
        self.assertEqual(answer.status, 303, answer.text)
        now = book.read(c)
        self.assertEqual((now["name"], now["city"], now["tags"]),
                         ("Typed", "B2", [tag]))

    def test_purged_meanwhile(self):
        """What was typed can become a new contact."""
        c = book.make(name="A")
        form = self.open(c)
        book.api().ask("DELETE", f"/api/v1/contacts/{c['id']}?purge=true")
        answer = self.send(c, form, name="Typed")
        self.assertEqual(answer.status, 404)
        self.assertIn("deleted for good meanwhile", answer.page.text())
        form = http.form_of(answer.page, action="/contacts/new")
        self.assertEqual(dict(form)["name"], "Typed")
        answer = http.admin().post("/contacts/new", form)
        self.assertEqual(answer.status, 303, answer.text)
        self.assertEqual(book.found("phone=" + c["phone"][1:]), ["Typed"])

    def test_in_the_trash(self):
        c = book.make()
        book.api().ask("DELETE", f"/api/v1/contacts/{c['id']}")
        answer = http.admin().get(f"/contacts/{c['id']}/edit")
        self.assertEqual(answer.location, f"/contacts/{c['id']}")

    def test_not_decided(self):
        """Without an answer the same is asked again; nothing is lost."""
        c = book.make(name="A")
        form = self.open(c)
        book.change(c, name="Theirs")
        answer = self.send(c, form, name="Mine")
        for _ in range(2):
            self.assertEqual(answer.status, 409)
            self.assertIn("Theirs", answer.page.one(class_="conflict").text())
            form = http.form_of(answer.page,
                                action=f"/contacts/{c['id']}/edit")
            form = [p for p in form if not p[0].startswith("keep_")]
            answer = self.send(c, form)
        self.assertEqual(book.read(c)["name"], "Theirs")

    def test_version(self):
        c = book.make(name="A")
        for version in ("", "x", "0", "9"):
            answer = self.send(c, self.open(c), name="B", version=version)
            self.assertEqual(answer.status, 422, version)
        self.assertEqual(book.read(c), c)


if __name__ == "__main__":
    unittest.main()
