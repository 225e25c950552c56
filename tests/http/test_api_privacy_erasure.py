# test_api_privacy_erasure.py: how far an erasure has come
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import privacy_client as privacy
from importing import Book
from traces import PHONE, Traces


class ApiPrivacyErasure(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.book = Book(whole=True)
        cls.book.__enter__()
        cls.addClassCleanup(cls.book.__exit__, None, None, None)
        cls.traces = Traces(cls.book)
        cls.api = cls.traces.api

    def erase(self, status=200, **by):
        answer = self.api.send("POST", "/api/v1/privacy/erase", by)
        self.assertEqual(answer.status, status, answer.text)
        return answer.json

    def file(self, number):
        return self.api.get(f"/api/v1/imports/{number}/original.csv").body

    def test_import_under_way(self):
        """It is done first; its file is gone through afterwards."""
        self.book.empty()
        number = self.traces.load(f"Name,Phone\r\nAna,{PHONE}\r\n")
        self.book.sql("UPDATE import SET state = 'running', lease_until ="
                      " UTC_TIMESTAMP(3) + INTERVAL 1 DAY WHERE id ="
                      f" {number}")
        answer = self.erase(202, phone=PHONE)
        self.assertEqual((answer["status"], answer["waits_for_imports"]),
                         ("running", [number]))
        self.assertIn(PHONE.encode(), self.file(number))
        told = self.api.get(answer["url"])
        self.assertEqual((told.status, told.json["status"]),
                         (200, "running"))
        self.book.sql(f"UPDATE import SET state = 'done' WHERE id ="
                      f" {number}")
        privacy.done(told.json, self.api)
        self.assertNotIn(PHONE.encode(), self.file(number))
        self.assertEqual(self.book.sql(
            "SELECT COUNT(*) FROM erasure WHERE remaining IS NOT NULL"), [0])
        self.assertEqual(
            self.api.get("/api/v1/privacy/erasures/99999").status, 404)


if __name__ == "__main__":
    unittest.main()
