# patience.py: waiting for what comes at some time
# SPDX-License-Identifier: MIT
"""A machine that runs the tests may be slow and busy with other things: what a
test waits for comes at some time, and only what never comes fails. So there
is one limit for all of them, which no test makes shorter."""
import time

SECONDS = 240  # until something is taken for not coming
PAUSE = 0.02


def moments(seconds=SECONDS, pause=PAUSE):
    """For a loop that looks again and again; it ends when time is up."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        yield
        time.sleep(pause)


def until(done, what=lambda: "", pause=PAUSE):
    """Waits until done() gives something, and gives that; what() tells the
    state of things when it never does."""
    for _ in moments(pause=pause):
        found = done()
        if found:
            return found
    raise AssertionError(f"it never came: {what()}")


def away_from_midnight():
    """For who asks what day it is more than once: waits until the day (UTC)
    does not end soon."""
    left = 86400 - time.time() % 86400
    if left < 60:
        time.sleep(left)
