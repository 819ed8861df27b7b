"""Measures the router beside nginx, HAProxy and Caddy: the same upstream, the same duties, one core and one thread each, in turn.

  plain          HTTP/1.1, connections kept on both sides, host match, forwarded headers, X-Request-ID; also with our access log
  tls, h2        the same over TLS 1.3 with one P-256 certificate, by HTTP/1.1 and by HTTP/2
  handshakes     a new TLS connection for each request
  relay          opaque TCP by SNI to a TLS upstream: short connections, and bulk
  look-up        our router with 3 custom domains and with 100,000, asked for at random
  memory         at rest and with idle connections, in processes of their own

What counts is CPU time (user and system, from /proc) for each request, connection or GiB. The proxies run on one core, the load and
the upstream on another; requests per second depend on what those leave over. Added latency is a percentile through the proxy minus
the same by the same protocol directly at the upstream, at 1,000 requests a second. Each proxy comes first in turn; a ratio is the
median of the rounds' ratios. A mode that a proxy does not take is named with the reason.
"""

import argparse
import os
import resource
import statistics
import tempfile
import time
from collections import defaultdict
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

import proxy_load
import proxy_servers
from proxy_servers import HOST, RELAYED_HOST, Router, Site, Unsupported
from report import Bystanders, Row, at_most, print_table, say

PEERS = ("nginx", "haproxy", "caddy")
DOMAINS = 100_000


class Scale:
    """How much is measured."""

    def __init__(self, quick):
        self.rounds = 1 if quick else 3
        self.seconds = 2 if quick else 3
        self.latency_seconds = 1 if quick else 3
        self.idle = 1_000 if quick else 10_000
        self.bulk_bytes = (256 if quick else 1024) * 2**20
        self.memory_modes = ("plain",) if quick else ("plain", "tls")


@dataclass
class Sample:
    count: int
    seconds: float
    cpu: float

    @property
    def rate(self):
        return self.count / self.seconds

    @property
    def microseconds(self):
        """CPU time for each."""
        return self.cpu * 1e6 / self.count


@dataclass
class Contest:
    """One kind of load on several servers; `per` is the number of counted things that a figure stands for."""

    name: str
    unit: str
    mode: str
    servers: list
    load: object
    per: int = 1
    samples: dict = field(default_factory=lambda: defaultdict(list))
    latencies: dict = field(default_factory=lambda: defaultdict(list))
    reasons: dict = field(default_factory=dict)

    def measure(self, server):
        port = server.port(self.mode)
        before = server.core_seconds()
        count, seconds = self.load(port)
        return Sample(count, seconds, server.core_seconds() - before)

    def cost(self, name):
        return statistics.median(sample.microseconds for sample in self.samples[name]) * self.per

    def rate(self, name):
        return statistics.median(sample.rate for sample in self.samples[name]) / self.per

    def cost_ratio(self, name, peer):
        pairs = zip(self.samples[name], self.samples[peer])
        return statistics.median(ours.microseconds / theirs.microseconds for ours, theirs in pairs)

    def has(self, *names):
        return all(self.samples.get(name) for name in names)

    def added(self, name, share):
        """Microseconds that a percentile is later than at the upstream."""
        return percentile(self.latencies[name], share) - percentile(self.latencies["upstream"], share)


def percentile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * share))]


def run(contest, rounds, upstream=None, latency_seconds=0):
    """Measures all servers in turn; with an upstream also latencies."""
    say(f"== {contest.name}")
    order = []
    for server in contest.servers:
        try:
            contest.measure(server)
            order.append(server)
        except Unsupported as reason:
            contest.reasons[server.name] = str(reason)
            say(f"   {server.name}: none: {reason}")
    for number in range(rounds):
        for server in order:
            sample = contest.measure(server)
            contest.samples[server.name].append(sample)
            say(f"   {server.name}: {sample.microseconds * contest.per:.1f} us/{contest.unit}, {sample.rate / contest.per:.0f} /s")
        for server in [upstream, *order] if upstream and order else []:
            contest.latencies[server.name] += proxy_load.latencies(server.port(contest.mode), contest.mode, latency_seconds)
        order = order[1:] + order[:1]
    return contest


