# test_contact_conditions.py: the conditions of a list of contacts, by a model
# SPDX-License-Identifier: MIT
import datetime
import os
import random
import subprocess
import sys
import time
import unittest
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import contact_fixtures as fixtures
import filter_model as model
import http_client as http
import import_client as imports

DAY = model.DAY
TEXTS = ("username", "first_name", "city", "source", "title", "account",
         "area", "country", "first_message", "house_number", "address")
WORDS = ("Zürich", "zurich", "São Paulo", "100%_off", "a\\b", "x~y", "~", "\\", "Pune",
         "Ōsaka", "punе")
DATES = ("2019-12-31", "2020-01-01", "2020-02-29", "2020-03-01", "2024-06-30")
TIMES = ("00:00:00", "09:30:00", "09:30:01", "23:59:59")
NUMBERS = (0, -3.5, 7, 10, 1000000, 2.25)
LANGS = ("en", "it", "Hi", "pt-BR")
PEOPLE = 36


def sql(text):
    subprocess.run(["mariadb", "-S", http.VAR + "/mariadb.sock", "rubrica",
                    "-e", text], check=True)


def at(ms):
    t = datetime.datetime.fromtimestamp(ms / 1000, datetime.timezone.utc)
    return t.strftime("%Y-%m-%dT%H:%M:%S.") + f"{ms % 1000:03d}Z"


def sql_time(ms):
    return "NULL" if ms is None else f"'{at(ms)[:-1].replace('T', ' ')}'"


