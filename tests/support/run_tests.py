# run_tests.py: runs every test there is and counts
# SPDX-License-Identifier: MIT
"""usage: run_tests.py [lint | unit | store | http | browser | NAME]...

Without words: everything. NAME picks the programs whose name holds it. The
last line is "N passed, N failed"; the exit status is 1 when one failed.

What a test finds in its environment:

    RUBRICA_URL             http://127.0.0.1:PORT of the instance
    RUBRICA_VAR             its VAR; mariadb.sock and run/*.pid are in it
    RUBRICA_ADMIN_EMAIL, RUBRICA_ADMIN_PASSWORD
    RUBRICA_BUILD           the folder of the programs; RUBRICA_HOME above it
    RUBRICA_LONG            1: the tests that draw lots draw many more
    RUBRICA_SEED            what the lots start from: the same in each run, so
                            that a change is what makes a test fail; a number
                            of one's own, or "random", for others

One instance serves the http and browser suites, so a test makes what it needs
and does not count on an empty book; another, with MariaDB alone, serves the
store suite's C programs; its unittest modules start what they need. With
RUBRICA_URL in the environment already (and RUBRICA_VAR and the admin's), that
instance is taken, and left running."""

import contextlib
import glob
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time

from instance import BUILD, ROOT, Instance

TIMEOUT = 900
SUITES = ("lint", "unit", "store", "http", "browser")
LINTS = ("layers.py", "pages.py", "templates.py", "words.py", "sizes.py",
         "headers.sh")


def choose_seed():
    seed = os.environ.get("RUBRICA_SEED") or "7"
    if seed == "random":
        seed = str(random.SystemRandom().randrange(10 ** 6))
    os.environ["RUBRICA_SEED"] = seed


class Tally:
    def __init__(self, words):
        self.passed = self.failed = 0
        self.suites = [w for w in words if w in SUITES]
        self.names = [w for w in words if w not in SUITES]
        self.faulty = []

    def wants(self, suite, name=""):
        return (not self.suites or suite in self.suites) and (
            not self.names or any(n in name for n in self.names))

    def add(self, name, passed, failed, seconds, output):
        self.passed += passed
        self.failed += failed
        print(f"{name}: {passed} passed, {failed} failed ({seconds:.1f} s)",
              flush=True)
        if failed:
            self.faulty.append(name)
            print(output.rstrip(), flush=True)


