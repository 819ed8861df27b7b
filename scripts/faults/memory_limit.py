"""A node reaches its limit of memory under load: the kernel kills it, it is started again, and nothing that was acknowledged is lost.

The node runs in a control group of its own with a limit that is a little above what it needs, and more and more large documents
are published to it at the same time while developers sign up. Either it holds (its queues are bounded, and refuse with 503), or it
is killed; then it is started anew, as a service unit does.
"""

import json
import os
import threading
from contextlib import contextmanager
from pathlib import Path

import kept
from benchmarks.processes import resident_megabytes
from ground import NO_ANSWER, arguments, check, ground, not_permitted, say, summary
from registering import Registrations

GROUPS = Path("/sys/fs/cgroup")
PUBLISHERS = 24


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
        yield group
    finally:
        group.rmdir()


class Publishers:
    """Admins who publish documents of two megabytes, each with connections of its own."""

    def __init__(self, here):
        self.here = here
        self.is_over = threading.Event()
        self.answers = []
        paths = {f"/thing/{number}": {"get": {"summary": "x" * 200, "responses": {"200": {"description": "y" * 100}}}}
                 for number in range(5000)}
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
                    "name": f"large-{number}-{count}", "spec_content": self.document}, timeout=60)
                self.answers.append(answer.status)
            except NO_ANSWER:
                self.answers.append("none")
                self.is_over.wait(0.5)


def main():
    options = arguments(__doc__, "an acknowledged registration is taken out of the store", seconds=(0, "how long; 60, or 8 with --quick"))
    seconds = options.seconds or (8 if options.quick else 60)
    with ground(options.binaries) as here:
        here.start_node()
        idle = resident_megabytes(here.node.pid)
        here.node.stop()
        limit = int(idle) + 60
        with memory_group(limit) as group:
            # The shell enters the group and becomes the node.
            prefix = ["sh", "-c", f'echo $$ > {group}/cgroup.procs && exec "$0" "$@"']
            here.start_node(prefix=prefix)
            say(f"a node needs {idle:.0f} MiB when idle; the limit is {limit} MiB; {PUBLISHERS} admins publish large documents")
            kills = 0
            with Registrations(here.node.address, here.portal, "memory") as load, Publishers(here) as publishers:
                for _ in range(seconds * 10):
                    publishers.is_over.wait(0.1)
                    if not here.node.is_running:
                        code = here.node.process.returncode
                        check(code == -9, f"the node was killed by the kernel ({code}); it is started again")
                        kills += 1
                        here.start_node(prefix=prefix, waits=False)
            tally = {status: publishers.answers.count(status) for status in set(publishers.answers)}
            say(f"registrations: {dict(load.outcomes)}; documents: {tally}")
            check(set(load.outcomes) <= {201, 503, "none"} and not load.malformed, "every answer to a registration was clean, or there was none")
            check(len(load.acknowledged) > 0, f"{len(load.acknowledged):,} registrations were acknowledged, with {kills} kills")
            if not here.node.is_running:
                here.start_node(prefix=prefix)
            here.node.wait()
            kept.wait_for_empty_outbox(here.cluster.store("eu"), limit=120)
            check(here.node.stop() == 0, "with the load gone the node serves, and stops with 0")
        if options.plant:
            kept.lose_one(here.cluster.store("eu"), load.acknowledged)
        kept.check_kept(here.cluster.store("eu"), load.acknowledged)
        kept.check_whole(here.cluster.store("eu"))
        here.verify_audit()
    summary(f"at {limit} MiB (idle: {idle:.0f}): killed {kills} times, {len(load.acknowledged):,} acknowledged, 0 lost")


if __name__ == "__main__":
    main()
