# test_contact_merge.py: two contacts side by side, to become one
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import contact_fixtures as book
import http_client as http


def path(contact, other=None):
    end = f"?with={other['id']}" if other else ""
    return f"/contacts/{contact['id']}/merge{end}"


class Merge(unittest.TestCase):
    def open(self, a, b):
        answer = http.admin().get(path(a, b))
        self.assertEqual(answer.status, 200, answer.text)
        return answer.page

    def send(self, a, b, session=None, **values):
        """Opens the form, chooses, sends it."""
        page = self.open(a, b)
        pairs = http.form_of(page, action=path(a))
        return (session or http.admin()).post(
            path(a), http.replaced(pairs, values), csrf=session is not None)

    def test_search(self):
        a, b = book.make(name="Ann"), book.make(name=http.unique("Beth"))
        page = http.admin().get(path(a)).page
        self.assertIsNotNone(page.one("input", name="q"))
        page = http.admin().get(path(a) + "?q=" + b["name"]).page
        links = [x.get("href") for x in page.all("a")]
        self.assertIn(path(a, b), links)
        page = http.admin().get(path(a) + "?q=" + http.unique("no")).page
        self.assertIn("No other contact", page.text())

    def test_the_fuller_value_is_preselected(self):
        a = book.make(name="Ann", city="", area="Old Town")
        b = book.make(name="Ann Mary Berg", city="Pune", area="Old",
                      email="ann@example.org")
        page = self.open(a, b)
        pairs = dict(http.form_of(page, action=path(a)))
        self.assertEqual(pairs["take_name"], "other")
        self.assertEqual(pairs["take_city"], "other")
        self.assertEqual(pairs["take_area"], "this")
        self.assertEqual(pairs["take_email"], "other")
        self.assertEqual(pairs["take_phone"], "this")

    def test_merge(self):
        x, y, z = (http.unique("tag") for _ in "xyz")
        name = book.attribute("NUMBER")
        a = book.make(name="Ann", tags=[x, y], attributes={name: 1})
        b = book.make(name="Ann Mary", city="Pune", tags=[y, z],
                      attributes={name: 22})
        pairs = [(n, v) for n, v in http.form_of(
            self.open(a, b), action=path(a)) if (n, v) != ("tag", x)]
        answer = http.admin().post(
            path(a), http.replaced(pairs, {"take_name": "this"}))
        self.assertEqual(answer.status, 303, answer.text)
        self.assertEqual(answer.location, f"/contacts/{a['id']}")
        now = book.read(a)
        self.assertEqual((now["name"], now["city"]), ("Ann", "Pune"))
        self.assertEqual(now["tags"], sorted([y, z]))
        self.assertEqual(now["attributes"], {name: 22})
        self.assertEqual(now["phone"], a["phone"])
        self.assertEqual(now["created_at"], a["created_at"])
        self.assertEqual(now["version"], 2)
        self.assertEqual(book.found("tag=" + z), ["Ann"])

    def test_the_other_number(self):
        a, b = book.make(name="A"), book.make(name="B")
        answer = self.send(a, b, take_phone="other")
        self.assertEqual(answer.status, 303, answer.text)
        self.assertEqual(book.read(a)["phone"], b["phone"])

    def test_consent_is_no_choice(self):
        a = book.make(whatsapp_opted="yes",
                      whatsapp_opted_at="2024-01-01T00:00:00.000Z")
        b = book.make(whatsapp_opted="no",
                      whatsapp_opted_at="2023-01-01T00:00:00.000Z")
        c = book.make(whatsapp_opted="no",
                      whatsapp_opted_at="2025-01-01T00:00:00.000Z")
        page = self.open(a, c)
        self.assertIsNone(page.one("input", name="take_whatsapp_opted"))
        self.assertEqual(self.send(a, b).status, 303)
        self.assertEqual(book.read(a)["whatsapp_opted"], "yes", "newer")
        self.assertEqual(self.send(book.read(a), c).status, 303)
        now = book.read(a)
        self.assertEqual(now["whatsapp_opted"], "no")
        self.assertEqual(now["whatsapp_opted_at"], "2025-01-01T00:00:00.000Z")

    def test_moved_on(self):
        a, b = book.make(name="A", city="X"), book.make(name="B", city="Y")
        pairs = http.form_of(self.open(a, b), action=path(a))
        changed = book.change(b, name="Bea").json
        answer = http.admin().post(path(a), http.replaced(
            pairs, {"take_city": "other"}))
        self.assertEqual(answer.status, 409)
        self.assertIn("changed meanwhile", answer.page.text())
        self.assertIn("Bea", answer.page.text())
        self.assertEqual(book.read(a), a)
        self.assertEqual(book.read(b), changed)
        again = http.form_of(answer.page, action=path(a))
        self.assertEqual(dict(again)["take_city"], "other", "kept")
        answer = http.admin().post(path(a), again)
        self.assertEqual(answer.status, 303, answer.text)
        self.assertEqual(book.read(a)["city"], "Y")

    def test_nothing_to_find_it_by(self):
        a = book.make(name="A")
        b = book.make(name="B", email=http.unique("x") + "@example.org")
        answer = self.send(a, b, take_phone="other", take_email="this")
        self.assertEqual(answer.status, 422)
        self.assertIn("phone number", answer.page.one(
            id="error-summary").text())
        self.assertEqual((book.read(a), book.read(b)), (a, b))

    def test_refused(self):
        a, b = book.make(), book.make()
        session = http.admin()
        answer = session.get(path(a, a))
        self.assertEqual(answer.status, 422)
        self.assertIn("itself", answer.error("q"))
        self.assertEqual(session.post(path(a), {"with": a["id"]}).status, 422)
        for other in ("999999999999", "x", "-1", ""):
            answer = session.post(path(a), {"with": other})
            self.assertEqual(answer.status, 404, other)
        for other in ("999999999999", "x"):
            self.assertEqual(
                session.get(path(a) + "?with=" + other).status, 404)
        self.assertEqual(session.get("/contacts/999999999999/merge").status,
                         404)
        answer = session.post(path(a), {"with": b["id"], "version": "1"})
        self.assertEqual(answer.status, 409, "without a version")
        self.assertEqual((book.read(a), book.read(b)), (a, b))

    def test_trashed(self):
        a, b, c = book.make(), book.make(), book.make()
        self.assertEqual(self.send(a, b).status, 303)
        answer = http.admin().get(path(a, b))
        self.assertEqual(answer.status, 409)
        self.assertIn("merged already", answer.page.text())
        for one, other in ((c, b), (b, c)):
            answer = http.admin().get(path(one, other))
            self.assertEqual(answer.status, 409)
            self.assertIn("in the trash", answer.page.text())
            answer = http.admin().post(path(one), {
                "with": other["id"], "version": "1", "with_version": "1"})
            self.assertEqual(answer.status, 409)
        self.assertEqual(book.read(c), c)

    def test_roles(self):
        a, b = book.make(), book.make()
        viewer = http.member("viewer")
        self.assertEqual(viewer.get(path(a, b)).status, 403)
        self.assertEqual(viewer.post(path(a), {"with": b["id"]}).status, 403)
        pairs = http.form_of(self.open(a, b), action=path(a))
        pairs = [(n, v) for n, v in pairs if n != "csrf"]
        answer = http.member("editor").post(path(a), pairs)
        self.assertEqual(answer.status, 303)

    def test_hostile(self):
        tag = "<script>alert(1)</script>"
        a = book.make(name=http.PAYLOAD, city=http.PAYLOAD, tags=[tag])
        b = book.make(name=http.PAYLOAD + "2", city="x")
        for address in (path(a), path(a, b), path(a) + "?q=script"):
            self.assertEqual(http.admin().get(address).hostile(), [])


if __name__ == "__main__":
    unittest.main()
