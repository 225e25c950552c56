# test_jobs.py: the history of changes of many contacts
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import bulk_client as bulk
import http_client as http


class Jobs(unittest.TestCase):
    def test_listed(self):
        source, _ = bulk.people(2)
        tag = bulk.tag()
        found = bulk.done(filter={"source": source}, action="add_tags",
                          tags=[tag])
        answer = http.admin().get("/jobs")
        self.assertEqual(answer.status, 200)
        link = answer.page.one("a", href=f"/jobs/{found['id']}")
        self.assertEqual(link.text(), f"Add the tag {tag}")
        self.assertEqual(answer.hostile(), [])

    def test_pages(self):
        source, _ = bulk.people(1)
        for i in range(27):
            bulk.ask(filter={"source": source}, action="set",
                     values={"city": f"City {i}"})
        page = http.admin().get("/jobs").page
        older = page.one("a", rel="next")
        self.assertIsNotNone(older)
        second = http.admin().get(older.get("href"))
        self.assertEqual(second.status, 200)
        self.assertIsNotNone(second.page.one("a", href="/jobs"))

    def test_viewers_see_them(self):
        viewer = http.member("viewer")
        self.assertEqual(viewer.get("/jobs").status, 200)


if __name__ == "__main__":
    unittest.main()
