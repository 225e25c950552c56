# importing.py: a book with workers that a test starts, stops and kills
# SPDX-License-Identifier: MIT
"""`with Book() as book:` has a MariaDB of its own and one worker; book.load()
imports a file by the command line, book.dump() is all that imports have left
in the book, without ids and times, so that two books can be compared."""

import contextlib
import hmac
import json
import os
import re
import signal
import subprocess
import tempfile

import patience
from instance import BUILD, PROGRAM, Instance

WORKER = os.path.join(BUILD, "rubrica-worker")
ENDED = ("done", "failed", "cancelled", "refused")
COUNTS = ("read_rows", "created", "updated", "unchanged", "skipped",
          "rejected")
OUTCOMES = {"C": "created", "U": "updated", "=": "unchanged", "S": "skipped",
            "R": "rejected"}
FIELDS = ("phone", "wa_user_id", "email", "user_id", "username", "name",
          "first_name", "last_name", "title", "account", "address",
          "house_number", "area", "city", "country", "whatsapp_opted",
          "whatsapp_opted_at", "source", "first_message", "state",
          "attributes")
TABLES = ("contact", "contact_revision", "contact_tag", "segment_contact",
          "tag", "segment", "attribute", "import", "import_file",
          "import_batch", "import_problem", "import_problem_count",
          "import_change_count", "import_fix", "correction_memory",
          "import_optout", "import_optin", "consent", "mapping_memory",
          "job", "job_kept", "audit", "suppression", "suppression_source",
          "erasure", "contact_consent", "import_contact")


UNDELETED = ("audit", "consent")  # a trigger refuses DELETE


class Lost(Exception):
    """The database went away under the client."""


