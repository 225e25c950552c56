# book.py: the instance that is measured, and what it is measured with
# SPDX-License-Identifier: MIT
import os
import subprocess
import time

from http_client import Session
from instance import PROGRAM, ROOT, Instance


# Names, numbers and the rest follow from the id, so the book is always the
# same: 40 x 125 names, each some 200 times in a million; 30 tags, of which a
# tenth of the contacts has each; 50 cities; a Shop of which there are 5,000.
FILL = """
SET SESSION unique_checks = 0, foreign_key_checks = 0;
INSERT INTO attribute (name, type, created_at) VALUES
  ('Birthday', 'DATE', NOW()), ('LTV', 'NUMBER', NOW()),
  ('Plan', 'TEXT', NOW()), ('Shop', 'TEXT', NOW()), ('VIP', 'BOOLEAN', NOW());
INSERT INTO tag (kind, name, created_at)
  SELECT 'tag', CONCAT('Tag ', seq), NOW() FROM seq_1_to_30;
INSERT INTO contact (id, phone, email, user_id, name, first_name, last_name,
    area, city, country, whatsapp_opted, source, first_message, state,
    last_active, attributes, created_at, updated_at)
  SELECT seq, CONCAT('+91', 9000000000 + seq * 7919 % 999999937),
    IF(seq % 10, CONCAT('c', seq, '@example', seq % 7, '.org'), NULL),
    CONCAT('U', seq), CONCAT('Given', seq % 40, ' Family', seq DIV 40 % 125),
    CONCAT('Given', seq % 40), CONCAT('Family', seq DIV 40 % 125),
    CONCAT(seq % 90, ' Market Road'), CONCAT('City ', seq * 31 % 50), 'India',
    ELT(1 + seq % 3, 'yes', 'no', ''), ELT(1 + seq % 3, 'IMPORT', 'ORGANIC',
    'API'), IF(seq % 4, '', 'Price?'), IF(seq % 5, '', 'requesting'),
    IF(seq % 5, NULL, NOW(3) - INTERVAL seq SECOND),
    CONCAT('{"Birthday":"', DATE('1950-01-01') + INTERVAL seq % 20000 DAY,
      '","LTV":', seq * 13 % 100000 / 4, ',"Plan":"',
      ELT(1 + seq % 3, 'free', 'gold', 'silver'), '","Shop":"Shop ',
      seq * 17 % 5000, '","VIP":', IF(seq % 50, 'false', 'true'), '}'),
    NOW(3), NOW(3) FROM seq_1_to_@COUNT@;
INSERT INTO contact_tag (contact_id, tag_id)
  SELECT contacts.seq, (SELECT MIN(id) FROM tag) +
    (contacts.seq * 7 + nth.seq * 11) % 30
  FROM seq_1_to_@COUNT@ AS contacts JOIN seq_0_to_2 AS nth;
UPDATE counter SET next = @COUNT@ + 1 WHERE name = 'contact';
ANALYZE TABLE contact, contact_tag;
"""


class Book(Instance):
    """An instance with the settings that a user's has, not those of tests."""

    def __init__(self):
        super().__init__(RUBRICA_BUFFER_POOL="", RUBRICA_REDO_LOG="")

    def client(self, *options):
        """The command line of MariaDB's client, as administrator."""
        return ["mariadb", "--no-defaults", "-S", self.var + "/mariadb.sock",
                *options, "rubrica"]

    def sql(self, statement, *options):
        """The rows of a statement, each a list of texts."""
        done = subprocess.run(self.client("-BN", *options), check=True,
                              input=statement, text=True,
                              stdout=subprocess.PIPE)
        return [line.split("\t") for line in done.stdout.splitlines()]

    def config(self, key, value):
        subprocess.run([PROGRAM, "config"], check=True, env={
            **self.env, "RUBRICA_CONFIG_KEY": key,
            "RUBRICA_CONFIG_VALUE": value})

    def settle(self):
        """Until what earlier work left to be written is on the disk, so that
        nobody pays for somebody else's pages."""
        self.sql("SET GLOBAL innodb_max_dirty_pages_pct = 0")
        for _ in range(300):
            rows = self.sql("SHOW GLOBAL STATUS LIKE"
                            " 'Innodb_buffer_pool_pages_dirty'")
            if int(rows[0][1]) < 50:
                break
            time.sleep(0.1)
        self.sql("SET GLOBAL innodb_max_dirty_pages_pct = 90")

    def fill(self, contacts):
        """As many contacts, each with five attributes and three tags, in a
        book that has none; written by the server itself, which takes some
        twenty seconds a million."""
        self.sql(FILL.replace("@COUNT@", str(contacts)))
        self.settle()

    def session(self):
        """The first admin, logged in."""
        session = Session(self.url)
        answer = session.login(self.env["RUBRICA_ADMIN_EMAIL"],
                               self.env["RUBRICA_ADMIN_PASSWORD"])
        if answer.status != 303:
            raise RuntimeError(f"login: status {answer.status}")
        return session

    def token(self):
        """A token for the API."""
        return self.run("token").split()[-1]

    def web_children(self):
        """Process ids of the children of rubrica-web."""
        parent = self.pid("web")
        with open(f"/proc/{parent}/task/{parent}/children",
                  encoding="ascii") as f:
            return [int(word) for word in f.read().split()]


def most_memory(pid):
    """MiB: the most that a process has had of the machine's memory."""
    with open(f"/proc/{pid}/status", encoding="ascii") as f:
        for line in f:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    raise RuntimeError(f"process {pid} has no VmHWM")


def cpu_seconds(pid):
    """What all threads of a process have used, those that ended too."""
    with open(f"/proc/{pid}/stat", encoding="ascii") as f:
        words = f.read().rsplit(")", 1)[1].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def program(name):
    """A program that `make bench` builds."""
    return os.path.join(ROOT, os.environ.get("RUBRICA_BUILD", "build"),
                        "bench", name)
