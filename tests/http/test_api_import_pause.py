# test_api_import_pause.py: an import is stopped for now by a program
# SPDX-License-Identifier: MIT
import os
import sys
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import import_client as imports
import undo_client as client


class ApiImportPause(unittest.TestCase):
    def test_paused_and_resumed(self):
        number = client.big()
        answer = client.ask(number, "pause")
        self.assertEqual(answer.status, 202)
        state = client.wait_for(number, "paused", "done")
        if state["status"] == "done":
            self.skipTest("it was faster than the pause")
        self.assertLess(state["rows"]["read"], 40000)
        time.sleep(0.5)
        self.assertEqual(client.state(number)["rows"], state["rows"])
        self.assertEqual(client.ask(number, "pause").status, 409)
        answer = client.ask(number, "resume")
        self.assertEqual(answer.status, 202)
        done = client.wait_for(number, "done")
        self.assertEqual(done["rows"]["created"], 40000)

    def test_cancelled_while_paused(self):
        number = client.big()
        client.ask(number, "pause")
        state = client.wait_for(number, "paused", "done")
        if state["status"] == "done":
            self.skipTest("it was faster than the pause")
        answer = client.ask(number, "cancel")
        self.assertEqual(answer.status, 202)
        self.assertEqual(answer.json["status"], "cancelled")
        self.assertEqual(client.ask(number, "resume").status, 409)

    def test_waiting(self):
        first, second = client.big(), client.big(2000)
        client.ask(first, "pause")
        client.ask(second, "pause")
        client.wait_for(second, "paused", "done")
        client.wait_for(first, "paused", "done")
        for number in (first, second):
            client.ask(number, "resume")
            client.wait_for(number, "done")

    def test_not_running(self):
        for number in (imports.uploaded(imports.contacts()),
                       imports.imported(imports.contacts())["id"]):
            answer = client.ask(number, "pause")
            self.assertEqual(answer.status, 409)
            self.assertEqual(answer.json["error"]["code"], "not-running")
        self.assertEqual(client.ask(987654321, "pause").status, 404)


if __name__ == "__main__":
    unittest.main()
