# test_contacts_bulk.py: choosing contacts, looking, changing them together
# SPDX-License-Identifier: MIT
import os
import sys
import unittest
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import bulk_client as bulk
import contact_fixtures as book
import http_client as http


def get(**params):
    return http.admin().get(
        "/contacts/bulk?" + urllib.parse.urlencode(params, doseq=True))


def confirm(preview, **values):
    """Sends the preview's form; the job's JSON at its end."""
    pairs = http.form_of(preview.page, method="post",
                         action="/contacts/bulk")
    answer = http.admin().post("/contacts/bulk",
                               [*pairs, *values.items()], csrf=False)
    if answer.status != 303:
        raise AssertionError(f"{answer.status}: {answer.page.text()}")
    return bulk.wait(int(answer.location.rpartition("/")[2]))


class Page(unittest.TestCase):
    def setUp(self):
        self.source, self.people = bulk.people(3)
        self.where = "source=" + self.source

    def read(self, i=0):
        return book.read(self.people[i])

    def preview(self, **params):
        params.setdefault("where", self.where)
        answer = get(**params)
        self.assertEqual(answer.status, 200, answer.page.text())
        self.assertEqual(answer.hostile(), [])
        return answer

    def refused(self, control, **params):
        params.setdefault("where", self.where)
        answer = get(**params)
        self.assertEqual(answer.status, 422, params)
        if control:
            self.assertIsNotNone(answer.error(control), params)
        self.assertEqual(self.read()["version"], 1)
        return answer


class From(Page):
    """The list of contacts leads here."""

    def test_ticked(self):
        page = http.admin().get("/contacts?" + self.where).page
        boxes = page.all("input", name="id", form="bulk")
        self.assertEqual(len(boxes), 3)
        self.assertTrue(all(b.get("aria-label") for b in boxes))
        ids = [str(p["id"]) for p in self.people[:2]]
        answer = get(scope="chosen", where=self.where, id=ids)
        self.assertEqual(answer.status, 200)
        self.assertIn("chosen one by one", answer.page.text())
        self.assertEqual(answer.page.one("input", name="where").get("value"),
                         "id=" + ",".join(sorted(ids)))
        found = confirm(self.preview(where="id=" + ",".join(ids), do="set",
                                     field="city", value="Pune"))
        self.assertEqual(bulk.numbers(found), (2, 2, 0, 0))
        self.assertEqual(self.read(2)["city"], "")

    def test_everything(self):
        form = http.form_of(http.admin().get("/contacts?" + self.where).page,
                            id="bulk")
        self.assertEqual(dict(form)["where"], self.where)
        answer = get(scope="all", where=self.where,
                     id=[p["id"] for p in self.people[:1]])
        self.assertIn("Source: " + self.source, answer.page.text())
        answer = get(scope="all", where="")
        self.assertRegex(answer.page.text(),
                         r"All [\d,]+ contacts of the book")

    def test_viewers_do_not_choose(self):
        viewer = http.member("viewer")
        page = viewer.get("/contacts?" + self.where).page
        buttons = page.one("form", id="bulk").all("button")
        self.assertEqual([b.get("formaction") for b in buttons],
                         ["/contacts/export"])
        self.assertEqual(viewer.get("/contacts/bulk?where=").status, 403)
        self.assertEqual(viewer.post("/contacts/bulk", []).status, 403)


