# test_api_privacy_erase.py: a person leaves the book, and stays away
# SPDX-License-Identifier: MIT
import os
import sys
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import privacy_client as privacy
import whatsapp as wa
from importing import Book
from traces import EMAIL, OTHER, PHONE, Traces


class ApiPrivacyErase(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.book = Book(whole=True)
        cls.book.__enter__()
        cls.addClassCleanup(cls.book.__exit__, None, None, None)
        cls.traces = Traces(cls.book)
        cls.api = cls.traces.api

    def erase(self, status=200, **by):
        answer = self.api.send("POST", "/api/v1/privacy/erase", by)
        if status == 200 and answer.status == 202:
            return privacy.done(answer.json, self.api)
        self.assertEqual(answer.status, status, answer.text)
        return answer.json

    def file(self, number):
        return self.api.get(f"/api/v1/imports/{number}/original.csv").body

    def test_everything(self):
        """Nothing in any table tells of the person any more."""
        self.book.empty()
        self.traces.imports.clear()
        self.traces.everything()
        number = self.traces.person["id"]
        before = [self.file(i) for i in self.traces.imports]
        self.assertTrue(self.traces.found())
        answer = self.erase(phone="098765 01234")
        self.assertEqual(answer["status"], "done")
        self.assertEqual(answer["contact"], number)
        self.assertEqual(self.traces.found(), [])
        counts = answer["erased"]
        self.assertEqual((counts["contacts"], counts["messages"]), (2, 2))
        for key in ("revisions", "consents", "files", "rows", "cells",
                    "problems", "events", "texts", "keys"):
            self.assertGreater(counts[key], 0, key)
        # Files keep their length, their lines and what others have there.
        for i, was in zip(self.traces.imports, before):
            now = self.file(i)
            self.assertEqual(len(was), len(now))
            self.assertEqual(was.count(b"\n"), now.count(b"\n"))
        (bo,) = self.api.get("/api/v1/contacts?phone=%2B" + OTHER[1:]
                             ).json["contacts"]
        self.assertEqual(bo["name"], "Bo")
        for i in self.traces.imports:
            for name in ("errors", "processed"):
                answer = self.api.get(f"/api/v1/imports/{i}/{name}.csv")
                self.assertEqual(answer.status, 200)
            told = self.api.get(f"/api/v1/imports/{i}/rows").json["rows"]
            self.assertTrue(told)
        audit = self.book.sql("SELECT JSON_ARRAY(subject, details) FROM audit"
                              " WHERE action = 'privacy.erase'")
        self.assertEqual(len(audit), 1)
        self.assertEqual(audit[0][0], f"contact {number}")

    # --- it lasts ---

    def load(self, text, **options):
        number = self.traces.load(text, **options)
        return self.book.outcomes(number), [
            p[2] for p in self.book.problems(number)]

    def test_stays_away(self):
        self.book.empty()
        self.book.run("config", "book.country", "IN")
        text = ("Name,Phone,Email,City,User ID\r\n"
                f"Ana,{PHONE},{EMAIL},Pune,U-77\r\n")
        number = self.traces.load(text)
        (ana,) = self.api.get("/api/v1/contacts").json["contacts"]
        job = self.traces.send("POST", "/api/v1/bulk", {
            "filter": {"city": "Pune"}, "action": "trash"})
        self.traces.done(job["id"])
        self.erase(id=ana["id"])
        self.assertEqual(self.load(text), ("s", ["suppressed"]))
        for form, file, options in (
                ("aisensy", f"Name,Mobile Number\r\nA,{PHONE}\r\n", {}),
                ("metahumans", "user.username,user.phone_no,user.email,"
                 "user.first_name,user.last_name,user.title,user.account\r\n"
                 "a,9876501234,,A,B,,\r\n",
                 {"country": "IN", "segment": "S"}),
                ("isendu", f"email,first name\r\n{EMAIL.upper()},A\r\n", {}),
                ("interakt", "Name,Country Code,Phone Number\r\n"
                 "A,91,9876501234\r\n", {})):
            with self.subTest(form):
                self.assertEqual(self.load(file, format=form, **options),
                                 ("s", ["suppressed"]))
        for body in ({"phone": PHONE}, {"email": EMAIL.lower()},
                     {"user_id": "U-77"},
                     {"phone": PHONE, "whatsapp_opted": "yes"},
                     {"phone": PHONE, "whatsapp_opted": "yes",
                      "whatsapp_opted_at": "2020-01-01"},
                     {"phone": PHONE, "whatsapp_opted": "yes",
                      "whatsapp_opted_at": "2090-01-01"}):
            with self.subTest(body):
                answer = self.api.send("POST", "/api/v1/contacts", body)
                self.assertEqual((answer.status,
                                  answer.json["error"]["code"]),
                                 (409, "suppressed"))
        other = self.traces.send("POST", "/api/v1/contacts",
                                 {"name": "Bo", "phone": OTHER})
        answer = self.api.send("PUT", f"/api/v1/contacts/{other['id']}",
                               {"version": 1, "email": EMAIL})
        self.assertEqual((answer.status, answer.json["error"]["code"]),
                         (409, "suppressed"))
        answer = self.api.send("PUT", f"/api/v1/contacts/{other['id']}",
                               {"version": 1, "city": "Roma"})
        self.assertEqual(answer.status, 200)
        self.traces.send("POST", f"/api/v1/imports/{number}/undo", {})
        self.traces.until(number, "undone")
        self.traces.send("POST", f"/api/v1/imports/{number}/redo", {})
        self.traces.until(number, "done")
        self.api.send("POST", f"/api/v1/bulk/{job['id']}/undo", {})
        self.traces.done(job["id"] + 1)
        for path in ("", "/restore", "/unmerge"):
            answer = self.api.send("POST" if path else "GET",
                                   f"/api/v1/contacts/{ana['id']}{path}", {})
            self.assertIn(answer.status, (404, 422), path)
        self.assertEqual(
            [c["name"] for c in self.book.contacts()], ["Bo"])
        # Who consents anew comes back.
        self.book.sql("UPDATE suppression SET at = '2026-01-01'")
        self.assertEqual(self.load(
            "Name,Phone,Email,WhatsApp Opted,WhatsApp Opted At\r\n"
            f"Ana,{PHONE},{EMAIL},yes,2026-02-01T00:00:00Z\r\n"),
            ("c", []))
        self.assertEqual(self.book.sql("SELECT COUNT(*) FROM suppression"),
                         [0])

    def test_a_paused_import(self):
        """Its file is gone through at once; once it goes on or is cancelled,
        nothing of the person is left elsewhere."""
        self.book.empty()
        self.traces.send("POST", "/api/v1/contacts", {
            "phone": PHONE, "name": "Anita Zqxname"})
        number = self.traces.load(
            f"Name,Phone\r\nBo,+919800000001\r\nAnita Zqxname,{PHONE}\r\n",
            dry_run="true")
        self.book.sql(f"UPDATE import SET state = 'paused' WHERE id = {number}")
        told = self.traces.send("POST", "/api/v1/privacy/erase",
                                {"phone": PHONE})
        self.assertEqual((told["status"], told["waits_for_imports"],
                          told["erased"]["rows"]), ("running", [number], 1))
        kept = self.api.get(f"/api/v1/imports/{number}/original.csv").text
        self.assertIn("+919800000001", kept)
        self.assertNotIn("Zqxname", kept)
        self.assertEqual(self.api.ask(
            "POST", f"/api/v1/imports/{number}/cancel").status // 100, 2)
        end = time.monotonic() + 30
        while told["status"] != "done" and time.monotonic() < end:
            time.sleep(0.1)
            told = self.api.get(told["url"]).json
        self.assertEqual((told["status"], told["erased"]["rows"]), ("done", 1))
        self.assertEqual(self.book.sql(
            "SELECT COUNT(*) FROM erasure WHERE remaining IS NOT NULL"), [0])

    def test_a_file_that_is_called_after_them(self):
        self.book.empty()
        self.traces.send("POST", "/api/v1/contacts", {
            "phone": PHONE, "name": "Anita Zqxname", "city": "Pune"})
        hook = self.traces.send("POST", "/api/v1/hooks", {
            "url": "http://127.0.0.1:9/away", "events": ["import.finished"]})
        for name in (f"{PHONE}.csv", "98765-01234 b.csv",
                     "Anita Zqxname 2026.csv", "Pune 2026.csv"):
            answer = self.api.upload(
                "/api/v1/imports", {"format": "generic", "consent": "true"},
                [("file", name, b"Name,Phone\r\nBo,+919800000001\r\n")])
            self.traces.until(answer.json["id"], "done")
        names = ("SELECT JSON_ARRAY(JSON_VALUE(body, '$.data.file.name'))"
                 " FROM hook_delivery ORDER BY id")
        end = time.monotonic() + 30
        while len(self.book.sql(names)) < 4 and time.monotonic() < end:
            time.sleep(0.1)
        self.traces.send("POST", "/api/v1/privacy/erase", {"phone": PHONE})
        told = self.book.sql(names)
        self.api.ask("DELETE", f"/api/v1/hooks/{hook['id']}")
        self.assertEqual(told, [[None]] * 3 + [["Pune 2026.csv"]])
        self.assertEqual(self.book.sql(
            "SELECT JSON_QUOTE(file_name) FROM import ORDER BY id"),
            ["erased.csv"] * 3 + ["Pune 2026.csv"])

    def test_consent_by_the_api(self):
        self.book.empty()
        self.erase(phone=PHONE)
        self.book.sql("UPDATE suppression SET at = '2026-01-01'")
        answer = self.api.send("POST", "/api/v1/contacts", {
            "phone": PHONE, "whatsapp_opted": "yes",
            "whatsapp_opted_at": "2026-01-02T00:00:00Z"})
        self.assertEqual(answer.status, 201, answer.text)
        self.assertEqual(self.book.sql(
            "SELECT entries FROM suppression_state"), [0])

    def test_message_of_an_erased_person(self):
        """They begin anew; files still do not reach them."""
        self.book.empty()
        self.book.run("config", "whatsapp.app_secret", wa.SECRET)
        self.erase(phone=PHONE)
        self.traces.webhook(wa.message(PHONE[1:], "hello again", "Ana"))
        (ana,) = self.book.contacts()
        self.assertEqual((ana["phone"], ana["whatsapp_opted"]), (PHONE, ""))
        self.assertEqual(self.load(f"Name,Phone\r\nAnita,{PHONE}\r\n"),
                         ("s", ["suppressed"]))

    def test_opted_out_and_purged(self):
        self.book.empty()
        self.book.run("config", "whatsapp.app_secret", wa.SECRET)
        ana = self.traces.send("POST", "/api/v1/contacts", {
            "phone": PHONE, "email": EMAIL, "whatsapp_opted": "no"})
        answer = self.api.ask("DELETE",
                              f"/api/v1/contacts/{ana['id']}?purge=true")
        self.assertLess(answer.status, 300)
        self.assertEqual(self.book.sql(
            "SELECT JSON_ARRAY(key_kind, reason) FROM suppression ORDER BY"
            " key_kind"), [["phone", "opted_out"], ["email", "opted_out"]])
        self.assertEqual(self.load(f"Name,Phone\r\nAnita,{PHONE}\r\n"),
                         ("s", ["suppressed"]))
        self.traces.webhook(wa.message(PHONE[1:], "hello", "Ana"))
        (ana,) = self.book.contacts()
        self.assertEqual(ana["whatsapp_opted"], "no")

    # --- who it is ---

    def test_nobody_and_several(self):
        self.book.empty()
        a, b = (self.traces.send("POST", "/api/v1/contacts", {
            "name": name, "phone": phone, "email": "both@example.org"})
            for name, phone in (("Ana", PHONE), ("Bo", OTHER)))
        for status, code, body in (
                (404, "not-found", {"id": 999999999}),
                (404, "not-found", {"user_id": "nobody"}),
                (422, "invalid", {"phone": "abc"}),
                (422, "invalid", {"phone": ""}),
                (422, "invalid", {"email": "abc"}),
                (422, "invalid", {"id": "x"}),
                (422, "invalid", {"name": "Ana"}),
                (422, "invalid", {"phone": 7}),
                (422, "invalid", {}),
                (422, "invalid", {"phone": PHONE, "id": a["id"]}),
                (409, "several", {"email": "BOTH@example.org"})):
            with self.subTest(body):
                answer = self.erase(status, **body)
                self.assertEqual(answer["error"]["code"], code)
        self.assertEqual([c["id"] for c in answer["candidates"]],
                         [a["id"], b["id"]])
        self.assertEqual(self.book.sql("SELECT COUNT(*) FROM erasure"), [0])
        self.erase(id=str(a["id"]))
        # The address is still somebody's, who stays as she is.
        self.assertEqual(self.load(
            "email,first name,city\r\nboth@example.org,Bo,Roma\r\n",
            format="isendu"), ("u", []))
        self.assertEqual(self.load(
            f"Name,Phone,Email\r\nCy,+919800000003,both@example.org\r\n"),
            ("s", ["suppressed"]))

    def test_malformed(self):
        for body, kind, status in ((b"{", "application/json", 400),
                                   (b"[]", "application/json", 400),
                                   (b"phone=1", "text/plain", 415)):
            answer = self.api.ask("POST", "/api/v1/privacy/erase", body,
                                  {"Content-Type": kind})
            self.assertEqual(answer.status, status, answer.text)

    def test_only_for_who_may(self):
        answer = http.Api("nonsense", self.book.url).send(
            "POST", "/api/v1/privacy/erase", {"phone": PHONE})
        self.assertEqual(answer.status, 401)
        self.book.sql("UPDATE api_token SET scopes = 'read,write,import'")
        answer = self.api.send("POST", "/api/v1/privacy/erase",
                               {"phone": PHONE})
        self.book.sql("UPDATE api_token SET scopes ="
                      " 'read,write,import,erase'")
        self.assertEqual(answer.status, 403)

    def test_without_a_contact(self):
        """Only in a row that was rejected."""
        self.book.empty()
        number = self.traces.load(
            f"Name,Mobile Number\r\n,{PHONE}\r\nBo,{OTHER}\r\n",
            format="aisensy")
        answer = self.erase(phone=PHONE)
        self.assertEqual((answer["contact"], answer["erased"]["rows"]),
                         (None, 1))
        self.assertEqual(self.file(number), b"Name,Mobile Number\r\n,"
                         b"xxxxxxxxxxxxx\r\nBo," + OTHER.encode() +
                         b"\r\n")
        told = self.api.get(f"/api/v1/imports/{number}").json
        self.assertEqual(told["file"]["erased_cells"], 1)


if __name__ == "__main__":
    unittest.main()
