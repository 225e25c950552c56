# test_campaigns.py: the campaigns of the book, and contacts in them
# SPDX-License-Identifier: MIT
import csv
import io
import os
import sys
import unittest
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import bulk_client as bulk
import contact_fixtures as book
import http_client as http
import patience


def add(name=None):
    name = name or http.unique("Campaign")
    answer = book.api().send("POST", "/api/v1/campaigns", {"name": name})
    if answer.status != 201:
        raise AssertionError(f"{answer.status}: {answer.text}")
    return name


def row(name, session=None):
    q = urllib.parse.quote(name)
    page = (session or http.admin()).get(f"/campaigns?q={q}").page
    table = page.one("tbody")
    return next((r for r in table.all("tr") if name in r.text()), None) \
        if table else None


def contacts(name):
    return row(name).one(data_label="Contacts").text()


def post(session=None, **values):
    """Asks again while imports or jobs of other tests run."""
    for _ in patience.moments():
        answer = (session or http.admin()).post("/campaigns", values)
        if answer.status != 422 or "Try again" not in answer.text:
            break
    return answer


class Page(unittest.TestCase):
    def test_life(self):
        name, other = http.unique("Grün"), http.unique("Other")
        self.assertEqual(post(action="add", name=f" {name} ").status, 303)
        self.assertEqual(contacts(name), "0")
        a = book.make(campaigns=[name])
        book.make(campaigns=[name.upper()])
        self.assertEqual(contacts(name), "2")
        page = http.admin().get(
            "/contacts?campaign=" + urllib.parse.quote(name)).page
        self.assertEqual(len(page.one("tbody").all("tr")), 2)
        self.assertEqual(post(action="rename", which=name,
                              new_name=other).status, 303)
        self.assertIsNone(row(name))
        self.assertEqual(book.read(a)["campaigns"], [other])
        page = http.admin().get(
            "/campaigns?delete=" + urllib.parse.quote(other)).page
        self.assertIn("2 contacts are in it", page.text())
        self.assertEqual(post(action="delete", which=other).status, 303)
        self.assertIsNone(row(other))
        self.assertEqual(book.read(a)["campaigns"], [])
        # One of the same name begins empty.
        add(other)
        self.assertEqual(contacts(other), "0")

    def test_refused(self):
        name = add()
        for values in ({"action": "add", "name": ""},
                       {"action": "add", "name": "a|b"},
                       {"action": "add", "name": "x" * 129},
                       {"action": "add", "name": name.lower()},
                       {"action": "rename", "which": name, "new_name": ""},
                       {"action": "rename", "which": name,
                        "new_name": add()}):
            answer = post(**values)
            self.assertEqual(answer.status, 422, values)
            field = "name" if values["action"] == "add" else "new_name"
            self.assertTrue(answer.error(field), values)
        for values in ({"action": "rename", "which": "nothing",
                        "new_name": "x"},
                       {"action": "delete", "which": "nothing"},
                       {"action": "nothing"}):
            self.assertEqual(post(**values).status, 404, values)
        self.assertIsNotNone(row(name))

    def test_viewer(self):
        name, viewer = add(), http.member("viewer")
        self.assertIsNotNone(row(name, viewer))
        self.assertIsNone(row(name, viewer).one("a", href=None)
                          if row(name, viewer).all("a") else None)
        self.assertEqual(post(viewer, action="delete",
                              which=name).status, 403)

    def test_escaped(self):
        name = http.PAYLOAD + http.unique("x")
        add(name)
        c = book.make(name="A", campaigns=[name])
        for path in ("/campaigns", f"/contacts/{c['id']}",
                     f"/contacts/{c['id']}/edit",
                     "/contacts?columns=name,campaigns&sort=updated_at"
                     "&dir=desc",
                     "/campaigns?delete=" + urllib.parse.quote(name),
                     "/contacts/bulk?all=1"):
            answer = http.admin().get(path)
            self.assertEqual(answer.status, 200, path)
            self.assertEqual(answer.hostile(), [], path)
        self.assertIn(name, http.admin().get(f"/contacts/{c['id']}")
                      .page.text())

    def test_not_while_a_filter_loses_it(self):
        name, new, segment = add(), http.unique("New"), http.unique("Seg")
        c = book.make(name="A", campaigns=[name])
        answer = book.api().send("POST", "/api/v1/segments", {
            "name": segment, "kind": "dynamic",
            "filter": {"campaign": name}})
        self.assertEqual(answer.status, 201, answer.text)
        post(action="rename", which=name, new_name=new)
        found = book.api().get("/api/v1/contacts?segment="
                               + urllib.parse.quote(segment)).json
        self.assertEqual([x["id"] for x in found["contacts"]], [c["id"]])


