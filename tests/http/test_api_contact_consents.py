# test_api_contact_consents.py: the ledger of consents, and all that writes it
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import bulk_client
import consent_client as ledger
import contact_fixtures as book
import http_client as http
import import_client as imports
import undo_client as undos

MARKETING = ledger.MARKETING


class Record(unittest.TestCase):
    def test_entry(self):
        c = book.make(name="Ann")
        self.assertEqual(set(ledger.statuses(c).values()), {"unknown"})
        answer = ledger.record(
            c, purpose="email", status="given", basis="contract",
            words="Sì, \"volentieri\"\nAnn", evidence_at="2024-05-01T10:00Z")
        self.assertEqual(answer.status, 201, answer.text)
        got = ledger.read(c)
        entry = got["consents"][0]
        self.assertEqual(answer.json["id"], entry["id"])
        for key, value in {
                "purpose": "email", "status": "given", "basis": "contract",
                "words": "Sì, \"volentieri\"\nAnn", "contact": c["id"],
                "evidence_at": "2024-05-01T10:00:00.000Z", "origin": "api",
                "import": None, "row": None, "counts": True}.items():
            self.assertEqual(entry[key], value, key)
        self.assertTrue(entry["token"] and entry["member_name"])
        state = got["purposes"]["email"]
        self.assertEqual((state["status"], state["since"], state["basis"]),
                         ("given", "2024-05-01T10:00:00.000Z", "contract"))
        self.assertEqual(book.read(c)["version"], 1)

    def test_whatsapp_sets_the_contact(self):
        c = book.make()
        ledger.record(c, purpose=MARKETING, status="withdrawn",
                      evidence_at="2024-05-01")
        now = book.read(c)
        self.assertEqual((now["whatsapp_opted"], now["whatsapp_opted_at"]),
                         ("no", "2024-05-01T00:00:00.000Z"))
        refused = ledger.record(c, purpose=MARKETING, status="given")
        self.assertEqual(refused.status, 422)
        self.assertIn("confirmed", refused.json["error"]["fields"])
        self.assertEqual(ledger.record(
            c, purpose=MARKETING, status="given",
            evidence_at="2024-04-30").status, 422)
        self.assertEqual(book.read(c), now)
        self.assertEqual(ledger.record(
            c, purpose=MARKETING, status="given",
            evidence_at="2024-05-02").status, 201)
        self.assertEqual(book.read(c)["whatsapp_opted_at"],
                         "2024-05-02T00:00:00.000Z")
        ledger.agree(self, c)

    def test_an_opt_in_is_a_consent(self):
        """Also where only the contact's own field was set."""
        c = book.make(whatsapp_opted="yes")
        self.assertEqual(ledger.read(c)["consents"][0]["basis"], "consent")
        c = book.change(c, whatsapp_opted="no").json
        self.assertIsNone(ledger.read(c)["consents"][0]["basis"])

    def test_an_opt_out_only_goes_forward(self):
        c = book.make(whatsapp_opted="no",
                      whatsapp_opted_at="2025-01-01T00:00:00Z")
        ledger.record(c, purpose=MARKETING, status="withdrawn",
                      evidence_at="2024-01-01")
        self.assertEqual(book.read(c)["whatsapp_opted_at"],
                         "2025-01-01T00:00:00.000Z")
        self.assertEqual(ledger.record(
            c, purpose=MARKETING, status="given", confirmed=True).status, 201)
        self.assertEqual(book.read(c)["whatsapp_opted"], "yes")
        self.assertEqual(len(ledger.entries(c)), 3)

    def test_other_purposes_are_guarded_too(self):
        c = book.make()
        for purpose in ("email", "profiling"):
            ledger.record(c, purpose=purpose, status="withdrawn",
                          evidence_at="2025-01-01")
            self.assertEqual(ledger.record(
                c, purpose=purpose, status="given").status, 422)
            self.assertEqual(ledger.record(
                c, purpose=purpose, status="given",
                evidence_at="2025-01-02").status, 201)

    def test_refused(self):
        c = book.make()
        good = {"purpose": "email", "status": "given"}
        for wrong, field in (
                ({"purpose": "sms"}, "purpose"), ({"purpose": 1}, "purpose"),
                ({"status": "unknown"}, "status"), ({"status": ""}, "status"),
                ({"basis": "because"}, "basis"), ({"what": "x"}, "what"),
                ({"evidence_at": "soon"}, "evidence_at"),
                ({"evidence_at": "2999-01-01"}, "evidence_at"),
                ({"words": "x" * 4001}, "words"),
                ({"words": "a\x01b"}, "words"),
                ({"confirmed": "yes"}, "confirmed")):
            answer = ledger.record(c, **{**good, **wrong})
            self.assertEqual(answer.status, 422, wrong)
            self.assertIn(field, answer.json["error"]["fields"], wrong)
        self.assertEqual(book.api().send(
            "POST", ledger.path(c), [1]).status, 400)
        self.assertEqual(ledger.read(c)["consents"], [])
        self.assertEqual(ledger.record({"id": 10**12}, **good).status, 404)
        book.api().ask("DELETE", f"/api/v1/contacts/{c['id']}")
        answer = ledger.record(c, **good)
        self.assertEqual((answer.status, answer.json["error"]["code"]),
                         (404, "in-trash"))
        self.assertEqual(book.api().get(ledger.path(c)).status, 404)

    def test_pages(self):
        c = book.make()
        for i in range(5):
            ledger.record(c, purpose="email", status="given", words=str(i))
        seen, query = [], "?limit=2"
        while query:
            page = ledger.read(c, query)
            seen += [x["words"] for x in page["consents"]]
            query = page["next"] and f"?limit=2&after={page['next']}"
        self.assertEqual(seen, ["4", "3", "2", "1", "0"])
        for query in ("after=x", "after=1.2"):
            self.assertEqual(
                book.api().get(ledger.path(c) + "?" + query).status, 400)
        for query in ("limit=0", "limit=201", "limit=x"):
            self.assertEqual(
                book.api().get(ledger.path(c) + "?" + query).status, 422)


