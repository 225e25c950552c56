# test_import_model.py: imports by lot come to what the model says
# SPDX-License-Identifier: MIT
import copy
import json
import os
import random
import time
import unittest

import http_client as http
from importing import Book, conserved, quoted
from lots import Draw
from model import NOW, Import, found_by_check
import patience

SEED = int(os.environ.get("RUBRICA_SEED", random.SystemRandom().randrange(
    10 ** 6)))
CASES = 3000 if os.environ.get("RUBRICA_LONG") == "1" else 240

WRITTEN = ("contact", "contact_revision", "contact_tag", "segment", "tag",
           "segment_contact", "attribute")


def day(moment):
    """Other moments than midnight are of now."""
    if not moment:
        return ""
    return moment[:10] if "00:00:00.000" in moment else NOW


def ordered(contacts):
    return sorted(contacts, key=lambda c: json.dumps(c, sort_keys=True))


class Model(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.book = Book(whole=True, RUBRICA_BATCH_ROWS="3")
        cls.book.__enter__()
        cls.addClassCleanup(cls.book.__exit__, None, None, None)
        cls.api = http.Api(cls.book.run("token").strip(), cls.book.url)
        cls.book.add_attribute("Score", "NUMBER")
        cls.book.add_attribute("List", "ARRAY")

    def prepare(self, draw):
        book = self.book
        book.add_tags(*draw.known_tags)
        for c in draw.book:
            attributes = json.dumps(
                {name: c[key] for name, key in (("List", "list"),
                                                ("Score", "score"))
                 if c[key] is not None}, separators=(",", ":"))
            book.sql(
                "INSERT INTO contact (phone, email, user_id, name, city,"
                " source, attributes, whatsapp_opted, whatsapp_opted_at,"
                " created_at, updated_at) VALUES ("
                f"{quoted(c['phone'] or None)}, {quoted(c['email'] or None)},"
                f" {quoted(c['user_id'] or None)}, {quoted(c['name'])},"
                f" {quoted(c['city'])}, {quoted(c['source'])},"
                f" {quoted(attributes)}, {quoted(c['whatsapp_opted'])},"
                f" {quoted(c['whatsapp_opted_at'] or None)},"
                " UTC_TIMESTAMP(3), UTC_TIMESTAMP(3))")
            for tag in c["tags"]:
                book.sql("INSERT INTO contact_tag SELECT LAST_INSERT_ID(), id"
                         f" FROM tag WHERE name = {quoted(tag)}")

    def post(self, draw, **more):
        data = draw.file()
        fields = {"format": draw.format, "consent": "true", **draw.options,
                  **more}
        answer = self.api.upload("/api/v1/imports", fields,
                                 [("file", "lot.csv", data)])
        if answer.status != 202:
            self.fail(f"{answer.text} {fields}\n{self.book.logs()}")
        return answer.json["id"]

    def of_case(self, draw, contacts):
        """Its people, as the model writes them."""
        out = []
        for c in contacts:
            mine = (f"+9198{draw.number:04d}00" in (c["phone"] or "")
                    or f".c{draw.number}@" in (c["email"] or "").lower()
                    or (c["user_id"] or "").startswith(f"C{draw.number}U"))
            if mine:
                known = {k: c[k] or "" for k in (
                    "phone", "email", "user_id", "name", "first_name",
                    "last_name", "address", "house_number", "city", "source",
                    "whatsapp_opted")}
                out.append({**known, "score": c["attributes"].get("Score"),
                            "list": c["attributes"].get("List"),
                            "whatsapp_opted_at": day(c["whatsapp_opted_at"]),
                            "tags": sorted((c["tags"] or "").split("|"))
                            if c["tags"] else [],
                            "segments": c["segments"],
                            "version": c["version"]})
        return out

    def all_of(self, table):
        return self.book.sql(f"SELECT COUNT(*) FROM {table}")[0]

    def findings(self, number):
        return (self.book.outcomes(number), self.book.counts(number),
                self.book.problems(number))

    def wait_checked(self, number):
        end = time.monotonic() + patience.SECONDS
        while self.book.state(number) != "ready":
            self.assertLess(time.monotonic(), end, self.book.state(number))
            time.sleep(0.01)

    def check_first(self, draws):
        """Dry runs: they write nothing. Their findings by case."""
        numbers, said, wants = {}, {}, {}
        before = [self.all_of(t) for t in WRITTEN]
        for draw in draws:
            with self.subTest(case=draw.number, seed=SEED):
                numbers[draw.number] = self.post(draw, dry_run="true")
                wants[numbers[draw.number]] = draw
        for case, number in numbers.items():
            self.wait_checked(number)
            said[case] = self.findings(number)
        self.assertEqual(before, [self.all_of(t) for t in WRITTEN])
        for number in numbers.values():
            people = self.api.get(
                f"/api/v1/imports/{number}").json["opt_outs"]["people"]
            optins = people if wants[number].optins else 0
            answer = self.api.send("POST", f"/api/v1/imports/{number}/start",
                                   {"consent": True,
                                    "confirm_optins": optins})
            self.assertEqual(answer.status, 202, answer.text)
        return numbers, said

    def test_lots(self):
        draws = [Draw(number, SEED) for number in range(CASES)]
        draws = [draw for draw in draws if draw.numbered()]
        for draw in draws:
            self.prepare(draw)
        numbers, checked = self.check_first(draws[1::2])
        for draw in draws[::2]:
            with self.subTest(case=draw.number, seed=SEED):
                optins = {"confirm_optins": str(draw.optins)} \
                    if draw.optins else {}
                numbers[draw.number] = self.post(draw, **optins)
        for number in numbers.values():
            self.book.wait(number)
        contacts = self.book.contacts()
        for draw in draws:
            if draw.number not in numbers:
                continue
            with self.subTest(case=draw.number, seed=SEED):
                number = numbers[draw.number]
                was_checked = draw.number in checked
                people = self.compare(draw, number, contacts, was_checked)
                if was_checked and not (draw.optins and people):
                    self.same(checked[draw.number], self.findings(number))

    def same(self, checked, done):
        """A dry run said what the import then did, to the letter."""
        for a, b in zip(checked, done):
            self.assertEqual(a, b)

    def model(self, draw, rows, was_checked):
        """The import as the rules have it; it is run already."""
        def make(book, optins):
            return Import(book, set(draw.known_tags), draw.rules, draw.segment,
                          draw.columns, draw.fields, draw.import_tags, optins)

        optins = draw.optins
        if was_checked and optins:
            optins = found_by_check(
                lambda: make(copy.deepcopy(draw.book), None), rows)
        model = make(draw.book, optins)
        model.letters = model.run(rows)
        return model

    def check_consents(self, number, model, said):
        """A row for each that got in, and none given to who opted out."""
        self.assertEqual(
            [sum(model.letters.upper().count(x) for x in "CU=")],
            self.book.sql("SELECT COUNT(*) FROM import_contact WHERE"
                          f" import_id = {number}"), said)
        self.assertEqual([], self.book.sql(
            "SELECT JSON_ARRAY(r.row_no, r.says, c.whatsapp_opted)"
            " FROM import_contact r JOIN contact c ON c.id = r.contact_id"
            f" WHERE r.import_id = {number} AND r.row_no = (SELECT"
            " MAX(x.row_no) FROM import_contact x WHERE x.import_id ="
            " r.import_id AND x.contact_id = r.contact_id) AND"
            " ((c.whatsapp_opted = 'no' AND r.says & 5) OR"
            " (c.whatsapp_opted != 'yes' AND r.says & 4) OR"
            " (c.whatsapp_opted != 'no' AND r.says & 8))"), said)

    def compare(self, draw, number, contacts, was_checked):
        said = (f"{draw.format} {draw.options} {draw.optins} {was_checked}"
                f"\n{draw.file()!r}\n{draw.book}")
        self.assertEqual("done", self.book.state(number), said)
        rows = [(n, {k: v.strip() for k, v in row.items()})
                for n, row in draw.numbered()]
        model = self.model(draw, rows, was_checked)
        problems = [(row, code) for row, _, code, _, _ in
                    self.book.problems(number)]
        self.assertEqual(sorted(model.problems), sorted(problems), said)
        self.assertEqual(model.letters, self.book.outcomes(number), said)
        self.assertTrue(conserved(self.book.counts(number)), said)
        self.assertEqual(ordered(draw.book),
                         ordered(self.of_case(draw, contacts)), said)
        self.assertEqual(
            [model.letters.count("u")],
            self.book.sql("SELECT COUNT(*) FROM contact_revision WHERE"
                          f" import_id = {number}"), said)
        self.check_consents(number, model, said)
        self.assertEqual(
            [[row, kept] for row, _, kept in model.optouts],
            [[row, bool(kept)] for row, kept in self.book.sql(
                "SELECT JSON_ARRAY(row_no, kept) FROM import_optout WHERE"
                f" import_id = {number} AND pass = 0 ORDER BY row_no")], said)
        return model.people()


if __name__ == "__main__":
    unittest.main()
