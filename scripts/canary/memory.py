"""The memory of a running process, and the files that it holds open or mapped."""

import os
import re
import stat
from pathlib import Path

CHUNK = 8 << 20
MAPPING = re.compile(r"([0-9a-f]+)-([0-9a-f]+) (\S{4}) \S+ \S+ \d+\s*(.*)")


def mappings(pid):
    for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
        start, end, access, name = MAPPING.match(line).groups()
        yield int(start, 16), int(end, 16), access, name


def mapped_files(pid):
    """The files that a process may change by writing to memory."""
    return sorted({name for _, _, access, name in mappings(pid) if name.startswith("/") and access[1] == "w" and access[3] == "s"})


def chunks(pid, overlap):
    """(address, bytes) of all that a process may write to or has got without a file; neighbours overlap."""
    with open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        for start, end, access, name in mappings(pid):
            if access[0] != "r" or (access[1] != "w" and name.startswith("/")) or name in ("[vvar]", "[vsyscall]", "[vdso]"):
                continue
            for at in range(start, end, CHUNK):
                try:
                    memory.seek(at)
                    data = memory.read(min(CHUNK + overlap, end - at))
                except OSError:
                    # A guard page, or gone since it was listed.
                    continue
                if data and data.count(0) != len(data):
                    yield at, data


def open_files(pid):
    """(what it is, path under /proc) of the regular files that a process holds open, removed ones too."""
    for entry in Path(f"/proc/{pid}/fd").iterdir():
        try:
            if stat.S_ISREG(entry.stat().st_mode):
                yield os.readlink(entry), entry
        except OSError:
            continue
