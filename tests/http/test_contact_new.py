# test_contact_new.py: adding a contact by hand
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import contact_fixtures as book
import http_client as http

FORM = {"action": "/contacts/new"}


class New(unittest.TestCase):
    def submit(self, **values):
        return http.admin().submit("/contacts/new", values, **FORM)

    def added(self, answer):
        self.assertEqual(answer.status, 303, answer.text)
        return book.read({"id": int(answer.location.split("/")[-1])})

    def control(self, name):
        """The name of an attribute's control."""
        rows = book.api().get("/api/v1/attributes").json["attributes"]
        return "attribute_" + str([r["id"] for r in rows
                                   if r["name"] == name][0])

    def test_add(self):
        number, tag = book.number(), http.unique("tag")
        size, flag = book.attribute("NUMBER"), book.attribute("BOOLEAN")
        answer = self.submit(
            name=" Zoë Ångström ", phone=f"{number[:3]} {number[3:]}",
            tags=f"{tag}, {tag.upper()} ,", whatsapp_opted="yes",
            state="closed", source="Fair", **{
                self.control(size): "12.5", self.control(flag): "false"})
        c = self.added(answer)
        self.assertEqual((c["name"], c["phone"]), ("Zoë Ångström", number))
        self.assertEqual((c["source"], c["state"]), ("Fair", "closed"))
        self.assertEqual(c["tags"], [tag])
        self.assertEqual(c["attributes"], {size: 12.5, flag: False})
        page = http.admin().get(answer.location).page
        self.assertIn("in the book now", page.one(role="status").text())

    def test_tag_with_a_comma(self):
        tag = http.unique("a, b")
        c = self.added(self.submit(user_id=http.unique("u"),
                                   tags=tag + " |"))
        self.assertEqual(c["tags"], [tag])

    def test_refused(self):
        day = book.attribute("DATE")
        answer = self.submit(name="Kept é", phone="12", email="x",
                             tags="kept", **{self.control(day): "2023-02-29"})
        self.assertEqual(answer.status, 422)
        page = answer.page
        self.assertTrue(page.one("title").text().startswith("Error"))
        for field in ("phone", "email", self.control(day)):
            self.assertTrue(answer.error(field), field)
            self.assertEqual(
                page.one(id=field).get("aria-invalid"), "true")
        self.assertEqual(page.one(id="name").get("value"), "Kept é")
        self.assertEqual(page.one(id="phone").get("value"), "12")
        self.assertEqual(page.one(id="tags").get("value"), "kept")

    def test_nobody(self):
        answer = self.submit(name="Nobody")
        self.assertEqual(answer.status, 422)
        self.assertIn("needs a phone number",
                      answer.page.one(id="error-summary").text())

    def test_taken(self):
        c = book.make()
        answer = self.submit(phone=c["phone"], name="Twice")
        self.assertEqual(answer.status, 422)
        self.assertIn("Another contact", answer.error("phone"))
        self.assertTrue([a for a in answer.page.one("main").all("a")
                         if a.get("href") == f"/contacts/{c['id']}"])

    def test_without_token(self):
        answer = http.admin().post("/contacts/new", {"name": "x"},
                                   csrf=False)
        self.assertEqual(answer.status, 403)

    def test_hostile(self):
        answer = self.submit(name=http.PAYLOAD, tags=http.PAYLOAD,
                             phone=http.PAYLOAD, state=http.PAYLOAD)
        self.assertEqual(answer.status, 422)
        self.assertEqual(answer.hostile(), [])


if __name__ == "__main__":
    unittest.main()
