# report.py: the table of a benchmark run, and whether it keeps its budgets
# SPDX-License-Identifier: MIT
import json
import os

FILE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "budgets.json")


class Report:
    """Each point is a ratio: ours to a reference that was measured in the
    same run, so that a slow machine is slow for both."""

    def __init__(self, tolerance=0.0):
        with open(FILE, encoding="utf-8") as f:
            self.budgets = json.load(f)
        self.tolerance = tolerance
        self.lines = []
        self.over = []

    def add(self, key, what, ours, reference, unit):
        ratio = ours / reference if reference else float("inf")
        verdict = self.verdict(key, ratio)
        if verdict == "OVER":
            self.over.append(key)
        self.lines.append((what, f"{ours:,.2f} {unit}",
                           f"{reference:,.2f} {unit}", f"{ratio:.2f}",
                           self.limit(key), verdict))
        print("  " + "   ".join(x for x in self.lines[-1] if x), flush=True)

    def note(self, what, figure):
        """A figure that has no budget."""
        self.lines.append((what, figure, "", "", "", ""))
        print(f"  {what}   {figure}", flush=True)

    def verdict(self, key, ratio):
        budget = self.budgets[key]
        if "most" in budget:
            kept = ratio <= budget["most"] * (1 + self.tolerance)
        else:
            kept = ratio >= budget["least"] * (1 - self.tolerance)
        if not kept:
            return "OVER"
        return "ok" if ratio <= budget.get("goal", ratio) else "ok (not goal)"

    def limit(self, key):
        budget = self.budgets[key]
        text = f"<= {budget['most']:g}" if "most" in budget else \
            f">= {budget['least']:g}"
        return text + (f" (goal {budget['goal']:g})" if "goal" in budget
                       else "")

    def print(self):
        head = ("what", "ours", "reference", "ratio", "budget", "")
        rows = [head, *self.lines]
        widths = [max(len(r[i]) for r in rows) for i in range(len(head))]
        print()
        for r in rows:
            print("  ".join(
                r[i].ljust(widths[i]) if i in (0, 5) else r[i].rjust(widths[i])
                for i in range(len(head))).rstrip())
        if self.over:
            print("Over budget: " + ", ".join(self.over))
