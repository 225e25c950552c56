# privacy_client.py: erasures by the API, for tests of the rest
# SPDX-License-Identifier: MIT
import time

import http_client as http


def done(erasure, api=None, seconds=60):
    """The JSON of an erasure once its last step is done: a slow machine may
    leave some to the worker."""
    api = api or http.Api()
    end = time.monotonic() + seconds
    while erasure["status"] != "done":
        if time.monotonic() > end:
            raise AssertionError(f"the erasure does not end: {erasure}")
        time.sleep(0.1)
        erasure = api.get(f"/api/v1/privacy/erasures/{erasure['id']}").json
    return erasure


def erased(api=None, **by):
    api = api or http.Api()
    answer = api.send("POST", "/api/v1/privacy/erase", by)
    if answer.status not in (200, 202):
        raise AssertionError(f"{answer.status} {answer.text}")
    return done(answer.json, api)
