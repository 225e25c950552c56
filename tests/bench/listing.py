# listing.py: the contacts page against a bare loop with the same SELECT
# SPDX-License-Identifier: MIT
import os
import re
import subprocess
import time

from book import program
from instance import take_port

CONNECTIONS = 8
SECONDS = 6

# nginx in front of the bare loop, with the settings of our own nginx.conf that
# matter for a request.
NGINX = """worker_processes auto;
pid {folder}/bare.pid;
error_log stderr warn;
events {{ worker_connections 1024; }}
http {{
	access_log {folder}/bare.log;
	client_body_temp_path {folder}/body;
	fastcgi_temp_path {folder}/fastcgi;
	proxy_temp_path {folder}/proxy;
	uwsgi_temp_path {folder}/uwsgi;
	scgi_temp_path {folder}/scgi;
	server {{
		listen 127.0.0.1:{port};
		include /etc/nginx/fastcgi_params;
		fastcgi_keep_conn off;
		fastcgi_buffer_size 16k;
		fastcgi_buffers 16 16k;
		location / {{ fastcgi_pass unix:{folder}/bare.sock; }}
	}}
}}
"""


def wrk(url, headers=()):
    """Requests a second."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s"]
    for header in headers:
        command += ["-H", header]
    done = subprocess.run([*command, url], check=True, text=True,
                          stdout=subprocess.PIPE)
    if "Non-2xx" in done.stdout or "Socket errors" in done.stdout:
        raise RuntimeError(done.stdout)
    return float(re.search(r"Requests/sec:\s*([\d.]+)", done.stdout)[1])


def statement_of(book, session):
    """The SELECT of 50 rows that the contacts page runs, as the server saw
    it."""
    log = os.path.join(book.var, "tmp", "bench.log")
    book.sql(f"SET GLOBAL general_log_file = '{log}'")
    book.sql("SET GLOBAL general_log = 1")
    try:
        session.get("/contacts")
    finally:
        book.sql("SET GLOBAL general_log = 0")
    with open(log, encoding="utf-8", errors="replace") as f:
        text = f.read()
    os.unlink(log)
    found = [s for s in re.findall(r"\b(?:Execute|Query)\t(.*)", text)
             if re.search(r"FROM contact\b.*LIMIT (5[01]|\?)$", s)]
    if not found:
        raise RuntimeError("the contacts page runs no SELECT of 50 rows")
    # Values stand in the log only when a statement runs for the first time.
    return max(found, key=len).replace("LIMIT ?", "LIMIT 51")


class Bare:
    """The bare loop and its nginx."""

    def __init__(self, book, statement, children):
        self.folder = os.path.join(book.folder, "bare")
        self.statement = statement
        self.children = children
        self.book = book
        self.processes = []

    def __enter__(self):
        os.mkdir(self.folder)
        port, self.held = take_port()
        self.url = f"http://127.0.0.1:{port}/"
        conf = os.path.join(self.folder, "nginx.conf")
        log = os.path.join(self.folder, "log")
        root = " user root;" if os.geteuid() == 0 else ""
        with open(conf, "w", encoding="utf-8") as f:
            f.write(NGINX.format(folder=self.folder, port=port))
        for command in (
                [program("bare_loop"), self.folder + "/bare.sock",
                 str(self.children), self.book.var + "/mariadb.sock",
                 self.statement],
                ["nginx", "-c", conf, "-p", self.folder, "-e", "stderr",
                 "-g", "daemon off;" + root]):
            with open(log, "ab") as f:
                self.processes.append(subprocess.Popen(command, stderr=f))
        time.sleep(1)
        return self

    def __exit__(self, *_):
        for process in reversed(self.processes):
            process.terminate()
            process.wait()
        self.held.close()


def measure(book, report):
    session = book.session()
    cookie = "Cookie: " + "; ".join(
        f"{n}={v}" for n, v in session.cookies.items())
    page = book.url + "/contacts"
    answer = session.get("/contacts")
    if answer.status != 200:
        raise RuntimeError(f"the contacts page has the status {answer.status}")
    statement = statement_of(book, session)
    children = len(book.web_children())
    ours, bare = [], []
    with Bare(book, statement, children) as loop:
        wrk(page, [cookie])
        for _ in range(3):
            ours.append(wrk(page, [cookie]))
            bare.append(wrk(loop.url))
    report.add("contacts.requests", "contacts page, against a bare loop",
               sorted(ours)[1], sorted(bare)[1], "req/s")
