# test_api_contact.py: one contact in the API: read, change, delete
# SPDX-License-Identifier: MIT
import concurrent.futures
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import contact_fixtures as book
import http_client as http


class Contact(unittest.TestCase):
    def revisions(self, contact):
        return book.api().get(
            f"/api/v1/contacts/{contact['id']}/revisions").json["revisions"]

    def test_not_there(self):
        for path in ("999999999999", "0", "x", "1x", "-1", "1" * 40):
            for method in ("GET", "PUT", "DELETE"):
                answer = book.api().send(
                    method, "/api/v1/contacts/" + path, {"version": 1})
                self.assertEqual(answer.status, 404, (method, path))
        self.assertEqual(book.api().ask(
            "POST", "/api/v1/contacts/1").status, 405)

    def test_change(self):
        c = book.make(name="Old", city="Pune", tags=["a"])
        answer = book.change(c, name="New", city=None, phone=None,
                             user_id=http.unique("u"))
        self.assertEqual(answer.status, 200, answer.text)
        self.assertEqual((answer.json["name"], answer.json["city"]),
                         ("New", ""))
        self.assertIsNone(answer.json["phone"])
        self.assertEqual(answer.json["version"], 2)
        self.assertEqual(answer.json["tags"], ["a"])
        self.assertGreaterEqual(answer.json["updated_at"], c["updated_at"])
        self.assertEqual(answer.json["created_at"], c["created_at"])
        self.assertEqual(book.read(c), answer.json)

    def test_unchanged(self):
        name = book.attribute("NUMBER")
        c = book.make(name="Same", tags=["a"], attributes={name: "1.50"})
        answer = book.change(c, name="Same", tags=["a"],
                             attributes={name: "1.50"})
        self.assertEqual((answer.status, answer.json), (200, c))
        self.assertEqual(self.revisions(c), [])
        whole = dict(c)
        answer = book.api().send("PUT", f"/api/v1/contacts/{c['id']}", whole)
        self.assertEqual((answer.status, answer.json), (200, c))

    def test_refused(self):
        c = book.make(name="Kept")
        for values in ({"id": 1}, {"created_at": "2020-01-01T00:00:00.000Z"},
                       {"role": "admin"}, {"phone": "12"}, {"email": "x"},
                       {"segments": ["x"]}, {"version": 0}, {"version": "1"},
                       {"version": 2}, {"phone": ""}):
            answer = book.change(c, **values)
            self.assertEqual(answer.status, 422, values)
            self.assertTrue(answer.json["error"]["fields"])
        answer = book.api().send(
            "PUT", f"/api/v1/contacts/{c['id']}", {"name": "x"})
        self.assertEqual(answer.status, 422)
        self.assertIn("version", answer.json["error"]["fields"])
        self.assertEqual(book.read(c), c)

    def test_taken(self):
        first, second = book.make(), book.make()
        answer = book.change(second, phone=first["phone"])
        self.assertEqual(answer.status, 409)
        self.assertEqual(answer.json["error"]["fields"]["other_contact"],
                         first["id"])
        self.assertEqual(book.read(second), second)

    def test_other_fields_both_stand(self):
        name = book.attribute()
        c = book.make(name="A", city="B", tags=["one", "two"])
        self.assertEqual(book.change(
            c, name="A2", tags=["one", "two", "three"]).status, 200)
        answer = book.change(c, city="B2", name="A", tags=["one"],
                             attributes={name: "x"})
        self.assertEqual(answer.status, 200, answer.text)
        now = answer.json
        self.assertEqual((now["name"], now["city"]), ("A2", "B2"))
        self.assertEqual(now["tags"], ["one", "three"])
        self.assertEqual(now["attributes"], {name: "x"})
        self.assertEqual(now["version"], 3)

    def test_same_field(self):
        name = book.attribute()
        c = book.make(name="A")
        book.change(c, name="B", attributes={name: "1"})
        answer = book.change(c, name="C", city="X")
        self.assertEqual(answer.status, 409)
        self.assertEqual(answer.json["current"]["name"], "B")
        self.assertEqual(answer.json["current"]["version"], 2)
        self.assertIn("name", answer.json["error"]["fields"])
        self.assertEqual(book.change(c, attributes={name: "2"}).status, 409)
        self.assertEqual(book.read(c)["city"], "")
        answer = book.change(c, name="B")
        self.assertEqual((answer.status, answer.json["version"]), (200, 2))
        answer = book.change(answer.json, name="C")
        self.assertEqual((answer.status, answer.json["name"]), (200, "C"))

    def test_back_and_forth(self):
        c = book.make(name="A")
        two = book.change(c, name="B").json
        book.change(two, name="A")
        answer = book.change(c, name="C")
        self.assertEqual(answer.status, 200, "it is as it was")

    def test_all_at_once(self):
        """Eight people change a field each, from the same version."""
        c = book.make(name="A", tags=["a"])
        fields = ("name", "city", "area", "title", "account", "country",
                  "address", "username")
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(
                lambda f: book.change(c, **{f: "new", "tags": ["a", f]}),
                fields))
        self.assertEqual({a.status for a in answers}, {200})
        now = book.read(c)
        self.assertEqual({now[f] for f in fields}, {"new"})
        self.assertEqual(sorted(now["tags"]), sorted(("a",) + fields))
        self.assertEqual(now["version"], 9)
        self.assertEqual([r["version"] for r in self.revisions(c)],
                         list(range(8, 0, -1)))

    def test_same_number_at_once(self):
        number = book.number()
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda _: book.api().send(
                "POST", "/api/v1/contacts", {"phone": number}), range(8)))
        self.assertEqual(sorted(a.status for a in answers),
                         [201] + [409] * 7)

    def test_delete(self):
        c = book.make(name="Gone", tags=["a"])
        answer = book.api().ask("DELETE", f"/api/v1/contacts/{c['id']}")
        self.assertEqual((answer.status, answer.json),
                         (200, {"deleted": True}))
        path = f"/api/v1/contacts/{c['id']}"
        self.assertEqual(book.api().get(path).status, 404)
        self.assertEqual(book.api().ask("DELETE", path).status, 404)
        self.assertEqual(book.change(c, name="x").status, 404)
        self.assertEqual(book.found("phone=" + c["phone"][1:]), [])
        self.assertEqual(book.api().get(path).json["error"]["code"],
                         "in-trash")


if __name__ == "__main__":
    unittest.main()
