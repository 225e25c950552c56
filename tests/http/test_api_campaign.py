# test_api_campaign.py: one campaign in the API
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import catalog_client as catalog
import contact_fixtures as book
import http_client as http


class Campaign(catalog.Common, unittest.TestCase):
    plural = "campaigns"

    def test_contacts_follow(self):
        path, made = catalog.make("campaigns")
        c = book.make(campaigns=[made["name"]])
        new = http.unique("New")
        self.assertEqual(catalog.put(path, name=new).json["contacts"], 1)
        self.assertEqual(book.read(c)["campaigns"], [new])
        catalog.delete(path)
        self.assertEqual(book.read(c)["campaigns"], [])


if __name__ == "__main__":
    unittest.main()
