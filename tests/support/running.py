# running.py: programs of tests, run beside each other and cleared up after
# SPDX-License-Identifier: MIT
"""A group is a row of programs that come one after the other, in one place
(which may be an instance that they share). Groups run beside each other in
lanes. Each program has a folder of its own for what is temporary; whatever it
leaves there or leaves running is taken away when it ends, however it ends."""

import concurrent.futures
import contextlib
import dataclasses
import glob
import os
import queue
import re
import shutil
import signal
import subprocess
import tempfile
import threading
import time

from instance import PROGRAM, ROOT

TIMEOUT = 900
TAIL = 25          # lines of each log that are shown of a program that failed


@dataclasses.dataclass
class Program:
    name: str
    command: list
    count: object  # (exit status, output) to (passed, failed)
    env: dict = dataclasses.field(default_factory=dict)
    cwd: str = ROOT
    number: int = 0  # of those that may meet on one instance


@dataclasses.dataclass
class Group:
    """place() gives a context whose value is the environment of the programs;
    ready() does what has to be done once before, and gives None or what went
    wrong."""
    name: str
    programs: list
    place: object = lambda: contextlib.nullcontext(dict(os.environ))
    ready: object = lambda: None


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


def count_browser(status, output):
    """TAP when it prints that, else one test a program."""
    if re.search(r"^(not )?ok \d+", output, re.M):
        return count_tap(status, output)
    return count_status(status, output)


class Tally:
    """What came out so far; prints each program's line."""

    def __init__(self):
        self.passed = self.failed = 0
        self.faulty = []
        self.lock = threading.Lock()

    def add(self, name, passed, failed, seconds, output):
        with self.lock:
            self.passed += passed
            self.failed += failed
            print(f"{name}: {passed} passed, {failed} failed"
                  f" ({seconds:.1f} s)", flush=True)
            if failed:
                self.faulty.append(name)
                print(output.rstrip(), flush=True)


# --- logs ---

def log_sizes(folder):
    """How long each log of a VAR is."""
    return {path: os.path.getsize(path)
            for path in glob.glob(os.path.join(folder or "", "log", "*"))}


def new_lines(folder, before):
    """The last lines of each log that were written since."""
    text = ""
    for path, size in sorted(log_sizes(folder).items()):
        start = before.get(path, 0)
        with open(path, "rb") as f:
            f.seek(start if start <= size else 0)
            lines = f.read().decode(errors="replace").splitlines()
        if lines:
            text += "\n".join([f"--- {os.path.basename(path)}",
                               *lines[-TAIL:], ""])
    return text


# --- running ---

class Stopped(Exception):
    """The whole run is to end."""


