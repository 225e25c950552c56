# test_conformance.py: each rule of each format, by fixtures of its name
# SPDX-License-Identifier: MIT
"""tests/import/<format>/<rule>-accept-<what>.csv and <rule>-refuse-<what>.csv,
each with a .json beside it:

    options    fields of the request beside file, format and consent
    tags, attributes (name: type), before (contacts)   what the book has
    earlier    {csv, options}: a file that was imported before
    refusal    the code with which the request is answered; else:
    outcomes   a letter a data row: c(reated) u(pdated) = s(kipped) r(ejected)
    problems   [row, code] of each finding, in their order
    contacts   what is in the book afterwards, found by phone or e-mail
    total      how many contacts that are
    covers     other rules that it shows, by name

An accept fixture shows what a rule lets in, a refuse fixture what it keeps
out, or where it does not apply."""

import glob
import json
import os
import re
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
from importing import Book, conserved, quoted

FOLDER = os.path.abspath(os.path.join(os.path.dirname(__file__),
                                      "../import"))
NUMBERED = {"aisensy": ("A", 9), "metahumans": ("M", 12),
            "isendu": ("S", 6), "interakt": ("I", 12)}
# What pages do, and no file shows: merge tokens, the box to tick, the
# channel, the history. Of A9 a file can only show that it changes nothing.
ELSEWHERE = {"A8", "M9", "M10", "M11", "M12"}
NOT_REFUSED = {"A9"}
# Codes that no file brings about by itself: they take a contact that is in the
# trash, was merged or opted out, or a correction.
NO_FIXTURE = {"suppressed", "in-trash", "restored-from-trash",
              "merged-contact", "opt-out-kept", "left-out",
              "state-not-allowed"}


class Fixture:
    def __init__(self, path):
        self.format = os.path.basename(os.path.dirname(path))
        self.name = f"{self.format}/{os.path.basename(path)[:-4]}"
        self.rule, self.side = re.match(
            r"(\w+)-(accept|refuse)-", os.path.basename(path)).groups()
        with open(path, "rb") as f:
            self.data = f.read()
        with open(path[:-4] + ".json", encoding="utf-8") as f:
            self.expected = json.load(f)

    def get(self, key, otherwise=None):
        return self.expected.get(key, otherwise)

    def rules(self):
        return [self.rule, *self.get("covers", [])]


def fixtures():
    paths = (glob.glob(FOLDER + "/*/*-accept-*.csv") +
             glob.glob(FOLDER + "/*/*-refuse-*.csv"))
    return [Fixture(p) for p in sorted(paths)]


