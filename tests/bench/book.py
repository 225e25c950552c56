# book.py: the instance that is measured, and what it is measured with
# SPDX-License-Identifier: MIT
import os
import subprocess
import time

from http_client import Session
from instance import PROGRAM, ROOT, Instance


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

    def session(self):
        """The first admin, logged in."""
        session = Session(self.url)
        answer = session.login(self.env["RUBRICA_ADMIN_EMAIL"],
                               self.env["RUBRICA_ADMIN_PASSWORD"])
        if answer.status != 303:
            raise RuntimeError(f"login: status {answer.status}")
        return session

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
