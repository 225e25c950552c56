# test_contact_delete.py: deleting a contact, once it was asked
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import contact_fixtures as book
import http_client as http


class Delete(unittest.TestCase):
    def test_asks_then_deletes(self):
        c = book.make(name=http.unique("Zoë"))
        path = f"/contacts/{c['id']}/delete"
        answer = http.admin().get(path)
        self.assertEqual(answer.status, 200)
        self.assertIn(c["name"], answer.page.one("main").text())
        self.assertEqual(book.read(c), c)
        answer = http.admin().submit(path, {}, action=path)
        self.assertEqual((answer.status, answer.location),
                         (303, "/contacts"))
        self.assertEqual(http.admin().get(
            f"/contacts/{c['id']}").status, 404)
        self.assertEqual(http.admin().get(path).status, 404)
        self.assertEqual(http.admin().post(path).status, 404)

    def test_without_token(self):
        c = book.make()
        path = f"/contacts/{c['id']}/delete"
        self.assertEqual(
            http.admin().post(path, {}, csrf=False).status, 403)
        self.assertEqual(book.read(c), c)

    def test_hostile(self):
        c = book.make(name=http.PAYLOAD)
        answer = http.admin().get(f"/contacts/{c['id']}/delete")
        self.assertEqual(answer.hostile(), [])


if __name__ == "__main__":
    unittest.main()
