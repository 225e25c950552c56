# bulk_client.py: what the tests of bulk changes use
# SPDX-License-Identifier: MIT

import contact_fixtures as book
import http_client as http
import patience

ENDED = ("done", "failed", "cancelled")


def people(n=3, **values):
    """n contacts with a source of their own; the source and the contacts."""
    source = http.unique("bulk")
    return source, [book.make(name=f"Person {i}", source=source, **values)
                    for i in range(n)]


def tag():
    name = http.unique("tag")
    answer = book.api().send("POST", "/api/v1/tags", {"name": name})
    if answer.status != 201:
        raise AssertionError(f"{answer.status}: {answer.text}")
    return name


def ask(idempotency=None, **body):
    headers = {"Idempotency_Key": idempotency} if idempotency else {}
    return book.api().send("POST", "/api/v1/bulk", body, **headers)


def job(number):
    answer = book.api().get(f"/api/v1/bulk/{number}")
    if answer.status != 200:
        raise AssertionError(f"{answer.status}: {answer.text}")
    return answer.json


def wait(number):
    for _ in patience.moments():
        found = job(number)
        if found["status"] in ENDED:
            return found
    raise AssertionError(f"job {number} does not end: {found}")


def done(**body):
    """A bulk change to its end; its JSON."""
    answer = ask(**body)
    if answer.status != 202:
        raise AssertionError(f"{answer.status}: {answer.text}")
    return wait(answer.json["id"])


def numbers(found):
    """matched, changed, unchanged, kept."""
    return tuple(found[k] for k in ("matched", "changed", "unchanged",
                                    "kept"))
