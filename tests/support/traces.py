# traces.py: a person who leaves traces everywhere, and the search for them
# SPDX-License-Identifier: MIT
"""`Traces(book)` makes one person in every place that keeps something of
people, among others who stay; marks() are texts that nobody else has, and
found() says where in the whole database one of them still stands."""

import json
import re
import subprocess

import http_client as http
import patience
import whatsapp as wa

NATIONAL = "9876501234"
PHONE = "+91" + NATIONAL
FORMER = "+919876505678"
WA_USER = "IN.77001122334455"
EMAIL = "Zq.Marker@Example.org"
USER = "ZQ-USER-4711"
OTHER = "+919800000001"
MARKS = {
    "username": "zqxusername", "first_name": "Zqxfirst", "last_name": "Zqxlást",
    "title": "Zqxtitle", "account": "Zqxaccount", "address": "Zqxstreet Ångström",
    "house_number": "Zqx12b", "area": "Zqxarea", "city": "Zqxcity",
    "country": "Zqxland", "first_message": "zqxhello there"}
SPELLINGS = (NATIONAL, "98765 01234", "98765-01234", "987 650 1234",
             FORMER[3:], "98765 05678")
IDS = (WA_USER, EMAIL.lower(), USER.lower())


def line(*cells, delimiter=","):
    def cell(text):
        return '"' + text.replace('"', '""') + '"' if re.search(
            f'["\r\n{delimiter}]', text) else text
    return delimiter.join(map(cell, cells)) + "\r\n"


