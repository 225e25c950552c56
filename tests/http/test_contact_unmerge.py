# test_contact_unmerge.py: a merge is taken back from the timeline
# SPDX-License-Identifier: MIT
import datetime
import os
import sys
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import contact_fixtures as book
import http_client as http
import whatsapp as wa


def merged(**values):
    """Two contacts that became one, and the address of taking that back."""
    a, b = book.make(name="Ann", **values), book.make(name="Ann Berg")
    session = http.admin()
    path = f"/contacts/{a['id']}/merge"
    pairs = http.form_of(session.get(f"{path}?with={b['id']}").page,
                         action=path)
    answer = session.post(path, pairs)
    if answer.status != 303:
        raise AssertionError(answer.text)
    links = [x.get("href") for x in session.get(answer.location).page.all("a")
             if "/unmerge?job=" in x.get("href", "")]
    return a, b, links[0]


class Unmerge(unittest.TestCase):
    def send(self, path, session=None):
        session = session or http.admin()
        page = session.get(path).page
        action = path.split("?")[0]
        return session.post(action, http.form_of(page, action=action))

    def test_the_other_says_where_it_went(self):
        a, b, _ = merged()
        page = http.admin().get(f"/contacts/{b['id']}").page
        self.assertIsNotNone(page.one("main").one(
            "a", href=f"/contacts/{a['id']}"))
        self.assertIn("merged into", page.text())

    def test_there_and_back(self):
        a, b, path = merged()
        page = http.admin().get(path).page
        self.assertIn("went into", page.text())
        answer = self.send(path)
        self.assertEqual((answer.status, answer.location),
                         (303, f"/contacts/{a['id']}"))
        self.assertEqual(book.read(a)["name"], "Ann")
        self.assertEqual(book.read(b)["name"], "Ann Berg")
        page = http.admin().get(path).page
        self.assertIn("taken back", page.text())
        self.assertEqual(self.send(path).status, 303)
        self.assertEqual(book.read(a)["name"], "Ann Berg")

    def test_messages_that_came_since(self):
        """Last active is not put back behind a message of the contact, which
        can come late and so be older than what the merge left."""
        wa.set_up()
        now = int(time.time())
        numbers = wa.number(), wa.number()
        for number, ago in zip(numbers, (3000, 1000)):
            wa.send(wa.message(number, at=now - ago))
        a, b = [self.by_phone(n) for n in numbers]
        answer = book.api().send("POST", f"/api/v1/contacts/{a['id']}/merge", {
            "with": b["id"], "version": a["version"],
            "with_version": b["version"]})
        self.assertEqual(answer.status, 200, answer.text)
        self.assertEqual(book.read(a)["last_active"], b["last_active"])
        wa.send(wa.message(numbers[0], at=now - 2000))
        self.assertEqual(book.read(a)["last_active"], b["last_active"])
        answer = book.api().send(
            "POST", f"/api/v1/contacts/{a['id']}/unmerge",
            {"job": self.job_of(a)})
        self.assertEqual(answer.status, 200, answer.text)
        self.assertEqual(int(datetime.datetime.fromisoformat(
            book.read(a)["last_active"].replace("Z", "+00:00")).timestamp()),
            now - 2000)
        self.assertEqual(book.read(b)["last_active"], b["last_active"])

    def by_phone(self, number):
        (found,) = book.api().get(
            f"/api/v1/contacts?phone=%2B{number}").json["contacts"]
        return found

    def job_of(self, contact):
        return book.api().get(f"/api/v1/contacts/{contact['id']}/revisions"
                              ).json["revisions"][0]["job"]

    def test_what_is_kept_is_listed(self):
        a, _, path = merged()
        book.change(book.read(a), name="Somebody")
        answer = self.send(path)
        self.assertEqual((answer.status, answer.location), (303, path))
        page = http.admin().get(path).page
        self.assertIn("Name", page.one("section", aria_labelledby="kept")
                      .text())
        self.assertEqual(book.read(a)["name"], "Somebody")

    def test_twice(self):
        a, b, path = merged()
        action = path.split("?")[0]
        session = http.admin()
        pairs = http.form_of(session.get(path).page, action=action)
        self.assertEqual(session.post(action, pairs).status, 303)
        versions = book.read(a)["version"], book.read(b)["version"]
        answer = session.post(action, pairs)
        self.assertEqual(answer.status, 409)
        self.assertIn("meanwhile", answer.page.text())
        self.assertEqual(
            (book.read(a)["version"], book.read(b)["version"]), versions)

    def test_refused(self):
        a, _, path = merged()
        job = path.split("=")[1]
        other = book.make()
        for address in (f"/contacts/{a['id']}/unmerge",
                        f"/contacts/{a['id']}/unmerge?job=x",
                        f"/contacts/{a['id']}/unmerge?job=999999999999",
                        f"/contacts/{other['id']}/unmerge?job={job}"):
            self.assertEqual(http.admin().get(address).status, 404, address)
        answer = http.admin().post(f"/contacts/{other['id']}/unmerge",
                                   {"job": job, "last": job})
        self.assertEqual(answer.status, 404)
        answer = http.admin().post(f"/contacts/{a['id']}/unmerge",
                                   {"job": job})
        self.assertEqual(answer.status, 409, "without the last job")

    def test_viewer(self):
        a, _, path = merged()
        viewer = http.member("viewer")
        page = viewer.get(f"/contacts/{a['id']}").page
        self.assertFalse([x for x in page.all("a")
                          if "unmerge" in x.get("href", "")])
        self.assertEqual(viewer.get(path).status, 403)

    def test_hostile(self):
        _, _, path = merged(city=http.PAYLOAD, username=http.PAYLOAD)
        self.assertEqual(http.admin().get(path).hostile(), [])


if __name__ == "__main__":
    unittest.main()
