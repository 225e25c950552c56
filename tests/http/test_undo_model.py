# test_undo_model.py: undo against a small model of its own
# SPDX-License-Identifier: MIT
"""Random people, a random import, random edits after it; then the import is
undone and that is undone again. The model knows three states of each person:
before the import, after it, and after the edits. Of each value it says: is it
what the import left, the one before comes back, else it stays. RUBRICA_SEED
repeats a run."""
import os
import random
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import import_client as imports
import undo_client as client

SEED = int(os.environ.get("RUBRICA_SEED", random.SystemRandom().randrange(
    10 ** 6)))
ROUNDS = 20 if os.environ.get("RUBRICA_LONG") == "1" else 3
FIELDS = ("name", "city", "area", "email")
TAGS = ("u-red", "u-blue", "u-green", "u-late")
WORDS = ("Ann", "Bea", "Carl", "Dora", "Emil")


def back(before, after, now):
    """What one person is to be; None: in the trash. All three are dicts of
    what the import can touch; before None: the import made it."""
    if before is None:
        return None if now == after else now
    out = {}
    for field in FIELDS:
        out[field] = before[field] if now[field] == after[field] \
            else now[field]
    given = after["tags"] - before["tags"]
    out["tags"] = now["tags"] - given
    return out


class UndoModel(unittest.TestCase):
    def setUp(self):
        self.rng = random.Random(SEED)

    def state(self, phones):
        out = {}
        for phone in phones:
            c = client.by_phone(phone)
            out[phone] = c and {
                **{f: c[f] or "" for f in FIELDS}, "tags": set(c["tags"])}
        return out

    def value(self, field):
        if self.rng.random() < 0.3:
            return ""
        word = self.rng.choice(WORDS)
        return f"{word.lower()}@example.org" if field == "email" else word

    def row(self, phone):
        tags = self.rng.sample(TAGS[:3], self.rng.randrange(3))
        return [phone, *[self.value(f) for f in FIELDS], "|".join(tags)]

    def edit(self, phone):
        contact = client.by_phone(phone)
        change = {f: self.value(f) for f in self.rng.sample(FIELDS, 2)}
        if self.rng.random() < 0.5:
            change["tags"] = self.rng.sample(TAGS, self.rng.randrange(4))
        client.edit(contact["id"], **change)

    def one_round(self):
        phones = [imports.phone() for _ in range(24)]
        for phone in phones[:14]:
            client.made(self.value("name") or "x", phone,
                        city=self.value("city"),
                        tags=self.rng.sample(TAGS[:3], self.rng.randrange(3)))
        rows = [self.row(p) for p in self.rng.sample(phones, 20)]
        rows += [self.row(rows[k][0]) for k in range(4)] # some come twice
        before = self.state(phones)
        number = imports.imported(
            imports.table(["Phone", "Name", "City", "Area", "Email", "Tags"],
                          *rows), segment=http.unique("undo"),
            blank=self.rng.choice(("keep", "clear")),
            unknown_tag="create")["id"]
        after = self.state(phones)
        there = [p for p in phones if after[p]]
        for phone in self.rng.sample(there, 8):
            self.edit(phone)
        now = self.state(phones)
        touched = {r[0] for r in rows}
        wanted = {p: back(before[p], after[p], now[p])
                  if p in touched and now[p] else now[p] for p in phones}

        undone = client.undo(number)["undo"]
        self.assertTrue(client.is_sum(undone), undone)
        got = self.state(phones)
        for phone in phones:
            self.assertEqual(got[phone], wanted[phone],
                             f"seed {SEED}: {before[phone]} -> "
                             f"{after[phone]} -> {now[phone]}")
        redone = client.redo(number)["undo"]
        self.assertTrue(client.is_sum(redone), redone)
        self.assertEqual(redone["kept"], 0)
        self.assertEqual(self.state(phones), now, f"seed {SEED}")

    def test_model(self):
        for n in range(ROUNDS):
            with self.subTest(n=n, seed=SEED):
                self.one_round()

    def test_out_of_the_trash_and_back_into_it(self):
        phone = imports.phone()
        contact = client.made("Ann", phone, tags=["u-red"])
        http.Api().ask("DELETE", f"/api/v1/contacts/{contact['id']}")
        self.assertIsNone(client.by_phone(phone))
        number = imports.imported(imports.table(
            ["Name", "Phone"], ["Anna", phone]))["id"]
        self.assertEqual(client.by_phone(phone)["name"], "Anna")
        client.undo(number)
        self.assertIsNone(client.by_phone(phone))
        client.redo(number)
        again = client.by_phone(phone)
        self.assertEqual((again["id"], again["name"], again["tags"]),
                         (contact["id"], "Anna", ["u-red"]))

    def test_in_the_trash_since(self):
        old, new = imports.phone(), imports.phone()
        ann = client.made("Ann", old)["id"]
        number = imports.imported(imports.table(
            ["Name", "Phone"], ["Anna", old], ["Bea", new]))["id"]
        for phone in (old, new):
            http.Api().ask("DELETE", "/api/v1/contacts/"
                           + str(client.by_phone(phone)["id"]))
        undone = client.undo(number)["undo"]
        self.assertEqual((undone["changed"], undone["unchanged"],
                          undone["kept"]), (0, 1, 1))
        self.assertIsNone(client.by_phone(old))
        page = http.admin().get(f"/imports/{number}/kept").text
        self.assertIn("in the trash", page)
        self.assertTrue(ann)


if __name__ == "__main__":
    unittest.main()
