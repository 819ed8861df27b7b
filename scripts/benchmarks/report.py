"""The table at the end: what was measured, what was aimed at, and whether it was met."""

from dataclasses import dataclass


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
