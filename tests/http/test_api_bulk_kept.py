# test_api_bulk_kept.py: what a bulk change and its undo left as it is
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import bulk_client as bulk
import contact_fixtures as book


def kept(number):
    answer = book.api().get(f"/api/v1/bulk/{number}/kept")
    assert answer.status == 200, answer.text
    return answer.json["kept"]


class BulkKept(unittest.TestCase):
    def test_undo(self):
        source, people = bulk.people(2)
        done = bulk.done(filter={"source": source}, action="set",
                         values={"city": "Pune"})
        self.assertEqual(kept(done["id"]), [])
        book.change(book.read(people[0]), city="Agra")
        answer = book.api().ask("POST", f"/api/v1/bulk/{done['id']}/undo")
        undone = bulk.wait(answer.json["id"])
        self.assertEqual(undone["kept"], 1)
        (one,) = kept(undone["id"])
        self.assertEqual((one["contact"], one["field"]),
                         (people[0]["id"], "city"))
        self.assertIn("Agra", one["reason"])

    def test_unknown(self):
        for number in "999999999", "x":
            self.assertEqual(book.api().get(
                f"/api/v1/bulk/{number}/kept").status, 404)


if __name__ == "__main__":
    unittest.main()
