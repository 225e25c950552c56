# test_refusals.py: files that are refused as a whole, by page and by program
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import import_client as imports

META = ("user.username,user.phone_no,user.email,user.first_name,"
        "user.last_name,user.title,user.account")
LIST = {"format": "metahumans", "country": "IN", "segment": "Refused"}
ROW = b"\r\nu1,919876543210,,,,,\r\n"


def cases(attribute):
    """code: file, fields, a word that the message has to name."""
    return {
        "empty-file": (b"", {}, "empty"),
        "too-large": (imports.contacts(3), {"size_limit": "20"}, "limit"),
        "too-many-rows": (imports.contacts(3), {"row_limit": "2"}, "3"),
        "not-text": (b"PK\x03\x04" + bytes(200), {}, "CSV"),
        "encoding": ("Name,Phone\r\nZoë,+393471234567\r\n".encode() +
                     b"Jos\xe9,+393471234568\r\n", {}, "3"),
        "header-order": (META.replace("user.email,", "").encode() + ROW,
                         LIST, "user.email"),
        "attribute-type-unknown": (
            META.encode() + b",size||LENGTH\r\nu1,919876543210,,,,,,4\r\n",
            LIST, "LENGTH"),
        "attribute-type-conflict": (
            f"{META},{attribute}||TEXT\r\nu1,919876543210,,,,,,4\r\n"
            .encode(), LIST, "NUMBER"),
        "unterminated-quote": (b'Name,Phone\r\n"Ada,+393471234567\r\n', {},
                               "2"),
    }


class Refusals(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        name = http.unique("size")
        answer = http.Api().send("POST", "/api/v1/attributes",
                                 {"name": name, "type": "NUMBER"})
        assert answer.status == 201, answer.text
        cls.cases = cases(name)

    def test_by_the_api(self):
        before = imports.newest()
        for code, (data, fields, word) in self.cases.items():
            with self.subTest(code=code):
                answer = imports.post(data, **fields)
                self.assertEqual(answer.status,
                                 413 if code == "too-large" else 422)
                self.assertEqual(answer.json["error"]["code"], code)
                self.assertIn(word, answer.json["error"]["message"])
        self.assertEqual(imports.newest(), before)

    def test_by_the_page(self):
        before = imports.newest()
        for code, (data, fields, word) in self.cases.items():
            with self.subTest(code=code):
                rules = {f"rule_{n}": v for n, v in fields.items()
                         if n.endswith("_limit")}
                answer = imports.upload(data, **(rules or fields))
                self.assertEqual(answer.status,
                                 413 if code == "too-large" else 422)
                text = answer.page.text()
                self.assertIn(code, text)
                self.assertIn(word, text)
                self.assertIn("What you can do", text)
        self.assertEqual(imports.newest(), before)


if __name__ == "__main__":
    unittest.main()
