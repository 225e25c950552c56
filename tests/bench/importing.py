# importing.py: imports against LOAD DATA of the same rows
# SPDX-License-Identifier: MIT
import os
import subprocess
import time

import data
from book import most_memory
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
    """The mean of two runs of LOAD DATA, and of how many rows."""
    path = os.path.join(book.var, "tmp", "bench.tsv")
    book.sql(DUMP.format(path=path))
    times = []
    try:
        for _ in range(2):
            book.settle()
            seconds, rows = load_data(book, path)
            times.append(seconds)
    finally:
        os.unlink(path)
    return sum(times) / len(times), rows


def measure(book, report, rows, file):
    """Gives the seconds of the reference. file: the contact file."""
    other = file + ".changed"
    data.write(other, rows, " 2")
    book.sql("INSERT INTO attribute (name, type, created_at) VALUES"
             " ('Customer Type', 'TEXT', NOW(3)),"
             " ('Lifetime Value', 'NUMBER', NOW(3))")
    worker = book.pid("worker")
    new, counts = run_import(book, file)
    expect(rows, counts, 1)
    load, loaded = reference(book)
    if loaded != rows:
        raise RuntimeError(f"LOAD DATA took {loaded} rows")
    report.add("import.new", f"import of {rows:,} new contacts", new, load,
               "s")
    book.settle()
    seconds, counts = run_import(book, file)
    expect(rows, counts, 3)
    report.add("import.unchanged", "the same file again", seconds, load, "s")
    book.settle()
    seconds, counts = run_import(book, other)
    expect(rows, counts, 2)
    report.add("import.changed", "again, one column changed", seconds, load,
               "s")
    os.unlink(other)
    memory = most_memory(worker)
    if worker != book.pid("worker"):
        raise RuntimeError("the worker was replaced meanwhile")
    report.add("import.memory", "memory of the worker", memory, MEMORY, "MiB")
    return load
