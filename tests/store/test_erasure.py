# test_erasure.py: an erasure that is killed at any point goes on
# SPDX-License-Identifier: MIT
import json
import unittest

import patience
from importing import Book, quoted

PHONE, OTHER = "+919876501234", "+919800000001"
FILE = ("Name,Phone,City\r\n" + f"Ana,98765-01234,Pune\r\nBo,{OTHER},\"see"
        f" {PHONE}\"\r\n,{PHONE},Rome\r\n")
ERASED = ("Name,Phone,City\r\n" + f"xxx,xxxxxxxxxxx,xxxx\r\nBo,{OTHER},\"xxx"
          " xxxxxxxxxxxxx\"\r\n,xxxxxxxxxxxxx,xxxx\r\n")


class Erasure(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.book = Book()
        cls.book.__enter__()
        cls.addClassCleanup(cls.book.__exit__, None, None, None)
        cls.book.empty()
        cls.numbers = []
        for encoding in ("utf-8", "utf-16-le", "cp1252"):
            number, said = cls.book.load(
                FILE.encode(encoding), format="generic", country="IN")
            assert "done" in said, said
            cls.numbers.append(number)
        for worker in list(cls.book.workers):
            cls.book.end_worker(worker)
        cls.book.keep()

    def begin(self):
        """What a request leaves behind when it is killed after its first
        transaction."""
        self.book.back()
        remaining = {"phone": [PHONE], "email": [], "user_id": [],
                     "wa_user_id": [], "values": ["Ana", "Pune"],
                     "rows": [], "later": []}
        self.book.sql("INSERT INTO erasure (state, remaining, upto_import,"
                      " counts, created_at) VALUES ('running',"
                      f" {quoted(json.dumps(remaining))}, 100, '{{}}',"
                      " UTC_TIMESTAMP(3))")

    def files(self):
        return [bytes.fromhex(x) for (x,) in self.book.sql(
            "SELECT JSON_ARRAY(HEX(bytes)) FROM import_file ORDER BY"
            " import_id")]

    def state(self):
        return self.book.sql(
            "SELECT JSON_ARRAY(state, remaining IS NULL, counts) FROM"
            " erasure")[0]

    def wait(self):
        patience.until(lambda: self.state()[0] == "done", self.state)

    def test_killed_anywhere(self):
        wanted = [ERASED.encode(e) for e in ("utf-8", "utf-16-le", "cp1252")]
        self.begin()
        worker = self.book.start_worker()
        self.wait()
        self.book.end_worker(worker)
        self.assertEqual(self.files(), wanted)
        counts = self.state()[2]
        for k in range(1, 200, 7):
            self.begin()
            self.book.work(RUBRICA_FAILPOINT=str(k))
            # Whatever it came to, a file is as it was or without the person.
            for now, was, then in zip(
                    self.files(), (FILE.encode(e) for e in (
                        "utf-8", "utf-16-le", "cp1252")), wanted):
                self.assertIn(now, (was, then))
            worker = self.book.start_worker()
            self.wait()
            self.book.end_worker(worker)
            self.assertEqual(self.files(), wanted, k)
            self.assertEqual(self.state()[1:], [1, counts], k)


if __name__ == "__main__":
    unittest.main()