class Book:
    """People of whom everything is known, under a tag of their own."""

    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.now = round(time.time() * 1000)
        self.tag = http.unique("book")
        self.types = {fixtures.attribute(t): t for t in
                      ("TEXT", "NUMBER", "DATE", "TIME", "DATETIME",
                       "BOOLEAN", "ARRAY", "OBJECT")}
        self.tags = [http.unique(n) for n in ("Vip", "Ödd", "rest")]
        self.segments = [http.unique(n) for n in ("S one", "S two")]
        self.campaigns = [http.unique(n) for n in ("Spring", "Autumn")]
        for name in self.segments:
            fixtures.api().send("POST", "/api/v1/segments", {"name": name})
        self.people = [self.person(i) for i in range(PEOPLE)]
        self.imports = [self.import_made(), self.import_changed()]
        self.by_id = {p["id"]: p for p in self.people}
        self.write()

    def maybe(self, values, often=.7):
        return self.rng.choice(values) if self.rng.random() < often else None

    def moment(self):
        day = self.maybe(DATES)
        return day and model.moment(day)[0] + self.rng.choice(
            (0, 1, DAY - 1, DAY // 2))

    def recent(self):
        days = self.maybe((0.2, 0.9, 1.5, 2.9, 40), .8)
        return None if days is None else self.now - round(days * DAY)

    def attributes(self):
        values = {"TEXT": WORDS, "NUMBER": NUMBERS, "DATE": DATES,
                  "TIME": TIMES, "BOOLEAN": (True, False),
                  "ARRAY": (["en"], ["it", "hi"], ["EN", "pt-BR", 7], []),
                  "OBJECT": ({"size": "M"},),
                  "DATETIME": [d + "T12:00:00.000Z" for d in DATES]}
        out = {}
        for name, kind in self.types.items():
            value = self.maybe(values[kind])
            if kind == "DATE" and value and self.rng.random() < .3:
                value = at(self.now - self.rng.randrange(4) * DAY)[:10]
            if value is not None:
                out[name] = value
        return out

    def person(self, i):
        p = {f: self.maybe(WORDS) or "" for f in TEXTS}
        p["name"] = self.rng.choice(WORDS) + f" {i}"
        p["phone"] = fixtures.number() if i % 4 else None
        p["email"] = self.maybe((f"U{i}@one.example", f"u{i}@two.example"))
        p["user_id"] = http.unique("User" if i % 2 else "other")
        p["whatsapp_opted"] = self.maybe(("yes", "no"))
        p["state"] = self.maybe(("requesting", "closed")) or ""
        p["tags"] = {t for t in self.tags if self.rng.random() < .4}
        p["attributes"] = self.attributes()
        sent = {k: v for k, v in p.items() if v not in (None, "")}
        p["source"] = p["source"] or "API"
        sent["tags"] = sorted(p["tags"]) + [self.tag]
        p["id"] = int(fixtures.make(**sent)["id"])
        p["segments"] = {s for s in self.segments if self.rng.random() < .4}
        p["campaigns"] = {c for c in self.campaigns if self.rng.random() < .4}
        p["created_at"] = self.moment() or self.now - 40 * DAY
        p["updated_at"] = self.recent() or self.now - 50 * DAY
        p["last_active"] = self.recent()
        p["whatsapp_opted_at"] = self.moment()
        p.update(made=None, changed=set(), error=set())
        return p

    def import_of(self, *rows):
        return int(imports.imported(imports.table(
            ["Name", "Phone", "E-mail", "Tags"], *rows))["id"])

    def import_made(self):
        """An import that makes two people."""
        phones = [fixtures.number() for _ in range(2)]
        number = self.import_of(
            *[[f"Import {i}", phone, "", self.tag]
              for i, phone in enumerate(phones)])
        for i, phone in enumerate(phones):
            found = fixtures.api().get(
                "/api/v1/contacts?phone=" + urllib.parse.quote(phone))
            c = found.json["contacts"][0]
            p = {f: c[f] or "" for f in TEXTS}
            p.update(name=c["name"], phone=phone, email=None, user_id=None,
                     whatsapp_opted=None, state="", tags=set(), attributes={},
                     id=int(c["id"]), segments=set(), campaigns=set(),
                     created_at=self.now - i * DAY - DAY // 24,
                     updated_at=self.now,
                     last_active=None, whatsapp_opted_at=None, made=number,
                     changed=set(), error=set())
            self.people.append(p)
        return number

    def import_changed(self):
        """An import that changes some, and is in error about others."""
        with_phone = [p for p in self.people if p["phone"]]
        changed, wrong = with_phone[0:3], with_phone[3:6]
        rows = [["Renamed", p["phone"], "", ""] for p in changed]
        # The number is good, the e-mail address is not.
        rows += [["Someone", p["phone"], "x@", ""] for p in wrong]
        number = self.import_of(*rows)
        for p in changed:
            p["changed"].add(number)
            p["name"] = "Renamed"
        for p in wrong:
            p["error"].add(number)
        return number

    def write(self):
        """What the API does not write."""
        text = ""
        for name in self.campaigns:
            text += ("INSERT INTO campaign (name, created_at) VALUES "
                     f"('{name}', NOW(3));\n")
        for p in self.people:
            i = p["id"]
            for name in p["segments"]:
                text += ("INSERT INTO segment_contact (segment_id, contact_id)"
                         f" SELECT id, {i} FROM segment WHERE name = '{name}'"
                         ";\n")
            for name in p["campaigns"]:
                text += ("INSERT INTO contact_campaign (campaign_id,"
                         f" contact_id) SELECT id, {i} FROM campaign"
                         f" WHERE name = '{name}';\n")
            times = ", ".join(f"{f} = {sql_time(p[f])}" for f in model.MOMENTS)
            text += f"UPDATE contact SET {times} WHERE id = {i};\n"
        sql(text)

    # --- what can be asked ---

    def days(self):
        return self.rng.choice(DATES + tuple(d + "T12:00:00Z" for d in DATES))

    def values_of(self, field, kind):
        rng = self.rng
        if kind == "text":
            some = rng.choice(self.people).get(field) or "x"
            cut = rng.randrange(len(some))
            return rng.choice((some, some[:cut + 1], some[cut:],
                               some.upper(), "nobody")).strip() or "x"
        if kind == "phone":
            some = rng.choice(self.people)["phone"] or "+919"
            return rng.choice((some, some[:6], some[3:7], "+1999"))
        if kind == "moment":
            return self.days()
        return {"state": lambda: rng.choice(("closed", "requesting",
                                             "intervened")),
                "opted": lambda: rng.choice(("yes", "no", "unknown")),
                "status": lambda: rng.choice(("active", "inactive")),
                "tag": lambda: rng.choice(self.tags + ["nothing"]),
                "segment": lambda: rng.choice(self.segments + ["nothing"]),
                "campaign": lambda: rng.choice(self.campaigns),
                "import": lambda: str(rng.choice(self.imports + [999999])),
                "TEXT": lambda: rng.choice(WORDS + ("z", "%", "_", "\\")),
                "NUMBER": lambda: str(rng.choice(NUMBERS)),
                "DATE": lambda: rng.choice(DATES),
                "TIME": lambda: rng.choice(TIMES),
                "DATETIME": self.days,
                "BOOLEAN": lambda: rng.choice(("true", "false")),
                "ARRAY": lambda: rng.choice(LANGS + ("7",)),
                "OBJECT": lambda: "x"}[kind]()

    def fields(self):
        out = [(f, "text") for f in TEXTS + ("name", "email", "user_id")]
        out += [(f, "moment") for f in model.MOMENTS]
        out += [("phone", "phone"), ("state", "state"), ("status", "status"),
                ("whatsapp_opted", "opted")]
        out += [(f, f) for f in ("tag", "segment", "campaign", "import")]
        return out + [("attr." + n, t) for n, t in self.types.items()]

    def conditions_of(self, field, kind):
        """One of each operator of a field."""
        out = []
        for op, arity in OPERATORS[kind]:
            n = self.rng.randrange(1, 4) if arity == "many" else arity
            values = [self.values_of(field, kind) for _ in range(n)]
            if kind == "phone" and op in ("is", "not"):
                values = [fixtures.number()] if self.rng.random() < .2 else [
                    self.people[1]["phone"]]
            if kind == "phone" and op == "starts":
                values = [self.rng.choice(("+9", "+9198", "+1"))]
            if op in ("last", "not-last"):
                values = [str(self.rng.choice((1, 2, 3, 30)))]
            out.append((field, op, values))
        return out

    def condition(self):
        field, kind = self.rng.choice(self.fields())
        return self.rng.choice(self.conditions_of(field, kind))

    # --- asking ---

    def answer(self, query):
        answer = fixtures.api().get(
            f"/api/v1/contacts?limit=200&tag={self.tag}&{query}")
        if answer.status != 200:
            raise AssertionError(f"{query}: {answer.text}")
        return sorted(int(c["id"]) for c in answer.json["contacts"])

    def expected(self, conditions, match="all"):
        whole = (match, conditions)
        return sorted(p["id"] for p in self.people
                      if model.meets(p, whole, self.types, self.now))


EMPTY = [("empty", 0), ("filled", 0)]
IS = [("is", 1), ("not", 1)]
PARTS = [("contains", 1), ("lacks", 1)]
RANGES = [("before", 1), ("after", 1), ("between", 2)]
LAST = [("last", 1), ("not-last", 1)]
SETS = [("any", "many"), ("all", "many"), ("none", "many")]
OPERATORS = {
    "text": IS + PARTS + [("starts", 1)] + EMPTY,
    "TEXT": IS + PARTS + [("starts", 1)] + EMPTY,
    "phone": IS + PARTS + [("starts", 1)] + EMPTY,
    "state": IS + EMPTY,
    "opted": IS,
    "status": IS,
    "moment": IS + RANGES + LAST + EMPTY,
    "DATE": IS + RANGES + LAST + EMPTY,
    "DATETIME": IS + RANGES + LAST + EMPTY,
    "TIME": IS + RANGES + EMPTY,
    "NUMBER": IS + [("more", 1), ("less", 1), ("between", 2)] + EMPTY,
    "BOOLEAN": IS + EMPTY,
    "ARRAY": PARTS + SETS + EMPTY,
    "OBJECT": EMPTY,
    "tag": SETS,
    "campaign": SETS,
    "segment": [("in", "many"), ("not-in", "many")],
    "import": [(op, "many") for op in ("made", "changed", "met", "error")],
}
NOT_TAGS = ("tag", "any", ["nothing"])


class Conditions(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        seed = int(os.environ.get("RUBRICA_SEED", time.time()))
        print(f"# seed {seed}", flush=True)
        cls.book = Book(seed)

    def check(self, conditions, match="all"):
        query = model.query(conditions, match)
        self.assertEqual(self.book.answer(query),
                         self.book.expected(conditions, match), query)

    def test_each_operator(self):
        for field, kind in self.book.fields():
            for condition in self.book.conditions_of(field, kind):
                self.check([condition])

    def test_all_but_one_are_known(self):
        # The tag that none of the people's own are: empty is empty here.
        self.check([("tag", "none", ["nothing"])])
        self.check([NOT_TAGS])

    def test_errors_of_an_import(self):
        number = self.book.imports[1]
        for op in ("made", "changed", "error", "met"):
            self.check([("import", op, [str(number)])])
        found = self.book.answer(f"where=import~error~{number}")
        self.assertEqual(len(found), 3)

    def test_filters_by_lot(self):
        rng = self.book.rng
        rounds = 1500 if os.environ.get("RUBRICA_LONG") else 120
        for _ in range(rounds):
            conditions = [self.book.condition()
                          for _ in range(rng.randrange(0, 3))]
            for _ in range(rng.randrange(0, 3)):
                conditions.append((rng.choice(("any", "all")), [
                    self.book.condition()
                    for _ in range(rng.randrange(1, 4))]))
            rng.shuffle(conditions)
            self.check(conditions, rng.choice(("all", "any"))
                       if conditions else "all")

    def test_pages_and_exports_say_the_same(self):
        rng = self.book.rng
        for _ in range(8):
            conditions = [self.book.condition(),
                          ("any", [self.book.condition(),
                                   self.book.condition()])]
            query = f"tag={self.book.tag}&" + model.query(conditions)
            n = len(self.book.expected(conditions))
            page = http.admin().get("/contacts?sort=name&" + query).page
            body = page.one("tbody")
            shown = len(body.all("tr")) if body else 0
            self.assertEqual(shown, n, query)
            file = http.admin().get("/contacts/export.csv?" + query)
            self.assertEqual(len(imports.rows_of(file.body)) - 1, n, query)
            order = rng.choice(("name", "phone", "email", "created"))
            ids, after = [], ""
            while after is not None:
                answer = fixtures.api().get(
                    f"/api/v1/contacts?limit=7&sort={order}&{query}" +
                    (f"&after={after}" if after else "")).json
                ids += [int(c["id"]) for c in answer["contacts"]]
                after = answer["next"]
            self.assertEqual(sorted(ids), self.book.expected(conditions))

    def test_refused(self):
        for query in ("where=colour~is~red", "where=city", "where=city~is",
                      "where=city~more~3", "where=attr.nothing~is~3",
                      "where=created_at~is~2020-02-30", "match=some",
                      "where=city~is~a~b", "where=tag~any", "any1=x",
                      "where=import~made~x", "where=last_active~last~0",
                      "where=status~is~x&tag=y", "groups=2",
                      "where=" + "x" * 12000):
            answer = fixtures.api().get("/api/v1/contacts?" + query)
            self.assertEqual(answer.status, 422, query)
            self.assertTrue(answer.json["error"]["fields"], query)
            for path in ("/contacts?", "/contacts/export.csv?"):
                page = http.admin().get(path + query)
                self.assertEqual(page.status, 422, path + query)
            page = http.admin().get("/contacts?" + query).page
            self.assertIsNone(page.one("table"), query)
            self.assertTrue(page.one(role="alert"), query)

    def test_too_many(self):
        one = "where=" + urllib.parse.quote("city~is~Pune")
        for n, status in ((100, 200), (101, 422), (200, 422)):
            query = "&".join([one] * n)
            answer = fixtures.api().get("/api/v1/contacts?" + query)
            self.assertEqual(answer.status, status, n)
            page = http.admin().get("/contacts?" + query)
            self.assertEqual(page.status, status, n)
        self.assertIn("at most 100 conditions", answer.text)
        self.assertIn("200", answer.json["error"]["fields"]["filter"])
        self.assertIn("at most 100 conditions", page.text)

    def test_hostile(self):
        for value in (http.PAYLOAD, "' OR 1=1 -- ", "\\", "%", "_", "~~", "\"",
                      "$", "?", "?,?", "a\nb", "🙂"):
            for field in ("city", "name", "user_id", "tag", "segment",
                          "attr." + value, value):
                for op in ("is", "contains", "any", value):
                    query = urllib.parse.urlencode({
                        "where": model.row((field, op, [value]))})
                    answer = fixtures.api().get("/api/v1/contacts?" + query)
                    self.assertIn(answer.status, (200, 422), query)
                    if answer.status == 200 and op == "is" and \
                            value not in WORDS:
                        self.assertLess(answer.json["total"], 9, query)
                page = http.admin().get("/contacts?filter=1&" + query)
                self.assertEqual(page.hostile(), [], query)
        for bad in ("where=%", "where=%ff", "where=%00"):
            answer = fixtures.api().get("/api/v1/contacts?" + bad)
            self.assertEqual(answer.status, 400, bad)


if __name__ == "__main__":
    unittest.main()
