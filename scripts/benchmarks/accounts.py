"""Measures the accounts of one node beside what bounds them and beside a peer, all on this machine, in one run.

  registrations   over HTTP, durable, as many as the node takes; beside
                  (a) bare SQLite: the same rows into a copy of the same store, with as many registrations in a commit as
                      the node had on average, WAL, synchronous=FULL;
                  (b) the same sign-up on django-allauth under gunicorn: a name and an address in, one transaction with WAL
                      and synchronous=FULL, a mail with a link into a file, no password yet; its rate limits are off.
                  The three take turns; the node is stopped while a peer works.
  log-ins         over HTTP, beside a process that only checks passwords, on every core, with the node's own code and at
                  the cost that stands in the node's own hash.
  operations      of the management API, one request at a time, in portals of 1,000, 100,000 and 1,000,000 developers.
                  Each portal has a node of its own, and the nodes are asked in turn, so that a busy moment of the machine
                  falls on all. An operation that a node answers with 400 is one that it does not offer.
  memory, store   resident memory at rest and the most under each load; bytes of the store for each developer.

Every answer is checked against the status that was expected, and the registrations against what is stored. Other work of the
machine is in all figures; how much there was is in the table's last row.
"""

import argparse
import os
import statistics
import tempfile
import time
from pathlib import Path

import bare_store
import load
import log_ins
import operations
import processes
from allauth_peer import AllauthPeer, check_stored
from cluster import Cluster
from population import Population
from report import Bystanders, Row, at_least, at_most, print_table, say

CONNECTIONS = 512


class Scale:
    """How much is measured."""

    def __init__(self, quick):
        self.rounds = 1 if quick else 3
        self.registration_seconds = 4 if quick else 6
        self.log_in_rounds = 1 if quick else 4
        self.log_in_seconds = 6 if quick else 10
        self.populations = [1_000, 20_000] if quick else [1_000, 100_000, 1_000_000]
        self.requests = 200 if quick else 2000
        self.request_rounds = 10 if quick else 20


def measure_node_registrations(cluster, scale, folder, run_name):
    """One round at a node that is started for it and stopped after it, so that it delivers no mail while a peer works.

    Returns the load, the writes that shared a commit, the rows that were written, CPU microseconds for each, and the most MiB.
    """
    store = cluster.store("eu")
    bare_store.copy(store, folder / "earlier.sqlite")
    cluster.start_node("eu")
    pid = cluster.pid("eu")
    before, used = bare_store.count(store), processes.core_seconds(pid)
    result = load.register(cluster, "eu", run_name, scale.registration_seconds, CONNECTIONS)
    used = processes.core_seconds(pid) - used
    after = bare_store.count(store)
    memory = processes.peak_megabytes(pid)
    cluster.stop_node("eu")
    rows = bare_store.Rows(store, folder / "earlier.sqlite")
    bare_store.discard_queued_mails(store)
    check_stored("the node", result, rows.registrations, CONNECTIONS)
    group = after.group_size(before)
    say(f"  node           {result.rate:8.0f} /s, {group} writes a commit, "
        f"{after.finished_mails - before.finished_mails:,} mails delivered meanwhile")
    return result, group, rows, used / result.count * 1e6, memory


def measure_registrations(cluster, scale, folder):
    """Rounds of node, bare SQLite and allauth; returns the rows of the table."""
    ours, bare, peer, tails, groups, costs, memories = [], [], [], [], [], [], []
    cluster.stop_node("eu")
    with AllauthPeer(folder / "allauth") as allauth:
        say(f"registrations: {scale.rounds} round(s) of {scale.registration_seconds} s each; the peer is {allauth.versions()}, "
            f"{allauth.workers} sync workers, SQLite, file e-mail backend, no rate limits, {allauth.connections} connections")
        for number in range(scale.rounds):
            result, group, rows, cost, memory = measure_node_registrations(cluster, scale, folder, f"r{number}")
            ours.append(result.rate)
            tails.append(result.tail)
            groups.append(group)
            costs.append(cost)
            memories.append(memory)
            bare.append(bare_store.insert(
                rows, folder / "earlier.sqlite", folder / "bare.sqlite", group, scale.registration_seconds))
            say(f"  bare SQLite    {bare[-1]:8.0f} /s, {group} registrations a commit, tables {', '.join(rows.tables)}")
            peer.append(allauth.register(f"r{number}", scale.registration_seconds).rate)
            say(f"  django-allauth {peer[-1]:8.0f} /s")
    cluster.start_node("eu")
    ratios = [one / other for one, other in zip(ours, bare)]
    factors = [one / other for one, other in zip(ours, peer)]
    median = statistics.median
    return [
        Row(f"durable registrations over HTTP, {CONNECTIONS} connections", f"{median(ours):.0f} /s"),
        Row("  99th percentile of their latency", f"{median(tails):.0f} ms"),
        Row("  CPU time of the node for each", f"{median(costs):.0f} µs"),
        Row(f"the same rows by bare SQLite, {median(groups):.0f} registrations a commit", f"{median(bare):.0f} /s"),
        at_least("  the node's share of that", median(ratios), 0.5),
        Row("the same sign-up on django-allauth", f"{median(peer):.0f} /s"),
        at_least("  the node's multiple of that", median(factors), 20),
        Row("the most memory of the node under the registrations", f"{max(memories):.0f} MiB"),
    ]


