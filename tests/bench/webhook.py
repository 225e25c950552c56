# webhook.py: events of WhatsApp at a steady rate, and how long each waits
# SPDX-License-Identifier: MIT
"""Events are sent when their turn comes, whether or not those before have
been answered, and an event's time runs from its turn: an answer that comes
late makes nobody else look quick. The mix is that of a team at work: messages
of people in the book, messages of strangers, what became of our own."""

import asyncio
import json
import math
import os
import random
import time

os.environ.setdefault("RUBRICA_URL", "http://127.0.0.1:1")
import whatsapp as wa  # noqa: E402

RATE = 200  # a second
SECONDS = 20
CONTACTS = 200000
KNOWN = 100000  # people of the book who write
OURS = 20000  # messages of the team that get statuses
LIMIT = 50.0  # ms

# Messages of the team to people of the book, as sending programs tell them.
FILL = f"""
INSERT INTO message (contact_id, wa_id, direction, type, text, body, status,
    at, received_at)
  SELECT seq, CONCAT('wamid.OUT', seq), 'out', 'text', 'We write', '{{}}',
    'sent', NOW(3) - INTERVAL 1 HOUR, NOW(3)
  FROM seq_1_to_{OURS};
INSERT INTO message (contact_id, wa_id, direction, type, text, body,
    at, received_at)
  SELECT 1 + seq % {KNOWN}, CONCAT('wamid.IN', seq), 'in', 'text', 'They wrote',
    '{{}}', NOW(3) - INTERVAL 2 HOUR, NOW(3)
  FROM seq_1_to_200000;
"""


def known_number(n):
    """Of the contact with this id: see book.py."""
    return f"91{9000000000 + n * 7919 % 999999937}"


def status(number, word):
    return wa.body({"statuses": [{
        "id": f"wamid.OUT{number}", "status": word,
        "timestamp": str(int(time.time())),
        "recipient_id": known_number(number)}]})


def events(count, draw):
    """(body, id of the message or None)."""
    for i in range(count):
        kind = draw.random()
        word = f"wamid.BENCH{i}"
        if kind < 0.55:
            sender = known_number(draw.randrange(1, KNOWN))
            yield wa.message(sender, f"Message {i}: is it there yet?",
                             wamid=word), word
        elif kind < 0.70:
            yield wa.message(f"39347{draw.randrange(10 ** 7):07}",
                             "Hello, what does it cost?", wamid=word), word
        else:
            yield status(draw.randrange(1, OURS), draw.choice(
                ("delivered", "read"))), None


def requests_of(book, count):
    """The bytes of signed requests, and the ids of the messages in them."""
    made, ids = [], set()
    for event, word in events(count, random.Random(7)):
        data = json.dumps(event).encode()
        head = (f"POST {wa.PATH} HTTP/1.1\r\nHost: 127.0.0.1:{book.port}\r\n"
                "Content-Type: application/json\r\n"
                f"Content-Length: {len(data)}\r\n"
                f"X-Hub-Signature-256: {wa.sign(data)}\r\n\r\n")
        made.append(head.encode() + data)
        if word:
            ids.add(word)
    return made, ids


class Sender:
    """Connections that are kept; as many as are needed at once."""

    def __init__(self, port):
        self.port = port
        self.free = []
        self.times = []  # ms
        self.faults = []

    async def exchange(self, data):
        if self.free:
            reader, writer = self.free.pop()
        else:
            reader, writer = await asyncio.open_connection(
                "127.0.0.1", self.port)
        writer.write(data)
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        for line in head.split("\r\n"):
            if line.startswith("content-length:"):
                await reader.readexactly(int(line.split(":")[1]))
        if "connection: close" in head:
            writer.close()
        else:
            self.free.append((reader, writer))
        return int(head.split()[1])

    async def one(self, data, turn):
        try:
            code = await self.exchange(data)
        except (OSError, asyncio.IncompleteReadError) as e:
            code = repr(e)
        self.times.append((time.monotonic() - turn) * 1000)
        if code != 200:
            self.faults.append(code)

    async def send(self, requests, rate):
        begin = time.monotonic() + 0.1
        tasks = []
        for i, data in enumerate(requests):
            turn = begin + i / rate
            await asyncio.sleep(max(0, turn - time.monotonic()))
            tasks.append(asyncio.create_task(self.one(data, turn)))
        await asyncio.gather(*tasks)
        for _, writer in self.free:
            writer.close()


def send(port, requests, rate=RATE):
    """The sorted times in ms."""
    sender = Sender(port)
    asyncio.run(sender.send(requests, rate))
    if sender.faults:
        raise RuntimeError(f"{len(sender.faults)} requests were not answered "
                           f"with 200: {sender.faults[:5]}")
    return sorted(sender.times)


def part(times, share):
    return times[min(len(times), math.ceil(len(times) * share)) - 1]


def text(times):
    return ", ".join(f"{name} {part(times, share):.1f}" for name, share in (
        ("p50", .5), ("p95", .95), ("p99", .99), ("max", 1.0))) + " ms"


def lost(book, ids):
    """How many of the messages the book has not exactly once."""
    rows = book.sql("SELECT wa_id, COUNT(*) FROM message WHERE wa_id LIKE"
                    " 'wamid.BENCH%' GROUP BY wa_id")
    once = {row[0] for row in rows if row[1] == "1"}
    return len(ids - once) + len(once - ids)


def measure(book, report):
    book.config("whatsapp.app_secret", wa.SECRET)
    book.fill(CONTACTS)
    book.sql(FILL)
    book.settle()
    made, ids = requests_of(book, RATE * SECONDS)
    look = f"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:{book.port}\r\n\r\n"
    send(book.port, [look.encode()] * RATE)
    idle = send(book.port, [look.encode()] * (RATE * 5))
    ours = send(book.port, made)
    report.note("an event, from its turn to its answer", text(ours))
    report.note("/healthz at the same rate", text(idle))
    report.add("webhook.p99", f"webhook, p99 at {RATE} a second",
               part(ours, .99), LIMIT, "ms")
    report.add("webhook.p50", "webhook, p50, against /healthz",
               part(ours, .5), part(idle, .5), "ms")
    report.add("webhook.lost", "messages answered and not there once",
               lost(book, ids), 1, "")
