"""The table at the end: what was measured, what was aimed at, and whether it was met."""

from dataclasses import dataclass

import processes


@dataclass
class Row:
    what: str
    figure: str
    aim: str = ""
    met: bool | None = None


def print_table(title, rows, doubt=None):
    print(f"\n{title}\n")
    print(f"  {'':<64} {'figure':>16}  {'aim':<14} met")
    for row in rows:
        met = {True: "yes", False: "NO", None: ""}[row.met]
        print(f"  {row.what:<64} {row.figure:>16}  {row.aim:<14} {met}".rstrip())
    if doubt:
        print(f"\n{doubt}")


def at_least(what, value, aim):
    return Row(what, f"{value:.2f}", f"at least {aim}", value >= aim)


def at_most(what, value, aim):
    return Row(what, f"{value:.2f}", f"at most {aim}", value <= aim)


def say(text):
    """Progress, seen at once."""
    print(text, flush=True)


class Bystanders:
    """How much of the cores others use while nothing of ours runs; what they do is in every figure."""

    # From where on the figures are called into doubt.
    TOLERATED = 0.1

    def __init__(self, seconds):
        self.seconds = seconds
        self.shares = []

    def look(self):
        self.shares.append(processes.busy_share(self.seconds))
        if self.shares[-1] > self.TOLERATED:
            say(f"{self.shares[-1]:.0%} of the cores are used by something else: these figures will say little")

    def row(self, when):
        return Row(f"cores used by others, {when}", ", ".join(f"{share:.0%}" for share in self.shares))

    def doubt(self, advice):
        """What to print below a table; None where nobody disturbed."""
        worst = max(self.shares)
        return f"Something else used up to {worst:.0%} of the cores: {advice}" if worst > self.TOLERATED else None
