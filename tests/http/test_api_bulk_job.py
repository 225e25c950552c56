# test_api_bulk_job.py: a bulk change as the API shows it
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import bulk_client as bulk
import contact_fixtures as book


class BulkJob(unittest.TestCase):
    def test_shown(self):
        source, _ = bulk.people(2)
        found = bulk.done(filter={"source": source, "status": "inactive"},
                          action="set", values={"city": "Pune"})
        self.assertEqual(found["kind"], "bulk")
        self.assertEqual(found["action"], "set")
        self.assertEqual(found["status"], "done")
        self.assertEqual(found["done"], 2)
        self.assertEqual(found["matched"], found["changed"] +
                         found["unchanged"] + found["kept"])
        self.assertIn("source=" + source, found["filter"])
        self.assertIsNone(found["message"])
        self.assertIsNone(found["undone_by"])
        for key in ("created_at", "started_at", "finished_at"):
            self.assertRegex(found[key], r"^\d{4}-.*Z$")

    def test_unknown(self):
        self.assertEqual(book.api().get("/api/v1/bulk/999999999").status, 404)
        self.assertEqual(book.api().get("/api/v1/bulk/x").status, 404)


if __name__ == "__main__":
    unittest.main()
