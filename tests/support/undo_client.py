# undo_client.py: what the tests of undone and paused imports use
# SPDX-License-Identifier: MIT
import http_client as http
import import_client as imports


def state(number):
    return http.Api().get(f"/api/v1/imports/{number}").json


wait_for = imports.wait


def ask(number, what):
    return http.Api().ask("POST", f"/api/v1/imports/{number}/{what}")


def undo(number):
    """Undoes it and gives its JSON then."""
    answer = ask(number, "undo")
    if answer.status != 202:
        raise AssertionError(f"{answer.status} {answer.text}")
    return wait_for(number, "undone")


def redo(number):
    answer = ask(number, "redo")
    if answer.status != 202:
        raise AssertionError(f"{answer.status} {answer.text}")
    return wait_for(number, "done", "cancelled", "failed")


def by_phone(phone):
    """The JSON of the contact with a number, or None."""
    rows = http.Api().get(
        "/api/v1/contacts?phone=" + phone.replace("+", "%2B")).json["contacts"]
    return rows[0] if rows else None


def in_segment(name):
    """How many contacts a segment has."""
    return http.Api().get(f"/api/v1/contacts?segment={name}").json["total"]


def made(name, phone, **fields):
    """A contact made by hand: its JSON."""
    answer = http.Api().send("POST", "/api/v1/contacts", {
        "name": name, "phone": phone, **fields})
    if answer.status != 201:
        raise AssertionError(f"{answer.status} {answer.text}")
    return answer.json


def edit(contact, **fields):
    now = http.Api().get(f"/api/v1/contacts/{contact}").json
    answer = http.Api().send("PUT", f"/api/v1/contacts/{contact}", {
        "version": now["version"], **fields})
    if answer.status != 200:
        raise AssertionError(f"{answer.status} {answer.text}")
    return answer.json


def is_sum(undo_part):
    return undo_part["seen"] == undo_part["matched"] == (
        undo_part["changed"] + undo_part["unchanged"] + undo_part["kept"])


def same(contact):
    """What an undo gives back: all but the version and the times."""
    return {k: v for k, v in contact.items()
            if k not in ("version", "updated_at")}


def big(rows=40000):
    """An import that takes a while: its id."""
    return imports.started(imports.contacts(rows))
