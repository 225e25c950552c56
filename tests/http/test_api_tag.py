# test_api_tag.py: one tag or first message in the API
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import catalog_client as catalog
import contact_fixtures as book
import http_client as http


class Tag(catalog.Common, unittest.TestCase):
    plural = "tags"

    def test_contacts_follow(self):
        path, made = catalog.make("tags")
        c = book.make(tags=[made["name"]])
        new = http.unique("New")
        self.assertEqual(catalog.put(path, name=new).json["contacts"], 1)
        self.assertEqual(book.read(c)["tags"], [new])
        catalog.delete(path)
        self.assertEqual(book.read(c)["tags"], [])

    def test_first_message(self):
        path, made = catalog.make("tags", kind="first_message")
        self.assertEqual(book.api().get(path).json["kind"], "first_message")
        c = book.make(first_message=made["name"])
        new = http.unique("New")
        self.assertEqual(catalog.put(path, name=new).status, 200)
        self.assertEqual(book.read(c)["first_message"], new)
        self.assertEqual(catalog.delete(path).status, 200)
        self.assertEqual(book.read(c)["first_message"], "")


if __name__ == "__main__":
    unittest.main()
