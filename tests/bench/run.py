# run.py: every benchmark, as ratios within one run
# SPDX-License-Identifier: MIT
import argparse
import os
import signal
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "../support")]

import bulk  # noqa: E402
import data  # noqa: E402
import exporting  # noqa: E402
import importing  # noqa: E402
import linear  # noqa: E402
import listing  # noqa: E402
import paging  # noqa: E402
import parsing  # noqa: E402
import webhook  # noqa: E402
from book import Book  # noqa: E402
from report import Report  # noqa: E402


def options():
    p = argparse.ArgumentParser(description="Measures Rubrica; exits with 1 "
                                "when a ratio is over its budget.")
    p.add_argument("--rows", type=int, default=500000)
    p.add_argument("--contacts", type=int, default=1000000,
                   help="of the book whose pages are measured")
    p.add_argument("--tolerance", type=float, metavar="PERCENT", default=float(
        os.environ.get("RUBRICA_BENCH_TOLERANCE") or 0),
        help="how much over its budget a ratio may be")
    p.add_argument("--only", choices=["parsers", "imports", "linear",
                                      "contacts", "webhook"],
                   help="the stages without a database, the imports, the"
                   " cost of a row in an import of four times --rows, the"
                   " pages, the export and bulk changes of --contacts, or"
                   " events of WhatsApp")
    return p.parse_args()


def measure(report, asked, folder):
    if asked.only == "linear":
        linear.measure(report, asked.rows * 4, folder)
        return
    if asked.only == "contacts":
        measure_contacts(report, asked.contacts)
        return
    if asked.only == "webhook":
        measure_webhook(report)
        return
    file = os.path.join(folder, "contacts.csv")
    data.write(file, asked.rows)
    stages = None
    if asked.only != "imports":
        stages = parsing.measure(report, file)
    if asked.only == "parsers":
        return
    with Book() as book:
        load = importing.measure(book, report, asked.rows, file)
        if stages is not None:
            report.add("parse.stages", "decode, read and check, against it",
                       stages, load, "s")
        if asked.only == "imports":
            return
        listing.measure(book, report)
        exporting.measure(book, report, asked.rows)
    measure_contacts(report, asked.contacts)
    measure_webhook(report)


def measure_webhook(report):
    with Book() as book:
        webhook.measure(book, report)


def measure_contacts(report, contacts):
    with Book() as book:
        book.fill(contacts)
        paging.measure(book, report, contacts)
        exporting.measure_book(book, report, contacts)
        bulk.measure(book, report)


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    asked = options()
    report = Report(asked.tolerance / 100)
    with tempfile.TemporaryDirectory(prefix="rubrica-bench-") as folder:
        measure(report, asked, folder)
    report.print()
    sys.exit(1 if report.over else 0)


if __name__ == "__main__":
    main()
