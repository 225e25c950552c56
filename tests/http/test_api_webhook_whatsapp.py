# test_api_webhook_whatsapp.py: events of WhatsApp's Cloud API
# SPDX-License-Identifier: MIT
import concurrent.futures
import json
import os
import subprocess
import sys
import time
import unittest
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import whatsapp as wa


def contacts(phone):
    return http.Api().get("/api/v1/contacts?phone=" + urllib.parse.quote(
        "+" + phone)).json["contacts"]


def sql(text):
    return subprocess.run(
        ["mariadb", "-S", http.VAR + "/mariadb.sock", "-BNr",
         "--default-character-set=utf8mb4", "rubrica", "-e", text],
        check=True, capture_output=True, text=True).stdout


class Webhook(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        wa.set_up()
        cls.api = http.Api()

    def take(self, event):
        answer = wa.send(event)
        self.assertEqual(200, answer.status, answer.text)

    def one(self, phone):
        found = contacts(phone)
        self.assertEqual(1, len(found), found)
        return found[0]

    # --- subscription ---

    def subscribe(self, **values):
        return http.Client().get(wa.PATH + "?" + urllib.parse.urlencode(
            {"hub." + k: v for k, v in values.items()}))

    def test_subscription(self):
        answer = self.subscribe(mode="subscribe", verify_token=wa.TOKEN,
                                challenge="1158201444")
        self.assertEqual((200, "1158201444"), (answer.status, answer.text))
        self.assertIn("text/plain", answer.headers["content-type"])
        for values in ({"mode": "unsubscribe", "verify_token": wa.TOKEN},
                       {"mode": "subscribe", "verify_token": "x"},
                       {"mode": "subscribe"}, {}):
            with self.subTest(values):
                self.assertEqual(403, self.subscribe(
                    challenge="1", **values).status)

    # --- signatures and bodies ---

    def test_signature(self):
        phone = wa.number()
        data = json.dumps(wa.message(phone)).encode()
        right = wa.sign(data)
        for wrong in (" ", "sha256=", right[:-1], right + "0", right.upper(),
                      right.replace("sha256", "sha1"), right[7:],
                      wa.sign(data, "another"), wa.sign(data + b"\n")):
            with self.subTest(wrong):
                answer = wa.send(data, signature=wrong)
                self.assertEqual(401, answer.status)
                self.assertEqual("unauthorized",
                                 answer.json["error"]["code"])
        self.assertEqual([], contacts(phone))
        headers = {"Content-Type": "application/json",
                   "x-hub-signature-256": right}
        self.assertEqual(200, http.Client().ask(
            "POST", wa.PATH, data, headers).status)
        self.one(phone)

    def test_a_flood_is_logged_in_few_lines(self):
        log = http.VAR + "/log/web.log"
        before = os.path.getsize(log)
        for _ in range(300):
            self.assertEqual(401, wa.send(b"{}", signature="x").status)
        with open(log, "rb") as f:
            f.seek(before)
            lines = f.read().decode().splitlines()
        refused = [x for x in lines if "refused" in x]
        self.assertIn(len(refused), range(0, 120))
        with open(log, encoding="utf-8", errors="replace") as f:
            self.assertRegex(f.read(), r"webhook from 127\.\S+ refused: The "
                             "signature is missing")

    def test_no_signature_at_all(self):
        answer = http.Client().ask("POST", wa.PATH, b"{}", {
            "Content-Type": "application/json"})
        self.assertEqual(401, answer.status)

    def test_bodies_that_are_none(self):
        for data in (b"not json", b"[]", b"null", b"{", b'{"a":1} x', b"1",
                     b'{"entry":7}', b'{"entry":{"changes":[]}}'):
            with self.subTest(data):
                answer = wa.send(data)
                self.assertEqual(400, answer.status)
                self.assertEqual("malformed", answer.json["error"]["code"])
        for data in (b"{}", b'{"entry":[{"changes":[{}]}]}',
                     b'{"entry":[[],7,null,{"changes":[{"field":7,"value":'
                     b'{"messages":{"a":1},"contacts":7}}]}]}'):
            with self.subTest(data):
                self.assertEqual(200, wa.send(data).status)
        self.assertEqual(400, wa.send(b"a=1", kind="text/plain").status)
        self.assertEqual(400, wa.send(b"").status)

    def test_any_content_type(self):
        """The signature is over the bytes; what they are called is not asked."""
        for kind in ("text/plain", "application/x-www-form-urlencoded",
                     "multipart/form-data"):
            with self.subTest(kind):
                data = json.dumps(wa.message(wa.number())).encode()
                self.assertEqual(200, wa.send(data, kind=kind).status)

    def test_too_large(self):
        self.assertEqual(413, wa.send(b" " * (5 << 20)).status)

    def test_too_many_things(self):
        phone = wa.number()
        event = wa.message(phone)
        value = event["entry"][0]["changes"][0]["value"]
        value["messages"] += [{}] * 2000
        answer = wa.send(event)
        self.assertEqual((413, "too-large"), (
            answer.status, answer.json["error"]["code"]))
        self.assertEqual([], contacts(phone))

    def test_statuses_out_of_order(self):
        phone, word = wa.number(), http.unique("wamid.")
        self.take(wa.message(phone))
        self.take(wa.body({"message_echoes": [{
            "from": "15550001234", "to": phone, "id": word, "type": "text",
            "timestamp": "1767225600", "text": {"body": "We"}}]},
            "smb_message_echoes"))

        def status(name, at):
            self.take(wa.body({"statuses": [{
                "id": word, "status": name, "timestamp": str(at),
                "recipient_id": phone}]}))
            return sql("SELECT status FROM message WHERE wa_id ="
                       f" '{word}'").strip()

        self.assertEqual("delivered", status("delivered", 1767225610))
        self.assertEqual("read", status("read", 1767225610))
        self.assertEqual("read", status("delivered", 1767225610))
        self.assertEqual("read", status("sent", 1767225605))
        self.assertEqual("failed", status("failed", 1767225620))

    def test_escaped_nul_and_broken_utf8(self):
        phone = wa.number()
        event = json.dumps(wa.message(phone, text="x\0y", name="A\0B"))
        self.take(event.encode())
        self.assertEqual("A\ufffdB", self.one(phone)["name"])
        phone = wa.number()
        event = json.dumps(wa.message(phone, name="Jos@"))
        self.take(event.encode().replace(b"@", b"\xe9"))
        self.assertEqual("Jos\ufffd", self.one(phone)["name"])
        phone = wa.number()
        self.take(wa.message(phone, name="a\\u0000"))
        self.assertEqual("a\\u0000", self.one(phone)["name"])

    # --- messages ---

    def test_a_stranger_becomes_a_contact(self):
        phone, at = wa.number(), int(time.time()) - 60
        self.take(wa.message(phone, "Hi", "Asha \U0001f338 Rao", at))
        c = self.one(phone)
        self.assertEqual("+" + phone, c["phone"])
        self.assertEqual("Asha \U0001f338 Rao", c["name"])
        self.assertEqual("ORGANIC", c["source"])
        self.assertEqual("Hi", c["first_message"])
        self.assertEqual("ACTIVE", c["status"])
        self.assertTrue(c["last_active"].startswith(
            time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(at))))

    def test_again_and_out_of_order(self):
        phone, at = wa.number(), int(time.time()) - 4000
        first = wa.message(phone, "Hi", at=at)
        self.take(first)
        before = self.one(phone)
        self.take(first)
        self.assertEqual(before, self.one(phone))
        self.take(wa.message(phone, "Price?", at=at + 60))
        later = self.one(phone)
        self.assertEqual("Hi", later["first_message"])
        self.assertGreater(later["last_active"], before["last_active"])
        self.take(wa.message(phone, "late", at=at - 600))
        self.assertEqual(later["last_active"], self.one(phone)["last_active"])
        page = http.admin().get(f"/contacts/{later['id']}").text
        for text in ("Hi", "Price?", "late"):
            self.assertIn(text, page)

    def test_many_at_once_of_one_stranger(self):
        phone = wa.number()
        events = [wa.message(phone, f"Message {i}") for i in range(24)]
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(wa.send, events + events))
        self.assertEqual({200}, {a.status for a in answers})
        number = self.one(phone)["id"]
        self.assertEqual("24", sql("SELECT COUNT(*) FROM message WHERE"
                                   f" contact_id = {number}").strip())

    def test_what_a_team_wrote_stays(self):
        phone = wa.number()
        made = self.api.ask("POST", "/api/v1/contacts", json.dumps({
            "phone": "+" + phone, "name": "By Hand", "source": "API"}),
            {"Content-Type": "application/json"})
        self.assertEqual(201, made.status, made.text)
        self.take(wa.message(phone, "Hello", "Profile Name",
                             user_id="IT.1" + phone))
        c = self.one(phone)
        self.assertEqual(("By Hand", "API"), (c["name"], c["source"]))
        self.assertEqual("IT.1" + phone, c["wa_user_id"])
        self.assertEqual("Hello", c["first_message"])

    def test_a_person_without_a_number(self):
        person = http.unique("US.")
        event = wa.message(None, "Hi", "No Number", user_id=person,
                           username="nobody")
        self.take(event)
        self.take(wa.message(None, "Again", "No Number", user_id=person))
        found = self.api.get("/api/v1/contacts?wa_user_id=" + person).json
        self.assertEqual(1, len(found["contacts"]))
        c = found["contacts"][0]
        self.assertEqual((None, "nobody"), (c["phone"], c["username"]))
        phone = wa.number()
        self.take(wa.message(phone, "With number", user_id=person))
        self.assertEqual(c["id"], self.one(phone)["id"])

    def test_each_type_makes_a_contact(self):
        for kind, content, text in (
                ("image", {"id": "1", "caption": "look"}, "look"),
                ("audio", {"id": "1"}, ""), ("sticker", {"id": "1"}, ""),
                ("document", {"id": "1", "filename": "a.pdf"}, "a.pdf"),
                ("button", {"text": "Yes", "payload": "y"}, "Yes"),
                ("interactive", {"type": "button_reply", "button_reply": {
                    "id": "1", "title": "Buy"}}, "Buy"),
                ("interactive", {"type": "list_reply", "list_reply": {
                    "id": "1", "title": "Two"}}, "Two"),
                ("interactive", {"type": "nfm_reply", "nfm_reply": {
                    "body": "Sent", "response_json": "{}"}}, "Sent"),
                ("reaction", {"message_id": "x", "emoji": "\U0001f44d"},
                 "\U0001f44d"),
                ("location", {"latitude": 1, "longitude": 2, "name": "Home"},
                 "Home"),
                ("contacts", [{"name": {"formatted_name": "A"}}], ""),
                ("order", {"catalog_id": "1", "text": "two"}, "two"),
                ("unsupported", {"type": "poll"}, ""),
                ("quite new", {"x": 1}, "")):
            with self.subTest(kind):
                phone = wa.number()
                self.take(wa.message(phone, kind=kind, content=content))
                self.assertEqual(text, self.one(phone)["first_message"])

    def test_hostile_texts(self):
        phone = wa.number()
        self.take(wa.message(phone, http.PAYLOAD, http.PAYLOAD))
        page = http.admin().get(f"/contacts/{self.one(phone)['id']}")
        self.assertFalse(page.hostile())

    def test_several_in_one_body(self):
        one, two = wa.number(), wa.number()
        event = wa.message(one, name="One")
        value = event["entry"][0]["changes"][0]["value"]
        other = wa.message(two, name="Two")
        more = other["entry"][0]["changes"][0]["value"]
        value["contacts"] += more["contacts"]
        value["messages"] += more["messages"]
        value["statuses"] = [{"id": "wamid.X", "status": "read",
                              "recipient_id": wa.number(),
                              "timestamp": "1767225600"}]
        event["entry"] += wa.message(one, "More")["entry"]
        self.take(event)
        self.assertEqual(["One", "Two"],
                         [self.one(one)["name"], self.one(two)["name"]])
        self.assertEqual([], contacts(value["statuses"][0]["recipient_id"]))

    def test_out_of_the_trash(self):
        phone = wa.number()
        self.take(wa.message(phone))
        number = self.one(phone)["id"]
        self.assertEqual(200, self.api.ask(
            "DELETE", f"/api/v1/contacts/{number}").status)
        self.assertEqual([], contacts(phone))
        self.take(wa.message(phone, "I am back"))
        self.assertEqual(number, self.one(phone)["id"])

    def test_messages_of_a_merged_contact(self):
        one, two = wa.number(), wa.number()
        self.take(wa.message(one, "From the first"))
        self.take(wa.message(two, "From the second"))
        a, b = self.one(one), self.one(two)
        merged = self.api.ask("POST", f"/api/v1/contacts/{a['id']}/merge",
                              json.dumps({"with": b["id"],
                                          "version": a["version"],
                                          "with_version": b["version"]}),
                              {"Content-Type": "application/json"})
        self.assertEqual(200, merged.status, merged.text)
        self.take(wa.message(two, "After the merge"))
        page = http.admin().get(f"/contacts/{a['id']}").text
        for text in ("From the first", "From the second", "After the merge"):
            self.assertIn(text, page)

    # --- other events ---

    def preference(self, phone, value, at):
        return wa.body({"user_preferences": [{
            "wa_id": phone, "category": "marketing_messages", "value": value,
            "detail": "by the user", "timestamp": at}]}, "user_preferences")

    def test_preferences(self):
        phone, now = wa.number(), int(time.time())
        self.take(self.preference(phone, "stop", now))
        self.assertEqual([], contacts(phone))
        self.take(wa.message(phone))
        self.take(self.preference(phone, "stop", now))
        self.assertEqual("no", self.one(phone)["whatsapp_opted"])
        self.take(self.preference(phone, "resume", now - 5))
        self.assertEqual("no", self.one(phone)["whatsapp_opted"])
        self.take(self.preference(phone, "resume", now + 5))
        self.assertEqual("yes", self.one(phone)["whatsapp_opted"])

    # --- words that opt out and in ---

    def ledger(self, number):
        """[status, origin, words] of each entry, in their order."""
        return json.loads(sql(
            "SELECT COALESCE(JSON_ARRAYAGG(JSON_ARRAY(status, origin, words)"
            " ORDER BY id), '[]') FROM contact_consent WHERE contact_id ="
            f" {number} AND purpose = 'whatsapp_marketing'"))

    def test_stop_and_start(self):
        phone, now = wa.number(), int(time.time()) - 100
        self.take(wa.message(phone, "Hello", at=now))
        number = self.one(phone)["id"]
        stop = wa.message(phone, "Stop!", at=now + 10)
        self.take(stop)
        c = self.one(phone)
        self.assertEqual("no", c["whatsapp_opted"])
        self.assertTrue(c["whatsapp_opted_at"].startswith(time.strftime(
            "%Y-%m-%dT%H:%M:%S", time.gmtime(now + 10))))
        self.assertEqual([["withdrawn", "message", "Stop!"]],
                         self.ledger(number))
        self.take(stop)
        self.assertEqual(c, self.one(phone))
        self.take(wa.message(phone, "START", at=now + 20))
        self.assertEqual("yes", self.one(phone)["whatsapp_opted"])
        # What comes late does not overturn what is newer.
        self.take(wa.message(phone, "STOP", at=now + 15))
        self.assertEqual("yes", self.one(phone)["whatsapp_opted"])
        self.take(wa.message(phone, "STOP", at=now + 30))
        self.take(wa.message(phone, "START", at=now + 25))
        self.assertEqual("no", self.one(phone)["whatsapp_opted"])
        self.assertEqual(
            [["withdrawn", "message", "Stop!"], ["given", "message", "START"],
             ["withdrawn", "message", "STOP"]], self.ledger(number))
        # Of the same second, the no counts.
        self.take(wa.message(phone, "START", at=now + 30))
        self.assertEqual("no", self.one(phone)["whatsapp_opted"])

    def test_stop_by_a_button_and_in_other_languages(self):
        for kind, content in (
                ("text", {"body": "बंद करो"}),
                ("text", {"body": "¡BAJA!"}),
                ("button", {"text": "Stop promotions", "payload": "p"}),
                ("interactive", {"type": "button_reply", "button_reply": {
                    "id": "1", "title": "Désabonner"}})):
            with self.subTest(content):
                phone = wa.number()
                self.take(wa.message(phone, content.get("body"), kind=kind,
                                     content=content))
                c = self.one(phone)
                self.assertEqual("no", c["whatsapp_opted"])
                self.assertEqual(1, c["version"])
                self.assertEqual(1, len(self.ledger(c["id"])))
        for kind, content in (
                ("text", {"body": "stop by at six"}),
                ("text", {"body": "Don't stop"}),
                ("image", {"id": "1", "caption": "STOP"}),
                ("reaction", {"message_id": "x", "emoji": "🛑"})):
            with self.subTest(content):
                phone = wa.number()
                self.take(wa.message(phone, content.get("body"), kind=kind,
                                     content=content))
                c = self.one(phone)
                self.assertNotEqual("no", c["whatsapp_opted"])
                self.assertEqual([], self.ledger(c["id"]))

    def test_words_of_the_setting(self):
        rare = http.unique("enough").replace("-", " ")
        admin = http.admin()
        admin.submit("/settings", {"stop_words": f"{rare}|halt"},
                     action="/settings")
        self.addCleanup(admin.submit, "/settings", {"stop_words": ""},
                        action="/settings")
        self.assertIn(rare, admin.get("/settings").text)
        phone = wa.number()
        self.take(wa.message(phone, rare.upper() + "!"))
        self.assertEqual("no", self.one(phone)["whatsapp_opted"])

    def test_preferences_of_a_stranger(self):
        phone, now = wa.number(), int(time.time()) - 100

        def listed():
            answer = self.api.send("POST", "/api/v1/contacts",
                                   {"phone": "+" + phone})
            if answer.status == 201:
                self.api.ask("DELETE", f"/api/v1/contacts/{answer.json['id']}")
                sql(f"DELETE FROM contact WHERE id = {answer.json['id']}")
            return answer.json.get("error", {}).get("code") == "suppressed"

        self.assertFalse(listed())
        self.take(self.preference(phone, "stop", now))
        self.assertTrue(listed())
        self.take(self.preference(phone, "resume", now - 5))
        self.assertTrue(listed())
        self.take(self.preference(phone, "resume", now + 5))
        self.assertFalse(listed())
        self.take(self.preference(phone, "stop", now + 10))
        self.take(wa.message(phone, "Hello again"))
        c = self.one(phone)
        self.assertEqual("no", c["whatsapp_opted"])
        self.assertEqual([["withdrawn", "webhook", ""]], self.ledger(c["id"]))

    def test_preferences_of_another_category(self):
        phone = wa.number()
        self.take(wa.message(phone))
        event = self.preference(phone, "stop", int(time.time()))
        event["entry"][0]["changes"][0]["value"]["user_preferences"][0][
            "category"] = "another"
        self.take(event)
        self.assertNotEqual("no", self.one(phone)["whatsapp_opted"])

    def test_preferences_in_the_ledger(self):
        phone, now = wa.number(), int(time.time())
        self.take(wa.message(phone))
        self.take(self.preference(phone, "stop", now))
        self.take(self.preference(phone, "resume", now + 5))
        self.assertEqual([["withdrawn", "webhook", "by the user"],
                          ["given", "webhook", "by the user"]],
                         self.ledger(self.one(phone)["id"]))

    def test_a_moment_too_far_ahead(self):
        phone = wa.number()
        self.take(wa.message(phone, "STOP", at=4000000000))
        self.assertLess(self.one(phone)["last_active"], "2090")
        self.take(wa.message(phone, "START", at=time.time() + 60))
        self.assertEqual("yes", self.one(phone)["whatsapp_opted"])

    # --- states ---

    def test_state(self):
        phone, now = wa.number(), int(time.time()) - 100
        self.take(wa.message(phone, at=now))
        c = self.one(phone)
        self.assertEqual("requesting", c["state"])
        for state, after in (("intervened", "intervened"),
                             ("closed", "requesting"),
                             ("handled_by_assistant",
                              "handled_by_assistant")):
            sql(f"UPDATE contact SET state = '{state}' WHERE id = {c['id']}")
            now += 10
            self.take(wa.message(phone, at=now))
            self.assertEqual(after, self.one(phone)["state"])
        # What was written before does not open what was closed since.
        sql(f"UPDATE contact SET state = 'closed' WHERE id = {c['id']}")
        self.take(wa.message(phone, at=now - 5))
        self.assertEqual("closed", self.one(phone)["state"])

    def test_state_of_one_who_was_there(self):
        phone = wa.number()
        self.api.send("POST", "/api/v1/contacts", {"phone": "+" + phone})
        self.take(wa.message(phone))
        c = self.one(phone)
        self.assertEqual(("requesting", 2), (c["state"], c["version"]))

    def new_number(self, old, new):
        return wa.body({"messages": [{
            "from": old, "id": http.unique("wamid."), "type": "system",
            "timestamp": "1767225600", "system": {
                "type": "user_changed_number", "wa_id": new,
                "body": "User changed number"}}]})

    def test_new_number(self):
        old, new, taken = wa.number(), wa.number(), wa.number()
        self.take(wa.message(old, name="Moves"))
        number = self.one(old)["id"]
        self.take(self.new_number(old, new))
        self.assertEqual([], contacts(old))
        self.assertEqual(number, self.one(new)["id"])
        self.take(wa.message(taken, name="Stays"))
        self.take(self.new_number(new, taken))
        self.assertEqual(number, self.one(new)["id"])
        self.assertEqual("Stays", self.one(taken)["name"])
        page = http.admin().get(f"/contacts/{number}").text
        self.assertIn("User changed number", page)

    def test_a_repeat_that_knows_the_number(self):
        phone, person = wa.number(), http.unique("IN.")
        wamid = http.unique("wamid.")
        self.take(wa.message(None, user_id=person, wamid=wamid))
        self.take(wa.message(phone, user_id=person, wamid=wamid))
        c = self.one(phone)
        self.assertEqual(person, c["wa_user_id"])
        page = http.admin().get(f"/contacts/{c['id']}").text
        self.assertEqual(1, page.count('class="message-text"'))

    def test_user_id_of_the_former_number(self):
        """It lives as long as its number; the next message has another."""
        old, new = wa.number(), wa.number()
        former, later = http.unique("IN."), http.unique("IN.")
        self.take(wa.message(old, user_id=former))
        number = self.one(old)["id"]
        self.take(self.new_number(old, new))
        self.assertIsNone(self.one(new)["wa_user_id"])
        self.take(wa.message(new, user_id=later))
        self.assertEqual((number, later), (
            self.one(new)["id"], self.one(new)["wa_user_id"]))
        self.take(wa.message(old, user_id=former))
        self.assertNotEqual(number, self.one(old)["id"])

    def test_new_number_of_a_stranger(self):
        old, new = wa.number(), wa.number()
        event = self.new_number(old, new)
        self.take(event)
        c = self.one(new)
        self.assertEqual([], contacts(old))
        self.assertEqual(("ORGANIC", None, None, ""), (
            c["source"], c["last_active"], c["state"] or None,
            c["first_message"]))
        self.take(event)
        self.assertEqual(c, self.one(new))
        self.take(wa.message(new, "My first words"))
        self.assertEqual("My first words", self.one(new)["first_message"])
        # No number at all: the old one is what is known.
        self.take(self.new_number(old, "NOT A NUMBER"))
        self.one(old)

    def test_what_is_not_known_is_kept(self):
        word = http.unique("kind")
        self.take(wa.body({"anything": 1}, word))
        page = http.admin().get("/events").text
        self.assertIn(word, page)

    def test_echo_of_the_team(self):
        phone = wa.number()
        echo = wa.body({"message_echoes": [{
            "from": "15550001234", "to": phone, "id": http.unique("wamid."),
            "timestamp": "1767225600", "type": "text",
            "text": {"body": "We write back"}}]}, "smb_message_echoes")
        self.take(echo)
        self.assertEqual([], contacts(phone))
        self.take(wa.message(phone))
        active = self.one(phone)["last_active"]
        self.take(echo)
        c = self.one(phone)
        self.assertEqual(active, c["last_active"])
        self.assertIn("We write back",
                      http.admin().get(f"/contacts/{c['id']}").text)


if __name__ == "__main__":
    unittest.main()
