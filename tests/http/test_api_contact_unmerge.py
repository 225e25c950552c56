# test_api_contact_unmerge.py: a merge is taken back, through the API
# SPDX-License-Identifier: MIT
import os
import random
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import contact_fixtures as book
import http_client as http
from importing import Sql

SEED = int(os.environ.get("RUBRICA_SEED", "7"))


client = Sql(http.VAR + "/mariadb.sock")
unittest.addModuleCleanup(client.close)


def sql(text):
    """Statements as the database's administrator; what they print."""
    return "".join(line + "\n" for line in client.lines(text.rstrip(";")))


def merge(a, b, take=None):
    answer = book.api().send(
        "POST", f"/api/v1/contacts/{a['id']}/merge",
        {"with": b["id"], "version": a["version"],
         "with_version": b["version"], "take": take or {}})
    if answer.status != 200:
        raise AssertionError(answer.text)
    return answer.json


def job_of(contact):
    """The job of the newest revision."""
    return book.api().get(
        f"/api/v1/contacts/{contact['id']}/revisions").json["revisions"][0][
            "job"]


def unmerge(contact, job):
    return book.api().send("POST", f"/api/v1/contacts/{contact['id']}/unmerge",
                           {"job": job})


def state(contact):
    """All of a contact but what each change changes."""
    values = book.read(contact)
    del values["version"], values["updated_at"]
    values["campaigns"] = sql(
        "SELECT name FROM contact_campaign JOIN campaign ON id = campaign_id"
        f" WHERE contact_id = {contact['id']} ORDER BY name").split("\n")
    values["kept"] = sql(
        "SELECT created_at, last_active, merged_into FROM contact"
        f" WHERE id = {contact['id']}")
    return values


def lots(rng, attributes, segments):
    """A contact that may have anything, made and put into places."""
    words = ["", "Ann", "Zoë Berg", "O'Hara", "🙂", "two\nlines"]
    values = {f: rng.choice(words) for f in (
        "username", "name", "first_name", "title", "account", "city", "area")}
    values["state"] = rng.choice(["", "intervened", "closed"])
    values["whatsapp_opted"] = rng.choice(["unknown", "yes", "no"])
    if values["whatsapp_opted"] != "unknown" and rng.random() < 0.7:
        values["whatsapp_opted_at"] = \
            f"20{rng.randrange(10, 26)}-05-04T03:02:01.000Z"
    for key in rng.sample(["phone", "wa_user_id", "email", "user_id"],
                          rng.randrange(1, 5)):
        values[key] = {
            "phone": book.number(), "wa_user_id": http.unique("w"),
            "email": http.unique("e") + "@example.org",
            "user_id": http.unique("u")}[key]
    values["tags"] = rng.sample(["a", "b", "c d", "é"], rng.randrange(4))
    values["attributes"] = {
        name: rng.choice(["x", "longer text", "é"])
        for name in rng.sample(attributes, rng.randrange(3))}
    contact = book.make(**values)
    for table, column, ids in (("segment_contact", "segment_id", segments),
                               ("contact_campaign", "campaign_id",
                                campaigns())):
        for one in rng.sample(ids, rng.randrange(len(ids) + 1)):
            sql(f"INSERT INTO {table} ({column}, contact_id) VALUES"
                f" ({one}, {contact['id']})")
    days = rng.randrange(1000)
    sql(f"UPDATE contact SET created_at = created_at - INTERVAL {days} DAY,"
        f" last_active = IF({days} % 3, '2026-01-02' + INTERVAL {days} DAY,"
        f" NULL) WHERE id = {contact['id']}")
    return book.read(contact)


_campaigns = []


def campaigns():
    if not _campaigns:
        for _ in range(3):
            name = http.unique("campaign")
            sql(f"INSERT INTO campaign (name, created_at) VALUES ('{name}',"
                " NOW(3))")
            _campaigns.append(sql("SELECT id FROM campaign WHERE name ="
                                  f" '{name}'").strip())
    return _campaigns