class Edits(unittest.TestCase):
    def test_made_and_changed(self):
        c = book.make(whatsapp_opted="yes",
                      whatsapp_opted_at="2024-01-01T00:00:00Z")
        self.assertEqual(ledger.entries(c), [("given", "api", None)])
        self.assertEqual(ledger.read(c)["consents"][0]["evidence_at"],
                         "2024-01-01T00:00:00.000Z")
        c = book.change(c, whatsapp_opted="no").json
        c = book.change(c, city="Pune").json
        self.assertEqual([x[0] for x in ledger.entries(c)],
                         ["withdrawn", "given"])
        ledger.agree(self, c)

    def test_an_opt_out_is_overturned_by_naming_it(self):
        read = book.make(whatsapp_opted="yes")
        ledger.record(read, purpose=MARKETING, status="withdrawn")
        # What was read before is sent back: that is no opt-in.
        self.assertEqual(book.change(
            read, whatsapp_opted="yes", city="Pune").status, 200)
        c = book.read(read)
        self.assertEqual(c["whatsapp_opted"], "no")
        c = book.change(c, whatsapp_opted="").json
        self.assertEqual([x[0] for x in ledger.entries(c)],
                         ["unknown", "withdrawn", "given"])
        ledger.agree(self, c)
        c = book.change(c, whatsapp_opted="no").json
        c = book.change(c, whatsapp_opted="yes").json
        self.assertEqual(ledger.entries(c)[0], ("given", "api", None))
        ledger.agree(self, c)

    def test_back_to_a_version(self):
        c = book.make(whatsapp_opted="yes")
        c = book.change(c, whatsapp_opted="no").json
        path = f"/api/v1/contacts/{c['id']}/restore"
        answer = book.api().send("POST", path, {"version": 1})
        self.assertEqual(answer.status, 422, answer.text)
        self.assertIn("whatsapp_opted", answer.json["error"]["fields"])
        answer = book.api().send(
            "POST", path, {"version": 1, "confirm_optin": True})
        self.assertEqual(answer.status, 200, answer.text)
        self.assertEqual(ledger.entries(c)[0],
                         ("given", "api", "back to version 1"))
        ledger.agree(self, c)

    def test_merged_and_apart_again(self):
        one = book.make(name="One", whatsapp_opted="yes")
        two = book.make(name="Two", whatsapp_opted="no")
        answer = book.api().send(
            "POST", f"/api/v1/contacts/{one['id']}/merge",
            {"with": two["id"], "version": 1, "with_version": 1})
        self.assertEqual(answer.status, 200, answer.text)
        self.assertEqual(len(ledger.entries(one)), 3)
        self.assertEqual(ledger.entries(one)[0][:2], ("withdrawn", "job"))
        ledger.agree(self, one)
        job = book.api().get(f"/api/v1/contacts/{one['id']}/revisions").json[
            "revisions"][0]["job"]
        answer = book.api().send(
            "POST", f"/api/v1/contacts/{one['id']}/unmerge", {"job": job})
        self.assertEqual(answer.status, 200, answer.text)
        for c in (one, two):
            ledger.agree(self, c)
        self.assertEqual(len(ledger.entries(two)), 1)


