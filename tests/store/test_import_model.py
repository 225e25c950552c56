# test_import_model.py: imports by lot come to what the model says
# SPDX-License-Identifier: MIT
import json
import os
import random
import unittest

import http_client as http
from importing import Book, conserved, quoted
from lots import Draw
from model import Import

SEED = int(os.environ.get("RUBRICA_SEED", random.SystemRandom().randrange(
    10 ** 6)))
CASES = 3000 if os.environ.get("RUBRICA_LONG") == "1" else 300


def ordered(contacts):
    return sorted(contacts, key=lambda c: json.dumps(c, sort_keys=True))


class Model(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.book = Book(whole=True)
        cls.book.__enter__()
        cls.addClassCleanup(cls.book.__exit__, None, None, None)
        cls.api = http.Api(cls.book.run("token").strip(), cls.book.url)
        cls.book.add_attribute("Score", "NUMBER")

    def prepare(self, draw):
        book = self.book
        book.add_tags(*draw.known_tags)
        for c in draw.book:
            score = "{}" if c["score"] is None else f'{{"Score":{c["score"]}}}'
            book.sql(
                "INSERT INTO contact (phone, email, user_id, name, city,"
                " source, attributes, created_at, updated_at) VALUES ("
                f"{quoted(c['phone'] or None)}, {quoted(c['email'] or None)},"
                f" {quoted(c['user_id'] or None)}, {quoted(c['name'])},"
                f" {quoted(c['city'])}, {quoted(c['source'])},"
                f" {quoted(score)}, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3))")
            for tag in c["tags"]:
                book.sql("INSERT INTO contact_tag SELECT LAST_INSERT_ID(), id"
                         f" FROM tag WHERE name = {quoted(tag)}")

    def post(self, draw):
        data = draw.file()
        fields = {"format": draw.format, "consent": "true", **draw.options}
        answer = self.api.upload("/api/v1/imports", fields,
                                 [("file", "lot.csv", data)])
        self.assertEqual(answer.status, 202, f"{answer.text} {fields}")
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
                    "last_name", "city", "source", "whatsapp_opted")}
                out.append({**known, "score": c["attributes"].get("Score"),
                            "tags": sorted((c["tags"] or "").split("|"))
                            if c["tags"] else [],
                            "segments": c["segments"],
                            "version": c["version"]})
        return out

    def test_lots(self):
        draws = [Draw(number, SEED) for number in range(CASES)]
        for draw in draws:
            self.prepare(draw)
        numbers = {}
        for draw in draws:
            if not draw.numbered():
                continue
            with self.subTest(case=draw.number, seed=SEED):
                numbers[draw.number] = self.post(draw)
        for number in numbers.values():
            self.book.wait(number)
        contacts = self.book.contacts()
        for draw in draws:
            if draw.number in numbers:
                with self.subTest(case=draw.number, seed=SEED):
                    self.compare(draw, numbers[draw.number], contacts)

    def compare(self, draw, number, contacts):
        said = f"{draw.format} {draw.options}\n{draw.file()!r}"
        self.assertEqual("done", self.book.state(number), said)
        model = Import(draw.book, set(draw.known_tags), draw.rules,
                       draw.segment)
        letters = model.run([(n, {k: v.strip() for k, v in row.items()})
                             for n, row in draw.numbered()])
        problems = [(row, code) for row, _, code, _, _ in
                    self.book.problems(number)]
        self.assertEqual(sorted(model.problems), sorted(problems), said)
        self.assertEqual(letters, self.book.outcomes(number), said)
        self.assertTrue(conserved(self.book.counts(number)), said)
        self.assertEqual(ordered(draw.book),
                         ordered(self.of_case(draw, contacts)), said)


if __name__ == "__main__":
    unittest.main()