class Changes(Page):
    def test_tags(self):
        tag = bulk.tag()
        preview = self.preview(do="add_tags", tags=tag)
        text = preview.page.text()
        self.assertIn(f"Add the tag {tag}", text)
        self.assertIn("3 contacts are meant", text)
        found = confirm(preview)
        self.assertEqual(bulk.numbers(found), (3, 3, 0, 0))
        self.assertEqual(self.read()["tags"], [tag])
        preview = self.preview(do="add_tags", tags=tag)
        self.assertEqual(preview.page.text().count("is so already"), 3)
        found = confirm(self.preview(do="remove_tags", tags_off=tag))
        self.assertEqual(bulk.numbers(found), (3, 3, 0, 0))

    def test_a_new_tag(self):
        name = http.unique("Brand, new")
        self.refused("tags", do="add_tags", tags=name + "|")
        confirm(self.preview(do="add_tags", tags=name + "|", make_tags="1"))
        self.assertEqual(self.read()["tags"], [name])

    def test_set_and_clear(self):
        preview = self.preview(do="set", field="city", value=http.PAYLOAD)
        confirm(preview)
        self.assertEqual(self.read()["city"], http.PAYLOAD)
        preview = self.preview(do="clear", field_off="city")
        self.assertIn("Clear City", preview.page.text())
        confirm(preview)
        self.assertEqual(self.read()["city"], "")

    def test_attribute(self):
        score = book.attribute("NUMBER")
        self.refused("value", do="set", field="attributes." + score,
                     value="many")
        confirm(self.preview(do="set", field="attributes." + score,
                             value="7"))
        self.assertEqual(self.read()["attributes"], {score: 7})
        confirm(self.preview(do="clear", field_off="attributes." + score))
        self.assertEqual(self.read()["attributes"], {})

    def test_segment(self):
        name = http.unique("segment")
        confirm(self.preview(do="add_to_segment", segment=name))
        self.assertEqual(self.read()["segments"], [name])
        confirm(self.preview(do="remove_from_segment", segment_off=name))
        self.assertEqual(self.read()["segments"], [])

    def test_consent(self):
        out = book.make(source=self.source, whatsapp_opted="no")
        asked = {"do": "consent", "opted": "yes", "how": "At the fair.",
                 "opted_at": "2026-10-31"}
        preview = self.preview(**asked)
        self.assertIn("1 of these people opted out.", preview.page.text())
        found = confirm(preview)
        self.assertEqual(bulk.numbers(found), (4, 3, 0, 1))
        self.assertEqual(self.read()["whatsapp_opted_at"],
                         "2026-10-31T00:00:00.000Z")
        self.assertEqual(book.read(out)["whatsapp_opted"], "no")
        found = confirm(self.preview(**asked), overturn="1")
        self.assertEqual(bulk.numbers(found), (4, 1, 3, 0))
        self.assertEqual(book.read(out)["whatsapp_opted"], "yes")

    def test_trash(self):
        preview = self.preview(do="trash")
        self.assertIn("Move 3 contacts to the trash", preview.page.text())
        found = confirm(preview)
        self.assertEqual(bulk.numbers(found), (3, 3, 0, 0))

    def test_export(self):
        answer = get(where=self.where, do="export")
        self.assertEqual(answer.status, 303)
        self.assertEqual(answer.location,
                         "/contacts/export.csv?" + self.where)
        self.assertEqual(http.admin().get(answer.location).status, 200)


class Refused(Page):
    def test_choices(self):
        self.refused("do", do="paint")
        self.refused("tags", do="add_tags", tags=" , ")
        self.refused("tags", do="add_tags", tags=http.unique("nope"))
        self.refused("tags_off", do="remove_tags",
                     tags_off=http.unique("nope"))
        self.refused("field", do="set", field="", value="x")
        self.refused("field", do="set", field="attributes.nope", value="x")
        self.refused("value", do="set", field="city", value=" ")
        self.refused("value", do="set", field="phone", value="+393331234567")
        self.refused("value", do="set", field="state", value="asleep")
        self.refused("value", do="set", field="city", value="x" * 129)
        self.refused("field_off", do="clear", field_off="")
        self.refused("field_off", do="clear", field_off="wa_user_id")
        self.refused("segment", do="add_to_segment", segment="")
        self.refused("segment_off", do="remove_from_segment", segment_off="")
        self.refused("opted", do="consent", how="x")
        self.refused("how", do="consent", opted="yes")
        self.refused("opted_at", do="consent", opted="yes", how="x",
                     opted_at="soon")

    def test_filters(self):
        self.refused("", where="colour=red")
        self.refused("", where="")
        self.refused("", where="id=x")
        self.refused("", where="id=x&city=Pune")
        self.refused("", scope="chosen", where="")
        self.assertEqual(get(where="%zz").status, 400)
        # Nobody is meant then: neither all of the book nor none of it.
        text = get(where="colour=red").page.one("main").text()
        self.assertNotIn("of the book", text)
        self.assertNotIn("No contact matches", text)

    def test_nobody(self):
        answer = get(where="source=" + http.unique("nobody"))
        self.assertEqual(answer.status, 200)
        self.assertIn("No contact matches", answer.page.text())
        self.assertIsNone(answer.page.one("form", action="/contacts/bulk"))

    def test_sending_what_was_not_looked_at(self):
        post = http.admin().post
        for pairs in ({"where": self.where, "do": "paint"},
                      {"where": self.where, "do": "set", "field": "city"},
                      {"where": "", "do": "trash"},
                      {"where": "source=" + http.unique("nobody"),
                       "do": "trash"},
                      {"where": self.where, "do": "consent", "opted": "yes",
                       "how": "x", "overturn": "5"}):
            answer = post("/contacts/bulk", pairs)
            self.assertEqual(answer.status, 422, pairs)
            self.assertIsNotNone(answer.page.one(id="error-summary"), pairs)
        self.assertEqual(self.read()["version"], 1)
        self.assertEqual(
            http.admin().post("/contacts/bulk", {"where": self.where},
                              csrf=False).status, 403)


if __name__ == "__main__":
    unittest.main()
