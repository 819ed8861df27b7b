"""Walks every flow in each geo of a deployment of two regions, and searches every byte outside a geo for its developers."""

import argparse
import re
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

import places
import trial
from canaries import Person, encodings, make_mark, planted
from deployment import NUMBERS, ROUTERS, Deployment
from flows import GeoWalk
from network import Network, is_permitted
from search import Search, summary
from visitor import Unexpected

PEOPLE_PER_GEO = 4
NOT_PERMITTED = 69
LONGEST_REPORT = 40
# What a credential begins with: its kind and its geo.
NO_SECRET = re.compile(r"^ptl[a-z]+_[a-z0-9-]+_")


class Judgement:
    """What was searched, and what was found where it must not be."""

    def __init__(self, search):
        self.search = search
        self.rows = []
        self.leaks = []

    def look(self, place):
        size = leaks = own = 0
        for source, data, base in place.parts:
            size += len(data)
            for hit in self.search.hits(data, source, NUMBERS, base):
                if hit.geo in place.may_hold:
                    own += 1
                else:
                    leaks += 1
                    self.leaks.append(hit)
        self.rows.append((place.name, size, ",".join(sorted(place.may_hold)) or "nobody's", own, leaks))

    def held(self, name):
        return sum(own for row, _, _, own, _ in self.rows if row == name)

    def print(self, people):
        count = sum(len(person.canaries) for person in people)
        credentials = sum(map(len, self.search.credentials.values()))
        print(f"\n{count} canaries, {count // len(NUMBERS)} of each geo, in {len(encodings(people[0].mark))} forms, "
              f"and {credentials} cookies and mailed tokens\n")
        print(f"{'place':<38} {'bytes':>12}  {'may hold':<10} {'its own':>8} {'leaks':>6}")
        for name, size, may_hold, own, leaks in self.rows:
            print(f"{name:<38} {size:>12,}  {may_hold:<10} {own:>8} {leaks:>6}")
        print()


def say(text, start):
    print(f"  {time.monotonic() - start:6.1f} s  {text}", flush=True)


def parsed():
    parser = argparse.ArgumentParser(prog="scripts/canary-walk", description=__doc__)
    parser.add_argument("--binaries", required=True, help="the folder of the built programs")
    parser.add_argument("--where-permitted", action="store_true", help="succeed where namespaces are not permitted, and say so")
    parser.add_argument("--keep", action="store_true", help="keep the folder with all files and captures")
    parser.add_argument("--plant", action="store_true", help="put canaries into a router's log before the search: it must fail")
    parser.add_argument("--plain", action="store_true", help="without TLS and identities: the search must fail on the wires")
    return parser.parse_args()


def walk(deployment, search, people, folder, plants, start):
    """Everything between the start and the end of the processes; returns the judgement."""
    judgement = Judgement(search)
    record = folder / "sent"
    with open(record, "wb") as sent:
        for geo in NUMBERS:
            one = GeoWalk(deployment, geo, [person for person in people if person.geo == geo], sent)
            one.furnish()
            one.run()
            for what, text in one.credentials.items():
                search.add_credential(geo, what, NO_SECRET.sub("", text))
            for what, text in one.subjects.items():
                search.add_credential(geo, what, text, is_sent=False)
            say(f"every flow in {geo}, as {PEOPLE_PER_GEO} developers and an admin", start)
    for place in places.running(deployment):
        judgement.look(place)
    # A router that maps a file to write into it keeps something.
    mapped = {name: places.memory.mapped_files(deployment.processes[name].pid) for name in ROUTERS}
    say("searched metrics, memory and open files", start)
    deployment.network.stop_captures()
    deployment.stop()

    trial.find_sent(search, people, record)
    trial.find_mailed(search, people, deployment)
    trial.find_split(search, people)
    logs = {geo: deployment.log(f"node-{geo}") for geo in NUMBERS}
    count = trial.find_planted(search, people, logs, folder / "trial")
    for geo in NUMBERS:
        if not judgement.held(f"node-{geo}, memory"):
            raise trial.NotFound(f"the search is blind: the memory of geo {geo}'s own node holds nothing of it")
    say(f"the search found what it must: on the wire of each geo's mail, in memory, and {count} planted forms", start)

    if plants:
        with open(deployment.log("router-us"), "ab") as log:
            for form, data in planted(people[0].text("local part")):
                log.write(data + b"\n")
    for place in places.left(deployment):
        judgement.look(place)
    say("searched logs, files, mails and captures", start)
    judgement.print(people)
    return judgement, complaints(judgement, deployment, mapped)


def complaints(judgement, deployment, mapped):
    lines = [f"{name} maps files to write into them: {', '.join(paths)}" for name, paths in mapped.items() if paths]
    lines += [f"HTTP in the clear between router and node: {name}" for name in sorted(set(places.plain_http(deployment.network)))]
    mail_links = {deployment.mail_link(geo) for geo in NUMBERS}
    for link in deployment.network.links:
        if link.name not in mail_links and not places.encrypted_connections(link):
            lines.append(f"no TLS connection was seen on {link.name}, so its capture proves nothing")
    client = deployment.network.address("client", "router-eu"), deployment.network.address("client", "router-us")
    for name in deployment.processes:
        text = deployment.log(name).read_text(errors="replace")
        lines += [f"{name}'s log has the client's address" for address in client if f"{address}\"" in text or f"{address}:" in text]
    return lines + list(summary(judgement.leaks))


def main():
    arguments = parsed()
    if not is_permitted():
        print("canary walk: not done, because network namespaces are not permitted here; it needs root and CAP_SYS_ADMIN.")
        sys.exit(0 if arguments.where_permitted else NOT_PERMITTED)
    # An interrupt or a stop unwinds like any error, so that everything is removed.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda which, _: sys.exit(128 + which))
    start = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix="canary-walk-"))
    marks = {geo: make_mark() for geo in NUMBERS}
    people = [Person(geo, number + 1, marks[geo]) for geo in NUMBERS for number in range(PEOPLE_PER_GEO)]
    search = Search(marks, people)
    network = Network(folder)
    deployment = Deployment(network, arguments.binaries, folder, arguments.plain)
    try:
        deployment.start()
        say(f"{len(deployment.processes)} processes in {len(network.names)} namespaces, "
            f"{len(network.links)} links, a capture on each", start)
        judgement, lines = walk(deployment, search, people, folder, arguments.plant, start)
    except Unexpected as problem:
        sys.exit(f"canary walk: {problem}")
    finally:
        # Whoever is impatient at the end must not leave half of it behind.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        try:
            deployment.stop()
        finally:
            network.remove()
            if arguments.keep:
                print(f"everything is kept in {folder}")
            else:
                shutil.rmtree(folder, ignore_errors=True)
    for line in lines[:LONGEST_REPORT]:
        print(f"  {line}")
    if lines:
        sys.exit(f"canary walk: {len(lines)} findings outside the geos")
    print("canary walk: no byte outside a geo holds anything of its developers")


if __name__ == "__main__":
    main()
