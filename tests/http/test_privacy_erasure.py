# test_privacy_erasure.py: what an erasure took away
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import import_client as imports
import privacy_client as privacy


class PrivacyErasure(unittest.TestCase):
    def test_done(self):
        phone = imports.phone()
        number = imports.started(imports.table(
            ["Name", "Phone"], ["Ana", phone]), format="generic")
        imports.wait(number)
        erased = privacy.erased(phone=phone)
        answer = http.admin().get(f"/privacy/erasures/{erased['id']}")
        self.assertEqual(answer.status, 200)
        told = {n.one("span", class_="number-label").text():
                n.one("span", class_="number-value").text()
                for n in answer.page.all("div", class_="number")}
        self.assertEqual((told["contacts"], told["rows of files"]),
                         ("1", "1"))
        self.assertNotIn(phone, answer.text)
        self.assertIn("2 cells of the file were overwritten",
                      http.admin().get(f"/imports/{number}").text)

    def test_nobody(self):
        self.assertEqual(
            http.admin().get("/privacy/erasures/999999999").status, 404)
        self.assertEqual(
            http.member("editor").get("/privacy/erasures/1").status, 403)


if __name__ == "__main__":
    unittest.main()
