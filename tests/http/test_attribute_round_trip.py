# test_attribute_round_trip.py: values of all nine types come back unchanged
# SPDX-License-Identifier: MIT
"""Through the form without a change, and out by an export and in again by an
import."""

import os
import sys
import unittest
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import contact_fixtures as book
import http_client as http
import import_client as imports

# Values as the API takes them, of the kinds that go wrong.
VALUES = {
    "TEXT": ["plain", "a, b; \"c\"\td", "two\nlines", "two\r\nlines",
             "one\rreturn", "=1+1", "+39", "-5", "@x", "'=1", "''", "'",
             "true", "null", "007", "{\"a\": 1}", "देवदत्त 🙂", "a|b",
             "\\n", "x" * 4000, "<b>&amp;", "a\u00a0b", "\u202eabc"],
    "NUMBER": ["42", "-3.5", "1e3", "007", "+5", "2.50", ".5", "5.",
               "12345678901234567890", "0", "-0", "1E-7", "0.1",
               "123456789012345678"],
    "DATE": ["2024-02-29", "0001-01-01", "9999-12-31"],
    "TIME": ["00:00", "23:59:59", "10:30:00", "10:30:01"],
    "DATETIME": ["2022-10-31T19:30:00.000+05:30", "2022-10-31T14:00:00Z",
                 "2022-10-31", "2022-10-31T14:00:01.123Z",
                 "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z"],
    "BOOLEAN": ["true", "FALSE", "yes", "0"],
    "ARRAY": ["[]", "[1, 2.50, \"a\"]", "[[\"x, y\"], {\"b\": 1, \"a\": 2}]",
              "[\"two\\nlines\", \"ü\", \"\\u00fc\", \"\\\"\"]", "[null]",
              "[1e3, 1.0, -0.0]"],
    "OBJECT": ["{}", "{\"size\": \"M\", \"b\": {\"z\": 1, \"a\": [true]}}",
               "{\"=a\": \"=1+1\"}"],
    "LOCATION": ["19.07,72.87", "{\"latitude\": 19.07, \"longitude\": 72.87}",
                 "-90,180", "0,0", "19.0759837, 72.8776559"],
}


def typed_in(name, value, kind):
    """What a browser sends for a control that nobody touched."""
    if kind == "textarea":
        value = value.replace("\r\n", "\n").replace("\r", "\n")
        return value.replace("\n", "\r\n")
    value = value.replace("\r", "").replace("\n", "")
    if kind == "date" and not "0001" <= value[:4] <= "9999":
        return ""
    if kind in ("time", "datetime-local"):
        for end in (".000", ":00"):
            if value.count(":") == 2 and value.endswith(end):
                value = value[:-len(end)]
    return value


def sent(form):
    """The pairs of a form, as a browser would send them."""
    kinds = {n.get("name"): "textarea" if n.name == "textarea" else
             n.get("type", "text") for n in form.all()
             if n.name in ("input", "textarea", "select") and n.get("name")}
    return [(name, typed_in(name, value, kinds[name]))
            for name, value in http.form_of(form.parent, id=form.get("id"),
                                            action=form.get("action"))]


