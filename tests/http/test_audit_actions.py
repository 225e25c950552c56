# test_audit_actions.py: each kind of action is in the audit log
# SPDX-License-Identifier: MIT
"""And no entry has a value of a contact in it: names, numbers, addresses and
places here have a mark that is looked for."""
import os
import sys
import unittest
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import audit_client as audit
import bulk_client as bulk
import contact_fixtures as book
import http_client as http
import import_client as imports
import undo_client as undo


def said(subject):
    return [action for action, _ in audit.actions(subject)]


class AuditActions(unittest.TestCase):
    def setUp(self):
        self.mark = http.unique("person")
        self.api = http.Api()
        self.began = self.newest()

    def tearDown(self):
        """Nothing of a person, whatever was done."""
        for entry in audit.entries(q=self.mark):
            self.fail(f"a value of a contact is in the audit log: {entry}")

    def newest(self):
        rows = self.api.get("/api/v1/audit?limit=1").json["audit"]
        return rows[0]["id"] if rows else 0

    def person(self, **values):
        return book.make(name=f"Ann {self.mark}", city=self.mark,
                         email=f"{self.mark}@example.org", **values)

    def test_members(self):
        name = http.unique("Grace")
        email, password = http.make_member("editor", name)
        (made,) = [e for e in audit.entries(action="member.create", q=email)]
        number = made["subject"].split()[1]
        admin = http.admin()
        for values in ({"action": "role", "role": "viewer"},
                       {"action": "disable"}, {"action": "enable"},
                       {"action": "name", "name": name + " II"},
                       {"action": "password",
                        "password": "another long password"}):
            answer = admin.post("/team", {"id": number, **values})
            self.assertEqual(answer.status, 303, values)
        self.assertEqual(audit.actions(made["subject"]), [
            ("member.create", f"{email}, editor"),
            ("member.access", "viewer"), ("member.access", "disabled"),
            ("member.access", "viewer"), ("member.name", ""),
            ("member.password", "")])
        self.assertEqual(audit.entries(q=password), [])
        self.assertEqual(audit.entries(q="another long password"), [])

    def test_setting(self):
        page = http.admin().get("/settings").page
        before = page.one(id="trash_days")
        self.assertIsNotNone(before)
        days = before.get("value")
        for value in str(int(days) + 1), days:
            answer = http.admin().submit(
                "/settings", {"trash_days": value}, action="/settings")
            self.assertEqual(answer.status, 303)
        self.assertEqual(audit.actions("trash.days")[-2:], [
            ("setting.change", f"{days} -> {int(days) + 1}"),
            ("setting.change", f"{int(days) + 1} -> {days}")])

    def test_contact(self):
        one, two = self.person(), self.person()
        book.change(one, city=self.mark + " other")
        for ask in ("POST", f"{one['id']}/merge", {
                "with": two["id"], "version": 2, "with_version": 1}), (
                "DELETE", str(one["id"]), None), (
                "POST", f"{one['id']}/restore", None):
            method, path, body = ask
            path = "/api/v1/contacts/" + path
            answer = self.api.send(method, path, body) if body else \
                self.api.ask(method, path)
            self.assertIn(answer.status, (200, 204), answer.text)
        self.assertEqual(said(f"contact {one['id']}"), [
            "contact.create", "contact.update", "contact.merge",
            "contact.trash", "contact.restore"])
        self.assertEqual(audit.actions(f"contact {one['id']}")[1],
                         ("contact.update", "city"))

    def test_job(self):
        self.person(source=self.mark)
        filters = {"source": "src-" + self.mark[7:]}
        book.make(name=f"Bo {self.mark}", **filters)
        done = bulk.done(filter=filters, action="set",
                         values={"city": self.mark})
        self.api.ask("POST", f"/api/v1/bulk/{done['id']}/undo")
        (first, second) = audit.actions(f"job {done['id']}")
        self.assertEqual(first, (
            "contacts.bulk", "Set City; contacts: 1; filter: source="
            + filters["source"]))
        self.assertEqual(second[0], "job.undo")
        answer = bulk.ask(filter={"q": f"Ann {self.mark}"}, action="trash")
        (entry,) = audit.actions(f"job {answer.json['id']}")
        self.assertEqual(entry[1],
                         "Move to the trash; contacts: 1; filter: q=…")

    def test_job_cancelled(self):
        self.person()
        answer = bulk.ask(filter={"q": self.mark}, action="set",
                          values={"title": "x"})
        self.api.ask("POST", f"/api/v1/bulk/{answer.json['id']}/cancel")
        actions = said(f"job {answer.json['id']}")
        self.assertIn(actions, (["contacts.bulk", "job.cancel"],
                                ["contacts.bulk"]))  # it was quicker

    def test_export(self):
        self.person()
        for path, details in (
                ("/contacts/export.csv?city=" + self.mark,
                 "1 as CSV; filter: city=…; columns: all that an import "
                 "takes"),
                ("/contacts/export.xlsx?columns=name,city&where="
                 + urllib.parse.quote(f"city~is~{self.mark}"),
                 "1 as XLSX; filter: where=city~is~…; columns: name,city"),
                ("/contacts/export.csv?tag=none",
                 "0 as CSV; filter: tag=none; columns: all that an import "
                 "takes")):
            with self.subTest(path):
                self.assertEqual(self.api.get("/api/v1" + path).status, 200)
                entry = audit.newest("contacts.export")
                self.assertGreater(entry["id"], self.began)
                self.assertEqual(entry["details"], details)
        before = audit.newest("contacts.export")
        self.assertEqual(
            self.api.get("/api/v1/contacts/export.csv?nose=1").status, 422)
        self.assertEqual(audit.newest("contacts.export"), before)

    def test_segment(self):
        name = http.unique("segment")
        for text in f"city={self.mark}", f"q={self.mark}&tag=vip":
            answer = http.admin().post("/segments", {
                "action": "save" if text[0] == "c" else "filter",
                "which": name, "name": name, "filter": text})
            self.assertEqual(answer.status, 303)
        entries = audit.entries(q=name)
        self.assertEqual([(e["action"], e["details"]) for e in entries], [
            ("segment.create", f"{name}: city=…"),
            ("segment.filter", f"{name}: q=…, tag=vip")])

    def test_lists(self):
        """Tags, attributes and segments, by pages that are asked again while
        an import of another test runs."""
        for path, word, values in (
                ("/tags", "tag", {"kind": "tag"}),
                ("/attributes", "attribute", {"type": "TEXT"}),
                ("/segments", "segment", {})):
            name = http.unique(word)
            http.admin().post(path, {"action": "add", "name": name, **values})
            (entry,) = audit.entries(q=name)
            self.assertEqual(entry["action"], word + ".create")
            self.assertEqual(entry["details"], name)
            self.assertTrue(entry["subject"].startswith(word + " "))

    def test_wizard(self):
        """An import step by step, with what another member does."""
        number = imports.at_review(imports.table(
            ["Name", "Phone"], [f"Ann {self.mark}", imports.phone()],
            [f"Bo {self.mark}", "12"]))
        imports.checked(number)
        imports.mapped(number)
        imports.checked(number)
        path = f"/api/v1/imports/{number}"
        fix = self.api.send("POST", path + "/fixes",
                            {"row": 3, "leave_out": True})
        self.assertEqual(fix.status, 201, fix.text)
        imports.checked(number)
        self.assertEqual(self.api.ask(
            "DELETE", f"{path}/fixes/{fix.json['ids'][0]}").status, 200)
        imports.checked(number)
        answer = self.api.send("POST", path + "/start", {"consent": True})
        self.assertEqual(answer.status, 202, answer.text)
        imports.wait(number)
        undo.undo(number)
        undo.redo(number)
        for name in "errors", "original", "processed":
            self.api.get(f"{path}/{name}.csv")
        http.admin().get(f"/imports/{number}/rows.csv?outcome=created")
        self.assertEqual(said(f"import {number}"), [
            "import.uploaded", "import.changed", "import.corrected",
            "import.correction.taken-back", "import.confirmed",
            "import.undo", "import.redo"] + ["import.downloaded"] * 4)

    def test_read_anew(self):
        number = imports.uploaded(imports.contacts())
        path = f"/imports/{number}/mapping"
        answer = http.admin().submit(
            path, {"act": "inspect", "delimiter": ";"}, action=path)
        self.assertEqual(answer.status, 303)
        self.assertEqual(audit.actions(f"import {number}")[1:],
                         [("import.changed", "how the file is read")])

    def test_upload_that_is_taken_back(self):
        answer = imports.post(imports.table(["Name"], [self.mark]),
                              format="generic", consent="true",
                              mapping='{"Name": "no such field"}')
        self.assertEqual(answer.status, 422)
        entries = [e for e in audit.entries(action="imports")
                   if e["id"] > self.began]
        self.assertEqual(entries[-1]["action"], "import.discarded")
        self.assertEqual(said(entries[-1]["subject"]),
                         ["import.uploaded", "import.discarded"])

    def test_paused(self):
        number = undo.big()
        for what in "pause", "resume":
            for _ in range(200):
                answer = self.api.ask("POST", f"/api/v1/imports/{number}"
                                              f"/{what}")
                if answer.status != 409:
                    break
            if answer.status == 409:
                self.skipTest("the import was quicker")
        imports.wait(number)
        self.assertEqual(said(f"import {number}"), [
            "import.uploaded", "import.confirmed", "import.paused",
            "import.resumed"])


if __name__ == "__main__":
    unittest.main()
