"""The disk of a geo is full: writes are refused with 503 and change nothing, reads go on, and it recovers without a restart.

The data folder is moved to a small file system of its own (tmpfs, and ext4 on a loop device without --quick) in a mount namespace
of this script. It is filled up while developers sign up, looked at, emptied again, and filled up once more for a start of the node.
"""

import shutil
import subprocess
import time

import kept
from ground import NO_ANSWER, arguments, ask, check, enter_own_mounts, eventually, ground, not_permitted, say, summary
from registering import Registrations

MEGABYTES = 48
CLEAN = {201, 503}


class SmallDisk:
    """A file system of few megabytes at a folder."""

    def __init__(self, folder, kind):
        self.folder = folder / kind
        self.folder.mkdir()
        self.ballast = self.folder / "ballast"
        if kind == "tmpfs":
            command = ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "none", self.folder]
        else:
            image = folder / "image"
            with open(image, "wb") as file:
                file.truncate(MEGABYTES << 20)
            subprocess.run(["mkfs.ext4", "-q", "-m", "0", image], check=True)
            command = ["mount", "-o", "loop", image, self.folder]
        result = subprocess.run(command, capture_output=True, text=True)
        if result.returncode != 0:
            not_permitted(f"a {kind} of this script ({result.stderr.strip()})")

    def fill(self):
        """Takes every byte that is free."""
        with open(self.ballast, "ab", buffering=0) as file:
            for size in (1 << 20, 1 << 12, 1):
                try:
                    while True:
                        file.write(bytes(size))
                except OSError:
                    pass

    def empty(self):
        self.ballast.unlink()

    def remove(self):
        subprocess.run(["umount", self.folder], check=True)


def check_full(here, load):
    """What a client sees while nothing can be written."""
    answer = here.register("while-full@example.com")
    check(answer.status == 503 and answer.headers.get_content_type() == "application/problem+json",
          f"a registration is refused as a problem with {answer.status}")
    check(answer.headers["Retry-After"] is not None, f"it says when to try again: after {answer.headers['Retry-After']} s")
    form = ask(here.node.address, here.portal, "POST", "/api/v3/developer/forgot-password", {"email": "a@example.com"})
    check(form.status in (200, 503), f"a forgotten password is answered with {form.status}")
    check(here.developers().status == 200, "the admins' list is read")
    check(ask(here.node.address, here.portal, "GET", "/").status == 200, "the portal's page is read")
    check(ask(here.node.admin, here.node.admin, "GET", "/healthz").status == 200, "/healthz says that the node lives")
    check(ask(here.node.admin, here.node.admin, "GET", "/readyz").status == 503, "/readyz says that it is not ready")
    check(here.node.is_running, "the node runs")


def attempt(here, kind, plant):
    disk = SmallDisk(here.folder, kind)
    data = disk.folder / "data"
    shutil.copytree(here.node.data, data)
    data.chmod(0o700)
    here.environment = {"PORTOLAN_DATA": str(data)}
    here.start_node()
    say(f"the data folder is on a {kind} of {MEGABYTES} MB; developers sign up")
    with Registrations(here.node.address, here.portal, kind) as load:
        eventually("registrations are acknowledged", lambda: len(load.acknowledged) > 50)
        if not plant:
            disk.fill()
        say("the disk is full")
        eventually("writes are refused with 503", lambda: load.outcomes[503] >= 100)
        check_full(here, load)
        time.sleep(1)
        refused, before = load.outcomes[503], len(load.acknowledged)
        disk.empty()
        start = time.monotonic()
        eventually("writes are taken again", lambda: len(load.acknowledged) > before + 50, pause=0.02)
        say(f"with room again, without a restart, 50 registrations were taken within {time.monotonic() - start:.1f} s")
    check(set(load.outcomes) <= CLEAN and not load.malformed, f"every answer was clean: {dict(load.outcomes)}")
    eventually("the node is ready again", lambda: ask(here.node.admin, here.node.admin, "GET", "/readyz").status == 200)
    kept.wait_for_empty_outbox(data / "store.sqlite", limit=400)
    disk.fill()
    check(here.node.stop() == 0, "with a full disk the node stops with 0")
    start_when_full(here)
    disk.empty()
    here.start_node()
    check(here.register("afterwards@example.com").status == 201, "with room again it starts and takes a registration")
    check(here.node.stop() == 0, "it stops with 0")
    kept.check_kept(data / "store.sqlite", load.acknowledged)
    kept.check_whole(data / "store.sqlite")
    here.verify_audit()
    disk.remove()
    return f"{kind}: {refused} writes refused with 503, {len(load.acknowledged):,} acknowledged, 0 lost"


def start_when_full(here):
    """Either it starts and reads, or it says what is wrong; it never dies of it."""
    try:
        here.start_node(waits=False)
        eventually("the node starts or says why not", lambda: not here.node.is_running or is_reading(here))
    finally:
        running = here.node.is_running
        here.node.end()
    words = here.node.last_words(1)
    if running:
        say("a node that starts with a full disk serves reads")
    else:
        check(here.node.process.returncode > 0 and "portolan-node: " in words, f"a node that cannot start says why: {words}")


def is_reading(here):
    try:
        return here.developers().status == 200
    except NO_ANSWER:
        return False


def main():
    options = arguments(__doc__, "the disk is not filled")
    enter_own_mounts()
    with ground(options.binaries) as here:
        done = [attempt(here, kind, options.plant) for kind in (["tmpfs"] if options.quick else ["tmpfs", "ext4"])]
    summary("; ".join(done))


if __name__ == "__main__":
    main()
