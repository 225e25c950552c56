# layers.py: which file may include what, and where SQL and HTML may stand
# SPDX-License-Identifier: MIT
"""The table is that of HACKING.md: base < model < storage < domain, and web,
worker, sender and cli above, which know nothing of one another."""

import fnmatch
import re

import common

BELOW = {
    "base": ["base"],
    "model": ["base", "model"],
    "storage": ["base", "model", "storage"],
    "domain": ["base", "model", "storage", "domain"],
    "web": ["base", "model", "storage", "domain", "web"],
    "worker": ["base", "model", "storage", "domain", "worker"],
    "sender": ["base", "model", "storage", "domain", "sender"],
    "cli": ["base", "model", "storage", "domain", "cli"],
}

# A header of a library, and the one file that may include it.
OWNERS = {
    "mysql.h": "storage/db.c",
    "mysqld_error.h": "storage/db.c",
    "errmsg.h": "storage/db.c",
    "ClearSilver.h": "web/view.c",
    "fcgiapp.h": "web/server.c",
    "csv.h": "domain/import/read.c",
    "phonenumbers/*": "base/phone.cc",
    "jansson.h": "base/json.c",
    "utf8proc.h": "base/utf8.c",
    "uchardet.h": "domain/import/sniff.c",
    "uchardet/uchardet.h": "domain/import/sniff.c",
    "sodium.h": "base/crypto.c",
    "curl/*": "base/http_client.c",
    "xlsxwriter.h": "domain/export/xlsx.c",
    "xlsxwriter/*": "domain/export/xlsx.c",
}

# The C library, POSIX, Linux, and the C++ library for the .cc file.
SYSTEM = set("""assert.h ctype.h dirent.h endian.h errno.h fcntl.h float.h
fnmatch.h ftw.h getopt.h grp.h iconv.h inttypes.h langinfo.h limits.h locale.h
malloc.h math.h netdb.h poll.h pthread.h pwd.h sched.h setjmp.h signal.h
spawn.h stdalign.h stdarg.h stdatomic.h stdbool.h stddef.h stdint.h stdio.h
stdlib.h stdnoreturn.h string.h strings.h syslog.h termios.h threads.h time.h
unistd.h wchar.h wctype.h algorithm cstring exception list map memory set
string utility vector""".split())
SYSTEM_FOLDERS = ("sys/", "netinet/", "arpa/", "linux/")

# The stages that are functions of bytes and rules alone (design: fuzzed, and
# tested without a database).
PURE = re.compile(r"domain/import/(sniff|decode|read|map|check|address|"
                  r"formats|problem)\.[ch]$|domain/attribute_types\.[ch]$")

SQL = re.compile(
    r"\bSELECT\b.*\bFROM\b|\bSELECT (1|[A-Z_]+\()|\bINSERT (IGNORE )?INTO\b|"
    r"\bREPLACE INTO\b|\bUPDATE \w+ SET\b|\bDELETE FROM\b|\bTRUNCATE TABLE\b|"
    r"\b(CREATE|ALTER|DROP) (OR REPLACE )?(TABLE|DATABASE|USER|INDEX|VIEW)\b|"
    r"\bGRANT [A-Z]+|\bSTART TRANSACTION\b|\bLOCK TABLES\b", re.S)
HTML = re.compile(
    r"</?(html|head|body|title|div|span|p|a|b|i|br|hr|h[1-6]|ul|ol|li|table|"
    r"tr|td|th|form|input|select|option|button|label|script|style|img|link|"
    r"meta)(\s[^>]*)?/?>", re.I)
# A page for the moment when no template can be shown.
HTML_OWNERS = {"web/response.c"}

INCLUDE = re.compile(r"^[ \t]*#[ \t]*include[ \t]*([<\"])([^>\"]+)[>\"]", re.M)


def check_include(name, layer, quote, header):
    """What is wrong with an include of the file, or None."""
    if quote == '"':
        part = header.split("/")[0]
        if "/" not in header or part not in BELOW:
            return f'"{header}" is not named from cgi-bin/ on'
        if part not in BELOW[layer]:
            return f'{layer} may not include "{header}"'
        if PURE.search(name) and part == "storage":
            return f'a pure stage may not include "{header}"'
        return None
    for pattern, owner in OWNERS.items():
        if fnmatch.fnmatch(header, pattern):
            return None if name == owner else \
                f"<{header}> belongs to {owner} alone"
    if header in SYSTEM or header.startswith(SYSTEM_FOLDERS):
        return None
    return f"<{header}> has no owner in the table of layers.py"


def check_source(path, name, layer, text):
    problems = []
    bare = common.without_comments(text)
    for m in INCLUDE.finditer(bare):
        fault = check_include(name, layer, m[1], m[2])
        if fault:
            problems.append((path, bare.count("\n", 0, m.start()) + 1, fault))
    for line, literal in common.literals(text):
        if layer != "storage" and SQL.search(literal):
            problems.append((path, line, "SQL stands in storage only"))
        if name not in HTML_OWNERS and HTML.search(literal):
            problems.append((path, line, "HTML stands in templates only"))
    return problems


def check_unit_test(path, layer, text):
    problems = []
    for m in INCLUDE.finditer(common.without_comments(text)):
        part = m[2].split("/")[0]
        if m[1] == '"' and part in BELOW and part not in BELOW[layer]:
            problems.append((path, text.count("\n", 0, m.start()) + 1,
                             f'a test of {layer} may not include "{m[2]}"'))
    return problems


def check(root):
    problems = []
    for path in common.walk(root, "cgi-bin", (".c", ".h", ".cc")):
        name = path[len("cgi-bin/"):]
        layer = name.split("/")[0]
        if layer not in BELOW:
            problems.append((path, 1, f"there is no layer {layer}"))
            continue
        problems += check_source(path, name, layer, common.read(root, path))
    for layer in BELOW:
        for path in common.walk(root, f"tests/unit/{layer}", (".c", ".h")):
            problems += check_unit_test(path, layer, common.read(root, path))
    return problems


if __name__ == "__main__":
    common.main("layers", check)
