# bulk.py: a tag for every contact, against the bare INSERT of its links
# SPDX-License-Identifier: MIT
import json
import time
import urllib.request

from book import cpu_seconds, most_memory

MEMORY = 64  # MiB that the worker may take
RATE = 50000  # contacts a second that are asked for

TAGS = """INSERT IGNORE INTO tag (kind, name, created_at) VALUES
 ('tag', 'bench-bare', NOW()), ('tag', 'bench-new', NOW());"""
BARE = """INSERT IGNORE INTO contact_tag SELECT contact.id, tag.id FROM contact
 JOIN tag ON tag.name = 'bench-bare' WHERE contact.trashed_at IS NULL;"""
UNDO_BARE = """DELETE contact_tag FROM contact_tag JOIN tag ON
 tag.id = contact_tag.tag_id WHERE tag.name = 'bench-bare';"""


def bare(book):
    book.settle()
    start = time.monotonic()
    book.sql(BARE)
    seconds = time.monotonic() - start
    book.sql(UNDO_BARE)
    return seconds


class Api:
    def __init__(self, book):
        self.url = book.url
        self.token = book.token()

    def __call__(self, path, body=None):
        request = urllib.request.Request(
            self.url + path, None if body is None else
            json.dumps(body).encode(), {
                "Authorization": "Bearer " + self.token,
                "Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)


def change(book, **body):
    """Runs a bulk change: its JSON, its seconds from the worker's claim to
    its end, and the processor's seconds of database and worker."""
    api = Api(book)
    book.settle()
    before = [cpu_seconds(book.pid(p)) for p in ("mariadb", "worker")]
    number = api("/api/v1/bulk", body)["id"]
    while True:
        job = api(f"/api/v1/bulk/{number}")
        if job["status"] in ("done", "failed", "cancelled"):
            break
        time.sleep(0.25)
    used = [cpu_seconds(book.pid(p)) - b
            for p, b in zip(("mariadb", "worker"), before)]
    if job["status"] != "done" or job["changed"] + job["unchanged"] + \
            job["kept"] != job["matched"]:
        raise RuntimeError(f"the bulk change came to {job}")
    seconds = book.sql("SELECT TIMESTAMPDIFF(MICROSECOND, started_at,"
                       f" finished_at) / 1e6 FROM job WHERE id = {number}")
    return job, float(seconds[0][0]), used


def measure(book, report):
    book.sql(TAGS)
    reference = min(bare(book), bare(book))
    job, seconds, used = change(book, filter={}, all=True,
                                action="add_tags", tags=["bench-new"])
    report.add("bulk.tag", "a tag for every contact, with its history",
               seconds, reference, "s")
    report.note("contacts a second of it",
                f"{job['changed'] / seconds:,.0f} (asked for: {RATE:,})")
    report.note("processor's time of database and worker",
                f"{used[0]:.1f} s and {used[1]:.1f} s, that is"
                f" {job['changed'] / sum(used):,.0f} contacts a second")
    report.add("bulk.memory", "the worker's memory meanwhile",
               most_memory(book.pid("worker")), MEMORY, "MiB")
