# test_api_contact_revisions.py: what a contact was before each change
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import contact_fixtures as book
import http_client as http


class Revisions(unittest.TestCase):
    def get(self, contact):
        return book.api().get(f"/api/v1/contacts/{contact['id']}/revisions")

    def test_none(self):
        self.assertEqual(self.get(book.make()).json, {"revisions": []})
        self.assertEqual(self.get({"id": 999999999999}).status, 404)

    def test_each_change(self):
        name = book.attribute("ARRAY")
        tags = sorted(http.unique("tag") for _ in range(2))
        c = book.make(name="A", tags=tags, attributes={name: [1, 2]})
        book.change(c, name="B", tags=["c"], phone=None, email="a@b.example")
        answer = book.change(book.read(c), attributes={name: None})
        self.assertEqual(answer.json["attributes"], {})
        rows = self.get(c).json["revisions"]
        self.assertEqual([r["version"] for r in rows], [2, 1])
        self.assertEqual(rows[0]["before"], {f"attributes.{name}": [1, 2]})
        self.assertEqual(rows[1]["before"], {
            "name": "A", "_tags": tags, "phone": c["phone"],
            "email": None})
        for row in rows:
            self.assertEqual(row["kind"], "update")
            self.assertTrue(row["actor"]["name"])
            self.assertTrue(row["actor"]["token"])
            self.assertTrue(row["actor"]["token_name"])
            self.assertIsNone(row["job"])
            self.assertIsNone(row["job_kind"])
            self.assertIsNone(row["import"])
            self.assertIsNone(row["import_row"])
            self.assertRegex(row["at"], r"^\d{4}-\d\d-\d\dT[\d:.]+Z$")

    def test_deleted(self):
        name = http.unique("tag")
        c = book.make(name="A", city="Pune", tags=[name])
        book.api().ask("DELETE", f"/api/v1/contacts/{c['id']}")
        rows = self.get(c).json["revisions"]
        self.assertEqual([r["kind"] for r in rows], ["trash"])
        self.assertEqual(rows[0]["before"], {
            "_tags": [name], "_segments": [], "_trashed_at": None})


if __name__ == "__main__":
    unittest.main()
