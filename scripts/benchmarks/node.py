"""Measures a node: registrations beside bare SQLite, idle memory, start-up time.

The peer is SQLite itself: the rows that the node has just written, inserted bare into a store of the same form, one
transaction a registration, with synchronous=FULL, on the same disk, in the same run.
"""

import argparse
import json
import os
import signal
import sqlite3
import statistics
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

# Never by way of a proxy: everything is on this machine.
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))

ROUNDS = 3
SECONDS = 6
CONNECTIONS = 512
STARTS = 10
HERE = Path(__file__).parent


class Cluster:
    """One geo and a router, started by portolanctl and stopped when its input is closed."""

    def __init__(self, binaries):
        self.process = subprocess.Popen(
            [f"{binaries}/portolanctl", "cluster", "up", "--ephemeral", "--json", "--geos", "eu"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit("the cluster did not start")
        self.description = json.loads(line)
        self.geo = self.description["geos"]["eu"]
        self.node = self.geo["node"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()


def register(cluster, run, connections):
    """Registers for some seconds; returns registrations per second and the latencies in milliseconds."""
    host = cluster.geo["portal_url"].removeprefix("http://")
    output = subprocess.run(
        ["wrk", "-t", "1", "-c", str(connections), "-d", f"{SECONDS}s", "-s", str(HERE / "registrations.lua"),
         f"http://{cluster.node['address']}", "--", host, run],
        check=True, capture_output=True, text=True).stdout
    count, microseconds, median, tail, errors = map(int, next(
        line for line in output.splitlines() if line.startswith("RESULT")).split()[1:])
    if errors:
        raise SystemExit(f"{errors} registrations were not answered with 201:\n{output}")
    return count * 1e6 / microseconds, median / 1000, tail / 1000


def rows(store):
    """What the node wrote for each registration: the developer, the token and the mail."""
    database = sqlite3.connect(f"file:{store}?mode=ro", uri=True, isolation_level=None)
    # The peer does not run while the node still delivers.
    while database.execute("SELECT count(*) FROM outbox WHERE state = 'queued'").fetchone()[0]:
        time.sleep(0.2)
    database.execute("BEGIN")
    schema = [sql for (sql,) in database.execute(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'grdb_%'")]
    portals = database.execute("SELECT * FROM portal").fetchall()
    tables = {}
    for table in ("developer", "one_time_token", "outbox"):
        columns = [name for (_, name, *_) in database.execute(f"PRAGMA table_info({table})")]
        tables[table] = (columns, database.execute(f"SELECT * FROM {table}").fetchall())
    developers = {row[0]: (row, [], []) for row in tables["developer"][1]}
    owner = tables["one_time_token"][0].index("developer")
    for row in tables["one_time_token"][1]:
        developers[row[owner]][1].append(row)
    columns = tables["outbox"][0]
    owner, state, sealed, finished = (columns.index(name) for name in ("developer", "state", "sealed", "finished_at"))
    for row in tables["outbox"][1]:
        row = list(row)
        # As it was when it was written: a delivered mail has lost its text since.
        row[state], row[finished] = "queued", None
        row[sealed] = row[sealed] or os.urandom(420)
        developers[row[owner]][2].append(row)
    # An open reader would hold up the node's write-ahead log.
    database.close()
    return schema, portals, list(developers.values())


def insert_bare(store, folder):
    """Inserts the same rows one registration after another; returns registrations per second."""
    schema, portals, developers = rows(store)
    path = Path(folder) / "bare.sqlite"
    for old in Path(folder).glob("bare.sqlite*"):
        old.unlink()
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    database.execute("PRAGMA foreign_keys = ON")
    for sql in schema:
        database.execute(sql)
    marks = lambda row: ",".join("?" * len(row))
    for portal in portals:
        database.execute(f"INSERT INTO portal VALUES ({marks(portal)})", portal)
    count, start = 0, time.perf_counter()
    while time.perf_counter() - start < SECONDS and count < len(developers):
        developer, tokens, mails = developers[count]
        database.execute("BEGIN IMMEDIATE")
        database.execute(f"INSERT INTO developer VALUES ({marks(developer)})", developer)
        for row in tokens:
            database.execute(f"INSERT INTO one_time_token VALUES ({marks(row)})", row)
        for row in mails:
            database.execute(f"INSERT INTO outbox VALUES ({marks(row)})", row)
        database.execute("COMMIT")
        count += 1
    rate = count / (time.perf_counter() - start)
    database.close()
    return rate


def resident_megabytes(pid):
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise SystemExit(f"process {pid} has no VmRSS")


def start_up_milliseconds(node):
    """From exec to the first 200 of /readyz, with a store that is there."""
    start = time.perf_counter()
    process = subprocess.Popen(node["command"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while True:
            try:
                with DIRECT.open(f"http://{node['admin_address']}/readyz", timeout=5) as answer:
                    if answer.status == 200:
                        return (time.perf_counter() - start) * 1000
            except OSError:
                if process.poll() is not None:
                    raise SystemExit("the node did not start")
                time.sleep(0.001)
    finally:
        process.terminate()
        process.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binaries", required=True)
    binaries = parser.parse_args().binaries

    ours, bare, alone, medians, tails = [], [], [], [], []
    with Cluster(binaries) as cluster, tempfile.TemporaryDirectory() as folder:
        idle = (resident_megabytes(cluster.node["pid"]), resident_megabytes(cluster.description["router"]["pid"]))
        print(f"registrations: {ROUNDS} rounds of {SECONDS} s, node and bare SQLite in turn …", flush=True)
        for number in range(ROUNDS):
            rate, median, tail = register(cluster, f"r{number}", CONNECTIONS)
            ours.append(rate)
            medians.append(median)
            tails.append(tail)
            bare.append(insert_bare(f"{cluster.node['data']}/store.sqlite", folder))
            print(f"  {ours[-1]:.0f} /s through the node, {bare[-1]:.0f} /s bare", flush=True)
        alone.append(register(cluster, "alone", 1)[0])
        busy = resident_megabytes(cluster.node["pid"])
        log = Path(f"{cluster.node['data']}/store.sqlite-wal").stat().st_size / 2**20
        os.kill(cluster.node["pid"], signal.SIGTERM)
        while Path(f"/proc/{cluster.node['pid']}").exists():
            time.sleep(0.05)
        starts = [start_up_milliseconds(cluster.node) for _ in range(STARTS)]

    ratio = [a / b for a, b in zip(ours, bare)]
    row = lambda name, value: print(f"  {name:<66} {value}")
    print()
    row(f"durable registrations over HTTP, {CONNECTIONS} connections", f"{statistics.median(ours):8.0f} /s")
    row("the same rows by bare SQLite, synchronous=FULL, one by one", f"{statistics.median(bare):8.0f} /s")
    row("ratio (median of the rounds; above 1 is group commit's gain)", f"{statistics.median(ratio):8.2f}")
    row(f"latency at {CONNECTIONS} connections, median and 99th percentile",
        f"{statistics.median(medians):8.1f} ms {statistics.median(tails):8.1f} ms")
    row("durable registrations over HTTP, 1 connection", f"{alone[0]:8.0f} /s")
    row("idle memory of a node (resident)", f"{idle[0]:8.1f} MiB")
    row("memory of the node after that load", f"{busy:8.1f} MiB")
    row("largest size of the write-ahead log under that load", f"{log:8.1f} MiB")
    row("idle memory of the router", f"{idle[1]:8.1f} MiB")
    row(f"start-up of a node with that store, exec to ready, median of {STARTS}", f"{statistics.median(starts):8.1f} ms")


if __name__ == "__main__":
    main()
