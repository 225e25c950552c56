# test_duplicates.py: which contacts may be one person
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import contact_fixtures as book
import duplicate_fixtures as twins
import http_client as http


def pages():
    """All pages of suggestions, from the first."""
    path = "/duplicates"
    while path:
        answer = http.admin().get(path)
        if answer.status != 200:
            raise AssertionError(answer.status)
        yield answer
        link = answer.page.one("a", rel="next")
        path = link.get("href") if link else None


def panel_of(one, other):
    """The panel of a pair, or None."""
    names = {f"/contacts/{c['id']}" for c in (one, other)}
    for answer in pages():
        for panel in answer.page.all("li", class_="pair"):
            links = {a.get("href") for a in panel.all("a")}
            if names <= links:
                return panel
    return None


class Duplicates(unittest.TestCase):
    def test_why(self):
        one, other = twins.by_email()
        twins.look()
        panel = panel_of(one, other)
        self.assertIn("Same e-mail", panel.text())
        self.assertIn(f"/contacts/{one['id']}/merge?with={other['id']}",
                      [a.get("href") for a in panel.all("a")])

    def test_link_and_count(self):
        twins.by_email()
        twins.look()
        page = http.admin().get("/contacts").page
        link = page.one("a", href="/duplicates")
        self.assertRegex(link.text(), r"Duplicates \d")
        page = http.admin().get("/duplicates").page
        self.assertRegex(page.one("h1").text(), r"Duplicates [\dm]")
        self.assertIn("As of", page.one("main").text())

    def test_not_a_duplicate(self):
        one, other = twins.by_email()
        twins.look()
        panel = panel_of(one, other)
        pairs = http.form_of(panel, action="/duplicates")
        answer = http.admin().post("/duplicates", pairs, csrf=False)
        self.assertEqual((answer.status, answer.location),
                         (303, "/duplicates"))
        self.assertIsNone(panel_of(one, other))
        twins.look()
        self.assertIsNone(panel_of(one, other), "remembered")
        page = http.admin().get("/duplicates?dismissed=1").page
        forms = [f for f in page.all("form") if f.one(
            "input", name="first", value=str(one["id"]))]
        self.assertEqual(len(forms), 1)
        answer = http.admin().post("/duplicates", http.form_of(
            forms[0].parent, action="/duplicates"), csrf=False)
        self.assertEqual(answer.location, "/duplicates?dismissed=1")
        self.assertIsNotNone(panel_of(one, other), "suggested again")

    def test_one_reason(self):
        one, other = twins.by_name()
        twins.look()
        panel = panel_of(one, other)
        self.assertIn("Same name and city", panel.text())
        answer = http.admin().get("/duplicates?reason=user_id")
        self.assertNotIn(f'"/contacts/{one["id"]}"', answer.text)
        self.assertEqual(http.admin().get("/duplicates?reason=x").status, 422)

    def test_refused(self):
        one, other = twins.by_email()
        session = http.admin()
        for after in ("x", "1", "2-1", "1-1", "-", "1-2-3", "9" * 70 + "-1"):
            self.assertEqual(
                session.get("/duplicates?after=" + after).status, 400, after)
        for first, second in (("1", "999999999999"), ("x", "y"),
                              (one["id"], one["id"])):
            for action in ("dismiss", "take_back"):
                answer = session.post("/duplicates", {
                    "action": action, "first": first, "second": second})
                self.assertEqual(answer.status, 404, (action, first, second))
        self.assertEqual(session.post(
            "/duplicates", {"action": "nothing"}).status, 404)
        answer = session.post("/duplicates", {
            "action": "take_back", "first": one["id"], "second": other["id"]})
        self.assertEqual(answer.status, 404, "nobody said so")

    def test_viewer(self):
        viewer = http.member("viewer")
        answer = viewer.get("/duplicates")
        self.assertEqual(answer.status, 200)
        self.assertEqual([f for f in answer.page.one("main").all("form")], [])
        self.assertEqual(
            viewer.post("/duplicates", {"action": "look"}).status, 403)

    def test_hostile(self):
        mail = http.unique("x") + "@example.org"
        book.make(name=http.PAYLOAD, email=mail, tags=["<script>alert(1)"])
        book.make(name=http.PAYLOAD, email=mail, city=http.PAYLOAD)
        twins.look()
        for answer in pages():
            self.assertEqual(answer.hostile(), [])


if __name__ == "__main__":
    unittest.main()
