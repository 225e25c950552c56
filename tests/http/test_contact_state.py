# test_contact_state.py: which state of a chat follows which, by every way
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import bulk_client as bulk
import contact_fixtures as book
import http_client as http
import import_client as imports

NEXT = {
    "": ["requesting", "intervened", "closed", "handled_by_assistant"],
    "requesting": ["intervened", "closed", "handled_by_assistant"],
    "intervened": ["requesting", "closed"],
    "closed": ["requesting"],
    "handled_by_assistant": ["requesting", "intervened", "closed"],
}
KEYS = NEXT[""]


def send(contact, state, version=None, client=None):
    return (client or http.admin()).post(
        f"/contacts/{contact['id']}/state",
        [("state", state), ("version", version or contact["version"])])


class Page(unittest.TestCase):
    def buttons(self, contact):
        page = http.admin().get(f"/contacts/{contact['id']}").page
        return [b.get("value") for b in page.all("button", name="state")]

    def test_exactly_the_allowed_buttons(self):
        for state, allowed in NEXT.items():
            c = book.make(name="A", state=state)
            self.assertEqual(self.buttons(c), allowed, state)

    def test_the_form_offers_the_same(self):
        c = book.make(state="closed")
        page = http.admin().get(f"/contacts/{c['id']}/edit").page
        self.assertEqual(
            [o.get("value") for o in page.one(id="state").all("option")],
            ["requesting", "closed"])

    def test_each_pair(self):
        for before in NEXT:
            for after in KEYS:
                c = book.make(state=before)
                answer = send(c, after)
                ok = after == before or after in NEXT[before]
                self.assertEqual(answer.status, 303 if ok else 422,
                                 (before, after, answer.text))
                self.assertEqual(book.read(c)["state"],
                                 after if ok else before)

    def test_told_in_the_timeline(self):
        c = book.make(name="A", state="requesting")
        self.assertEqual(send(c, "handled_by_assistant").status, 303)
        page = http.admin().get(f"/contacts/{c['id']}").page
        self.assertIn("State set to Handled by Assistant",
                      page.one(id="timeline").text())
        self.assertNotIn("handled_by_assistant",
                         page.one(id="timeline").text())
        self.assertIn("The state is Handled by Assistant now", page.text())

    def test_refused(self):
        c = book.make(state="closed")
        answer = send(c, "intervened")
        self.assertIn("It can become Requesting", answer.text)
        for state in ("asleep", "", None):
            pairs = [("version", c["version"])]
            pairs += [("state", state)] if state is not None else []
            answer = http.admin().post(f"/contacts/{c['id']}/state", pairs)
            self.assertEqual(answer.status, 422, state)
        self.assertEqual(send(c, "requesting", version=99).status, 422)
        self.assertEqual(send(c, "requesting", version="x").status, 422)
        self.assertEqual(send({"id": 10**15, "version": 1},
                              "closed").status, 404)
        self.assertEqual(book.read(c), c)

    def test_changed_meanwhile(self):
        c = book.make(state="requesting")
        book.change(c, state="intervened")
        answer = send(c, "closed")
        self.assertEqual(answer.status, 409)
        self.assertIn("it is Intervened now", answer.text)
        self.assertEqual(book.read(c)["state"], "intervened")
        c = book.make(state="requesting")
        book.change(c, name="Theirs")
        self.assertEqual(send(c, "closed").status, 303)

    def test_who_may(self):
        c = book.make(state="requesting")
        viewer = http.member("viewer")
        page = viewer.get(f"/contacts/{c['id']}").page
        self.assertFalse(page.all("button", name="state"))
        self.assertEqual(send(c, "closed", client=viewer).status, 403)
        book.api().send("DELETE", f"/api/v1/contacts/{c['id']}", None)
        self.assertEqual(self.buttons(c), [])
        self.assertEqual(send(c, "closed").status, 409)


class Api(unittest.TestCase):
    def test_each_pair(self):
        for before in NEXT:
            for after in KEYS + [""]:
                c = book.make(state=before)
                answer = book.change(c, state=after)
                if after == before or after in NEXT[before]:
                    self.assertEqual(answer.status, 200, answer.text)
                    self.assertEqual(answer.json["state"], after)
                    continue
                self.assertEqual(answer.status, 422, (before, after))
                said = answer.json["error"]["fields"]["state"]
                for key in KEYS:
                    self.assertEqual(f"({key})" in said, key in NEXT[before],
                                     said)
                self.assertEqual(book.read(c), c)


