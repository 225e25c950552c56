# model.py: what an import comes to, by the rules alone
# SPDX-License-Identifier: MIT
"""A small second importer, written from the rules of the formats and not from
the program: rows are taken one after the other, on a list of dicts. It knows
the few kinds of values that lots.py draws, so that it can be told from
reading whether it is right. Times are days; NOW is any moment of the test."""

import copy
import json
import re

NOW = "2050-01-01"
CONSENT = ("whatsapp_opted", "whatsapp_opted_at")
# From what changes a contact most to what never does.
CAUTION = ("overwrite", "append", "fill", "never")

# What the formats preset; the rest of the rules is that of GENERIC.
GENERIC = {"key": "phone_else_email", "required": {"phone_or_email"},
           "phone_form": "any", "name_rule": "any",
           "duplicates": "last_wins", "existing": "update", "blank": "keep",
           "unknown_tag": "create", "source": "IMPORT", "country": "IN"}
FORMATS = {
    "generic": GENERIC,
    "aisensy": {**GENERIC, "key": "phone", "required": {"name", "phone"},
                "phone_form": "plus_or_national", "unknown_tag": "drop"},
    "metahumans": {**GENERIC, "key": "phone", "required": {"phone"},
                   "phone_form": "digits", "blank": "clear"},
    "isendu": {**GENERIC, "key": "email", "required": {"email"}},
    "interakt": {**GENERIC, "key": "phone",
                 "required": {"country_code", "phone"},
                 "phone_form": "split", "name_rule": "letters",
                 "duplicates": "first_wins"},
}
NAMES = ("name", "first_name", "last_name")
PLAIN = ("email", "user_id", *NAMES, "address", "house_number", "city",
         "source")


class Row:
    """What one row says: values (a field that has no column is not there),
    and what is wrong with it."""

    def __init__(self, number):
        self.number = number
        self.values = {}
        self.tags = []
        self.has_tags = False
        self.score = None  # "" when the column is there and empty
        self.list = None
        self.rejects = []
        self.warnings = []


def phone_fault(row, rules, text, code):
    """Sets row.values["phone"], or says what is wrong."""
    form = rules["phone_form"]
    digits = re.sub(r"\D", "", text)
    if re.fullmatch(r"[\d.]+E\+\d+", text):
        return "spreadsheet-damage"
    if form in ("digits", "split") and not re.fullmatch(r"\d+", text):
        return "phone-format"
    if form == "split":
        if code != "91":
            return None  # what is wrong is said of the code
        number = code + digits
    elif form == "plus_or_national" and not text.startswith("+"):
        if len(digits) not in (10, 12):
            return "phone-invalid"
        number = digits if len(digits) == 12 else "91" + digits
    elif text.startswith("00"):
        number = digits[2:]
    elif text.startswith("+") or len(digits) == 12:
        number = digits
    else:
        number = "91" + digits
    if not re.fullmatch(r"9198\d{8}", number):
        return "phone-invalid"
    row.values["phone"] = "+" + number
    return None


def check_number(row, rules, text, code):
    optional = (rules["key"] in ("email", "user_id")
                and "phone" not in rules["required"])
    if code and code != "91":
        row.rejects.append("country-code-unknown" if code == "999" else
                           "country-code-format")
    if not text:
        row.values["phone"] = ""
        return
    fault = phone_fault(row, rules, text, code)
    if fault and optional:
        row.warnings.append("phone-left-out")
    elif fault:
        row.rejects.append(fault)


def check_required(row, rules, given):
    """given: the trimmed cells by field, as they stand in the file."""
    required, key = rules["required"], rules["key"]
    if "name" in required and not given.get("name"):
        row.rejects.append("name-missing")
    if not given.get("phone"):
        if "phone" in required or key == "phone":
            row.rejects.append("phone-missing")
        elif not given.get("email") and (
                "phone_or_email" in required or key == "phone_else_email"):
            ids = given.get("wa_user_id") or given.get("user_id")
            if key != "phone_else_email" or not ids:
                row.rejects.append("phone-missing")
    if "country_code" in given and not given["country_code"] and (
            "country_code" in required or given.get("phone")):
        row.rejects.append("country-code-missing")
    if not given.get("email") and ("email" in required or key == "email"):
        row.rejects.append("email-missing")
    if key == "user_id" and not given.get("user_id"):
        row.rejects.append("user-id-missing")


