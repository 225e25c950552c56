# audit_client.py: the audit log, as the API tells it
# SPDX-License-Identifier: MIT
import urllib.parse

import http_client as http


def entries(**filters):
    """All entries of a filter, the oldest first; from_ is from."""
    found, after = [], None
    while True:
        asked = {n.rstrip("_"): v for n, v in filters.items()}
        if after:
            asked["after"] = after
        answer = http.Api().get(
            "/api/v1/audit?" + urllib.parse.urlencode(asked))
        if answer.status != 200:
            raise AssertionError(f"{answer.status}: {answer.text}")
        found += answer.json["audit"]
        after = answer.json["next"]
        if not after:
            return found[::-1]


def actions(subject):
    """(action, details) of a subject, in order."""
    return [(e["action"], e["details"]) for e in entries(subject=subject)]


def newest(action):
    """The newest entry of an action, or None."""
    answer = http.Api().get(f"/api/v1/audit?limit=1&action={action}")
    if answer.status != 200:
        raise AssertionError(f"{answer.status}: {answer.text}")
    return next(iter(answer.json["audit"]), None)
