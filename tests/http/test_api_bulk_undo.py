# test_api_bulk_undo.py: a bulk change is taken back as one
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import bulk_client as bulk
import contact_fixtures as book


def undo(number):
    return book.api().send("POST", f"/api/v1/bulk/{number}/undo", {})


class Undo(unittest.TestCase):
    def undone(self, number):
        answer = undo(number)
        self.assertEqual(answer.status, 202, answer.text)
        found = bulk.wait(answer.json["id"])
        self.assertEqual((found["kind"], found["status"], found["undoes"]),
                         ("undo", "done", number))
        self.assertEqual(bulk.job(number)["undone_by"], found["id"])
        return found

    def test_every_action(self):
        tag, other = bulk.tag(), bulk.tag()
        source, people = bulk.people(2, tags=[other], city="Pune")
        before = [book.read(p) for p in people]
        for body in ({"action": "add_tags", "tags": [tag]},
                     {"action": "remove_tags", "tags": [other]},
                     {"action": "set", "values": {
                         "city": "Roma", "whatsapp_opted": "no"}},
                     {"action": "add_to_segment", "segment": tag},
                     {"action": "trash"}):
            done = bulk.done(filter={"source": source}, **body)
            self.assertEqual(done["changed"], 2, body)
            found = self.undone(done["id"])
            self.assertEqual(bulk.numbers(found), (2, 2, 0, 0), body)
            for was, person in zip(before, people):
                now = book.read(person)
                for key in ("tags", "city", "whatsapp_opted", "segments"):
                    self.assertEqual(now[key], was[key], (body, key))
            self.assertEqual(len(book.found("source=" + source)), 2)

    def test_what_somebody_changed_since_is_kept(self):
        source, people = bulk.people(2, city="Pune")
        done = bulk.done(filter={"source": source}, action="set",
                         values={"city": "Roma"})
        book.change(book.read(people[0]), city="Oslo")
        found = self.undone(done["id"])
        self.assertEqual(bulk.numbers(found), (2, 1, 0, 1))
        self.assertEqual([book.read(p)["city"] for p in people],
                         ["Oslo", "Pune"])

    def test_an_undo_is_undone(self):
        source, people = bulk.people(1, city="Pune")
        done = bulk.done(filter={"source": source}, action="set",
                         values={"city": "Roma"})
        first = self.undone(done["id"])
        self.undone(first["id"])
        self.assertEqual(book.read(people[0])["city"], "Roma")

    def test_refused(self):
        source, _ = bulk.people(1)
        done = bulk.done(filter={"source": source}, action="set",
                         values={"city": "Roma"})
        self.undone(done["id"])
        answer = undo(done["id"])
        self.assertEqual(answer.status, 409)
        self.assertEqual(answer.json["error"]["code"], "not-undoable")
        self.assertEqual(undo(999999999).status, 404)


if __name__ == "__main__":
    unittest.main()
