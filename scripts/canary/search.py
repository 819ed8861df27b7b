"""Looks for canaries in bytes, wherever the bytes come from."""

from collections import Counter
from dataclasses import dataclass

from canaries import encodings

OVERLAP = 512
SHORTEST_CREDENTIAL = 16


@dataclass(frozen=True)
class Hit:
    geo: str
    canary: str
    encoding: str
    source: str
    offset: int


class Search:
    """All canaries of all geos. The marks are looked for first; what stands behind one tells which canary it is."""

    def __init__(self, marks, people):
        self.marks = {geo: encodings(mark) for geo, mark in marks.items()}
        self.full = {}
        self.credentials = {geo: [] for geo in marks}
        for person in people:
            for canary in person.canaries.values():
                for name, form, folded in encodings(canary.text):
                    self.full.setdefault((canary.geo, name), []).append((form, canary.what))

    def add_credential(self, geo, what, text, is_sent=True):
        """Looks for something random that a node or the provider has made, as it is; the client has sent it unless it says otherwise."""
        if len(text) < SHORTEST_CREDENTIAL:
            raise SystemExit(f"the {what} of {geo} is too short to be looked for: it would be found by chance")
        if is_sent:
            self.credentials[geo].append(what)
        self.marks[geo].append((what, text.lower().encode(), True))
        self.full[geo, what] = [(text.lower().encode(), what)]

    def hits(self, data, source, geos, base=0):
        """What bytes hold of these geos: as they are, and without the line breaks of mails."""
        unwrapped = data
        for wrap in (b"=\r\n", b"=\n", b"\r\n", b"\n"):
            unwrapped = unwrapped.replace(wrap, b"")
        found = list(self.hits_as_is(data, source, geos, base))
        seen = {(hit.geo, hit.canary, hit.encoding) for hit in found}
        if len(unwrapped) != len(data):
            for hit in self.hits_as_is(unwrapped, f"{source} (lines joined)", geos, base):
                if (hit.geo, hit.canary, hit.encoding) not in seen:
                    found.append(hit)
        return found

    def hits_as_is(self, data, source, geos, base=0):
        lowered = data.lower()
        for geo in geos:
            for encoding, form, folded in self.marks[geo]:
                text = lowered if folded else data
                at = text.find(form)
                while at >= 0:
                    yield Hit(geo, self.canary(geo, encoding, text, at), encoding, source, base + at)
                    at = text.find(form, at + 1)

    def canary(self, geo, encoding, text, at):
        for form, what in self.full[geo, encoding]:
            if text.startswith(form, at):
                return what
        return "part of a canary"


def summary(hits):
    """Lines that say what was found, each canary and form once for each source."""
    groups, first = Counter(), {}
    for hit in hits:
        key = (hit.source, hit.geo, hit.canary, hit.encoding)
        groups[key] += 1
        first.setdefault(key, hit.offset)
    for (source, geo, canary, encoding), count in groups.items():
        at = first[source, geo, canary, encoding]
        form = "as it is" if encoding == canary else encoding
        yield f"{source}: the {canary} of {geo}, {form}, at {at}" + (f" and {count - 1} more" if count > 1 else "")
