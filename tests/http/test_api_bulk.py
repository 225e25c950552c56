# test_api_bulk.py: one change of all contacts that match, by the API
# SPDX-License-Identifier: MIT
import os
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import bulk_client as bulk
import contact_fixtures as book
import http_client as http


def revisions(contact):
    return book.api().get(
        f"/api/v1/contacts/{contact['id']}/revisions").json["revisions"]


class Actions(unittest.TestCase):
    def setUp(self):
        self.source, self.people = bulk.people(3)
        self.filter = {"source": self.source}

    def read(self, i=0):
        return book.read(self.people[i])

    def test_tags(self):
        tag, other = bulk.tag(), bulk.tag()
        book.change(self.people[1], tags=[tag])
        found = bulk.done(filter=self.filter, action="add_tags", tags=[tag])
        self.assertEqual(found["status"], "done")
        self.assertEqual(bulk.numbers(found), (3, 2, 1, 0))
        self.assertEqual([self.read(i)["tags"] for i in range(3)],
                         [[tag]] * 3)
        self.assertEqual(self.read()["version"], 2)
        self.assertEqual(self.read(1)["version"], 2)
        newest = revisions(self.people[0])[0]
        self.assertEqual(newest["before"], {"_tags": []})
        found = bulk.done(filter=self.filter, action="add_tags",
                          tags=[tag.upper(), other, other])
        self.assertEqual(bulk.numbers(found), (3, 3, 0, 0))
        found = bulk.done(filter={"tag": tag}, action="remove_tags",
                          tags=[tag])
        self.assertEqual(bulk.numbers(found), (3, 3, 0, 0))
        self.assertEqual(self.read()["tags"], [other])
        self.assertEqual(revisions(self.people[0])[0]["before"]["_tags"],
                         sorted([tag, other]))
        self.assertEqual(bulk.ask(filter={"tag": tag}, action="remove_tags",
                                  tags=[tag]).status, 422)

    def test_new_tags(self):
        name = http.unique("brand-new")
        answer = bulk.ask(filter=self.filter, action="add_tags", tags=[name],
                          make_tags=False)
        self.assertEqual(answer.status, 422)
        self.assertIn(name, answer.json["error"]["fields"]["tags"])
        bulk.done(filter=self.filter, action="add_tags", tags=[name])
        self.assertEqual(self.read()["tags"], [name])

    def test_fields_and_attributes(self):
        score = book.attribute("NUMBER")
        book.change(self.people[2], city="Pune",
                    attributes={score: 1})
        found = bulk.done(
            filter=self.filter, action="set",
            values={"city": " Pune ", "state": "Closed",
                    "attributes": {score.upper(): "7"}})
        self.assertEqual(bulk.numbers(found), (3, 3, 0, 0))
        for i in range(3):
            self.assertEqual(self.read(i)["city"], "Pune")
            self.assertEqual(self.read(i)["state"], "closed")
            self.assertEqual(self.read(i)["attributes"], {score: 7})
        self.assertEqual(revisions(self.people[2])[0]["before"],
                         {"state": "", f"attributes.{score}": 1})
        again = bulk.done(filter=self.filter, action="set",
                          values={"city": "Pune"})
        self.assertEqual(bulk.numbers(again), (3, 0, 3, 0))
        found = bulk.done(filter=self.filter, action="set",
                          values={"city": None, "attributes": {score: ""}})
        self.assertEqual(bulk.numbers(found), (3, 3, 0, 0))
        self.assertEqual(self.read()["city"], "")
        self.assertEqual(self.read()["attributes"], {})

    def test_the_last_key_is_kept(self):
        person = book.make(email=http.unique("x") + "@example.org",
                           source=self.source)
        found = bulk.done(filter=self.filter, action="set",
                          values={"email": ""})
        self.assertEqual(bulk.numbers(found), (4, 0, 3, 1))
        self.assertEqual(book.read(person)["email"], person["email"])

    def test_segment(self):
        name = http.unique("segment")
        found = bulk.done(filter=self.filter, action="add_to_segment",
                          segment=name)
        self.assertEqual(bulk.numbers(found), (3, 3, 0, 0))
        self.assertEqual(self.read()["segments"], [name])
        self.assertEqual(revisions(self.people[0])[0]["before"],
                         {"_segments": []})
        found = bulk.done(filter={"id": [p["id"] for p in self.people[:2]]},
                          action="remove_from_segment", segment=name)
        self.assertEqual(bulk.numbers(found), (2, 2, 0, 0))
        self.assertEqual([self.read(i)["segments"] for i in range(3)],
                         [[], [], [name]])

    def test_trash(self):
        found = bulk.done(filter=self.filter, action="trash")
        self.assertEqual(bulk.numbers(found), (3, 3, 0, 0))
        self.assertEqual(book.found("source=" + self.source), [])
        answer = bulk.ask(filter=self.filter, action="trash")
        self.assertEqual(answer.status, 422)
        self.assertIn("No contact matches",
                      answer.json["error"]["fields"]["filter"])
        answer = bulk.ask(filter={"id": self.people[0]["id"]}, action="trash")
        self.assertEqual(answer.status, 422)

    def test_chosen(self):
        ids = [p["id"] for p in self.people]
        found = bulk.done(filter={"id": ids[:2] + ids[:1]}, action="set",
                          values={"area": "North"})
        self.assertEqual(bulk.numbers(found), (2, 2, 0, 0))
        self.assertEqual(self.read(2)["area"], "")
        found = bulk.done(filter={"id": f"{ids[2]},{ids[0]}"}, action="set",
                          values={"area": "North"})
        self.assertEqual(bulk.numbers(found), (2, 1, 1, 0))

    def test_chosen_of_a_filter(self):
        """Numbers beside another condition: both have to hold."""
        ids = [p["id"] for p in self.people]
        other = book.make(name="Else")
        found = bulk.done(filter={"id": ids[:2] + [other["id"]],
                                  "source": self.source}, action="set",
                          values={"area": "West"})
        self.assertEqual(bulk.numbers(found), (2, 2, 0, 0))
        self.assertEqual(book.read(other)["area"], "")

    def test_what_the_filter_sees_changes(self):
        """Each contact once, though it matches no more after its change."""
        found = bulk.done(filter=self.filter, action="set",
                          values={"source": self.source + "-b"})
        self.assertEqual(bulk.numbers(found), (3, 3, 0, 0))
        self.assertEqual(len(book.found(f"source={self.source}-b")), 3)

    def test_dry_run(self):
        tag = bulk.tag()
        answer = bulk.ask(filter=self.filter, action="add_tags", tags=[tag],
                          dry_run=True)
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.json["matched"], 3)
        self.assertEqual(answer.json["examples"][0], {
            "id": self.people[0]["id"], "kept": None,
            "changes": [{"field": "Tags", "old": "", "new": tag}]})
        answer = bulk.ask(filter=self.filter, action="set", dry_run=True,
                          values={"city": "Roma", "title": ""})
        self.assertEqual(answer.json["examples"][2]["changes"],
                         [{"field": "City", "old": "", "new": "Roma"}])
        self.assertEqual(self.read()["version"], 1)
        answer = bulk.ask(filter={"source": http.unique("nobody")},
                          action="trash", dry_run=True)
        self.assertEqual((answer.status, answer.json["matched"]), (200, 0))


