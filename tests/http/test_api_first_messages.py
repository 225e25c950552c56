# test_api_first_messages.py: the rules for first messages in the API
# SPDX-License-Identifier: MIT
import os
import sys
import unittest
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http

PATH = "/api/v1/first-messages"


class Rules(unittest.TestCase):
    def setUp(self):
        self.api = http.Api()
        self.word = http.unique("w").replace("-", "")

    def add(self, **values):
        answer = self.api.send("POST", PATH, values)
        if answer.status == 201:
            self.addCleanup(self.api.ask, "DELETE",
                            f"{PATH}/{answer.json['id']}")
        return answer

    def test_add(self):
        answer = self.add(kind="contains", phrase=f" {self.word} ",
                          first_message="Asked")
        self.assertEqual(201, answer.status, answer.text)
        self.assertEqual(
            ("contains", self.word, "Asked"),
            tuple(answer.json[k] for k in ("kind", "phrase",
                                           "first_message")))
        self.assertIn(answer.json, self.api.get(PATH).json["rules"])
        first = self.add(phrase=self.word, first_message="Before", position=1)
        self.assertEqual((1, "word"), (first.json["position"],
                                       first.json["kind"]))
        rules = self.api.get(PATH).json["rules"]
        self.assertEqual(list(range(1, len(rules) + 1)),
                         [r["position"] for r in rules])

    def test_try(self):
        rule = self.add(kind="is", phrase=self.word, first_message="Yes").json
        for text, expected in ((self.word.upper() + "!", (rule["id"], "Yes")),
                               (self.word + "x", (None, self.word + "x"))):
            answer = self.api.get(
                f"{PATH}?try={urllib.parse.quote(text)}").json["try"]
            self.assertEqual(expected,
                             (answer["rule"], answer["first_message"]))
        self.assertNotIn("try", self.api.get(PATH).json)

    def test_refused(self):
        good = {"kind": "is", "phrase": self.word, "first_message": "x"}
        for field, value in (("kind", "like"), ("kind", 1), ("phrase", ""),
                             ("phrase", 7), ("first_message", ""),
                             ("first_message", None), ("position", 0),
                             ("position", "1"), ("colour", "red")):
            with self.subTest(field=field, value=value):
                answer = self.add(**{**good, field: value})
                self.assertEqual(422, answer.status)
                self.assertIn(field, answer.json["error"]["fields"])
        self.assertEqual(400, self.api.ask(
            "POST", PATH, "[]", {"Content-Type": "application/json"}).status)

    def test_limit(self):
        before = len(self.api.get(PATH).json["rules"])
        for i in range(200 - before):
            self.assertEqual(201, self.add(
                phrase=f"{self.word}{i}", first_message="x").status)
        self.assertEqual(422, self.add(phrase=self.word,
                                       first_message="x").status)


if __name__ == "__main__":
    unittest.main()
