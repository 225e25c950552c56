# test_api_import_redo.py: the undo of an import is taken back by a program
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import import_client as imports
import undo_client as client


class ApiImportRedo(unittest.TestCase):
    def test_only_what_is_undone(self):
        number = imports.imported(imports.contacts())["id"]
        answer = client.ask(number, "redo")
        self.assertEqual(answer.status, 409)
        self.assertEqual(answer.json["error"]["code"], "not-undone")
        client.undo(number)
        answer = client.ask(number, "redo")
        self.assertEqual(answer.status, 202)
        self.assertEqual(answer.json["undo"]["kind"], "redo")
        done = client.wait_for(number, "done")
        self.assertEqual(done["undo"]["changed"], 3)
        self.assertTrue(client.is_sum(done["undo"]))
        self.assertEqual(client.ask(number, "redo").status, 409)

    def test_what_somebody_took_out_of_the_trash(self):
        """It is there already, with what somebody gave it."""
        phone = imports.phone()
        number = imports.imported(imports.table(
            ["Name", "Phone"], ["Ann", phone]))["id"]
        client.undo(number)
        again = imports.imported(imports.table(
            ["Name", "Phone"], ["Anna", phone]))
        self.assertEqual(again["status"], "done")
        redone = client.redo(number)["undo"]
        self.assertTrue(client.is_sum(redone), redone)
        self.assertEqual(client.by_phone(phone)["name"], "Anna")

    def test_unknown(self):
        self.assertEqual(client.ask(987654321, "redo").status, 404)


if __name__ == "__main__":
    unittest.main()