class Bulk(unittest.TestCase):
    def test_kept_and_listed(self):
        source, people = bulk.people(3)
        for p, state in zip(people, ("closed", "requesting", "intervened")):
            book.change(p, state=state)
        found = bulk.done(filter={"source": source}, action="set",
                          values={"state": "Intervened"})
        self.assertEqual(bulk.numbers(found), (3, 1, 1, 1))
        page = http.admin().get(f"/jobs/{found['id']}").page
        self.assertIn("A chat that is Closed cannot become Intervened",
                      page.text())
        self.assertEqual([book.read(p)["state"] for p in people],
                         ["closed", "intervened", "intervened"])

    def test_page(self):
        source, people = bulk.people(2)
        book.change(people[0], state="closed")
        path = f"/contacts/bulk?where=source%3D{source}&do=state"
        answer = http.admin().get(path)
        self.assertEqual(answer.status, 422)
        self.assertTrue(answer.error("state"))
        page = http.admin().get(path + "&state=intervened").page
        self.assertIn("Set State to", page.text())
        self.assertIn("stays as it is: A chat that is Closed", page.text())
        form = http.form_of(page, action="/contacts/bulk", method="post")
        answer = http.admin().post("/contacts/bulk", form, csrf=False)
        self.assertEqual(answer.status, 303, answer.text)
        bulk.wait(int(answer.location.rsplit("/", 1)[1]))
        self.assertEqual([book.read(p)["state"] for p in people],
                         ["closed", "intervened"])

    def test_not_taken_away(self):
        source, _ = bulk.people(1, state="closed")
        answer = bulk.ask(filter={"source": source}, action="set",
                          values={"state": ""})
        self.assertEqual(answer.status, 422)
        self.assertIn("values.state", answer.json["error"]["fields"])
        page = http.admin().get(
            f"/contacts/bulk?where=source%3D{source}&do=clear").page
        self.assertNotIn("state", [o.get("value") for o in page.one(
            id="field_off").all("option")])

    def test_undo_takes_it_away(self):
        source, people = bulk.people(1)
        found = bulk.done(filter={"source": source}, action="set",
                          values={"state": "closed"})
        answer = book.api().send("POST", f"/api/v1/bulk/{found['id']}/undo",
                                 {})
        self.assertEqual(answer.status, 202, answer.text)
        bulk.wait(answer.json["id"])
        self.assertEqual(book.read(people[0])["state"], "")


class Import(unittest.TestCase):
    def test_follows_the_table(self):
        phones = [imports.phone() for _ in range(3)]

        def rows(*states):
            return imports.table(["Name", "Phone", "Chat State"], *[
                [f"N {s}", p, s] for p, s in zip(phones, states)])

        done = imports.imported(rows("closed", "Intervened", ""))
        self.assertEqual(done["rows"]["created"], 3)
        done = imports.imported(rows("intervened", "Closed", "closed"))
        self.assertEqual(done["warnings"], {"state-not-allowed": 1})
        self.assertEqual(done["rows"]["updated"], 3)
        found = {}
        for p in phones:
            c = http.Api().get("/api/v1/contacts?phone="
                               + p.replace("+", "%2B")).json["contacts"][0]
            found[p] = (c["name"], c["state"])
        self.assertEqual(list(found.values()), [
            ("N intervened", "closed"), ("N Closed", "closed"),
            ("N closed", "closed")])

    def test_an_empty_cell_takes_none_away(self):
        phone = imports.phone()
        head = ["Name", "Phone", "Chat State"]
        imports.imported(imports.table(head, ["A", phone, "closed"]))
        done = imports.imported(imports.table(head, ["B", phone, ""]),
                                blank="clear")
        self.assertEqual(done["warnings"], {"state-not-allowed": 1})
        c = http.Api().get("/api/v1/contacts?phone="
                           + phone.replace("+", "%2B")).json["contacts"][0]
        self.assertEqual((c["name"], c["state"]), ("B", "closed"))


if __name__ == "__main__":
    unittest.main()
