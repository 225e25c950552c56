# test_import_opt_outs.py: a list of opt-outs through the wizard and the API
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import import_client as imports
import patience


def contact(number):
    return http.Api().get(f"/api/v1/contacts/{number}").json


def made(**values):
    answer = http.Api().send("POST", "/api/v1/contacts", values)
    if answer.status != 201:
        raise AssertionError(answer.text)
    return answer.json["id"]


class ImportOptOuts(unittest.TestCase):
    def test_api_needs_no_consent(self):
        phone = imports.phone()
        known = made(name="Known", phone=phone, whatsapp_opted="yes")
        data = f"{phone}\n{imports.phone()}\n".encode()
        for consent in (None, "true"):
            answer = imports.post(data, format="optout", consent=consent)
            self.assertEqual(answer.status, 202, answer.text)
            done = imports.wait(answer.json["id"])
            self.assertEqual(done["status"], "done")
        self.assertEqual(contact(known)["whatsapp_opted"], "no")
        self.assertEqual(done["rows"]["unchanged"], 2)
        answer = imports.post(data, format="generic", consent=None)
        self.assertEqual(answer.status, 422)

    def test_dry_run_then_start(self):
        data = f"{imports.phone()}\n".encode()
        number = imports.started(data, format="optout", dry_run="true",
                                 consent=None)
        found = imports.checked(number)
        self.assertEqual(found["rows"]["updated"], 1)
        self.assertEqual(found["changes"], {"suppression": 1})
        answer = http.Api().send(
            "POST", f"/api/v1/imports/{number}/start", {})
        self.assertEqual(answer.status, 202, answer.text)
        self.assertEqual(imports.wait(number)["rows"]["updated"], 1)

    def test_refused(self):
        data = f"Phone,Name\n{imports.phone()},X\n".encode()
        for fields in ({"segment": "x"}, {"tags": "x"},
                       {"mapping": '{"Name": "name"}'},
                       {"mapping": '{"Phone": null}'}):
            answer = imports.post(data, format="optout", **fields)
            self.assertEqual(answer.status, 422, fields)
            self.assertIn(next(iter(fields)),
                          answer.json["error"]["fields"], fields)
        answer = imports.post(data, format="generic",
                              mapping='{"Name": "opt_out_reason"}')
        self.assertEqual(answer.status, 422)
        answer = imports.post(b"Name\nX\n", format="optout")
        self.assertEqual(answer.status, 422)

    def test_wizard(self):
        page = http.admin().get("/imports").page
        self.assertIn("/imports/new?format=optout",
                      [a.get("href", "") for a in page.all("a")])
        page = http.admin().get("/imports/new?format=optout").page
        chosen = [i.get("value") for i in page.all("input", name="format")
                  if "checked" in i.attributes]
        self.assertEqual(chosen, ["optout"])
        phone = imports.phone()
        known = made(name="Wizard", phone=phone)
        data = (f"Phone,Opted out at,Reason,Name\n{phone},2026-03-04,No,X\n"
                f"{imports.phone()},,,\n").encode()
        number = imports.uploaded(data, format="optout")
        page = http.admin().get(f"/imports/{number}/mapping").page
        options = {o.get("value") for o in page.one(
            "select", name="c1").all("option")}
        self.assertEqual(options, {
            "", "none", "phone", "email", "whatsapp_opted_at",
            "country_code", "opt_out_reason"})
        imports.mapped(number)
        imports.checked(number)
        page = http.admin().get(f"/imports/{number}/review").page
        self.assertIn("Next: confirm", page.text())
        page = http.admin().get(f"/imports/{number}/consent").page
        self.assertIsNone(page.one("input", name="gdpr"))
        self.assertIn("Opt these people out", page.text())
        answer = http.admin().submit(f"/imports/{number}/consent", {},
                                      action=f"/imports/{number}/consent")
        self.assertEqual(answer.status, 303)
        done = imports.wait(number)
        self.assertEqual(done["rows"]["updated"], 2)
        page = http.admin().get(f"/imports/{number}").page
        self.assertIn("1 contact opted out of WhatsApp; 1 number or address "
                      "that nobody has is kept out of later files", " ".join(page.text().split()))
        self.assertEqual(contact(known)["whatsapp_opted_at"][:10],
                         "2026-03-04")
        self.assertEqual(contact(known)["name"], "Wizard")

    def test_undo(self):
        phone, other = imports.phone(), imports.phone()
        known = made(name="Undo", phone=phone, whatsapp_opted="yes")
        number = imports.started(f"{phone}\n{other}\n".encode(),
                                 format="optout")
        imports.wait(number)
        later = imports.table(["Name", "Phone"], ["X", other])
        done = imports.imported(later, format="generic")
        self.assertEqual(done["problems"], {"suppressed": 1})
        page = http.admin().get(f"/imports/{number}/undo").page
        self.assertIn("list of suppressions", page.text())
        path = f"/imports/{number}/undo"
        self.assertEqual(http.admin().submit(path, {}, action=path).status,
                         303)
        for _ in patience.moments():
            now = http.Api().get(f"/api/v1/imports/{number}").json
            if now["status"] == "undone":
                break
        self.assertEqual(now["status"], "undone")
        self.assertEqual(contact(known)["whatsapp_opted"], "yes")
        self.assertEqual(now["undo"]["changed"], 2)
        done = imports.imported(later, format="generic")
        self.assertEqual(done["rows"]["created"], 1)


if __name__ == "__main__":
    unittest.main()
