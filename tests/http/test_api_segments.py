# test_api_segments.py: the segments of the book in the API
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import contact_fixtures as book
import http_client as http


class Segments(unittest.TestCase):
    def post(self, **values):
        return book.api().send("POST", "/api/v1/segments", values)

    def rows(self):
        return {r["name"]: r for r in
                book.api().get("/api/v1/segments").json["segments"]}

    def test_add(self):
        name = http.unique("Grün")
        answer = self.post(name=" " + name + " ")
        self.assertEqual(answer.status, 201, answer.text)
        self.assertEqual(answer.json["name"], name)
        self.assertEqual(self.rows()[name]["contacts"], 0)
        self.assertEqual(self.rows()[name]["id"], answer.json["id"])
        self.assertEqual(self.post(name=name.upper()).status, 409)

    def test_refused(self):
        for values in ({}, {"name": ""}, {"name": "x" * 129}, {"name": 7},
                       {"name": "a\nb"}, {"name": "x", "color": "red"}):
            answer = self.post(**values)
            self.assertEqual(answer.status, 422, values)
            self.assertTrue(answer.json["error"]["fields"])

if __name__ == "__main__":
    unittest.main()
