# test_first_messages.py: the rules for first messages, and trying them
# SPDX-License-Identifier: MIT
import os
import sys
import unittest
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import whatsapp as wa

PATH = "/first-messages"


def word():
    """One word that nobody else looks for."""
    return http.unique("w").replace("-", "")


def first_message_of(phone):
    found = http.Api().get("/api/v1/contacts?phone=" + urllib.parse.quote(
        "+" + phone)).json["contacts"]
    return found[0]["first_message"]


class FirstMessages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        wa.set_up()

    def post(self, action, session=None, **values):
        return (session or http.admin()).post(PATH, {
            "action": action, **values})

    def add(self, phrase, gives, kind="word"):
        answer = self.post("add", kind=kind, phrase=phrase,
                           first_message=gives)
        self.assertEqual(303, answer.status, answer.text)

    def rules(self):
        return http.Api().get("/api/v1/first-messages").json["rules"]

    def rule(self, phrase):
        return next(r for r in self.rules() if r["phrase"] == phrase)

    def tearDown(self):
        for rule in self.rules():
            http.Api().ask("DELETE", f"/api/v1/first-messages/{rule['id']}")

    def write(self, text, **more):
        phone = wa.number()
        self.assertEqual(200, wa.send(wa.message(phone, text, **more)).status)
        return phone

    def test_add_and_apply(self):
        price, gives = word(), http.unique("Asked the price")
        self.add(price, gives)
        self.assertEqual(gives, first_message_of(
            self.write(f"What's the {price.upper()}?")))
        other = http.unique("Something else")
        self.assertEqual(other, first_message_of(self.write(other)))
        # A tag of the kind is there, and the list filters by it.
        tags = http.Api().get("/api/v1/tags").json["tags"]
        self.assertIn(gives, [t["name"] for t in tags
                              if t["kind"] == "first_message"])
        self.assertEqual(1, http.Api().get(
            "/api/v1/contacts?first_message=" +
            urllib.parse.quote(gives)).json["total"])

    def test_only_the_first_message(self):
        rare = word()
        phone = self.write("Hello there")
        self.add(rare, "Late")
        wa.send(wa.message(phone, rare))
        self.assertEqual("Hello there", first_message_of(phone))

    def test_buttons_and_captions(self):
        rare = word()
        self.add(rare, "Pressed", "is")
        self.assertEqual("Pressed", first_message_of(self.write(
            "", kind="button", content={"text": rare, "payload": "x"})))
        self.assertEqual("Pressed", first_message_of(self.write(
            "", kind="image", content={"id": "1", "caption": rare})))
        self.assertEqual("", first_message_of(self.write(
            "", kind="image", content={"id": "1"})))

    def test_order(self):
        one, two = word(), word()
        self.add(one, "One")
        self.add(two, "Two")
        both = f"{one} {two}"
        self.assertEqual("One", first_message_of(self.write(both)))
        rule = self.rule(two)
        self.assertEqual(303, self.post("move", up=rule["id"]).status)
        self.assertEqual("Two", first_message_of(self.write(both)))
        self.assertEqual(303, self.post("move", down=rule["id"]).status)
        self.assertEqual("One", first_message_of(self.write(both)))
        # At the ends nothing moves.
        self.post("move", up=self.rule(one)["id"])
        self.post("move", down=rule["id"])
        self.assertEqual([one, two], [r["phrase"] for r in self.rules()])

    def test_try(self):
        one, two = word(), word()
        self.add(one, "One")
        self.add(two, "Two", "contains")
        before = self.rules()
        query = urllib.parse.urlencode({"try": f"x{two} {one}"})
        for session in (http.admin(), http.member("viewer")):
            page = session.get(f"{PATH}?{query}").page
            status = page.one("fieldset").one("div", role="status").text()
            self.assertIn("Rule 1 decides", status)
            self.assertIn("One", status)
            self.assertIn("matches too, later", page.text())
        page = http.admin().get(f"{PATH}?try={word()}").page
        self.assertIn("No rule matches", page.text())
        self.assertNotIn("Your try", http.admin().get(f"{PATH}?try=+").text)
        self.assertEqual(before, self.rules())

    def test_change_and_delete(self):
        old, new = word(), word()
        self.add(old, "Old")
        rule = self.rule(old)
        page = http.admin().get(f"{PATH}?change={rule['id']}").page
        self.assertEqual(old, page.one("input", id="phrase").get("value"))
        answer = self.post("change", which=rule["id"], kind="starts_with",
                           phrase=new, first_message="New")
        self.assertEqual(303, answer.status, answer.text)
        self.assertEqual("New", first_message_of(self.write(new + " x")))
        self.assertIn("Delete rule", http.admin().get(
            f"{PATH}?delete={rule['id']}").text)
        self.assertEqual(303, self.post("delete", which=rule["id"]).status)
        self.assertEqual([], self.rules())

    def test_refused(self):
        kept = word()
        self.add(kept, "Kept")
        before = self.rules()
        good = {"kind": "word", "phrase": "x", "first_message": "y"}
        for field, value in (
                ("phrase", ""), ("phrase", "  "), ("phrase", "x" * 256),
                ("first_message", ""), ("first_message", "a|b"),
                ("first_message", "x" * 129), ("kind", "like"), ("kind", "")):
            with self.subTest(field=field, value=value):
                answer = self.post("add", **{**good, field: value})
                self.assertEqual(422, answer.status)
                self.assertIsNotNone(answer.error(field))
                answer = self.post("change", which=before[0]["id"],
                                   **{**good, field: value})
                self.assertEqual(422, answer.status)
        for action, values in (("change", good), ("delete", {}),
                               ("nonsense", {})):
            self.assertEqual(404, self.post(
                action, which=999999999, **values).status)
        self.assertEqual(404, self.post("move", up="x").status)
        for what in ("change", "delete"):
            for which in ("999999999", "x", ""):
                self.assertEqual(404, http.admin().get(
                    f"{PATH}?{what}={which}").status)
        self.assertEqual(before, self.rules())

    def test_roles(self):
        viewer = http.member("viewer")
        self.assertEqual(200, viewer.get(PATH).status)
        self.assertNotIn("Add a rule", viewer.get(PATH).text)
        self.assertEqual(403, self.post(
            "add", session=viewer, kind="is", phrase="x",
            first_message="y").status)

    def test_follows_its_first_message(self):
        rare, name = word(), http.unique("Greeting")
        self.add(rare, name)
        renamed = http.unique("Salute")

        def tags(**values):
            answer = http.admin().post("/tags", {"kind": "message", **values})
            self.assertEqual(303, answer.status, answer.text)

        tags(action="rename", which=name, new_name=renamed)
        self.assertEqual(renamed, self.rule(rare)["first_message"])
        other = http.unique("Other")
        tags(action="add", message=other)
        tags(action="merge", which=renamed, into=other)
        self.assertEqual(other, self.rule(rare)["first_message"])
        self.assertEqual(other, first_message_of(self.write(rare)))
        tags(action="delete", which=other)
        self.assertEqual([], self.rules())

    def test_hostile(self):
        self.add(http.PAYLOAD, http.PAYLOAD.replace("|", ""))
        query = urllib.parse.urlencode({"try": http.PAYLOAD})
        for path in (PATH, f"{PATH}?{query}"):
            self.assertFalse(http.admin().get(path).hostile())


if __name__ == "__main__":
    unittest.main()