class Traces:
    def __init__(self, book):
        self.book = book
        self.api = http.Api(book.run("token").strip(), book.url)
        self.imports = []

    # --- asking ---

    def send(self, method, path, value):
        answer = self.api.send(method, path, value)
        if answer.status >= 300:
            raise AssertionError(f"{method} {path}: {answer.text}")
        return answer.json

    def load(self, text, encoding="utf-8", bom=b"", **options):
        options = {"format": "generic", "consent": "true", **options}
        answer = self.api.upload(
            "/api/v1/imports", options,
            [("file", "people.csv", bom + text.encode(encoding))])
        if answer.status != 202:
            raise AssertionError(answer.text)
        number = answer.json["id"]
        self.imports.append(number)
        if "dry_run" in options:
            self.until(number, "ready")
        else:
            self.until(number, "done")
        return number

    def until(self, number, state):
        self.book.wait(number, state)

    def webhook(self, event):
        data = json.dumps(event).encode()
        answer = http.Client(self.book.url).ask("POST", wa.PATH, data, {
            "Content-Type": "application/json",
            "X-Hub-Signature-256": wa.sign(data)})
        if answer.status != 200:
            raise AssertionError(answer.text)

    # --- the traces ---

    def contact(self):
        self.book.run("config", "whatsapp.app_secret", wa.SECRET)
        self.book.run("config", "book.country", "IN")
        self.book.add_attribute("Zip")
        self.person = self.send("POST", "/api/v1/contacts", {
            "name": "Zqxfirst Zqxlást", "phone": FORMER, "email": EMAIL,
            "user_id": USER, "wa_user_id": WA_USER, "tags": ["Fair"],
            "attributes": {"Zip": "Zqxattribute"}, **MARKS})
        self.other = self.send("POST", "/api/v1/contacts", {
            "name": "Bo Other", "phone": OTHER, "email": "bo@example.org",
            "city": "Pune"})
        path = f"/api/v1/contacts/{self.person['id']}"
        for change in ({"phone": PHONE}, {"city": "Zqxcity two"},
                       {"attributes": {"Zip": "Zqxattribute two"}},
                       {"whatsapp_opted": "no"}, {"whatsapp_opted": "yes"}):
            self.person = self.send("PUT", path, {
                "version": self.person["version"], **change})

    def messages(self):
        sender = PHONE[1:]
        self.webhook(wa.message(sender, "zqxmessage one", "Zqxfirst"))
        self.webhook(wa.message(sender, "zqxmessage two", "Zqxprofile"))
        self.webhook(wa.body({"contacts": [{"wa_id": sender}],
                              "strange": [{"from": sender}]}, "zqxfield"))
        self.webhook(wa.message(OTHER[1:], "keep this", "Bo"))

    def files(self):
        header = line("Name", "Phone", "Email", "City", "Note")
        bo = line("Bo Other", OTHER, "bo@example.org", "Pune", "stays")
        me = line("Zqxfirst Zqxlást", "98765 01234", EMAIL.upper(), "Zqxfile",
                  'Zqxnote "quoted", ünd\r\nmore')
        self.load(header + bo + me + bo.replace("Pune", "Agra"),
                  bom=b"\xef\xbb\xbf", mapping='{"Note": null}')
        self.load(header + bo + me + bo, "utf-16-le", b"\xff\xfe",
                  mapping='{"Note": null}')
        self.load(header + bo + me + bo, "utf-16-be", b"\xfe\xff",
                  mapping='{"Note": null}')
        self.load((header + bo + me + bo).replace(",", ";"), "cp1252",
                  mapping='{"Note": null}')
        # In error, in each format's way.
        self.load("Name,Mobile Number,$Zip\r\n" +
                  line("", PHONE, "Zqxrejected") +
                  line("Bo", OTHER, "1"), format="aisensy")
        self.load("user.username,user.phone_no,user.email,user.first_name,"
                  "user.last_name,user.title,user.account\r\n" +
                  line("zqxmeta", "98765-01234", EMAIL, "Zqxm", "", "", "") +
                  line("zqxmeta", "(91) 9876501234", "", "Zqxm", "", "", ""),
                  format="metahumans", segment="Meta", country="IN")
        self.load("email,first name,Tel\r\n" +
                  line("not an address", "Zqxisendu", PHONE) +
                  line("bo@example.org", "Bo", "ask 0091 98765 01234"),
                  format="isendu", mapping='{"Tel": null}')
        self.load("Name,Country Code,Phone Number,Email\r\n" +
                  line("Zqx1", "91", NATIONAL, "zq at example") +
                  line("Zqx2", "+91", NATIONAL, ""), format="interakt")
        # An address that only looks like the person's; a short row; one that
        # is left out; the first row taken for names of columns.
        self.load(header + line("Di", "+919800000009",
                                "di" + EMAIL.lower(), "Oslo", "") +
                  line("Zqxshort", PHONE), mapping='{"Note": null}')
        self.load(line("Zqxheader", PHONE, EMAIL) + line("Bo", OTHER, ""),
                  header="true", mapping=json.dumps(
                      {"1": "name", "2": "phone", "3": "email"}))

    def corrections(self):
        number = self.load(
            line("Name", "Phone", "City") + line("Bo", OTHER, "Pune") +
            line("Zqxcorrected", "98765 0123", "Zqxwrong") +
            line("Zqxgone", PHONE, "Zqxout"), dry_run="true")
        for fix in ({"row": 3, "column": "Phone", "value": "98765 01234"},
                    {"column": "City", "from": "Zqxwrong", "to": "Zqxright"},
                    {"row": 4, "leave_out": True}):
            self.send("POST", f"/api/v1/imports/{number}/fixes", fix)
            self.until(number, "ready")
        self.book.sql(
            "INSERT INTO correction_memory (member_id, place, header,"
            " old_value, new_value, used_at) VALUES (1, REPEAT('z', 32),"
            f" 'phone', '98765 0123', '{PHONE}', UTC_TIMESTAMP(3)),"
            " (1, REPEAT('y', 32), 'city', 'Puna', 'Pune',"
            " UTC_TIMESTAMP(3))")
        self.send("POST", f"/api/v1/imports/{number}/start",
                  {"consent": True})
        self.until(number, "done")
        self.corrected = number

    def jobs(self):
        where = {"phone": PHONE}
        for change in ({"action": "add_tags", "tags": ["Vip"]},
                       {"action": "set", "values": {"city": "Zqxbulk"}},
                       {"action": "set", "values": {"email": EMAIL}}):
            job = self.send("POST", "/api/v1/bulk",
                            {"filter": where, **change})
            self.done(job["id"])
        self.send("POST", f"/api/v1/bulk/{job['id']}/undo", {})
        self.done(job["id"] + 1)
        for name, value in (("By number", {"phone": PHONE}),
                            ("By words", {"where":
                                          "city~is~Zqxbulk"}),
                            ("Others", {"city": "Pune"})):
            self.send("POST", "/api/v1/segments", {
                "name": name, "kind": "dynamic", "filter": value})
        number = self.load(line("Name", "Phone", "City") +
                           line("Zqxundone", PHONE, "Zqxundo"))
        self.send("POST", f"/api/v1/imports/{number}/undo", {})
        self.until(number, "undone")

    def done(self, job):
        patience.until(lambda: self.api.get(f"/api/v1/bulk/{job}").json[
            "status"] in ("done", "failed", "cancelled"),
            lambda: f"job {job}")

    def merged(self):
        twin = self.send("POST", "/api/v1/contacts", {
            "name": "Zqxtwin", "phone": "+919876509999",
            "city": "Zqxtwincity"})
        me = self.api.get(f"/api/v1/contacts/{self.person['id']}").json
        self.send("POST", f"/api/v1/contacts/{me['id']}/merge", {
            "with": twin["id"], "version": me["version"],
            "with_version": twin["version"]})
        # Somebody else had the number once.
        before = {"phone": PHONE, "city": "Roma"}
        self.book.sql(
            "INSERT INTO contact_revision (contact_id, version, at, kind,"
            f" before_values) VALUES ({self.other['id']}, 1,"
            f" UTC_TIMESTAMP(3), 'update', "
            f"'{json.dumps(before, separators=(',', ':'))}')")

    def everything(self):
        self.contact()
        self.messages()
        self.files()
        self.corrections()
        self.jobs()
        self.merged()

    # --- the search ---

    def dump(self):
        return subprocess.run(
            ["mariadb-dump", "-S", self.book.var + "/mariadb.sock",
             "--skip-extended-insert", "--skip-comments", "rubrica"],
            check=True, capture_output=True, timeout=120).stdout

    def found(self):
        """(table, mark) for all that is still there."""
        table, out = "", set()
        needles = {}
        for mark in ("zqx", *SPELLINGS, *IDS, "+919876509999"[3:]):
            for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
                needles[mark.lower().encode(encoding)] = mark
        for row in self.dump().lower().split(b"\n"):
            # As the dump writes a NUL; and an address of somebody else.
            row = row.replace(rb"\0", b"\0").replace(
                b"di" + EMAIL.lower().encode(), b"")
            at = re.match(rb"insert into `(\w+)`", row)
            table = at[1].decode() if at else table
            for needle, mark in needles.items():
                if needle in row:
                    i = row.find(needle)
                    out.add((table, mark, row[max(0, i - 60):i + 60]))
        return sorted(out)
