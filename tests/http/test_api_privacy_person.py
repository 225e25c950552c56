# test_api_privacy_person.py: all that there is of a person
# SPDX-License-Identifier: MIT
import json
import os
import sys
import time
import unittest
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import patience
import privacy_client as privacy
import whatsapp as wa
from importing import Book
from traces import EMAIL, FORMER, OTHER, PHONE, USER, WA_USER, Traces


class ApiPrivacyPerson(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.book = Book(whole=True)
        cls.book.__enter__()
        cls.addClassCleanup(cls.book.__exit__, None, None, None)
        cls.traces = Traces(cls.book)
        cls.api = cls.traces.api
        cls.traces.everything()

    def ask(self, status=200, **by):
        answer = self.api.get("/api/v1/privacy/person?" +
                              urllib.parse.urlencode(by))
        self.assertEqual(answer.status, status, answer.text)
        def once(pairs):
            self.assertEqual(len(pairs), len(dict(pairs)), pairs)
            return dict(pairs)

        return json.loads(answer.text, object_pairs_hook=once)

    def test_everything(self):
        told = self.ask(phone=PHONE)
        contact = told["contact"]
        self.assertEqual(contact["id"], self.traces.person["id"])
        self.assertEqual((contact["phone"], contact["wa_user_id"],
                          contact["user_id"], contact["email"]),
                         (PHONE, WA_USER, USER, EMAIL))
        self.assertEqual(contact["attributes"], {"Zip": "Zqxattribute two"})
        self.assertIn("Vip", contact["tags"])
        self.assertEqual(contact["campaigns"], [])
        self.assertEqual([c["name"] for c in told["merged_contacts"]],
                         ["Zqxtwin"])
        self.assertIn(FORMER, [h["before"].get("phone")
                               for h in told["history"]])
        by_file = [h for h in told["history"] if h["import"]]
        self.assertTrue(by_file)
        self.assertEqual(by_file[0]["import_file"], "people.csv")
        self.assertEqual([m["text"] for m in told["messages"]],
                         ["zqxmessage two", "zqxmessage one"])
        self.assertEqual(told["messages"][0]["body"]["text"]["body"],
                         "zqxmessage two")
        self.assertIn("given", [c["status"] for c in told["consents"]])
        first = told["imports"][0]
        self.assertEqual((first["import"], first["file_name"], first["row"]),
                         (self.traces.imports[0], "people.csv", 3))
        self.assertEqual(
            [(c["column"], c["value"]) for c in first["cells"]][:3],
            [("Name", "Zqxfirst Zqxlást"), ("Phone", "98765 01234"),
             ("Email", EMAIL.upper())])
        self.assertTrue(told["jobs"])

    def rows(self, told):
        return [(i["import"], i["row"], i["about"],
                 [c["value"] for c in i["cells"]]) for i in told["imports"]]

    def test_rows_that_did_not_get_in(self):
        """Rejected, skipped, checked only, of a list of opt-outs, and cells
        of others that name the person; each once, nobody else's."""
        phone, other = "+919800000301", "+919800000302"
        a = self.traces.load(f"Name,Phone\r\nIda,{phone}\r\nBo,{other}\r\n")
        b = self.traces.load(
            "Name,Phone,Email\r\n"
            f"Ida,{phone},no address\r\n"
            f"Friend of {phone},+919800000303,\r\nBo,{other},no address\r\n")
        c = self.traces.load(f"Name,Phone\r\nIda 2,{phone}\r\n",
                             dry_run="true")
        d, e = (self.traces.load(f"Phone,Reason\r\n{phone},By letter\r\n",
                                 format="optout") for _ in "12")
        told = self.ask(phone=phone)
        self.assertEqual(self.rows(told), [
            (a, 2, "person", ["Ida", phone]),
            (b, 2, "person", ["Ida", phone, "no address"]),
            (b, 3, "somebody else", [f"Friend of {phone}"]),
            (c, 2, "person", ["Ida 2", phone]),
            (d, 2, "person", [phone, "By letter"]),
            (e, 2, "person", [phone, "By letter"])])
        self.assertEqual(told["files_not_searched"], [])

    def test_only_in_a_file(self):
        phone = "+919800000311"
        number = self.traces.load(
            f"Name,Phone,Email\r\nIda,{phone},no address\r\n")
        told = self.ask(404, phone=phone)
        self.assertEqual(told["error"]["code"], "not-found")
        self.assertIsNone(told["data"]["contact"])
        self.assertEqual(self.rows(told["data"]), [
            (number, 2, "person", ["Ida", phone, "no address"])])
        self.traces.webhook(wa.body({"odd": [{"who": phone[1:]}]}, "zqodd"))
        (event,) = self.ask(404, phone=phone)["data"]["events"]
        self.assertIn(phone[1:], json.dumps(event["body"]))
        privacy.erased(self.traces.api, phone=phone)
        self.assertNotIn("data", self.ask(404, phone=phone))

    def test_what_others_were_told(self):
        hook = self.traces.send("POST", "/api/v1/hooks", {
            "url": "http://127.0.0.1:9/away", "events": ["contact.changed"]})
        made = self.traces.send("POST", "/api/v1/contacts", {
            "phone": "+919800000321"})
        end = time.monotonic() + patience.SECONDS
        told = []
        while not told and time.monotonic() < end:
            told = self.ask(id=made["id"])["deliveries"]
        self.api.ask("DELETE", f"/api/v1/hooks/{hook['id']}")
        self.assertEqual(
            [(d["contact"], d["sent_to"], d["event"],
              d["body"]["data"]["contact"]["phone"]) for d in told],
            [(made["id"], "http://127.0.0.1:9/away", "contact.changed",
              "+919800000321")])

    def test_by_username(self):
        for phone in ("+919800000331", "+919800000332"):
            made = self.traces.send("POST", "/api/v1/contacts", {
                "phone": phone, "username": "zqxuser" + phone[-1]})
            for text in ("zqxuser", "@zqxuser"):
                told = self.ask(username=text + phone[-1])
                self.assertEqual(told["contact"]["id"], made["id"])
        self.ask(404, username="zqxuser")

    def test_who_had_it_before(self):
        """They are named, and not taken for who asks."""
        phone, email = "+919800000341", "Zqx.Former@example.org"
        made = self.traces.send("POST", "/api/v1/contacts", {
            "phone": phone, "email": email, "name": "Ida"})
        self.traces.send("PUT", f"/api/v1/contacts/{made['id']}", {
            "version": 1, "phone": "+919800000342", "email": ""})
        for by in ({"phone": phone}, {"email": email.lower()}):
            told = self.ask(404, **by)
            self.assertEqual([c["id"] for c in told["candidates"]],
                             [made["id"]])
            self.assertIn("before", told["error"]["message"])
        self.assertNotIn("candidates", self.ask(404, phone="+919800000343"))

    def test_each_key(self):
        number = self.traces.person["id"]
        for by in ({"phone": "98765 01234"}, {"phone": "+91 98765-01234"},
                   {"phone": "0091 98765 01234"}, {"email": EMAIL.lower()},
                   {"user_id": USER}, {"wa_user_id": WA_USER},
                   {"id": number}, {"phone": "+919876509999"}):
            with self.subTest(by):
                self.assertEqual(self.ask(**by)["contact"]["id"], number)
        self.assertEqual(self.book.sql(
            "SELECT COUNT(*) FROM audit WHERE action = 'privacy.look-up' AND"
            f" subject = 'contact {number}' AND INSTR(details, '98765') = 0")[
                0] >= 7, True)

    def test_in_the_trash(self):
        made = self.traces.send("POST", "/api/v1/contacts", {
            "phone": "+919800000077"})
        self.api.ask("DELETE", f"/api/v1/contacts/{made['id']}")
        told = self.ask(phone="+919800000077")
        self.assertIsNotNone(told["contact"]["trashed_at"])

    def test_nobody_and_several(self):
        for phone in ("+919800000055", "+919800000056"):
            self.traces.send("POST", "/api/v1/contacts", {
                "phone": phone, "email": "two@example.org"})
        told = self.ask(409, email="two@example.org")
        self.assertEqual(told["error"]["code"], "several")
        self.assertEqual([c["phone"] for c in told["candidates"]],
                         ["+919800000055", "+919800000056"])
        self.ask(404, phone="+919800000099")
        self.ask(404, id=9999999)
        for by in ({}, {"phone": "abc"}, {"email": "x"}, {"id": "-1"},
                   {"name": "Ana"}, {"phone": PHONE, "id": "1"}):
            with self.subTest(by):
                self.assertEqual(self.ask(422, **by)["error"]["code"],
                                 "invalid")

    def test_only_for_who_may(self):
        path = "/api/v1/privacy/person?phone=" + urllib.parse.quote(OTHER)
        self.assertEqual(http.Api("no", self.book.url).get(path).status, 401)
        self.book.sql("UPDATE api_token SET scopes = 'write,import,erase'")
        status = self.api.get(path).status
        self.book.sql("UPDATE api_token SET scopes ="
                      " 'read,write,import,erase'")
        self.assertEqual(status, 403)


if __name__ == "__main__":
    unittest.main()
