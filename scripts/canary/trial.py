"""Tries the search itself: one that finds nothing anywhere would prove nothing."""

import shutil

import captures
from canaries import planted


class NotFound(SystemExit):
    pass


def expect(canary, hits, where):
    if not any(hit.geo == canary.geo and hit.canary == canary.what for hit in hits):
        raise NotFound(f"the search is blind: it did not find the {canary.what} of {canary.geo} in {where}")


def find_planted(search, people, logs, folder):
    """Writes each canary in each form into a copy of another geo's log, and finds each; returns how many there were."""
    folder.mkdir()
    count = 0
    for person in people:
        log = next(file for geo, file in logs.items() if geo != person.geo)
        for canary in person.canaries.values():
            for form, data in planted(canary.text):
                copy = folder / "log"
                shutil.copy(log, copy)
                with open(copy, "ab") as file:
                    file.write(b'{"message":"' + data + b'"}\n')
                expect(canary, search.hits(copy.read_bytes(), form, [canary.geo]), f"a log, as {form}")
                count += 1
    return count


def find_split(search, people):
    """Finds a canary that comes in several segments, out of order and partly twice."""
    for person in people:
        for canary in person.canaries.values():
            text = canary.text.encode()
            begin = 0xFFFFFFFC
            segments = [(begin, text[:6]), (begin + 11, text[11:]), (begin + 4, text[4:12]), (begin, text[:6])]
            [flow] = captures.flows(captures.written(segments))
            expect(canary, search.hits(flow.payload(), "segments", [canary.geo]), "the segments of a connection")


def find_sent(search, people, record):
    """Finds each canary in what the client sent: all of them have been on their way."""
    content = record.read_bytes()
    for geo, credentials in search.credentials.items():
        found = {hit.canary for hit in search.hits(content, "requests", [geo])}
        for what in credentials:
            if what not in found:
                raise NotFound(f"the search is blind: it did not find the {what} of {geo} in what the client sent")
    for person in people:
        hits = search.hits(content, "requests", [person.geo])
        for canary in person.canaries.values():
            expect(canary, hits, "what the client sent")


def find_mailed(search, people, deployment):
    """Finds names and addresses where they must be in the clear: on the wire to the geo's own submission server."""
    for geo in {person.geo for person in people}:
        [link] = [link for link in deployment.network.links if link.name == deployment.mail_link(geo)]
        content = link.file.read_bytes()
        hits = search.hits(content, "packets", [geo])
        for flow in captures.flows(content):
            hits += search.hits(flow.payload(), "connection", [geo])
        for person in people:
            if person.geo == geo and person.is_mailed:
                for what in ("local part", "domain part"):
                    expect(person.canaries[what], hits, link.name)
