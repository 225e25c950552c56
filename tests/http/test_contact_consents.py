# test_contact_consents.py: the ledger of a contact's consents, as a page
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import consent_client as ledger
import contact_fixtures as book
import http_client as http
import import_client as imports
import undo_client as undos


def path(contact):
    return f"/contacts/{contact['id']}/consents"


class ContactConsents(unittest.TestCase):
    def record(self, contact, web=None, **values):
        web = web or http.admin()
        return web.post(path(contact), list(values.items()))

    def test_recorded(self):
        c = book.make(name="Ann")
        answer = self.record(
            c, purpose="whatsapp_marketing", status="given", basis="consent",
            words="Yes, <b>please</b>", evidence_at="2024-05-01T10:00")
        self.assertEqual((answer.status, answer.location), (303, path(c)))
        page = http.admin().get(path(c))
        for text in ("WhatsApp marketing", "Given", "Page, by Admin",
                     "1 May 2024", "Yes, <b>please</b>"):
            self.assertIn(text, page.page.text())
        self.assertEqual(book.read(c)["whatsapp_opted"], "yes")
        self.assertEqual(book.read(c)["whatsapp_opted_at"],
                         "2024-05-01T10:00:00.000Z")
        self.assertEqual(ledger.entries(c), [("given", "page", None)])
        box = http.admin().get(f"/contacts/{c['id']}").page.text()
        self.assertIn("Every entry, as proof", box)
        ledger.agree(self, c)

    def test_shown_again(self):
        c = book.make(whatsapp_opted="no")
        answer = self.record(c, purpose="whatsapp_marketing", status="given",
                             words="He said so")
        self.assertEqual(answer.status, 422)
        self.assertIn("withdrew this consent", answer.error("confirmed"))
        self.assertIn("He said so", answer.text)
        answer = self.record(c, purpose="sms", status="", evidence_at="x")
        self.assertEqual(answer.status, 422)
        for field in ("purpose", "status", "evidence_at"):
            self.assertTrue(answer.error(field), field)
        self.assertEqual(book.read(c)["whatsapp_opted"], "no")
        answer = self.record(c, purpose="whatsapp_marketing", status="given",
                             confirmed="1")
        self.assertEqual(answer.status, 303)
        self.assertEqual(book.read(c)["whatsapp_opted"], "yes")

    def test_roles(self):
        c = book.make()
        viewer = http.member("viewer")
        self.assertEqual(viewer.get(path(c)).status, 200)
        self.assertNotIn("Record a consent", viewer.get(path(c)).text)
        answer = self.record(c, viewer, purpose="email", status="given")
        self.assertEqual(answer.status, 403)
        self.assertEqual(ledger.read(c)["consents"], [])

    def test_trash_and_nobody(self):
        c = book.make(whatsapp_opted="yes")
        book.api().ask("DELETE", f"/api/v1/contacts/{c['id']}")
        page = http.admin().get(path(c))
        self.assertEqual(page.status, 200)
        self.assertIn("Given", page.page.text())
        self.assertNotIn("Record a consent", page.text)
        self.assertEqual(self.record(c, purpose="email",
                                     status="given").status, 409)
        self.assertEqual(http.admin().get(
            "/contacts/999999999/consents").status, 404)
        self.assertEqual(
            http.admin().get(path(c) + "?after=x").status, 400)

    def test_pages_and_merged(self):
        one, two = book.make(name="One"), book.make(name="Two")
        for i in range(52):
            ledger.record(two, purpose="email", status="given", words=f"w{i}.")
        book.api().send("POST", f"/api/v1/contacts/{one['id']}/merge",
                        {"with": two["id"], "version": 1, "with_version": 1})
        page = http.admin().get(path(one))
        self.assertIn("merged into this one", page.page.text())
        self.assertIn("w51.", page.text)
        self.assertNotIn("w0.", page.text)
        older = [a.get("href") for a in page.page.all("a")
                 if a.text().strip() == "Older"][0]
        older = http.admin().get(older)
        self.assertIn("w0.", older.text)
        self.assertIn("Newest", older.page.text())

    def test_import_is_linked(self):
        phone = imports.phone()
        number = imports.imported(imports.table(
            ["Phone", "Name"], [phone, "Ann"]))["id"]
        c = undos.by_phone(phone)
        page = http.admin().get(path(c))
        self.assertIn(f"/imports/{number}", page.text)
        self.assertIn("contacts.csv), row 2", page.page.text())
        self.assertIn("words of version", page.page.text().lower())
        undos.edit(c["id"], city="Pune")
        undos.undo(number)
        self.assertIn("The import was undone",
                      http.admin().get(path(c)).page.text())


class Edit(unittest.TestCase):
    def test_opt_out_is_overturned_by_saying_so(self):
        c = book.make(name="Ann", whatsapp_opted="no")
        web = http.admin()
        edit = f"/contacts/{c['id']}/edit"
        answer = web.submit(edit, {"whatsapp_opted": "yes"}, action=edit)
        self.assertEqual(answer.status, 422)
        self.assertIn("opted out", answer.error("whatsapp_opted"))
        self.assertEqual(book.read(c), c)
        answer = web.submit(edit, {"whatsapp_opted": "yes",
                                   "confirm_optin": "1"}, action=edit)
        self.assertEqual(answer.status, 303)
        self.assertEqual(ledger.entries(c)[0][:2], ("given", "page"))
        self.assertNotIn("confirm_optin", web.get(edit).text)

    def test_restore_asks_too(self):
        c = book.make(whatsapp_opted="yes")
        book.change(c, whatsapp_opted="no")
        web = http.admin()
        back = f"/contacts/{c['id']}/restore"
        values = [("version", "1"), ("from", "2")]
        self.assertIn("confirm_optin", web.get(back + "?version=1").text)
        answer = web.post(back, values)
        self.assertEqual(answer.status, 422)
        self.assertTrue(answer.error("confirm_optin"))
        self.assertEqual(book.read(c)["whatsapp_opted"], "no")
        answer = web.post(back, values + [("confirm_optin", "1")])
        self.assertEqual(answer.status, 303)
        self.assertEqual(book.read(c)["whatsapp_opted"], "yes")


if __name__ == "__main__":
    unittest.main()
