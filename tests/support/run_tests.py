# run_tests.py: runs every test there is and counts
# SPDX-License-Identifier: MIT
"""usage: run_tests.py [lint | unit | store | http | browser | NAME]...

Without words: everything. NAME picks the programs whose name holds it. A line
a program as it ends; after one that failed, what it printed and the ends of
its instance's logs. The last line is "N passed, N failed"; the exit status is
1 when one failed.

What a test finds in its environment:

    RUBRICA_URL             http://127.0.0.1:PORT of the instance
    RUBRICA_VAR             its VAR; mariadb.sock and run/*.pid are in it
    RUBRICA_ADMIN_EMAIL, RUBRICA_ADMIN_PASSWORD
    RUBRICA_BUILD           the folder of the programs; RUBRICA_HOME above it
    RUBRICA_LONG            1: the tests that draw lots draw many more
    RUBRICA_SEED            what the lots start from: the same in each run, so
                            that a change is what makes a test fail; a number
                            of one's own, or "random", for others
    TMPDIR                  a folder that is cleared when the test ends

Programs run beside each other, RUBRICA_TEST_LANES at a time (one more than
there are processors). Those of the http suite are dealt out to a few
instances, always in the same way; each instance serves its programs one after
the other, so a test makes what it needs and does not count on an empty book.
Another, with MariaDB alone, serves the store suite's C programs; its unittest
modules start what they need. With RUBRICA_URL in the environment already (and
RUBRICA_VAR and the admin's), that instance is taken, and left running."""

import contextlib
import glob
import os
import random
import shutil
import signal
import subprocess
import sys
import threading

from instance import BUILD, ROOT, Instance
from running import (Group, Program, Runner, count_browser, count_status,
                     count_tap, count_unittest)

SUITES = ("lint", "unit", "store", "http", "browser")
LINTS = ("layers.py", "pages.py", "templates.py", "words.py", "sizes.py",
         "headers.sh")
HTTP_INSTANCES = 4     # at most,
HTTP_PROGRAMS = 8      # and at least so many programs on one
ALONE = ("test_accessibility",)  # of the browser's: it takes the longest


def choose_seed():
    seed = os.environ.get("RUBRICA_SEED") or "7"
    if seed == "random":
        seed = str(random.SystemRandom().randrange(10 ** 6))
    os.environ["RUBRICA_SEED"] = seed


def hurry():
    """Nobody waits for what a test is not about: workers look for work soon,
    and a file is as good as on the disk once the kernel has it, for no test
    takes the power away."""
    os.environ.setdefault("RUBRICA_IDLE_MS", "20")
    found = glob.glob("/usr/lib/*/libeatmydata.so")
    if found and not BUILD.endswith("-san"):
        os.environ["RUBRICA_PRELOAD"] = found[0]


def lanes():
    return int(os.environ.get("RUBRICA_TEST_LANES")
               or min(4, (os.cpu_count() or 1) + 1))


class Choice:
    """Which programs are wanted."""

    def __init__(self, words):
        self.suites = [w for w in words if w in SUITES]
        self.names = [w for w in words if w not in SUITES]

    def of(self, suite, programs):
        """Those of a suite's programs that are wanted."""
        if self.suites and suite not in self.suites:
            return []
        return [p for p in programs
                if not self.names or any(n in p.name for n in self.names)]


def lints():
    for name in LINTS:
        shell = "sh" if name.endswith(".sh") else sys.executable
        yield Program(f"lint/{name}", [shell, f"tests/lint/{name}"],
                      count_status)
    yield Program("lint/selftest.py", [
        sys.executable, "tests/lint/selftest.py"], count_unittest)


def cmocka(variable):
    for program in os.environ.get(variable, "").split():
        path = os.path.join(ROOT, program)
        yield Program(os.path.relpath(path, BUILD), [path], count_tap,
                      {"CMOCKA_MESSAGE_OUTPUT": "TAP"})


def modules(suite):
    """The unittest modules of a suite's folder."""
    folder = os.path.join(ROOT, "tests", suite)
    path = os.pathsep.join([os.path.join(ROOT, "tests/support"), folder])
    for number, file in enumerate(sorted(glob.glob(f"{folder}/test_*.py"))):
        module = os.path.basename(file)[:-3]
        yield Program(
            f"{suite}/{module}",
            [sys.executable, "-W", "error::SyntaxWarning", "-m", "unittest",
             module], count_unittest,
            {"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}, folder,
            number)


def journeys():
    folder = os.path.join(ROOT, "tests/browser")
    for file in sorted(glob.glob(folder + "/test_*.mjs")):
        yield Program("browser/" + os.path.basename(file)[:-4],
                      ["node", file], count_browser,
                      {"RUBRICA_CHROMIUM": shutil.which("chromium")
                       or "chromium"}, folder)


npm = threading.Lock()


def install_node_modules():
    """What package-lock.json says, once; None or what went wrong."""
    folder = os.path.join(ROOT, "tests/browser")
    lock = os.path.join(folder, "package-lock.json")
    mark = os.path.join(folder, "node_modules/.package-lock.json")
    with npm:
        if not os.path.exists(lock) or (
                os.path.exists(mark)
                and os.path.getmtime(mark) >= os.path.getmtime(lock)):
            return None
        done = subprocess.run(
            ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"],
            cwd=folder, text=True, errors="replace", check=False,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, timeout=600)
    return "npm ci:\n" + done.stdout if done.returncode else None


@contextlib.contextmanager
def instance(**settings):
    with Instance(**settings) as book:
        yield book.env


def served(choice):
    """Groups of programs that an instance serves."""
    http = choice.of("http", modules("http"))
    browser = choice.of("browser", journeys())
    if os.environ.get("RUBRICA_URL"):
        return [Group("http", http),
                Group("browser", browser, ready=install_node_modules)]
    alone = [p for p in browser if p.name.endswith(ALONE)]
    rest = [p for p in browser if p not in alone]
    count = max(1, min(HTTP_INSTANCES, len(http) // HTTP_PROGRAMS))
    return [Group("browser", some, instance, install_node_modules)
            for some in (alone, rest)] + [
                Group(f"http {i + 1}", http[i::count], instance)
                for i in range(count)]


def stores(choice):
    return [Group(p.name, [p])
            for p in choice.of("store", modules("store"))] + [
        Group("store", choice.of("store", cmocka("RUBRICA_STORE_TESTS")),
              lambda: instance(database_only=True))]


def all_groups(choice):
    """What is quick comes first, then what is long."""
    quick = choice.of("lint", lints()) + choice.of(
        "unit", cmocka("RUBRICA_UNIT_TESTS"))
    return [[Group(p.name, [p]) for p in quick],
            served(choice) + stores(choice)]


def on_stop(number, _):
    """All that runs is stopped when this program is."""
    signal.signal(number, signal.SIG_IGN)
    sys.exit(1)


def main():
    signal.signal(signal.SIGTERM, on_stop)
    choose_seed()
    hurry()
    choice = Choice(sys.argv[1:])
    given = bool(os.environ.get("RUBRICA_URL"))
    with Runner(1 if given else lanes(),
                os.path.join(BUILD, "test-logs")) as runner:
        for groups in all_groups(choice):
            runner.run(groups)
    tally = runner.tally
    if tally.faulty:
        print("Failed: " + ", ".join(sorted(tally.faulty)))
    print(f"{tally.passed} passed, {tally.failed} failed", flush=True)
    sys.exit(0 if tally.passed and not tally.failed else 1)


if __name__ == "__main__":
    main()