@contextmanager
def started(*servers):
    with ExitStack() as stack:
        for server in servers:
            if server.ports:
                stack.callback(server.stop)
        yield servers


def peers(site, upstream):
    return proxy_servers.nginx(site, upstream), proxy_servers.haproxy(site, upstream), proxy_servers.caddy(site, upstream)


def measure_memory(router, site, upstream, mode, scale):
    """MiB by name: resident and proportional, at rest and with idle connections; or a reason."""
    say(f"== memory, {mode}, at rest and with {scale.idle} idle connections")
    secure = {"scheme": "https", "sections": router.secure(upstream.ports["relay"])} if mode == "tls" else {}
    memory = {}
    with started(router.start(f"memory-{mode}", (mode,), **secure), *peers(site, upstream)) as servers:
        for server in servers:
            try:
                port, authority = server.port(mode), site.folder / "eu.pem" if mode == "tls" else "-"
                rest = server.memory()
                with proxy_load.idle_connections(port, HOST, authority, scale.idle):
                    memory[server.name] = (*rest, *server.memory())
            except Unsupported as reason:
                memory[server.name] = str(reason)
                say(f"   {server.name}: none: {reason}")
    return memory


def measure_requests(router, site, upstream, scale):
    """The contests of requests and relays, all servers at rest but the one that is measured."""
    secure = router.start("secure", ("tls", "h2", "relay"), "https", sections=router.secure(upstream.ports["relay"]))
    plain, logging = router.start("plain", ("plain",)), router.start("logging", ("plain",), access_log=True)
    others = peers(site, upstream)
    eu, us = site.folder / "eu.pem", site.folder / "us.pem"
    seconds = scale.seconds
    with started(secure, plain, logging, *others):
        for name, mode, servers in (
            ("plain", "plain", [plain, *others, logging]), ("tls", "tls", [secure, *others]), ("h2", "h2", [secure, *others])
        ):
            load = (lambda port: proxy_load.wrk(port, seconds)) if mode == "plain" else (
                lambda port, mode=mode: proxy_load.h2load(port, mode, seconds))
            yield run(Contest(name, "request", mode, servers, load), scale.rounds, upstream, scale.latency_seconds)
        yield run(Contest("handshakes", "connection", "tls", [secure, *others],
                          lambda port: proxy_load.new_connections(port, HOST, eu, seconds / 2)), scale.rounds)
        yield run(Contest("relay", "connection", "relay", [secure, *others],
                          lambda port: proxy_load.new_connections(port, RELAYED_HOST, us, seconds / 2)), scale.rounds)
        yield run(Contest("relay, bulk", "GiB", "relay", [secure, *others],
                          lambda port: proxy_load.bulk(port, RELAYED_HOST, us), per=2**30), scale.rounds)


def measure_lookups(router, scale):
    """Our router alone, with few custom domains and with many."""
    servers = []
    for count in (3, DOMAINS):
        server = router.start(f"domains-{count}", ("plain",), custom_domains=count)
        server.name = f"{count:,} domains"
        servers.append((server, count))
    with started(*(server for server, _ in servers)):
        say("== look-up")
        contest = Contest("look-up", "request", "plain", [server for server, _ in servers], None)
        for number in range(scale.rounds + 1):
            for server, count in servers[::(-1) ** number]:
                contest.load = lambda port, count=count: proxy_load.wrk(port, scale.seconds, count)
                sample = contest.measure(server)
                # The first round warms up.
                if number:
                    contest.samples[server.name].append(sample)
                    say(f"   {server.name}: {sample.microseconds:.1f} us/request, {sample.rate:.0f} /s")
    return contest


