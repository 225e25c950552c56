# test_api_import_rows.py: rows of an import with old and new values
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import import_client as imports

HEADER = ["Name", "Phone", "City", "Tags"]


class ApiImportRows(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.ana, cls.bo, cls.chi = (imports.phone() for _ in range(3))
        first = imports.imported(imports.table(
            HEADER, ["Ana", cls.ana, "Pune", "old"],
            ["Bo", cls.bo, "Oslo", ""]), unknown_tag="create")
        assert first["rows"]["created"] == 2, first
        cls.file = imports.table(
            HEADER,
            ["Anna", cls.ana, "Roma", "new"],
            ["Bo", cls.bo, "Oslo", ""],
            ["Chi", cls.chi, "Rio", ""],
            ["Chia", cls.chi, "Rio", ""],
            ["Anna", cls.ana, "Bari", ""],
            ["Eve", "12", "", ""])

    def rows(self, number, query=""):
        answer = http.Api().get(f"/api/v1/imports/{number}/rows{query}")
        self.assertEqual(answer.status, 200, answer.text)
        return answer.json["rows"]

    def both(self, expect):
        """The same of a check and of the import after it."""
        number = imports.started(self.file, dry_run="true",
                                 unknown_tag="create")
        self.assertEqual(imports.checked(number)["status"], "ready")
        with self.subTest("check"):
            expect(number)
        return number

    def changes(self, number):
        return {r["row"]: r["changes"] for r in self.rows(
            number, "?outcome=updated")}

    def test_old_and_new(self):
        expected = {
            2: {"name": {"old": "Ana", "new": "Anna"},
                "city": {"old": "Pune", "new": "Roma"},
                "_tags": {"old": "old", "new": "new, old"}},
            5: {"name": {"old": "Chi", "new": "Chia"}},
            6: {"city": {"old": "Roma", "new": "Bari"}},
        }
        number = self.both(lambda n: self.assertEqual(
            self.changes(n), expected))
        counts = http.Api().get(f"/api/v1/imports/{number}").json["changes"]
        self.assertEqual(counts, {"city": 2, "name": 2, "_tags": 1})
        self.assertEqual([r["row"] for r in self.rows(
            number, "?field=city")], [2, 6])
        self.assertEqual(self.rows(number, "?field=tags"),
                         self.rows(number, "?field=_tags"))
        self.assertEqual(len(self.rows(number, "?field=tags")), 1)
        self.assertEqual(self.rows(number, "?field=state"), [])
        started = http.Api().send(
            "POST", f"/api/v1/imports/{number}/start", {"consent": True})
        self.assertEqual(started.status, 202, started.text)
        done = imports.wait(number)
        self.assertEqual(done["changes"], counts)
        self.assertEqual(self.changes(number), expected)
        row = self.rows(number, "?row=2")[0]
        found = http.Api().get(f"/api/v1/contacts/{row['contact']}")
        self.assertEqual(found.json["phone"], self.ana)

    def test_findings_and_pages(self):
        number = imports.imported(imports.table(
            HEADER, *[[f"P{i}", imports.phone(), "", ""] for i in range(3)],
            ["Eve", "12", "", ""]))["id"]
        bad = self.rows(number, "?code=phone-invalid")
        self.assertEqual([(r["row"], r["outcome"], r["cells"][0],
                           r["problems"][0]["column"]) for r in bad],
                         [(5, "rejected", "Eve", "Phone")])
        page = http.Api().get(f"/api/v1/imports/{number}/rows?limit=2").json
        self.assertEqual([r["row"] for r in page["rows"]], [2, 3])
        self.assertEqual(page["next"], 3)
        page = http.Api().get(
            f"/api/v1/imports/{number}/rows?limit=2&after=3").json
        self.assertEqual(([r["row"] for r in page["rows"]], page["next"]),
                         ([4, 5], None))

    def test_bad_parameters(self):
        number = imports.imported(imports.contacts(1))["id"]
        for query in ("outcome=new", "after=x", "limit=0", "limit=201",
                      "row=-1", "field=nothing"):
            answer = http.Api().get(f"/api/v1/imports/{number}/rows?{query}")
            self.assertEqual(answer.status, 422, query)
            self.assertIn(query.split("=")[0], answer.json["error"]["fields"])
        self.assertEqual(http.Api().get("/api/v1/imports/999999/rows").status,
                         404)


if __name__ == "__main__":
    unittest.main()
