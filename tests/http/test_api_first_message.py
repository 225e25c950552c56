# test_api_first_message.py: one rule for first messages in the API
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http

PATH = "/api/v1/first-messages"


class Rule(unittest.TestCase):
    def setUp(self):
        self.api = http.Api()
        self.phrase = http.unique("w").replace("-", "")
        self.rule = self.api.send("POST", PATH, {
            "kind": "is", "phrase": self.phrase, "first_message": "A"}).json
        self.path = f"{PATH}/{self.rule['id']}"
        self.addCleanup(self.api.ask, "DELETE", self.path)

    def test_change(self):
        answer = self.api.send("PUT", self.path, {"first_message": "B"})
        self.assertEqual(200, answer.status, answer.text)
        self.assertEqual({**self.rule, "first_message": "B"}, answer.json)
        answer = self.api.send("PUT", self.path, {"position": 1,
                                                  "kind": "word"})
        self.assertEqual((1, "word"), (answer.json["position"],
                                       answer.json["kind"]))
        last = self.api.send("PUT", self.path, {"position": 9999}).json
        self.assertEqual(last, self.api.get(PATH).json["rules"][-1])

    def test_refused(self):
        for values in ({"phrase": ""}, {"kind": "x"}, {"position": -1},
                       {"id": 7}):
            self.assertEqual(422, self.api.send(
                "PUT", self.path, values).status, values)
        self.assertEqual(404, self.api.send(
            "PUT", f"{PATH}/999999999", {"kind": "is"}).status)
        self.assertIn(self.rule, self.api.get(PATH).json["rules"])

    def test_delete(self):
        self.assertEqual(200, self.api.ask("DELETE", self.path).status)
        self.assertEqual(404, self.api.ask("DELETE", self.path).status)
        self.assertEqual(404, self.api.send(
            "PUT", self.path, {"kind": "is"}).status)


if __name__ == "__main__":
    unittest.main()
