# test_import_optouts.py: people of a file who opted out
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import import_client as imports

HEADER = ["Name", "Phone", "WhatsApp Opted", "WhatsApp Opted At"]


def optouts(n, at=""):
    """Phones of people who are in the book and opted out."""
    phones = [imports.phone() for _ in range(n)]
    done = imports.imported(imports.table(
        HEADER, *[[f"Out {i}", p, "no", at] for i, p in enumerate(phones)]))
    assert done["rows"]["created"] == n, done
    return phones


def opted(phone):
    found = http.Api().get("/api/v1/contacts?phone="
                           + phone.replace("+", "%2B")).json["contacts"]
    return found[0]["whatsapp_opted"], found[0]["name"]


def ins(phones, at="", name="In"):
    return imports.table(HEADER, *[[f"{name} {i}", p, "TRUE", at]
                                   for i, p in enumerate(phones)])


class Optouts(unittest.TestCase):
    def ready(self, data, **fields):
        number = imports.at_review(data, **fields)
        imports.checked(number)
        return number

    def page(self, number):
        return http.admin().get(f"/imports/{number}/optouts").page

    def post(self, number, **values):
        path = f"/imports/{number}/optouts"
        return http.admin().submit(path, values, action=path)

    def test_left_opted_out(self):
        phones = optouts(2)
        number = self.ready(ins(phones))
        review = http.admin().get(f"/imports/{number}/review").page.text()
        self.assertIn("2 people in this file opted out", review)
        answer = http.admin().post(
            f"/imports/{number}/review", [("act", "next")])
        self.assertEqual(answer.location, f"/imports/{number}/optouts")
        page = self.page(number)
        self.assertIn("2 people in this file have opted out", page.text())
        self.assertNotIn("checked", page.one(id="overturn").attributes)
        self.assertEqual(page.one(id="overturn").get("value"), "2")
        self.assertEqual(len(page.one("tbody").all("tr")), 2)
        answer = self.post(number, act="keep", overturn=None)
        self.assertEqual(answer.location, f"/imports/{number}/consent")
        self.assertIn("2 people who opted out stay opted out",
                      http.admin().get(answer.location).page.text())
        imports.confirmed(number)
        done = imports.wait(number)
        self.assertEqual(done["rows"]["updated"], 2)
        self.assertEqual(done["warnings"], {"opt-out-kept": 2})
        self.assertEqual(done["opt_outs"],
                         {"people": 2, "kept": 2, "confirmed": None})
        self.assertEqual(opted(phones[0]), ("no", "In 0"))
        self.assertIn("2 people stayed opted out", http.admin().get(
            f"/imports/{number}").page.text())
        self.assertIn("2 stayed opted out", self.page(number).text())
        rows = imports.rows_of(http.admin().get(
            f"/imports/{number}/rows.csv?code=opt-out-kept").body)
        self.assertEqual(len(rows), 3)
        self.assertIn("[opt-out-kept]", rows[1][-1])
        self.assertEqual(http.admin().get(
            f"/imports/{number}/rows.csv?code=nonsense").status, 404)

    def test_overturned(self):
        phones = optouts(3)
        number = self.ready(ins(phones))
        answer = self.post(number, act="overturn", overturn=None)
        self.assertEqual(answer.status, 422)
        self.assertIsNotNone(answer.error("overturn"))
        answer = self.post(number, act="overturn", overturn="2")
        self.assertEqual(answer.status, 422)
        self.assertIn("number of people has changed", answer.text)
        answer = self.post(number, act="overturn", overturn="3")
        self.assertEqual(answer.location, f"/imports/{number}/review")
        checked = imports.checked(number)
        self.assertEqual(checked["warnings"], {})
        self.assertEqual(checked["opt_outs"],
                         {"people": 3, "kept": 0, "confirmed": 3})
        review = http.admin().get(f"/imports/{number}/review").page.text()
        self.assertIn("3 opt-outs are overturned, as", review)
        rows = http.admin().get(
            f"/imports/{number}/rows?outcome=updated").page.text()
        self.assertNotIn("stays opted out", rows)
        self.assertIn("Nobody is left out", self.page(number).text())
        answer = http.admin().post(
            f"/imports/{number}/review", [("act", "next")])
        self.assertEqual(answer.location, f"/imports/{number}/consent")
        imports.confirmed(number)
        done = imports.wait(number)
        self.assertEqual(done["warnings"], {})
        self.assertEqual(opted(phones[2]), ("yes", "In 2"))
        text = http.admin().get(f"/imports/{number}").page.text()
        self.assertIn("3 opt-outs were overturned", text)
        self.assertIn("the 3 people of this file who opted out", text)
        self.assertNotIn("The book changed after the check", text)
        audit = http.admin().get("/settings/audit")
        if audit.status == 200:
            self.assertIn("import.optins", audit.text)

    def test_covers_what_was_found(self):
        """Who opts out after the confirmation stays opted out."""
        phones = optouts(1)
        late = imports.phone()
        imports.imported(imports.table(HEADER, ["Late", late, "yes", ""]))
        number = self.ready(ins([*phones, late]))
        self.post(number, act="overturn", overturn="1")
        imports.checked(number)
        imports.imported(imports.table(HEADER, ["Late", late, "no", ""]))
        imports.confirmed(number)
        done = imports.wait(number)
        self.assertEqual(done["opt_outs"],
                         {"people": 2, "kept": 1, "confirmed": 1})
        self.assertEqual(opted(phones[0])[0], "yes")
        self.assertEqual(opted(late)[0], "no")

    def test_another_mapping_takes_it_back(self):
        phones = optouts(1)
        number = self.ready(ins(phones))
        self.post(number, act="overturn", overturn="1")
        imports.checked(number)
        imports.mapped(number)
        checked = imports.checked(number)
        self.assertEqual(checked["opt_outs"],
                         {"people": 1, "kept": 1, "confirmed": None})

    def test_newer_proof(self):
        [phone] = optouts(1, "2024-05-01")
        for at, is_now in (("", "no"), ("2023-01-01", "no"),
                           ("2024-05-01", "no"), ("2099-01-01", "no"),
                           ("2024-05-02", "yes")):
            done = imports.imported(ins([phone], at, f"At {at}"))
            self.assertEqual(opted(phone), (is_now, f"At {at} 0"))
            self.assertEqual(done["warnings"], {"opt-out-kept": 1}
                             if is_now == "no" else {})

    def test_moment_of_an_opt_out_goes_forward(self):
        """An older one would let an older opt-in seem newer."""
        [phone] = optouts(1, "2024-05-01")
        for at in ("2020-01-01", "2024-06-01"):
            imports.imported(imports.table(HEADER, ["x", phone, "no", at]))
        done = imports.imported(ins([phone], "2024-05-15"))
        self.assertEqual(done["warnings"], {"opt-out-kept": 1})

    def test_within_a_file(self):
        phone = imports.phone()
        data = imports.table(HEADER, ["a", phone, "no", ""],
                             ["b", phone, "yes", ""])
        number = self.ready(data)
        self.assertIn("new: opts out in an earlier row",
                      self.page(number).text())
        self.post(number, act="keep", overturn=None)
        imports.confirmed(number)
        self.assertEqual(imports.wait(number)["opt_outs"]["kept"], 1)
        self.assertEqual(opted(phone), ("no", "b"))
        other = imports.phone()
        number = self.ready(data.replace(phone.encode(), other.encode()))
        self.post(number, act="overturn", overturn="1")
        imports.checked(number)
        imports.confirmed(number)
        self.assertEqual(imports.wait(number)["opt_outs"]["kept"], 0)
        self.assertEqual(opted(other), ("yes", "b"))

    def test_nobody(self):
        number = self.ready(imports.contacts())
        self.assertIn("Nobody in this file has opted out",
                      self.page(number).text())
        answer = self.bare(number)
        self.assertEqual(answer.status, 422)

    def bare(self, number):
        """A number that no form showed."""
        return http.admin().post(f"/imports/{number}/optouts", [
            ("act", "overturn"), ("overturn", "5")])

    def test_other_states(self):
        number = imports.uploaded(imports.contacts())
        self.assertEqual(http.admin().get(
            f"/imports/{number}/optouts").location,
            f"/imports/{number}/mapping")
        phones = optouts(1)
        number = self.ready(ins(phones))
        http.admin().get(f"/imports/{number}/optouts")
        imports.confirmed(number)
        imports.wait(number)
        answer = self.bare(number)
        self.assertEqual(answer.location, f"/imports/{number}")
        self.assertEqual(opted(phones[0])[0], "no")
        self.assertEqual(http.admin().get(
            "/imports/987654321/optouts").status, 404)

    def test_hostile(self):
        phone = imports.phone()
        imports.imported(imports.table(HEADER,
                                       [http.PAYLOAD, phone, "no", ""]))
        number = self.ready(imports.table(
            HEADER, [http.PAYLOAD, phone, "yes", ""]))
        self.assertEqual(http.admin().get(
            f"/imports/{number}/optouts").hostile(), [])


if __name__ == "__main__":
    unittest.main()