class Runner:
    """run(groups) runs them in so many lanes; a program's logs, should it
    fail, are kept in the folder `logs`."""

    def __init__(self, lanes, logs):
        self.tally = Tally()
        self.lanes = lanes
        self.logs = logs
        self.stopping = threading.Event()
        self.running = set()
        self.lock = threading.Lock()
        self.folder = None

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="rubrica-run-", dir=roomy())
        # For the instances that we start ourselves.
        tempfile.tempdir = os.environ["TMPDIR"] = self.folder
        shutil.rmtree(self.logs, ignore_errors=True)
        return self

    def __exit__(self, *_):
        clear(self.folder)

    def run(self, groups):
        todo = queue.SimpleQueue()
        for group in groups:
            if group.programs:
                todo.put(group)
        with concurrent.futures.ThreadPoolExecutor(self.lanes) as pool:
            lanes = [pool.submit(self.lane, todo) for _ in range(self.lanes)]
            try:
                for lane in lanes:
                    lane.result()
            except BaseException:
                self.stop()
                raise

    def stop(self):
        """The lanes' programs end now, and none is started any more."""
        self.stopping.set()
        for number in (signal.SIGTERM, signal.SIGKILL):
            with self.lock:
                running = list(self.running)
            for process in running:
                end(process, number)
            for _ in range(100):
                if self.running:
                    time.sleep(0.1)

    def lane(self, todo):
        with contextlib.suppress(queue.Empty, Stopped):
            while not self.stopping.is_set():
                self.group(todo.get_nowait())

    def group(self, group):
        try:
            fault = group.ready()
            if fault:
                raise RuntimeError(fault)
            with group.place() as env:
                for program in group.programs:
                    self.program(program, env)
        except (RuntimeError, OSError, subprocess.SubprocessError) as e:
            if not self.stopping.is_set():
                self.tally.add(group.name, 0, 1, 0, str(e))

    def program(self, program, env):
        """Runs it in a folder of its own, and counts."""
        folder = tempfile.mkdtemp(prefix="p-", dir=self.folder)
        kept = os.path.join(folder, "logs")
        env = {**env, **program.env, "TMPDIR": folder,
               "RUBRICA_KEEP_LOGS": kept,
               "RUBRICA_PROGRAM": str(program.number)}
        shared = env.get("RUBRICA_VAR") if env.get("RUBRICA_URL") else None
        before = log_sizes(shared)
        start = time.monotonic()
        try:
            status, output = self.command(program.command, env, program.cwd)
            passed, failed = program.count(status, output)
            if failed == 0 and (status or passed == 0):
                failed = 1  # it broke off, or there was nothing to run
            if failed:
                output += "\n" + new_lines(shared, before)
                output += self.keep(program.name, folder, kept, shared)
            if self.stopping.is_set():
                raise Stopped
            self.tally.add(program.name, passed, failed,
                           time.monotonic() - start, output)
        finally:
            clear(folder)

    def command(self, command, env, cwd=ROOT):
        """(exit status, output); a program that takes too long is killed with
        all that it has started."""
        with self.lock:
            if self.stopping.is_set():
                raise Stopped
            process = subprocess.Popen(
                command, env=env, cwd=cwd, text=True, errors="replace",
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT, start_new_session=True)
            self.running.add(process)
        try:
            output, _ = process.communicate(timeout=TIMEOUT)
        except subprocess.TimeoutExpired:
            end(process, signal.SIGKILL)
            output = process.communicate()[0] + f"\nnot done in {TIMEOUT} s\n"
        finally:
            with self.lock:
                self.running.discard(process)
        return process.returncode, output

    def keep(self, name, folder, kept, shared):
        """Puts the logs of the instances of a program that failed where they
        can be read later; gives their ends."""
        text = ""
        for at in glob.glob(os.path.join(folder, "*", "var")):
            copy_logs(at, kept)  # one that it left running
        for number, at in enumerate(sorted(glob.glob(kept + "/*")), 1):
            text += f"instance {number}:\n" + new_lines(at, {})
        if shared:
            copy_logs(shared, kept)
        if os.path.isdir(kept):
            into = os.path.join(self.logs, name.replace("/", "-"))
            shutil.copytree(kept, into, dirs_exist_ok=True)
            text += f"Its logs are in {os.path.relpath(into, ROOT)}\n"
        return text


def end(process, number):
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def copy_logs(var, into):
    """The logs of a VAR, into a folder of their own."""
    os.makedirs(into, exist_ok=True)
    shutil.copytree(os.path.join(var, "log"), os.path.join(
        tempfile.mkdtemp(prefix="i-", dir=into), "log"), dirs_exist_ok=True)


def clear(folder):
    """Stops what runs in a folder, and takes it and its disks away."""
    for var in glob.glob(os.path.join(folder, "**/var/run"), recursive=True):
        subprocess.run([PROGRAM, "stop"], check=False, timeout=200,
                       env={**os.environ, "RUBRICA_VAR": os.path.dirname(var)},
                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
    with open("/proc/self/mounts", encoding="utf-8") as f:
        places = [line.split()[1] for line in f]
    for place in places:
        if place.startswith(folder + "/"):
            subprocess.run(["umount", "-l", place], check=False)
    shutil.rmtree(folder, ignore_errors=True)


def roomy():
    """Where temporary files are quick: in memory when there is much of it;
    None, the usual place, when not."""
    place = "/dev/shm"
    try:
        with open("/proc/meminfo", encoding="ascii") as f:
            words = dict(re.findall(r"^(\w+): +(\d+) kB$", f.read(), re.M))
        stat = os.statvfs(place)
    except OSError:
        return None
    room = stat.f_bavail * stat.f_frsize
    free = int(words.get("MemAvailable", 0)) * 1024
    if os.environ.get("TMPDIR") or min(room, free) < 6 << 30:
        return None
    return place
