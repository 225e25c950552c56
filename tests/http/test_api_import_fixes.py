# test_api_import_fixes.py: corrections of a file through the API
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import import_client as imports

HEADER = ["Name", "Phone", "WhatsApp Opted"]


class ApiImportFixes(unittest.TestCase):
    def setUp(self):
        self.phones = [imports.phone() for _ in range(3)]
        self.number = imports.started(imports.table(
            HEADER, ["Ana", self.phones[0], "Yess"],
            ["Bo", "12", ""], ["Chi", "13", ""]), dry_run="true", format="generic")
        imports.checked(self.number)
        self.path = f"/api/v1/imports/{self.number}/fixes"

    def send(self, value):
        return http.Api().send("POST", self.path, value)

    def test_each_kind(self):
        answer = self.send({"column": "WhatsApp Opted", "from": "Yess",
                            "to": "TRUE"})
        self.assertEqual(answer.status, 201, answer.text)
        self.assertEqual(answer.json["ids"], [1])
        answer = self.send({"fixes": [
            {"row": 3, "column": 2, "value": self.phones[1]},
            {"row": 4, "leave_out": True}]})
        self.assertEqual(answer.status, 201, answer.text)
        self.assertEqual([(r["row"], r["outcome"])
                          for r in answer.json["rows"]],
                         [(3, "created"), (4, "skipped")])
        done = imports.checked(self.number)
        self.assertEqual((done["rows"]["created"], done["rows"]["skipped"],
                          done["rows"]["rejected"]), (2, 1, 0))
        fixes = http.Api().get(self.path).json["fixes"]
        self.assertEqual(
            [(f["id"], f["kind"], f["row"], f["column"], f["from"], f["to"],
              f["cells"]) for f in fixes],
            [(1, "value", None, "WhatsApp Opted", "Yess", "TRUE", 1),
             (2, "cell", 3, "Phone", "", self.phones[1], 1),
             (3, "out", 4, None, None, None, 0)])
        # A second correction of a cell takes the place of the first.
        answer = self.send({"row": 3, "column": "phone", "value": "12"})
        self.assertEqual(answer.json["ids"], [2])
        self.assertEqual(imports.checked(self.number)["rows"]["rejected"], 1)

    def test_bad_input(self):
        for value in (
                {}, [], {"row": 3}, {"row": 3, "column": "Phone"},
                {"row": 99, "leave_out": True},
                {"row": 0, "column": "Phone", "value": "x"},
                {"row": "3", "column": "Phone", "value": "x"},
                {"row": 3, "column": "Nothing", "value": "x"},
                {"row": 3, "column": 4, "value": "x"},
                {"row": 3, "column": "Phone", "value": "x" * 2001},
                {"column": "Phone", "from": "a", "to": "a"},
                {"column": "Phone", "from": "a" * 2001, "to": "b"},
                {"fixes": []}, {"fixes": {}}, {"fixes": [7]}):
            answer = self.send(value)
            self.assertEqual(answer.status, 422, (value, answer.text))
        answer = http.Api().ask("POST", self.path, "{",
                                {"Content-Type": "application/json"})
        self.assertEqual((answer.status, answer.json["error"]["code"]),
                         (400, "malformed"))
        self.assertEqual(http.Api().get(self.path).json["fixes"], [])
        self.assertEqual(http.Api().get(
            "/api/v1/imports/999999/fixes").status, 404)

    def test_only_before_the_start(self):
        self.send({"row": 3, "leave_out": True})
        imports.checked(self.number)
        http.Api().send("POST", f"/api/v1/imports/{self.number}/start",
                        {"consent": True})
        imports.wait(self.number)
        answer = self.send({"row": 4, "leave_out": True})
        self.assertEqual(answer.status, 409, answer.text)
        answer = http.Api().ask("DELETE", self.path + "/1")
        self.assertEqual(answer.status, 409, answer.text)
        self.assertEqual(len(http.Api().get(self.path).json["fixes"]), 1)


if __name__ == "__main__":
    unittest.main()
