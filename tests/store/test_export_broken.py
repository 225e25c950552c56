# test_export_broken.py: an export that fails half-way does not look complete
# SPDX-License-Identifier: MIT
import http.client
import os
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
from http_client import Session
from instance import Instance


class Broken(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.book = Instance()
        cls.book.__enter__()
        cls.addClassCleanup(cls.book.__exit__, None, None, None)
        # More than what fits between us and the database.
        cls.sql("INSERT INTO contact (email, name, created_at, updated_at)"
                " SELECT CONCAT('x', seq), REPEAT('n', 500), NOW(), NOW()"
                " FROM seq_1_to_60000")

    @classmethod
    def sql(cls, statement):
        subprocess.run(
            ["mariadb", "--no-defaults", "-S", cls.book.var + "/mariadb.sock",
             "rubrica"], input=statement, text=True, check=True)

    def begin(self, path):
        session = Session(self.book.url)
        session.login(self.book.env["RUBRICA_ADMIN_EMAIL"],
                      self.book.env["RUBRICA_ADMIN_PASSWORD"])
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.book.port, timeout=60)
        self.addCleanup(connection.close)
        connection.request("GET", path, headers={"Cookie": "; ".join(
            f"{n}={v}" for n, v in session.cookies.items())})
        answer = connection.getresponse()
        self.assertEqual(answer.status, 200)
        return answer

    def test_whole(self):
        data = self.begin("/contacts/export.csv?columns=name").read()
        self.assertEqual(data.count(b"\r\n"), 60001)

    def test_database_is_gone(self):
        answer = self.begin("/contacts/export.csv?columns=name")
        answer.read(1000)
        self.sql("KILL USER rubrica")
        with self.assertRaises(http.client.IncompleteRead):
            answer.read()


if __name__ == "__main__":
    unittest.main()
