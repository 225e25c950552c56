# filter_model.py: what a filter of contacts asks, said once more in Python
# SPDX-License-Identifier: MIT
"""A person is a dict: the fields as the API has them (None or "" is empty),
"tags" and "segments" and "campaigns" (sets), "made" (number of an import or
None), "changed" and "error" (sets of numbers), the moments created_at,
updated_at, last_active and whatsapp_opted_at in milliseconds, and attributes
{name: value}. types: {attribute: type}.

A condition is (field, operator, [values]); a filter a list of such and of
groups ("any" or "all", [conditions]), with "any" or "all" for itself."""

import datetime
import unicodedata
import urllib.parse

DAY = 86400000
MOMENTS = ("created_at", "updated_at", "last_active", "whatsapp_opted_at")
NEGATIVE = {"not": "is", "lacks": "contains", "none": "any", "not-in": "in",
            "not-last": "last", "empty": "filled"}


def fold(text):
    flat = unicodedata.normalize("NFD", text)
    return "".join(c for c in flat if not unicodedata.combining(c)).casefold()


def moment(text):
    """(from, until) in milliseconds: of a day, or of a moment."""
    t = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    if t.tzinfo is None:
        t = t.replace(tzinfo=datetime.timezone.utc)
    ms = round(t.timestamp() * 1000)
    return ms, ms + (DAY if len(text) == 10 else 1)


def in_range(value, op, values, now, read=moment):
    if value is None:
        return False
    if op == "filled":
        return True
    if op == "last":
        return now - int(values[0]) * DAY <= value <= now
    first = read(values[0])
    last = read(values[-1])
    return {"is": lambda: first[0] <= value < first[1],
            "before": lambda: value < first[0],
            "after": lambda: value >= first[1],
            "between": lambda: first[0] <= value < last[1]}[op]()


def text_holds(value, op, values):
    value = fold(value or "")
    if op == "filled":
        return value != ""
    wanted = fold(values[0])
    return {"is": value == wanted and value != "",
            "contains": wanted in value and value != "",
            "starts": value.startswith(wanted) and value != ""}[op]


def number_holds(value, op, values):
    if value is None:
        return False
    if op == "filled":
        return True
    n = [float(v) for v in values]
    return {"is": value == n[0], "more": value > n[0], "less": value < n[0],
            "between": n[0] <= value <= n[-1]}[op]


def several_hold(have, op, values):
    have = {fold(str(v)) for v in have}
    wanted = [fold(v) for v in values]
    if op == "filled":
        return bool(have)
    if op == "all":
        return all(v in have for v in wanted)
    return any(v in have for v in wanted)


def seconds(text):
    parts = [int(p) for p in (text + ":00")[:8].split(":")]
    s = parts[0] * 3600 + parts[1] * 60 + parts[2]
    return s, s + 1


def attribute_holds(value, kind, op, values, now):
    if kind == "TEXT":
        return text_holds(value, op, values)
    if kind == "NUMBER":
        return number_holds(value, op, values)
    if kind == "ARRAY":
        return several_hold(value or [], op if op != "contains" else "any",
                            values)
    if op == "filled":
        return value is not None
    if value is None:
        return False
    if kind == "BOOLEAN":
        return value == (values[0] == "true")
    if kind == "TIME":
        return in_range(seconds(value)[0], op, values, now, seconds)
    if kind == "DATE" and op == "last":
        today = now - now % DAY
        return today - int(values[0]) * DAY <= moment(value)[0] <= today
    return in_range(moment(value)[0], op, values, now)


def phone_holds(value, op, values):
    value = value or ""
    if op == "filled":
        return value != ""
    digits = "".join(c for c in values[0] if c.isdigit() or c == "+")
    return {"is": value == digits, "contains": digits in value,
            "starts": value.startswith(digits)}[op]


def holds(person, condition, types, now):
    """Of a positive operator."""
    field, op, values = condition
    if field.startswith("attr."):
        name = field[5:]
        return attribute_holds(person["attributes"].get(name), types[name], op,
                               values, now)
    if field in MOMENTS:
        return in_range(person[field], op, values, now)
    if field == "phone":
        return phone_holds(person["phone"], op, values)
    if field == "whatsapp_opted":
        return (person[field] or "unknown") == values[0]
    if field == "status":
        active = person["last_active"] is not None and \
            person["last_active"] >= now - DAY
        return active == (values[0] == "active")
    if field in ("tag", "segment", "campaign"):
        return several_hold(person[field + "s"], op, values)
    if field == "import":
        ids = {int(v) for v in values}
        made = person["made"] in ids
        changed = bool(person["changed"] & ids)
        return {"made": made, "changed": changed, "met": made or changed,
                "error": bool(person["error"] & ids)}[op]
    return text_holds(person[field], op, values)


def meets(person, condition, types, now):
    """Of any operator, and of groups."""
    if len(condition) == 2:
        kind, parts = condition
        return (all if kind == "all" else any)(
            meets(person, c, types, now) for c in parts)
    field, op, values = condition
    if op in NEGATIVE:
        return not holds(person, (field, NEGATIVE[op], values), types, now)
    return holds(person, condition, types, now)


def row(condition):
    return "~".join(p.replace("\\", "\\\\").replace("~", "\\~")
                    for p in (condition[0], condition[1], *condition[2]))


def parameters(conditions, match="all"):
    """The same as pairs of a query string."""
    pairs, groups = [], 0
    for c in conditions:
        if len(c) == 2:
            groups += 1
            pairs += [(f"{c[0]}{groups}", row(part)) for part in c[1]]
        else:
            pairs.append(("where", row(c)))
    return pairs + ([("match", "any")] if match == "any" else [])


def query(conditions, match="all"):
    return urllib.parse.urlencode(parameters(conditions, match))