class Jobs(unittest.TestCase):
    def test_bulk_and_its_undo(self):
        tag = http.unique("ledger")
        people = [book.make(tags=[tag], whatsapp_opted=x)
                  for x in ("yes", "no", "")]
        job = bulk_client.done(filter={"tag": tag}, action="set",
                               values={"whatsapp_opted": "no"})
        self.assertEqual([ledger.entries(c)[0][0] for c in people],
                         ["withdrawn"] * 3)
        self.assertEqual([len(ledger.entries(c)) for c in people], [2, 1, 1])
        # One of them says STOP to a member: that stays.
        ledger.record(people[0], purpose=MARKETING, status="withdrawn")
        undo = book.api().ask("POST", f"/api/v1/bulk/{job['id']}/undo")
        self.assertEqual(undo.status, 202, undo.text)
        bulk_client.wait(undo.json["id"])
        self.assertEqual(
            [book.read(c)["whatsapp_opted"] for c in people],
            ["no", "no", "unknown"])
        self.assertEqual(ledger.entries(people[2])[0][:2], ("unknown", "job"))
        for c in people:
            ledger.agree(self, c)


class Imports(unittest.TestCase):
    HEAD = ["Name", "Phone", "Email", "WhatsApp Opted", "WhatsApp Opted At"]

    def take(self, *rows, **fields):
        return imports.imported(imports.table(self.HEAD, *rows),
                                **fields)["id"]

    def test_rows(self):
        yes, no, plain = (imports.phone() for _ in range(3))
        number = self.take(
            ["A", yes, "a@example.com", "yes", "2024-01-01T00:00:00Z"],
            ["B", no, "", "no", ""], ["C", plain, "", "", ""])
        a, b, c = (undos.by_phone(x) for x in (yes, no, plain))
        self.assertEqual(ledger.statuses(a), {
            MARKETING: "given", "profiling": "given", "email": "given"})
        self.assertEqual(ledger.statuses(b), {
            MARKETING: "withdrawn", "profiling": "given", "email": "unknown"})
        self.assertEqual(ledger.statuses(c), {
            MARKETING: "given", "profiling": "given", "email": "unknown"})
        entry = ledger.read(a)["consents"][0]
        self.assertEqual(
            (entry["import"], entry["row"], entry["import_file"],
             entry["evidence_at"], entry["basis"]),
            (number, 2, "contacts.csv", "2024-01-01T00:00:00.000Z",
             "consent"))
        self.assertIn("I confirm", entry["words"])
        for person in (a, b, c):
            ledger.agree(self, person)

    def test_undone(self):
        known = book.make(phone=imports.phone(), whatsapp_opted="yes")
        new = imports.phone()
        number = self.take(["", known["phone"], "", "no", ""],
                           ["New", new, "", "yes", ""])
        kept = undos.by_phone(new)
        undos.edit(kept["id"], city="Pune")
        self.assertEqual(ledger.statuses(known)[MARKETING], "withdrawn")
        undos.undo(number)
        for person in (known, kept):
            ledger.agree(self, person)
            self.assertTrue(all(x["import_undone"] and not x["counts"]
                                for x in ledger.read(person)["consents"]
                                if x["import"] == number))
        self.assertEqual(ledger.statuses(known), {
            MARKETING: "given", "profiling": "unknown", "email": "unknown"})
        self.assertEqual(ledger.entries(kept)[0][0], "given")

    def test_a_word_since_outweighs_the_undo(self):
        known = book.make(phone=imports.phone(), whatsapp_opted="yes")
        number = self.take(["", known["phone"], "", "no", ""])
        ledger.record(known, purpose=MARKETING, status="withdrawn",
                      words="STOP")
        undos.undo(number)
        self.assertEqual(book.read(known)["whatsapp_opted"], "no")
        ledger.agree(self, known)

    def test_no_file_overturns_a_withdrawal(self):
        c = book.make(phone=imports.phone(), email=http.unique("x") + "@a.it",
                      whatsapp_opted="no")
        for purpose in ("email", "profiling"):
            ledger.record(c, purpose=purpose, status="withdrawn")
        self.take(["New name", c["phone"], "", "", ""])
        self.assertEqual(set(ledger.statuses(c).values()), {"withdrawn"})
        self.assertEqual(ledger.entries(c, "email")[0][:2],
                         ("given", "import"))
        ledger.agree(self, c)

    def test_a_dry_run_writes_none(self):
        phone = imports.phone()
        c = book.make(phone=phone)
        number = imports.started(imports.table(
            self.HEAD, ["X", phone, "", "yes", ""]), dry_run="true")
        imports.checked(number)
        self.assertEqual(ledger.read(c)["consents"], [])

    def test_overturned_by_a_member(self):
        c = book.make(phone=imports.phone(), whatsapp_opted="no")
        number = imports.started(
            imports.table(self.HEAD, ["", c["phone"], "", "yes", ""]),
            confirm_optins="1")
        imports.wait(number)
        self.assertEqual(book.read(c)["whatsapp_opted"], "yes")
        entry = ledger.read(c)["consents"][0]
        self.assertTrue(entry["confirmed_optin"])
        self.assertIn("opted in again", entry["words"])
        self.assertTrue(entry["member_name"])
        ledger.agree(self, c)


if __name__ == "__main__":
    unittest.main()
