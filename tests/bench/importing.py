# importing.py: imports against LOAD DATA of the same rows
# SPDX-License-Identifier: MIT
import os
import subprocess
import time

import data
from book import cpu_seconds, most_memory
from instance import PROGRAM

MEMORY = 64  # MiB that the worker may take

# As the rows stand in the table when the first import is done.
DUMP = "SELECT * INTO OUTFILE '{path}' CHARACTER SET utf8mb4 FROM contact" \
       " ORDER BY id"
LOAD = """CREATE TABLE bench_contact LIKE contact;
LOAD DATA LOCAL INFILE '{path}' INTO TABLE bench_contact CHARACTER SET utf8mb4;
"""


def run_import(book, path):
    """Seconds from the confirmed start to the end, and the counts."""
    done = subprocess.run(
        [PROGRAM, "import", path, "consent", "format=interakt"],
        env=book.env, text=True, capture_output=True, check=False)
    if done.returncode:
        raise RuntimeError(f"import of {path}: {done.stdout}{done.stderr}")
    row = book.sql(
        "SELECT TIMESTAMPDIFF(MICROSECOND, started_at, finished_at) / 1e6,"
        " read_rows, created, updated, unchanged FROM import"
        " ORDER BY id DESC LIMIT 1")[0]
    return float(row[0]), [int(n) for n in row[1:]]


def run_check(book, path):
    """Seconds from the check's beginning to its numbers."""
    def is_in(state):
        row = book.sql("SELECT state FROM import ORDER BY id DESC LIMIT 1")
        return row and row[0][0] == state

    program = subprocess.Popen(
        [PROGRAM, "import", path, "check", "format=interakt"],
        env=book.env, stdout=subprocess.DEVNULL)
    while not is_in("checking") and program.poll() is None:
        time.sleep(0.01)
    start = time.monotonic()
    while not is_in("ready") and program.poll() is None:
        time.sleep(0.01)
    seconds = time.monotonic() - start
    if program.wait():
        raise RuntimeError(f"check of {path}: exit {program.returncode}")
    return seconds


def expect(rows, counts, place):
    wanted = [rows, 0, 0, 0]
    wanted[place] = rows
    if counts != wanted:
        raise RuntimeError("read, created, updated, unchanged are "
                           f"{counts}, not {wanted}")


def load_data(book, path):
    """Seconds of LOAD DATA into a table with the same indexes."""
    book.sql("SET GLOBAL local_infile = 1")
    try:
        start = time.monotonic()
        book.sql(LOAD.format(path=path), "--local-infile=1")
        seconds = time.monotonic() - start
    finally:
        book.sql("SET GLOBAL local_infile = 0")
    loaded = book.sql("SELECT COUNT(*) FROM bench_contact")[0][0]
    book.sql("DROP TABLE bench_contact")
    return seconds, int(loaded)


def reference(book):
    """The mean of two runs of LOAD DATA, and of how many rows; and the
    processor's time that the database took."""
    path = os.path.join(book.var, "tmp", "bench.tsv")
    book.sql(DUMP.format(path=path))
    times, used = [], []
    try:
        for _ in range(2):
            book.settle()
            before = cpu_seconds(book.pid("mariadb"))
            seconds, rows = load_data(book, path)
            times.append(seconds)
            used.append(cpu_seconds(book.pid("mariadb")) - before)
    finally:
        os.unlink(path)
    return sum(times) / 2, rows, sum(used) / 2


# A long list of people who are not to come back; none of them is in the file.
LISTED = """INSERT INTO suppression
 (key_hash, key_kind, reason, person, origin, at)
 SELECT UNHEX(SHA2(seq, 256)), 'phone', 'opted_out', seq, 'bench', NOW(3)
 FROM seq_1_to_1000000;
UPDATE suppression_state SET entries = 1000000, stamp = 1;"""
UNLISTED = """DELETE FROM suppression;
UPDATE suppression_state SET entries = 0, stamp = 2;"""


class Import:
    """An import of a file, timed; place: which of the counts all rows are
    to be in."""

    def __init__(self, book, file, rows, place):
        book.settle()
        pids = [book.pid("worker"), book.pid("mariadb")]
        before = [cpu_seconds(p) for p in pids]
        self.seconds, counts = run_import(book, file)
        expect(rows, counts, place)
        self.used = [cpu_seconds(p) - b for p, b in zip(pids, before)]

    def report(self, report, key, what, load):
        report.add(key, what, self.seconds, load, "s")
        report.note("  processor: worker, database",
                    f"{self.used[0]:.2f} + {self.used[1]:.2f} s")


def measure(book, report, rows, file):
    """Gives the seconds of the reference. file: the contact file."""
    other = file + ".changed"
    data.write(other, rows, " 2")
    book.sql("INSERT INTO attribute (name, type, created_at) VALUES"
             " ('Customer Type', 'TEXT', NOW(3)),"
             " ('Lifetime Value', 'NUMBER', NOW(3))")
    worker = book.pid("worker")
    book.settle()
    checked = run_check(book, file)
    new = Import(book, file, rows, 1)
    load, loaded, used = reference(book)
    if loaded != rows:
        raise RuntimeError(f"LOAD DATA took {loaded} rows")
    report.note("LOAD DATA, processor: database", f"{used:.2f} s")
    report.add("import.check", f"dry run of {rows:,} new contacts", checked,
               load, "s")
    new.report(report, "import.new", f"import of {rows:,} new contacts", load)
    Import(book, file, rows, 3).report(
        report, "import.unchanged", "the same file again", load)
    Import(book, other, rows, 2).report(
        report, "import.changed", "again, one column changed", load)
    book.sql(LISTED)
    Import(book, other, rows, 3).report(
        report, "import.listed", "once more, with 1,000,000 suppressed keys",
        load)
    book.sql(UNLISTED)
    os.unlink(other)
    memory = most_memory(worker)
    if worker != book.pid("worker"):
        raise RuntimeError("the worker was replaced meanwhile")
    report.add("import.memory", "memory of the worker", memory, MEMORY, "MiB")
    return load
