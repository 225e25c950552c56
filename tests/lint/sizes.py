# sizes.py: no function over 100 lines, no file over 850, and each says what
# it is
# SPDX-License-Identifier: MIT
import os
import re

import common

FUNCTION_LINES = 100
FILE_LINES = 850
SOURCES = (".c", ".h", ".cc", ".py", ".sh", ".mjs", ".js", ".css", ".cs",
           ".sql")


def check_functions(path, text):
    """A function of ours begins with '{' and ends with '}' in column one."""
    problems, start = [], None
    bare = common.without_literals(text).split("\n")
    for number, line in enumerate(bare, 1):
        if line.rstrip() == "{":
            start = number
        elif line.startswith("}") and start is not None:
            if number - start - 1 > FUNCTION_LINES:
                problems.append((path, start, "a function of "
                                 f"{number - start - 1} lines"))
            start = None
    return problems


def check_head(path, text):
    name = re.escape(os.path.basename(path))
    lines = text.split("\n")
    problems = []
    if not re.match(rf"/\* {name}: \S", lines[0]):
        problems.append((path, 1, "does not begin with /* name: what it is"))
    elif "SPDX-License-Identifier:" not in "\n".join(lines[1:4]):
        problems.append((path, 2, "has no SPDX line"))
    return problems


def check(root):
    problems = []
    for path in common.walk(root, "", SOURCES):
        if path.startswith("tests/import/"):
            continue
        text = common.read(root, path)
        lines = text.count("\n")
        if lines > FILE_LINES:
            problems.append((path, 1, f"a file of {lines} lines"))
        if path.endswith((".c", ".cc")):
            problems += check_functions(path, text)
        if path.startswith("cgi-bin/"):
            problems += check_head(path, text)
    return problems


if __name__ == "__main__":
    common.main("sizes", check)
