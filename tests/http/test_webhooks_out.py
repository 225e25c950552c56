# test_webhooks_out.py: what outgoing webhooks tell, and how they go on telling
# SPDX-License-Identifier: MIT
"""With an instance of its own, whose pauses between attempts are short."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import bulk_client as bulk
import contact_fixtures as book
import hook_client as hooks
import http_client as http
import import_client as imports
import patience
import whatsapp as wa
from importing import Sql
from instance import Instance
from receiver import Receiver

FIRST_PAUSE = 2  # ms
TIMEOUT = 2000    # ms
ATTEMPTS = 7

instance = receiver = sql = None


def setUpModule():
    global instance, receiver, sql
    instance = Instance(RUBRICA_HOOK_RETRY_MS=str(FIRST_PAUSE),
                        RUBRICA_HOOK_TIMEOUT_MS=str(TIMEOUT),
                        http_proxy="http://127.0.0.1:1",
                        ALL_PROXY="http://127.0.0.1:1")
    instance.__enter__()
    unittest.addModuleCleanup(instance.__exit__, None, None, None)
    http.URL = instance.url
    http.ADMIN_EMAIL = instance.env["RUBRICA_ADMIN_EMAIL"]
    http.ADMIN_PASSWORD = instance.env["RUBRICA_ADMIN_PASSWORD"]
    os.environ["RUBRICA_TOKEN"] = instance.run("token").strip()
    receiver = Receiver()
    receiver.__enter__()
    unittest.addModuleCleanup(receiver.__exit__)
    sql = Sql(instance.var + "/mariadb.sock")
    unittest.addModuleCleanup(sql.close)
    wa.set_up()


def count(table, where="TRUE"):
    return sql(f"SELECT COUNT(*) FROM {table} WHERE {where}")[0]


def settled():
    """All that happened is told."""
    end = time.monotonic() + patience.SECONDS
    while count("hook_event") or count(
            "hook_delivery", "state = 'waiting' AND hook_id IN"
            " (SELECT id FROM hook WHERE active)"):
        if time.monotonic() > end:
            raise AssertionError("it is not told\n" + instance.logs())
        time.sleep(0.05)


def sender(number):
    """Sends the sender a signal; when it is about to come back, then."""
    end = time.monotonic() + patience.SECONDS
    while True:
        try:
            return os.kill(instance.pid("sender"), number)
        except (OSError, ValueError):
            if time.monotonic() > end:
                raise
        time.sleep(0.05)


class Case(unittest.TestCase):
    def hook(self, events=None, **values):
        """A webhook and the name of its place at the receiver."""
        name = http.unique("r")
        made = hooks.make(receiver.url(name), events, **values)
        self.addCleanup(hooks.take_away, made)
        return made, name

    def told(self, name, event=None, about=None):
        settled()
        return [r for r in receiver.got(name, event)
                if about is None or r.data["contact_id"] == about]

    def kinds(self, name, contact):
        return [(r.data["kind"], r.data["version"]) for r in
                self.told(name, "contact.changed", contact["id"])]


class Contacts(Case):
    def test_one_contact_all_its_life(self):
        hook, name = self.hook()
        c = book.make(name="Ada", tags=["one"])
        first = self.told(name)[0]
        self.assertTrue(first.is_signed(hook["secret"]))
        self.assertEqual("application/json", first.headers["content-type"])
        self.assertEqual({"id", "event", "at", "data"}, set(first.json))
        self.assertEqual("contact.changed", first.json["event"])
        self.assertEqual("contact.changed", first.event)
        self.assertEqual(book.read(c), first.data["contact"])
        self.assertEqual("api", first.data["by"]["origin"])
        self.assertTrue(first.data["by"]["token"])

        http.admin().submit(f"/contacts/{c['id']}/edit", {
            "city": "Pune", "tags": "two"}, action=f"/contacts/{c['id']}/edit")
        edit = self.told(name)[1]
        self.assertEqual({"city", "tags"}, set(edit.data["changed"]))
        self.assertEqual(("page", None), (edit.data["by"]["origin"],
                                          edit.data["by"]["token"]))
        http.Api().ask("DELETE", f"/api/v1/contacts/{c['id']}")
        http.Api().send("POST", f"/api/v1/contacts/{c['id']}/restore", {})
        self.assertEqual([("created", 1), ("updated", 2), ("trashed", 3),
                          ("restored", 4)], self.kinds(name, c))
        self.assertEqual(4, len({r.delivery for r in self.told(name)}))

        http.Api().ask("DELETE", f"/api/v1/contacts/{c['id']}?purge=true")
        gone = self.told(name)[-1]
        self.assertEqual(("deleted", None, []), (
            gone.data["kind"], gone.data["contact"], gone.data["changed"]))
        self.assertNotIn("Ada", gone.body.decode())
        self.assertEqual(0, count("hook_delivery", "body LIKE '%Ada%'"))
        self.assertEqual(0, count("hook_attempt", "delivery_id NOT IN"
                                  " (SELECT id FROM hook_delivery)"))

    def test_what_is_not_written_is_not_told(self):
        _, name = self.hook()
        c = book.make()
        book.change(c, city="Agra")
        self.assertEqual(409, book.change(c, city="Pune").status)
        self.assertEqual(422, book.change(c, phone="x").status)
        book.change(book.read(c), city="Agra")  # as it is
        self.assertEqual([("created", 1), ("updated", 2)],
                         self.kinds(name, c))

    def test_merge_and_back(self):
        _, name = self.hook()
        one, two = book.make(name="One"), book.make(email="t@example.org")
        answer = http.Api().send(
            "POST", f"/api/v1/contacts/{one['id']}/merge",
            {"with": two["id"], "version": 1, "with_version": 1})
        self.assertEqual(200, answer.status, answer.text)
        self.assertEqual(("merged", 2), self.kinds(name, one)[-1])
        away = self.told(name, about=two["id"])[-1]
        self.assertEqual(("merged", one["id"]), (
            away.data["kind"], away.data["merged_into"]))
        rows = http.Api().get(
            f"/api/v1/contacts/{two['id']}/revisions").json["revisions"]
        answer = http.Api().send(
            "POST", f"/api/v1/contacts/{one['id']}/unmerge",
            {"job": rows[0]["job"]})
        self.assertEqual(200, answer.status, answer.text)
        self.assertEqual(3, len(self.kinds(name, one)))
        self.assertEqual(3, len(self.kinds(name, two)))

    def test_bulk_and_undo(self):
        _, name = self.hook(["contact.changed"])
        source, people = bulk.people(3)
        job = bulk.done(filter={"source": source}, action="set",
                        values={"city": "Pune"})
        self.assertEqual(3, job["changed"])
        undo = http.Api().ask("POST", f"/api/v1/bulk/{job['id']}/undo").json
        bulk.wait(undo["id"])
        for c in people:
            got = self.told(name, about=c["id"])
            self.assertEqual([1, 2, 3], [r.data["version"] for r in got])
            self.assertEqual([[], ["city"], ["city"]],
                             [r.data["changed"] for r in got])
            self.assertEqual(job["id"], got[1].data["by"]["job"])
            self.assertEqual(undo["id"], got[2].data["by"]["job"])

    def test_a_new_person_of_whatsapp(self):
        _, name = self.hook(["contact.changed"])
        phone = wa.number()
        self.assertEqual(200, wa.send(wa.message(phone)).status)
        got = self.told(name)
        self.assertEqual("created", got[0].data["kind"])
        self.assertEqual("+" + phone, got[0].data["contact"]["phone"])
        self.assertEqual("webhook", got[0].data["by"]["origin"])

    def test_only_what_is_asked_for(self):
        _, changed = self.hook(["contact.changed"])
        _, opted = self.hook(["contact.opted_out"])
        _, ended = self.hook(["import.finished"])
        c = book.make(whatsapp_opted="yes")
        book.change(c, whatsapp_opted="no")
        self.assertEqual({"contact.changed"},
                         {r.event for r in self.told(changed)})
        self.assertEqual(["contact.opted_out"],
                         [r.event for r in self.told(opted)])
        self.assertEqual([], self.told(ended))

    def test_off_is_silent(self):
        hook, name = self.hook(active=False)
        before = count("hook_event")
        book.make()
        self.assertEqual(before, count("hook_event"))
        hooks.change(hook, active=True)
        self.assertEqual([], self.told(name))


class OptOuts(Case):
    def setUp(self):
        self.made, self.name = self.hook(["contact.opted_out"])
        self.phone = wa.number()
        self.contact = book.make(phone="+" + self.phone, whatsapp_opted="yes",
                                 whatsapp_opted_at="2024-01-01")

    def check(self, origin, purpose="whatsapp_marketing"):
        got = self.told(self.name, "contact.opted_out")
        self.assertEqual(1, len(got), [r.body for r in got])
        data = got[0].data
        self.assertEqual((self.contact["id"], "+" + self.phone, purpose,
                          origin), (data["contact_id"], data["phone"],
                                    data["purpose"], data["origin"]))
        self.assertRegex(data["at"], r"^\d{4}-\d\d-\d\dT")
        return data

    def test_api(self):
        book.change(self.contact, whatsapp_opted="no")
        self.check("api")

    def test_page(self):
        path = f"/contacts/{self.contact['id']}/edit"
        answer = http.admin().submit(path, {"whatsapp_opted": "no"},
                                     action=path)
        self.assertEqual(303, answer.status)
        self.check("page")

    def test_stop(self):
        self.assertEqual(200, wa.send(wa.message(self.phone, "STOP")).status)
        self.check("message")

    def test_preference(self):
        event = wa.body({"contacts": [{"wa_id": self.phone}],
                         "user_preferences": [{
                             "wa_id": self.phone, "value": "stop",
                             "category": "marketing_messages",
                             "timestamp": int(time.time())}]},
                        "user_preferences")
        self.assertEqual(200, wa.send(event).status)
        self.check("webhook")

    def test_bulk(self):
        job = bulk.done(filter={"phone": "+" + self.phone}, action="set",
                        values={"whatsapp_opted": "no"}, how="by letter")
        self.assertEqual(1, job["changed"], job)
        self.check("job")

    def test_import(self):
        data = imports.table(["Name", "Phone", "Opted"],
                             ["", "+" + self.phone, "no"])
        options = {"mapping": '{"Opted": "whatsapp_opted"}'}
        self.assertEqual(1, imports.imported(data, **options)["rows"][
            "updated"])
        self.assertEqual([], self.told(self.name))
        book.change(book.read(self.contact), whatsapp_opted="yes",
                    whatsapp_opted_at="2024-02-01")
        hooks.change(self.made, during_imports=True)
        imports.imported(data, **options)
        self.check("import")

    def test_list_of_opt_outs(self):
        data = imports.table(["Phone"], ["+" + self.phone])
        done = imports.imported(data, format="optout", consent=None)
        self.assertEqual(1, done["rows"]["updated"], done)
        settled()
        got = [r.data for r in receiver.got(self.name)]
        self.assertIn("whatsapp_marketing", {d["purpose"] for d in got})
        self.assertEqual({("opt_out_file", self.contact["id"])},
                         {(d["origin"], d["contact_id"]) for d in got})
        self.assertEqual(len(got), len({d["purpose"] for d in got}))

    def test_back_in_is_none(self):
        other = book.make(whatsapp_opted="no")
        self.told(self.name)
        before = len(receiver.got(self.name))
        book.change(other, whatsapp_opted="yes")
        book.change(self.contact, city="Pune")
        self.assertEqual(before, len(self.told(self.name)))

    def test_later_changes_do_not_hide_it(self):
        sender(signal.SIGSTOP)
        try:
            c = book.change(self.contact, whatsapp_opted="no").json
            book.change(c, whatsapp_opted="yes",
                        whatsapp_opted_at="2030-01-01")
        finally:
            sender(signal.SIGCONT)
        self.assertEqual(1, len(self.told(self.name)))


class Imports(Case):
    def test_silent_but_for_its_end(self):
        _, name = self.hook()
        done = imports.imported(imports.contacts(3))
        got = self.told(name)
        self.assertEqual(["import.finished"], [r.event for r in got])
        self.assertEqual(done, got[0].data)

    def test_its_undo_is_silent_too(self):
        _, name = self.hook()
        _, loud = self.hook(["contact.changed"], during_imports=True)
        done = imports.imported(imports.contacts(3))
        path = f"/api/v1/imports/{done['id']}"
        http.Api().ask("POST", path + "/undo")
        while http.Api().get(path).json["status"] != "undone":
            time.sleep(0.1)
        self.assertEqual(["import.finished"],
                         [r.event for r in self.told(name)])
        self.assertEqual(["created"] * 3 + ["trashed"] * 3,
                         sorted(r.data["kind"] for r in self.told(loud)))

    def test_a_check_is_no_end(self):
        _, name = self.hook()
        number = imports.started(imports.contacts(2), dry_run="true",
                                 consent=None)
        imports.checked(number)
        self.assertEqual([], self.told(name))
        http.Api().ask("POST", f"/api/v1/imports/{number}/cancel")
        self.assertEqual([], self.told(name))

    def test_with_its_contacts(self):
        _, name = self.hook(during_imports=True)
        done = imports.imported(imports.contacts(3))
        got = self.told(name, "contact.changed")
        self.assertEqual(["created"] * 3, [r.data["kind"] for r in got])
        self.assertEqual({done["id"]}, {r.data["by"]["import"] for r in got})
        self.assertEqual(1, len(self.told(name, "import.finished")))

    def test_a_large_one_and_a_large_change(self):
        _, name = self.hook(during_imports=True)
        rows = [[f"P {i}", imports.phone(), "no" if i < 7 else ""]
                for i in range(1001)]
        done = imports.imported(
            imports.table(["Name", "Phone", "Opted"], *rows),
            mapping='{"Opted": "whatsapp_opted"}')
        self.assertEqual(1001, done["rows"]["created"], done)
        self.told(name)
        lists = receiver.got(name, "contacts.changed")
        self.assertEqual(1001, sum(r.data["count"] for r in lists))
        self.assertEqual(1001, len({c["id"] for r in lists
                                    for c in r.data["contacts"]}))
        self.assertNotIn("+39", "".join(r.body.decode() for r in lists))
        out = receiver.got(name, "contacts.opted_out")
        self.assertEqual(7, sum(r.data["count"] for r in out))
        self.assertEqual([], receiver.got(name, "contact.changed"))

        job = bulk.done(filter={"import": done["id"]}, action="add_tags",
                        tags=["large"], make_tags=True)
        self.assertEqual(1001, job["changed"], job)
        self.told(name)
        lists = [r for r in receiver.got(name, "contacts.changed")
                 if r.data["by"]["job"] == job["id"]]
        self.assertEqual(1001, sum(r.data["count"] for r in lists))
        self.assertEqual({2}, {c["version"] for r in lists
                               for c in r.data["contacts"]})


class Receivers(Case):
    def send(self, answer, url=None):
        """A ping to who answers so: the webhook, the place, the delivery."""
        hook, name = self.hook(["import.finished"])
        receiver.answers[name] = answer
        if url:
            hooks.change(hook, url=url)
        return hook, name, hooks.ping(hook)

    def test_an_error_is_tried_again(self):
        def busy(handler, request):
            n = len(receiver.got(request.path.strip("/")))
            handler.say(500 if n < 3 else 204, b"")

        hook, name, number = self.send(busy)
        found = hooks.wait(hook, number)
        got = receiver.got(name)
        self.assertEqual(("delivered", 3), (found["status"],
                                            found["attempts"]))
        self.assertEqual(1, len({r.delivery for r in got}))
        self.assertEqual(1, len({r.body for r in got}))
        self.assertTrue(all(r.is_signed(hook["secret"]) for r in got))
        self.assertIsNone(hooks.read(hook)["failing_since"])
        self.assertTrue(hooks.read(hook)["delivered_at"])

    def test_not_for_ever(self):
        hook, name, number = self.send(503)
        found = hooks.wait(hook, number)
        got = receiver.got(name)
        self.assertEqual(("failed", ATTEMPTS, None), (
            found["status"], found["attempts"], found["next_at"]))
        self.assertEqual(ATTEMPTS, len(got))
        pauses = [b.at - a.at for a, b in zip(got, got[1:])]
        for pause, least in zip(pauses, (1, 3, 12, 60, 360, 2160)):
            self.assertGreaterEqual(pause, least * FIRST_PAUSE / 1000)
        self.assertTrue(hooks.read(hook)["active"])
        self.assertTrue(hooks.read(hook)["failing_since"])
        time.sleep(0.5)
        self.assertEqual(ATTEMPTS, len(receiver.got(name)))

    def test_retry_after(self):
        def later(handler, request):
            first = len(receiver.got(request.path.strip("/"))) == 1
            handler.say(429 if first else 200, **(
                {"Retry_After": "1"} if first else {}))

        hook, name, number = self.send(later)
        hooks.wait(hook, number)
        one, two = receiver.got(name)
        self.assertGreaterEqual(two.at - one.at, 0.95)

    def test_one_that_hangs(self):
        def hang(handler, request):
            if len(receiver.got(request.path.strip("/"))) == 1:
                time.sleep(3 * TIMEOUT / 1000)
            handler.say(200)

        hook, name, number = self.send(hang)
        found = hooks.wait(hook, number)
        self.assertEqual(("delivered", 2), (found["status"],
                                            found["attempts"]))
        page = http.admin().get(
            f"/hooks/{hook['id']}/deliveries/{number}").text
        self.assertIn("no answer in time", page)

    def test_one_that_drips(self):
        def drip(handler, _):
            handler.send_response(200)
            handler.send_header("Content-Length", "1000")
            handler.end_headers()
            for _ in range(100):
                handler.wfile.write(b".")
                handler.wfile.flush()
                time.sleep(0.05)

        hook, name, number = self.send(drip)
        receiver.wait(name, 2)
        self.assertEqual("waiting", hooks.delivery(hook, number)["status"])
        receiver.answers[name] = 200
        hooks.wait(hook, number, "delivered")

    def test_one_that_hangs_up(self):
        def hang_up(handler, request):
            if len(receiver.got(request.path.strip("/"))) == 1:
                handler.connection.shutdown(socket.SHUT_RDWR)
            else:
                handler.say(200)

        hook, name, number = self.send(hang_up)
        hooks.wait(hook, number, "delivered")
        one, two = receiver.got(name)
        self.assertEqual(one.delivery, two.delivery)

    def test_nobody_there(self):
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            port = s.getsockname()[1]
        hook, _, number = self.send(200, f"http://127.0.0.1:{port}/")
        last = hooks.wait(hook, number)["last_attempt"]
        self.assertIsNone(last["code"])
        self.assertIn("connect", last["error"])

    def test_a_certificate_that_nobody_signed(self):
        with tempfile.NamedTemporaryFile() as f:
            subprocess.run(
                ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                 "ec_paramgen_curve:prime256v1", "-nodes", "-subj",
                 "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
                 "-keyout", f.name, "-out", f.name + ".crt"],
                check=True, capture_output=True)
            with open(f.name + ".crt", "rb") as crt, open(f.name, "ab") as key:
                key.write(crt.read())
            os.unlink(f.name + ".crt")
            with Receiver(f.name) as r:
                hook, name, number = self.send(200, r.url("x"))
                found = hooks.wait(hook, number)
                self.assertEqual([], r.got("x"))
        self.assertEqual("failed", found["status"])
        self.assertIn("certificate", found["last_attempt"]["error"])

    def test_the_proxy_of_the_environment_is_not_asked(self):
        with open(f"/proc/{instance.pid('sender')}/environ", "rb") as f:
            self.assertIn(b"http_proxy=http://127.0.0.1:1", f.read())

    def test_redirects_are_not_followed(self):
        hook, name, number = self.send(lambda handler, _: handler.say(
            302, Location=receiver.url("elsewhere")))
        receiver.wait(name, 3)
        self.assertEqual([], receiver.got("elsewhere"))
        self.assertEqual([], receiver.got("GET"))
        self.assertEqual(302, hooks.delivery(
            hook, number)["last_attempt"]["code"])

    def test_a_huge_answer(self):
        def huge(handler, _):
            handler.send_response(200)
            handler.send_header("Content-Length", str(1 << 30))
            handler.end_headers()
            for _ in range(1 << 14):
                handler.wfile.write(b"x" * (1 << 16))

        hook, name, number = self.send(huge)
        found = hooks.wait(hook, number)
        self.assertEqual(("delivered", 1), (found["status"],
                                            found["attempts"]))
        self.assertEqual("x" * 1024, found["last_attempt"]["response"])

    def test_410_switches_it_off(self):
        hook, name, number = self.send(410)
        self.assertEqual("failed", hooks.wait(hook, number)["status"])
        now = hooks.read(hook)
        self.assertEqual((False, "gone"), (now["active"], now["off_reason"]))
        book.make()
        settled()
        self.assertEqual(1, len(receiver.got(name)))
        self.assertIn("switched off", http.admin().get("/contacts").text)
        self.assertIn("410", http.admin().get(f"/hooks/{hook['id']}").text)
        self.assertEqual(1, count("audit", "action = 'webhook.off' AND"
                                  f" subject = 'webhook {hook['id']}'"))
        hooks.change(hook, active=True)
        self.assertIsNone(hooks.read(hook)["off_reason"])
        self.assertNotIn("switched off", http.admin().get("/contacts").text)

    def test_days_of_failing_switch_it_off(self):
        hook, name, number = self.send(500)
        receiver.wait(name, 2)
        sql("UPDATE hook SET failing_since = '2026-01-01'"
            f" WHERE id = {hook['id']}")
        end = time.monotonic() + patience.SECONDS
        while hooks.read(hook)["active"] and time.monotonic() < end:
            time.sleep(0.05)
        self.assertEqual("failing", hooks.read(hook)["off_reason"])
        # What waits goes out when it is on again.
        receiver.answers[name] = 200
        self.assertEqual("waiting", hooks.delivery(hook, number)["status"])
        hooks.change(hook, active=True)
        hooks.wait(hook, number, "delivered")

    def test_one_holds_up_no_other(self):
        slow, name = self.hook(["contact.changed"])
        receiver.answers[name] = lambda handler, _: time.sleep(
            3 * TIMEOUT / 1000)
        _, quick = self.hook(["contact.changed"])
        sender(signal.SIGSTOP)
        people = [book.make() for _ in range(20)]
        sender(signal.SIGCONT)
        receiver.wait(quick, len(people))
        # One after the other, each would have waited for a slow one.
        self.assertLess(len(receiver.got(name)), len(people) / 2)
        done = imports.imported(imports.contacts(3))
        self.assertEqual("done", done["status"])
        hooks.change(slow, active=False)


class Kills(Case):
    def test_kill_before_it_is_written_down(self):
        hook, name = self.hook(["import.finished"])
        begun = threading.Event()

        def hang(handler, _):
            if begun.is_set():
                return handler.say(200)
            begun.set()
            time.sleep(TIMEOUT / 1000)

        receiver.answers[name] = hang
        number = hooks.ping(hook)
        self.assertTrue(begun.wait(patience.SECONDS))
        sender(signal.SIGKILL)
        found = hooks.wait(hook, number, "delivered")
        self.assertEqual(2, found["attempts"])
        self.assertEqual(2, len(receiver.got(name)))
        self.assertEqual(1, len({r.delivery for r in receiver.got(name)}))

    def test_kills_while_much_is_told(self):
        _, name = self.hook(["contact.changed"])
        people = []
        for i in range(60):
            people.append(book.make()["id"])
            if i % 20 == 10:
                sender(signal.SIGKILL)
        settled()
        got = receiver.got(name)
        self.assertEqual(set(people), {r.data["contact_id"] for r in got})
        # A double has the id of what it doubles.
        self.assertEqual(len(people), len({r.delivery for r in got}))

    def test_the_changes_of_a_contact_in_order(self):
        _, name = self.hook(["contact.changed"])
        c = book.make()
        for i in range(15):
            c = book.change(c, city=f"City {i}").json
        got = self.told(name, about=c["id"])
        self.assertEqual(list(range(1, 17)),
                         [r.data["version"] for r in got])


class Keeping(Case):
    def test_the_log_has_an_end(self):
        hook, _ = self.hook(["import.finished"])
        old, new = hooks.ping(hook), hooks.ping(hook)
        hooks.wait(hook, old)
        hooks.wait(hook, new)
        sql("UPDATE hook_delivery SET created_at = created_at - INTERVAL"
            f" 31 DAY WHERE id = {old}")
        end = time.monotonic() + patience.SECONDS
        while count("hook_delivery", f"id = {old}"):
            self.assertLess(time.monotonic(), end)
            time.sleep(0.2)
        self.assertEqual(0, count("hook_attempt", f"delivery_id = {old}"))
        self.assertEqual(new, hooks.delivery(hook, new)["id"])

    def test_a_deleted_one_goes_wholly(self):
        hook, _ = self.hook(["import.finished"])
        hooks.wait(hook, hooks.ping(hook))
        hooks.take_away(hook)
        end = time.monotonic() + patience.SECONDS
        while count("hook", f"id = {hook['id']}"):
            self.assertLess(time.monotonic(), end)
            time.sleep(0.2)
        self.assertEqual(0, count("hook_delivery", f"hook_id = {hook['id']}"))

    def test_an_erased_person_is_forgotten(self):
        hook, name = self.hook(["contact.changed"])
        c = book.make(name="Erase Me")
        self.told(name)
        self.assertTrue(count("hook_delivery", "body LIKE '%Erase Me%'"))
        sender(signal.SIGSTOP)
        try:
            c = book.change(c, city="Pune").json
            self.assertTrue(count("hook_event", f"contact_id = {c['id']}"))
            answer = http.Api().send("POST", "/api/v1/privacy/erase",
                                     {"id": c["id"]})
            self.assertLess(answer.status, 300, answer.text)
            self.assertEqual(0, count("hook_delivery",
                                      "body LIKE '%Erase Me%'"))
        finally:
            sender(signal.SIGCONT)
        self.assertEqual("deleted", self.told(
            name, about=c["id"])[-1].data["kind"])
        self.assertEqual(0, count("hook_delivery", "body LIKE '%Erase Me%'"))


if __name__ == "__main__":
    unittest.main()
