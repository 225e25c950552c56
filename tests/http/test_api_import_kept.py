# test_api_import_kept.py: what an undo left as it is, for programs
# SPDX-License-Identifier: MIT
import os
import sys
import unittest
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import import_client as imports
import undo_client as client


def ask(number, **values):
    return http.Api().get(f"/api/v1/imports/{number}/kept?" +
                          urllib.parse.urlencode(values))


class ApiImportKept(unittest.TestCase):
    def test_pages(self):
        """Each field once, also where a page ends within a contact."""
        rows = [[imports.phone(), "Ann", "Rome"] for _ in range(3)]
        number = imports.imported(imports.table(
            ["Phone", "Name", "City"], *rows))["id"]
        for phone, _, _ in rows:
            client.edit(client.by_phone(phone)["id"], name="Bo", city="Turin")
        client.undo(number)
        whole = ask(number).json
        self.assertIsNone(whole["next"])
        fields = [(k["contact"], k["field"]) for k in whole["kept"]]
        self.assertEqual(fields, sorted(fields))
        self.assertEqual(len({c for c, _ in fields}), 3)
        self.assertTrue(all(k["reason"] for k in whole["kept"]))
        found, after = [], None
        while True:
            page = ask(number, limit=1,
                       **({"after": after} if after else {})).json
            self.assertLessEqual(len(page["kept"]), 1)
            found += page["kept"]
            after = page["next"]
            if not after:
                break
        self.assertEqual(found, whole["kept"])

    def test_wrong(self):
        number = imports.imported(imports.contacts())["id"]
        self.assertEqual(ask(number).status, 404)  # not undone
        client.undo(number)
        self.assertEqual(ask(number).json, {"kept": [], "next": None})
        for after in ("x", "1", "1-", "-city", "x-city"):
            self.assertEqual(ask(number, after=after).status, 400)
        for limit in ("0", "1001", "x", "-1"):
            answer = ask(number, limit=limit)
            self.assertEqual(answer.status, 422)
            self.assertIn("limit", answer.json["error"]["fields"])
        self.assertEqual(ask(987654321).status, 404)
        self.assertEqual(http.Api("").get(
            f"/api/v1/imports/{number}/kept").status, 401)


if __name__ == "__main__":
    unittest.main()
