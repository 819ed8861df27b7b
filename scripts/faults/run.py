"""Runs faults one after another and prints what became of each as a table."""

import argparse
import subprocess
import sys
import time
from pathlib import Path

NAMES = ["kill", "disk_full", "store_corrupted", "smtp_down", "clock_jumps", "fd_limit", "memory_limit", "slow_10000"]
NOT_PERMITTED = 69
HERE = Path(__file__).parent
# Longer than the longest of them; what hangs must not keep everything.
LIMIT = 1200


def parsed():
    parser = argparse.ArgumentParser(prog="scripts/faults/all", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--binaries", required=True)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--plant", action="store_true")
    options = parser.parse_args()
    for name in options.names:
        if name not in NAMES:
            parser.error(f"there is no fault {name}; there are {', '.join(NAMES)}")
    return options


def bring(name, options):
    """Runs one script; returns its exit code and its summary. What it says goes out as it says it."""
    flags = [f"--{flag}" for flag in ("quick", "plant") if getattr(options, flag)]
    process = subprocess.Popen(
        [sys.executable, HERE / f"{name}.py", "--binaries", options.binaries, *flags],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    said = []
    try:
        for line in process.stdout:
            print(line, end="", flush=True)
            said.append(line.strip())
        code = process.wait(LIMIT)
    finally:
        if process.poll() is None:
            process.kill()
    lines = [line for line in said if line.startswith(("= ", "FAILED", "not tried"))]
    return code, lines[-1].removeprefix("= ") if lines else said[-1] if said else ""


def verdict(code, is_planted):
    if code == NOT_PERMITTED:
        return "not tried"
    if is_planted:
        return "found" if code == 1 else "BLIND"
    return "held" if code == 0 else "FAILED"


def main():
    options = parsed()
    rows = []
    for name in options.names or NAMES:
        print(f"\n== {name}", flush=True)
        start = time.monotonic()
        code, text = bring(name, options)
        rows.append((name, verdict(code, options.plant), time.monotonic() - start, text))
    print(f"\n{'fault':<16} {'outcome':<10} {'s':>5}  what was seen")
    for name, outcome, seconds, text in rows:
        print(f"{name:<16} {outcome:<10} {seconds:>5.0f}  {text}")
    bad = [name for name, outcome, _, _ in rows if outcome in ("FAILED", "BLIND")]
    if bad:
        raise SystemExit(f"\nnot as it has to be: {', '.join(bad)}")


if __name__ == "__main__":
    main()
