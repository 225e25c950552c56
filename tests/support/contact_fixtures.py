# contact_fixtures.py: contacts that tests make for themselves
# SPDX-License-Identifier: MIT
import http_client as http

_numbers = http.numbers(10**8)


def number():
    """An Indian mobile number that no other test has."""
    return f"+9198{next(_numbers) % 10**8:08d}"


def api():
    return http.Api()


def make(**values):
    """Makes a contact by the API and gives its JSON."""
    if not any(k in values for k in ("phone", "email", "user_id",
                                     "wa_user_id")):
        values["phone"] = number()
    answer = api().send("POST", "/api/v1/contacts", values)
    if answer.status != 201:
        raise AssertionError(f"{answer.status}: {answer.text}")
    return answer.json


def read(contact):
    answer = api().get(f"/api/v1/contacts/{contact['id']}")
    if answer.status != 200:
        raise AssertionError(f"{answer.status}: {answer.text}")
    return answer.json


def change(contact, **values):
    """Changes from the version that `contact` has; gives the answer."""
    values.setdefault("version", contact["version"])
    return api().send("PUT", f"/api/v1/contacts/{contact['id']}", values)


def found(query):
    """The contacts of a list, by their names."""
    answer = api().get("/api/v1/contacts?" + query)
    if answer.status != 200:
        raise AssertionError(f"{answer.status}: {answer.text}")
    return [c["name"] for c in answer.json["contacts"]]


def attribute(type_key="TEXT"):
    name = http.unique("attr")
    answer = api().send("POST", "/api/v1/attributes",
                        {"name": name, "type": type_key})
    if answer.status != 201:
        raise AssertionError(f"{answer.status}: {answer.text}")
    return name
