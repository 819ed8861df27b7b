"""A node reaches its limit of memory under load: the kernel kills it, it is started again, and nothing that was acknowledged is lost.

The node runs in a control group of its own with a limit that is a little above what it needs, and more and more large documents
are published to it at the same time while developers sign up. Either it holds (its queues are bounded, and refuse with 503), or it
is killed; then it is started anew, as a service unit does.
"""

import json
import os
import threading
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

import kept
from benchmarks.processes import anonymous_megabytes
from ground import NO_ANSWER, arguments, ask, check, eventually, ground, not_permitted, say, summary
from registering import Registrations

GROUPS = Path("/sys/fs/cgroup")
PUBLISHERS = 12
# MiB above what a node needs when it is idle: from one that is tight to one that it cannot live with.
ROOMS = [40, 16, 4]
# Kills and seconds that a node is given in its room without the load, and the MiB that it gets where it needs more.
MOST_STARTS = 5
PATIENCE = 60
ENOUGH = 512


@contextmanager
def memory_group(megabytes):
    """A control group of version 2, or of version 1 where that has the memory; ends with its processes."""
    if "memory" in (GROUPS / "cgroup.controllers").read_text().split() if (GROUPS / "cgroup.controllers").exists() else False:
        parent, limit = GROUPS, "memory.max"
    else:
        parent, limit = GROUPS / "memory", "memory.limit_in_bytes"
    group = parent / f"portolan-fault-{os.getpid()}"
    try:
        group.mkdir()
        (group / limit).write_text(str(megabytes << 20))
    except OSError as error:
        not_permitted(f"a control group ({error})")
    try:
        yield group, lambda: (group / limit).write_text(str(ENOUGH << 20))
    finally:
        group.rmdir()


class Publishers:
    """Admins who publish documents of almost a megabyte, each with connections of its own."""

    def __init__(self, here, name):
        self.here, self.name = here, name
        self.is_over = threading.Event()
        self.answers = []
        paths = {f"/thing/{number}": {"get": {"summary": "x" * 200, "responses": {"200": {"description": "y" * 100}}}}
                 for number in range(2000)}
        self.document = json.dumps({"openapi": "3.1.0", "info": {"title": "Large", "version": "1"}, "paths": paths})
        self.threads = [threading.Thread(target=self.publish, args=(number,)) for number in range(PUBLISHERS)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.is_over.set()
        for thread in self.threads:
            thread.join()

    def publish(self, number):
        count = 0
        while not self.is_over.wait(0.01):
            count += 1
            try:
                answer = self.here.manage("POST", "/v3/apis", {
                    "name": f"{self.name}-{number}-{count}", "spec_content": self.document}, timeout=20)
                self.answers.append(answer.status)
            except NO_ANSWER:
                self.answers.append("none")
                self.is_over.wait(0.5)


def serve_in(here, group, lift, seconds, name):
    """Serves in the group under load, started anew whenever it was killed; returns the load and how often it was killed."""
    # The shell enters the group and becomes the node.
    prefix = ["sh", "-c", f'echo $$ > {group}/cgroup.procs && exec "$0" "$@"']
    here.start_node(prefix=prefix)
    kills = 0
    with Registrations(here.node.address, here.portal, name) as load, Publishers(here, name) as publishers:
        for _ in range(seconds * 10):
            publishers.is_over.wait(0.1)
            if not here.node.is_running:
                check(here.node.process.returncode == -9, "the kernel has killed the node; it is started again")
                kills += 1
                here.start_node(prefix=prefix, waits=False)
    say(f"registrations: {dict(load.outcomes)}; documents: {dict(Counter(publishers.answers))}")
    check(set(load.outcomes) <= {201, 503, "none"} and not load.malformed, "every answer to a registration was clean, or there was none")
    say(f"{len(load.acknowledged):,} registrations were acknowledged, with {kills} kills")
    kills += settle(here, prefix, lift)
    check(here.node.stop() == 0, "with the load gone the node serves, and stops with 0")
    return load.acknowledged, kills


def settle(here, prefix, lift):
    """The load is gone: the node lives and sends what waits. It is started again where the kernel takes it once more, as by a service unit.

    Where it cannot do that in so little room it gets more, as by an operator. Returns how often it was killed.
    """
    kills, begin, is_lifted = 0, time.monotonic(), False

    def is_settled():
        nonlocal kills, is_lifted
        if not is_lifted and (kills >= MOST_STARTS or time.monotonic() - begin > PATIENCE):
            say("it does not live in so little room even without the load; the limit is lifted")
            lift()
            is_lifted = True
        if not here.node.is_running:
            check(here.node.process.returncode == -9, "the kernel has killed the node again; it is started again")
            kills += 1
            here.start_node(prefix=prefix, waits=False)
        return is_ready(here.node) and kept.waiting_mails(here.cluster.store("eu")) == 0

    eventually("the node lives, and every mail has left the outbox", is_settled, limit=180, pause=0.5)
    return kills


def is_ready(node):
    try:
        return ask(node.admin, node.admin, "GET", "/readyz", timeout=5).status == 200
    except NO_ANSWER:
        return False


def main():
    options = arguments(__doc__, "an acknowledged registration is taken out of the store", seconds=(0, "how long at each limit; 30, or 5 with --quick"))
    seconds = options.seconds or (5 if options.quick else 30)
    acknowledged, said = set(), []
    with ground(options.binaries) as here:
        here.start_node()
        idle = anonymous_megabytes(here.node.pid)
        here.node.stop()
        rooms = ROOMS[1:2] if options.quick else ROOMS
        for room in rooms:
            limit = int(idle) + room
            say(f"an idle node has {idle:.0f} MiB that are no file's; the limit is {limit} MiB; {PUBLISHERS} admins publish large documents")
            with memory_group(limit) as (group, lift):
                taken, kills = serve_in(here, group, lift, seconds, f"room{room}")
            acknowledged |= taken
            said.append(kills)
        check(sum(said) > 0, f"the limit was reached: the node was killed {sum(said)} times")
        check(len(acknowledged) > 0, f"{len(acknowledged):,} registrations were acknowledged")
        if options.plant:
            kept.lose_one(here.cluster.store("eu"), acknowledged)
        kept.check_kept(here.cluster.store("eu"), acknowledged)
        kept.check_whole(here.cluster.store("eu"))
        here.verify_audit()
    summary(f"with {rooms} MiB above idle killed {said} times; {len(acknowledged):,} acknowledged, 0 lost")


if __name__ == "__main__":
    main()
