# duplicate_fixtures.py: contacts that look like one person twice
# SPDX-License-Identifier: MIT
import datetime

import contact_fixtures as book
import http_client as http
import patience


def look():
    """Has the book looked through, and waits until that is done."""
    since = datetime.datetime.now(datetime.timezone.utc)
    http.admin().post("/duplicates", {"action": "look"})
    for _ in patience.moments():
        as_of = book.api().get("/api/v1/duplicates?limit=1").json["as_of"]
        if as_of and datetime.datetime.fromisoformat(
                as_of.replace("Z", "+00:00")) >= since:
            return
    raise AssertionError("nobody looks through the book")


def suggestions(reason=""):
    """{(smaller id, larger id): reasons} of all suggestions."""
    found, after = {}, ""
    while after is not None:
        answer = book.api().get(
            f"/api/v1/duplicates?limit=200&reason={reason}"
            + (f"&after={after}" if after else "")).json
        for pair in answer["duplicates"]:
            ids = tuple(c["id"] for c in pair["contacts"])
            found[ids] = pair["reasons"]
        after = answer["next"]
    return found


def reasons(one, other):
    """Why two contacts are suggested; [] when they are not."""
    ids = tuple(sorted((one["id"], other["id"])))
    return suggestions().get(ids, [])


def by_email():
    mail = http.unique("twin") + "@example.org"
    return book.make(name="One", email=mail), \
        book.make(name="Other", email=mail.upper())


def by_name():
    name = http.unique("Zoë")
    return book.make(name=name, city="Zürich"), \
        book.make(name=name.replace("ë", "E"), city="ZURICH")
