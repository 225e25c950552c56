# lots.py: small imports by lot, for the model
# SPDX-License-Identifier: MIT
"""draw(number, seed) is a book and an import into it. Each has people of its
own (by `number`), so that many can be in one book of the program."""

import csv
import io
import json
import random

from model import FORMATS, blank_contact

HEADERS = {
    "generic": {"name": "Name", "phone": "Phone", "email": "E-mail",
                "user_id": "User ID", "city": "City", "source": "Source",
                "tags": "Tags", "whatsapp_opted": "WhatsApp Opted",
                "whatsapp_opted_at": "WhatsApp Opted At",
                "score": "Score", "list": "List"},
    "aisensy": {"name": "Name", "phone": "Mobile Number", "tags": "Tags",
                "source": "Source", "score": "$Score", "email": "E-mail",
                "user_id": "User ID", "list": "$List",
                "whatsapp_opted": "WhatsApp Opted",
                "whatsapp_opted_at": "WhatsApp Opted At"},
    "metahumans": {"first_name": "user.first_name",
                   "last_name": "user.last_name", "phone": "user.phone_no",
                   "email": "user.email", "score": "Score||NUMBER",
                   "list": "List||ARRAY"},
    "isendu": {"email": "E-mail", "first_name": "First name",
               "last_name": "Last name", "phone": "Phone", "city": "City",
               "score": "Score", "tags": "Tags", "list": "List",
               "whatsapp_opted": "WhatsApp Opted",
               "whatsapp_opted_at": "WhatsApp Opted At"},
    "interakt": {"name": "Name", "country_code": "Country Code",
                 "phone": "Phone Number", "email": "Email",
                 "whatsapp_opted": "WhatsApp Opted", "user_id": "User ID",
                 "whatsapp_opted_at": "WhatsApp Opted At", "list": "List",
                 "city": "City", "score": "Score", "tags": "Tags"},
}
FIXED = ("user.username", "user.phone_no", "user.email", "user.first_name",
         "user.last_name", "user.title", "user.account")
ENCODINGS = ("utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252")
NAMES = ("Asha", "Bo", "Zoë Façade", "Jean Luc", "Mina", "R2", "Anna\nB", "",
         "José", 'Al "Q" Fox', "a;b", "c,d")
DAYS = ("2021-05-01", "2022-05-01", "2023-05-01", "2024-05-01")
LISTS = ("[]", "[1]", "[1,2]", '["a",1]', '[2,2]')
CITIES = ("Pune", "Zürich", "São Paulo", "", "Torino, TO")


