# hook_client.py: what the tests of outgoing webhooks use
# SPDX-License-Identifier: MIT

import http_client as http
import patience

EVENTS = ["contact.changed", "contact.opted_out", "import.finished"]


def ask(url, events=None, **values):
    """Makes one: the answer."""
    return http.Api().send("POST", "/api/v1/hooks", {
        "url": url, "events": events or EVENTS, **values})


def make(url, events=None, **values):
    answer = ask(url, events, **values)
    if answer.status != 201:
        raise AssertionError(f"{answer.status}: {answer.text}")
    return answer.json


def take_away(hook):
    http.Api().ask("DELETE", f"/api/v1/hooks/{hook['id']}")


def read(hook):
    return http.Api().get(f"/api/v1/hooks/{hook['id']}").json


def change(hook, **values):
    return http.Api().send("PUT", f"/api/v1/hooks/{hook['id']}", values)


def deliveries(hook, query=""):
    answer = http.Api().get(f"/api/v1/hooks/{hook['id']}/deliveries{query}")
    if answer.status != 200:
        raise AssertionError(f"{answer.status}: {answer.text}")
    return answer.json["deliveries"]


def ping(hook):
    """The id of the delivery."""
    answer = http.Api().ask("POST", f"/api/v1/hooks/{hook['id']}/ping")
    if answer.status != 202:
        raise AssertionError(f"{answer.status}: {answer.text}")
    return answer.json["id"]


def delivery(hook, number):
    answer = http.Api().get(f"/api/v1/hooks/{hook['id']}/deliveries/{number}")
    if answer.status != 200:
        raise AssertionError(f"{answer.status}: {answer.text}")
    return answer.json


def wait(hook, number, *states):
    """A delivery once it has one of the states."""
    for _ in patience.moments():
        found = delivery(hook, number)
        if found["status"] in (states or ("delivered", "failed")):
            return found
    raise AssertionError(f"it stays so: {found}")
