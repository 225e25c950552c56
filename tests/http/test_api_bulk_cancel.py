# test_api_bulk_cancel.py: a bulk change is stopped by the API
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import bulk_client as bulk
import contact_fixtures as book


class Cancel(unittest.TestCase):
    def cancel(self, number):
        return book.api().send("POST", f"/api/v1/bulk/{number}/cancel", {})

    def test_ended(self):
        source, _ = bulk.people(1)
        found = bulk.done(filter={"source": source}, action="set",
                          values={"city": "Pune"})
        answer = self.cancel(found["id"])
        self.assertEqual(answer.status, 409)
        self.assertEqual(answer.json["error"]["code"], "already-ended")

    def test_before_its_end(self):
        """It may have ended by then; counts add up in any case."""
        source, _ = bulk.people(1)
        number = bulk.ask(filter={"source": source}, action="set",
                          values={"city": "Pune"}).json["id"]
        answer = self.cancel(number)
        self.assertIn(answer.status, (202, 409))
        found = bulk.wait(number)
        self.assertIn(found["status"], ("cancelled", "done"))
        self.assertEqual(found["done"], found["changed"] +
                         found["unchanged"] + found["kept"])

    def test_unknown(self):
        self.assertEqual(self.cancel(999999999).status, 404)


if __name__ == "__main__":
    unittest.main()
