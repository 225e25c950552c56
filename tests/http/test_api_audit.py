# test_api_audit.py: the audit log for programs
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import audit_client as audit
import http_client as http


class ApiAudit(unittest.TestCase):
    def test_entry(self):
        name = http.unique("told")
        http.Api().send("POST", "/api/v1/tags", {"name": name})
        (entry,) = audit.entries(q=name)
        self.assertEqual(set(entry), {
            "id", "at", "by", "who", "member", "token", "address", "action",
            "group", "what", "subject", "details"})
        self.assertEqual(entry["by"], "token")
        self.assertEqual(entry["action"], "tag.create")
        self.assertEqual(entry["group"], "lists")
        self.assertEqual(entry["what"], "Added a tag")
        self.assertEqual(entry["details"], name)
        self.assertTrue(entry["subject"].startswith("tag "))
        found = audit.entries(token=entry["token"], q=name)
        self.assertEqual(found, [entry])

    def test_pages(self):
        name = http.unique("apipage")
        for i in range(7):
            http.Api().send("POST", "/api/v1/tags", {"name": f"{name} {i}"})
        found = audit.entries(q=name, limit=3)
        self.assertEqual([e["details"] for e in found],
                         [f"{name} {i}" for i in range(7)])
        found = audit.entries(action="lists", limit=3,
                              from_=found[0]["at"], to=found[-1]["at"])
        self.assertIn(f"{name} 0", [e["details"] for e in found])
        self.assertNotIn(f"{name} 6", [e["details"] for e in found])

    def test_wrong(self):
        for query, status, field in (
                ("from=x", 422, "from"), ("member=0", 422, "member"),
                ("limit=0", 422, "limit"), ("limit=1001", 422, "limit"),
                ("nonsense=1", 422, None), ("after=9", 400, None)):
            with self.subTest(query):
                answer = http.Api().get("/api/v1/audit?" + query)
                self.assertEqual(answer.status, status)
                if field:
                    self.assertIn(field, answer.json["error"]["fields"])

    def test_admins_only(self):
        self.assertEqual(http.Api("").get("/api/v1/audit").status, 401)


if __name__ == "__main__":
    unittest.main()
