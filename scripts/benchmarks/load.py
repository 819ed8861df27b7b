"""Load over HTTP, made by wrk with one of the Lua scripts beside this file."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


@dataclass
class Load:
    """What was answered; latencies in milliseconds."""

    count: int
    seconds: float
    median: float
    tail: float

    @property
    def rate(self):
        return self.count / self.seconds


def run(script, address, seconds, connections, *arguments):
    """Runs a script from one thread; every answer has to be the one that it expects."""
    output = subprocess.run(
        ["wrk", "-t", "1", "-c", str(connections), "-d", f"{seconds}s", "--timeout", "20s", "-s", str(HERE / script),
         f"http://{address}", "--", *arguments],
        check=True, capture_output=True, text=True).stdout
    result = next((line for line in output.splitlines() if line.startswith("RESULT")), None)
    if not result:
        raise SystemExit(f"wrk gave no result:\n{output}")
    count, microseconds, median, tail, errors = map(int, result.split()[1:])
    if errors:
        raise SystemExit(f"{errors} of {count} requests were not answered as expected:\n{output}")
    return Load(count, microseconds / 1e6, median / 1000, tail / 1000)


def register(cluster, geo, run_name, seconds, connections):
    """Registers developers at a geo's node, each with an address of its own."""
    portal = cluster.geo(geo)["portal_url"].removeprefix("http://")
    return run("registrations.lua", cluster.geo(geo)["node"]["address"], seconds, connections,
               portal, "/api/v3/developer", "201", run_name)
