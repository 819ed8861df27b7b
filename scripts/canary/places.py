"""Everywhere that a developer's data could have come to, and whose data each place may hold."""

from dataclasses import dataclass

import captures
import memory
from deployment import NODE_PORT, NUMBERS, ROUTERS
from search import OVERLAP


@dataclass
class Place:
    name: str
    # The geos whose developers' data may be there.
    may_hold: frozenset
    # (what it is called, bytes, the offset of their first)
    parts: object


def nothing():
    return frozenset()


def files(*paths, except_for=()):
    """Every file below these paths."""
    for path in paths:
        for file in sorted(path.rglob("*") if path.is_dir() else [path]):
            if file.is_file() and file not in except_for:
                yield file.name if file == path else str(file.relative_to(path.parent)), file.read_bytes(), 0


def running(deployment):
    """What is only there while the processes run: their metrics, their memory, what they hold open or mapped."""
    for name, process in deployment.processes.items():
        homes = frozenset([name.removeprefix("node-")] if name not in ROUTERS else ROUTERS[name])
        yield Place(f"{name}, memory", homes, (
            (f"{name}'s memory", data, at) for at, data in memory.chunks(process.pid, OVERLAP)))
        folder = str(deployment.folder)
        may_keep = nothing() if name in ROUTERS else homes
        yield Place(f"{name}, open and mapped files", may_keep, (
            (what, path.read_bytes(), 0) for what, path in memory.open_files(process.pid) if not what.startswith(folder)))
        # The write-ahead logs of stores, before they are folded in.
        yield Place(f"{name}, files meanwhile", may_keep, files(deployment.folder / name))
        pages = ["/metrics", "/readyz", "/healthz"]
        yield Place(f"{name}, metrics", nothing(), (
            (f"{name}{page}", deployment.admin_page(name, page), 0) for page in pages))


def left(deployment):
    """What is there when all have ended."""
    for name in deployment.processes:
        is_router = name in ROUTERS
        home = nothing() if is_router else frozenset([name.removeprefix("node-")])
        yield Place(f"{name}, log", nothing(), files(deployment.log(name)))
        yield Place(f"{name}, files", home, files(deployment.folder / name))
    for geo in NUMBERS:
        yield Place(f"smtp-{geo}, mails", frozenset([geo]), files(deployment.folder / f"mail-{geo}"))
    for link in deployment.network.links:
        [home] = [{geo} for geo in NUMBERS if link.name == deployment.mail_link(geo)] or [set()]
        yield Place(f"link {link.name}", frozenset(home), wire(link))


def wire(link):
    content = link.file.read_bytes()
    yield f"packets of {link.name}", content, 0
    for flow in captures.flows(content):
        yield f"a connection on {link.name} to port {flow.target[1]}", flow.payload(), 0


def plain_http(network):
    """The service connections between routers and nodes that were not encrypted; probes of a node's readiness are plain and hold nothing."""
    for link in network.links:
        for flow in captures.flows(link.file.read_bytes()):
            if NODE_PORT in (flow.source[1], flow.target[1]) and b"HTTP/1." in flow.payload():
                yield link.name


def encrypted_connections(link):
    """How many connections began with a ClientHello, at once or after a PROXY protocol header."""
    return sum(b"\x16\x03\x01" in flow.payload()[:300] for flow in captures.flows(link.file.read_bytes()))
