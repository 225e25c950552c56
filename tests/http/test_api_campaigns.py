# test_api_campaigns.py: the campaigns of the book in the API
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import contact_fixtures as book
import http_client as http


class Campaigns(unittest.TestCase):
    def post(self, value):
        return book.api().send("POST", "/api/v1/campaigns", value)

    def rows(self):
        return {r["name"]: r for r in
                book.api().get("/api/v1/campaigns").json["campaigns"]}

    def test_add(self):
        name = http.unique("Frühling")
        answer = self.post({"name": f" {name} "})
        self.assertEqual(answer.status, 201, answer.text)
        self.assertEqual((answer.json["name"], answer.json["contacts"]),
                         (name, 0))
        book.make(campaigns=[name])
        self.assertEqual(self.rows()[name],
                         {"id": answer.json["id"], "name": name,
                          "contacts": 1})
        self.assertEqual(self.post({"name": name.upper()}).status, 409)

    def test_refused(self):
        for value in ({}, {"name": ""}, {"name": "x" * 129}, {"name": 7},
                      {"name": "a\nb"}, {"name": "a|b"},
                      {"name": "x", "color": "red"}):
            answer = self.post(value)
            self.assertEqual(answer.status, 422, value)
            self.assertTrue(answer.json["error"]["fields"], value)
        for value in ([], "x", 7):
            self.assertEqual(self.post(value).status, 400)


if __name__ == "__main__":
    unittest.main()
