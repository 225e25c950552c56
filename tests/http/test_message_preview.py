# test_message_preview.py: a message with tokens, for a contact and for a file
# SPDX-License-Identifier: MIT
import os
import sys
import unittest
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import import_client as imports


def add_contact(**values):
    answer = http.Api().send("POST", "/api/v1/contacts", {
        "email": http.unique("c") + "@example.com", **values})
    assert answer.status == 201, answer.text
    return answer.json["id"]


def preview(path, message):
    """The answer, and the boxes of the message."""
    answer = http.admin().get(
        path + "?" + urllib.parse.urlencode({"message": message}))
    assert answer.status == 200, answer.status
    section = answer.page.one(id="message-preview")
    return answer, section.all("div", class_="message")


def marked(box):
    """(class, text) of what is marked."""
    return [(m.get("class"), m.text()) for m in box.all("mark")]


def text(box):
    return "".join(
        c if isinstance(c, str) else c.text()
        for c in box.one("p", class_="message-text").children)


class OfContact(unittest.TestCase):
    def test_tokens(self):
        plan = http.unique("plan").replace("-", "_")
        answer = http.Api().send("POST", "/api/v1/attributes", {
            "name": plan + " kind", "type": "TEXT"})
        self.assertEqual(answer.status, 201)
        number = add_contact(name="Mohit Dua", attributes={
            plan + " kind": "Gold"})
        _, boxes = preview(
            f"/contacts/{number}",
            "Hi $FirstName ($LastName), {{user.first_name}}!\r\n"
            "$City {{%s kind}} $NoSuchThing $5" % plan)
        self.assertEqual(len(boxes), 1)
        self.assertEqual(
            text(boxes[0]),
            "Hi Mohit (Dua), Mohit!\n$City Gold $NoSuchThing $5")
        self.assertEqual(marked(boxes[0]), [
            ("token-empty", "$City"), ("token-unknown", "$NoSuchThing")])
        notes = [p.text() for p in boxes[0].all("p", class_="message-note")]
        self.assertEqual(len(notes), 2)
        self.assertIn("$City", notes[0])
        self.assertIn("$NoSuchThing", notes[1])

    def test_without_message(self):
        number = add_contact()
        answer = http.admin().get(f"/contacts/{number}")
        section = answer.page.one(id="message-preview")
        form = section.one("form")
        self.assertEqual(form.get("method"), "get")
        self.assertEqual(form.get("action"),
                         f"/contacts/{number}#message-preview")
        self.assertEqual(section.all("div", class_="message"), [])

    def test_viewer(self):
        number = add_contact(name="Ada")
        answer = http.member("viewer").get(
            f"/contacts/{number}?message=Hi+%24Name")
        box = answer.page.one("div", class_="message")
        self.assertEqual(text(box), "Hi Ada")

    def test_length(self):
        number = add_contact(name="Ada")
        longest = "\u0905" * 1024
        answer, boxes = preview(f"/contacts/{number}", longest)
        self.assertEqual(len(boxes), 1)
        answer, boxes = preview(f"/contacts/{number}", longest + "x")
        self.assertEqual(boxes, [])
        self.assertIn("at most 1,024", answer.error("message"))
        area = answer.page.one("textarea", id="message")
        self.assertEqual(area.text(), longest + "x")

    def test_hostile(self):
        number = add_contact(name=http.PAYLOAD)
        for message in (http.PAYLOAD, "$Name", "$<script>alert(1)",
                        "{{" + http.PAYLOAD + "}}", "{{\"'><script>alert}}"):
            answer, _ = preview(f"/contacts/{number}", message)
            self.assertEqual(answer.hostile(), [], message)


class OfFile(unittest.TestCase):
    def test_rows(self):
        number = imports.at_review(imports.table(
            ["Name", "Phone", "City"],
            ["Mohit Dua", "+39 347 1234567", ""], ["Bob", "+39 1", "Rome"],
            ["Ada Lovelace", "+39 347 1234568", "London"]))
        path = f"/imports/{number}/review"
        answer, boxes = preview(path, "$FirstName of $City, $Nothing")
        self.assertEqual([text(b) for b in boxes], [
            "Mohit of $City, $Nothing", "Ada of London, $Nothing"])
        self.assertEqual(marked(boxes[0]), [
            ("token-empty", "$City"), ("token-unknown", "$Nothing")])
        self.assertIn("Row 2", boxes[0].text())
        self.assertIn("Row 4", boxes[1].text())
        self.assertEqual(answer.hostile(), [])

    def test_attribute_that_is_made(self):
        """A column that becomes an attribute is known before it is there."""
        name = http.unique("plan").replace("-", "_")
        header = ("user.username,user.phone_no,user.email,user.first_name,"
                  f"user.last_name,user.title,user.account,{name}||TEXT\n")
        data = header + (",9198765432,,Mohit,Dua,,,Gold\n"
                         ",9198765433,,Ada,,,,\n")
        number = imports.at_review(data.encode(), format="metahumans",
                                   country="IN", segment=http.unique("s"))
        _, boxes = preview(
            f"/imports/{number}/review",
            "{{user.first_name}}: {{%s}} {{user.last_name}}" % name)
        self.assertEqual(text(boxes[0]), "Mohit: Gold Dua")
        self.assertEqual([m[0] for m in marked(boxes[1])],
                         ["token-empty", "token-empty"])


if __name__ == "__main__":
    unittest.main()
