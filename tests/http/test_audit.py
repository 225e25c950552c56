# test_audit.py: who did what, and that nobody can change what stands there
# SPDX-License-Identifier: MIT
import os
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import audit_client as audit
import http_client as http
import import_client as imports
import undo_client as undos
import whatsapp as wa


def rows(page):
    """The entries of a page, each a dictionary of the texts of its cells."""
    table = page.one("tbody")
    return [{c.get("data-label"): c for c in r.all("td")}
            for r in (table.all("tr") if table else [])]


class Audit(unittest.TestCase):
    def test_import(self):
        number = imports.imported(imports.contacts(), name="book.csv")["id"]
        for name in "original", "errors", "processed":
            http.Api().get(f"/api/v1/imports/{number}/{name}.csv")
        self.assertEqual(audit.actions(f"import {number}"), [
            ("import.uploaded", ""), ("import.confirmed", ""),
            ("import.downloaded", "original"),
            ("import.downloaded", "errors"),
            ("import.downloaded", "processed")])

    def test_names_of_files_can_name_people(self):
        """Nothing is ever taken out of the log, so none gets in."""
        number = imports.imported(
            imports.contacts(), name="Ada Byron 9876501234.csv")["id"]
        undos.undo(number)
        undos.redo(number)
        self.assertNotIn("Byron", str(audit.actions(f"import {number}")))

    def test_cancelled(self):
        number = imports.uploaded(imports.contacts())
        http.Api().ask("POST", f"/api/v1/imports/{number}/cancel")
        http.Api().ask("POST", f"/api/v1/imports/{number}/cancel")
        actions = [a for a, _ in audit.actions(f"import {number}")]
        self.assertEqual(actions, ["import.uploaded", "import.cancelled"])

    def test_contact(self):
        api = http.Api()
        made = api.send("POST", "/api/v1/contacts",
                        {"phone": imports.phone(), "name": "Ada"}).json
        path = f"/api/v1/contacts/{made['id']}"
        api.send("PUT", path, {"version": made["version"], "city": "Pisa"})
        api.ask("DELETE", path)
        actions = [a for a, _ in audit.actions(f"contact {made['id']}")]
        self.assertEqual(actions, ["contact.create", "contact.update",
                                   "contact.trash"])

    def test_whatsapp(self):
        """What comes by WhatsApp is by WhatsApp, and without its values."""
        wa.set_up()
        number = wa.number()
        wa.send(wa.message(number, name="Ada of the tests"))
        wa.send(wa.message(number, text="STOP", name="Ada of the tests"))
        (contact,) = http.Api().get(
            f"/api/v1/contacts?phone=%2B{number}").json["contacts"]
        entries = audit.entries(subject=f"contact {contact['id']}")
        self.assertEqual({e["by"] for e in entries}, {"whatsapp"})
        self.assertEqual(entries[0]["action"], "contact.create")
        self.assertEqual(entries[-1]["action"], "contact.update")
        self.assertIn("whatsapp_opted", entries[-1]["details"])
        self.assertEqual(audit.entries(q="Ada of the tests"), [])
        self.assertEqual(audit.entries(q=number), [])

    def test_page(self):
        """An entry: when, who, from where, what in words, and about what."""
        made = http.Api().send("POST", "/api/v1/contacts",
                               {"phone": imports.phone()}).json
        answer = http.admin().get(f"/audit?subject=Contact+{made['id']}")
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.page.one("h1").text(), "Audit")
        self.assertIn("Audit", [a.text() for a in answer.page.all("a")
                                if a.get("aria-current") == "page"])
        (row,) = rows(answer.page)
        self.assertIn("by the token", row["Who"].text())
        self.assertIn("Added a contact", row["What"].text())
        self.assertIn("contact.create", row["What"].text())
        self.assertEqual(row["About"].one("a").get("href"),
                         f"/contacts/{made['id']}")
        self.assertRegex(row["From address"].text(), r"^127\.")

    def test_filters(self):
        email, password = http.make_member("viewer")
        session = http.logged_in(email, password)
        session.post("/logout", {})
        member = audit.newest("logout")
        who = f"member={member['member']}"
        for query, expected in (
                (who, ["logout", "login"]),
                (who + "&action=login", ["login"]),
                (who + "&action=logins", ["logout", "login"]),
                (who + "&action=imports", []),
                (who + "&q=LOGGED+out", ["logout"]),
                (who + "&q=nothing+like+this", []),
                (who + "&from=2020-01-01&to=2020-01-02", []),
                (who + f"&from={member['at'][:10]}", ["logout", "login"]),
                (who + "&address=192.0.2.77", []),
                (who + f"&address={member['address']}", ["logout", "login"]),
                (f"action=members&subject=member+{member['member']}", None),
                (f"action=team&subject=member+{member['member']}",
                 ["member.create"])):
            with self.subTest(query):
                answer = http.admin().get("/audit?" + query)
                if expected is None:
                    self.assertEqual(answer.status, 422)
                    continue
                self.assertEqual(answer.status, 200)
                self.assertEqual([r["What"].one("code").text()
                                  for r in rows(answer.page)], expected)
        page = http.admin().get(f"/audit?{who}&action=login").page
        chosen = [o.get("value") for o in page.all("option")
                  if "selected" in o.attributes]
        self.assertEqual(chosen, [str(member["member"]), "login"])
        self.assertIn(f"/audit.csv?{who}&action=login",
                      [a.get("href") for a in page.all("a")])

    def test_who(self):
        """Those who are no members."""
        http.Session().login(http.unique("nobody") + "@example.com", "wrong")
        http.admin_token()
        for who in "not-logged-in", "command-line":
            with self.subTest(who):
                found = http.Api().get(f"/api/v1/audit?member={who}").json
                self.assertTrue(found["audit"])
                self.assertEqual({who}, {e["by"] for e in found["audit"]})

    def test_pages(self):
        name = http.unique("paged")
        for i in range(60):
            http.Api().send("POST", "/api/v1/tags", {"name": f"{name} {i}"})
        path = f"/audit?action=tag.create&q={name}"
        page = http.admin().get(path).page
        self.assertEqual(len(rows(page)), 50)
        self.assertIn(f"{name} 59", rows(page)[0]["What"].text())
        more = page.one("a", rel="next").get("href")
        page = http.admin().get(more).page
        self.assertEqual(len(rows(page)), 10)
        self.assertIn(f"{name} 0", rows(page)[-1]["What"].text())
        self.assertIsNone(page.one("a", rel="next"))
        first = [a.get("href") for a in page.all("a") if a.text() == "First"]
        self.assertEqual(first, [path])

    def test_wrong(self):
        for query, status, field in (
                ("from=tomorrow", 422, "from"),
                ("to=2026-02-30", 422, "to"),
                ("from=2026-02-02&to=2026-02-01", 422, "to"),
                ("action=nonsense", 422, "action"),
                ("member=ann", 422, "member"),
                ("token=x", 422, "token"),
                ("address=a+b", 422, "address"),
                ("q=" + "x" * 201, 422, "q"),
                ("nonsense=1", 422, None),
                ("after=x", 400, None), ("after=1-x", 400, None)):
            with self.subTest(query):
                answer = http.admin().get("/audit?" + query)
                self.assertEqual(answer.status, status)
                self.assertIsNone(answer.page.one("tbody"))
                self.assertIsNotNone(answer.page.one(role="alert"))
                if field:
                    self.assertTrue(answer.error(field))

    def test_escaped(self):
        http.Api().send("POST", "/api/v1/tags", {"name": http.PAYLOAD})
        answer = http.admin().get("/audit?action=tag.create")
        self.assertEqual(answer.hostile(), [])
        answer = http.Session().login(http.PAYLOAD, http.PAYLOAD)
        answer = http.admin().get("/audit?action=login.failure")
        self.assertEqual(answer.hostile(), [])

    def test_admins_only(self):
        for path in "/audit", "/audit.csv":
            self.assertEqual(http.member("editor").get(path).status, 403)
            self.assertEqual(http.Session().get(path).status, 303)
            self.assertIn(http.admin().post(path, {}).status, (403, 405))
        nav = [a.get("href") for a in
               http.member("editor").get("/contacts").page.all("a")]
        self.assertNotIn("/audit", nav)


