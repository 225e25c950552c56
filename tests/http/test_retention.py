# test_retention.py: an import whose file was deleted after its time
# SPDX-License-Identifier: MIT
import os
import subprocess
import sys
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../support"))
import http_client as http
import import_client as imports
import patience

GONE = ("original.csv", "errors.csv", "processed.csv")


def sql(text):
    subprocess.run(["mariadb", "-S", http.VAR + "/mariadb.sock", "rubrica",
                    "-e", text], check=True)


class Retention(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        data = imports.table(
            ["Name", "Phone"], [http.unique("Ana"), imports.phone()],
            [http.unique("Bo"), "12"])
        cls.id = imports.started(data, format="generic")
        cls.before = imports.wait(cls.id)
        sql("UPDATE import SET finished_at = UTC_TIMESTAMP(3) - INTERVAL 366"
            f" DAY WHERE id = {cls.id}")
        end = time.monotonic() + patience.SECONDS
        while not cls.import_now()["file_deleted_at"]:
            if time.monotonic() > end:
                raise AssertionError("the file is not deleted")
            time.sleep(0.05)

    @classmethod
    def import_now(cls):
        return http.Api().get(f"/api/v1/imports/{cls.id}").json

    def test_downloads(self):
        for name in GONE:
            answer = http.Api().get(f"/api/v1/imports/{self.id}/{name}")
            self.assertEqual(answer.status, 410, name)
            self.assertEqual(answer.json["error"]["code"], "gone")
            self.assertIn("retention rule", answer.json["error"]["message"])
            page = http.admin().get(f"/imports/{self.id}/{name}")
            self.assertEqual(page.status, 410, name)
            self.assertIn("was deleted on 20", page.page.text())

    def test_rows(self):
        answer = http.Api().get(f"/api/v1/imports/{self.id}/rows")
        self.assertEqual(answer.status, 410)
        for path in ("rows", "rows.csv?outcome=created"):
            self.assertEqual(http.admin().get(
                f"/imports/{self.id}/{path}").status, 410, path)

    def test_the_import_stays(self):
        now = self.import_now()
        for name in ("rows", "problems", "status", "progress"):
            self.assertEqual(now[name], self.before[name], name)
        answer = http.Api().get(f"/api/v1/imports/{self.id}/problems").json
        self.assertEqual([(p["row"], p["code"]) for p in answer["problems"]],
                         [(3, "phone-invalid")])

    def test_page(self):
        page = http.admin().get(f"/imports/{self.id}").page
        self.assertIn("The file was deleted on", page.text())
        links = [a.get("href", "") for a in page.all("a")]
        self.assertFalse([x for x in links if x.endswith(".csv") or
                          f"/imports/{self.id}/rows" in x])
        history = http.admin().get("/imports").page
        self.assertNotIn(f"/imports/{self.id}/original.csv",
                         [a.get("href", "") for a in history.all("a")])

    def test_deleted_while_it_is_read(self):
        """The download is cut, so that it does not look whole."""
        data = imports.table(["Name", "Phone"], *[
            ["x" * 400, "12"] for _ in range(4000)])
        number = imports.started(data, format="generic")
        imports.wait(number)
        path = f"/api/v1/imports/{number}/original.csv"
        self.assertEqual(http.Api().get(path).body, data)
        sql(f"DELETE FROM import_file WHERE import_id = {number} AND seq > 0")
        with self.assertRaises(http.http.client.HTTPException):
            http.Api().get(path)

    def test_undo(self):
        path = f"/api/v1/imports/{self.id}/undo"
        self.assertIn(http.Api().send("POST", path, {}).status, (200, 202))
        end = time.monotonic() + patience.SECONDS
        while self.import_now()["status"] != "undone":
            self.assertLess(time.monotonic(), end)
            time.sleep(0.1)


if __name__ == "__main__":
    unittest.main()
