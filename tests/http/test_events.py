# test_events.py: what WhatsApp told that nothing was done with
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import whatsapp as wa


class Events(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        wa.set_up()

    def test_shown(self):
        for i in range(51):
            event = wa.body({"x": http.PAYLOAD}, f"kind {i}")
            self.assertEqual(200, wa.send(event).status)
        answer = http.admin().get("/events")
        self.assertEqual(200, answer.status)
        self.assertFalse(answer.hostile())
        self.assertEqual(50, len(answer.page.one("tbody").all("tr")))
        self.assertIn("kind 50", answer.text)
        older = [a.get("href") for a in answer.page.all("a")
                 if a.text() == "Older"]
        self.assertIn("kind 0", http.admin().get(older[0]).text)

    def test_a_wrong_place(self):
        self.assertEqual(400, http.admin().get("/events?before=x").status)


if __name__ == "__main__":
    unittest.main()
