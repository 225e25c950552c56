# test_job.py: the page of one change of many contacts
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import bulk_client as bulk
import contact_fixtures as book
import http_client as http


class Job(unittest.TestCase):
    def test_result(self):
        source, people = bulk.people(2)
        found = bulk.done(filter={"source": source}, action="set",
                          values={"city": http.PAYLOAD})
        answer = http.admin().get(f"/jobs/{found['id']}")
        self.assertEqual(answer.status, 200)
        self.assertIn("All 2 contacts are changed.", answer.page.text())
        self.assertEqual(answer.hostile(), [])
        self.assertIn("Source: " + source, answer.page.text())
        again = bulk.done(filter={"id": people[0]["id"]}, action="set",
                          values={"city": http.PAYLOAD})
        text = http.admin().get(f"/jobs/{again['id']}").page.text()
        self.assertIn("0 of 1 contacts are changed.", text)
        self.assertIn("chosen one by one", text)

    def test_kept(self):
        source, _ = bulk.people(1)
        person = book.make(source=source, whatsapp_opted="no")
        found = bulk.done(filter={"source": source}, action="set",
                          values={"whatsapp_opted": "yes"},
                          how="Asked by phone.")
        page = http.admin().get(f"/jobs/{found['id']}").page
        self.assertIsNotNone(page.one(
            "a", href=f"/contacts/{person['id']}"))
        self.assertIn("This person opted out.", page.text())
        self.assertIn("Asked by phone.", page.text())

    def test_cancelling_what_has_ended(self):
        source, _ = bulk.people(1)
        found = bulk.done(filter={"source": source}, action="trash")
        session = http.admin()
        path = f"/jobs/{found['id']}"
        answer = session.follow(session.post(path, [("do", "cancel")]))
        self.assertIn("has already ended", answer.page.text())
        self.assertEqual(session.post(path, [("do", "x")]).status, 422)

    def test_undo(self):
        source, people = bulk.people(1, city="Pune")
        found = bulk.done(filter={"source": source}, action="set",
                          values={"city": "Roma"})
        session = http.admin()
        answer = session.submit(f"/jobs/{found['id']}", {},
                                method="post", action=f"/jobs/{found['id']}")
        self.assertEqual(answer.status, 303)
        bulk.wait(int(answer.location.rpartition("/")[2]))
        self.assertEqual(book.read(people[0])["city"], "Pune")
        page = session.get(f"/jobs/{found['id']}").page
        self.assertIn("This change was undone", page.text())
        self.assertNotIn("The contact is changed.", page.text())
        self.assertIsNotNone(page.one("a", href=answer.location))
        self.assertIsNone(page.one("form", action=f"/jobs/{found['id']}"))
        again = session.post(f"/jobs/{found['id']}", [("do", "undo")])
        self.assertIn("undone already", session.follow(again).page.text())

    def test_refused(self):
        self.assertEqual(http.admin().get("/jobs/999999999").status, 404)
        viewer = http.member("viewer")
        source, _ = bulk.people(1)
        found = bulk.done(filter={"source": source}, action="trash")
        path = f"/jobs/{found['id']}"
        self.assertEqual(viewer.get(path).status, 200)
        self.assertEqual(viewer.post(path, [("do", "cancel")]).status, 403)


if __name__ == "__main__":
    unittest.main()
