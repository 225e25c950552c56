# test_api_attribute.py: one attribute in the API
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import catalog_client as catalog
import contact_fixtures as book
import http_client as http


class Attribute(catalog.Common, unittest.TestCase):
    plural = "attributes"

    def test_contacts_follow(self):
        path, made = catalog.make("attributes", type="NUMBER", label="Worth")
        c = book.make(attributes={made["name"]: 7})
        new = http.unique("New")
        answer = catalog.put(path, name=new)
        self.assertEqual((answer.json["type"], answer.json["label"]),
                         ("NUMBER", "Worth"))
        self.assertEqual(book.read(c)["attributes"], {new: 7})
        answer = catalog.put(path, type="TEXT")
        self.assertEqual(answer.status, 422, answer.text)
        self.assertIn("1 contact has", answer.json["error"]["fields"]["type"])
        self.assertEqual(catalog.put(path, label="").json["label"], "")
        catalog.delete(path)
        self.assertEqual(book.read(c)["attributes"], {})

    def test_type(self):
        path, _ = catalog.make("attributes")
        self.assertEqual(catalog.put(path, type="date").json["type"], "DATE")
        self.assertEqual(catalog.put(path, type="WORD").status, 422)


if __name__ == "__main__":
    unittest.main()
