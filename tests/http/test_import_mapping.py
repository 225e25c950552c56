# test_import_mapping.py: the wizard's second step
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import import_client as imports

LOYALTY = http.unique("Loyalty")  # no attribute of the book
FILE = imports.table(
    ["Name", "Phone", LOYALTY, "Empty"],
    ["Ada", "+39 347 1234567", "gold", ""],
    ["Bob", "+39 347 1234568", "", ""])


def path(number):
    return f"/imports/{number}/mapping"


class ImportMapping(unittest.TestCase):
    def select(self, page, n):
        chosen = [o.get("value") for o in page.one(id=f"c{n}").all("option")
                  if "selected" in o.attributes]
        return chosen[0] if chosen else ""

    def test_page(self):
        number = imports.uploaded(FILE)
        page = http.admin().get(path(number)).page
        self.assertIn("step 2 of 4", page.one("h1").text())
        self.assertEqual([self.select(page, n) for n in (1, 2, 3, 4)],
                         ["name", "phone", "", "none"])
        rows = page.one("tbody").all("tr")
        self.assertEqual(len(rows), 4)
        self.assertIn("gold", rows[2].text())
        self.assertIn("50 %", rows[2].text())
        self.assertIn("recognised", rows[0].text())
        self.assertNotIn("recognised", rows[2].text())
        self.assertIn("linked", page.one(class_="needs").text())

    def test_undecided_stops(self):
        number = imports.uploaded(FILE)
        answer = imports.mapped(number)
        self.assertEqual(answer.status, 422)
        self.assertIsNotNone(answer.error("c3"))
        self.assertIsNone(answer.error("c1"))
        self.assertIn("1 column has no choice", answer.text)

    def test_field_twice(self):
        number = imports.uploaded(FILE)
        answer = imports.mapped(number, c3="name")
        self.assertEqual(answer.status, 422)
        self.assertTrue(answer.error("c1") or answer.error("c3"))
        self.assertEqual(self.select(answer.page, 3), "name")

    def test_mandatory_missing(self):
        number = imports.uploaded(FILE)
        answer = imports.mapped(number, c2="none", c3="none")
        self.assertEqual(answer.status, 422)
        self.assertIn("not linked yet", answer.page.one(
            class_="needs").text())
        self.assertGreater(len(answer.page.one(id="error-summary")
                               .all("li")), 0)

    def test_rest(self):
        for rest in ("none", "create"):
            number = imports.uploaded(FILE)
            answer = imports.mapped(number, rest=rest)
            self.assertEqual(answer.location, f"/imports/{number}/review")

    def test_create_attribute(self):
        name = http.unique("Loyalty")
        number = imports.uploaded(FILE)
        answer = imports.mapped(number, c3="new", n3=name, t3="TEXT")
        self.assertEqual(answer.status, 303)
        page = http.admin().get(path(number)).page
        self.assertEqual(self.select(page, 3), "new")
        self.assertEqual(page.one("input", name="n3").get("value"), name)
        review = http.admin().get(answer.location)
        self.assertIn(name, review.text)

    def test_attribute_without_name(self):
        number = imports.uploaded(FILE)
        answer = imports.mapped(number, c3="new", n3=" ", t3="TEXT")
        self.assertEqual(answer.status, 422)
        self.assertIsNotNone(answer.error("c3"))

    def test_show_again(self):
        number = imports.uploaded(b"Name;Phone\nAda;+39 347 1234567\n")
        page = http.admin().get(path(number)).page
        self.assertEqual(len(page.one("tbody").all("tr")), 2)
        answer = http.admin().submit(
            path(number), {"act": "inspect", "delimiter": "comma"},
            action=path(number))
        self.assertEqual(answer.location, path(number))
        page = http.admin().get(path(number)).page
        self.assertEqual(len(page.one("tbody").all("tr")), 1)
        http.admin().submit(path(number), {
            "act": "inspect", "delimiter": "semicolon", "header": "false"},
            action=path(number))
        page = http.admin().get(path(number)).page
        rows = page.one("tbody").all("tr")
        self.assertEqual(len(rows), 2)
        self.assertIn("Column A", rows[0].text())
        self.assertIn("Name", rows[0].text())

    def test_format_changed(self):
        number = imports.uploaded(imports.table(
            ["Email", "Given name"], ["a@example.org", "Ada"]))
        http.admin().submit(
            path(number), {"act": "inspect", "format": "isendu"},
            action=path(number))
        page = http.admin().get(path(number)).page
        self.assertIn("Mandatory for isendu", page.text())
        self.assertIn("recommended", page.one(class_="needs").text())

    def test_refused_format(self):
        number = imports.uploaded(FILE)
        answer = http.admin().submit(
            path(number), {"act": "inspect", "format": "metahumans"},
            action=path(number))
        self.assertEqual(answer.status, 422)
        self.assertIn("header-order", answer.text)
        self.assertIn("Generic", http.admin().get(path(number)).text)

    def test_last_mapping(self):
        session = http.logged_in(*http.make_member("editor"))
        number = imports.uploaded(FILE, session)
        answer = session.submit(path(number), {"act": "last"},
                                action=path(number))
        self.assertEqual(answer.status, 200)
        self.assertIn("no earlier mapping", answer.text)
        imports.mapped(number, session, c3="new", n3=http.unique("n"), t3="TEXT")
        imports.confirmed(number, session)
        second = imports.uploaded(FILE, session)
        answer = session.submit(path(second), {"act": "last"},
                                action=path(second))
        self.assertIn("filled in below", answer.text)
        self.assertNotEqual(self.select(answer.page, 3), "")

    def test_rules_stay_in_another_format(self):
        """What was changed on the upload page is not lost with the format."""
        number = imports.uploaded(
            imports.table(["Name", "Mobile"], ["Ada", "9876543210"]),
            format="generic", rule_existing="skip", rule_blank="clear")
        http.admin().submit(path(number), {"act": "inspect",
                                           "format": "aisensy"},
                            action=path(number))
        answer = imports.mapped(number)
        text = http.admin().get(answer.location).page.one("main").text()
        for rule in ("A contact that is in the book is skipped",
                     "An empty cell clears the contact's value",
                     "A tag that the book does not have is left out",
                     "Country of numbers without one IN"):
            self.assertIn(rule, " ".join(text.split()))

    def test_last_mapping_of_other_columns(self):
        """What is new and what is missing is named (S3)."""
        session = http.logged_in(*http.make_member("editor"))

        def upload(data):
            answer = session.upload("/imports/new", {
                "format": "isendu", "header": "1", "last_mapping": "1"},
                [("file", "isendu.csv", data.encode())])
            self.assertEqual(answer.status, 303)
            return answer.location

        first = upload(f"Posta,Chi,Nota\n{http.unique('a')}@example.com,A,x\n")
        number = first.split("/")[2]
        imports.mapped(number, session, c1="email", c2="first_name",
                       c3="none")
        imports.confirmed(number, session)
        page = session.get(upload(
            f"Posta,Via <b>,Nota\n{http.unique('a')}@example.com,A,x\n"))
        text = page.page.one(id="differs").text()
        self.assertIn('New in this file: Via <b>', text)
        self.assertIn('Missing from this file: Chi', text)
        same = upload(f"Nota,Chi,Posta\nx,A,{http.unique('a')}@example.com\n")
        self.assertTrue(same.endswith("/consent"), same)

    def writes(self, page, n):
        """The choices of a column's write rule, the chosen one first."""
        options = page.one(id=f"w{n}").all("option")
        chosen = [o.get("value") for o in options
                  if "selected" in o.attributes]
        return chosen, [o.get("value") for o in options]

    def test_write_rules(self):
        number = imports.uploaded(imports.table(
            ["Name", "Phone", "Tags", "WhatsApp Opted", "x"],
            ["Ada", imports.phone(), "a", "yes", "1"]),
            format="generic", rule_key="phone")
        page = http.admin().get(path(number)).page
        plain = ["", "overwrite+clear", "fill", "never"]
        self.assertEqual(self.writes(page, 1), ([""], plain))
        self.assertEqual(self.writes(page, 2), ([], []))
        self.assertEqual(self.writes(page, 3)[1], [
            "", "overwrite+keep", "overwrite+clear", "fill", "never"])
        self.assertEqual(self.writes(page, 4)[1], ["", "fill", "never"])
        self.assertIn("finds the contact", page.text())
        answer = imports.mapped(number, c5="none", w1="fill",
                                w3="overwrite+clear")
        self.assertEqual(answer.status, 303)
        page = http.admin().get(path(number)).page
        self.assertEqual(self.writes(page, 1)[0], ["fill"])
        self.assertEqual(self.writes(page, 3)[0], ["overwrite+clear"])
        review = http.admin().get(answer.location).page.text()
        self.assertIn("Name : Fill in if empty", review)
        self.assertIn("Tags : Replace all; empty cell clears", review)
        self.assertNotIn("WhatsApp Opted : ", review)
        answer = http.admin().post(path(number), [
            ("act", "next"), ("c1", "city"), ("w1", "append"),
            ("c2", "phone"), ("w2", "never"), ("c5", "none"),
            ("w5", "fill")])
        self.assertEqual(answer.status, 422)
        self.assertIn("append", answer.error("c1"))
        self.assertIsNone(answer.error("c2"))
        self.assertIsNone(answer.error("c5"))

    def test_write_rules_are_remembered(self):
        """With the last mapping (S3), where they are allowed."""
        session = http.logged_in(*http.make_member("editor"))
        header = [http.unique("Posta"), "E-mail", "City"]
        data = imports.table(header, ["x", "a@example.org", "Pune"])
        first = imports.uploaded(data, session)
        imports.mapped(first, session, c1="none", w3="never")
        imports.confirmed(first, session)
        second = imports.uploaded(data, session)
        answer = session.submit(path(second), {"act": "last"},
                                action=path(second))
        self.assertEqual(self.writes(answer.page, 3)[0], ["never"])

    def test_many_columns(self):
        n = 2000
        data = imports.table(["Phone"] + [f"h{i}" for i in range(1, n)],
                             [imports.phone()] + ["x"] * (n - 1))
        number = imports.uploaded(data)
        page = http.admin().get(path(number))
        self.assertEqual(len(page.page.one("tbody").all("tr")), n)
        answer = imports.mapped(number, rest="none")
        self.assertEqual(answer.location, f"/imports/{number}/review")
        self.assertEqual(http.admin().get(answer.location).status, 200)

    def test_hostile(self):
        data = imports.table(["Phone", http.PAYLOAD],
                             [imports.phone(), http.PAYLOAD])
        number = imports.uploaded(data)
        self.assertEqual(http.admin().get(path(number)).hostile(), [])
        answer = imports.mapped(number, c2="new", n2=http.PAYLOAD,
                                t2="NUMBER")
        self.assertEqual(answer.hostile(), [])
        for step in ("review", "mapping"):
            self.assertEqual(http.admin().get(
                f"/imports/{number}/{step}").hostile(), [])

    def test_past_the_wizard(self):
        number = imports.at_consent(imports.contacts())
        imports.confirmed(number)
        imports.wait(number)
        answer = http.admin().get(path(number))
        self.assertEqual(answer.location, f"/imports/{number}")

    def test_unknown(self):
        self.assertEqual(http.admin().get(path(987654321)).status, 404)
        self.assertEqual(http.admin().get(path("x")).status, 404)


if __name__ == "__main__":
    unittest.main()
