"""What every fault stands on: words, checks, requests, and a node or router that is started, killed and started again."""

import argparse
import http.client
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cluster import Cluster

NOT_PERMITTED = 69
START_LIMIT = 60
STOP_LIMIT = 30
BEGIN = time.monotonic()


class Failed(SystemExit):
    """What had to be so was not."""


def say(text):
    print(f"  {time.monotonic() - BEGIN:6.1f} s  {text}", flush=True)


def check(is_so, text):
    """Says what was found; ends the script where it is not as it has to be."""
    if not is_so:
        raise Failed(f"FAILED: {text}")
    say(f"✓ {text}")


def summary(text):
    """The line that the table of all faults shows."""
    print(f"= {text}", flush=True)


def not_permitted(what):
    print(f"not tried: {what} is not permitted here", flush=True)
    raise SystemExit(NOT_PERMITTED)


def arguments(about, plant, **more):
    """The options of every fault, and more of its own.

    :param plant: what ``--plant`` does, so that the script must fail.
    :param more: a default and a help text by name.
    """
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binaries", required=True, help="the folder of the built programs")
    parser.add_argument("--quick", action="store_true", help="a short form for every run of the tests")
    parser.add_argument("--plant", action="store_true", help=f"tries the script itself: {plant}, and it must fail")
    for name, (default, text) in more.items():
        parser.add_argument(f"--{name}", type=type(default), default=default, help=text)
    parsed = parser.parse_args()
    parsed.binaries = str(Path(parsed.binaries).resolve())
    return parsed


@dataclass
class Answer:
    status: int
    headers: object
    body: bytes

    def json(self):
        return json.loads(self.body)


def ask(address, host, method, path, body=None, *, headers=None, timeout=15, source=None):
    """One request on a connection of its own. Raises OSError or HTTPException where there is no answer."""
    connection = http.client.HTTPConnection(address, timeout=timeout, source_address=source and (source, 0))
    try:
        connection.request(method, path, None if body is None else json.dumps(body),
                           {"Host": host, "Content-Type": "application/json", **(headers or {})})
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read())
    finally:
        connection.close()


NO_ANSWER = (OSError, http.client.HTTPException)


def eventually(what, attempt, limit=START_LIMIT, pause=0.1):
    """Asks until there is something other than None or False."""
    deadline = time.monotonic() + limit
    while True:
        found = attempt()
        if found:
            return found
        if time.monotonic() > deadline:
            raise Failed(f"FAILED: expected within {limit} s: {what}")
        time.sleep(pause)


class Taken:
    """A process of a cluster that a fault has taken over."""

    def __init__(self, description):
        self.command = description["command"]
        self.address = description["address"]
        self.admin = description["admin_address"]
        self.log = Path(description["log"])
        self.data = Path(description["data"]) if "data" in description else None
        self.first = description["pid"]
        self.process = None

    @property
    def pid(self):
        return self.process.pid if self.process else self.first

    @property
    def is_running(self):
        return self.process is not None and self.process.poll() is None

    def take(self):
        """Ends the process that the cluster has started."""
        os.kill(self.first, signal.SIGTERM)
        eventually("the cluster's own process ends", lambda: not Path(f"/proc/{self.first}").exists(), pause=0.02)

    def start(self, *, environment=None, prefix=(), waits=True):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [*map(str, prefix), *self.command], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                env={**os.environ, **(environment or {})})
        if waits:
            self.wait()

    def wait(self):
        def is_ready():
            if self.process.poll() is not None:
                raise Failed(f"FAILED: the process ended with {self.process.returncode}: {self.last_words()}")
            try:
                return ask(self.admin, self.admin, "GET", "/readyz").status == 200
            except NO_ANSWER:
                return False

        eventually("the process is ready", is_ready, pause=0.02)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        """SIGTERM; returns the exit code."""
        self.process.terminate()
        try:
            return self.process.wait(STOP_LIMIT)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise Failed("FAILED: expected: the process ends after SIGTERM") from None

    def end(self):
        """Whatever state it is in."""
        if self.is_running:
            self.process.kill()
        if self.process:
            self.process.wait()

    def last_words(self, count=3):
        return " | ".join(self.log.read_text(errors="replace").splitlines()[-count:])

    def metric(self, name):
        """The sum of all series of a metric."""
        page = ask(self.admin, self.admin, "GET", "/metrics").body.decode()
        found = [line.rpartition(" ")[2] for line in page.splitlines()
                 if line.startswith((f"{name} ", f"{name}{{"))]
        if not found:
            raise Failed(f"FAILED: there is no metric {name}")
        return sum(map(float, found))