class Sql:
    """A client that stays open: sql("SELECT ...") gives a list of rows, each
    a list of JSON values."""

    MARK = "-- end of answer --"

    def __init__(self, socket):
        self.socket = socket
        self.client = None

    def open(self):
        self.client = subprocess.Popen(
            ["mariadb", "-S", self.socket, "-BNnr", "--unbuffered",
             "--force", "--default-character-set=utf8mb4", "rubrica"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, encoding="utf-8")

    def close(self):
        client, self.client = self.client, None
        if client:
            client.kill()
            with contextlib.suppress(BrokenPipeError):
                client.communicate()

    def lines(self, text):
        if not self.client:
            self.open()
        out = []
        try:
            self.client.stdin.write(f"{text};\nSELECT '{self.MARK}';\n")
            self.client.stdin.flush()
            for line in self.client.stdout:
                if line.rstrip("\n") == self.MARK:
                    return out
                out.append(line.rstrip("\n"))
                if line.startswith("ERROR"):
                    raise Lost(line) if re.match(
                        r"ERROR (2\d\d\d|1927|4031)", line) else \
                        RuntimeError(f"{line} of {text[:400]}")
        except (BrokenPipeError, Lost) as e:
            self.close()
            raise Lost(str(e)) from e
        except RuntimeError:
            self.close()
            raise
        self.close()
        raise Lost("the client ended: " + " ".join(out))

    def __call__(self, text):
        return [json.loads(line, strict=False) for line in self.lines(text)]


def quoted(text):
    if text is None:
        return "NULL"
    return "'" + str(text).replace("\\", "\\\\").replace("'", "''") + "'"


class Book(Instance):
    """With whole=True all of Rubrica runs, and its own worker."""

    def __init__(self, workers=1, whole=False, **settings):
        settings.setdefault("RUBRICA_LEASE_MS", "1000")
        super().__init__(database_only=not whole, **settings)
        self.wanted = 0 if whole else workers
        self.workers = []

    def __enter__(self):
        super().__enter__()
        self.sql = Sql(self.var + "/mariadb.sock")
        for _ in range(self.wanted):
            self.start_worker()
        return self

    def __exit__(self, *words):
        for worker in list(self.workers):
            self.end_worker(worker)
        if hasattr(self, "sql"):
            self.sql.close()
        super().__exit__(*words)

    # --- workers ---

    def start_worker(self, **env):
        log = open(os.path.join(self.var, "log/worker.log"), "ab")
        with log:
            worker = subprocess.Popen(
                [WORKER], env={**self.env, **env}, stdout=log, stderr=log,
                stdin=subprocess.DEVNULL)
        self.workers.append(worker)
        return worker

    def work(self, **env):
        """A worker does all that there is to do, and ends; True when it was
        killed on the way."""
        worker = self.start_worker(RUBRICA_UNTIL_IDLE="1", **env)
        status = worker.wait(patience.SECONDS)
        self.workers.remove(worker)
        return status == -signal.SIGKILL

    def hanging_worker(self, point, **env):
        """A worker that hangs (SIGSTOP) at a point, a call of the database;
        None when it had done all there is to do before that. Once it goes on
        (SIGCONT), it ends when there is nothing to do."""
        worker = self.start_worker(
            RUBRICA_UNTIL_IDLE="1", RUBRICA_FAILPOINT=str(point),
            RUBRICA_FAILPOINT_SIGNAL="STOP", **env)
        for _ in patience.moments(pause=0.005):
            with open(f"/proc/{worker.pid}/stat", encoding="ascii") as f:
                state = f.read().rpartition(")")[2].split()[0]
            if state == "T":
                return worker
            if state == "Z":
                self.end_worker(worker)
                return None
        raise RuntimeError(f"it does not come to point {point}\n"
                           + self.logs())

    def go_on(self, worker):
        """A worker that hung goes on, to its end; gives its exit status."""
        worker.send_signal(signal.SIGCONT)
        self.workers.remove(worker)
        return worker.wait(patience.SECONDS)

    def end_worker(self, worker, number=signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            worker.send_signal(number)
            worker.send_signal(signal.SIGCONT)
        worker.wait()
        if worker in self.workers:
            self.workers.remove(worker)

    def kill_database(self):
        """kill -9; the supervisor starts it again."""
        with contextlib.suppress(OSError, ValueError):
            os.kill(self.pid("mariadb"), signal.SIGKILL)

    def wait_database(self):
        for _ in patience.moments():
            with contextlib.suppress(Lost):
                self.sql("SELECT 1")
                return
        raise RuntimeError("the database does not come back\n" + self.logs())

    def kill_connections(self):
        """Those of the workers, who are to connect again."""
        for (who,) in self.sql("SELECT JSON_ARRAY(id) FROM information_schema"
                               ".processlist WHERE user = 'rubrica'"):
            with contextlib.suppress(RuntimeError):
                self.sql.lines(f"KILL {who}")

    # --- imports ---

    def load(self, data, wait=True, name="file.csv", check=False, **options):
        """Imports a file, or only checks it; its id and state, or the
        refusal's text."""
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, name)
            with open(path, "wb") as f:
                f.write(data)
            words = [f"{k}={json.dumps(v) if isinstance(v, dict) else v}"
                     for k, v in options.items()]
            done = subprocess.run(
                [PROGRAM, "import", path, "consent",
                 *([] if wait else ["nowait"]),
                 *(["check"] if check else []), *words], env=self.env,
                text=True, capture_output=True, timeout=300,
                stdin=subprocess.DEVNULL, check=False)
        found = re.match(r"import (\d+) ", done.stdout)
        if not found:
            return None, (done.stdout + done.stderr).strip()
        return int(found[1]), done.stdout.strip()

    def state(self, number):
        return self.sql("SELECT JSON_ARRAY(state) FROM import WHERE id ="
                        f" {number}")[0][0]

    def wait(self, number, *states):
        """Its state at its end, or once it is one of these."""
        for _ in patience.moments(pause=0.01):
            with contextlib.suppress(Lost):
                state = self.state(number)
                if state in (states or ENDED):
                    return state
        raise RuntimeError(f"import {number} is not {states or ENDED}\n"
                           + self.logs())

    def counts(self, number):
        names = ", ".join(COUNTS)
        return dict(zip(COUNTS, self.sql(
            f"SELECT JSON_ARRAY({names}) FROM import WHERE id = {number}"
        )[0]))

    def outcomes(self, number):
        """One letter a data row."""
        return "".join(x[0] for x in self.sql(
            "SELECT JSON_ARRAY(CONVERT(outcomes USING ascii)) FROM"
            f" import_batch WHERE import_id = {number} ORDER BY seq"))

    def changes(self, number):
        """In how many rows each field changes."""
        return dict(self.sql(
            "SELECT JSON_ARRAY(field, changed_rows) FROM import_change_count"
            f" WHERE import_id = {number}"))

    def problems(self, number):
        return self.sql(
            "SELECT JSON_ARRAY(row_no, column_name, code, level, message)"
            f" FROM import_problem WHERE import_id = {number}"
            " ORDER BY row_no, seq")

    # --- the oracle ---

    def contacts(self):
        """Each as a dict of its fields, tags and segments."""
        columns = ", ".join(FIELDS)
        rows = self.sql(
            f"SELECT JSON_ARRAY({columns}, version, (SELECT"
            " GROUP_CONCAT(t.name ORDER BY t.name SEPARATOR '|') FROM"
            " contact_tag x JOIN tag t ON t.id = x.tag_id WHERE x.contact_id"
            " = c.id), (SELECT GROUP_CONCAT(s.name ORDER BY s.name"
            " SEPARATOR '|') FROM segment_contact x JOIN segment s ON s.id ="
            " x.segment_id WHERE x.contact_id = c.id), created_by_import IS"
            " NULL) FROM contact c")
        names = FIELDS + ("version", "tags", "segments", "not_imported")
        return [dict(zip(names, r)) for r in rows]

    def dump(self):
        """All that imports leave, as sorted lines: equal for equal books.
        A contact is known here by its phone, e-mail and user id."""
        who = ("CONCAT_WS('/', COALESCE(phone, ''), COALESCE(email, ''),"
               " COALESCE(user_id, ''))")
        lines = [json.dumps(c, sort_keys=True, ensure_ascii=False)
                 for c in self.contacts()]
        for text in (
                f"SELECT JSON_ARRAY('revision', {who}, r.version, r.kind,"
                " r.import_id, r.import_row, r.before_values) FROM"
                " contact_revision r JOIN contact c ON c.id = r.contact_id",
                f"SELECT JSON_ARRAY('trash', {who}) FROM contact"
                " WHERE trashed_at IS NOT NULL",
                "SELECT JSON_ARRAY('problem', import_id, row_no, seq,"
                " column_no, column_name, code, level, message,"
                " value COLLATE utf8mb4_bin) FROM"
                " import_problem",
                "SELECT JSON_ARRAY('count', import_id, code, level,"
                " problems) FROM import_problem_count",
                "SELECT JSON_ARRAY('change', import_id, field COLLATE"
                " utf8mb4_bin, changed_rows) FROM import_change_count",
                "SELECT JSON_ARRAY('optout', import_id, pass = 0, row_no, kept)"
                " FROM import_optout",
                f"SELECT JSON_ARRAY('consent', import_id, row_no, {who}, says,"
                " evidence_at) FROM import_contact"
                " JOIN contact c ON c.id = contact_id",
                f"SELECT JSON_ARRAY('entry', {who}, purpose, status, origin,"
                " evidence_at) FROM contact_consent"
                " JOIN contact c ON c.id = contact_id",
                "SELECT JSON_ARRAY('batch', import_id, seq,"
                " CONVERT(outcomes USING ascii), HEX(key_hashes)) FROM"
                " import_batch",
                "SELECT JSON_ARRAY('import', id, state, read_rows, created,"
                " updated, unchanged, skipped, rejected, next_batch,"
                " next_row, next_line, next_offset) FROM import",
                "SELECT JSON_ARRAY('attribute', name, type) FROM attribute",
                "SELECT JSON_ARRAY('tag', kind, name) FROM tag",
                "SELECT JSON_ARRAY('segment', name) FROM segment"):
            lines += [json.dumps(x, ensure_ascii=False)
                      for x in self.sql(text)]
        return sorted(lines)

    def sizes(self):
        """How many rows each table has."""
        return dict(self.sql(" UNION ALL ".join(
            f"SELECT JSON_ARRAY('{table}', COUNT(*)) FROM {table}"
            for table in TABLES)))

    def empty(self):
        """As on the first day, but for members and settings. What was never
        written to is left alone: TRUNCATE takes its time."""
        numbered = {x[0] for x in self.sql(
            "SELECT JSON_ARRAY(table_name) FROM information_schema.tables"
            " WHERE table_schema = DATABASE() AND auto_increment > 1")}
        for table, rows in self.sizes().items():
            if table in numbered or rows >= 1000:
                self.sql(f"TRUNCATE {table}")
            elif rows:
                self.sql(f"DELETE FROM {table}")
        self.sql("UPDATE suppression_state SET entries = 0")

    def suppress(self, kind, value, reason="erased", at="2026-01-01"):
        """Puts a key on the list, hashed as the program does it."""
        with open(self.var + "/run/privacy.key", encoding="ascii") as f:
            key = f.read().strip().encode()

        def hashed(text):
            return hmac.new(key, text.encode(), "sha256").hexdigest()

        self.sql("REPLACE INTO suppression (key_hash, key_kind, reason,"
                 f" person, origin, at) VALUES (x'{hashed(f'{kind}:{value}')}',"
                 f" '{kind}', '{reason}', 1, 'test', '{at}')")
        self.sql("UPDATE suppression_state SET entries = (SELECT COUNT(*)"
                 " FROM suppression), check_value ="
                 f" x'{hashed('rubrica: list of suppressions')}'")

    def keep(self):
        """Remembers all tables as they are."""
        for table in TABLES:
            self.sql(f"CREATE OR REPLACE TABLE kept_{table} LIKE {table}")
            self.sql(f"INSERT INTO kept_{table} SELECT * FROM {table}")
        self.kept = self.sizes()

    def back(self):
        """All tables as they were kept, and no worker."""
        for worker in list(self.workers):
            self.end_worker(worker)
        sizes = self.sizes()
        for table, rows in sizes.items():
            if rows:
                self.sql(f"DELETE FROM {table}"
                         if rows < 1000 and table not in UNDELETED else
                         f"TRUNCATE {table}")
        for table, rows in self.kept.items():
            if rows:
                self.sql(f"INSERT INTO {table} SELECT * FROM kept_{table}")

    def trash(self, where):
        """Moves contacts into the trash, as the program does it."""
        names = ("COALESCE((SELECT JSON_ARRAYAGG({0}.name ORDER BY {0}.name)"
                 " FROM {1} x JOIN {0} ON {0}.id = x.{0}_id WHERE"
                 " x.contact_id = contact.id), '[]')")
        self.sql(
            "INSERT INTO contact_revision (contact_id, version, at, kind,"
            " before_values) SELECT id, version, UTC_TIMESTAMP(3),"
            " 'trash', CONCAT('{\"_tags\":', "
            + names.format("tag", "contact_tag") + ", ',\"_segments\":', "
            + names.format("segment", "segment_contact") +
            ", ',\"_trashed_at\":null}') FROM contact WHERE trashed_at IS"
            f" NULL AND ({where})")
        self.sql("UPDATE contact SET trashed_at = UTC_TIMESTAMP(3),"
                 " version = version + 1 WHERE trashed_at IS NULL AND"
                 f" ({where})")
        for table in ("contact_tag", "segment_contact"):
            self.sql(f"DELETE FROM {table} WHERE contact_id IN (SELECT id"
                     " FROM contact WHERE trashed_at IS NOT NULL)")

    def set(self, name, value):
        self.sql("REPLACE INTO setting VALUES"
                 f" ({quoted(name)}, {quoted(value)})")

    def add_tags(self, *names):
        for name in names:
            self.sql("INSERT INTO tag (kind, name, created_at) VALUES ('tag',"
                     f" {quoted(name)}, UTC_TIMESTAMP(3))")

    def add_attribute(self, name, kind="TEXT"):
        self.sql("INSERT INTO attribute (name, type, created_at) VALUES"
                 f" ({quoted(name)}, {quoted(kind)}, UTC_TIMESTAMP(3))")


def conserved(counts):
    """formats.md section 7: every row came to exactly one thing."""
    return counts["read_rows"] == sum(counts[k] for k in COUNTS[1:])
