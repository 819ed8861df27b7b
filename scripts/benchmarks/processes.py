"""What the kernel knows about processes."""

import os
import time
from pathlib import Path


def _status(pid, field):
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(f"{field}:"):
            return int(line.split()[1]) / 1024
    raise SystemExit(f"process {pid} has no {field}")


def resident_megabytes(pid):
    """MiB in memory now."""
    return _status(pid, "VmRSS")


def anonymous_megabytes(pid):
    """MiB in memory now that are no file's, so that the system cannot take them away."""
    return _status(pid, "RssAnon")


def peak_megabytes(pid):
    """The most MiB that were in memory at once since the process started."""
    return _status(pid, "VmHWM")


def proportional_megabytes(pid):
    """MiB in memory now, of which pages that others map too are counted in part."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    raise SystemExit(f"process {pid} has no Pss")


def children(pid):
    """The processes that it has started and that are there."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def core_seconds(pid):
    """Seconds of a core that it has used, its threads together."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def precise_core_seconds(pid):
    """The same to the nanosecond, of the threads that are there."""
    total = 0
    for thread in Path(f"/proc/{pid}/task").iterdir():
        try:
            total += int((thread / "schedstat").read_text().split()[0])
        except FileNotFoundError:
            # It has ended in between.
            pass
    return total / 1e9


def busy_share(seconds):
    """How much of all cores is used now, from 0 to 1."""
    def ticks():
        fields = [int(field) for field in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
        return sum(fields), fields[3] + fields[4]

    total, idle = ticks()
    time.sleep(seconds)
    later, later_idle = ticks()
    return 1 - (later_idle - idle) / max(1, later - total)