class Unmerge(unittest.TestCase):
    def test_exactly_the_same_two(self):
        """Whatever they are and whatever is chosen: merged and taken back,
        both are as before; and merged again, as after the merge."""
        rng = random.Random(SEED)
        attributes = [book.attribute() for _ in range(3)]
        segments = []
        for _ in range(3):
            name = http.unique("segment")
            book.api().send("POST", "/api/v1/segments", {"name": name})
            segments.append(sql(
                f"SELECT id FROM segment WHERE name = '{name}'").strip())
        rounds = 60 if os.environ.get("RUBRICA_LONG") else 12
        for i in range(rounds):
            with self.subTest(seed=SEED, round=i):
                self.there_and_back(rng, lots(rng, attributes, segments),
                                    lots(rng, attributes, segments))

    def there_and_back(self, rng, a, b):
        before = state(a), state(b)
        take = {key: rng.choice(["this", "other"]) for key in
                ("name", "city", "area", "title", "wa_user_id", "email")
                if rng.random() < 0.5}
        take["tags"] = rng.choice(["this", "other", "both"])
        take["segments"] = rng.choice(["this", "other", "both"])
        take["phone"] = "this" if a["phone"] else "other"
        try:
            merge(a, b, take)
        except AssertionError as e:
            self.assertIn("without one nobody could find", str(e))
            return
        merged = state(a)
        job = job_of(a)
        self.assertEqual(job, book.api().get(
            f"/api/v1/contacts/{b['id']}/revisions").json["revisions"][0][
                "job"])
        self.assertEqual(
            book.api().get(f"/api/v1/contacts/{b['id']}").status, 404)
        for _ in range(2):
            answer = unmerge(a, job)
            self.assertEqual(answer.status, 200, answer.text)
            self.assertEqual((answer.json["merged"], answer.json["kept"]),
                             (False, []))
            self.assertEqual((state(a), state(b)), before)
            answer = unmerge(b, job)
            self.assertEqual((answer.json["merged"], answer.json["kept"]),
                             (True, []))
            self.assertEqual(state(a), merged)
            self.assertEqual(
                book.api().get(f"/api/v1/contacts/{b['id']}").status, 404)

    def test_what_was_changed_since_stays(self):
        a, b = book.make(name="Ann", city=""), book.make(name="B", city="Pune")
        merged = merge(a, b)
        job = job_of(a)
        book.change(merged, city="Agra", area="South")
        answer = unmerge(a, job)
        self.assertEqual(answer.status, 200, answer.text)
        self.assertEqual([(k["contact"], k["field"])
                          for k in answer.json["kept"]], [(a["id"], "city")])
        now = book.read(a)
        self.assertEqual((now["city"], now["area"]), ("Agra", "South"))
        self.assertEqual(book.read(b)["city"], "Pune")

    def test_number_of_somebody_else_since(self):
        a = book.make(name="A")
        b = book.make(name="B")
        merge(a, b, {"phone": "other"})
        job = job_of(a)
        book.make(name="C", phone=a["phone"])
        answer = unmerge(a, job)
        self.assertEqual(answer.status, 200, answer.text)
        self.assertEqual({k["field"] for k in answer.json["kept"]}, {"phone"})

    def test_refused(self):
        a, b, c = book.make(), book.make(), book.make()
        merge(a, b)
        job = job_of(a)
        self.assertEqual(unmerge(c, job).status, 404, "of others")
        self.assertEqual(unmerge(a, 999999999999).status, 404)
        for value in (0, "x", None, -1, 1.5):
            self.assertEqual(unmerge(a, value).status, 422)
        where = f"/api/v1/contacts/{a['id']}/unmerge"
        self.assertEqual(book.api().send(
            "POST", where, {"job": job, "x": 1}).status, 422)
        self.assertEqual(book.api().ask("POST", where, "{", {
            "Content-Type": "application/json"}).status, 400)
        self.assertEqual(book.api().ask("POST", where).status, 415)
        self.assertEqual(book.read(a)["version"], 2)


if __name__ == "__main__":
    unittest.main()
