# test_editors.py: several at one contact: members, imports, bulk changes
# SPDX-License-Identifier: MIT
"""An edit is opened, others change the contact, and then it is sent: what only
one changed stands, what two changed is asked, and nothing is lost silently."""
import concurrent.futures
import os
import sys
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import contact_fixtures as book
import http_client as http
import import_client as imports
import patience


class Editors(unittest.TestCase):
    def open(self, contact):
        path = f"/contacts/{contact['id']}/edit"
        return http.form_of(http.admin().get(path).page, action=path)

    def send(self, contact, form, **values):
        path = f"/contacts/{contact['id']}/edit"
        return http.admin().post(path, http.replaced(form, values))

    def run_import(self, contact, **values):
        head = ",".join(["Phone", *values])
        row = ",".join([contact["phone"], *values.values()])
        number = imports.imported(f"{head}\r\n{row}\r\n".encode(),
                                  format="generic")["id"]
        return number

    def bulk(self, contact, **values):
        answer = book.api().send("POST", "/api/v1/bulk", {
            "filter": {"phone": contact["phone"]}, **values})
        self.assertEqual(answer.status, 202, answer.text)
        until = time.monotonic() + patience.SECONDS
        while time.monotonic() < until:
            said = book.api().get(f"/api/v1/bulk/{answer.json['id']}").json
            if said["status"] == "done":
                return said
            time.sleep(0.05)
        self.fail(said)

    def test_an_import_changes_another_field(self):
        c = book.make(name="A", city="Pune")
        form = self.open(c)
        number = self.run_import(c, City="Agra")
        self.assertEqual(self.send(c, form, name="B").status, 303)
        now = book.read(c)
        self.assertEqual((now["name"], now["city"]), ("B", "Agra"))
        text = http.admin().get(f"/contacts/{c['id']}").page.one(
            class_="timeline").text()
        self.assertIn("row 2", text)
        link = next(a.get("href") for a in http.admin().get(
            f"/contacts/{c['id']}").page.all("a") if a.text() == "row 2")
        self.assertEqual(link, f"/imports/{number}/rows?row=2")
        self.assertIn("Agra", http.admin().get(link).page.text())
        revisions = book.api().get(
            f"/api/v1/contacts/{c['id']}/revisions").json["revisions"]
        self.assertEqual(revisions[1]["import"], number)

    def test_an_import_changes_the_same_field(self):
        c = book.make(name="A", city="Pune")
        form = self.open(c)
        self.run_import(c, City="Agra")
        answer = self.send(c, form, city="Delhi", area="X")
        self.assertEqual(answer.status, 409)
        box = answer.page.one(class_="conflict").text()
        for word in ("Agra", "Delhi", "was: Pune"):
            self.assertIn(word, box)
        self.assertEqual(book.read(c)["city"], "Agra")
        self.assertEqual(book.change(c, city="Delhi").json["current"]["city"],
                         "Agra")
        path = f"/contacts/{c['id']}/edit"
        form = http.form_of(answer.page, action=path)
        answer = http.admin().post(
            path, http.replaced(form, {"keep_city": "mine"}))
        self.assertEqual(answer.status, 303)
        now = book.read(c)
        self.assertEqual((now["city"], now["area"]), ("Delhi", "X"))

    def test_tags_of_an_import_and_a_bulk_change(self):
        a, b, d, e = sorted(http.unique("tag") for _ in range(4))
        c = book.make(name="A", tags=[a, b])
        form = self.open(c)
        self.run_import(c, Tags=d)
        book.api().send("POST", "/api/v1/tags", {"name": e})
        self.bulk(c, action="add_tags", tags=[e])
        self.bulk(c, action="remove_tags", tags=[b])
        self.assertEqual(self.send(c, form, name="B", tags=f"{a}, {b}, new")
                         .status, 303)
        now = book.read(c)
        self.assertEqual(now["name"], "B")
        self.assertEqual(sorted(now["tags"]), sorted([a, d, e, "new"]))

    def test_a_bulk_change_of_the_same_field(self):
        c = book.make(name="A", city="Pune")
        form = self.open(c)
        self.bulk(c, action="set", values={"city": "Agra"})
        answer = self.send(c, form, city="Delhi")
        self.assertEqual(answer.status, 409)
        self.assertIn("Agra", answer.page.one(class_="conflict").text())
        text = http.admin().get(f"/contacts/{c['id']}").page.one(
            class_="timeline").text()
        self.assertIn("Bulk change", text)
        link = next(a.get("href") for a in http.admin().get(
            f"/contacts/{c['id']}").page.all("a")
            if a.text().startswith("Bulk change"))
        self.assertEqual(http.admin().get(link).status, 200)

    def test_all_at_once(self):
        """An import of many rows runs while others edit the same people:
        every change stands, whoever came first."""
        people = [book.make(name=f"P{i}", city="Pune") for i in range(20)]
        rows = "".join(f"{c['phone']},Agra\r\n" for c in people)
        number = imports.started(f"Phone,City\r\n{rows}".encode(),
                                 format="generic")
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(
                lambda c: book.change(c, area="Edited"), people))
        self.assertEqual({a.status for a in answers}, {200})
        imports.wait(number)
        for c in people:
            now = book.read(c)
            self.assertEqual((now["city"], now["area"], now["version"]),
                             ("Agra", "Edited", 3))


if __name__ == "__main__":
    unittest.main()
