# test_api_contacts.py: the API's list of contacts, and new ones
# SPDX-License-Identifier: MIT
import os
import sys
import unittest
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import contact_fixtures as book
import http_client as http


def quoted(**params):
    return urllib.parse.urlencode(params)


class Create(unittest.TestCase):
    def post(self, value):
        return book.api().send("POST", "/api/v1/contacts", value)

    def refused(self, value, field, status=422):
        answer = self.post(value)
        self.assertEqual(answer.status, status, answer.text)
        self.assertIn(field, answer.json["error"]["fields"])

    def test_whole(self):
        number, plan = book.number(), book.attribute("NUMBER")
        tags = sorted(http.unique("tag") for _ in range(2))
        answer = self.post({
            "name": "  Zoë Ångström ", "phone": number[:3] + " " + number[3:],
            "email": "Zoe@Example.org", "city": "München", "tags": tags[::-1],
            "whatsapp_opted": "yes", "state": "Intervened",
            "attributes": {plan: 12.5}})
        self.assertEqual(answer.status, 201, answer.text)
        c = answer.json
        self.assertEqual(c["name"], "Zoë Ångström")
        self.assertEqual(c["phone"], number)
        self.assertEqual(c["email"], "Zoe@Example.org")
        self.assertEqual(c["tags"], tags)
        self.assertEqual(c["attributes"], {plan: 12.5})
        self.assertEqual(c["state"], "intervened")
        self.assertEqual(c["source"], "API")
        self.assertEqual(c["status"], "INACTIVE")
        self.assertEqual(c["whatsapp_opted"], "yes")
        self.assertIsNotNone(c["whatsapp_opted_at"])
        self.assertIsNone(c["wa_user_id"])
        self.assertIsNone(c["last_active"])
        self.assertEqual((c["version"], c["segments"]), (1, []))
        self.assertEqual(answer.headers["location"],
                         f"/api/v1/contacts/{c['id']}")
        self.assertEqual(book.read(c), c)

    def test_name_from_its_parts(self):
        c = book.make(first_name="Mohit", last_name="Dua")
        self.assertEqual(c["name"], "Mohit Dua")

    def test_refused(self):
        number = book.number()
        self.refused({"name": "Nobody"}, "contact")
        self.refused({"phone": "12"}, "phone")
        self.refused({"phone": "9.19877E+11"}, "phone")
        self.refused({"email": "x@"}, "email")
        self.refused({"phone": number, "state": "asleep"}, "state")
        self.refused({"phone": number, "whatsapp_opted": "maybe"},
                     "whatsapp_opted")
        self.refused({"phone": number, "whatsapp_opted_at": "soon"},
                     "whatsapp_opted_at")
        self.refused({"phone": number, "name": "x" * 501}, "name")
        self.refused({"phone": number, "name": ["x"]}, "name")
        self.refused({"phone": number, "nickname": "x"}, "nickname")
        self.refused({"phone": number, "id": 7}, "id")
        self.refused({"phone": number, "created_at": "2020-01-01"},
                     "created_at")
        self.refused({"phone": number, "version": 1}, "version")
        self.refused({"phone": number, "tags": "a"}, "tags")
        self.refused({"phone": number, "tags": ["a|b"]}, "tags")
        self.refused({"phone": number, "tags": [7]}, "tags")
        self.refused({"phone": number, "attributes": {"no such": 1}},
                     "attributes.no such")
        day = book.attribute("DATE")
        self.refused({"phone": number, "attributes": {day: "2023-02-29"}},
                     "attributes." + day)
        self.assertEqual(book.found(quoted(phone=number)), [])

    def test_taken(self):
        c = book.make(wa_user_id=http.unique("wa"), phone=book.number())
        self.refused({"phone": c["phone"]}, "phone", 409)
        self.refused({"wa_user_id": c["wa_user_id"]}, "wa_user_id", 409)
        email = http.unique("e") + "@example.org"
        first, second = book.make(email=email), book.make(email=email)
        self.assertNotEqual(first["id"], second["id"])

    def test_malformed(self):
        for body in (b"", b"{", b"[]", b'{"name": "\\u0000"}', b"null",
                     b'{"phone": "\xff"}'):
            answer = book.api().ask("POST", "/api/v1/contacts", body,
                                    {"Content-Type": "application/json"})
            self.assertIn(answer.status, (400, 415), body)
        answer = book.api().ask("POST", "/api/v1/contacts", "name=x", {
            "Content-Type": "application/x-www-form-urlencoded"})
        self.assertEqual(answer.status, 415)

    def test_roles(self):
        self.assertEqual(http.Api("").get("/api/v1/contacts").status, 401)
        self.assertEqual(http.Api("x").get("/api/v1/contacts").status, 401)