class Logins(unittest.TestCase):
    def test_failed_and_throttled(self):
        email, password = http.make_member("viewer")
        for _ in range(10):
            http.Session().login(email, "wrong password")
        for _ in range(3):
            self.assertEqual(
                http.Session().login(email, password).status, 429)
        said = [a for a, _ in audit.actions(email)]
        self.assertEqual(said, ["login.failure"] * 10 + ["login.throttled"])

    def test_a_password_in_the_wrong_field(self):
        secret = http.unique("my secret pass phrase")
        http.Session().login(secret, "x")
        self.assertEqual(audit.entries(q=secret), [])
        self.assertTrue(audit.entries(subject="not an e-mail address"))


@unittest.skipUnless(http.VAR, "RUBRICA_VAR is not set")
class Unchangeable(unittest.TestCase):
    def ask(self, statement):
        """What the database says to the application's own account."""
        with open(http.VAR + "/run/db.password") as f:
            password = f.read().strip()
        done = subprocess.run(
            ["mariadb", "-S", http.VAR + "/mariadb.sock", "-u", "rubrica",
             "-BN", "rubrica", "-e", statement],
            capture_output=True, text=True,
            env={**os.environ, "MYSQL_PWD": password})
        return done.returncode, done.stdout + done.stderr

    def test_by_the_application(self):
        code, before = self.ask("SELECT COUNT(*) > 0 FROM audit")
        self.assertEqual((code, before.strip()), (0, "1"))
        for statement, why in (
                ("UPDATE audit SET details = 'x' LIMIT 1", "only added to"),
                ("DELETE FROM audit LIMIT 1", "only added to"),
                ("REPLACE INTO audit SELECT * FROM audit LIMIT 1",
                 "only added to"),
                ("INSERT INTO audit SELECT * FROM audit LIMIT 1"
                 " ON DUPLICATE KEY UPDATE details = 'x'", "only added to"),
                ("DELETE audit FROM audit JOIN member ON TRUE",
                 "only added to"),
                ("UPDATE consent SET words = 'x'", "only ever added to"),
                ("DELETE FROM consent", "only ever added to"),
                ("UPDATE contact_consent SET words = 'x'",
                 "only ever added to"),
                ("TRUNCATE TABLE audit", "denied"),
                ("DROP TABLE audit", "denied"),
                ("ALTER TABLE audit ADD x INT", "denied"),
                ("RENAME TABLE audit TO other", "denied"),
                ("DROP TRIGGER audit_is_not_deleted", "denied"),
                ("CREATE TRIGGER t BEFORE INSERT ON audit FOR EACH ROW"
                 " SET NEW.details = ''", "denied"),
                ("GRANT ALL ON *.* TO CURRENT_USER()", "denied"),
                ("CREATE TABLE x (audit_id BIGINT UNSIGNED)", "denied")):
            with self.subTest(statement):
                code, said = self.ask(statement)
                self.assertNotEqual(code, 0)
                self.assertIn(why, said)


if __name__ == "__main__":
    unittest.main()
