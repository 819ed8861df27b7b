"""Ships a store's write-ahead log with Litestream as docs/operating.md says, destroys the store under load, and restores it to a moment.

Developers register and leave all the time; meanwhile the node is killed, and both are started again, as by
deploy/systemd/portolan-shipping@.service. Then both are killed for good and the folder is deleted. What comes back at the moment asked
for is everything that was acknowledged before it and nothing that came later; what comes back without one is all that was shipped.
"""

import re
import shutil
import subprocess
import threading
import time
from contextlib import contextmanager
from datetime import datetime, timezone
from pathlib import Path

import yaml

import kept
from ground import NO_ANSWER, Failed, arguments, check, eventually, ground, say, summary
from registering import Registrations

GUIDE = Path(__file__).resolve().parents[2] / "docs/operating.md"
# So much later than what was acknowledged is a moment, that the tool has seen it: it looks every second, and ships at its interval.
SETTLING = 3


class Litestream:
    """The tool with the settings of the guide; only where store and replica are is told to it anew."""

    def __init__(self, program, here):
        self.program = program
        self.replica = here.folder / "replica"
        self.store = here.node.data / "store.sqlite"
        self.file = here.folder / "litestream-eu.yml"
        self.log = here.folder / "litestream.log"
        settings = guided_settings()
        [database] = settings["dbs"]
        database["path"] = str(self.store)
        where = {"type", "bucket", "region", "path"}
        database["replica"] = {
            "type": "file", "path": str(self.replica), **{key: value for key, value in database["replica"].items() if key not in where}}
        self.file.write_text(yaml.safe_dump(settings))

    @contextmanager
    def replicating(self):
        self.start()
        try:
            eventually("a first copy is in the replica", lambda: list(self.replica.rglob("*.ltx")))
            yield
            check(self.process.poll() is None, "the tool runs to the end")
        finally:
            self.process.kill()
            self.process.wait()

    def start(self):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen([self.program, "replicate", "-config", self.file], stdout=log, stderr=log)

    def stop(self):
        self.process.terminate()
        self.process.wait()

    def restore(self, folder, moment=None):
        """Into a folder, as the guide says; the newest where no moment is told."""
        words = [self.program, "restore", "-config", self.file, "-integrity-check", "full", "-o", folder / "store.sqlite"]
        if moment:
            words += ["-timestamp", moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")]
        result = subprocess.run([*words, self.store], capture_output=True, text=True)
        if result.returncode != 0:
            raise Failed(f"FAILED: litestream restore: {result.stderr}{result.stdout}")
        (folder / "store.sqlite").chmod(0o600)

    def complaints(self):
        return [line for line in self.log.read_text().splitlines() if "level=ERROR" in line or "level=WARN" in line]


def guided_settings():
    """The block of docs/operating.md that is headed by the name of the tool's file."""
    block = re.search(r"```yaml\n# /etc/portolan/litestream-eu.yml\n(.*?)```", GUIDE.read_text(), re.DOTALL)
    return yaml.safe_load(block[1])


class Leaving:
    """An admin who deletes developers all the time, so that the node empties its log again and again."""

    def __init__(self, here):
        self.here = here
        self.deleted = set()
        self.is_over = threading.Event()
        self.thread = threading.Thread(target=self.work)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.is_over.set()
        self.thread.join()

    def work(self):
        path = f"/v3/portals/{self.here.geo['portal_id']}/developers"
        while not self.is_over.wait(0.3):
            try:
                listed = self.here.manage("GET", f"{path}?page%5Bsize%5D=1&filter%5Bemail%5D%5Bcontains%5D=leaving").json()["data"]
                for one in listed:
                    # Before the request: where no answer comes it may have been done.
                    self.deleted.add(one["email"])
                    self.here.manage("DELETE", f"{path}/{one['id']}")
            except (*NO_ANSWER, KeyError):
                continue


def work_for(here, tool, seconds, crashes):
    """Load with crashes in between; what was acknowledged."""
    acknowledged, deleted = set(), set()
    for number in range(crashes + 1):
        with Leaving(here) as leaving, \
                Registrations(here.node.address, here.portal, f"staying-{time.time_ns()}") as load, \
                Registrations(here.node.address, here.portal, f"leaving-{time.time_ns()}", writers=1, pause=0.2) as others:
            time.sleep(seconds / (crashes + 1))
            if number < crashes:
                here.node.kill()
        if number < crashes:
            # As systemd does. A write that the killed node was at may be in the log and be overwritten; the tool may have shipped it,
            # and one that goes on then stumbles over a store that is not what it knows.
            tool.stop()
            here.start_node()
            tool.start()
        acknowledged |= load.acknowledged | others.acknowledged
        deleted |= leaving.deleted
    return acknowledged, deleted


def look_at(here, folder, key_folder, expected, deleted, unexpected, name):
    """Starts a node on what was restored."""
    shutil.copy2(key_folder / "outbox.key", folder / "outbox.key")
    store = folder / "store.sqlite"
    found = kept.registered(store)
    check(expected - deleted <= found, f"{name}: of {len(expected - deleted):,} acknowledged registrations {len(expected - deleted - found)} are lost")
    check(not found & unexpected, f"{name}: of {len(unexpected):,} that came later {len(found & unexpected)} are there")
    kept.check_whole(store)
    here.environment["PORTOLAN_DATA"] = str(folder)
    here.start_node()
    check(here.register(f"after-{time.time_ns()}@example.com").status == 201, f"{name}: a node serves it and takes a registration")
    check(here.node.stop() == 0, f"{name}: it stops with 0")
    here.verify_audit()


def restored_key(here, backup):
    """The geo's key of mails, from a backup that is restored elsewhere."""
    folder = here.folder / "elsewhere"
    here.environment["PORTOLAN_DATA"] = str(folder)
    result = here.portolanctl("restore", "--config", here.configuration, "--key", here.folder / "backup-eu.key", backup)
    check(result.returncode == 0, f"portolanctl restore: {(result.stdout + result.stderr).splitlines()[:1]}")
    return folder


def make_backup(here):
    topology = here.configuration.parent / yaml.safe_load(here.configuration.read_text())["topology"]
    result = here.portolanctl("backup-key", "create", "--topology", topology, "--geo", "eu", "--folder", here.folder)
    check(result.returncode == 0, f"a key for backups: {result.stderr.strip()}")
    here.environment["PORTOLAN_BACKUP_RECIPIENT"] = str(here.folder / "backup-eu.recipient")
    backup = here.folder / "eu.portolan"
    result = here.portolanctl("backup", "--config", here.configuration, "--output", backup)
    check(result.returncode == 0, f"a backup beside the node and the tool: {result.stderr.strip()}")
    return backup


def main():
    options = arguments(__doc__, "what came after the moment is expected, too", litestream=("litestream", "the program"))
    seconds = 6 if options.quick else 90
    with ground(options.binaries) as here:
        here.start_node()
        tool = Litestream(options.litestream, here)
        with tool.replicating():
            backup = make_backup(here)
            before, gone = work_for(here, tool, seconds, crashes=2 if options.quick else 12)
            time.sleep(SETTLING)
            moment = datetime.now(timezone.utc)
            say(f"{len(before):,} registrations until {moment:%H:%M:%S}, and {len(gone)} deletions")
            time.sleep(SETTLING)
            after, gone_after = work_for(here, tool, seconds / 2, crashes=1)
            check(len(after) > 50 and len(gone) > 2, f"{len(after):,} registrations after it")
            interval = guided_settings()["dbs"][0]["replica"].get("sync-interval", "1s")
            time.sleep(float(interval.removesuffix("s")) + SETTLING)
            here.node.kill()
        say("node and tool are killed, the folder is deleted")
        check(not tool.complaints(), f"the tool had nothing to complain of {tool.complaints()[-1:]}")
        shutil.rmtree(here.node.data)
        key = restored_key(here, backup)
        for name, when, expected, unexpected in (("the moment", moment, before, after), ("the newest", None, before | after, set())):
            folder = here.folder / name.replace(" ", "-")
            folder.mkdir(mode=0o700)
            tool.restore(folder, when)
            look_at(here, folder, key, expected | (after if options.plant else set()), gone | (gone_after if not when else set()),
                    unexpected, name)
    summary(f"{len(before):,} and {len(after):,} registrations around a moment: restored to it and to the end, by Litestream")


if __name__ == "__main__":
    main()
