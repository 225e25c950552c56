# test_team.py: members come, change and go
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http


def number_of(row):
    return row.one("a").get("href").partition("change=")[2]


def row_of(email):
    """The table's row of a member, and their number."""
    page = http.admin().get("/team").page
    for row in page.one("tbody").all("tr"):
        if email in row.text():
            return row, number_of(row)
    raise AssertionError(f"{email} is not in the team")


def change(email, action, **values):
    _, number = row_of(email)
    return http.admin().post(
        "/team", {"action": action, "id": number, **values})


class Team(unittest.TestCase):
    def test_add(self):
        name = http.unique("Grace")
        email, password = http.make_member("editor", name)
        flash = http.admin().get("/team").page.one(class_="flash").text()
        self.assertIn(name, flash)
        row, _ = row_of(email)
        self.assertIn("Editor", row.text())
        self.assertIn("never", row.text())
        http.logged_in(email, password)
        self.assertNotIn("never", row_of(email)[0].text())

    def test_rename(self):
        email, _ = http.make_member("viewer")
        name = http.unique("Renamed")
        self.assertEqual(change(email, "name", name=name).status, 303)
        self.assertIn(name, row_of(email)[0].text())
        answer = change(email, "name", name="")
        self.assertEqual(answer.status, 422)
        self.assertIsNotNone(answer.error("new_name"))
        self.assertIn(name, row_of(email)[0].text())

    def test_add_refused(self):
        taken, _ = http.make_member("viewer")
        good = {"name": "A", "email": http.unique("a") + "@example.com",
                "password": "long enough", "role": "viewer"}
        for field, value in (
                ("name", ""), ("name", "x" * 101), ("name", "a\nb"),
                ("email", ""), ("email", "nobody"), ("email", "a b@c.de"),
                ("email", taken), ("email", taken.upper()),
                ("password", "too short"), ("password", ""),
                ("password", "x" * 257), ("role", ""), ("role", "owner")):
            answer = http.admin().post(
                "/team", {"action": "add", **good, field: value})
            self.assertEqual(answer.status, 422, (field, value))
            self.assertIsNotNone(answer.error(field), (field, value))
            form = answer.page.all("form", class_="narrow")[-1]
            for kept in ("name", "email"):
                if kept != field:
                    self.assertEqual(form.one("input", name=kept)
                                     .get("value"), good[kept])
            self.assertEqual(form.one("input", name="password")
                             .get("value"), "")

    def test_disable_and_enable(self):
        email, password = http.make_member("editor")
        session = http.logged_in(email, password)
        self.assertEqual(session.get("/logout").status, 200)
        self.assertEqual(change(email, "disable").status, 303)
        self.assertEqual(session.get("/logout").status, 303)
        self.assertEqual(http.Session().login(email, password).status, 422)
        self.assertEqual(change(email, "enable").status, 303)
        http.logged_in(email, password)

    def test_role(self):
        email, password = http.make_member("viewer")
        session = http.logged_in(email, password)
        self.assertEqual(session.get("/team").status, 403)
        self.assertEqual(change(email, "role", role="admin").status, 303)
        self.assertEqual(session.get("/team").status, 200)
        self.assertEqual(change(email, "role", role="viewer").status, 303)
        self.assertEqual(session.get("/team").status, 403)
        self.assertEqual(change(email, "role", role="god").status, 422)

    def test_password(self):
        email, password = http.make_member("viewer")
        session = http.logged_in(email, password)
        answer = change(email, "password", password="short")
        self.assertEqual(answer.status, 422)
        self.assertIn("at least 10", answer.error("new_password"))
        self.assertEqual(session.get("/logout").status, 200)
        new = "another password"
        self.assertEqual(change(email, "password", password=new).status, 303)
        self.assertEqual(session.get("/logout").status, 303)
        self.assertEqual(http.Session().login(email, password).status, 422)
        http.logged_in(email, new)

    def test_last_admin(self):
        """Only holds where the first admin is the only one, which other tests
        of this instance may change meanwhile; so every other one goes first."""
        page = http.admin().get("/team").page
        for row in page.one("tbody").all("tr"):
            if "Admin" in row.one("td", data_label="Role").text() and \
                    "active" in row.text() and "(you)" not in row.text():
                http.admin().post("/team", {
                    "action": "disable",
                    "id": number_of(row)})
        for action, values in (("disable", {}), ("role", {"role": "editor"})):
            answer = change(http.ADMIN_EMAIL, action, **values)
            self.assertEqual(answer.status, 422)
            self.assertIn("only admin", answer.page.one(
                id="error-summary").text())
            self.assertIsNotNone(answer.page.one(id="change-title"))
        self.assertEqual(http.admin().get("/team").status, 200)

    def test_panel(self):
        email, _ = http.make_member("editor")
        row, number = row_of(email)
        page = http.admin().get("/team?change=" + number).page
        self.assertIn(email, page.one("section", class_="panel").text())
        self.assertEqual(page.one("select", id="new_role").one(
            "option", selected="").get("value"), "editor")
        for other in ("", "0", "999999999", "x"):
            page = http.admin().get("/team?change=" + other).page
            self.assertIsNone(page.one(id="change-title"))

    def test_nobody(self):
        for number in ("999999999", "0", "x", "-1", "1" * 30):
            answer = http.admin().post(
                "/team", {"action": "disable", "id": number})
            self.assertEqual(answer.status, 404, number)
        answer = change(http.ADMIN_EMAIL, "explode")
        self.assertEqual(answer.status, 404)

    def test_roles(self):
        for role in ("viewer", "editor"):
            session = http.member(role)
            self.assertEqual(session.get("/team").status, 403)
            answer = session.post("/team", {
                "action": "add", "name": "x", "email": "x@example.com",
                "password": "long enough", "role": "admin"})
            self.assertEqual(answer.status, 403)
            nav = [a.text() for a in
                   session.get("/logout").page.one("nav").all("a")]
            self.assertNotIn("Team", nav)

    def test_escaped(self):
        email, _ = http.make_member(
            "viewer", http.PAYLOAD + http.unique("Z"))
        answer = http.admin().get("/team")
        self.assertEqual(answer.hostile(), [])
        _, number = row_of(email)
        answer = http.admin().get("/team?change=" + number)
        self.assertEqual(answer.hostile(), [])
        self.assertEqual(change(email, "disable").status, 303)
        self.assertEqual(http.admin().get("/team").hostile(), [])


if __name__ == "__main__":
    unittest.main()
