# test_webhook_odd_events.py: events of WhatsApp that are not as usual
# SPDX-License-Identifier: MIT
import copy
import json
import os
import sys
import time
import unittest
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import import_client as imports
import whatsapp as wa


def find(**query):
    return http.Api().get("/api/v1/contacts?" + urllib.parse.urlencode(
        query)).json["contacts"]


def value(event):
    return event["entry"][0]["changes"][0]["value"]


def event_rows(word):
    """Rows of the page that have the word."""
    page = http.admin().get("/events").page
    return [row.text() for row in page.one("tbody").all("tr")
            if word in row.text()]


class OddEvents(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        wa.set_up()
        cls.api = http.Api()

    def take(self, event):
        answer = wa.send(event)
        self.assertEqual(200, answer.status, answer.text)

    def one(self, **query):
        found = find(**query)
        self.assertEqual(1, len(found), found)
        return found[0]

    def page(self, contact):
        return http.admin().get(f"/contacts/{contact['id']}").page.text()

    # --- texts and numbers ---

    def test_half_a_surrogate_pair(self):
        for piece, shown in (("\\ud83c", "\ufffd"), ("\\udf38", "\ufffd"),
                             ("\\ud83c\\udf38", "\U0001f338"),
                             ("\\ud83c\\u0041", "\ufffdA")):
            with self.subTest(piece):
                phone = wa.number()
                data = json.dumps(wa.message(phone, "Say @", "Name @"))
                self.take(data.replace("@", piece).encode())
                c = self.one(phone="+" + phone)
                self.assertEqual(("Name " + shown, "Say " + shown),
                                 (c["name"], c["first_message"]))

    def test_a_number_that_no_64_bits_hold(self):
        phone = wa.number()
        data = json.dumps(wa.message(phone)).replace(
            '"object"', '"big": ' + "9" * 40 + ', "object"')
        self.take(data.encode())
        self.one(phone="+" + phone)

    def test_numbers_with_plus_and_as_numbers(self):
        for of in (lambda p: "+" + p, int):
            phone = wa.number()
            event = wa.message(phone, name="Known")
            value(event)["messages"][0]["from"] = of(phone)
            value(event)["contacts"][0]["wa_id"] = of(phone)
            self.take(event)
            self.assertEqual("Known", self.one(phone="+" + phone)["name"])

    def test_unknown_fields_everywhere(self):
        def salted(v):
            if isinstance(v, dict):
                return {**{k: salted(x) for k, x in v.items()},
                        "new": [None, {"x": 1.5}, True]}
            return [salted(x) for x in v] if isinstance(v, list) else v

        phone = wa.number()
        self.take(salted(wa.message(phone)))
        self.one(phone="+" + phone)

    # --- moments ---

    def test_moments(self):
        now = int(time.time())
        for moment, status in (
                ((now - 90000) * 1000, "INACTIVE"),
                (str((now - 90000) * 1000), "INACTIVE"),
                (now - 90000.5, "INACTIVE"), (now - 60, "ACTIVE"),
                (now + 60, "ACTIVE"), (now + 3600, "ACTIVE"), (0, "ACTIVE"), (None, "ACTIVE"),
                ([], "ACTIVE")):
            with self.subTest(moment):
                phone = wa.number()
                event = wa.message(phone)
                value(event)["messages"][0]["timestamp"] = moment
                self.take(event)
                c = self.one(phone="+" + phone)
                self.assertEqual(status, c["status"])
                self.assertLessEqual(c["last_active"], time.strftime(
                    "%Y-%m-%dT%H:%M:%S.999Z", time.gmtime(time.time() + 1)))

    def test_order_when_clocks_differ(self):
        phone, now = wa.number(), int(time.time())
        self.take(wa.message(phone, "START", at=now + 40))
        self.take(wa.message(phone, "STOP", at=now + 20))
        self.assertEqual("yes", self.one(phone="+" + phone)["whatsapp_opted"])

    # --- who it is ---

    def test_other_spellings_of_a_number(self):
        digits = f"{int(wa.number()) % 10 ** 7:07}"
        for book, wa_id in (
                ("+55319" + "8" + digits, "5531" + "8" + digits),
                ("+5411" + "4" + digits, "54911" + "4" + digits)):
            with self.subTest(book):
                made = self.api.send("POST", "/api/v1/contacts", {
                    "phone": book, "name": "In The Book"})
                self.assertEqual(201, made.status, made.text)
                self.take(wa.message(wa_id, name="Profile"))
                self.assertEqual([], find(phone="+" + wa_id))
                c = self.one(phone=book)
                self.assertEqual(("In The Book", "Hello"),
                                 (c["name"], c["first_message"]))

    def test_an_id_that_is_not_the_number(self):
        phone, wa_id = wa.number(), wa.number()
        self.api.send("POST", "/api/v1/contacts", {"phone": "+" + wa_id})
        event = wa.message(phone)
        value(event)["contacts"][0]["wa_id"] = wa_id
        self.take(event)
        self.assertEqual([], find(phone="+" + phone))
        self.assertEqual("Hello", self.one(phone="+" + wa_id)["first_message"])

    def test_two_people_without_a_number(self):
        phone = wa.number()
        one, two = http.unique("US."), http.unique("US.")
        event = wa.message(phone, "First", "One", user_id=one)
        v = value(event)
        del v["messages"][0]["from"]
        v["messages"][0]["from_user_id"] = one
        v["messages"].append({**copy.deepcopy(v["messages"][0]),
                              "from_user_id": two,
                              "id": http.unique("wamid.")})
        self.take(event)
        self.assertEqual("+" + phone, self.one(wa_user_id=one)["phone"])
        c = self.one(wa_user_id=two)
        self.assertEqual((None, ""), (c["phone"], c["name"]))

    def test_a_new_user_id(self):
        old, new, last = (http.unique("US.") for _ in "123")
        self.take(wa.message(None, user_id=old))
        number = self.one(wa_user_id=old)["id"]
        update = wa.body({"user_id_update": [{
            "detail": "User id has been updated.",
            "user_id": {"previous": old, "current": new},
            "timestamp": str(int(time.time()))}]}, "user_id_update")
        self.take(update)
        c = self.one(wa_user_id=new)
        self.assertEqual(number, c["id"])
        self.take(update)
        self.assertEqual(c["version"], self.one(wa_user_id=new)["version"])
        self.assertEqual([], event_rows(old))
        self.take(wa.body({"messages": [{
            "id": http.unique("wamid."), "type": "system",
            "timestamp": str(int(time.time())), "system": {
                "type": "user_changed_user_id", "user_id": last,
                "body": f"User A changed from {new} to {last}"}}]}))
        self.assertEqual(number, self.one(wa_user_id=last)["id"])

    def test_a_new_user_id_of_somebody_else(self):
        one, two = http.unique("US."), http.unique("US.")
        phone = wa.number()

        def update(previous, current, **more):
            self.take(wa.body({"user_id_update": [{
                "user_id": {"previous": previous, "current": current},
                **more}]}, "user_id_update"))

        update(one, two)
        self.assertEqual([], find(wa_user_id=two))
        self.assertEqual(1, len(event_rows(one)))
        # Who has the number is meant when nobody has the old id.
        self.take(wa.message(phone))
        update(one, two, wa_id=phone)
        self.assertEqual("+" + phone, self.one(wa_user_id=two)["phone"])
        # An id that another contact has stays there.
        self.take(wa.message(None, user_id=one))
        update(one, two)
        self.one(wa_user_id=one)
        self.assertEqual("+" + phone, self.one(wa_user_id=two)["phone"])

    def test_what_was_written_before_an_erasure(self):
        phone, now = wa.number(), int(time.time())
        event = wa.message(phone, "Hello", at=now - 60)
        self.take(event)
        erased = self.api.send("POST", "/api/v1/privacy/erase",
                               {"phone": "+" + phone})
        self.assertIn(erased.status, (200, 202), erased.text)
        self.take(event)
        self.take(wa.message(phone, "Sent long ago", at=now - 30))
        self.assertEqual([], find(phone="+" + phone))
        self.take(wa.message(phone, "I am back", at=now + 5))
        self.assertEqual("I am back",
                         self.one(phone="+" + phone)["first_message"])

    # --- what is kept ---

    def test_shapes_that_are_not_known(self):
        for name, change in (
                ("null", {"field": "messages", "value": None}),
                ("list", {"field": "messages", "value": [1]}),
                ("no list", {"field": "messages",
                             "value": {"messages": {"from": "1"}}}),
                ("text", {"field": "messages", "value": {"statuses": "x"}}),
                ("other", {"field": "messages", "value": {"groups": [1]}}),
                ("no field", {"value": {"anything": 1}})):
            with self.subTest(name):
                word = http.unique("mark")
                self.take({"object": "whatsapp_business_account",
                           "entry": [{"changes": [{**change, "x": word}]}]})
                self.assertEqual(1, len(event_rows(word)))
        word = http.unique("mark")
        self.take(wa.body({"errors": [{"code": 1, "title": word}],
                           "statuses": [{"id": "wamid.x", "status": "sent",
                                         "timestamp": "1767225600"}]}))
        self.assertEqual(1, len(event_rows(word)))

    def test_another_product(self):
        phone, word = wa.number(), http.unique("page")
        event = wa.message(phone)
        event["object"] = word
        self.take(event)
        self.assertEqual([], find(phone="+" + phone))
        self.assertEqual(1, len(event_rows(word)))

    def test_good_beside_bad(self):
        phone, word = wa.number(), http.unique("mark")
        event = wa.message(phone)
        value(event)["messages"] = [
            None, *value(event)["messages"], {"odd": word}]
        self.take(event)
        self.one(phone="+" + phone)
        self.assertEqual(1, len(event_rows(word)))

    def test_a_long_event_is_shown_in_part(self):
        word = http.unique("mark")
        self.take(wa.body({word: "è" * 100000}, "x" * 200))
        rows = event_rows(word)
        self.assertEqual(1, len(rows))
        self.assertIn("Only the beginning is shown.", rows[0])
        self.assertLess(len(rows[0]), 5000)

    def test_a_long_name_of_a_kind(self):
        """One that another contact's number is told with."""
        one, two = wa.number(), wa.number()
        self.take(wa.message(one))
        self.take(wa.message(two))
        self.take(wa.body({"messages": [{
            "from": one, "id": http.unique("wamid."), "type": "system",
            "system": {"type": "user_changed_number", "wa_id": two}}]},
            "y" * 200))

    # --- with merges ---

    def merged(self):
        """Two people who wrote, made one: the events and the contacts."""
        events = [wa.message(wa.number(), http.unique("said"))
                  for _ in range(2)]
        people = []
        for event in events:
            self.take(event)
            people.append(self.one(phone="+" + self.phone(event)))
        self.merge(*people)
        return events, people

    def merge(self, one, two):
        answer = self.api.send("POST", f"/api/v1/contacts/{one['id']}/merge", {
            "with": two["id"], "version": one["version"],
            "with_version": two["version"]})
        self.assertEqual(200, answer.status, answer.text)

    def unmerge(self, contact):
        rows = self.api.get(
            f"/api/v1/contacts/{contact['id']}/revisions").json["revisions"]
        answer = self.api.send(
            "POST", f"/api/v1/contacts/{contact['id']}/unmerge",
            {"job": next(r["job"] for r in rows if r["job"])})
        self.assertEqual(200, answer.status, answer.text)

    def phone(self, event):
        return value(event)["messages"][0]["from"]

    def shown(self, contact, event):
        """How often a contact's page has the text of the event."""
        return self.page(contact).count(
            "Wrote: " + value(event)["messages"][0]["text"]["body"])

    def test_again_after_a_merge(self):
        events, people = self.merged()
        for event in events:
            self.take(event)
            self.assertEqual(1, self.shown(people[0], event))

    def test_after_a_merge_and_an_unmerge(self):
        events, people = self.merged()
        late = wa.message(self.phone(events[1]), http.unique("late"))
        self.take(late)
        self.assertEqual(1, self.shown(people[0], late))
        self.unmerge(people[0])
        self.take(late)
        self.assertEqual([0, 1], [self.shown(c, late) for c in people])
        self.assertEqual([1, 0], [self.shown(c, events[0]) for c in people])

    def test_who_opts_out_between_merge_and_unmerge(self):
        """Both are out then: which of the two meant it, nobody can tell."""
        for writes in (0, 1):
            events, people = self.merged()
            self.take(wa.message(self.phone(events[writes]), "STOP"))
            self.unmerge(people[0])
            for event in events:
                c = self.one(phone="+" + self.phone(event))
                self.assertEqual("no", c["whatsapp_opted"])
                consents = self.api.get(
                    f"/api/v1/contacts/{c['id']}/consents").json
                self.assertEqual("withdrawn", consents["purposes"][
                    "whatsapp_marketing"]["status"])
        # Without such a word it is as it was.
        events, people = self.merged()
        self.unmerge(people[0])
        for event in events:
            self.assertEqual("unknown", self.one(
                phone="+" + self.phone(event))["whatsapp_opted"])

    def test_a_merged_contact_that_goes_for_good(self):
        """Its messages and entries of the ledger stay with the person."""
        events, people = self.merged()
        first = wa.message(wa.number(), http.unique("first"))
        self.take(first)
        imports.imported(imports.table(["Name", "Phone"], [
            "By File", "+" + self.phone(events[0])]))
        third = self.one(phone="+" + self.phone(first))
        stop = wa.message(self.phone(events[1]), "STOP")
        self.take(stop)
        self.merge(third, self.one(phone="+" + self.phone(events[0])))
        path = f"/api/v1/contacts/{third['id']}/consents"
        before = self.api.get(path).json
        for c in people:
            gone = self.api.ask(
                "DELETE", f"/api/v1/contacts/{c['id']}?purge=true")
            self.assertEqual(200, gone.status, gone.text)
            for event in (first, *events, stop):
                self.assertEqual(1, self.shown(third, event))
        after = self.api.get(path).json
        self.assertEqual(["STOP"], [
            e["words"] for e in after["consents"] if e["message"]])
        self.assertIn("import", [e["origin"] for e in after["consents"]])
        self.assertEqual(len(before["consents"]), len(after["consents"]))

    # --- how messages are shown ---

    def test_a_changed_message(self):
        phone = wa.number()
        self.take(wa.message(phone, "Befor"))
        self.take(wa.message(phone, kind="edit", content={
            "original_message_id": "wamid.x", "message": {
                "type": "text", "text": {"body": "Before noon"}}}))
        c = self.one(phone="+" + phone)
        self.assertIn("changed a message", self.page(c))
        self.assertIn("Before noon", self.page(c))
        self.assertEqual("Befor", c["first_message"])

    # --- the check of the address ---

    def test_a_check_without_a_challenge(self):
        query = urllib.parse.urlencode({
            "hub.mode": "subscribe", "hub.verify_token": wa.TOKEN})
        for more in ("", "&hub.challenge="):
            self.assertEqual(400, http.Client().get(
                wa.PATH + "?" + query + more).status)
        answer = http.Client().get(
            wa.PATH + "?" + query + "&hub.challenge=%3Cb%3E")
        self.assertEqual("<b>", answer.text)
        self.assertIn("text/plain", answer.headers["content-type"])
        self.assertEqual("nosniff", answer.headers["x-content-type-options"])


if __name__ == "__main__":
    unittest.main()
