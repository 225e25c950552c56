# test_api_segments.py: the segments of the book in the API
# SPDX-License-Identifier: MIT
import os
import sys
import unittest
import urllib.parse

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
                       {"name": "a\nb"}, {"name": "x", "color": "red"},
                       {"name": "x", "kind": "moving"},
                       {"name": "x", "kind": "dynamic"},
                       {"name": "x", "kind": "static", "filter": "city=x"},
                       {"name": "x", "filter": "city=x"},
                       {"name": "x", "kind": "dynamic", "filter": ""},
                       {"name": "x", "kind": "dynamic", "filter": 7},
                       {"name": "x", "kind": "dynamic", "filter": {}},
                       {"name": "x", "kind": "dynamic",
                        "filter": {"city": {"is": "x"}}},
                       {"name": "x", "kind": "dynamic",
                        "filter": {"colour": "x"}},
                       {"name": "x", "kind": "dynamic",
                        "filter": "where=city~more~3"},
                       {"name": "x", "kind": "dynamic", "filter": "city=%"}):
            answer = self.post(**values)
            self.assertEqual(answer.status, 422, values)
            self.assertTrue(answer.json["error"]["fields"], values)

    def test_dynamic(self):
        city = http.unique("São")
        for name in ("a", "b", "c"):
            book.make(name=name, city=city, tags=["x"] if name > "a" else [])
        name = http.unique("Dynamic")
        answer = self.post(name=name, kind="dynamic", filter={
            "city": city, "where": ["tag~any~x", "name~not~c"], "match": "all",
            "sort": "name"})
        self.assertEqual(answer.status, 201, answer.text)
        self.assertEqual(answer.json["kind"], "dynamic")
        self.assertEqual(answer.json["contacts"], 1)
        text = urllib.parse.urlencode(
            [("city", city), ("where", "tag~any~x"), ("where", "name~not~c")],
            quote_via=urllib.parse.quote)
        self.assertEqual(answer.json["filter"], text)
        self.assertEqual(self.rows()[name], answer.json)
        self.assertEqual(
            book.found(urllib.parse.urlencode({"segment": name})), ["b"])
        other = http.unique("Same")
        answer = self.post(name=other, kind="dynamic", filter=text)
        self.assertEqual(answer.json["filter"], text)
        self.assertEqual(self.post(
            name=name, kind="dynamic", filter=text).status, 409)
        static = self.post(name=http.unique("Static"), kind="static").json
        self.assertEqual((static["kind"], static["filter"]), ("static", None))

if __name__ == "__main__":
    unittest.main()