def run(command, env=None, cwd=ROOT):
    """(exit status, output); a program that takes too long is killed with
    all that it has started."""
    process = subprocess.Popen(
        command, env=env, cwd=cwd, text=True, errors="replace",
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, start_new_session=True)
    try:
        output, _ = process.communicate(timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        output = process.communicate()[0] + f"\nnot done in {TIMEOUT} s\n"
    return process.returncode, output


def count_tap(status, output):
    passed = len(re.findall(r"^ok\b", output, re.M))
    failed = len(re.findall(r"^not ok\b", output, re.M))
    return passed, failed


def count_unittest(status, output):
    ran = re.findall(r"^Ran (\d+) tests?", output, re.M)
    total = int(ran[-1]) if ran else 0
    bad = {k: int(n) for k, n in
           re.findall(r"(failures|errors|skipped)=(\d+)", output)}
    failed = bad.get("failures", 0) + bad.get("errors", 0)
    return max(0, total - failed - bad.get("skipped", 0)), failed


def count_status(status, output):
    return (0, 1) if status else (1, 0)


def test(tally, name, command, count, env=None, cwd=ROOT):
    start = time.monotonic()
    status, output = run(command, env, cwd)
    passed, failed = count(status, output)
    if failed == 0 and (status or passed == 0):
        failed = 1  # it broke off, or there was nothing to run
    tally.add(name, passed, failed, time.monotonic() - start, output)


def lint(tally):
    for name in LINTS:
        if tally.wants("lint", f"lint/{name}"):
            shell = "sh" if name.endswith(".sh") else sys.executable
            test(tally, f"lint/{name}", [shell, f"tests/lint/{name}"],
                 count_status)
    if tally.wants("lint", "lint/selftest.py"):
        test(tally, "lint/selftest.py",
             [sys.executable, "tests/lint/selftest.py"], count_unittest)


def cmocka(tally, suite, programs, env):
    env = {**env, "CMOCKA_MESSAGE_OUTPUT": "TAP"}
    for program in programs:
        name = os.path.relpath(os.path.join(ROOT, program), BUILD)
        if tally.wants(suite, name):
            test(tally, name, [os.path.join(ROOT, program)], count_tap, env)


def unit(tally):
    programs = os.environ.get("RUBRICA_UNIT_TESTS", "").split()
    cmocka(tally, "unit", programs, dict(os.environ))


def store(tally):
    programs = os.environ.get("RUBRICA_STORE_TESTS", "").split()
    if any(tally.wants("store", p) for p in programs):
        with Instance(database_only=True) as book:
            cmocka(tally, "store", programs, book.env)
    python(tally, "store", dict(os.environ))


def python(tally, suite, env):
    """The unittest modules of a suite's folder."""
    folder = os.path.join(ROOT, "tests", suite)
    path = os.pathsep.join([os.path.join(ROOT, "tests/support"), folder])
    env = {**env, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
    for file in python_files(tally, suite):
        module = os.path.basename(file)[:-3]
        test(tally, f"{suite}/{module}",
             [sys.executable, "-W", "error::SyntaxWarning", "-m", "unittest",
              module], count_unittest, env, folder)


def python_files(tally, suite):
    return [f for f in sorted(glob.glob(f"{ROOT}/tests/{suite}/test_*.py"))
            if tally.wants(suite, f"{suite}/" + os.path.basename(f)[:-3])]


def browser_files(tally):
    return [f for f in sorted(glob.glob(ROOT + "/tests/browser/test_*.mjs"))
            if tally.wants("browser", "browser/" + os.path.basename(f)[:-4])]


def install_node_modules(folder):
    """What package-lock.json says, once; None or what went wrong."""
    lock = os.path.join(folder, "package-lock.json")
    mark = os.path.join(folder, "node_modules/.package-lock.json")
    if not os.path.exists(lock) or (
            os.path.exists(mark)
            and os.path.getmtime(mark) >= os.path.getmtime(lock)):
        return None
    status, output = run(["npm", "ci", "--no-audit", "--no-fund",
                          "--ignore-scripts"], cwd=folder)
    return output if status else None


def browser(tally, env):
    files = browser_files(tally)
    folder = os.path.join(ROOT, "tests/browser")
    fault = install_node_modules(folder) if files else None
    if fault:
        tally.add("browser/npm ci", 0, 1, 0, fault)
        return
    env = {**env, "RUBRICA_CHROMIUM": shutil.which("chromium") or "chromium"}
    for file in files:
        name = "browser/" + os.path.basename(file)[:-4]
        test(tally, name, ["node", file], count_browser, env, folder)


def count_browser(status, output):
    """TAP when it prints that, else one test a program."""
    if re.search(r"^(not )?ok \d+", output, re.M):
        return count_tap(status, output)
    return count_status(status, output)


@contextlib.contextmanager
def some_instance():
    """The environment of the one that is given, or of one of our own."""
    if os.environ.get("RUBRICA_URL"):
        yield dict(os.environ), None
    else:
        with Instance() as book:
            yield book.env, book


def served(tally):
    if not python_files(tally, "http") and not browser_files(tally):
        return
    before = tally.failed
    with some_instance() as (env, book):
        python(tally, "http", env)
        browser(tally, env)
        if book and tally.failed > before:
            book.keep_logs(os.path.join(BUILD, "test-logs"))
            print(f"The logs are in {BUILD}/test-logs", flush=True)


def main():
    # The instances are stopped when this program is.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    choose_seed()
    tally = Tally(sys.argv[1:])
    for name, suite in (("lint", lint), ("unit", unit), ("store", store),
                        ("http", served)):
        if name == "http" or tally.wants(name) or tally.names:
            try:
                suite(tally)
            except (RuntimeError, OSError) as e:
                tally.add(name, 0, 1, 0, str(e))
    if tally.faulty:
        print("Failed: " + ", ".join(tally.faulty))
    print(f"{tally.passed} passed, {tally.failed} failed", flush=True)
    sys.exit(1 if tally.failed else 0)


if __name__ == "__main__":
    main()
