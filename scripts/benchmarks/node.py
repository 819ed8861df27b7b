"""Measures a node: registrations beside bare SQLite, idle memory, start-up time.

The peer is SQLite itself: the rows that the node has just written, inserted bare into a copy of the store as it was before, one
transaction a registration, with synchronous=FULL, on the same disk, in the same run.
"""

import argparse
import statistics
import tempfile
from pathlib import Path

import bare_store
import load
import processes
from cluster import Cluster

ROUNDS = 3
SECONDS = 6
CONNECTIONS = 512
STARTS = 10


def restart(cluster):
    """Milliseconds from exec to the first 200 of /readyz, with a store that is there."""
    cluster.stop_node("eu")
    return cluster.start_node("eu") * 1000


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binaries", required=True)
    binaries = parser.parse_args().binaries

    ours, bare, medians, tails, memories, logs = [], [], [], [], [], []
    with Cluster(binaries, "eu", plain_inside=True) as cluster, tempfile.TemporaryDirectory() as folder:
        store, earlier = cluster.store("eu"), Path(folder) / "earlier.sqlite"
        idle = (processes.resident_megabytes(cluster.pid("eu")),
                processes.resident_megabytes(cluster.description["router"]["pid"]))
        print(f"registrations: {ROUNDS} rounds of {SECONDS} s, node and bare SQLite in turn …", flush=True)
        for number in range(ROUNDS):
            bare_store.copy(store, earlier)
            result = load.register(cluster, "eu", f"r{number}", SECONDS, CONNECTIONS)
            ours.append(result.rate)
            medians.append(result.median)
            tails.append(result.tail)
            memories.append(processes.peak_megabytes(cluster.pid("eu")))
            logs.append(Path(f"{store}-wal").stat().st_size / 2**20)
            # It would deliver mails while the peer works.
            cluster.stop_node("eu")
            rows = bare_store.Rows(store, earlier)
            bare_store.discard_queued_mails(store)
            bare.append(bare_store.insert(rows, earlier, Path(folder) / "bare.sqlite", 1, SECONDS))
            cluster.start_node("eu")
            print(f"  {ours[-1]:.0f} /s through the node, {bare[-1]:.0f} /s bare", flush=True)
        alone = load.register(cluster, "eu", "alone", SECONDS, 1).rate
        starts = [restart(cluster) for _ in range(STARTS)]

    ratio = [a / b for a, b in zip(ours, bare)]
    row = lambda name, value: print(f"  {name:<66} {value}")
    print()
    row(f"durable registrations over HTTP, {CONNECTIONS} connections", f"{statistics.median(ours):8.0f} /s")
    row("the same rows by bare SQLite, synchronous=FULL, one by one", f"{statistics.median(bare):8.0f} /s")
    row("ratio (median of the rounds; above 1 is group commit's gain)", f"{statistics.median(ratio):8.2f}")
    row(f"latency at {CONNECTIONS} connections, median and 99th percentile",
        f"{statistics.median(medians):8.1f} ms {statistics.median(tails):8.1f} ms")
    row("durable registrations over HTTP, 1 connection", f"{alone:8.0f} /s")
    row("idle memory of a node (resident)", f"{idle[0]:8.1f} MiB")
    row("the most memory of the node under that load", f"{max(memories):8.1f} MiB")
    row("largest size of the write-ahead log under that load", f"{max(logs):8.1f} MiB")
    row("idle memory of the router", f"{idle[1]:8.1f} MiB")
    row(f"start-up of a node with that store, exec to ready, median of {STARTS}", f"{statistics.median(starts):8.1f} ms")


if __name__ == "__main__":
    main()