class RoundTrip(unittest.TestCase):
    """One attribute of each type, and a contact for each value."""

    @classmethod
    def setUpClass(cls):
        cls.names = {t: book.attribute(t) for t in VALUES}
        cls.tag = http.unique("round trip")
        cls.contacts = []
        for kind, values in VALUES.items():
            for i, value in enumerate(values):
                cls.contacts.append(book.make(
                    name=f"{kind} {i}", tags=[cls.tag],
                    attributes={cls.names[kind]: value}))

    def test_values_are_there(self):
        kept = {c["name"]: list(c["attributes"].values())
                for c in self.contacts}
        for kind, values in VALUES.items():
            for i in range(len(values)):
                self.assertEqual(len(kept[f"{kind} {i}"]), 1, (kind, i))
        self.assertEqual(kept["DATETIME 0"], kept["DATETIME 1"])
        self.assertEqual(kept["DATETIME 2"], ["2022-10-31T00:00:00.000Z"])
        self.assertEqual(kept["TIME 0"], ["00:00:00"])
        self.assertEqual(kept["BOOLEAN 1"], [False])
        self.assertEqual(kept["LOCATION 0"], kept["LOCATION 1"])
        self.assertEqual(kept["NUMBER 3"], ["007"])
        self.assertEqual(kept["TEXT 3"], ["two\r\nlines"])

    def test_form_without_change(self):
        for contact in self.contacts:
            path = f"/contacts/{contact['id']}/edit"
            form = http.admin().get(path).page.one("form", action=path)
            answer = http.admin().post(path, sent(form), csrf=False)
            self.assertEqual(answer.status, 303,
                             (contact["name"], answer.text))
            self.assertEqual(book.read(contact), contact, contact["name"])

    def test_fields_of_several_lines(self):
        for value in ("Via Roma 12\nMilano", "a\r\nb", "a\rb", "\u2028x"):
            contact = book.make(address=value, name="lines",
                                whatsapp_opted="yes",
                                whatsapp_opted_at="2022-10-31T14:00:00.5Z")
            path = f"/contacts/{contact['id']}/edit"
            form = http.admin().get(path).page.one("form", action=path)
            answer = http.admin().post(path, sent(form), csrf=False)
            self.assertEqual(answer.status, 303, answer.text)
            self.assertEqual(book.read(contact), contact)

    def test_controls(self):
        """Each type has its kind of control."""
        contact = self.contacts[0]
        page = http.admin().get(f"/contacts/{contact['id']}/edit").page
        labels = {l.text(): l.get("for") for l in page.all("label")}
        found = {}
        for kind, name in self.names.items():
            node = page.one(id=labels[name])
            found[kind] = node.get("type") if node.name == "input" else \
                node.name
        self.assertEqual(found, {
            "TEXT": "text", "NUMBER": "text", "DATE": "date", "TIME": "time",
            "DATETIME": "datetime-local", "BOOLEAN": "select",
            "ARRAY": "textarea", "OBJECT": "textarea", "LOCATION": "text"})
        self.assertEqual(page.one(id=labels[self.names["NUMBER"]])
                         .get("inputmode"), "decimal")

    def test_entered_in_the_form(self):
        contact = book.make(name="typed")
        path = f"/contacts/{contact['id']}/edit"
        page = http.admin().get(path).page
        labels = {l.text(): l.get("for") for l in page.all("label")}
        typed = {"TEXT": "x", "NUMBER": "-1.5", "DATE": "2024-02-29",
                 "TIME": "10:30", "DATETIME": "2022-10-31T14:00",
                 "BOOLEAN": "false", "ARRAY": "[1,\r\n 2]",
                 "OBJECT": "{\"a\": 1}", "LOCATION": "19.07, 72.87"}
        pairs = http.replaced(
            http.form_of(page, action=path),
            {labels[self.names[k]]: v for k, v in typed.items()})
        answer = http.admin().post(path, pairs, csrf=False)
        self.assertEqual(answer.status, 303, answer.text)
        now = book.read(contact)["attributes"]
        self.assertEqual({k: now[n] for k, n in self.names.items()}, {
            "TEXT": "x", "NUMBER": -1.5, "DATE": "2024-02-29",
            "TIME": "10:30:00", "DATETIME": "2022-10-31T14:00:00.000Z",
            "BOOLEAN": False, "ARRAY": [1, 2], "OBJECT": {"a": 1},
            "LOCATION": {"latitude": 19.07, "longitude": 72.87}})

    def test_wrong_in_the_form(self):
        contact = book.make(name="typed")
        path = f"/contacts/{contact['id']}/edit"
        page = http.admin().get(path).page
        labels = {l.text(): l.get("for") for l in page.all("label")}
        for kind, wrong in (
                ("NUMBER", "abc"), ("DATE", "2023-02-29"), ("TIME", "25:00"),
                ("DATETIME", "yesterday"), ("BOOLEAN", "maybe"),
                ("ARRAY", "{}"), ("OBJECT", "[]"), ("LOCATION", "91,0"),
                ("TEXT", "x" * 4001)):
            control = labels[self.names[kind]]
            pairs = http.replaced(
                http.form_of(page, action=path), {control: wrong})
            answer = http.admin().post(path, pairs, csrf=False)
            self.assertEqual(answer.status, 422, kind)
            self.assertIsNotNone(answer.error(control), kind)
        self.assertEqual(book.read(contact), contact)

    def export(self):
        answer = http.Api().get(
            "/api/v1/contacts/export.csv?tag=" + urllib.parse.quote(self.tag))
        self.assertEqual(answer.status, 200)
        return answer.body

    def test_export_and_import(self):
        data = self.export()
        rows = imports.rows_of(data)
        self.assertEqual(len(rows), len(self.contacts) + 1)
        for kind, name in self.names.items():
            self.assertIn(f"{name}||{kind}", rows[0])
        done = imports.imported(data, format="generic")
        self.assertEqual(done["status"], "done", done)
        self.assertEqual(
            (done["rows"]["read"], done["rows"]["unchanged"]),
            (len(self.contacts), len(self.contacts)), done)
        for contact in self.contacts:
            self.assertEqual(book.read(contact), contact, contact["name"])
        self.assertEqual(self.export(), data)

    def test_export_delete_and_import(self):
        """The same into a book that has the attributes, but not the people."""
        tag = http.unique("again")
        made = [book.make(name=c["name"], tags=[tag],
                          attributes=c["attributes"]) for c in self.contacts]
        for old, new in zip(self.contacts, made):
            self.assertEqual(old["attributes"], new["attributes"],
                             old["name"])
        data = http.Api().get(
            "/api/v1/contacts/export.csv?tag=" + urllib.parse.quote(tag)).body
        for contact in made:
            path = f"/api/v1/contacts/{contact['id']}"
            http.Api().ask("DELETE", path)
            http.Api().ask("DELETE", path + "?purge=true")
        done = imports.imported(data, format="generic")
        self.assertEqual(done["rows"]["created"], len(made), done)
        now = {c["name"]: c["attributes"] for c in http.Api().get(
            f"/api/v1/contacts?limit=200&tag={urllib.parse.quote(tag)}")
            .json["contacts"]}
        for contact in made:
            self.assertEqual(now[contact["name"]], contact["attributes"],
                             contact["name"])


if __name__ == "__main__":
    unittest.main()
