# test_contact.py: one contact with its timeline
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import contact_fixtures as book
import http_client as http


class Contact(unittest.TestCase):
    def page(self, contact, session=None):
        answer = (session or http.admin()).get(f"/contacts/{contact['id']}")
        self.assertEqual(answer.status, 200)
        return answer.page

    def test_facts(self):
        name, flag = book.attribute("TEXT"), book.attribute("BOOLEAN")
        tags = sorted(http.unique("tag") for _ in range(2))
        c = book.make(name="Zoë A", city="München", email="zoe@example.org",
                      tags=tags, whatsapp_opted="no",
                      state="intervened", attributes={name: "Größe \"L\"",
                                                      flag: False})
        page = self.page(c)
        self.assertEqual(page.one("h1").text(), "Zoë A")
        self.assertTrue(page.one("title").text().startswith("Zoë A"))
        facts = {d.one("dt").text(): d.one("dd").text()
                 for d in page.all(class_="facts") for d in d.all("div")}
        self.assertEqual(facts["City"], "München")
        self.assertEqual(facts["E-mail"], "zoe@example.org")
        self.assertEqual(facts["WhatsApp opted"], "No")
        self.assertEqual(facts["State"], "Intervened")
        self.assertEqual(facts["Tags"], " ".join(tags))
        self.assertEqual(facts["Segments"], "none")
        self.assertEqual(facts[name], "Größe \"L\"")
        self.assertEqual(facts[flag], "No")
        self.assertNotIn("Title", facts)

    def test_timeline(self):
        a, b = sorted(http.unique("tag") for _ in range(2))
        c = book.make(name="A", tags=[a])
        two = book.change(c, name="B", tags=[a, b]).json
        book.change(two, name="C", city="Pune")
        entries = self.page(c).one(class_="timeline").one("ol").children
        entries = [e.text() for e in entries if not isinstance(e, str)]
        self.assertEqual(len(entries), 3)
        self.assertIn("API token", entries[0])
        self.assertIn("version 3", entries[0])
        self.assertIn("Name B → became C", entries[0])
        self.assertIn("City empty → became Pune", entries[0])
        self.assertIn("Name A → became B", entries[1])
        self.assertIn(f"Tags {a} → became {a}, {b}", entries[1])
        self.assertIn("Created", entries[2])

    def test_not_there(self):
        for path in ("/contacts/999999999999", "/contacts/0", "/contacts/x",
                     "/contacts/-1"):
            self.assertEqual(http.admin().get(path).status, 404)

    def test_hostile(self):
        c = book.make(name=http.PAYLOAD, city=http.PAYLOAD,
                      tags=["<script>alert(1)</script>"])
        book.change(c, name="x", city=http.PAYLOAD + "2")
        answer = http.admin().get(f"/contacts/{c['id']}")
        self.assertEqual(answer.hostile(), [])

    def test_viewer(self):
        c = book.make()
        page = self.page(c, http.member("viewer"))
        self.assertFalse([a for a in page.all("a")
                          if a.get("href", "").endswith("/edit")])
        session = http.member("viewer")
        for end in ("edit", "delete"):
            path = f"/contacts/{c['id']}/{end}"
            self.assertEqual(session.get(path).status, 403)
            self.assertEqual(session.post(path, {}).status, 403)


if __name__ == "__main__":
    unittest.main()
