"""Measures what a node and a router need, for the section on sizing in docs/operating.md.

A node at 0, 10,000 and 100,000 developers: its disk, its memory when idle, after a backup and under a mixed load of pages and of the
admins' list, its CPU for a request, and how long a backup takes. A router: its memory with 0 and with 1,000 idle connections, and its
CPU for a request.
"""

import argparse
import http.client
import subprocess
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from cluster import Cluster
from population import Population
from processes import anonymous_megabytes, peak_megabytes, precise_core_seconds, resident_megabytes

SIZES = [0, 10_000, 100_000]
CONNECTIONS = 1_000
REQUESTS = 2_000
# What a process allocates at its first requests belongs to it.
WARM_UP = 200
MIB = 1 << 20


def size_of(folder):
    return sum(file.stat().st_size for file in Path(folder).glob("store.sqlite*"))


def cpu_of(pid, address, host, path, headers, count):
    """Seconds of a core for one request on a connection that stays open."""
    connection = http.client.HTTPConnection(address, timeout=60)
    for number in range(WARM_UP + count):
        if number == WARM_UP:
            before = precise_core_seconds(pid)
        connection.request("GET", path, headers={"Host": host, **headers})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path}: {answer.status}")
    connection.close()
    return (precise_core_seconds(pid) - before) / count


class Backups:
    """Makes backups of a cluster's geo beside its node."""

    def __init__(self, binaries, cluster, folder):
        self.program, self.folder = f"{binaries}/portolanctl", folder
        self.configuration = cluster.geo("eu")["node"]["command"][-1]
        topology = Path(cluster.description["folder"]) / "topology.yaml"
        self.run("backup-key", "create", "--topology", topology, "--geo", "eu", "--folder", folder)

    def run(self, *words):
        start = time.perf_counter()
        result = subprocess.run(
            [self.program, *map(str, words)], capture_output=True, text=True,
            env={"PORTOLAN_BACKUP_RECIPIENT": f"{self.folder}/backup-eu.recipient"})
        if result.returncode:
            raise SystemExit(f"{words}: {result.stderr}")
        return time.perf_counter() - start

    def make(self, name):
        file = Path(self.folder) / name
        seconds = self.run("backup", "--config", self.configuration, "--output", file)
        return seconds, file.stat().st_size


def node_row(cluster, backups, developers):
    cluster.stop_node("eu")
    store = cluster.store("eu")
    if developers:
        Population(store, geo_number=1).grow(developers)
    size = size_of(store.parent)
    start = cluster.start_node("eu")
    pid, geo = cluster.pid("eu"), cluster.geo("eu")
    time.sleep(2)
    idle = resident_megabytes(pid)
    address = geo["node"]["address"]
    page = cpu_of(pid, address, geo["portal_url"].removeprefix("http://"), "/register", {}, REQUESTS)
    listed = cpu_of(pid, address, geo["api_url"].removeprefix("http://"), f"/v3/portals/{geo['portal_id']}/developers",
                    {"Authorization": f"Bearer {geo['admin_token']}"}, REQUESTS)
    seconds, backup = backups.make(f"{developers}.portolan")
    print(f"  {developers:>10,} {size / MIB:>9.1f} {start:>8.2f} {idle:>8.0f} {anonymous_megabytes(pid):>8.0f} {peak_megabytes(pid):>8.0f}"
          f" {page * 1e6:>9.0f} {listed * 1e6:>9.0f} {seconds:>9.2f} {backup / MIB:>9.1f}", flush=True)
    return size


def router_rows(cluster):
    router, geo = cluster.description["router"], cluster.geo("eu")
    host = geo["portal_url"].removeprefix("http://")
    cpu = cpu_of(router["pid"], router["address"], host, "/register", {}, REQUESTS)
    place, port = router["address"].rsplit(":", 1)
    with ExitStack() as stack:
        empty = resident_megabytes(router["pid"])
        for _ in range(CONNECTIONS):
            connection = stack.enter_context(ClosingConnection(place, int(port)))
            connection.request("GET", "/register", headers={"Host": host})
            connection.getresponse().read()
        full = resident_megabytes(router["pid"])
    print(f"router: {empty:.0f} MiB without a connection, {full:.0f} MiB with {CONNECTIONS:,} open ones "
          f"({(full - empty) * 1024 / CONNECTIONS:.0f} KiB each); {cpu * 1e6:.0f} µs of a core for a request over plain HTTP outside"
          " and mutual TLS inside")


class ClosingConnection(http.client.HTTPConnection):
    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def main():
    parser = argparse.ArgumentParser(prog="scripts/bench sizing", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binaries", required=True)
    options = parser.parse_args()
    version = subprocess.run([f"{options.binaries}/portolan-node", "--version"], capture_output=True, text=True).stdout.strip()
    print(f"sizing, version {version}; MiB, and µs of one core for each request")
    with Cluster(options.binaries, "eu") as cluster:
        router_rows(cluster)
    # Asked without a router.
    with Cluster(options.binaries, "eu", plain_inside=True) as cluster, tempfile.TemporaryDirectory(prefix="portolan-sizing-") as folder:
        print(f"  {'developers':>10} {'disk':>9} {'start s':>8} {'idle':>8} {'own':>8} {'peak':>8} {'page':>9} {'list':>9} {'backup s':>9} {'backup':>9}")
        backups = Backups(options.binaries, cluster, folder)
        sizes = [node_row(cluster, backups, developers) for developers in SIZES]
        print(f"disk for each developer: {(sizes[-1] - sizes[0]) / SIZES[-1] / 1024:.2f} KiB; memory of a hash comes on top")


if __name__ == "__main__":
    main()
