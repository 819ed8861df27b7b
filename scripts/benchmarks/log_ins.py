"""Log-ins over HTTP, beside processes that do nothing but the password hash, on the same cores and at the same cost."""

import hashlib
import multiprocessing
import os
import re
import time
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path

import load
from bare_store import read_only
from population import Population

PASSWORD = "a quiet harbour at noon"
DEVELOPERS = 64
# Enough to keep every hashing thread busy, few enough that none is refused.
CONNECTIONS = 16
MAIL_LIMIT = 20


@dataclass
class Cost:
    """scrypt's parameters as a node writes them before each hash."""

    rounds: int
    block_size: int
    parallelism: int

    @classmethod
    def of(cls, phc):
        found = re.match(r"\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$", phc)
        if not found:
            raise SystemExit(f"expected a scrypt hash, found one that starts with {phc[:12]}")
        exponent, block_size, parallelism = map(int, found.groups())
        return cls(1 << exponent, block_size, parallelism)

    def __str__(self):
        return f"scrypt N={self.rounds}, r={self.block_size}, p={self.parallelism}"

    def spend(self):
        hashlib.scrypt(
            PASSWORD.encode(), salt=os.urandom(16), n=self.rounds, r=self.block_size, p=self.parallelism, dklen=32,
            maxmem=2 * 128 * self.rounds * self.block_size + (1 << 20))


class LogIns:
    """Developers with one password, whose hash the node itself has made, at its usual cost."""

    def __init__(self, cluster, geo):
        self.cluster, self.geo = cluster, geo
        phc = self._hash_by_the_node()
        self.cost = Cost.of(phc)
        cluster.stop_node(geo)
        self.addresses = Population(cluster.store(geo), cluster.geo(geo)["number"]).add_log_ins(phc, DEVELOPERS)
        cluster.start_node(geo)

    def run(self, seconds):
        return load.run(
            "log_ins.lua", self.cluster.geo(self.geo)["node"]["address"], seconds, CONNECTIONS,
            self.cluster.geo(self.geo)["portal_url"].removeprefix("http://"), PASSWORD, *self.addresses)

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


def hashes_alone(cost, seconds, processes):
    """Hashes per second of as many processes, each of which only hashes."""
    with multiprocessing.Pool(processes) as pool:
        return sum(pool.starmap(_rate, [(cost, seconds)] * processes))


def _rate(cost, seconds):
    cost.spend()
    count, start = 0, time.perf_counter()
    while time.perf_counter() - start < seconds:
        cost.spend()
        count += 1
    return count / (time.perf_counter() - start)