class Consent(unittest.TestCase):
    def setUp(self):
        self.source, self.people = bulk.people(2)
        self.out = book.make(source=self.source, whatsapp_opted="no",
                             whatsapp_opted_at="2024-05-01")
        self.filter = {"source": self.source}

    def opted(self):
        found = [book.read(p) for p in (*self.people, self.out)]
        return [p["whatsapp_opted"] for p in found]

    def ask(self, opted="yes", **more):
        return bulk.done(filter=self.filter, action="set", values={
            "whatsapp_opted": opted}, **more)

    def test_an_opt_out_stands(self):
        self.assertEqual(bulk.numbers(self.ask()), (3, 2, 0, 1))
        self.assertEqual(self.opted(), ["yes", "yes", "no"])
        self.assertNotEqual(book.read(self.people[0])["whatsapp_opted_at"],
                            None)
        self.assertEqual(bulk.numbers(self.ask("unknown")), (3, 2, 0, 1))
        self.assertEqual(self.opted(), ["unknown", "unknown", "no"])
        self.assertIsNone(book.read(self.people[0])["whatsapp_opted_at"])

    def test_opting_out_needs_nothing(self):
        self.assertEqual(bulk.numbers(self.ask("no", how="By letter.")),
                         (3, 2, 1, 0))
        self.assertEqual(book.read(self.out)["whatsapp_opted_at"],
                         "2024-05-01T00:00:00.000Z")

    def test_only_with_their_number(self):
        seen = bulk.ask(filter=self.filter, action="set", dry_run=True,
                        values={"whatsapp_opted": "yes"})
        self.assertEqual(seen.json["opted_out"], 1)
        self.assertIn("opted out", seen.json["examples"][2]["kept"])
        wrong = bulk.ask(filter=self.filter, action="set",
                         values={"whatsapp_opted": "yes"},
                         overturn_opt_outs=2)
        self.assertEqual(wrong.status, 422)
        self.assertIn("1 of these people",
                      wrong.json["error"]["fields"]["overturn_opt_outs"])
        self.assertEqual(self.opted(), ["unknown", "unknown", "no"])
        found = self.ask(overturn_opt_outs=1)
        self.assertEqual(bulk.numbers(found), (3, 3, 0, 0))
        self.assertEqual(self.opted(), ["yes"] * 3)


