# import_client.py: what the tests of imports use
# SPDX-License-Identifier: MIT
"""Files, uploads through the wizard and through the API, and waiting. Numbers
are mobile ones of Italy that no other test has."""

import csv
import io
import os
import re

import http_client as http
import patience

FIXTURES = os.path.abspath(
    os.path.join(os.path.dirname(__file__), "../import"))
ENDED = ("done", "failed", "cancelled", "refused")


_numbers = http.numbers(500000000)


def phone():
    return f"+393{300000000 + next(_numbers) % 500000000}"


def table(header, *rows):
    """A CSV file's bytes."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows([header, *rows])
    return out.getvalue().encode()


def contacts(n=3):
    """A file of n good rows."""
    return table(["Name", "Phone"], *[[f"Test {i}", phone()]
                                      for i in range(n)])


def rows_of(data):
    """The rows of a CSV answer, without its BOM."""
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"),
                                       newline="")))


def post(data, name="contacts.csv", idempotency=None, **fields):
    """POST /api/v1/imports, with consent unless that says otherwise."""
    fields.setdefault("consent", "true")
    fields = {n: v for n, v in fields.items() if v is not None}
    headers = {"Idempotency_Key": idempotency} if idempotency else {}
    return http.Api().upload("/api/v1/imports", fields,
                             [("file", name, data)], **headers)


def started(data, **fields):
    """The id of an import that the API took."""
    answer = post(data, **fields)
    if answer.status != 202:
        raise AssertionError(f"{answer.status} {answer.text}")
    return answer.json["id"]


def wait(number, *states):
    """The JSON of an import once it has ended, or is in one of the states."""
    for _ in patience.moments():
        answer = http.Api().get(f"/api/v1/imports/{number}")
        if answer.status != 200:
            raise AssertionError(f"{answer.status} {answer.text}")
        if answer.json["status"] in (states or ENDED):
            return answer.json
    raise AssertionError(f"import {number} is not {states or ENDED}: "
                         f"{answer.text}")


def checked(number):
    """The JSON of an import once a worker has looked at all of its rows."""
    return wait(number, "ready", *ENDED)


def imported(data, **fields):
    return wait(started(data, **fields))


def newest():
    """The id of the newest import in the book; 0 without any."""
    rows = http.Api().get("/api/v1/imports?limit=1").json["imports"]
    return rows[0]["id"] if rows else 0


# --- the wizard ---

def upload(data, name="contacts.csv", session=None, **fields):
    """The first step: the answer to the form."""
    session = session or http.admin()
    return session.upload("/imports/new", fields, [("file", name, data)])


def uploaded(data, session=None, **fields):
    """The id of an import that waits in the wizard."""
    answer = upload(data, session=session, **fields)
    found = re.fullmatch(r"/imports/(\d+)/\w+", answer.location)
    if answer.status != 303 or not found:
        raise AssertionError(f"{answer.status} {answer.location}")
    return int(found[1])


def mapped(number, session=None, **values):
    """The second step, with the form as it stands and `values` in it."""
    session = session or http.admin()
    path = f"/imports/{number}/mapping"
    return session.submit(path, {"act": "next", **values}, action=path)


def at_review(data, session=None, **fields):
    number = uploaded(data, session, **fields)
    answer = mapped(number, session)
    if answer.location != f"/imports/{number}/review":
        raise AssertionError(f"{answer.status} {answer.text}")
    return number


def at_consent(data, session=None, **fields):
    session = session or http.admin()
    number = at_review(data, session, **fields)
    path = f"/imports/{number}/review"
    answer = session.submit(path, {"act": "next"}, action=path)
    if answer.location != f"/imports/{number}/consent":
        raise AssertionError(f"{answer.status} {answer.location}")
    return number


def confirmed(number, session=None, **values):
    """The last step; both boxes ticked unless `values` say otherwise."""
    session = session or http.admin()
    path = f"/imports/{number}/consent"
    return session.submit(
        path, {"gdpr": "1", "profiling": "1", **values}, action=path)
