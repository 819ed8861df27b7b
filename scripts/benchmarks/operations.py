"""What admins' tools ask of a node, one request after another, at portals of different sizes.

Each portal has a node of its own, and the nodes are asked in turn, so that whatever else the machine does falls on all alike.
"""

import gc
import http.client
import json
import random
import time
import uuid
from dataclasses import dataclass, field
from itertools import cycle, islice
from urllib.parse import quote

from bare_store import read_only
from population import COMMON_NAME, RARE_ADDRESS

WARM_UP = 20
# An operation that has taken this long in one portal is judged by what there is.
TIME_LIMIT = 15


@dataclass
class Operation:
    name: str
    method: str
    # What follows `/developers`; a developer's id comes in by `{id}`.
    path: str
    body: dict | None = None
    # The condition of the developers that it is about.
    about: str | None = None
    # The most requests of it, where each needs a developer of its own.
    once: int | None = None


OPERATIONS = [
    Operation("list, first page", "GET", ""),
    Operation("list, status is pending", "GET", "?filter[status]=pending"),
    Operation("list, sorted by e-mail", "GET", "?sort=email"),
    Operation("search, e-mail contains, rare", "GET", f"?filter[email][contains]={RARE_ADDRESS}"),
    Operation("search, name contains, common", "GET", f"?filter[name][contains]={COMMON_NAME}"),
    Operation("get one", "GET", "/{id}", about="1"),
    Operation("approve one", "PATCH", "/{id}", {"status": "approved"}, about="status = 'pending' AND verified_at IS NOT NULL",
              once=360),
]


@dataclass
class Portal:
    """A portal with many developers, and a connection to its node that stays open."""

    cluster: object
    geo: str
    developers: int
    latencies: dict = field(default_factory=dict)

    def __post_init__(self):
        geo = self.cluster.geo(self.geo)
        self.connection = http.client.HTTPConnection(geo["node"]["address"], timeout=60)
        self.base = f"/v3/portals/{geo['portal_id']}/developers"
        self.headers = {"Host": geo["api_url"].removeprefix("http://"), "Content-Type": "application/json",
                        "Authorization": f"Bearer {geo['admin_token']}"}

    def ask(self, operation, identity):
        """Milliseconds from the request to the last byte of the answer, and its status and body."""
        path = quote(self.base + operation.path.replace("{id}", identity), safe="/?=&")
        body = None if operation.body is None else json.dumps(operation.body).encode()
        start = time.perf_counter()
        self.connection.request(operation.method, path, body, self.headers)
        answer = self.connection.getresponse()
        text = answer.read()
        return (time.perf_counter() - start) * 1000, answer.status, text

    def subjects(self, operation, count):
        """The ids of developers that an operation is about, in no order."""
        if not operation.about:
            return [""] * count
        with read_only(self.cluster.store(self.geo)) as database:
            found = [row[0] for row in database.execute(f"SELECT id FROM developer WHERE {operation.about}")]
        random.shuffle(found)
        if operation.once and len(found) < count:
            raise SystemExit(f"the portal with {self.developers} developers has only {len(found)} for \"{operation.name}\"")
        return [str(uuid.UUID(bytes=identity)) for identity in islice(cycle(found), count)]

    def percentile(self, operation, share):
        values = sorted(self.latencies[operation.name])
        return values[min(len(values) - 1, int(len(values) * share))]


def measure(operation, portals, requests, rounds):
    """Fills the portals' latencies; false where the nodes do not offer the operation."""
    requests = min(requests, operation.once or requests)
    subjects = {portal.geo: portal.subjects(operation, WARM_UP + requests) for portal in portals}
    for portal in portals:
        portal.latencies[operation.name] = []
    gc.disable()
    try:
        for portal in portals:
            for _ in range(WARM_UP):
                if not _ask(portal, operation, subjects):
                    return False
        for number in range(rounds):
            first = number % len(portals)
            for portal in portals[first:] + portals[:first]:
                _ask_some(portal, operation, subjects, requests // rounds, TIME_LIMIT / rounds)
        return True
    finally:
        gc.enable()


def _ask_some(portal, operation, subjects, count, seconds):
    end = time.perf_counter() + seconds
    for _ in range(count):
        portal.latencies[operation.name].append(_ask(portal, operation, subjects))
        if time.perf_counter() > end:
            return


def _ask(portal, operation, subjects):
    """The milliseconds of one request; None where it is not offered."""
    milliseconds, status, text = portal.ask(operation, subjects[portal.geo].pop())
    if status == 400:
        return None
    if status != 200:
        raise SystemExit(f"\"{operation.name}\" was answered with {status}: {text.decode()}")
    return milliseconds
