# consent_client.py: the ledger of consents as tests read and write it
# SPDX-License-Identifier: MIT
import contact_fixtures as book

MARKETING = "whatsapp_marketing"


def path(contact):
    return f"/api/v1/contacts/{contact['id']}/consents"


def read(contact, query=""):
    answer = book.api().get(path(contact) + query)
    if answer.status != 200:
        raise AssertionError(f"{answer.status}: {answer.text}")
    return answer.json


def record(contact, **values):
    return book.api().send("POST", path(contact), values)


def entries(contact, purpose=MARKETING):
    """Newest first: status, origin, detail."""
    return [(x["status"], x["origin"], x["detail"])
            for x in read(contact)["consents"] if x["purpose"] == purpose]


def statuses(contact):
    return {k: v["status"] for k, v in read(contact)["purposes"].items()}


def agree(test, contact):
    """The last entry says what the contact does."""
    opted = book.read(contact)["whatsapp_opted"]
    status = statuses(contact)[MARKETING]
    expected = {"yes": ["given"], "no": ["withdrawn"],
                "unknown": ["unknown", "given"]}[opted]
    test.assertIn(status, expected, (opted, read(contact)))
