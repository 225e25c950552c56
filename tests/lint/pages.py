# pages.py: the names of each page agree, in both directions
# SPDX-License-Identifier: MIT
"""A row of web/routes.h, a handler, a template and a test have one name. A row
that has nothing yet is left alone (the linker will ask for its handler)."""

import os
import re

import common

ROW = re.compile(r"\b(PAGE|FILE|API)\s*\(\s*\"([^\"]*)\"\s*,\s*(\w+)\s*,")
# Shown for a status, not for an address.
TEMPLATES_WITHOUT_ROW = {"error"}


def rows(root):
    """(kind, path, name, line) of each row."""
    text = common.without_comments(common.read(root, "cgi-bin/web/routes.h"))
    text = text.replace("\\\n", " \n")
    return [(m[1], m[2], m[3], text.count("\n", 0, m.start()) + 1)
            for m in ROW.finditer(text)]


def names(root, folder, suffix):
    found = set()
    for path in common.walk(root, folder, (suffix,)):
        inner = os.path.relpath(path, folder)
        if "/" not in inner and not inner.startswith("_"):
            found.add(inner[:-len(suffix)])
    return found


def check_row(kind, name, has):
    """The parts of a row that are missing; `has` are the names there are."""
    if kind == "API":
        parts = [("cgi-bin/web/api/%s.c", name in has["api"]),
                 ("tests/http/test_api_%s.py", "api_" + name in has["tests"])]
    else:
        parts = [("cgi-bin/web/pages/%s.c", name in has["pages"]),
                 ("tests/http/test_%s.py", name in has["tests"])]
        if kind == "PAGE":
            parts.append(("templates/%s.cs", name in has["templates"]))
    if not any(there for _, there in parts):
        return []
    return [pattern % name for pattern, there in parts if not there]


def check(root):
    table = "cgi-bin/web/routes.h"
    if not os.path.exists(os.path.join(root, table)):
        return []
    all_rows = rows(root)
    has = {"pages": names(root, "cgi-bin/web/pages", ".c"),
           "api": names(root, "cgi-bin/web/api", ".c"),
           "templates": names(root, "templates", ".cs"),
           "tests": {n[len("test_"):] for n in names(root, "tests/http", ".py")
                     if n.startswith("test_")}}
    problems = []
    for kind, path, name, line in all_rows:
        for part in check_row(kind, name, has):
            problems.append((table, line, f"{path} has no {part}"))
    paged = {n for kind, _, n, _ in all_rows if kind != "API"}
    shown = {n for kind, _, n, _ in all_rows if kind == "PAGE"}
    served = {n for kind, _, n, _ in all_rows if kind == "API"}
    for folder, suffix, have, rowed in (
            ("cgi-bin/web/pages", ".c", has["pages"], paged),
            ("cgi-bin/web/api", ".c", has["api"], served),
            ("templates", ".cs", has["templates"],
             shown | TEMPLATES_WITHOUT_ROW)):
        for name in have - rowed:
            problems.append((f"{folder}/{name}{suffix}", 1,
                             f"has no row in {table}"))
    for name in has["tests"]:
        if name.startswith("api_") and name[4:] not in served:
            problems.append((f"tests/http/test_{name}.py", 1,
                             f"has no row in {table}"))
    if not all_rows:
        problems.append((table, 1, "no rows were found"))
    return problems


if __name__ == "__main__":
    common.main("pages", check)
