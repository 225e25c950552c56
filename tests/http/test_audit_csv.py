# test_audit_csv.py: the audit log as a file
# SPDX-License-Identifier: MIT
import csv
import io
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import audit_client as audit
import http_client as http


def read(path):
    answer = http.admin().get(path)
    return answer, list(csv.reader(io.StringIO(answer.text)))


class AuditCsv(unittest.TestCase):
    def test_filtered(self):
        name = http.unique("filed")
        for i in range(3):
            http.Api().send("POST", "/api/v1/tags", {"name": f"{name} {i}"})
        answer, rows = read(f"/audit.csv?action=tag.create&q={name}")
        self.assertEqual(answer.status, 200)
        self.assertIn("audit.csv", answer.headers["content-disposition"])
        self.assertEqual(rows[0], ["When", "Who", "Token", "Address", "What",
                                   "Action", "Subject", "Details"])
        self.assertEqual([r[7] for r in rows[1:]],
                         [f"{name} {i}" for i in (2, 1, 0)])
        self.assertEqual(rows[1][4:6], ["Added a tag", "tag.create"])
        self.assertRegex(rows[1][0], r"^\d{4}-\d\d-\d\dT.*Z$")
        self.assertTrue(rows[1][1] and rows[1][2])

    def test_many_pieces(self):
        """More than are read at a time, each once, newest first."""
        name = http.unique("piece")
        for i in range(60):
            http.Api().send("POST", "/api/v1/tags", {"name": f"{name} {i}"})
        _, rows = read("/audit.csv")
        mine = [r[7] for r in rows if r[7].startswith(name)]
        self.assertEqual(mine, [f"{name} {i}" for i in range(59, -1, -1)])
        times = [r[0] for r in rows[1:]]
        self.assertEqual(times, sorted(times, reverse=True))

    def test_guarded(self):
        name = "=" + http.unique("1+1")
        http.Api().send("POST", "/api/v1/tags", {"name": name})
        _, rows = read("/audit.csv?action=tag.create")
        self.assertIn("'" + name, [r[7] for r in rows])

    def test_audited(self):
        http.admin().get("/audit.csv?action=tag.create&from=2026-01-01")
        entry = audit.newest("audit.export")
        self.assertEqual(entry["details"],
                         "?action=tag.create&from=2026-01-01")
        http.admin().get("/audit.csv?q=%2B4930901820&action=login")
        self.assertEqual(audit.newest("audit.export")["details"],
                         "?action=login&q=…")
        before = len(audit.entries(action="audit.export"))
        http.admin().ask("HEAD", "/audit.csv")
        self.assertEqual(len(audit.entries(action="audit.export")), before)

    def test_wrong(self):
        for query, status in (("from=x", 422), ("nonsense=1", 422),
                              ("after=x", 400)):
            before = len(audit.entries(action="audit.export"))
            answer = http.admin().get("/audit.csv?" + query)
            self.assertEqual(answer.status, status)
            self.assertEqual(len(audit.entries(action="audit.export")), before)


if __name__ == "__main__":
    unittest.main()
