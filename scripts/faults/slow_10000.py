"""10,000 slow connections at the router and at the node: others are served meanwhile, memory is bounded, the slow ones are ended.

Each connection sends the head of a request, a byte a second, and never ends it. At the router once from one address, of which only as
many are let in as one client may have, and once from many addresses; at the node directly. A client of another address asks all
the time, has to be answered as if nothing were, and signs up.
"""

import ipaddress
import resource
import select
import socket
import time

from benchmarks.processes import resident_megabytes
from ground import NO_ANSWER, arguments, check, ground, not_permitted, say, summary

BEGINNING = b"GET / HTTP/1.1\r\nHost: %s\r\nX-Slow: "
# MiB of one connection, at the most; a buffer for a head of 32 KiB would be more than half of it.
MOST_OF_ONE = 0.06
# Seconds that somebody else waits, on a machine that does other things too.
LONGEST_WAIT = 5
FIRST_SOURCE = ipaddress.ip_address("127.1.0.1")
SEPARATE = "127.2.0.1"


class Slow:
    """Connections that send a byte of a head a second each."""

    def __init__(self, process, host, count, sources):
        """:param sources: from how many addresses they come."""
        name, port = process.address.split(":")
        self.beginning = BEGINNING % host.encode()
        self.open = {}
        self.ended = 0
        self.poll = select.epoll()
        for number in range(count):
            connection = socket.socket()
            # Also while the limit of one address refuses them.
            connection.bind((str(FIRST_SOURCE + number % sources), 0))
            connection.setblocking(False)
            try:
                connection.connect((name, int(port)))
            except BlockingIOError:
                pass
            self.open[connection.fileno()] = connection
            self.poll.register(connection, select.EPOLLIN | select.EPOLLRDHUP)
            if number % 500 == 499:
                self.step(self.beginning)
        self.step(self.beginning)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for connection in self.open.values():
            connection.close()
        self.poll.close()

    def step(self, data=b"x"):
        """Sends to all that are open; forgets those that were ended at the other side."""
        for descriptor, _ in self.poll.poll(0, 20_000):
            self.end(descriptor)
        for descriptor, connection in list(self.open.items()):
            try:
                connection.send(data)
            except BlockingIOError:
                pass
            except OSError:
                self.end(descriptor)

    def end(self, descriptor):
        self.poll.unregister(descriptor)
        self.open.pop(descriptor).close()
        self.ended += 1


class Others:
    """Somebody else, who is served all the time."""

    def __init__(self, here, process, name):
        self.here, self.process, self.name = here, process, name
        self.longest = 0.0
        self.count = 0

    def ask(self):
        start = time.monotonic()
        try:
            answers = [self.here.developers(at=self.process, source=SEPARATE).status,
                       self.here.register(f"{self.name}-{self.count}@example.com", at=self.process, source=SEPARATE).status]
        except NO_ANSWER as error:
            answers = [repr(error)]
        if answers != [200, 201]:
            check(False, f"somebody else is served: {answers}")
        self.count += 1
        self.longest = max(self.longest, time.monotonic() - start)


def attempt(here, what, process, count, *, sources, kept_at_most, limit):
    """:param kept_at_most: how many may stay open. :param limit: seconds after which all have to be ended; None looks at none."""
    before = resident_megabytes(process.pid)
    others = Others(here, process, what.replace(" ", "-").replace(",", ""))
    with Slow(process, here.portal, count, sources) as slow:
        say(f"{what}: {count:,} slow connections from {sources} address(es)")
        start = time.monotonic()
        most = 0.0
        while time.monotonic() - start < (limit or 5) and slow.open:
            turn = time.monotonic()
            slow.step()
            others.ask()
            most = max(most, resident_megabytes(process.pid) - before)
            if time.monotonic() - start > 3:
                check_kept(what, slow, kept_at_most)
                kept_at_most = count
            time.sleep(max(0, turn + 1 - time.monotonic()))
        took = time.monotonic() - start
        check(others.longest < LONGEST_WAIT, f"{what}: somebody else asked {others.count} times meanwhile and waited for {others.longest:.2f} s at the most")
        check(most < 20 + count * MOST_OF_ONE, f"{what}: {most:.0f} MiB more at the most")
        if limit:
            check(not slow.open, f"{what}: all were ended within {took:.0f} s")
    check(process.is_running, f"{what}: it runs")
    return others


def check_kept(what, slow, most):
    if len(slow.open) > most:
        check(False, f"{what}: {len(slow.open)} are open, {most} may be")


def main():
    options = arguments(__doc__, "the connections are let live for too long", count=(0, "how many; 10000, or 1000 with --quick"))
    count = options.count or (1000 if options.quick else 10_000)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < count + 1000:
        not_permitted(f"{count + 1000} file descriptors (the limit is {hard})")
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    with ground(options.binaries) as here:
        here.router.take()
        here.start_node()
        # As in a deployment: the cluster's own router has no limit for one client.
        header = 3600 if options.plant else 10
        here.router.start(environment={
            "PORTOLAN_LIMITS_CLIENT_CONNECTIONS": "256", "PORTOLAN_LIMITS_CONNECTIONS": str(count + 500),
            "PORTOLAN_LIMITS_HEADER_TIMEOUT_SECONDS": str(header)})
        done = [
            attempt(here, "router, one address", here.router, count, sources=1, kept_at_most=256, limit=20),
            attempt(here, "router, many addresses", here.router, count, sources=100, kept_at_most=count, limit=40),
            # A node keeps a connection without a whole request for 75 s.
            attempt(here, "node", here.node, count, sources=1, kept_at_most=count, limit=None if options.quick else 110),
        ]
        check(here.router.stop() == 0 and here.node.stop() == 0, "both stop with 0")
    longest = max(others.longest for others in done)
    summary(f"{count:,} slow connections at router and node: others served within {longest:.1f} s, the slow ones ended")


if __name__ == "__main__":
    main()
