# test_words_of_audit.py: every action of the tests before has its sentence
# SPDX-License-Identifier: MIT
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import audit_client as audit


class WordsOfAudit(unittest.TestCase):
    def test_all(self):
        found = {e["action"]: e for e in audit.entries(limit=1000)}
        self.assertIn("login", found)
        self.assertEqual(
            [], [a for a, e in found.items() if e["group"] is None])


if __name__ == "__main__":
    unittest.main()
