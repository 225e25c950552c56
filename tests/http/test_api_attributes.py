# test_api_attributes.py: the custom attributes of the book in the API
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import contact_fixtures as book
import http_client as http


class Attributes(unittest.TestCase):
    def post(self, **values):
        return book.api().send("POST", "/api/v1/attributes", values)

    def test_add(self):
        name = http.unique("LTV")
        answer = self.post(name=name, label="Lifetime value", type="number")
        self.assertEqual(answer.status, 201, answer.text)
        self.assertEqual(answer.json["type"], "NUMBER")
        rows = book.api().get("/api/v1/attributes").json["attributes"]
        self.assertIn(answer.json, rows)
        self.assertEqual(self.post(name=name.lower()).status, 409)

    def test_refused(self):
        for values in ({}, {"name": "x" * 129}, {"name": "a||b"},
                       {"name": "x", "type": "COLOUR"},
                       {"name": "x", "label": "a\nb"},
                       {"name": "x", "type": 7}):
            self.assertEqual(self.post(**values).status, 422, values)

    def test_every_type(self):
        cases = {"TEXT": ("x", "x"), "NUMBER": ("-3.5", -3.5),
                 "DATE": ("2024-02-29", "2024-02-29"),
                 "TIME": ("07:05", "07:05:00"),
                 "DATETIME": ("2022-10-31T19:30:00+05:30",
                              "2022-10-31T14:00:00.000Z"),
                 "BOOLEAN": (True, True), "ARRAY": ([1, "a"], [1, "a"]),
                 "OBJECT": ({"a": 1}, {"a": 1}),
                 "LOCATION": ("19.07,72.87",
                              {"latitude": 19.07, "longitude": 72.87})}
        for key, (given, kept) in cases.items():
            name = book.attribute(key)
            c = book.make(attributes={name: given})
            self.assertEqual(c["attributes"], {name: kept}, key)


if __name__ == "__main__":
    unittest.main()