class List(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.city = http.unique("city")
        cls.tag = http.unique("tag")
        cls.rows = [
            book.make(name="Zoë Alpha", city=cls.city, tags=[cls.tag, "x"],
                      email=http.unique("zoe") + "@example.org"),
            book.make(name="josé Beta", city=cls.city, source="ORGANIC",
                      state="closed", whatsapp_opted="no"),
            book.make(name="Ольга Gamma", city=cls.city.upper(),
                      tags=[cls.tag], account="50%_off\\"),
            book.make(name="李 Delta", city=cls.city, first_name="Anna"),
        ]

    def found(self, **params):
        return book.found(quoted(city=self.city, **params))

    def test_newest_first(self):
        self.assertEqual(self.found(), [
            "李 Delta", "Ольга Gamma", "josé Beta", "Zoë Alpha"])
        self.assertEqual(self.found(dir="asc")[0], "Zoë Alpha")

    def test_sorts(self):
        names = self.found(sort="name")
        self.assertEqual(names[:2], ["josé Beta", "Zoë Alpha"])
        self.assertEqual(self.found(sort="name", dir="desc"), names[::-1])
        phones = [c["phone"] for c in book.api().get(
            "/api/v1/contacts?" + quoted(city=self.city, sort="phone")
        ).json["contacts"]]
        self.assertEqual(phones, sorted(phones, key=lambda p: p or ""))

    def test_names(self):
        self.assertEqual(self.found(q="zoe"), ["Zoë Alpha"])
        self.assertEqual(self.found(q="ALPHA zoë"), ["Zoë Alpha"])
        self.assertEqual(self.found(q="ольга"), ["Ольга Gamma"])
        self.assertEqual(self.found(q="lph"), ["Zoë Alpha"])
        self.assertEqual(self.found(q="李"), ["李 Delta"])
        self.assertEqual(self.found(q="anna"), ["李 Delta"])
        self.assertEqual(self.found(q="zoe beta"), [])
        self.assertEqual(self.found(q="%"), [])
        self.assertEqual(self.found(q="_"), [])

    def test_numbers(self):
        phone = self.rows[1]["phone"]
        for text in (phone, phone[1:], phone[3:], "0" + phone[3:],
                     "00" + phone[1:], f"{phone[3:8]} {phone[8:]}",
                     f"({phone[3:6]}) {phone[6:8]}-{phone[8:]}",
                     f"+91-{phone[3:]}", phone[:9]):
            self.assertIn("josé Beta", self.found(q=text), text)
        self.assertEqual(self.found(phone=phone[3:]), ["josé Beta"])
        self.assertEqual(self.found(phone=phone[:9]), [])

    def test_emails(self):
        email = self.rows[0]["email"]
        self.assertEqual(self.found(q=email.upper()), ["Zoë Alpha"])
        self.assertEqual(self.found(q=email[:-3]), ["Zoë Alpha"])
        self.assertEqual(self.found(q="@example.org"), ["Zoë Alpha"])
        self.assertEqual(self.found(email=email), ["Zoë Alpha"])

    def test_fields(self):
        self.assertEqual(self.found(source="organic"), ["josé Beta"])
        self.assertEqual(self.found(state="Closed"), ["josé Beta"])
        self.assertEqual(self.found(whatsapp_opted="no"), ["josé Beta"])
        self.assertEqual(len(self.found(whatsapp_opted="unknown")), 3)
        self.assertEqual(self.found(account="50%_OFF\\"), ["Ольга Gamma"])
        self.assertEqual(self.found(account="50"), [])
        self.assertEqual(self.found(status="active"), [])
        self.assertEqual(len(self.found(status="inactive")), 4)
        self.assertEqual(len(self.found(title="")), 4)

    def test_tags(self):
        self.assertEqual(self.found(tag=self.tag),
                         ["Ольга Gamma", "Zoë Alpha"])
        both = quoted(city=self.city) + "&" + urllib.parse.urlencode(
            [("tag", self.tag), ("tag", "X")])
        self.assertEqual(book.found(both), ["Zoë Alpha"])
        self.assertEqual(self.found(tag=self.tag, sort="name"),
                         ["Zoë Alpha", "Ольга Gamma"])
        self.assertEqual(self.found(tag=http.unique("none")), [])
        self.assertEqual(self.found(segment=http.unique("none")), [])
        self.assertEqual(self.found(**{"import": 999999999}), [])

    def test_attributes(self):
        number, text = book.attribute("NUMBER"), book.attribute("TEXT")
        flag = book.attribute("BOOLEAN")
        book.change(self.rows[0], attributes={
            number: 42, text: "Größe \"L\"", flag: True})
        self.assertEqual(self.found(**{"attr." + number: "42.0"}),
                         ["Zoë Alpha"])
        self.assertEqual(self.found(**{"attr." + number: "41"}), [])
        self.assertEqual(self.found(**{"attr." + text: "grosse \"l\""}),
                         ["Zoë Alpha"])
        self.assertEqual(self.found(**{"attr." + flag: "yes"}),
                         ["Zoë Alpha"])
        answer = book.api().get("/api/v1/contacts?" + quoted(
            **{"attr." + number: "many"}))
        self.assertEqual(answer.status, 422)

    def test_attributes_of_json(self):
        """Lists, objects and places, however they are written."""
        values = {
            "ARRAY": ('["a b", {"c": 1}]', '[ "a b",{"c":1} ]', '["a b"]'),
            "OBJECT": ('{"size": "M"}', '{"size":"M"}', '{"size":"L"}'),
            "LOCATION": ("19.07,72.87",
                         '{"latitude": 19.07, "longitude": 72.87}',
                         "19.07,72.88")}
        for kind, (value, same, other) in values.items():
            name = book.attribute(kind)
            book.change(self.rows[0], attributes={name: value})
            for asked, found in ((value, ["Zoë Alpha"]),
                                 (same, ["Zoë Alpha"]), (other, [])):
                self.assertEqual(self.found(**{"attr." + name: asked}), found,
                                 (kind, asked))

    def test_pages(self):
        seen, after = [], ""
        for _ in range(4):
            page = book.api().get("/api/v1/contacts?" + quoted(
                city=self.city, sort="name", limit=1, after=after)).json
            seen += [c["name"] for c in page["contacts"]]
            self.assertEqual(page["total"], 4)
            after = page["next"]
        self.assertIsNone(after)
        self.assertEqual(seen, self.found(sort="name"))
        last = book.api().get("/api/v1/contacts?" + quoted(
            city=self.city, sort="name", limit=1, before=page["previous"]))
        self.assertEqual([c["name"] for c in last.json["contacts"]],
                         seen[2:3])

    def test_refused(self):
        for query in ("nickname=x", "status=asleep", "state=x", "sort=none",
                      "dir=up", "limit=0", "limit=x", "import=x",
                      "phone=abc", "attr.none=1", "q=" + "x" * 2000):
            answer = book.api().get("/api/v1/contacts?" + query)
            self.assertEqual(answer.status, 422, query)
            self.assertIn(query.split("=")[0],
                          answer.json["error"]["fields"])

    def test_by_number(self):
        made = [book.make(name=f"n{i}") for i in range(4)]
        ids = [str(c["id"]) for c in made]
        for query, names in ((f"id={ids[0]},{ids[2]}", ["n2", "n0"]),
                             (f"id={ids[0]}&id={ids[3]}&sort=name",
                              ["n0", "n3"]),
                             (f"id={ids[1]}&name=n1", ["n1"]),
                             (f"id={ids[1]}&name=n2", []),
                             ("id=999999999999", [])):
            self.assertEqual(book.found(query), names, query)
        for query in ("id=x", "id=0", "id=1&id=x",
                      "id=" + ",".join(map(str, range(1, 1002)))):
            answer = book.api().get("/api/v1/contacts?" + query)
            self.assertEqual(answer.status, 422)
            self.assertEqual(list(answer.json["error"]["fields"]), ["id"])

    def test_damaged_cursor(self):
        page = book.api().get("/api/v1/contacts?" + quoted(
            city=self.city, limit=1)).json
        good = page["next"]
        for after in ("x", "*", good[:-2], "A" + good[1:], good + "AAAA"):
            answer = book.api().get("/api/v1/contacts?" + quoted(
                city=self.city, limit=1, after=after))
            self.assertEqual(answer.status, 400, after)
        answer = book.api().get("/api/v1/contacts?" + quoted(
            city=self.city, sort="name", after=good))
        self.assertEqual(answer.status, 400)

    def test_many_conditions(self):
        answer = book.api().get("/api/v1/contacts?" + "&".join(
            f"city=c{i}" for i in range(200)))
        self.assertEqual(answer.status, 422)


if __name__ == "__main__":
    unittest.main()
