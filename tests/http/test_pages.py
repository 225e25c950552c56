# test_pages.py: what holds for every page: valid, labelled, in the frame
# SPDX-License-Identifier: MIT
import os
import re
import shutil
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.dirname(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
from test_guard import PAGES

# The checker is older than these attributes.
NEWER = re.compile(r"proprietary attribute \"(aria-\w+|inputmode|autocomplete|"
                   r"enterkeyhint|loading|popover\w*)\"")


def shown():
    """(path, answer) of each page that has one address, as an admin sees it,
    and of an error."""
    for kind, path, methods, _ in PAGES:
        if kind == "PAGE" and "GET" in methods and "9999" not in path \
                and path != "/login":
            yield path, http.admin().get(path)
    yield "/nothing", http.admin().get("/nothing")
    yield "/login", http.Session().get("/login")


class Pages(unittest.TestCase):
    where = ""

    def _formatMessage(self, msg, standardMsg):
        return f"{self.where}: {super()._formatMessage(msg, standardMsg)}"

    def each(self):
        for path, answer in shown():
            self.where = path
            yield answer, answer.page

    def test_head(self):
        for answer, page in self.each():
            self.assertEqual(page.one("html").get("lang"), "en")
            self.assertEqual(len(page.all("h1")), 1)
            self.assertEqual(len(page.all("main")), 1)
            title = page.one("title").text()
            first = page.one("h1").text().split(" ")[0]
            self.assertIn(first, title)

    def test_policy(self):
        """Nothing that the Content-Security-Policy would refuse."""
        for answer, page in self.each():
            for script in page.all("script"):
                self.assertTrue(script.get("src").startswith("/static/"))
            self.assertEqual(page.all("style"), [])
            for node in page.all():
                for name in node.attributes:
                    self.assertFalse(name.startswith("on"), node.name)
                    self.assertNotEqual(name, "style")

    def test_labels(self):
        for answer, page in self.each():
            labels = {label.get("for") for label in page.all("label")}
            for node in page.all("input") + page.all("select") + \
                    page.all("textarea"):
                if node.get("type") in ("hidden", "submit") or \
                        "hidden" in node.attributes:
                    continue
                within = node.parent
                while within and within.name != "label":
                    within = within.parent
                self.assertTrue(
                    node.get("id") in labels or node.get("aria-label") or
                    node.get("aria-labelledby") or within,
                    node.get("name"))

    def test_ids(self):
        for answer, page in self.each():
            ids = [n.get("id") for n in page.all() if n.get("id")]
            self.assertEqual(len(ids), len(set(ids)))
            for node in page.all():
                for name in ("aria-describedby", "aria-labelledby", "for",
                             "aria-controls"):
                    for target in (node.get(name) or "").split():
                        self.assertIn(target, ids, name)

    def test_forms(self):
        for answer, page in self.each():
            for form in page.all("form"):
                if form.get("method", "get").lower() == "post":
                    self.assertIsNotNone(form.one("input", name="csrf"))

    @unittest.skipUnless(shutil.which("tidy"), "tidy is not installed")
    def test_valid(self):
        for answer, page in self.each():
            run = subprocess.run(
                ["tidy", "-q", "-e", "--drop-empty-elements", "no"],
                input=answer.body, capture_output=True, check=False)
            faults = [line for line in run.stderr.decode().splitlines()
                      if not NEWER.search(line)]
            self.assertEqual(faults, [])


if __name__ == "__main__":
    unittest.main()
