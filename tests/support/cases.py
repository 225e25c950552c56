# cases.py: sends a folder of cases from outside through the JSON API
# SPDX-License-Identifier: MIT
"""usage: cases.py FOLDER [SET]...      (make cases CASES=FOLDER)

FOLDER has the sets that its README describes: big/samples, phones, names,
dates, csv-parsing, contact-exports. An instance is started, each file is
imported into an empty book, and for each set it is said how many cases came
out as expected; those that did not are named. What is marked either, null or
lenient is not judged. The exit status is 1 when one did not.

Nothing of the folder is copied, and no test needs it."""

import collections
import csv
import glob
import io
import json
import os
import sys

import http_client as http
from importing import Book, conserved

# The sidecars' words for what is wrong with a row, and our codes.
CODES = {
    "missing_name": "name-missing", "missing_phone": "phone-missing",
    "missing_email": "email-missing",
    "missing_country_code": "country-code-missing",
    "country_code_": "country-code-format", "phone_letters": "phone-",
    "phone_plus": "phone-format", "phone_special": "phone-format",
    "phone_space": "phone-format", "phone_hyphen": "phone-format",
    "phone_": "phone-invalid", "name_": "name-not-letters",
    "opted_other": "opted-not-boolean", "datetime_bad": "value-type",
    "type_": "value-type", "email_": "email-invalid",
}
TYPES = {"birth_date": "DATE", "last_order_date": "DATETIME",
         "Lifetime Value": "NUMBER"}
TARGETS = {
    "E-mail": "email", "Email": "email", "First name": "first_name",
    "Last name": "last_name", "First Name": "first_name",
    "Last Name": "last_name", "Phone": "phone", "Name": "name",
    "Mobile Number": "phone", "Country Code": "country_code",
    "Phone Number": "phone", "WhatsApp Opted": "whatsapp_opted",
    "User ID": "user_id", "Area": "area", "City": "city",
    "Address": "address", "House number": "house_number",
    "Country": "country", "Company": "account",
}
META = ("user.username,user.phone_no,user.email,user.first_name,"
        "user.last_name,user.title,user.account\r\n")
# What a format asks for beside the file.
ASKED = {"metahumans": {"country": "IN", "segment": "Cases"},
         "isendu": {"country": "IN"}}


def code_of(kind):
    for word, code in CODES.items():
        if kind.startswith(word):
            return code
    return kind


