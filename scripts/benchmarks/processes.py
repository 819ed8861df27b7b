"""What the kernel knows about a process."""

from pathlib import Path


def _status(pid, field):
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(f"{field}:"):
            return int(line.split()[1]) / 1024
    raise SystemExit(f"process {pid} has no {field}")


def resident_megabytes(pid):
    """MiB in memory now."""
    return _status(pid, "VmRSS")


def peak_megabytes(pid):
    """The most MiB that were in memory at once since the process started."""
    return _status(pid, "VmHWM")