class Ground:
    """A cluster of one geo, eu, whose node and router the fault starts itself."""

    def __init__(self, binaries, cluster, folder):
        self.binaries = binaries
        self.cluster = cluster
        self.folder = folder
        self.geo = cluster.geo("eu")
        self.node = Taken(self.geo["node"])
        self.router = Taken(cluster.description["router"])
        self.portal = self.geo["portal_url"].removeprefix("http://")
        self.api = self.geo["api_url"].removeprefix("http://")
        self.configuration = Path(self.node.command[-1])
        # What a fault changes of the node's configuration, for the node and for commands beside it.
        self.environment = {}
        self.node.take()

    def start_node(self, **how):
        self.node.start(environment=self.environment, **how)

    def register(self, email, *, at=None, **how):
        return ask((at or self.node).address, self.portal, "POST", "/api/v3/developer",
                   {"full_name": "Dev", "email": email}, **how)

    def developers(self, *, at=None, **how):
        """The first page of the admins' list: a read that always comes from the store."""
        return self.manage("GET", f"/v3/portals/{self.geo['portal_id']}/developers", at=at, **how)

    def manage(self, method, path, body=None, *, at=None, **how):
        return ask((at or self.node).address, self.api, method, path, body,
                   headers={"Authorization": f"Bearer {self.geo['admin_token']}"}, **how)

    def approve(self, email):
        path = f"/v3/portals/{self.geo['portal_id']}/developers"
        waiting = self.manage("GET", f"{path}?page%5Bsize%5D=100&filter%5Bstatus%5D%5Beq%5D=pending").json()["data"]
        [developer] = [one for one in waiting if one["email"] == email]
        answer = self.manage("PATCH", f"{path}/{developer['id']}", {"status": "approved"})
        check(answer.status == 200, f"an admin approves {email}")

    def portolanctl(self, *command):
        return subprocess.run([f"{self.binaries}/portolanctl", *map(str, command)], capture_output=True, text=True,
                              env={**os.environ, **self.environment})

    def verify_audit(self):
        result = self.portolanctl("audit", "verify", "--config", self.configuration)
        words = (result.stdout + result.stderr).strip().splitlines()
        check(result.returncode == 0 and words, f"portolanctl audit verify: {words[:1]}")


@contextmanager
def ground(binaries):
    with tempfile.TemporaryDirectory(prefix="portolan-fault-") as folder, \
            Cluster(binaries, "eu", plain_inside=True) as cluster:
        made = Ground(binaries, cluster, Path(folder))
        try:
            yield made
        finally:
            made.node.end()
            made.router.end()


def enter_own_mounts():
    """Begins anew in a mount namespace that ends with this process, so that no mount is left behind."""
    if os.environ.get("PORTOLAN_FAULT_MOUNTS") == "own":
        return
    command = ["unshare", "--mount", "--propagation", "private"]
    if os.geteuid() != 0 or subprocess.run([*command, "true"], capture_output=True).returncode != 0:
        not_permitted("a mount namespace")
    os.environ["PORTOLAN_FAULT_MOUNTS"] = "own"
    os.execvp(command[0], [*command, sys.executable, *sys.argv])
