# whatsapp.py: events as WhatsApp's Cloud API sends them
# SPDX-License-Identifier: MIT
"""Bodies by the published names of their fields, and the signed sending."""

import hashlib
import hmac
import json
import time

import http_client as http

SECRET = "secret of the tests"
TOKEN = "token of the tests"
PATH = "/webhooks/whatsapp"

_numbers = http.numbers(10 ** 7)


def set_up():
    """The secret and the token, as an admin enters them."""
    http.admin().submit("/settings", {
        "app_secret": SECRET, "verify_token": TOKEN}, action="/settings")


def number():
    """Nobody's yet: a mobile one of Italy, as WhatsApp writes it."""
    return f"39347{next(_numbers) % 10 ** 7:07}"


def body(value, field="messages"):
    return {"object": "whatsapp_business_account", "entry": [{
        "id": "100200300", "changes": [{"field": field, "value": {
            "messaging_product": "whatsapp",
            "metadata": {"display_phone_number": "15550001234",
                         "phone_number_id": "500600"}, **value}}]}]}


def message(sender, text="Hello", name="Test Person", at=None, kind="text",
            content=None, wamid=None, **more):
    """One message of one person."""
    m = {"id": wamid or http.unique("wamid."), "type": kind,
         "timestamp": str(int(at if at is not None else time.time()))}
    if sender:
        m["from"] = sender
    if kind == "text":
        m["text"] = {"body": text}
    elif content is not None:
        m[kind] = content
    person = {"profile": {"name": name}} if name is not None else {}
    if sender:
        person["wa_id"] = sender
    person.update(more)
    return body({"contacts": [person], "messages": [m]})


def sign(data, secret=SECRET):
    return "sha256=" + hmac.new(secret.encode(), data,
                                hashlib.sha256).hexdigest()


def send(event, signature=None, kind="application/json"):
    """event: an object, or bytes as they are."""
    data = event if isinstance(event, bytes) else json.dumps(event).encode()
    headers = {"Content-Type": kind}
    if signature is None:
        signature = sign(data)
    if signature:
        headers["X-Hub-Signature-256"] = signature
    return http.Client().ask("POST", PATH, data, headers)