class Refused(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.source, cls.people = bulk.people(1)
        cls.tag = bulk.tag()

    def refused(self, field, **body):
        body.setdefault("filter", {"source": self.source})
        body.setdefault("action", "trash")
        answer = bulk.ask(**body)
        self.assertEqual(answer.status, 422, body)
        self.assertIn(field, answer.json["error"]["fields"], body)
        self.assertEqual(book.read(self.people[0])["version"], 1)

    def test_filters(self):
        self.refused("filter", filter={})
        self.refused("filter", filter="tag=a")
        self.refused("filter", filter={"id": []})
        self.refused("filter", filter={"source": http.unique("nobody")})
        self.refused("filter.colour", filter={"colour": "red"})
        self.refused("filter.status", filter={"status": "asleep"})
        self.refused("filter.attr.nope", filter={"attr.nope": "1"})
        self.refused("filter.tag", filter={"tag": {"a": "b"}})
        self.refused("filter.id", filter={"id": "x"})
        self.refused("filter.id", filter={"id": ["1", "-2"]})
        self.refused("filter.id", filter={"id": list(range(1, 1002))})
        self.refused("filter.id", filter={"id": "x", "tag": self.tag})
        # A page of a list is not what is changed: all that match are.
        for name, value in (("limit", 1), ("after", "broken"),
                            ("before", "end")):
            self.refused("filter." + name, filter={"source": self.source,
                                                   name: value})
        answer = book.api().send("POST", "/api/v1/bulk", {"action": "trash"})
        self.assertEqual(answer.status, 422)
        self.assertIn("filter", answer.json["error"]["fields"])

    def test_actions(self):
        self.refused("action", action="paint")
        self.refused("action", action=7)
        self.refused("action", action="")
        self.refused("colour", colour="red")
        self.refused("tags", action="add_tags")
        self.refused("tags", action="add_tags", tags=[])
        self.refused("tags", action="add_tags", tags=["a|b"],
                     make_tags=True)
        self.refused("tags", action="add_tags", tags=["x" * 129],
                     make_tags=True)
        self.refused("tags", action="add_tags", tags="a")
        self.refused("tags", action="add_tags", tags=[1])
        self.refused("tags", action="remove_tags",
                     tags=[http.unique("nope")], make_tags=True)
        self.refused("make_tags", action="add_tags", tags=[self.tag],
                     make_tags="yes")
        self.refused("segment", action="add_to_segment")
        self.refused("segment", action="add_to_segment", segment="x" * 129)
        self.refused("segment", action="remove_from_segment",
                     segment=http.unique("nope"))
        self.refused("all", all=1)
        self.refused("dry_run", dry_run="perhaps")
        self.refused("overturn_opt_outs", overturn_opt_outs=-1)
        self.refused("overturn_opt_outs", overturn_opt_outs=1)

    def test_values(self):
        number = book.attribute("NUMBER")

        def values(field, given, **more):
            self.refused(field, action="set", values=given, **more)

        values("values", {})
        values("values", [])
        values("values.phone", {"phone": "+393331234567"})
        values("values.wa_user_id", {"wa_user_id": ""})
        values("values.colour", {"colour": "red"})
        values("values.state", {"state": "asleep"})
        values("values.whatsapp_opted", {"whatsapp_opted": "perhaps"})
        values("values.whatsapp_opted_at", {"whatsapp_opted_at": "soon"})
        values("values.email", {"email": "nobody"})
        values("values.city", {"city": "x" * 129})
        values("values.city", {"city": ["a"]})
        values("values.attributes", {"attributes": 1})
        values("values.attributes.nope", {"attributes": {"nope": 1}})
        values(f"values.attributes.{number}",
               {"attributes": {number: "many"}})
        values("how", {"city": "Pune"}, how="x" * 501)

    def test_keys_of_people_who_are_not_to_come_back(self):
        email = http.unique("gone") + "@example.org"
        self.assertEqual(book.api().send("POST", "/api/v1/privacy/erase", {
            "email": email}).status // 100, 2)
        for extra in ({}, {"whatsapp_opted": "yes"}):
            self.refused("values.email", action="set",
                         values={"email": email.upper(), **extra})
        self.refused("values.email", action="set", dry_run=True,
                     values={"email": email})
        code = http.unique("left")
        contact = book.make(user_id=code, whatsapp_opted="no")
        book.api().ask("DELETE",
                       f"/api/v1/contacts/{contact['id']}?purge=true")
        self.refused("values.user_id", action="set",
                     values={"user_id": code})

    def test_bodies(self):
        api = book.api()
        answer = api.send("POST", "/api/v1/bulk", [])
        self.assertEqual(answer.status, 400)
        nobody = http.Api(token="nobody's")
        self.assertEqual(nobody.send("POST", "/api/v1/bulk", {}).status, 401)
        self.assertEqual(api.get("/api/v1/bulk").status, 405)


@unittest.skipUnless(http.VAR, "needs the instance's VAR")
class Beside(unittest.TestCase):
    """Names that a job goes by do not change while it goes on."""

    def sql(self, text):
        subprocess.run(["mariadb", "-S", http.VAR + "/mariadb.sock",
                        "rubrica", "-e", text], check=True)

    def refused(self, path, **pairs):
        answer = http.admin().post(path, pairs)
        self.assertEqual(answer.status, 422, (path, pairs))
        self.assertIn("Many contacts are being changed", answer.page.text())

    def test_names_stay(self):
        tag, other, segment = bulk.tag(), bulk.tag(), http.unique("segment")
        attribute = book.attribute()
        book.api().send("POST", "/api/v1/segments", {"name": segment})
        # One that a worker elsewhere has.
        self.sql("INSERT INTO job (kind, state, filter, action, arguments,"
                 " lease_until, created_at) VALUES ('bulk', 'running', '',"
                 " 'beside', '{}', NOW() + INTERVAL 1 HOUR, NOW())")
        try:
            self.refused("/tags", action="rename", which=tag, new_name="x")
            self.refused("/tags", action="merge", which=tag, into=other)
            self.refused("/tags", action="delete", which=tag)
            self.refused("/segments", action="rename", which=segment,
                         new_name="x")
            self.refused("/segments", action="delete", which=segment)
            self.refused("/attributes", action="delete", which=attribute)
        finally:
            self.sql("DELETE FROM job WHERE action = 'beside'")
        answer = http.admin().post("/tags", {
            "action": "delete", "which": tag})
        self.assertEqual(answer.status, 303, answer.page.text())


class Sending(unittest.TestCase):
    def test_the_same_key_gives_the_same_job(self):
        source, _ = bulk.people(1)
        body = {"filter": {"source": source}, "action": "set",
                "values": {"city": "Pune"}}
        key = http.unique("key")
        first = bulk.ask(idempotency=key, **body)
        self.assertEqual(first.status, 202)
        self.assertEqual(first.json["url"],
                         f"/api/v1/bulk/{first.json['id']}")
        again = bulk.ask(idempotency=key, **body)
        self.assertEqual((again.status, again.json), (202, first.json))
        body["values"] = {"city": "Roma"}
        other = bulk.ask(idempotency=key, **body)
        self.assertEqual(other.status, 422)
        self.assertEqual(other.json["error"]["code"],
                         "idempotency-key-reused")
        self.assertEqual(bulk.ask(idempotency="x" * 256, **body).status, 422)
        bulk.wait(first.json["id"])

    def test_all(self):
        """Everybody is meant only when that is said."""
        seen = bulk.ask(filter={}, all=True, action="trash", dry_run=True)
        self.assertEqual(seen.status, 200)
        self.assertGreater(seen.json["matched"], 0)
        self.assertEqual(
            bulk.ask(filter={}, action="trash", dry_run=True).status, 422)


if __name__ == "__main__":
    unittest.main()