def measure_log_ins(people, binaries, scale):
    cores = os.cpu_count()
    say(f"log-ins: {scale.log_in_rounds} round(s) of {scale.log_in_seconds} s; the hash is scrypt with {people.cost}")
    rates, alone, shares, costs = [], [], [], []
    for _ in range(scale.log_in_rounds):
        result, core_seconds = people.run(scale.log_in_seconds)
        hashing = log_ins.hashes_alone(binaries, people.cost, scale.log_in_seconds, cores)
        rates.append(result.rate)
        alone.append(hashing.rate)
        shares.append(result.rate / hashing.rate)
        costs.append(hashing.core_seconds / core_seconds)
        say(f"  {result.rate:6.2f} log-ins /s of {core_seconds * 1000:.0f} ms of a core, "
            f"{hashing.rate:6.2f} hashes /s alone of {hashing.core_seconds * 1000:.0f} ms")
    median = statistics.median
    return [
        Row("log-ins over HTTP", f"{median(rates):.1f} /s"),
        Row(f"the hash alone, scrypt {people.cost}, on {cores} cores", f"{median(alone):.1f} /s"),
        at_least("  the log-ins' share of that", median(shares), 0.9),
        Row("  the hash's share of the CPU time of a log-in", f"{median(costs):.2f}"),
    ]


def populate(cluster, geo, developers):
    """Fills a geo's portal; returns the seconds that its node takes to be ready with it."""
    cluster.stop_node(geo)
    start = time.perf_counter()
    step = max(developers // 5, 1)

    def report(count):
        if count % step < 20_000 or count == developers:
            say(f"  {count:>9,} of {developers:,} developers, {time.perf_counter() - start:.0f} s")

    Population(cluster.store(geo), cluster.geo(geo)["number"]).grow(developers, report)
    return cluster.start_node(geo)


def measure_operations(cluster, geos, scale):
    say(f"portals of {', '.join(f'{count:,}' for count in scale.populations)} developers")
    start_up = [populate(cluster, geo, count) for geo, count in zip(geos, scale.populations)]
    portals = [operations.Portal(cluster, geo, count) for geo, count in zip(geos, scale.populations)]
    largest = portals[-1]
    size = cluster.store(largest.geo).stat().st_size
    at_rest = processes.resident_megabytes(cluster.pid(largest.geo))
    say(f"operations: up to {scale.requests} requests each, one at a time, at all portals in turn; p50 / p99 in ms")
    say(f"  {'':<32}" + "".join(f"{portal.developers:>20,}" for portal in portals) + "    p99, largest : smallest")
    rows = []
    for operation in operations.OPERATIONS:
        if not operations.measure(operation, portals, scale.requests, scale.request_rounds):
            say(f"  {operation.name:<32} not offered by this node")
            rows.append(Row(f"{operation.name}: p99, largest portal : smallest", "not offered", "at most 1.2"))
            continue
        ratio = largest.percentile(operation, 0.99) / portals[0].percentile(operation, 0.99)
        say(f"  {operation.name:<32}" + "".join(
            f"{portal.percentile(operation, 0.5):>11.2f} /{portal.percentile(operation, 0.99):>7.2f}" for portal in portals)
            + f"    {ratio:.2f}")
        rows.append(at_most(f"{operation.name}: p99, largest portal : smallest", ratio, 1.2))
    return rows + [
        Row(f"store for each developer, at {largest.developers:,}", f"{size / largest.developers:.0f} bytes"),
        Row(f"start-up of a node with {largest.developers:,}, exec to ready", f"{start_up[-1] * 1000:.0f} ms"),
        Row(f"memory of a node with {largest.developers:,} at rest", f"{at_rest:.0f} MiB"),
        Row("  the most under those operations", f"{processes.peak_megabytes(cluster.pid(largest.geo)):.0f} MiB"),
    ]


def main():
    parser = argparse.ArgumentParser(
        prog="scripts/bench accounts", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="The whole takes about six minutes on two cores; --quick takes about one, and its figures are rough.")
    parser.add_argument("--binaries", required=True, help="the folder of the release builds; scripts/bench gives it")
    parser.add_argument("--quick", action="store_true", help="one round; portals of 1,000 and 20,000 developers")
    arguments = parser.parse_args()
    scale = Scale(arguments.quick)
    start, bystanders = time.perf_counter(), Bystanders(3)

    bystanders.look()
    with tempfile.TemporaryDirectory() as folder:
        with Cluster(arguments.binaries, "eu", plain_inside=True) as cluster:
            # Started anew, the node has made no hash yet, whose memory it would still hold.
            people = log_ins.LogIns(cluster, "eu")
            at_rest = processes.resident_megabytes(cluster.pid("eu"))
            rows = measure_registrations(cluster, scale, Path(folder))
            rows += measure_log_ins(people, arguments.binaries, scale)
            rows += [
                Row("the most memory of the node under the log-ins",
                    f"{processes.peak_megabytes(cluster.pid('eu')):.0f} MiB"),
                Row("memory of the node at rest", f"{at_rest:.0f} MiB"),
            ]
        bystanders.look()
        geos = ["eu", "us", "au"][:len(scale.populations)]
        with Cluster(arguments.binaries, ",".join(geos), plain_inside=True) as cluster:
            rows += measure_operations(cluster, geos, scale)
    bystanders.look()
    rows.append(bystanders.row("before, in between and after"))
    print_table(f"accounts, medians of the rounds, on {os.cpu_count()} cores, in "
                f"{(time.perf_counter() - start) / 60:.1f} minutes", rows,
                bystanders.doubt("run it again before you judge by these figures."))


if __name__ == "__main__":
    main()