class OnContacts(unittest.TestCase):
    def form(self, c):
        path = f"/contacts/{c['id']}/edit"
        return http.form_of(http.admin().get(path).page, action=path)

    def send(self, c, form, **values):
        return http.admin().post(f"/contacts/{c['id']}/edit",
                                 http.replaced(form, values), csrf=False)

    def test_edit(self):
        a, b = sorted([http.unique("Camp a"), http.unique("Camp, b")])
        c = book.make(name="A", campaigns=[a])
        form = self.form(c)
        self.assertEqual(dict(form)["campaigns"], a)
        self.assertEqual(self.send(c, form).status, 303)
        self.assertEqual(book.read(c), c)
        self.assertEqual(self.send(c, form,
                                   campaigns=f"{a} | {b}").status, 303)
        self.assertEqual(book.read(c)["campaigns"], [a, b])
        page = http.admin().get(f"/contacts/{c['id']}").page
        self.assertIn(b, page.text())
        self.assertIn("Campaigns changed", page.one(id="timeline").text())
        answer = self.send(c, self.form(c), campaigns="x" * 129)
        self.assertEqual(answer.status, 422)
        self.assertTrue(answer.error("campaigns"))
        # Out again, and back to the version that had both.
        self.assertEqual(self.send(c, self.form(c), campaigns="").status, 303)
        self.assertEqual(book.read(c)["campaigns"], [])
        answer = book.api().send(
            "POST", f"/api/v1/contacts/{c['id']}/restore", {"version": 2})
        self.assertEqual(answer.status, 200, answer.text)
        self.assertEqual(book.read(c)["campaigns"], [a, b])

    def test_two_edits_at_once(self):
        a, b, x = (http.unique(n) for n in "abx")
        c = book.make(name="A", campaigns=[a, x])
        self.assertEqual(book.change(c, campaigns=[x]).status, 200)
        self.assertEqual(book.change(c, campaigns=[a, x, b]).status, 200)
        self.assertEqual(book.read(c)["campaigns"], sorted([b, x]))

    def test_api(self):
        a, b = sorted(http.unique(n) for n in "ab")
        c = book.make(campaigns=[b, f" {a} ", b.upper()])
        self.assertEqual(c["campaigns"], [a, b])
        self.assertEqual(book.change(c, name="B").json["campaigns"], [a, b])
        self.assertEqual(book.change(c, campaigns=c["campaigns"],
                                     name="C").status, 409)
        now = book.read(c)
        answer = book.change(now, campaigns=[])
        self.assertEqual(answer.json["campaigns"], [])
        for value in ("x", 7, [7], [""], ["a|b"], [None], {"a": 1}):
            answer = book.change(now, campaigns=value)
            self.assertEqual(answer.status, 422, value)
            self.assertIn("campaigns", answer.json["error"]["fields"])
        self.assertEqual(book.make(campaigns=[])["campaigns"], [])

    def test_filter(self):
        name, other = add(), add()
        city = http.unique("City")
        for n, held in (("a", [name]), ("b", [name, other]), ("c", [])):
            book.make(name=n, city=city, campaigns=held)

        def found(**params):
            return book.found(urllib.parse.urlencode(
                {"city": city, "sort": "name", **params}, doseq=True))

        self.assertEqual(found(campaign=name), ["a", "b"])
        self.assertEqual(found(campaign=name.upper()), ["a", "b"])
        self.assertEqual(found(campaign=[name, other]), ["b"])
        self.assertEqual(found(campaign="nothing"), [])
        self.assertEqual(found(where=f"campaign~none~{name}"), ["c"])
        self.assertEqual(found(where="campaign~empty"), ["c"])
        self.assertEqual(found(where="campaign~filled"), ["a", "b"])
        self.assertEqual(found(where=f"campaign~any~{name}~{other}"),
                         ["a", "b"])

    def test_no_tag_at_all(self):
        city = http.unique("City")
        for n, tags in (("a", [http.unique("t")]), ("b", [])):
            book.make(name=n, city=city, tags=tags)
        self.assertEqual(book.found(f"city={city}&where=tag~empty"), ["b"])
        self.assertEqual(book.found(f"city={city}&where=tag~filled"), ["a"])
        page = http.admin().get(
            f"/contacts?city={city}&where=tag~empty&filter=1").page
        self.assertIn("Tag has none at all", page.text())
        self.assertEqual(len(page.one("tbody").all("tr")), 1)
        for bad in ("tag~empty~x", "segment~empty"):
            self.assertEqual(book.api().get(
                f"/api/v1/contacts?where={bad}").status, 422)

    def test_columns_sorting_export(self):
        city = http.unique("City")
        a, b = sorted(http.unique(n) for n in "ab")
        for n, held in (("1", [b]), ("2", [a, b]), ("3", [])):
            book.make(name=n, city=city, campaigns=held)
        self.assertEqual(book.found(f"city={city}&sort=campaigns"),
                         ["3", "2", "1"])
        names, after = [], ""
        while after is not None:
            page = book.api().get(
                f"/api/v1/contacts?city={city}&sort=campaigns&limit=1"
                f"&after={urllib.parse.quote(after)}").json
            names += [c["name"] for c in page["contacts"]]
            after = page["next"]
        self.assertEqual(names, ["3", "2", "1"])
        page = http.admin().get(
            f"/contacts?city={city}&columns=name,campaigns&sort=name").page
        self.assertIn(a, page.one("tbody").all("tr")[1].text())
        answer = book.api().get("/api/v1/contacts/export.csv?sort=name"
                                f"&city={city}&columns=name,campaigns")
        rows = list(csv.reader(io.StringIO(answer.body.decode("utf-8-sig"))))
        self.assertEqual(rows, [["Name", "Campaigns"], ["1", b],
                                ["2", f"{a}|{b}"], ["3", ""]])


