# test_import_pause.py: the button of an import's page
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import import_client as imports
import undo_client as client


class ImportPause(unittest.TestCase):
    def test_button(self):
        number = client.big()
        page = f"/imports/{number}"
        answer = http.admin().submit(page, {}, action=f"{page}/pause")
        self.assertEqual(answer.location, page)
        if client.wait_for(number, "paused", "done")["status"] == "done":
            self.skipTest("it was faster than the pause")
        text = http.admin().get(page).text
        self.assertIn("Paused:", text)
        self.assertIn("Resume", text)
        client.ask(number, "cancel")

    def test_viewer_and_get(self):
        number = imports.imported(imports.contacts())["id"]
        path = f"/imports/{number}/pause"
        self.assertEqual(http.member("viewer").post(path).status, 403)
        self.assertEqual(http.admin().get(path).status, 405)
        self.assertEqual(http.admin().post(
            "/imports/987654321/pause").status, 404)

    def test_out_of_place(self):
        number = imports.imported(imports.contacts())["id"]
        answer = http.admin().post(f"/imports/{number}/pause")
        self.assertEqual(answer.location, f"/imports/{number}")
        self.assertEqual(client.state(number)["status"], "done")


if __name__ == "__main__":
    unittest.main()
