# test_settings.py: what an admin can set, and what is refused
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http


class Settings(unittest.TestCase):
    def send(self, **values):
        return http.admin().submit("/settings", values, action="/settings")

    def value(self, name):
        page = http.admin().get("/settings").page
        return dict(http.form_of(page, action="/settings"))[name]

    def test_shown(self):
        page = http.admin().get("/settings").page
        self.assertEqual(page.one("h1").text(), "Settings")
        self.assertEqual(page.one("a", class_="active").text(), "Settings")

    def test_change(self):
        before = self.value("name")
        name = http.unique("Book of tests")
        answer = self.send(name=name)
        self.assertEqual(answer.status, 303)
        page = http.admin().get("/settings").page
        self.assertIn(name, page.one("title").text())
        self.assertIn("saved", page.one(class_="flash").text())
        self.assertIsNone(http.admin().get("/settings").page
                          .one(class_="flash"))
        self.assertEqual(self.send(name=before).status, 303)

    def test_country(self):
        before = self.value("country")
        self.assertEqual(self.send(country="BR").status, 303)
        self.assertEqual(self.value("country"), "BR")
        self.assertEqual(self.send(country=before).status, 303)

    def test_trash(self):
        self.assertEqual(self.value("trash_days"), "30")
        self.assertEqual(self.value("trash_import"), "restore")
        self.assertEqual(self.send(trash_days="0", trash_import="skip")
                         .status, 303)
        self.assertEqual(self.value("trash_import"), "skip")
        self.assertEqual(self.send(trash_days="30", trash_import="restore")
                         .status, 303)

    def test_retention(self):
        for name, days in (("files_days", "365"), ("uploads_days", "30"),
                           ("messages_days", "0"), ("events_days", "90")):
            self.assertEqual(self.value(name), days)
            self.assertEqual(self.send(**{name: "3651"}).status, 422, name)
            self.assertEqual(self.send(**{name: "soon"}).status, 422, name)
            self.assertEqual(self.send(**{name: "3650"}).status, 303, name)
            self.assertEqual(self.value(name), "3650")
            self.assertEqual(self.send(**{name: days}).status, 303, name)

    def test_megabytes(self):
        before = self.value("size_limit")
        self.assertEqual(self.send(size_limit="60").status, 303)
        self.assertEqual(self.value("size_limit"), "60")
        self.assertEqual(self.send(size_limit=before).status, 303)

    def test_refused(self):
        for name, value in (
                ("name", ""), ("name", "x" * 81), ("country", "XX"),
                ("country", "in"), ("size_limit", "0"), ("size_limit", "-1"),
                ("size_limit", "1.5"), ("size_limit", "999999999999"),
                ("row_limit", "0"), ("row_limit", "many"),
                ("trash_days", "-1"), ("trash_days", "x"),
                ("trash_days", "3651"), ("trash_import", ""),
                ("trash_import", "restore skip"), ("trash_import", "x")):
            before = self.value(name)
            answer = self.send(**{name: value})
            self.assertEqual(answer.status, 422, (name, value))
            self.assertIsNotNone(answer.error(name), (name, value))
            self.assertIsNotNone(answer.page.one(id="error-summary"))
            if name not in ("country", "trash_import"):
                self.assertEqual(answer.page.one("input", name=name)
                                 .get("value"), value)
            self.assertEqual(self.value(name), before)

    def test_all_or_nothing(self):
        before = self.value("name")
        self.assertEqual(
            self.send(name="Another", row_limit="none").status, 422)
        self.assertEqual(self.value("name"), before)

    def test_roles(self):
        for role in ("viewer", "editor"):
            session = http.member(role)
            self.assertEqual(session.get("/settings").status, 403)
            self.assertEqual(
                session.post("/settings", {"name": "mine"}).status, 403)

    def test_escaped(self):
        before = self.value("name")
        self.assertEqual(self.send(name=http.PAYLOAD).status, 303)
        try:
            for path in ("/settings", "/team", "/logout", "/nothing"):
                answer = http.admin().get(path)
                self.assertEqual(answer.hostile(), [], path)
            self.assertIn(http.PAYLOAD,
                          answer.page.one("title").text())
        finally:
            self.assertEqual(self.send(name=before).status, 303)


if __name__ == "__main__":
    unittest.main()
