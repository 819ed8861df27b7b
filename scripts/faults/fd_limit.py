"""Node and router reach their limit of file descriptors: they wait for free ones without haste, serve who is connected, and recover.

The limit of the running process is lowered to a little more than it uses (prlimit), and more connections come than that. Whoever
was connected before goes on being served; nothing dies; no core is burnt by trying to accept; when the connections are gone,
everybody is served again.
"""

import http.client
import resource
import socket
import time
from contextlib import ExitStack
from pathlib import Path

import kept
from benchmarks.processes import core_seconds
from ground import NO_ANSWER, Failed, arguments, check, eventually, ground, say, summary
from registering import Registrations

ROOM = 24
CROWD = 300
RESTS = "connections cannot be accepted now"
# Of one core, while nothing can be accepted.
MOST_BUSY = 0.3


def descriptors(pid):
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


class Kept:
    """A client whose connection is open all the time."""

    def __init__(self, here, process):
        self.here = here
        self.connection = http.client.HTTPConnection(process.address, timeout=30)
        self.connection.connect()
        # Only ever this one: a second one would hide that the first was closed.
        self.connection.auto_open = 0

    def read(self):
        self.connection.request("GET", f"/v3/portals/{self.here.geo['portal_id']}/developers", headers={
            "Host": self.here.api, "Authorization": f"Bearer {self.here.geo['admin_token']}"})
        answer = self.connection.getresponse()
        answer.read()
        return answer.status


def read_again(client, process, name):
    try:
        return client.read()
    except NO_ANSWER as error:
        time.sleep(1)
        state = "runs" if process.is_running else f"has ended with {process.process.poll()}"
        raise Failed(f"FAILED: {name}: who was connected is served: {error!r}; the process {state}; its log: {process.last_words(8)}") from None


def crowd(process, stack):
    host, port = process.address.split(":")
    for _ in range(CROWD):
        connection = stack.enter_context(socket.socket())
        connection.settimeout(5)
        connection.connect((host, int(port)))


def attempt(here, name, process, seconds, plant):
    client = Kept(here, process)
    check(client.read() == 200, f"{name}: a client is connected and served")
    used = descriptors(process.pid)
    soft, hard = resource.prlimit(process.pid, resource.RLIMIT_NOFILE)
    resource.prlimit(process.pid, resource.RLIMIT_NOFILE, (used + ROOM, hard))
    rested = process.log.read_text(errors="replace").count(RESTS)
    say(f"{name}: {used} descriptors are in use, {used + ROOM} is the limit; {CROWD} connections come")
    with ExitStack() as stack:
        if not plant:
            crowd(process, stack)
        # Its log says so; then it gives back what it keeps for such a moment, and the number falls.
        eventually("the limit is reached", lambda: process.log.read_text(errors="replace").count(RESTS) > rested, limit=20)
        time.sleep(0.5)
        before = core_seconds(process.pid)
        time.sleep(seconds)
        busy = (core_seconds(process.pid) - before) / seconds
        check(busy < MOST_BUSY, f"{name}: it waits for free ones with {busy:.0%} of a core")
        check(read_again(client, process, name) == 200, f"{name}: who was connected is served")
        check(process.is_running, f"{name}: it runs")
    say(f"{name}: the connections are gone")

    said = []

    def serves():
        try:
            said.append(here.developers(at=process, timeout=5).status)
        except NO_ANSWER as error:
            said.append(f"{error!r} with {descriptors(process.pid)} descriptors in use")
        return said[-1] == 200

    try:
        eventually("it serves new connections", serves, limit=60)
    except Failed as failure:
        raise Failed(f"{failure}; the last answer: {said[-1]}; its log: {process.last_words()}") from None
    resource.prlimit(process.pid, resource.RLIMIT_NOFILE, (soft, hard))
    with Registrations(process.address, here.portal, name) as load:
        eventually("registrations are acknowledged", lambda: len(load.acknowledged) > 20, limit=30)
    check(set(load.outcomes) == {201}, f"{name}: it serves everybody again, without a restart: {dict(load.outcomes)}")
    return load.acknowledged


def main():
    options = arguments(__doc__, "no connections come")
    seconds = 2 if options.quick else 10
    with ground(options.binaries) as here:
        here.router.take()
        here.start_node()
        here.router.start()
        acknowledged = attempt(here, "node", here.node, seconds, options.plant)
        acknowledged |= attempt(here, "router", here.router, seconds, options.plant)
        check(here.router.stop() == 0 and here.node.stop() == 0, "both stop with 0")
        kept.check_kept(here.cluster.store("eu"), acknowledged)
        kept.check_whole(here.cluster.store("eu"))
    summary(f"node and router at their limit with {CROWD} connections: those connected are served, all of them again afterwards")


if __name__ == "__main__":
    main()
