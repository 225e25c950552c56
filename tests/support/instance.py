# instance.py: a Rubrica of its own for tests: a VAR in a temporary folder
# SPDX-License-Identifier: MIT
import os
import random
import secrets
import shutil
import socket
import subprocess
import tempfile

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "../.."))
BUILD = os.path.join(ROOT, os.environ.get("RUBRICA_BUILD", "build"))
PROGRAM = os.path.join(BUILD, "rubrica")


def take_port():
    """A port that nobody listens on, and a socket that keeps other instances
    from taking it as long as it is open. It is under those that the kernel
    gives to connections, for one of these might take it before nginx does."""
    while True:
        port = random.SystemRandom().randrange(10240, 32768)
        held = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        try:
            held.bind(f"\0rubrica-test-port-{port}")
            with socket.socket() as s:
                s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                s.bind(("127.0.0.1", port))
            return port, held
        except OSError:
            held.close()


class Instance:
    """`with Instance() as book:` starts nginx, web, worker and MariaDB, and
    stops them at the end; with database_only MariaDB alone. What a test needs
    to know is in book.env."""

    def __init__(self, database_only=False, **settings):
        self.database_only = database_only
        self.folder = None
        self.process = None
        self.held = None
        self.settings = settings

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="rubrica-test-")
        self.var = os.path.join(self.folder, "var")
        self.port, self.held = take_port()
        self.url = f"http://127.0.0.1:{self.port}"
        mine = {
            "RUBRICA_HOME": ROOT,
            "RUBRICA_VAR": self.var,
            "RUBRICA_LISTEN": "127.0.0.1",
            "RUBRICA_PORT": str(self.port),
            "RUBRICA_URL": self.url,
            "RUBRICA_BUFFER_POOL": "128M",
            "RUBRICA_REDO_LOG": "64M",
            "RUBRICA_ADMIN_EMAIL": "admin@example.org",
            "RUBRICA_ADMIN_PASSWORD": secrets.token_urlsafe(12),
        }
        mine.update(self.settings)
        if os.environ.get("RUBRICA_PRELOAD"):
            mine["LD_PRELOAD"] = os.environ["RUBRICA_PRELOAD"]
        self.env = {**os.environ, **mine}
        try:
            self.start()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def start(self):
        if not self.database_only:
            self.run("start")
            return
        self.process = subprocess.Popen(
            [PROGRAM, "serve", "database"], env=self.env,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        if "answers" not in self.process.stdout.readline():
            raise RuntimeError("the database does not start:\n" + self.logs())

    def run(self, *words, check=True):
        """A command of the command line; gives what it printed."""
        done = subprocess.run([PROGRAM, *words], env=self.env, text=True,
                              capture_output=True, timeout=200,
                              stdin=subprocess.DEVNULL)
        if check and done.returncode:
            raise RuntimeError(f"rubrica {' '.join(words)}: "
                               f"{done.stdout}{done.stderr}{self.logs()}")
        return done.stdout

    def pid(self, name):
        with open(f"{self.var}/run/{name}.pid", encoding="ascii") as f:
            return int(f.read())

    def logs(self):
        """The last lines of each log."""
        text = ""
        folder = os.path.join(self.var, "log")
        for name in sorted(os.listdir(folder) if os.path.isdir(folder) else []):
            with open(os.path.join(folder, name), errors="replace",
                      encoding="utf-8") as f:
                text += f"--- {name}\n" + "".join(f.readlines()[-15:])
        return text

    def keep_logs(self, into):
        """Into a folder of their own."""
        logs = os.path.join(self.var, "log")
        if os.path.isdir(logs):
            os.makedirs(into, exist_ok=True)
            shutil.copytree(logs, os.path.join(
                tempfile.mkdtemp(prefix="i-", dir=into), "log"))

    def __exit__(self, *_):
        subprocess.run([PROGRAM, "stop"], env=self.env, check=False,
                       timeout=200)
        if self.process:
            self.process.wait()
            self.process.stdout.close()
        if os.environ.get("RUBRICA_KEEP_LOGS"):
            self.keep_logs(os.environ["RUBRICA_KEEP_LOGS"])
        if self.held:
            self.held.close()
        shutil.rmtree(self.folder, ignore_errors=True)
