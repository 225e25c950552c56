# catalog_client.py: what the tests of one tag, segment and so on share
# SPDX-License-Identifier: MIT

import contact_fixtures as book
import http_client as http
import patience


def make(plural, **values):
    """Adds one; its path and its JSON."""
    values.setdefault("name", http.unique("Thing"))
    answer = book.api().send("POST", f"/api/v1/{plural}", values)
    if answer.status != 201:
        raise AssertionError(f"{answer.status}: {answer.text}")
    return f"/api/v1/{plural}/{answer.json['id']}", answer.json


def patient(ask):
    """Asks again while imports or jobs of other tests run."""
    for _ in patience.moments():
        answer = ask()
        if answer.status != 409 or "Try again" not in answer.text:
            break
    return answer


def put(path, **values):
    return patient(lambda: book.api().send("PUT", path, values))


def delete(path):
    return patient(lambda: book.api().ask("DELETE", path))


class Common:
    """For a unittest.TestCase with `plural`."""

    def test_read_rename_delete(self):
        path, made = make(self.plural)
        self.assertEqual(book.api().get(path).json["name"], made["name"])
        new = http.unique("Other")
        answer = put(path, name=f" {new} ")
        self.assertEqual(answer.status, 200, answer.text)
        self.assertEqual((answer.json["name"], answer.json["id"]),
                         (new, made["id"]))
        self.assertEqual(book.api().get(path).json, answer.json)
        answer = delete(path)
        self.assertEqual((answer.status, answer.json),
                         (200, {"deleted": True}))
        for method in ("GET", "DELETE"):
            self.assertEqual(book.api().ask(method, path).status, 404)
        self.assertEqual(book.api().send("PUT", path,
                                         {"name": "x"}).status, 404)

    def test_refused(self):
        path, made = make(self.plural)
        _, other = make(self.plural)
        for values, status in (({"name": ""}, 422), ({"name": 7}, 422),
                               ({"name": "x" * 129}, 422),
                               ({"nothing": "x"}, 422),
                               ({"name": other["name"]}, 409)):
            answer = put(path, **values)
            self.assertEqual(answer.status, status, values)
            self.assertIn(list(values)[0], answer.json["error"]["fields"])
        self.assertEqual(book.api().ask("PUT", path).status, 415)
        self.assertEqual(book.api().send("PUT", path, []).status, 400)
        self.assertEqual(book.api().get(path).json["name"], made["name"])
