# test_api_import_resume.py: a paused import goes on, by a program
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import import_client as imports
import undo_client as client


class ApiImportResume(unittest.TestCase):
    def test_not_paused(self):
        for number in (imports.uploaded(imports.contacts()),
                       imports.imported(imports.contacts())["id"]):
            answer = client.ask(number, "resume")
            self.assertEqual(answer.status, 409)
            self.assertEqual(answer.json["error"]["code"], "not-paused")
        self.assertEqual(client.ask(987654321, "resume").status, 404)

    def test_a_small_one_does_not_wait_for_a_big_one(self):
        big = client.big(150000)
        client.wait_for(big, "running", "done")
        small = imports.started(imports.contacts(10))
        client.wait_for(small, "done")
        self.assertIn(client.state(big)["status"],
                      ("running", "queued", "done"))
        done = client.wait_for(big, "done")
        self.assertEqual(done["rows"]["created"], 150000)


if __name__ == "__main__":
    unittest.main()