def check(number, given, rules):
    row = Row(number)
    for field in PLAIN:
        if field in given:
            row.values[field] = given[field]
    for field in NAMES:
        if rules["name_rule"] == "letters" and re.search(
                r"[^\w ]|[\d_]", given.get(field, "")):
            row.rejects.append("name-not-letters")
    if not given.get("name") and ("first_name" in given
                                  or "last_name" in given):
        row.values["name"] = " ".join(filter(None, (
            given.get("first_name"), given.get("last_name"))))
    check_required(row, rules, {**given, "name": row.values.get("name")})
    if "phone" in given:
        check_number(row, rules, given["phone"], given.get("country_code"))
    if given.get("email") and "@" not in given["email"]:
        row.rejects.append("email-invalid")
    opted = given.get("whatsapp_opted", "").lower()
    if opted in ("true", "false"):
        row.values["whatsapp_opted"] = "yes" if opted == "true" else "no"
    elif opted:
        row.rejects.append("opted-not-boolean")
    at = given.get("whatsapp_opted_at", "")
    if at and not re.fullmatch(r"\d{4}-\d\d-\d\d", at):
        row.rejects.append("value-type")
    else:
        row.values["whatsapp_opted_at"] = at
    row.has_tags = "tags" in given
    row.list = given.get("list")
    if row.list and not row.list.startswith("["):
        row.rejects.append("value-type")
    row.score = given.get("score")
    if row.score and not re.fullmatch(r"-?\d+", row.score):
        row.rejects.append("value-type")
    row.said_tags = bool(given.get("tags", "").replace("|", "").strip())
    for tag in given.get("tags", "").split("|"):
        if tag.strip() and tag.strip() not in row.tags:
            row.tags.append(tag.strip())
    return row


