# test_sixth_format.py: a format more is a row of the table and its fixtures
# SPDX-License-Identifier: MIT
"""The sources are copied, a sixth format is put into the copy's table of
formats and into nothing else, and the copy is built. Then the tests of the
table demand fixtures of it, and with these they pass."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "../.."))
TABLE = "cgi-bin/domain/import/formats.c"
END = "    {.key = NULL},\n"
ROW = """    {
	.key = "sixth",
	.label = "Sixth",
	.line = "A card number, a name of letters and a phone in each row.",
	.rules =
	    {
		.key = KEY_PHONE,
		.required = REQUIRE_NAME | REQUIRE_PHONE,
		.phone_form = FORM_ANY,
		.country = "IT",
		.name_rule = NAME_LETTERS,
		.duplicates = DUPLICATES_FIRST_WINS,
		.unknown_tag = TAG_CREATE,
		.typed_header = true,
		.row_limit = 3,
		.size_limit = MEGABYTES(50),
		.source = "CARDS",
	    },
	.headers = (const struct header_synonym[]){F("kartennummer", USER_ID),
	    F("wer", NAME), F("ruf", PHONE), END},
	.fingerprint = LIST("kartennummer+ruf"),
	.sample = "Kartennummer,Wer,Ruf\\r\\n7,Ada Bianchi,333 123 4567\\r\\n",
    },
"""
HEAD = "Kartennummer,Wer,Ruf\n"
FIXTURES = {
    # The header alone tells the format here.
    "name_rule-accept-letters": (
        HEAD + "7,Ada Bianchi,333 123 4567\n",
        {"options": {"format": ""}, "outcomes": "c", "problems": [],
         "total": 1, "covers": ["country", "source"],
         "contacts": [{"phone": "+393331234567", "name": "Ada Bianchi",
                       "user_id": "7", "source": "CARDS"}]}),
    "name_rule-refuse-digits": (
        HEAD + "7,Ada 2,333 123 4567\n8,,333 123 4568\n9,Bo,333 123 4569\n",
        {"covers": ["required"], "outcomes": "rrc", "problems": [[2, "name-not-letters"],
                                         [3, "name-missing"]],
         "total": 1, "contacts": []}),
    "duplicates-refuse-later": (
        HEAD + "7,Ada,333 123 4567\n8,Bo,+393331234567\n",
        {"outcomes": "cr", "problems": [[3, "duplicate-in-file"]],
         "covers": ["key"], "total": 1, "contacts": []}),
    "row_limit-refuse-four": (
        HEAD + "".join(f"{i},Ada,333 123 456{i}\n" for i in range(4)),
        {"refusal": "too-many-rows"}),
}


class SixthFormat(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.copy = tempfile.mkdtemp(prefix="rubrica-sixth-")
        cls.addClassCleanup(shutil.rmtree, cls.copy, True)
        for name in ("cgi-bin", "sql", "static", "templates", "tests"):
            shutil.copytree(os.path.join(ROOT, name),
                            os.path.join(cls.copy, name), symlinks=True,
                            ignore=shutil.ignore_patterns(
                                "__pycache__", "node_modules"))
        for name in ("Makefile", "nginx.conf"):
            shutil.copy2(os.path.join(ROOT, name), cls.copy)
        cls.build = os.environ.get("RUBRICA_BUILD", "build")
        # What is compiled already stays so: times are copied as well.
        shutil.copytree(os.path.join(ROOT, cls.build),
                        os.path.join(cls.copy, cls.build),
                        ignore=shutil.ignore_patterns(
                            "unit", "test-logs", "test-var*", "*.sock"))
        table = os.path.join(cls.copy, TABLE)
        with open(table, encoding="utf-8") as f:
            text = f.read()
        if text.count(END) != 1:
            raise AssertionError("the end of the table is not found")
        with open(table, "w", encoding="utf-8") as f:
            f.write(text.replace(END, ROW + END))
        done = cls.run_in_copy("make", "-s", "-j2", "all")
        if done.returncode != 0:
            raise AssertionError(done.stdout)

    @classmethod
    def run_in_copy(cls, *command, **more):
        environment = {n: v for n, v in os.environ.items()
                       if not n.startswith(("RUBRICA_", "MAKE", "MFLAGS"))}
        environment["RUBRICA_BUILD"] = cls.build
        return subprocess.run(
            command, cwd=cls.copy, env={**environment, **more}, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=600,
            check=False)

    def conformance(self, test):
        return self.run_in_copy(
            sys.executable, "tests/http/test_conformance.py",
            "Conformance." + test, RUBRICA_FIXTURES="sixth")

    def test_row_and_fixtures(self):
        done = self.conformance("test_each_format_has_both_sides")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("('sixth', 'accept'), ('sixth', 'refuse')", done.stdout)
        folder = os.path.join(self.copy, "tests/import/sixth")
        os.mkdir(folder)
        for name, (data, expected) in FIXTURES.items():
            with open(f"{folder}/{name}.csv", "w", encoding="utf-8") as f:
                f.write(data)
            with open(f"{folder}/{name}.json", "w", encoding="utf-8") as f:
                json.dump(expected, f)
        for test in ("test_each_format_has_both_sides",
                     "test_each_difference_of_a_format_is_shown",
                     "test_fixtures"):
            done = self.conformance(test)
            self.assertEqual(done.returncode, 0, done.stdout)

    def test_recognised_by_its_header(self):
        """The command line tells the formats that the pages show."""
        done = self.run_in_copy(f"{self.build}/rubrica", "formats")
        formats = json.loads(done.stdout)["formats"]
        self.assertEqual(formats[-1]["key"], "sixth")
        self.assertEqual(formats[-1]["rules"]["duplicates"], "first_wins")


if __name__ == "__main__":
    unittest.main()
