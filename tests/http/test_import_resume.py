# test_import_resume.py: the button of an import's page
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import import_client as imports
import undo_client as client


class ImportResume(unittest.TestCase):
    def test_button(self):
        number = client.big()
        client.ask(number, "pause")
        paused = client.wait_for(number, "paused", "done")
        if paused["status"] == "done":
            self.skipTest("it was faster than the pause")
        page = f"/imports/{number}"
        answer = http.admin().submit(page, {}, action=f"{page}/resume")
        self.assertEqual(answer.location, page)
        if paused["rows"]["read"]:
            self.assertNotIn("Waiting to start",
                             http.admin().get(page).page.text())
        self.assertEqual(
            client.wait_for(number, "done")["rows"]["created"], 40000)

    def test_viewer_and_get(self):
        number = imports.imported(imports.contacts())["id"]
        path = f"/imports/{number}/resume"
        self.assertEqual(http.member("viewer").post(path).status, 403)
        self.assertEqual(http.admin().get(path).status, 405)
        self.assertEqual(http.admin().post(
            "/imports/987654321/resume").status, 404)

    def test_out_of_place(self):
        number = imports.imported(imports.contacts())["id"]
        answer = http.admin().post(f"/imports/{number}/resume")
        self.assertEqual(answer.location, f"/imports/{number}")
        self.assertEqual(client.state(number)["status"], "done")


if __name__ == "__main__":
    unittest.main()
