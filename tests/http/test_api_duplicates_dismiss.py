# test_api_duplicates_dismiss.py: two contacts are two people, in the API
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import contact_fixtures as book
import duplicate_fixtures as twins


def dismiss(one, other, **values):
    return book.api().send("POST", "/api/v1/duplicates/dismiss", {
        "contacts": [one["id"], other["id"]], **values})


class Dismiss(unittest.TestCase):
    def test_remembered_and_taken_back(self):
        one, other = twins.by_email()
        twins.look()
        for pair in ((other, one), (one, other)):
            answer = dismiss(*pair)
            self.assertEqual((answer.status, answer.json),
                             (200, {"dismissed": True}))
        self.assertEqual(twins.reasons(one, other), [])
        twins.look()
        self.assertEqual(twins.reasons(one, other), [])
        answer = dismiss(one, other, take_back=True)
        self.assertEqual((answer.status, answer.json),
                         (200, {"dismissed": False}))
        self.assertEqual(twins.reasons(one, other), ["email"])
        self.assertEqual(dismiss(one, other, take_back=True).status, 404)

    def test_beforehand(self):
        """Two that nobody has suggested yet."""
        one, other = twins.by_email()
        self.assertEqual(dismiss(one, other).status, 200)
        twins.look()
        self.assertEqual(twins.reasons(one, other), [])

    def test_refused(self):
        one, other = twins.by_email()
        gone = {"id": 999999999999}
        self.assertEqual(dismiss(one, gone).status, 404)
        self.assertEqual(dismiss(one, one).status, 422)
        self.assertEqual(dismiss(one, other, take_back="x").status, 422)
        self.assertEqual(dismiss(one, other, nose=1).status, 422)
        for contacts in (None, 1, [], [1], [1, "2"], [1, 2, 3], [0, 1],
                         {"a": 1}):
            answer = book.api().send("POST", "/api/v1/duplicates/dismiss",
                                     {"contacts": contacts})
            self.assertEqual(answer.status, 422, contacts)
        for body, status in (("{", 400), ("[]", 400)):
            answer = book.api().ask(
                "POST", "/api/v1/duplicates/dismiss", body,
                {"Content-Type": "application/json"})
            self.assertEqual(answer.status, status)
        self.assertEqual(
            book.api().ask("POST", "/api/v1/duplicates/dismiss").status, 415)


if __name__ == "__main__":
    unittest.main()
