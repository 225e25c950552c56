# linear.py: what a row costs in a small import and in a very large one
# SPDX-License-Identifier: MIT
import os

import data
from book import Book, most_memory
from importing import MEMORY, expect, run_import

PARTS = 10  # the small import has a tenth of the rows
LIMITS = {"import.row_limit": "10000000", "import.size_limit": "1073741824"}


def import_into_new_book(folder, rows):
    """Microseconds a row, and the most memory that the worker had."""
    path = os.path.join(folder, "linear.csv")
    data.write(path, rows)
    with Book() as book:
        for key, value in LIMITS.items():
            book.config(key, value)
        book.settle()
        seconds, counts = run_import(book, path)
        expect(rows, counts, 1)
        memory = most_memory(book.pid("worker"))
    os.unlink(path)
    return seconds / rows * 1e6, memory


def measure(report, rows, folder):
    small, small_memory = import_into_new_book(folder, rows // PARTS)
    large, large_memory = import_into_new_book(folder, rows)
    report.add("import.linear", f"a row of {rows:,}, of {rows // PARTS:,}",
               large, small, "us")
    report.add("import.flat", "memory of the worker for them",
               large_memory, MEMORY, "MiB")
    report.note("  and for the small one", f"{small_memory:.1f} MiB")
