# test_import_kept.py: what the undo of an import left as it is
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import import_client as imports
import undo_client as client


class ImportKept(unittest.TestCase):
    def test_list(self):
        phone = imports.phone()
        number = imports.imported(imports.table(
            ["Name", "Phone", "City"], ["Ann", phone, "Rome"]))["id"]
        contact = client.by_phone(phone)["id"]
        client.edit(contact, city="<b>Turin")
        client.undo(number)
        page = http.admin().get(f"/imports/{number}").text
        self.assertIn(f"/imports/{number}/kept", page)
        page = http.admin().get(f"/imports/{number}/kept")
        self.assertEqual(page.status, 200)
        self.assertIn(f"/contacts/{contact}", page.text)
        self.assertIn("City:", page.text)
        self.assertIn("&lt;b&gt;Turin", page.text)

    def test_nothing_kept_and_nothing_undone(self):
        number = imports.imported(imports.contacts())["id"]
        self.assertEqual(
            http.admin().get(f"/imports/{number}/kept").status, 404)
        client.undo(number)
        self.assertIn("Nothing was kept",
                      http.admin().get(f"/imports/{number}/kept").text)

    def test_many(self):
        rows = [[f"n{i}", imports.phone()] for i in range(230)]
        number = imports.imported(imports.table(["Name", "Phone"],
                                                *rows))["id"]
        imports.imported(imports.table(
            ["Name", "Phone"], *[["x" + n, p] for n, p in rows]))
        self.assertEqual(client.undo(number)["undo"]["kept"], 230)
        page = http.admin().get(f"/imports/{number}/kept").page
        names = [a.text() for a in page.all("a")
                 if "/contacts/" in (a.get("href") or "")]
        link = next(a.get("href") for a in page.all("a", rel="next"))
        page = http.admin().get(link).page
        names += [a.text() for a in page.all("a")
                  if "/contacts/" in (a.get("href") or "")]
        self.assertEqual(len([n for n in names if n.startswith("xn")]), 230)
        self.assertEqual(len(set(names)), len(names))


if __name__ == "__main__":
    unittest.main()
