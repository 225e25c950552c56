# templates.py: templates use the constructs that cannot print raw text
# SPDX-License-Identifier: MIT
"""ClearSilver escapes `var` by the mode that view.c sets, and some other
constructs not at all; so those are refused. What a value cannot be safe in,
whatever its escaping, is refused too: an attribute without quotes, the start
of an address, a script, a style, an event handler."""

import re

import common

CONSTRUCT = re.compile(r"<\?cs(.*?)\?>", re.S)
ALLOWED = re.compile(
    r"\s*(?:(?P<comment>\#.*)|(?P<end>/(?:if|each|loop|with|def|escape))|"
    r"(?P<bare>else)|(?P<include>include)!\"_\w+\.cs\"|"
    r"(?P<escape>escape):\s*\"url\"|"
    r"(?P<word>var|if|elif|each|loop|with|def|call|set):(?P<rest>.+))\s*\Z",
    re.S)
FUNCTIONS = {"subcount", "first", "last", "len", "min", "max", "abs",
             "string.length", "string.slice", "url_validate"}
CALL = re.compile(r"([A-Za-z_][\w.]*)\s*\(")
TEXT = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'")

# Stand-ins for a construct while the HTML is read.
VALUE, CONTROL, VALIDATED = "\x01", "\x02", "\x03"

TAG = re.compile(r"<([A-Za-z][A-Za-z0-9-]*)|<!--.*?-->|<[\x01\x03]", re.S)
ATTRIBUTE = re.compile(
    r"[\s\x02]*(?:(?P<end>/?>)|(?P<name>[A-Za-z_][\w:.-]*)"
    r"(?:\s*=\s*(?P<value>\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?|(?P<bad>.))", re.S)
ADDRESSES = {"href", "src", "action", "formaction", "data", "poster"}


def check_construct(inner):
    """(what is wrong or None, the stand-in)."""
    m = ALLOWED.match(inner)
    if not m:
        return f"<?cs{inner}?> is not one of the safe constructs", CONTROL
    word, rest = m["word"], TEXT.sub('""', m["rest"] or "")
    if word not in (None, "def", "call"):
        for name in CALL.findall(rest):
            if name not in FUNCTIONS and name not in ("and", "or"):
                return f"the function {name}() is not allowed", CONTROL
    if word == "var":
        whole = re.fullmatch(r"\s*url_validate\([^()]*\)\s*", rest)
        return None, VALIDATED if whole else VALUE
    if word == "call":
        return None, VALUE
    return None, CONTROL


def check_attribute(tag, name, value):
    """What is wrong with an attribute, or None."""
    name = name.lower()
    if name.startswith("on"):
        return f"the event handler {name} stands in a template"
    if name == "style":
        return "a style attribute: the policy of the pages refuses it"
    if value is None:
        return None
    if value[0] not in "\"'":
        return f"the value of {name} has no quotes"
    start = value[1:-1].lstrip(" \t\n" + CONTROL)
    if name in ADDRESSES and start[:1] == VALUE:
        return f"{name} begins with a value: use url_validate()"
    if name in ADDRESSES and re.match(r"(?i)(javascript|data|vbscript):",
                                      start):
        return f"{name} of a <{tag}> runs script"
    if name == "srcdoc":
        return "srcdoc is a page in an attribute"
    return None


def check_tag(html, at, tag):
    """Faults of one start tag as (offset, message), and where it ends."""
    faults, seen = [], set()
    while True:
        m = ATTRIBUTE.match(html, at)
        if not m:
            return faults + [(at, f"<{tag}> has no end")], len(html)
        if m["end"]:
            break
        if m["bad"]:
            what = "a value stands outside of quotes" \
                if m["bad"] in VALUE + VALIDATED else "what is this"
            faults.append((m.start("bad"), f"{what} in <{tag}>?"))
        else:
            seen.add(m["name"].lower())
            fault = check_attribute(tag, m["name"], m["value"])
            if fault:
                faults.append((m.start("name"), fault))
        at = m.end()
    if tag.lower() == "style":
        faults.append((at, "a <style> element stands in a template"))
    if tag.lower() == "script" and "src" not in seen:
        faults.append((at, "a <script> without src stands in a template"))
    return faults, m.end()


def check_html(html):
    faults, at = [], 0
    while True:
        m = TAG.search(html, at)
        if not m:
            return faults
        if m[0][1:] in (VALUE, VALIDATED):
            faults.append((m.start(), "a value names a tag"))
        at = m.end()
        if m[1]:
            more, at = check_tag(html, at, m[1])
            faults += more


def check_template(path, text):
    problems = []

    def stand_in(m):
        fault, mark = check_construct(m[1])
        if fault:
            line = text.count("\n", 0, m.start()) + 1
            problems.append((path, line, fault))
        return mark + common.blank(m[0])

    html = CONSTRUCT.sub(stand_in, text)
    if "<?" in html:
        problems.append((path, html.count("\n", 0, html.index("<?")) + 1,
                         "a construct that is not <?cs ... ?>"))
    for at, fault in check_html(html):
        problems.append((path, html.count("\n", 0, at) + 1, fault))
    return problems


def check(root):
    problems = []
    for path in common.walk(root, "templates"):
        if not path.endswith(".cs"):
            problems.append((path, 1, "is not a template"))
            continue
        problems += check_template(path, common.read(root, path))
    return problems


if __name__ == "__main__":
    common.main("templates", check)
