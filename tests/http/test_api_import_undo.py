# test_api_import_undo.py: an import is taken back by a program
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import import_client as imports
import undo_client as client


class ApiImportUndo(unittest.TestCase):
    def test_one_after_the_other(self):
        """The places that a later import gave are gone with its undo, and
        nobody's change: the earlier one takes its contacts away."""
        new, trashed = imports.phone(), imports.phone()
        old = client.made("Ann", trashed)["id"]
        http.Api().ask("DELETE", f"/api/v1/contacts/{old}")
        numbers = [imports.imported(
            imports.table(["Name", "Phone"], [name, new], [name, trashed]),
            segment=http.unique("undo"))["id"] for name in ("Bea", "Bea", "B")]
        for number in reversed(numbers):
            undone = client.undo(number)["undo"]
            self.assertTrue(client.is_sum(undone), undone)
            self.assertEqual((undone["changed"], undone["kept"]), (2, 0))
        self.assertIsNone(client.by_phone(new))
        self.assertIsNone(client.by_phone(trashed))

    def test_all_goes_back(self):
        old, new = imports.phone(), imports.phone()
        segment = http.unique("undo")
        before = client.made("Ann", old, city="Bari", tags=["kept"],
                             attributes={})
        number = imports.imported(imports.table(
            ["Name", "Phone", "City", "Tags"],
            ["Anna", old, "Rome", "hot"], ["Bea", new, "", "hot"]),
            segment=segment)["id"]
        self.assertEqual(client.in_segment(segment), 2)
        after = client.by_phone(old)
        self.assertEqual(after["name"], "Anna")

        answer = client.ask(number, "undo")
        self.assertEqual(answer.status, 202)
        self.assertIn(answer.json["status"], ("undoing", "undone"))
        undone = client.wait_for(number, "undone")
        self.assertEqual(undone["undo"]["changed"], 2)
        self.assertTrue(client.is_sum(undone["undo"]), undone["undo"])
        self.assertEqual(undone["rows"]["created"], 1)
        self.assertEqual(client.same(client.by_phone(old)),
                         client.same(before))
        self.assertIsNone(client.by_phone(new))
        self.assertEqual(client.in_segment(segment), 0)

        client.redo(number)
        self.assertEqual(client.same(client.by_phone(old)),
                         client.same(after))
        self.assertEqual(client.by_phone(new)["tags"], ["hot"])
        self.assertEqual(client.in_segment(segment), 2)
        client.undo(number)
        self.assertEqual(client.same(client.by_phone(old)),
                         client.same(before))
        self.assertIsNone(client.by_phone(new))
        self.assertEqual(client.in_segment(segment), 0)

    def test_what_somebody_changed_is_kept(self):
        old, new, other = (imports.phone() for _ in range(3))
        client.made("Ann", old, city="Bari")
        number = imports.imported(imports.table(
            ["Name", "Phone", "City"], ["Anna", old, "Rome"],
            ["Bea", new, "Pisa"], ["Cleo", other, "Pisa"]))["id"]
        client.edit(client.by_phone(old)["id"], city="Turin")
        client.edit(client.by_phone(new)["id"], tags=["hot"])
        undone = client.undo(number)["undo"]
        self.assertTrue(client.is_sum(undone), undone)
        self.assertEqual((undone["changed"], undone["kept"]), (1, 2))
        ann = client.by_phone(old)
        self.assertEqual((ann["name"], ann["city"]), ("Ann", "Turin"))
        self.assertEqual(client.by_phone(new)["tags"], ["hot"])
        self.assertIsNone(client.by_phone(other))

    def test_a_number_that_is_taken_now_stays(self):
        old, changed, user = imports.phone(), imports.phone(), http.unique("u")
        ann = client.made("Ann", old, user_id=user)
        number = imports.imported(imports.table(
            ["User ID", "Phone", "Name"], [user, changed, "Anna"]),
            key="user_id")["id"]
        self.assertEqual(client.by_phone(changed)["id"], ann["id"])
        client.made("Zoe", old)
        undone = client.undo(number)["undo"]
        self.assertEqual(undone["kept"], 1)
        ann = client.by_phone(changed)
        self.assertEqual((ann["id"], ann["name"]), (ann["id"], "Ann"))

    def test_numbers_that_changed_places(self):
        one, two = imports.phone(), imports.phone()
        x, y = http.unique("x"), http.unique("y")
        client.made("One", one, user_id=x)
        client.made("Two", two, user_id=y)
        number = imports.imported(imports.table(
            ["User ID", "Phone"], [x, imports.phone()], [y, one], [x, two]),
            key="user_id")["id"]
        self.assertEqual(client.by_phone(one)["name"], "Two")
        client.undo(number)
        self.assertEqual(client.by_phone(one)["name"], "One")
        self.assertEqual(client.by_phone(two)["name"], "Two")
        client.redo(number)
        self.assertEqual(client.by_phone(one)["name"], "Two")

    def test_a_number_that_went_to_a_new_contact(self):
        """It comes back: the one in the trash gives it up."""
        one, x, y = imports.phone(), http.unique("x"), http.unique("y")
        client.made("One", one, user_id=x)
        number = imports.imported(imports.table(
            ["User ID", "Phone", "Name"], [x, imports.phone(), "One"],
            [y, one, "New"]), key="user_id")["id"]
        self.assertEqual(client.by_phone(one)["name"], "New")
        client.undo(number)
        self.assertEqual(client.by_phone(one)["name"], "One")
        client.redo(number)
        self.assertEqual(client.by_phone(one)["name"], "New")

    def test_two_imports_in_any_order(self):
        for first in (0, 1):
            number = imports.phone()
            before = client.made("Ann", number)
            ids = [imports.imported(imports.table(
                ["Phone", field], [number, "Rome"]))["id"]
                for field in ("City", "Area")]
            client.undo(ids[first])
            client.undo(ids[1 - first])
            self.assertEqual(client.same(client.by_phone(number)),
                             client.same(before))

    def test_a_contact_that_another_import_changed_stays(self):
        number = imports.phone()
        first = imports.imported(imports.table(
            ["Name", "Phone"], ["Ann", number]))["id"]
        second = imports.imported(imports.table(
            ["Name", "Phone"], ["Anna", number]))["id"]
        self.assertEqual(client.undo(first)["undo"]["kept"], 1)
        self.assertEqual(client.by_phone(number)["name"], "Anna")
        client.undo(second)
        self.assertEqual(client.by_phone(number)["name"], "Ann")

    def test_twice(self):
        number = imports.imported(imports.contacts())["id"]
        self.assertEqual(client.ask(number, "undo").status, 202)
        answer = client.ask(number, "undo")
        self.assertEqual(answer.status, 409)
        self.assertEqual(answer.json["error"]["code"], "not-undoable")
        client.wait_for(number, "undone")
        self.assertEqual(client.ask(number, "undo").status, 409)
        self.assertEqual(client.ask(number, "cancel").status, 409)

    def test_not_finished_or_nothing_written(self):
        for number in (imports.uploaded(imports.contacts()),
                       imports.imported(imports.table(
                           ["Name", "Phone"], ["x", "no number"]))["id"]):
            self.assertEqual(client.ask(number, "undo").status, 409)
        checked = imports.started(imports.contacts(), dry_run="true",
                                  consent=None)
        imports.checked(checked)
        self.assertEqual(client.ask(checked, "undo").status, 409)
        client.ask(checked, "cancel")
        self.assertEqual(client.ask(checked, "undo").status, 409)

    def test_cancelled(self):
        number = client.big()
        client.ask(number, "cancel")
        state = client.wait_for(number, "cancelled", "done")
        wrote = state["rows"]["created"]
        if not wrote:
            self.assertEqual(client.ask(number, "undo").status, 409)
            return
        undone = client.undo(number)
        self.assertEqual(undone["undo"]["changed"], wrote)
        self.assertTrue(client.is_sum(undone["undo"]))
        self.assertEqual(client.redo(number)["status"], state["status"])

    def test_while_another_runs(self):
        number = imports.imported(imports.contacts())["id"]
        other = client.big(20000)
        self.assertEqual(client.undo(number)["undo"]["changed"], 3)
        self.assertEqual(imports.wait(other)["rows"]["created"], 20000)

    def test_unknown(self):
        self.assertEqual(client.ask(987654321, "undo").status, 404)


if __name__ == "__main__":
    unittest.main()