class Import:
    """columns: the write rules that were chosen, {field: (write, empty)}, ""
    where nothing was said. optins: None; the number of people whose opt-outs
    are overturned, in the order of the file; or the pairs of row and contact
    (its place in the book) that a check found."""

    def __init__(self, book, tags, rules, segment="", columns=None,
                 given=(), import_tags=(), optins=None):
        self.book = book  # contacts, the oldest first
        self.tags = tags  # names that the book has
        self.rules = rules
        self.segment = segment
        self.columns = columns or {}
        self.given = given  # the fields that have columns
        self.import_tags = import_tags
        self.optins = optins
        self.overturned = set()
        self.optouts = []  # (row, contact, kept)
        self.problems = []
        self.first = set()
        self.twice = set()

    def run(self, rows):
        """rows: (number, cells by field); the letters of the outcomes."""
        checked = [check(n, given, self.rules) for n, given in rows]
        if self.rules["duplicates"] == "reject_all":
            keys = [self.key(r) for r in checked if not r.rejects]
            self.twice = {k for k in keys if k[1] and keys.count(k) > 1}
        letters = ""
        for row in checked:
            letter = "r" if row.rejects else self.decide(row)
            letters += letter
            self.problems += [(row.number, code)
                              for code in row.rejects + row.warnings]
        return letters

    def reject(self, row, code, letter="r"):
        row.rejects.append(code)
        return letter

    def key(self, row):
        field = self.rules["key"]
        if field == "phone_else_email":
            field = next((f for f in ("phone", "email", "wa_user_id")
                          if row.values.get(f)), "user_id")
        value = row.values.get(field) or ""
        return field, value.lower() if field == "email" else value

    def having(self, field, value):
        if field == "email":
            return [c for c in self.book if c["email"].lower() == value]
        return [c for c in self.book if c[field] == value]

    def find(self, row, field, value):
        """The contact, or None; or the code that says why not."""
        found = self.having(field, value)
        mine = row.values.get("user_id")
        if (len(found) > 1 and field == "email" and mine
                and self.rules["key"] == "phone_else_email"):
            # Who share an address are told apart by their id.
            told = [c for c in found if c["user_id"] == mine]
            found = told if len(told) == 1 else found
        if len(found) > 1:
            return "ambiguous-match"
        found = found[0] if found else None
        email = (row.values.get("email") or "").lower()
        if (self.rules["key"] == "phone_else_email" and field == "phone"
                and email):
            others = self.having("email", email)
            if found and others and found not in others:
                return "key-conflict"
            if not found and len(others) == 1 and not others[0]["phone"]:
                found = others[0]
        return found

    def decide(self, row):
        field, value = self.key(row)
        duplicates = self.rules["duplicates"]
        if ((field, value) in self.twice
                or duplicates == "first_wins" and (field, value) in self.first):
            return self.reject(row, "duplicate-in-file")
        found = self.find(row, field, value)
        if isinstance(found, str):
            return self.reject(row, found)
        if not found and self.rules["key"] == "phone_else_email" and \
                field in ("wa_user_id", "user_id"):
            return self.reject(row, "phone-missing")
        phone = row.values.get("phone")
        if found and not self.lets_in("phone", found["phone"], phone or ""):
            phone = ""
        if phone and any(c is not found for c in self.having("phone", phone)):
            return self.reject(row, "key-conflict")
        unknown = [t for t in row.tags if t not in self.tags]
        if unknown and self.rules["unknown_tag"] == "reject":
            return self.reject(row, "tag-unknown")
        self.first.add((field, value))
        existing = self.rules["existing"]
        if found and existing in ("skip", "create_only"):
            return self.reject(row, "already-there", "s")
        if not found and existing == "update_only":
            return self.reject(row, "not-there", "s")
        return self.write(row, found, unknown)

    def write(self, row, found, unknown):
        if self.rules["unknown_tag"] == "drop":
            row.warnings += ["tag-unknown"] * len(unknown)
            row.tags = [t for t in row.tags if t in self.tags]
        else:
            self.tags.update(unknown)
        contact = found or blank_contact()
        if not found:
            if "source" not in row.values:
                contact["source"] = self.rules["source"]
            self.book.append(contact)
        before = repr(contact)
        if found:
            self.lay(row, contact)
        else:
            self.fill(row, contact)
        changed = repr(contact) != before
        if found and changed:
            contact["version"] += 1
        if self.segment:
            contact["segments"] = self.segment
        return "c" if not found else "u" if changed else "="

    # --- what the columns let in ---

    def rule(self, field):
        """(write, clears) of a field."""
        if field == "name" and "name" not in self.given:
            both = [self.rule(f) for f in NAMES[1:] if f in self.given]
            return (max((w for w, _ in both), key=CAUTION.index),
                    all(c for _, c in both)) if both else ("overwrite", False)
        write, empty = self.columns.get(field, ("", ""))
        write = write or ("append" if field == "tags" else "overwrite")
        blank = "clear" if (self.rules["blank"] == "clear"
                            and write == "overwrite") else "keep"
        clears = (empty or blank) == "clear"
        if field in CONSENT or self.rules["duplicates"] == "merge":
            clears = False
        return write, clears

    def lets_in(self, field, old, new):
        write, clears = self.rule(field)
        if not new:
            return clears
        return write == "overwrite" or (write == "fill" and not old)

    def fill(self, row, contact):
        """A new contact has it all."""
        for field in ("phone", *PLAIN):
            if row.values.get(field):
                contact[field] = row.values[field]
        opted = row.values.get("whatsapp_opted")
        at = row.values.get("whatsapp_opted_at") or ""
        contact["whatsapp_opted"] = opted or ""
        contact["whatsapp_opted_at"] = at or (NOW if opted else "")
        if row.score:
            contact["score"] = int(row.score)
        if row.list:
            contact["list"] = json.loads(row.list)
        contact["tags"] = sorted({*self.import_tags, *row.tags})

    def lay(self, row, contact):
        for field in ("phone", *PLAIN):
            new, old = row.values.get(field), contact[field]
            if new is None or not self.lets_in(field, old, new):
                continue
            # The case of an address is no change of it.
            if field != "email" or old.lower() != new.lower():
                contact[field] = new
        self.lay_consent(row, contact)
        if row.score is not None and self.lets_in(
                "score", contact["score"] is not None, row.score):
            contact["score"] = int(row.score) if row.score else None
        self.lay_list(row, contact)
        self.lay_tags(row, contact)

    def lay_list(self, row, contact):
        write, _ = self.rule("list")
        if row.list is None:
            return
        if row.list and write == "append" and contact["list"] is not None:
            for x in json.loads(row.list):
                if json.dumps(x) not in map(json.dumps, contact["list"]):
                    contact["list"] = contact["list"] + [x]
        elif row.list and write == "append" or self.lets_in(
                "list", contact["list"] is not None, row.list):
            contact["list"] = json.loads(row.list) if row.list else None

    def lay_tags(self, row, contact):
        write, clears = self.rule("tags")
        tags = set(contact["tags"])
        if row.has_tags and row.said_tags and write == "overwrite" or (
                row.has_tags and not row.said_tags and clears):
            tags = set(row.tags)
        elif write == "append" or write == "fill" and not tags:
            tags |= set(row.tags)
        contact["tags"] = sorted(tags | set(self.import_tags))

    # --- consent ---

    def lay_consent(self, row, contact):
        opted = row.values.get("whatsapp_opted") or ""
        at = row.values.get("whatsapp_opted_at") or ""
        was = contact["whatsapp_opted"]
        since = contact["whatsapp_opted_at"] or NOW
        if not opted or opted == was:
            if at and self.lets_in(CONSENT[1], contact[CONSENT[1]], at) and (
                    was != "no" or at > since):
                contact["whatsapp_opted_at"] = at
            return
        if not self.lets_in("whatsapp_opted", was, opted):
            return
        if was == "no" and not since < at <= NOW:
            at = NOW
            if not self.overturns(row, contact):
                return
        contact["whatsapp_opted"] = opted
        contact["whatsapp_opted_at"] = at or NOW

    def overturns(self, row, contact):
        """An opt-in without newer proof: whether somebody confirmed it."""
        who = next(i for i, c in enumerate(self.book) if c is contact)
        if isinstance(self.optins, int):
            yes = (who in self.overturned
                   or len(self.overturned) < self.optins)
        else:
            yes = (row.number, who) in (self.optins or ())
        if yes:
            self.overturned.add(who)
        else:
            row.warnings.append("opt-out-kept")
        self.optouts.append((row.number, who, not yes))
        return yes

    def people(self):
        return len({who for _, who, _ in self.optouts})


def found_by_check(make, rows):
    """The pairs of row and contact that a check of the rows finds; make() gives
    an Import of its own book."""
    check = make()
    check.run(copy.deepcopy(rows))
    return {(row, who) for row, who, _ in check.optouts}


def blank_contact(**values):
    contact = {f: "" for f in ("phone", *CONSENT, *PLAIN)}
    contact.update(score=None, list=None, tags=[], segments=None, version=1)
    contact.update(values)
    return contact
