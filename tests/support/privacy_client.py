# privacy_client.py: erasures by the API, for tests of the rest
# SPDX-License-Identifier: MIT
import http_client as http
import patience


def done(erasure, api=None):
    """The JSON of an erasure once its last step is done: a slow machine may
    leave some to the worker."""
    api = api or http.Api()
    for _ in patience.moments():
        if erasure["status"] == "done":
            return erasure
        erasure = api.get(f"/api/v1/privacy/erasures/{erasure['id']}").json
    raise AssertionError(f"the erasure does not end: {erasure}")


def erased(api=None, **by):
    api = api or http.Api()
    answer = api.send("POST", "/api/v1/privacy/erase", by)
    if answer.status not in (200, 202):
        raise AssertionError(f"{answer.status} {answer.text}")
    return done(answer.json, api)
