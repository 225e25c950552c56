# test_api_duplicates.py: which contacts may be one person, in the API
# SPDX-License-Identifier: MIT
import os
import random
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import contact_fixtures as book
import duplicate_fixtures as twins
import http_client as http


def line():
    """Ten digits that begin no number of another test."""
    return f"98{random.SystemRandom().randrange(10**8):08d}"


class Duplicates(unittest.TestCase):
    def test_reasons(self):
        """Each rule with a pair that it finds and one that it does not."""
        mail = twins.by_email()
        name = twins.by_name()
        number, user, other = line(), http.unique("u"), line()
        spelled = (book.make(name="Maria Rossi", phone="+91" + number),
                   book.make(name="rossi", user_id="0" + number))
        nobody = (book.make(name="Ann", phone="+91" + other),
                  book.make(name="Bob", user_id="0" + other))
        users = (book.make(name="A", user_id=user),
                 book.make(name="B", user_id=user))
        town = http.unique("Town")
        namesakes = (book.make(name=town, city="Pune"),
                     book.make(name=town, city="Agra"))
        nameless = (book.make(name="", city=town),
                    book.make(name="", city=town))
        twins.look()
        self.assertEqual(twins.reasons(*mail), ["email"])
        self.assertEqual(twins.reasons(*name), ["name"])
        self.assertEqual(twins.reasons(*spelled), ["number"])
        self.assertEqual(twins.reasons(*users), ["user_id"])
        for pair in (nobody, namesakes, nameless):
            self.assertEqual(twins.reasons(*pair), [])

    def test_number_in_an_attribute(self):
        name = http.unique("Alt phone")
        answer = book.api().send("POST", "/api/v1/attributes",
                                 {"name": name, "type": "TEXT"})
        self.assertEqual(answer.status, 201)
        self.addCleanup(http.admin().post, "/attributes", {
            "action": "delete", "which": name})
        number = line()
        one = book.make(name="Ada Byron", phone="+91" + number)
        other = book.make(name="Ada", attributes={
            name: f"{number[:5]} {number[5:]}"})
        twins.look()
        self.assertEqual(twins.reasons(one, other), ["number"])

    def test_more_than_one_reason(self):
        name = http.unique("Ann")
        mail = http.unique("a") + "@example.org"
        one, other = (book.make(name=name, city="Pune", email=mail)
                      for _ in "ab")
        twins.look()
        self.assertEqual(twins.reasons(one, other), ["email", "name"])
        self.assertEqual(book.change(other, name="Somebody").status, 200)
        self.assertEqual(twins.reasons(one, other), ["email"],
                         "as they are now")

    def test_what_everybody_shares_is_no_sign(self):
        mail = http.unique("office") + "@example.org"
        many = [book.make(name=f"N{i}", email=mail) for i in range(51)]
        twins.look()
        self.assertEqual(twins.reasons(many[0], many[1]), [])

    def test_gone_with_the_merge(self):
        one, other = twins.by_email()
        twins.look()
        answer = book.api().send(
            "POST", f"/api/v1/contacts/{one['id']}/merge",
            {"with": other["id"], "version": 1, "with_version": 1})
        self.assertEqual(answer.status, 200)
        self.assertEqual(twins.reasons(one, other), [])
        twins.look()
        self.assertEqual(twins.reasons(one, other), [])

    def test_pages(self):
        for _ in range(3):
            twins.by_email()
        twins.look()
        first = book.api().get("/api/v1/duplicates?limit=2").json
        self.assertEqual(len(first["duplicates"]), 2)
        second = book.api().get(
            "/api/v1/duplicates?limit=1&after=" + first["next"]).json
        self.assertNotIn(second["duplicates"][0], first["duplicates"])
        contact = first["duplicates"][0]["contacts"][0]
        self.assertEqual(contact, book.read(contact))

    def test_refused(self):
        for query, status in (("after=1", 400), ("after=2-1", 400),
                              ("reason=x", 422), ("limit=0", 422),
                              ("limit=201", 422), ("limit=x", 422),
                              ("tag=x", 422)):
            answer = book.api().get("/api/v1/duplicates?" + query)
            self.assertEqual(answer.status, status, query)
            self.assertTrue(answer.json["error"]["message"])


if __name__ == "__main__":
    unittest.main()
