# test_import_undo.py: the question, and the undo of an import
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import import_client as imports
import undo_client as client


class ImportUndo(unittest.TestCase):
    def test_question_and_undo(self):
        old = imports.phone()
        client.made("Ann", old)
        number = imports.imported(imports.table(
            ["Name", "Phone"], ["Anna", old], ["Bea", imports.phone()]))["id"]
        path = f"/imports/{number}/undo"
        self.assertIn(path, http.admin().get(f"/imports/{number}").text)
        page = http.admin().get(path)
        self.assertEqual(page.status, 200)
        self.assertIn("1</strong> contact that it created goes to the trash",
                      page.text)
        self.assertIn("1</strong> contact that was there before", page.text)
        self.assertEqual(client.state(number)["status"], "done")
        answer = http.admin().submit(path, {}, action=path)
        self.assertEqual(answer.location, f"/imports/{number}")
        client.wait_for(number, "undone")
        text = http.admin().get(f"/imports/{number}").text
        self.assertIn("This import is undone", text)
        self.assertIn("Undo the undo", text)
        self.assertNotIn(path, text)
        self.assertIn("Undone", http.admin().get("/imports").text)

    def test_later_import(self):
        """Says whose values stay, and what to do first."""
        old, new = imports.phone(), imports.phone()
        client.made("Ann", old)
        first, second, third = [imports.imported(imports.table(
            ["Name", "Phone", "City"], ["Ann", old, city],
            ["Bea", new, city]))["id"] for city in ("Pune", "Agra", "Rome")]
        path = f"/imports/{first}/undo"
        page = http.admin().get(path).page
        said = page.one(class_="notice-warn")
        self.assertEqual([a.get("href") for a in said.all("a")],
                         [f"/imports/{second}", f"/imports/{third}"])
        self.assertRegex(said.text(), r"^Later, the import of contacts.csv "
                         r"\(.*\) and the import of contacts.csv \(.*\) "
                         "changed some of these contacts")
        client.undo(third)
        said = http.admin().get(path).page.one(class_="notice-warn")
        self.assertEqual([a.get("href") for a in said.all("a")],
                         [f"/imports/{second}"])
        text = said.text()
        self.assertIn("the later values stay", text)
        self.assertNotIn("later", http.admin().get(
            f"/imports/{second}/undo").page.one("main").text())
        # The older one first: what the page says then.
        client.undo(first)
        self.assertEqual(client.by_phone(old)["city"], "Agra")
        client.undo(second)
        self.assertEqual(client.by_phone(old)["city"], "Pune")

    def test_nothing_to_undo(self):
        for number in (imports.uploaded(imports.contacts()),
                       imports.imported(imports.table(
                           ["Name", "Phone"], ["x", "no number"]))["id"]):
            for ask in (http.admin().get, http.admin().post):
                answer = ask(f"/imports/{number}/undo")
                self.assertEqual(answer.location, f"/imports/{number}")

    def test_viewer(self):
        number = imports.imported(imports.contacts())["id"]
        self.assertEqual(http.member("viewer").post(
            f"/imports/{number}/undo").status, 403)
        self.assertNotIn("/undo", http.member("viewer").get(
            f"/imports/{number}").text)

    def test_unknown(self):
        self.assertEqual(
            http.admin().get("/imports/987654321/undo").status, 404)


if __name__ == "__main__":
    unittest.main()