class Cases:
    def __init__(self, folder, book):
        self.folder = folder
        self.book = book
        self.api = http.Api(book.run("token").strip(), book.url)
        self.sums = collections.OrderedDict()
        book.empty()
        book.keep()

    def path(self, *parts):
        return os.path.join(self.folder, *parts)

    def read(self, *parts):
        with open(self.path(*parts), "rb") as f:
            return f.read()

    def json(self, *parts):
        return json.loads(self.read(*parts))

    def lines(self, *parts):
        text = self.read(*parts).decode("utf-8-sig")
        return [r for r in csv.reader(io.StringIO(text, newline=""))
                if any(r)]

    def judge(self, name, good, *said):
        passed, failed = self.sums.setdefault(name, [0, 0])
        self.sums[name] = [passed + bool(good), failed + (not good)]
        if not good:
            print(f"{name}:", *(str(s)[:300] for s in said), flush=True)

    def empty(self, *attributes):
        self.book.back()
        for name in attributes:
            self.book.add_attribute(name, TYPES.get(name, "TEXT"))

    def send(self, data, form, **options):
        """The import's number, or the refusal's text."""
        fields = {"format": form, "consent": "true", **ASKED.get(form, {}),
                  **options}
        if "mapping" in fields:
            fields["mapping"] = json.dumps(fields["mapping"])
        answer = self.api.upload("/api/v1/imports", fields,
                                 [("file", "case.csv", data)])
        if answer.status != 202:
            return None, answer.text
        number = answer.json["id"]
        state = self.book.wait(number)
        return number, state

    def codes(self, number):
        """row -> the codes of what is wrong with it."""
        out = collections.defaultdict(list)
        for row, _, code, _, _ in self.book.problems(number):
            out[row].append(code)
        return out

    def by_case(self, name="case_id"):
        return {c["attributes"].get(name): c for c in self.book.contacts()}

    # --- files of the generator ---

    def big(self):
        for file in sorted(glob.glob(self.path("big/samples/*.csv"))):
            name = os.path.basename(file)[:-4]
            side = self.json("big/samples", name + ".json")
            again = name.endswith("-update-b")
            if not again:
                self.begin_sample(side)
            number, said = self.send(self.read("big/samples", name + ".csv"),
                                     side["format"], phone_check="possible",
                                     **self.sample_options(side))
            if number is None:
                self.judge("big/samples", False, name, said)
                continue
            faults = self.compare_sample(side, number, again)
            self.judge("big/samples", not faults, name, faults[:3])

    def begin_sample(self, side):
        options = side["options"]
        names = options.get("create_attributes_first", [])
        if side["format"] == "interakt":
            names = [*TYPES, "Note"]
        self.empty(*names)
        self.book.add_tags(*options.get("create_tags_first", []))

    def sample_options(self, side):
        given = side["options"]
        options = {}
        if side["format"] == "metahumans":
            options["segment"] = given["segment"]
        if side["format"] == "isendu":
            options["header"] = "true" if given["header"] else "false"
            options["house_number_in_address"] = (
                "true" if given["house_number_part_of_address"] else "false")
            if not given["header"]:
                options["mapping"] = {
                    str(i + 1): TARGETS.get(c)
                    for i, c in enumerate(side["columns"])}
        return options

    def compare_sample(self, side, number, again):
        expect = side["expect"]
        header = 1 if side["options"].get("header", True) else 0
        counts = self.book.counts(number)
        letters = self.book.outcomes(number)
        codes = self.codes(number)
        faults = []
        if not conserved(counts) or counts["read_rows"] != expect["total"]:
            faults.append(counts)
        if not expect["err_min"] <= counts["rejected"] <= expect["err_max"]:
            faults.append(("rejected", counts["rejected"]))
        if counts["skipped"] != expect["discarded"]:
            faults.append(("skipped", counts["skipped"]))
        people = len(self.book.contacts())
        if not again and not (
                expect["contacts_min"] <= people <= expect["contacts_max"]):
            faults.append(("contacts", people))
        for bad in side["bad"]:
            found = codes[bad["row"] + header]
            if letters[bad["row"] - 1] not in "rs" or (
                    "row-limit" not in found and not any(
                        c.startswith(code_of(bad["kind"])) for c in found)):
                faults.append((bad, found))
        allowed = {x["row"] for x in side["bad"] + side["either"]}
        allowed |= {r for g in side["dup_groups"] for r in g["rows"]}
        faults += [(i, codes[i + header])
                   for i, letter in enumerate(letters, 1)
                   if letter == "r" and i not in allowed]
        return faults

    # --- single values ---

    def phones(self):
        cases = self.json("phones/phone_cases.json")
        for case in cases["phones"]:
            value = '"' + case["value"].replace('"', '""') + '"'
            for form, text in (
                    ("aisensy", f"Name,Mobile Number\r\nX,{value}\r\n"),
                    ("metahumans", f"{META}u,{value},,X,,,\r\n"),
                    ("interakt",
                     f"Name,Country Code,Phone Number\r\nX,91,{value}\r\n")):
                if case.get(form) in ("accept", "reject"):
                    self.phone(case, form, text, case[form])
        for case in cases["country_codes"]:
            if case["interakt"] in ("accept", "reject"):
                self.phone(case, "interakt",
                           "Name,Country Code,Phone Number\r\n"
                           f"X,\"{case['country_code']}\",{case['phone']}\r\n",
                           case["interakt"])
        self.countries()

    def phone(self, case, form, text, wanted):
        self.empty()
        number, said = self.send(text.encode(), form)
        letters = self.book.outcomes(number) if number else ""
        phones = [c["phone"] for c in self.book.contacts()]
        good = (letters == "c") == (wanted == "accept")
        if good and phones and case.get("e164"):
            good = phones == [case["e164"]]
        self.judge(f"phones/{form}", good, case, letters or said, phones)

    def countries(self):
        """Each country's example, with and without its code."""
        examples = self.json("phones/examples_by_country.json")
        self.empty()
        self.send(("Name,Phone\r\n" + "".join(
            f"N,{e['international']}\r\n" for e in examples)).encode(),
            "generic")
        have = {c["phone"] for c in self.book.contacts()}
        for e in examples:
            self.judge("phones/international", e["e164"] in have, e)
        for e in examples:
            self.empty()
            self.send(f"Name,Phone\r\nN,{e['national']}\r\n".encode(),
                      "generic", country=e["country"])
            have = {c["phone"] for c in self.book.contacts()}
            self.judge("phones/national", e["e164"] in have, e, have)

    def names(self):
        verdicts = {c["id"]: c for c in self.json("names/name_cases.json")}
        verdicts.update({c["id"]: c
                         for c in self.json("names/blns_cases.json")})
        for file in sorted(glob.glob(self.path("names/*.csv"))):
            name = os.path.basename(file)[:-4]
            form = name.rpartition(".")[2]
            self.empty("case_id", "text")
            number, said = self.send(self.read("names", name + ".csv"), form)
            header, *rows = self.lines("names", name + ".csv")
            if number is None:
                self.judge(f"names/{name}", False, said)
                continue
            column = [h.lstrip("$") for h in header].index("case_id")
            have = self.by_case()
            for row in rows:
                case = verdicts[row[column]]
                wanted = case.get("verdict") or case.get("as_name")
                self.one_name(name, form, row, have.get(row[column]), wanted)

    def one_name(self, name, form, row, contact, wanted):
        if name.startswith("blns-roundtrip"):
            text = contact["attributes"].get("text", "") if contact else None
            self.judge(f"names/{name}", text is not None and
                       text.split() == row[-1].split(), row, text)
        elif form == "interakt" and wanted in ("accept", "reject"):
            self.judge(f"names/{name}",
                       (contact is not None) == (wanted == "accept"), row)
        elif form == "aisensy" and wanted == "accept":
            self.judge(f"names/{name}", contact is not None and
                       contact["name"].split() == row[0].split(), row)

    def dates(self):
        cases = {c["id"]: c for c in self.json("dates/date_cases.json")}
        cases.update({c["id"]: c for c in self.json("dates/email_cases.json")})
        for file in sorted(glob.glob(self.path("dates/*.csv"))):
            name = os.path.basename(file)[:-4]
            self.empty("case_id", "last_order_date")
            number, said = self.send(self.read("dates", name + ".csv"),
                                     name.rpartition(".")[2])
            header, *rows = self.lines("dates", name + ".csv")
            if number is None:
                self.judge(f"dates/{name}", False, said)
                continue
            column = [h.partition("||")[0] for h in header].index("case_id")
            have = self.by_case()
            for row in rows:
                valid = cases[row[column]]["valid"]
                if valid in (True, False):
                    self.judge(f"dates/{name}",
                               (row[column] in have) == valid, row,
                               cases[row[column]]["note"])

    # --- whole files ---

    def parsing(self):
        for case in self.json("csv-parsing/cases.json"):
            if not case["wrapped"]:
                continue
            width = max([len(r) for r in case["rows"]] or [0])
            names = [f"c{i + 1}" for i in range(width)]
            self.empty(*names)
            number, said = self.send(
                self.read("csv-parsing", case["wrapped"]), "interakt")
            if case["cls"] != "ok":
                continue
            got = [[c["attributes"].get(n, "") for n in names]
                   for c in sorted(self.book.contacts(),
                                   key=lambda c: c["phone"])]
            rows = [[*(x.strip() for x in r), *[""] * (width - len(r))]
                    for r in case["rows"]]
            self.judge("csv-parsing/wrapped",
                       number and got in (rows, rows[1:]), case["id"], got,
                       rows, said)
        self.derived()

    def derived(self):
        for case in self.json("csv-parsing/derived.json"):
            self.empty("City")
            data = self.read("csv-parsing", case["file"])
            number, said = self.send(data, "interakt")
            if number is None and "mapping-incomplete" in said:
                number, said = self.send(
                    data, "interakt", header="false", mapping={
                        "1": "name", "2": "country_code", "3": "phone"})
            got = [[c["name"], c["phone"][3:]] for c in self.book.contacts()]
            good = [[r[0].strip(), r[2]] for r in case["good"] or []]
            if case["expect"] == "reject_file":
                self.judge("csv-parsing/derived", number is None, case["id"])
            elif number:
                self.judge("csv-parsing/derived",
                           all(g in got for g in good), case["id"], got,
                           good)
            else:
                # A refusal that names the line is as good.
                self.judge("csv-parsing/derived",
                           case["expect"] == "either" or "ine " in said,
                           case["id"], said)

    def exports(self):
        for case in self.json("contact-exports/export_cases.json"):
            data = self.read("contact-exports", case["file"])
            for run in case["runs"]:
                if run["profile"] == "any":
                    self.no_contacts(case, data)
                else:
                    self.export(case, run, data)

    def no_contacts(self, case, data):
        for form in ("isendu", "aisensy"):
            self.empty()
            number, _ = self.send(data, form)
            self.judge("contact-exports/refused", number is None or
                       not self.book.contacts(), case["id"], form)

    def export(self, case, run, data):
        mapping = {}
        for target, columns in run["mapping"].items():
            if isinstance(columns, list):
                mapping.update(zip(map(str, columns),
                                   ("first_name", "last_name")))
            elif isinstance(columns, int):
                mapping[str(columns + 1)] = TARGETS.get(target)
            else:
                mapping[columns] = TARGETS.get(target)
        mapping = {c: t for c, t in mapping.items() if t}
        self.empty(*(TYPES if run["profile"] == "interakt" else ()))
        options = {} if case.get("header", True) else {"header": "false"}
        number, said = self.send(data, run["profile"], mapping=mapping,
                                 phone_check="possible", **options)
        if number is None:
            self.judge("contact-exports", "unterminated-quote" in said,
                       case["id"], run["profile"], said)
            return
        letters = self.book.outcomes(number)
        wrong = run["error_rows"]
        if isinstance(wrong, dict):
            self.judge("contact-exports",
                       letters.count("r") == wrong["count"], case["id"])
            return
        wrong = {e["row"] for e in wrong}
        open_rows = {e["row"] for e in run["either"]}
        open_rows |= {r for g in run["repeats"] for r in g[1:]}
        open_rows |= {r["row"] if isinstance(r, dict) else r
                      for r in case["ragged_rows"]}
        faults = [(i, letter) for i, letter in enumerate(letters, 1)
                  if i not in open_rows and (letter == "r") != (i in wrong)]
        if len(letters) != case["records"]:
            faults.append((len(letters), "rows"))
        self.judge("contact-exports", not faults, case["id"],
                   run["profile"], faults[:3], self.book.problems(number)[:3])


SETS = {"big": Cases.big, "phones": Cases.phones, "names": Cases.names,
        "dates": Cases.dates, "csv-parsing": Cases.parsing,
        "contact-exports": Cases.exports}


def main():
    if len(sys.argv) < 2 or not os.path.isdir(sys.argv[1]):
        sys.exit(__doc__)
    with Book(whole=True) as book:
        cases = Cases(os.path.abspath(sys.argv[1]), book)
        for name in sys.argv[2:] or SETS:
            SETS[name](cases)
    failed = 0
    for name, (good, bad) in cases.sums.items():
        failed += bad
        print(f"{name}: {good} of {good + bad} as expected")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
