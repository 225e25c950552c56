# paging.py: pages and searches of a large book, beside the SQL itself
# SPDX-License-Identifier: MIT
import http.client
import statistics
import subprocess
import time
import urllib.parse

MORE = 0.020  # s: what a page may take more than its SQL
RUNS = 15
SCAN = 1.0  # s: a filter on what has no index
ROW = ("SELECT contact.* FROM (SELECT id FROM contact WHERE trashed_at IS NULL"
       " {}) AS page JOIN contact ON contact.id = page.id")


class Sql:
    """The database's own client, kept open: seconds of a statement."""

    def __init__(self, book):
        self.client = subprocess.Popen(
            book.client("-BN", "--unbuffered"), stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True, encoding="utf-8")

    def seconds(self, statement):
        start = time.monotonic()
        self.client.stdin.write(statement + "; SELECT '--end--';\n")
        self.client.stdin.flush()
        for line in self.client.stdout:
            if line == "--end--\n":
                return time.monotonic() - start
        raise RuntimeError("the client has ended: " + statement)

    def close(self):
        self.client.stdin.close()
        self.client.wait()
        self.client.stdout.close()


class Pages:
    """The contacts page over a connection that is kept."""

    def __init__(self, book, session):
        self.connection = http.client.HTTPConnection(
            "127.0.0.1", book.port, timeout=120)
        self.headers = {"Cookie": "; ".join(
            f"{n}={v}" for n, v in session.cookies.items())}

    def get(self, path):
        try:
            self.connection.request("GET", path, headers=self.headers)
            answer = self.connection.getresponse()
        except http.client.RemoteDisconnected:
            # It was idle for too long, while a statement was timed.
            self.connection.close()
            self.connection.request("GET", path, headers=self.headers)
            answer = self.connection.getresponse()
        data = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path} has the status {answer.status}")
        return data

    def seconds(self, path):
        start = time.monotonic()
        self.get(path)
        return time.monotonic() - start


def thousandth(pages):
    """The cursor of page 1,000, and the id before it: by larger steps."""
    import json
    from urllib.parse import quote
    after, left = "", 999 * 50
    while left:
        n = min(left, 200)
        found = json.loads(pages.get(
            f"/api/v1/contacts?limit={n}&after={quote(after)}"))
        after, left = found["next"], left - n
    return after, found["contacts"][-1]["id"]


def questions(book, contacts, cursor, before):
    """(key, what, query of the page, statement): the same question."""
    middle = contacts // 2
    phone = book.sql(f"SELECT phone FROM contact WHERE id = {middle}")[0][0]
    quote = urllib.parse.quote
    order = "ORDER BY id DESC LIMIT 50"
    tagged = ("SELECT contact.* FROM contact_tag JOIN contact ON contact.id ="
              " contact_id WHERE tag_id = (SELECT id FROM tag WHERE name ="
              " 'Tag 7') AND trashed_at IS NULL"
              " ORDER BY contact_id DESC LIMIT 50")
    anywhere = "".join(
        f" AND (name LIKE '%{w}%' OR first_name LIKE '%{w}%' OR last_name"
        f" LIKE '%{w}%' OR username LIKE '%{w}%' OR email LIKE '{w}%')"
        for w in ("Given7", "Family99"))
    words = ROW.format(anywhere + " " + order) + (
        "; SELECT COUNT(*) FROM (SELECT 1 FROM contact WHERE trashed_at IS"
        f" NULL{anywhere} LIMIT 10001) AS bounded")
    return [
        ("page.first", "first page", "", ROW.format(order)),
        ("page.next", "next page", cursor[0], ROW.format(
            f"AND id < {contacts - 49} {order}")),
        ("page.1000", "page 1,000", cursor[1], ROW.format(
            f"AND id < {before} {order}")),
        ("search.phone", "search by phone", "q=" + quote(phone), ROW.format(
            f"AND phone = '{phone}' {order}")),
        ("search.name", "search by the beginning of a name",
         "sort=name&where=" + quote("name~starts~Given7 Family9"), ROW.format(
             "AND name LIKE 'Given7 Family9%' ORDER BY name, id LIMIT 50")),
        ("search.word", "search for words in all names, and their total",
         "q=" + quote("Given7 Family99"), words),
        ("filter.tag", "filter by a tag", "tag=" + quote("Tag 7"), tagged),
        ("filter.index", "filter by an indexed field",
         "where=" + quote(f"email~is~c{middle + 1}@example"
                          f"{(middle + 1) % 7}.org"),
         ROW.format(f"AND email = 'c{middle + 1}@example"
                    f"{(middle + 1) % 7}.org' {order}")),
    ]


def median(seconds, *of):
    return statistics.median(seconds(*of) for _ in range(RUNS))


def measure(book, report, contacts):
    pages = Pages(book, book.session())
    by_token = Pages(book, book.session())
    by_token.headers = {"Authorization": "Bearer " + book.token()}
    sql = Sql(book)
    after, before = thousandth(by_token)
    link = pages.get("/contacts").decode()
    following = link.split('rel="next" href="/contacts?')[1].split('"')[0]
    for key, what, query, statement in questions(
            book, contacts, (following, "after=" + after), before):
        path = "/contacts" + ("?" + query if query else "")
        pages.seconds(path)
        ours = median(pages.seconds, path)
        theirs = median(sql.seconds, statement)
        report.add(key, f"{what}: SQL and 20 ms", ours * 1000,
                   (theirs + MORE) * 1000, "ms")
    scan(pages, sql, report)
    order(pages, sql, report)
    sql.close()


def order(pages, sql, report):
    """By what has no index: a field, and the first of the tags. Everybody has
    three here, so the page goes through all for who has none; backwards, it
    goes through the contacts of tags that are nobody's first."""
    field = min(pages.seconds("/contacts?sort=city") for _ in range(3))
    theirs = min(sql.seconds(
        "SELECT id FROM contact WHERE trashed_at IS NULL"
        " ORDER BY city, id LIMIT 50") for _ in range(3))
    tags = min(pages.seconds("/contacts?sort=tags") for _ in range(3))
    back = pages.seconds("/contacts?sort=tags&dir=desc")
    report.add("sort.field", "sorted by a field: 1 s", field * 1000,
               SCAN * 1000, "ms")
    report.note("    the SQL itself", f"{theirs * 1000:,.0f} ms")
    report.add("sort.tags", "sorted by tags: 1 s", tags * 1000, SCAN * 1000,
               "ms")
    report.note("    backwards", f"{back * 1000:,.0f} ms")


def scan(pages, sql, report):
    """A filter on an attribute, which no index helps: one contact in 5,000."""
    ours = min(pages.seconds("/contacts?attr.Shop=Shop+4999")
               for _ in range(3))
    theirs = min(sql.seconds(
        "SELECT id FROM contact WHERE trashed_at IS NULL AND"
        " JSON_VALUE(attributes, '$.Shop') = 'Shop 4999'"
        " ORDER BY id DESC LIMIT 50") for _ in range(3))
    report.add("filter.scan", "filter by an attribute: 1 s", ours * 1000,
               SCAN * 1000, "ms")
    report.note("    the SQL itself", f"{theirs * 1000:,.0f} ms")
