# parsing.py: the stages before the database, each alone
# SPDX-License-Identifier: MIT
import statistics
import subprocess

from book import program


def figures(file):
    """What parsers.c prints: name -> (seconds, how many)."""
    done = subprocess.run([program("parsers"), file], check=True, text=True,
                          stdout=subprocess.PIPE)
    found = {}
    for line in done.stdout.splitlines():
        name, seconds, count = line.split()
        found[name] = (float(seconds), int(count))
    return found


def measure(report, file):
    """Gives the seconds that reading and checking all rows takes."""
    runs = [figures(file) for _ in range(3)]
    median = {name: (statistics.median(r[name][0] for r in runs), count)
              for name, (_, count) in runs[0].items()}
    report.add("parse.read", "read stage, against libcsv alone",
               median["read"][0], median["libcsv"][0], "s")
    for name, unit, scale in (("read", "MB/s", 1e6), ("decode", "MB/s", 1e6),
                              ("check", "rows/s", 1), ("phone", "numbers/s", 1),
                              ("phone_text", "numbers/s", 1)):
        seconds, count = median[name]
        report.note(f"stage {name}", f"{count / seconds / scale:,.0f} {unit}")
    return median["read"][0] + median["decode"][0] + median["check"][0]