class Kept(unittest.TestCase):
    """Through the trash, merges and undos."""

    def test_trash(self):
        name = add()
        c = book.make(campaigns=[name])
        path = f"/api/v1/contacts/{c['id']}"
        book.api().send("DELETE", path, None)
        self.assertEqual(contacts(name), "0")
        book.api().send("POST", path + "/restore", {})
        self.assertEqual(book.read(c)["campaigns"], [name])
        self.assertEqual(contacts(name), "1")
        book.api().send("DELETE", path + "?purge=true", None)
        self.assertEqual(contacts(name), "0")

    def test_merge_and_unmerge(self):
        a, b = add(), add()
        one, other = book.make(campaigns=[a]), book.make(campaigns=[b])
        answer = book.api().send(
            "POST", f"/api/v1/contacts/{one['id']}/merge", {
                "with": other["id"], "version": one["version"],
                "with_version": other["version"]})
        self.assertEqual(answer.status, 200, answer.text)
        self.assertEqual(book.read(one)["campaigns"], sorted([a, b]))
        self.assertEqual((contacts(a), contacts(b)), ("1", "1"))
        # The other one alone comes back with what it had.
        answer = book.api().send(
            "POST", f"/api/v1/contacts/{other['id']}/restore", {})
        self.assertEqual(answer.status, 200, answer.text)
        self.assertEqual(book.read(other)["campaigns"], [b])

    def test_bulk_and_undo(self):
        name = http.unique("Campaign")
        source, people = bulk.people(3)
        book.change(people[0], campaigns=[name])
        found = bulk.done(filter={"source": source},
                          action="add_to_campaign", campaign=name)
        self.assertEqual(bulk.numbers(found), (3, 2, 1, 0))
        for p in people:
            self.assertEqual(book.read(p)["campaigns"], [name])
        answer = book.api().send("POST", f"/api/v1/bulk/{found['id']}/undo",
                                 {})
        bulk.wait(answer.json["id"])
        self.assertEqual([book.read(p)["campaigns"] for p in people],
                         [[name], [], []])
        found = bulk.done(filter={"source": source},
                          action="remove_from_campaign", campaign=name)
        self.assertEqual(bulk.numbers(found), (3, 1, 2, 0))
        answer = book.api().send("POST", f"/api/v1/bulk/{found['id']}/undo",
                                 {})
        bulk.wait(answer.json["id"])
        self.assertEqual(book.read(people[0])["campaigns"], [name])

    def test_bulk_refused(self):
        source, _ = bulk.people(1)
        for action, campaign in (("add_to_campaign", ""),
                                 ("add_to_campaign", "a|b"),
                                 ("remove_from_campaign", "nothing there")):
            answer = bulk.ask(filter={"source": source}, action=action,
                              campaign=campaign)
            self.assertEqual(answer.status, 422, action)
            self.assertIn("campaign", answer.json["error"]["fields"])

    def test_bulk_page(self):
        name = http.unique("Campaign")
        source, people = bulk.people(2)
        query = urllib.parse.urlencode({
            "where": f"source={source}", "do": "add_to_campaign",
            "campaign": name})
        page = http.admin().get("/contacts/bulk?" + query).page
        self.assertIn(f"Add to the campaign {name}", page.text())
        form = http.form_of(page, action="/contacts/bulk", method="post")
        answer = http.admin().post("/contacts/bulk", form, csrf=False)
        self.assertEqual(answer.status, 303, answer.text)
        bulk.wait(int(answer.location.rsplit("/", 1)[1]))
        self.assertEqual(book.read(people[1])["campaigns"], [name])
        answer = http.admin().get(f"/contacts/bulk?where=source%3D{source}"
                                  "&do=remove_from_campaign&campaign_off=x")
        self.assertEqual(answer.status, 422)
        self.assertTrue(answer.error("campaign_off"))


if __name__ == "__main__":
    unittest.main()