def print_contest(contest):
    """A line for each server, then ours as a ratio to each peer."""
    shares = (0.5, 0.99, 0.999) if contest.latencies else ()
    heads = [f"CPU us/{contest.unit}", f"{contest.unit}s/s", *(f"+p{share * 100:g} us" for share in shares)]
    print(f"\n{contest.name}\n\n  {'':<16}" + "".join(f"{head:>20}" if not number else f"{head:>14}" for number, head in enumerate(heads)))
    figures = {}
    for server in contest.servers:
        name = server.name
        if not contest.has(name):
            print(f"  {name:<16} none: {contest.reasons[name]}")
            continue
        figures[name] = [contest.cost(name), contest.rate(name), *(contest.added(name, share) for share in shares)]
        cost, rate, *added = figures[name]
        print(f"  {name:<16}{cost:>20.1f}{rate:>14.{0 if rate > 100 else 1}f}" + "".join(f"{value:>14.0f}" for value in added))
    for peer in PEERS:
        if contest.has("router", peer):
            _, *rest = [a / b if b > 0 else None for a, b in zip(figures["router"], figures[peer])]
            print(f"  {'router/' + peer:<16}{contest.cost_ratio('router', peer):>20.2f}"
                  + "".join(f"{'-' if value is None else f'{value:.2f}':>14}" for value in rest))


def print_memory(mode, memory, idle):
    heads = ("RSS at rest", "PSS at rest", f"RSS {idle:,} idle", f"PSS {idle:,} idle")
    print(f"\nmemory, {mode}, MiB\n\n  {'':<16}" + "".join(f"{head:>18}" for head in heads))
    for name, figures in memory.items():
        print(f"  {name:<16}" + (f" none: {figures}" if isinstance(figures, str) else "".join(f"{value:>18.1f}" for value in figures)))
    ours = memory["router"]
    for peer in PEERS:
        if not isinstance(ours, str) and not isinstance(memory[peer], str):
            print(f"  {'router/' + peer:<16}" + "".join(f"{a / b:>18.2f}" for a, b in zip(ours, memory[peer])))


def aims(contests):
    for contest in contests:
        named = f"CPU per {contest.unit}, {contest.name}: router / "
        if contest.name == "look-up":
            few, many = (server.name for server in contest.servers)
            # One for equal, and what rounds differ by here.
            yield at_most(f"CPU per request: {many} / {few}", contest.cost_ratio(many, few), 1.1)
            continue
        for peer in ("haproxy",) if contest.mode == "relay" else ("nginx", "haproxy"):
            if contest.has("router", peer):
                yield at_most(named + peer, contest.cost_ratio("router", peer), 1.0)
            else:
                yield Row(named + peer, "none", "at most 1.0", False)
        if contest.has("router", "router+log"):
            yield Row("what our access log adds: router+log / router", f"{contest.cost_ratio('router+log', 'router'):.2f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binaries", required=True, help="the folder of portolan-router")
    parser.add_argument("--quick", action="store_true", help="one short round, 1,000 idle connections; under two minutes")
    arguments = parser.parse_args()
    scale, start, bystanders = Scale(arguments.quick), time.perf_counter(), Bystanders(2)
    os.environ["PATH"] += ":/usr/sbin"
    # Connections of a proxy, to it and from it.
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    if most != resource.RLIM_INFINITY and most < scale.idle + 1000:
        raise SystemExit(f"expected a limit of at least {scale.idle + 1000} open files, found {most}; raise it with ulimit -Hn")

    bystanders.look()
    contests, memory = [], {}
    with tempfile.TemporaryDirectory() as folder:
        site = Site(folder)
        upstream = proxy_servers.upstream(site, scale.bulk_bytes)
        with started(upstream):
            router = Router(arguments.binaries, site, upstream)
            for mode in scale.memory_modes:
                memory[mode] = measure_memory(router, site, upstream, mode, scale)
            contests += measure_requests(router, site, upstream, scale)
            contests.append(measure_lookups(router, scale))
    bystanders.look()

    for contest in contests:
        print_contest(contest)
    for mode, figures in memory.items():
        print_memory(mode, figures, scale.idle)
    rows = [*aims(contests), bystanders.row("before and after")]
    print_table(f"router, medians of {scale.rounds} rounds, on {os.cpu_count()} cores, in {(time.perf_counter() - start) / 60:.1f} minutes",
                rows, bystanders.doubt("CPU ratios hold better than rates and latencies."))


if __name__ == "__main__":
    main()
