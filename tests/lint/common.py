# common.py: what the lint programs share
# SPDX-License-Identifier: MIT
"""A lint program has a function check(root) that gives a list of problems,
each (path, line, message). Run alone, it checks the folder of its argument,
or the one that the repository is in."""

import os
import re
import sys

SKIPPED = {".git", "node_modules", "var", "__pycache__"}

TOKEN = re.compile(
    r"//[^\n]*|/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", re.S)


def walk(root, under="", suffixes=()):
    """Paths, relative to root, of the files under a folder; sorted."""
    found = []
    for folder, folders, names in os.walk(os.path.join(root, under)):
        folders[:] = sorted(f for f in folders if f not in SKIPPED
                            and not f.startswith("build"))
        for name in sorted(names):
            if not suffixes or name.endswith(suffixes):
                path = os.path.join(folder, name)
                found.append(os.path.relpath(path, root))
    return found


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8", newline="") as f:
        return f.read()


def blank(text):
    """The same number of lines, and nothing else."""
    return "\n" * text.count("\n")


def without_comments(source):
    return TOKEN.sub(
        lambda m: blank(m[0]) + " " if m[0][0] == "/" else m[0], source)


def without_literals(source):
    """C without its comments, texts and characters."""
    return TOKEN.sub(
        lambda m: blank(m[0]) + " " if m[0][0] == "/" else m[0][0] * 2, source)


def literals(source):
    """(line, text) of each string of C; neighbours are joined."""
    found = []
    end = None
    bare = without_comments(source)
    for m in TOKEN.finditer(bare):
        if m[0][0] != '"':
            continue
        if end is not None and not bare[end:m.start()].strip(" \t\n\\"):
            found[-1] = (found[-1][0], found[-1][1] + m[0][1:-1])
        else:
            found.append((bare.count("\n", 0, m.start()) + 1, m[0][1:-1]))
        end = m.end()
    return found


def main(name, check):
    here = os.path.dirname(os.path.abspath(__file__))
    root = sys.argv[1] if len(sys.argv) > 1 else os.path.join(here, "../..")
    problems = check(root)
    for path, line, message in sorted(problems):
        print(f"{path}:{line}: {message}")
    outcome = f"{len(problems)} problems" if problems else "ok"
    print(f"lint/{name}: {outcome}")
    sys.exit(1 if problems else 0)
