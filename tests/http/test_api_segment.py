# test_api_segment.py: one segment in the API
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import catalog_client as catalog
import contact_fixtures as book
import http_client as http


class Segment(catalog.Common, unittest.TestCase):
    plural = "segments"

    def dynamic(self, **filters):
        return catalog.make("segments", kind="dynamic", filter=filters)

    def test_filter(self):
        city, other = http.unique("c"), http.unique("o")
        book.make(city=other)
        path, made = self.dynamic(city=city)
        self.assertEqual(made["contacts"], 0)
        new = http.unique("New")
        answer = catalog.put(path, name=new, filter={"city": other})
        self.assertEqual(answer.status, 200, answer.text)
        self.assertEqual(
            (answer.json["name"], answer.json["filter"],
             answer.json["contacts"], answer.json["kind"]),
            (new, f"city={other}", 1, "dynamic"))
        answer = catalog.put(path, filter=f"city={city}")
        self.assertEqual(answer.json["filter"], f"city={city}")
        self.assertEqual(answer.json["name"], new)

    def test_both_or_nothing(self):
        path, made = self.dynamic(city="x")
        name = http.unique("New")
        _, taken = catalog.make("segments")
        for values, field in (
                ({"name": name, "filter": {"colour": "x"}}, "filter"),
                ({"name": name, "filter": ""}, "filter"),
                ({"name": name, "filter": 7}, "filter"),
                ({"name": name, "filter": {"city": {}}}, "filter"),
                ({"name": name, "filter": {"segment": name}}, "filter"),
                ({"name": taken["name"], "filter": {"city": "y"}}, "name")):
            answer = catalog.put(path, **values)
            self.assertIn(answer.status, (409, 422), values)
            self.assertIn(field, answer.json["error"]["fields"], values)
            self.assertEqual(book.api().get(path).json, made, values)

    def test_name_that_a_filter_has_already(self):
        gone = http.unique("Gone")
        _, inner = self.dynamic(where=f"segment~not-in~{gone}")
        path, outer = self.dynamic(segment=inner["name"])
        answer = catalog.put(path, name=gone.upper())
        self.assertEqual(answer.status, 422, answer.text)
        self.assertIn("made of itself", answer.json["error"]["fields"]["name"])
        self.assertEqual(book.api().get(path).json["name"], outer["name"])
        # With a filter that is not made of the other, it can have the name.
        answer = catalog.put(path, name=gone, filter={"city": "x"})
        self.assertEqual(answer.status, 200, answer.text)
        # One that does not work any more can have any name.
        attribute, made = catalog.make("attributes", type="TEXT")
        path, _ = self.dynamic(where=f"attr.{made['name']}~is~x")
        self.assertEqual(book.api().ask("DELETE", attribute).status, 200)
        answer = catalog.put(path, name=http.unique("New"))
        self.assertEqual(answer.status, 200, answer.text)

    def test_static_has_no_filter(self):
        path, _ = catalog.make("segments")
        answer = catalog.put(path, filter={"city": "x"})
        self.assertEqual(answer.status, 422)
        self.assertIn("filter", answer.json["error"]["fields"])

    def test_used_by_another(self):
        path, made = self.dynamic(city="x")
        self.dynamic(segment=made["name"])
        answer = book.api().ask("DELETE", path)
        self.assertEqual(answer.status, 409)
        self.assertEqual(answer.json["error"]["code"], "conflict")
        self.assertIn("change the filter", answer.json["error"]["message"])


if __name__ == "__main__":
    unittest.main()
