"""Log-ins over HTTP, beside a process that does nothing but the password hash, on the same cores and at the same cost."""

import re
import resource
import subprocess
import time
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path

import load
import processes
from bare_store import read_only
from population import Population

PASSWORD = "a quiet harbour at noon"
DEVELOPERS = 64
# Enough to keep every hashing thread busy, few enough that none is refused.
CONNECTIONS = 16
MAIL_LIMIT = 20


class LogIns:
    """Developers with one password, whose hash the node itself has made, at its usual cost."""

    def __init__(self, cluster, geo, developers=DEVELOPERS):
        self.cluster, self.geo = cluster, geo
        phc = self._hash_by_the_node()
        self.cost = phc.split("$")[2]
        cluster.stop_node(geo)
        self.addresses = Population(cluster.store(geo), cluster.geo(geo)["number"]).add_log_ins(phc, developers)
        cluster.start_node(geo)

    def run(self, seconds):
        """The load, and the seconds of a core that the node spent on each log-in."""
        pid = self.cluster.pid(self.geo)
        before = processes.core_seconds(pid)
        result = load.run(
            "log_ins.lua", self.cluster.geo(self.geo)["node"]["address"], seconds, CONNECTIONS,
            self.cluster.geo(self.geo)["portal_url"].removeprefix("http://"), PASSWORD, *self.addresses)
        return result, (processes.core_seconds(pid) - before) / result.count

    def _hash_by_the_node(self):
        """Registers somebody, follows the mail, chooses the password; returns what the node stored."""
        email = "hash@bench.example"
        self.cluster.visit(self.geo, "POST", "/api/v3/developer", {"full_name": "Hash Bench", "email": email})
        verified = self.cluster.visit(
            self.geo, "POST", "/api/v3/developer/verify-email", {"token": self._mailed_token(email)})
        self.cluster.visit(self.geo, "POST", "/api/v3/developer/reset-password",
                           {"token": verified["token"], "password": PASSWORD})
        with read_only(self.cluster.store(self.geo)) as database:
            return database.execute("SELECT password_hash FROM developer WHERE email_key = ?", (email,)).fetchone()[0]

    def _mailed_token(self, email):
        end = time.monotonic() + MAIL_LIMIT
        while time.monotonic() < end:
            for file in sorted(Path(self.cluster.geo(self.geo)["maildir"]).rglob("*.eml"), reverse=True):
                mail = message_from_bytes(file.read_bytes(), policy=policy.default)
                found = re.search(r"token=([0-9a-f-]{36})", mail.get_body(("plain",)).get_content())
                if email in mail["To"] and found:
                    return found[1]
            time.sleep(0.1)
        raise SystemExit(f"no mail to {email} within {MAIL_LIMIT} s")


@dataclass
class Hashing:
    """Hashes per second, and the seconds of a core that each took."""

    rate: float
    core_seconds: float


def hashes_alone(binaries, cost, seconds, threads):
    """Only checks passwords, with the node's own code at its usual cost, which has to be that of its stored hashes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    output = subprocess.run(
        [f"{binaries}/portolan-hash-rate", str(threads), str(seconds)], check=True, capture_output=True, text=True).stdout
    elapsed = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    measured, rate = output.split()
    if measured != cost:
        raise SystemExit(f"the node hashes at {cost}, and the peer at {measured}")
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Hashing(float(rate), spent / (float(rate) * elapsed))
