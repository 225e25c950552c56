# test_api_contact_merge.py: two contacts become one, through the API
# SPDX-License-Identifier: MIT
import concurrent.futures
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import contact_fixtures as book
import http_client as http
import import_client as imports


def merge(a, b, take=None, **values):
    body = {"with": b["id"], "version": a["version"],
            "with_version": b["version"]}
    if take is not None:
        body["take"] = take
    body.update(values)
    return book.api().send("POST", f"/api/v1/contacts/{a['id']}/merge",
                           {k: v for k, v in body.items() if v != "none"})


def revisions(contact):
    return book.api().get(
        f"/api/v1/contacts/{contact['id']}/revisions").json["revisions"]


class Merge(unittest.TestCase):
    def test_merge(self):
        name = book.attribute()
        one, two = sorted(http.unique("t") for _ in "ab")
        a = book.make(name="Ann", tags=[one], attributes={name: "x"})
        b = book.make(name="Ann Berg", city="Pune", tags=[two],
                      attributes={name: "xyz"})
        answer = merge(a, b, {"name": "this", "phone": "other",
                              f"attributes.{name}": "this"})
        self.assertEqual(answer.status, 200, answer.text)
        now = answer.json
        self.assertEqual((now["name"], now["city"]), ("Ann", "Pune"))
        self.assertEqual(now["phone"], b["phone"])
        self.assertEqual(now["attributes"], {name: "x"})
        self.assertEqual(now["tags"], [one, two])
        self.assertEqual((now["id"], now["version"]), (a["id"], 2))
        self.assertEqual(book.read(a), now)

    def test_revisions(self):
        a = book.make(name="Ann")
        b = book.make(name="Ann Berg", tags=["t"])
        merge(a, b, {"phone": "other"})
        mine, theirs = revisions(a), revisions(b)
        self.assertEqual([r["kind"] for r in mine + theirs], ["merge"] * 2)
        self.assertEqual(mine[0]["before"]["phone"], a["phone"])
        self.assertEqual(mine[0]["before"]["name"], "Ann")
        self.assertEqual(mine[0]["before"]["_tags"], [])
        self.assertEqual(theirs[0]["before"], {
            "phone": b["phone"], "_tags": ["t"], "_segments": [],
            "_campaigns": [], "_trashed_at": None, "_merged_into": None})

    def test_earlier_created_at(self):
        old, new = book.make(name="Old"), book.make(name="New")
        answer = merge(new, old)
        self.assertEqual(answer.json["created_at"], old["created_at"])
        before = revisions(new)[0]["before"]
        if old["created_at"] != new["created_at"]:
            self.assertEqual(before["_created_at"], new["created_at"])

    def test_whose_tags(self):
        for side, left in (("this", ["a"]), ("other", ["b"]),
                           ("both", ["a", "b"])):
            a, b = book.make(tags=["a"]), book.make(tags=["b"])
            answer = merge(a, b, {"tags": side, "segments": side})
            self.assertEqual(answer.json["tags"], left, side)

    def test_refused(self):
        a, b = book.make(name="A"), book.make(name="B")
        for take, field in (({"nose": "this"}, "nose"),
                            ({"name": "mine"}, "name"),
                            ({"name": 1}, "name"),
                            ({"name": "both"}, "name"),
                            ({"attributes.none": "this"}, "attributes.none"),
                            ({"tags": "none"}, "tags"),
                            ([], "take")):
            answer = merge(a, b, take)
            self.assertEqual(answer.status, 422, take)
            self.assertIn(field, answer.json["error"]["fields"], take)
        for values in ({"with": "none"}, {"with": 0}, {"with": "1"},
                       {"version": "none"}, {"with_version": "none"},
                       {"version": "2"}, {"nose": 1}):
            answer = merge(a, b, **values)
            self.assertEqual(answer.status, 422, values)
            self.assertTrue(answer.json["error"]["fields"])
        self.assertEqual((book.read(a), book.read(b)), (a, b))

    def test_malformed(self):
        a = book.make()
        where = f"/api/v1/contacts/{a['id']}/merge"
        for body in ("{", "[]", "7"):
            answer = book.api().ask("POST", where, body, {
                "Content-Type": "application/json"})
            self.assertEqual(answer.status, 400, body)
        self.assertEqual(book.api().ask("POST", where).status, 415)
        self.assertEqual(book.api().get(where).status, 405)

    def test_same_contact_twice(self):
        a = book.make()
        answer = merge(a, a)
        self.assertEqual(answer.status, 422)
        self.assertIn("itself", answer.json["error"]["message"])
        self.assertEqual(book.read(a), a)

    def test_gone(self):
        a = book.make()
        answer = merge(a, {"id": 999999999999, "version": 1})
        self.assertEqual(answer.status, 404)
        self.assertIn("with", answer.json["error"]["fields"])
        self.assertEqual(
            merge({"id": 999999999999, "version": 1}, a).status, 404)

    def test_trashed(self):
        a, b, c = book.make(), book.make(), book.make()
        self.assertEqual(merge(a, b).status, 200)
        for one, other in ((c, b), (b, c)):
            answer = merge(one, dict(other, version=2))
            self.assertEqual(answer.status, 409)
            self.assertEqual(answer.json["error"]["code"], "in-trash")
        self.assertEqual(book.read(c), c)

    def test_moved_on(self):
        a, b = book.make(name="A"), book.make(name="B")
        now = book.change(b, name="C").json
        answer = merge(a, b)
        self.assertEqual(answer.status, 409)
        self.assertEqual(answer.json["current"], a)
        self.assertEqual(answer.json["current_with"], now)
        self.assertEqual((book.read(a), book.read(b)), (a, now))

    def test_unique_keys_change_places(self):
        """The winner's number goes for good, the other's is taken over."""
        a = book.make(wa_user_id=http.unique("w"))
        b = book.make(wa_user_id=http.unique("w"))
        a, b = book.read(a), book.read(b)
        answer = merge(a, b, {"wa_user_id": "other"})
        self.assertEqual(answer.status, 200, answer.text)
        self.assertEqual(answer.json["wa_user_id"], b["wa_user_id"])
        again = book.make(wa_user_id=a["wa_user_id"])
        self.assertEqual(again["wa_user_id"], a["wa_user_id"])

    def test_nothing_to_find_it_by(self):
        a, b = book.make(), book.make(user_id=http.unique("u"))
        answer = merge(a, b, {"phone": "other", "user_id": "this"})
        self.assertEqual(answer.status, 422)
        self.assertEqual((book.read(a), book.read(b)), (a, b))

    def test_consent(self):
        a = book.make(whatsapp_opted="yes")
        b = book.make(whatsapp_opted="no",
                      whatsapp_opted_at="2100-01-01T00:00:00.000Z")
        answer = merge(a, b, {"whatsapp_opted": "this"})
        self.assertEqual(answer.status, 422)
        self.assertIn("whatsapp_opted", answer.json["error"]["fields"])
        answer = merge(a, b, {"whatsapp_opted": "other"})
        self.assertEqual(answer.json["whatsapp_opted"], "no")

    def test_consents_of_one_import(self):
        """Its rows are of one moment, in whichever batch they are written:
        the yes is not known to be newer."""
        city, rows = http.unique("city"), 2100
        done = imports.imported(imports.table(
            ["Name", "Phone", "WhatsApp opted", "City"],
            *[[f"P{i}", imports.phone(), "yes" if i else "no",
               city if i in (0, rows - 1) else ""] for i in range(rows)]),
            format="generic")
        self.assertEqual(done["rows"]["created"], rows)
        a, b = book.api().get("/api/v1/contacts?sort=name&city=" +
                              city).json["contacts"]
        self.assertEqual((a["name"], b["name"]), ("P0", f"P{rows - 1}"))
        self.assertEqual(a["whatsapp_opted_at"], b["whatsapp_opted_at"])
        self.assertEqual(merge(a, b).json["whatsapp_opted"], "no")

    def test_both_ways_at_once(self):
        """Each into the other, by eight: one merge, two never are gone."""
        a, b = book.make(name="A"), book.make(name="B")
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(
                lambda i: merge(*((a, b) if i % 2 else (b, a))), range(8)))
        ways = {x.json["id"] for x in answers if x.status == 200}
        self.assertEqual(len(ways), 1)
        self.assertLessEqual({x.status for x in answers}, {200, 409})
        self.assertEqual(len(revisions(a) + revisions(b)), 2)


if __name__ == "__main__":
    unittest.main()
