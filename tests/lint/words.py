# words.py: functions, statements and words that do not belong here
# SPDX-License-Identifier: MIT
import re

import common

BANNED = re.compile(
    r"\b(strcpy|strcat|stpcpy|sprintf|vsprintf|strtok|gets|"
    r"gmtime|localtime|ctime|asctime|atoi|atol|atoll|atof|system|popen|alloca|"
    r"rand|srand|tmpnam|mktemp)\s*\(")

# Anywhere, in comments too.
WORDS = [
    (re.compile(r"(?<![\w.$}@-])/(home|root|work|workspace|mnt|Users)/\w"),
     "a path of one machine"),
    (re.compile(r"\b(TODO|FIXME|XXX)\b"), "unfinished"),
    (re.compile(r"registry\.npmjs|\"resolved\"\s*:"),
     "the address of a package registry"),
    (re.compile(r"\r\n"), "a line with CRLF"),
    (re.compile(r"[ \t]+$", re.M), "blanks at the end of a line"),
]

# In statements: what a cluster of databases does not have, and what gets
# slower with every page.
STATEMENTS = re.compile(r"\b(LOCK TABLES|GET_LOCK|RELEASE_LOCK|ENGINE\s*=\s*"
                        r"(?!InnoDB)\w+|LIMIT\s+[\w?]+\s+OFFSET)\b", re.I)

TEXTS = (".c", ".h", ".cc", ".py", ".sh", ".mjs", ".js", ".css", ".cs", ".md",
         ".sql", ".json", ".conf", ".html", "Makefile", "run")
C = (".c", ".h", ".cc")


def check_text(path, text):
    problems = []
    for pattern, what in WORDS:
        for m in pattern.finditer(text):
            problems.append((path, text.count("\n", 0, m.start()) + 1, what))
    if text and not text.endswith("\n"):
        problems.append((path, text.count("\n") + 1, "no newline at the end"))
    return problems


def check_c(path, text):
    problems = []
    bare = common.without_literals(text)
    for m in BANNED.finditer(bare):
        problems.append((path, bare.count("\n", 0, m.start()) + 1,
                         f"{m[1]}() is banned"))
    for line, literal in common.literals(text):
        if STATEMENTS.search(literal):
            problems.append((path, line, "a statement that is not for us"))
    return problems


def check(root):
    problems = []
    for path in common.walk(root, "", TEXTS):
        if path.startswith("tests/lint/") or path.startswith("tests/import/"):
            continue  # these name the words; those are other programs' files
        text = common.read(root, path)
        problems += check_text(path, text)
        if path.endswith(C) and path != "cgi-bin/base/banned.h":
            problems += check_c(path, text)
        if path.endswith(".sql"):
            bare = re.sub(r"--[^\n]*", "", text)
            for m in STATEMENTS.finditer(bare):
                problems.append((path, bare.count("\n", 0, m.start()) + 1,
                                 "a statement that is not for us"))
    return problems


if __name__ == "__main__":
    common.main("words", check)
