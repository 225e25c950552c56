# exporting.py: the export of all contacts against mariadb --batch --quick
# SPDX-License-Identifier: MIT
import http.client
import subprocess
import time

from book import most_memory

FIRST_BYTE = 0.2  # s
GROWTH = 8  # MiB
NOT_EXPORTED = ("id", "last_active", "created_at", "updated_at",
                "created_by_import", "version", "trashed_at", "merged_into")


def download(book, session):
    """Seconds to the first byte and to the last, and the number of lines."""
    connection = http.client.HTTPConnection("127.0.0.1", book.port,
                                            timeout=120)
    start = time.monotonic()
    connection.request("GET", "/contacts/export.csv", headers={
        "Cookie": "; ".join(f"{n}={v}" for n, v in session.cookies.items())})
    answer = connection.getresponse()
    if answer.status != 200:
        raise RuntimeError(f"the export has the status {answer.status}")
    lines, first = 0, None
    while piece := answer.read1(1 << 16):
        if first is None:
            first = time.monotonic() - start
        lines += piece.count(b"\n")
    connection.close()
    return first, time.monotonic() - start, lines


def columns(book):
    """Those of the table that the export has."""
    table = [row[0] for row in book.sql("SHOW COLUMNS FROM contact")]
    return [c for c in table if c not in NOT_EXPORTED]


def reference(book):
    """Seconds of the client that comes with the database."""
    statement = "SELECT " + ", ".join(columns(book)) + \
        " FROM contact ORDER BY id"
    start = time.monotonic()
    subprocess.run(book.client("--batch", "--quick", "-e", statement),
                   check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - start


def measure_book(book, report, rows):
    """The export of a large book, as often as it takes to be sure."""
    session = book.session()
    reference(book)
    runs, references = [], []
    for _ in range(2):
        runs.append(download(book, session)[1])
        references.append(reference(book))
    report.add("export.book", f"export of {rows:,} contacts, tags, attributes",
               min(runs), min(references), "s")


def measure(book, report, rows):
    session = book.session()
    reference(book)
    before = {pid: most_memory(pid) for pid in book.web_children()}
    runs, references = [], []
    for _ in range(3):
        runs.append(download(book, session))
        references.append(reference(book))
        if runs[-1][2] < rows:
            raise RuntimeError(f"the export has {runs[-1][2]} lines")
    growth = max(most_memory(pid) - before[pid] for pid in book.web_children()
                 if pid in before)
    first = sorted(r[0] for r in runs)[1]
    total = sorted(r[1] for r in runs)[1]
    report.add("export.first", "export: first byte", first, FIRST_BYTE, "s")
    report.add("export.total", f"export of {rows:,} contacts", total,
               sorted(references)[1], "s")
    report.add("export.memory", "export: memory of a web process", growth,
               GROWTH, "MiB")
