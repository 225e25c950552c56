# test_catalog_job.py: contacts that follow a change, also through kill -9
# SPDX-License-Identifier: MIT
"""Jobs of 6,000 contacts, done by workers that are killed at random moments:
each contact is changed once and has one revision."""
import os
import random
import time
import unittest

from importing import Book
import patience

CONTACTS = 6000
KILLS = 60 if os.environ.get("RUBRICA_LONG") == "1" else 8
SEED = int(os.environ.get("RUBRICA_SEED", random.SystemRandom().randrange(
    10 ** 6)))


class CatalogJob(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.book = Book(workers=0)
        cls.book.__enter__()
        cls.addClassCleanup(cls.book.__exit__, None, None, None)
        cls.rng = random.Random(SEED)

    def setUp(self):
        for table in ("contact", "contact_revision", "contact_tag", "tag",
                      "segment_contact", "contact_campaign",
                      "catalog_job"):
            self.sql(f"DELETE FROM {table}")

    def sql(self, text):
        return self.book.sql.lines(text)

    def one(self, text):
        return int(self.sql(text)[0])

    def contacts(self, attributes="'{}'", first_message="''"):
        """Every second one has what is asked for."""
        self.sql(
            "INSERT INTO contact (id, email, attributes, first_message, "
            "created_at, updated_at) SELECT seq, CONCAT(seq, '@example.org'), "
            f"IF(seq % 2, {attributes}, '{{}}'), "
            f"IF(seq % 2, {first_message}, ''), "
            "UTC_TIMESTAMP(3), UTC_TIMESTAMP(3) "
            f"FROM seq_1_to_{2 * CONTACTS}")

    def job(self, kind, old_id=0, old_name="", new_id=0, new_name=""):
        self.sql(
            "INSERT INTO catalog_job (kind, old_id, old_name, new_id, "
            "new_name, member_id, created_at) VALUES "
            f"('{kind}', {old_id}, '{old_name}', {new_id}, '{new_name}', 1, "
            "UTC_TIMESTAMP(3))")

    def left(self):
        return self.one("SELECT COUNT(*) FROM catalog_job")

    def work(self, kills=0):
        """Until nothing is left; returns how often a worker was killed."""
        done = 0
        end = time.monotonic() + patience.SECONDS
        worker = self.book.start_worker()
        while self.left():
            self.assertLess(time.monotonic(), end, f"seed {SEED}")
            time.sleep(self.rng.random() * .15)
            if done < kills:
                self.book.end_worker(worker)
                worker = self.book.start_worker()
                done += 1
        self.book.end_worker(worker)
        return done

    def expect_once(self):
        """Each contact that had it was changed once, the others never."""
        self.assertEqual(
            self.sql("SELECT id % 2, version, COUNT(*) FROM contact "
                     "GROUP BY 1, 2 ORDER BY 1"),
            [f"0\t1\t{CONTACTS}", f"1\t2\t{CONTACTS}"], f"seed {SEED}")
        self.assertEqual(
            self.one("SELECT COUNT(DISTINCT contact_id) FROM contact_revision "
                     "WHERE version = 1 AND member_id = 1 AND "
                     "import_id IS NULL AND import_row IS NULL"), CONTACTS)
        self.assertEqual(
            self.one("SELECT COUNT(*) FROM contact_revision"), CONTACTS)

    def test_attribute_is_renamed(self):
        self.contacts("'{\"A\":1,\"Old\":\"x\"}'")
        self.job("attribute", old_name="Old", new_name="New")
        self.assertGreater(self.work(KILLS), 0)
        self.expect_once()
        self.assertEqual(
            self.sql("SELECT attributes, COUNT(*) FROM contact GROUP BY 1 "
                     "ORDER BY 1 DESC"),
            [f"{{}}\t{CONTACTS}",
             f"{{\"A\":1,\"New\":\"x\"}}\t{CONTACTS}"])
        self.assertEqual(
            self.sql("SELECT DISTINCT before_values FROM contact_revision"),
            ['{"attributes.Old":"x","attributes.New":null}'])

    def test_value_of_the_new_name_stands(self):
        self.contacts("'{\"New\":2,\"Old\":1}'")
        self.job("attribute", old_name="Old", new_name="New")
        self.work()
        self.expect_once()
        self.assertEqual(
            self.sql("SELECT DISTINCT attributes FROM contact WHERE id % 2"),
            ['{"New":2}'])
        self.assertEqual(
            self.sql("SELECT DISTINCT before_values FROM contact_revision"),
            ['{"attributes.Old":1}'])

    def test_attribute_is_deleted(self):
        self.contacts("'{\"A\":1,\"Old\":[1,2]}'")
        self.job("attribute", old_name="Old")
        self.work(KILLS)
        self.expect_once()
        self.assertEqual(
            self.sql("SELECT DISTINCT attributes FROM contact WHERE id % 2"),
            ['{"A":1}'])

    def tags(self):
        self.sql("INSERT INTO tag (id, kind, name, created_at) VALUES "
                 "(2, 'tag', 'into', UTC_TIMESTAMP(3)), "
                 "(3, 'tag', 'other', UTC_TIMESTAMP(3))")
        self.sql("INSERT INTO contact_tag SELECT id, 1 FROM contact "
                 "WHERE id % 2")
        self.sql("INSERT INTO contact_tag SELECT id, 2 FROM contact "
                 "WHERE id % 4 = 1")
        self.sql("INSERT INTO contact_tag SELECT id, 3 FROM contact")
        # Links of contacts that are gone go too.
        self.sql("INSERT INTO contact_tag VALUES (900001, 1), (900003, 1)")

    def test_tag_is_merged(self):
        self.contacts()
        self.tags()
        self.job("tag", old_id=1, old_name="gone", new_id=2, new_name="into")
        self.assertGreater(self.work(KILLS), 0)
        self.expect_once()
        self.assertEqual(
            self.sql("SELECT tag_id, COUNT(*) FROM contact_tag GROUP BY 1"),
            [f"2\t{CONTACTS}", f"3\t{2 * CONTACTS}"])
        self.assertEqual(
            self.sql("SELECT contact_id % 4, before_values, COUNT(*) "
                     "FROM contact_revision GROUP BY 1, 2 ORDER BY 1"),
            [f'1\t{{"_tags":["gone","into","other"]}}\t{CONTACTS // 2}',
             f'3\t{{"_tags":["gone","other"]}}\t{CONTACTS // 2}'])

    def test_tag_is_deleted(self):
        self.contacts()
        self.tags()
        self.job("tag", old_id=1, old_name="gone")
        self.work(KILLS)
        self.expect_once()
        self.assertEqual(
            self.sql("SELECT tag_id, COUNT(*) FROM contact_tag GROUP BY 1"),
            [f"2\t{CONTACTS // 2}", f"3\t{2 * CONTACTS}"])

    def test_first_message(self):
        self.contacts(first_message="'Hello'")
        self.job("first_message", old_name="Hello", new_name="Good day")
        self.work(KILLS)
        self.expect_once()
        self.assertEqual(
            self.sql("SELECT first_message, COUNT(*) FROM contact "
                     "GROUP BY 1 ORDER BY 1"),
            [f"\t{CONTACTS}", f"Good day\t{CONTACTS}"])

    def test_segment(self):
        self.contacts()
        self.sql("INSERT INTO segment_contact (segment_id, contact_id) "
                 "SELECT 1 + id % 2, id "
                 "FROM contact")
        self.job("segment", old_id=2, old_name="gone")
        self.work(KILLS)
        self.assertEqual(
            self.sql("SELECT segment_id, COUNT(*) FROM segment_contact "
                     "GROUP BY 1"), [f"1\t{CONTACTS}"])
        self.assertEqual(
            self.sql("SELECT DISTINCT version FROM contact"), ["1"])

    def test_campaign(self):
        self.contacts()
        self.sql("INSERT INTO contact_campaign (campaign_id, contact_id) "
                 "SELECT 1 + id % 2, id "
                 "FROM contact")
        self.job("campaign", old_id=2, old_name="gone")
        self.work(KILLS)
        self.assertEqual(
            self.sql("SELECT campaign_id, COUNT(*) FROM contact_campaign "
                     "GROUP BY 1"), [f"1\t{CONTACTS}"])
        self.assertEqual(
            self.sql("SELECT DISTINCT version FROM contact"), ["1"])

    def test_two_workers(self):
        self.contacts("'{\"Old\":\"x\"}'")
        self.job("attribute", old_name="Old", new_name="New")
        other = self.book.start_worker()
        self.work()
        self.book.end_worker(other)
        self.expect_once()

    def test_one_after_the_other(self):
        self.contacts("'{\"Old\":\"x\"}'", "'Hello'")
        self.job("attribute", old_name="Old", new_name="New")
        self.job("first_message", old_name="hello", new_name="")
        self.work()
        self.assertEqual(
            self.sql("SELECT DISTINCT attributes, first_message, version "
                     "FROM contact WHERE id % 2"), ['{"New":"x"}\t\t3'])


if __name__ == "__main__":
    unittest.main()