class Conformance(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.book = Book(whole=True)
        cls.book.__enter__()
        cls.addClassCleanup(cls.book.__exit__, None, None, None)
        cls.api = http.Api(cls.book.run("token").strip(), cls.book.url)
        cls.table = json.loads(cls.book.run("formats"))
        cls.fixtures = fixtures()

    def post(self, data, form, options):
        fields = {"format": form, "consent": "true", **options}
        if "mapping" in fields:
            fields["mapping"] = json.dumps(fields["mapping"])
        return self.api.upload("/api/v1/imports", fields,
                               [("file", "contacts.csv", data)])

    def prepare(self, fixture):
        book = self.book
        book.back()
        book.add_tags(*fixture.get("tags", []))
        for name, kind in fixture.get("attributes", {}).items():
            book.add_attribute(name, kind)
        for contact in fixture.get("before", []):
            values = {k: json.dumps(v, separators=(",", ":")) if k == "attributes" else v
                      for k, v in contact.items()}
            book.sql(f"INSERT INTO contact ({', '.join(values)}, created_at,"
                     " updated_at) VALUES ("
                     f"{', '.join(map(quoted, values.values()))},"
                     " UTC_TIMESTAMP(3), UTC_TIMESTAMP(3))")
        earlier = fixture.get("earlier")
        if earlier:
            answer = self.post(earlier["csv"].encode(), fixture.format,
                               earlier["options"])
            self.assertEqual(answer.status, 202, answer.text)
            book.wait(answer.json["id"])

    def compare_contact(self, wanted, contacts):
        key = next(k for k in ("phone", "email", "user_id") if k in wanted)
        found = [c for c in contacts if c[key] == wanted[key]]
        self.assertEqual(len(found), 1, wanted)
        self.assertEqual(wanted, {k: found[0][k] for k in wanted})

    def compare(self, fixture, number):
        self.assertEqual("done", self.book.wait(number))
        problems = [[row, code] for row, _, code, _, _ in
                    self.book.problems(number)]
        self.assertEqual(fixture.get("outcomes"), self.book.outcomes(number),
                         self.book.problems(number))
        self.assertEqual(fixture.get("problems"), problems)
        counts = self.book.counts(number)
        self.assertTrue(conserved(counts), counts)
        contacts = self.book.contacts()
        for wanted in fixture.get("contacts"):
            self.compare_contact(wanted, contacts)
        if "total" in fixture.expected:
            self.assertEqual(fixture.get("total"), len(contacts))
        self.compare_api(number, counts, problems)

    def compare_api(self, number, counts, problems):
        """The API says the same as the tables."""
        told = self.api.get(f"/api/v1/imports/{number}").json
        self.assertEqual(told["rows"], {
            k.replace("_rows", ""): n for k, n in counts.items()})
        by_code = {}
        for _, code in problems:
            by_code[code] = by_code.get(code, 0) + 1
        self.assertEqual({**told["problems"], **told["warnings"]}, by_code)

    def test_fixtures(self):
        self.book.empty()
        self.book.keep()
        self.assertGreater(len(self.fixtures), 100)
        only = os.environ.get("RUBRICA_FIXTURES")
        for fixture in self.fixtures:
            if only and fixture.format != only:
                continue
            with self.subTest(fixture.name):
                self.prepare(fixture)
                before = len(self.book.contacts())
                answer = self.post(fixture.data, fixture.format,
                                   fixture.get("options", {}))
                refusal = fixture.get("refusal")
                if not refusal:
                    self.assertEqual(answer.status, 202, answer.text)
                    self.compare(fixture, answer.json["id"])
                    continue
                self.assertIn(answer.status, (413, 422), answer.text)
                self.assertEqual(answer.json["error"]["code"], refusal)
                self.assertEqual(len(self.book.contacts()), before)

    def test_limits_of_the_book(self):
        """What an admin lowers or raises holds for each format, but a limit
        that cuts belongs to its format; a rule can only lower them."""
        self.book.empty()
        self.addCleanup(self.book.sql, "DELETE FROM setting WHERE name ="
                        " 'import.row_limit'")

        def limit(form, **options):
            answer = self.post(b"Name,Country Code,Phone Number\n"
                               b"A,91,9876543210\nB,91,9876543211\n", form,
                               {"dry_run": "true", **options})
            if answer.status == 422:
                return answer.json["error"]["code"]
            rules = self.book.sql("SELECT rules FROM import WHERE id ="
                                  f" {answer.json['id']}")[0]
            return rules["row_limit"]

        for value, form, options, wanted in (
                (1000000, "interakt", {}, "500000"),
                (1000000, "interakt", {"row_limit": "600000"}, "600000"),
                (1000000, "generic", {"row_limit": "2000000"}, "1000000"),
                (2000000, "generic", {}, "2000000"),
                (2000000, "interakt", {}, "2000000"),
                (1, "interakt", {}, "too-many-rows"),
                (1, "generic", {"row_limit": "10"}, "too-many-rows"),
                (2, "generic", {"row_limit": "10"}, "2")):
            self.book.sql("REPLACE INTO setting (name, value) VALUES"
                          f" ('import.row_limit', '{value}')")
            self.assertEqual(limit(form, **options), wanted,
                             (value, form, options))

    # --- nothing is left out ---

    def missing(self, wanted, have):
        self.assertEqual(sorted(set(wanted) - set(have)), [],
                         "have no fixture")

    def test_each_format_has_both_sides(self):
        formats = [f["key"] for f in self.table["formats"]]
        self.missing(
            [(f, side) for f in formats for side in ("accept", "refuse")],
            [(f.format, f.side) for f in self.fixtures])

    def test_each_numbered_rule_has_both_sides(self):
        wanted = [(f"{letter}{i}", side)
                  for letter, count in NUMBERED.values()
                  for i in range(1, count + 1)
                  for side in ("accept", "refuse")]
        self.missing(
            [(rule, side) for rule, side in wanted if rule not in ELSEWHERE
             and (side == "accept" or rule not in NOT_REFUSED)],
            [(f.rule, f.side) for f in self.fixtures])

    def test_each_rule_of_the_table_has_both_sides(self):
        for form in self.table["formats"]:
            if form["key"] != "generic" and form["key"] not in NUMBERED:
                continue
            self.missing(
                [(rule, side) for rule in form["rules"]
                 for side in ("accept", "refuse")],
                [(rule, f.side) for f in self.fixtures
                 for rule in f.rules()])

    def test_each_difference_of_a_format_is_shown(self):
        """Where a format's preset is another than generic's, a fixture of
        its own shows it."""
        generic = self.table["formats"][0]["rules"]
        wanted, have = [], [(f.format, r) for f in self.fixtures
                            for r in f.rules()]
        for form in self.table["formats"][1:]:
            differs = [r for r, v in form["rules"].items()
                       if v != generic[r]]
            wanted += [(form["key"], r) for r in differs]
        self.missing(wanted, have)

    def test_each_code_comes_up(self):
        have = {code for f in self.fixtures
                for _, code in f.get("problems", [])}
        have |= {f.get("refusal") for f in self.fixtures}
        self.missing({c["code"] for c in self.table["codes"]} - NO_FIXTURE,
                     have)


if __name__ == "__main__":
    unittest.main()
