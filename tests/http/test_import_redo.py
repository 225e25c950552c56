# test_import_redo.py: the button of an import's page
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import import_client as imports
import undo_client as client


class ImportRedo(unittest.TestCase):
    def test_button(self):
        number = imports.imported(imports.contacts())["id"]
        client.undo(number)
        page = f"/imports/{number}"
        self.assertIn("This import is undone", http.admin().get(page).text)
        answer = http.admin().submit(page, {}, action=f"{page}/redo")
        self.assertEqual(answer.location, page)
        client.wait_for(number, "done")
        text = http.admin().get(page).text
        self.assertIn("The undo was undone", text)
        self.assertIn("Undo the import", text)

    def test_viewer_and_get(self):
        number = imports.imported(imports.contacts())["id"]
        path = f"/imports/{number}/redo"
        self.assertEqual(http.member("viewer").post(path).status, 403)
        self.assertEqual(http.admin().get(path).status, 405)
        self.assertEqual(http.admin().post(
            "/imports/987654321/redo").status, 404)

    def test_out_of_place(self):
        number = imports.imported(imports.contacts())["id"]
        answer = http.admin().post(f"/imports/{number}/redo")
        self.assertEqual(answer.location, f"/imports/{number}")
        self.assertEqual(client.state(number)["status"], "done")


if __name__ == "__main__":
    unittest.main()