class Draw:
    def __init__(self, number, seed):
        self.rng = rng = random.Random(f"{seed}/{number}")
        self.number = number
        self.format = rng.choice(list(FORMATS))
        self.rules = dict(FORMATS[self.format])
        self.options = {}
        self.draw_rules()
        self.known_tags = [f"T{number}a", f"T{number}b"]
        self.book = [self.contact() for _ in range(rng.randrange(6))]
        self.segment = ""
        if self.format == "metahumans" or rng.random() < 0.3:
            self.segment = self.options["segment"] = f"Segment {number}"
        self.draw_columns()
        self.draw_writes()
        self.import_tags = []
        if rng.random() < 0.15:
            self.import_tags = [self.known_tags[1]]
            self.options["tags"] = self.known_tags[1]
        self.optins = rng.choice((None, None, 1, 2, 9))
        self.rows = [self.row() for _ in range(rng.randrange(1, 14))]

    # --- people ---

    def phone(self, i=None):
        i = self.rng.randrange(7) if i is None else i
        return f"98{self.number:04d}00{i:02d}"

    def email(self):
        text = f"p{self.rng.randrange(6)}.c{self.number}@example.org"
        return text.upper() if self.rng.random() < 0.2 else text

    def user_id(self):
        return f"C{self.number}U{self.rng.randrange(5)}"

    def contact(self):
        rng = self.rng
        values = {"name": rng.choice(("Old", "Asha")), "source": "API",
                  "city": rng.choice(("", "Pune"))}
        taken = [c["phone"] for c in getattr(self, "made", [])]
        phone = "+91" + self.phone()
        if phone not in taken and rng.random() < 0.7:
            values["phone"] = phone
        if rng.random() < 0.7 or "phone" not in values:
            values["email"] = self.email()
        if rng.random() < 0.5:
            values["user_id"] = self.user_id()
        if rng.random() < 0.3:
            values["score"] = rng.randrange(5)
        if rng.random() < 0.5:
            values["tags"] = [rng.choice(self.known_tags)]
        if rng.random() < 0.3:
            values["list"] = json.loads(rng.choice(LISTS))
        if rng.random() < 0.6:
            values["whatsapp_opted"] = rng.choice(("yes", "no", "no"))
            values["whatsapp_opted_at"] = rng.choice(("", *DAYS))
        contact = blank_contact(**values)
        self.made = [*getattr(self, "made", []), contact]
        return contact

    # --- the import ---

    def draw_rules(self):
        rng = self.rng
        for rule, values in (
                ("duplicates", ("last_wins", "first_wins", "reject_all",
                                "merge")),
                ("existing", ("update", "skip", "create_only",
                              "update_only")),
                ("blank", ("keep", "clear")),
                ("unknown_tag", ("drop", "create", "reject")),
                ("name_rule", ("any", "letters"))):
            if rng.random() < 0.3:
                self.set_rule(rule, rng.choice(values))
        keys = {"generic": ("phone", "email", "user_id"),
                "aisensy": ("email", "user_id"), "isendu": ("phone",),
                "metahumans": ("email",), "interakt": ("email", "user_id")}
        if rng.random() < 0.3:
            self.set_rule("key", rng.choice(keys[self.format]))
        if self.format not in ("aisensy", "interakt"):
            self.options["country"] = "IN"

    def set_rule(self, rule, value):
        self.rules[rule] = self.options[rule] = value

    def draw_columns(self):
        rng = self.rng
        headers = HEADERS[self.format]
        needed = {"phone", "email", "name", "country_code"}
        if self.rules["key"] == "user_id":
            needed.add("user_id")
        if self.format == "metahumans":
            needed = set(headers) - {"score", "list"}
        self.fields = [f for f in headers
                       if f in needed or rng.random() < 0.7]
        rng.shuffle(self.fields)
        self.header = (self.format == "metahumans" or rng.random() < 0.8)
        self.encoding = rng.choice(ENCODINGS)
        self.delimiter = rng.choice(",,;\t")

    def writes_of(self, field):
        """What a column may be told: (write, empty)."""
        key = self.rules["key"]
        if field == "country_code" or field == key:
            return [("", "")]
        writes = ["", "overwrite", "fill", "never"]
        if key == "phone_else_email" and field in ("phone", "email"):
            writes.remove("never")
        if field in ("tags", "list"):
            writes.append("append")
        clear = (field not in ("whatsapp_opted", "whatsapp_opted_at")
                 and self.rules["duplicates"] != "merge")
        return [(w, e) for w in writes for e in (
            "", "keep", *(["clear"] if clear and w != "never" else []))]

    def draw_writes(self):
        """The columns' write rules, of most files."""
        self.columns = {}
        if self.rng.random() < 0.35:
            return
        for field in self.fields:
            rule = self.rng.choice(self.writes_of(field))
            if self.rng.random() < 0.7 and rule != ("", ""):
                self.columns[field] = rule

    def mapping(self):
        """As the API takes it."""
        headers = HEADERS[self.format]
        names = {"score": "Score", "list": "List"}
        out = {}
        for i, field in enumerate(self.fields):
            write, empty = self.columns.get(field, ("", ""))
            rule = {**({"write": write} if write else {}),
                    **({"empty": empty} if empty else {})}
            if not self.header:
                word = names.get(field, field)
                out[str(i + 1)] = {"to": word, **rule} if rule else word
            elif rule:
                out[headers[field]] = rule
        return out

    def cell(self, field):
        rng = self.rng
        blank = rng.random() < 0.15
        if field == "phone":
            if blank:
                return ""
            number = self.phone()
            forms = {"any": ("+91" + number, number, "0091" + number,
                             f"+91 {number[:5]} {number[5:]}"),
                     "plus_or_national": ("+91" + number, number,
                                          "91" + number),
                     "digits": (number, "91" + number), "split": (number,)}
            if rng.random() < 0.1:
                return rng.choice(("12", "9.19877E+11", "+91" + number + "0"))
            return rng.choice(forms[self.rules["phone_form"]])
        if field == "country_code":
            return rng.choice(("91",) * 12 + ("", "+91", "999"))
        if field == "email":
            return "" if blank else rng.choice(
                (self.email(),) * 12 + ("nobody",))
        if field == "user_id":
            return "" if blank else self.user_id()
        if field == "tags":
            names = self.known_tags + [f"T{self.number}{x}" for x in "cd"]
            return "|".join(rng.sample(names, rng.choice((0, 0, 1, 2))))
        if field == "whatsapp_opted":
            return rng.choice(("", "", "TRUE", "false", "maybe"))
        if field == "whatsapp_opted_at":
            return rng.choice(("", "", *DAYS, *DAYS, "2099-01-01", "soon"))
        if field == "list":
            return rng.choice(("", "", *LISTS, *LISTS, "{}"))
        if field == "score":
            return rng.choice(("", "", "1", "2", "-3", "much"))
        if field == "city":
            return rng.choice(CITIES)
        if field == "source":
            return rng.choice(("", "Fair", "Shop"))
        return rng.choice(NAMES)

    def row(self):
        return {field: self.cell(field) for field in self.fields}

    def cells(self, row):
        if self.format != "metahumans":
            return [row[f] for f in self.fields]
        names = {HEADERS["metahumans"][f]: f for f in self.fields}
        cells = [row[names[h]] if h in names else "" for h in FIXED]
        return cells + [row[f] for f in ("score", "list") if f in row]

    def head(self):
        headers = HEADERS[self.format]
        if self.format != "metahumans":
            return [headers[f] for f in self.fields]
        return [*FIXED, *(headers[f] for f in ("score", "list")
                          if f in self.fields)]

    def file(self):
        out = io.StringIO(newline="")
        writer = csv.writer(out, delimiter=self.delimiter,
                            lineterminator="\r\n")
        if self.header:
            writer.writerow(self.head())
        else:
            self.options["header"] = "false"
        if self.mapping():
            self.options["mapping"] = json.dumps(self.mapping())
        writer.writerows(self.cells(row) for row in self.rows)
        return out.getvalue().encode(self.encoding)

    def numbered(self):
        """(row number of a spreadsheet, values) of the rows that are not
        blank."""
        first = 2 if self.header else 1
        return [(first + i, row) for i, row in enumerate(self.rows)
                if any(x.strip() for x in self.cells(row))]
