"""Measures what each page of a portal and of the console costs its node, and how much a browser loads for it.

  CPU       the time of all threads of the node for one request, one request at a time over a connection that stays open:
            at a store of a million developers and a thousand published APIs, beside ten of each, and beside a handler of the
            same server that does nothing. A list is a full page at the large store and ten rows at the small one; so it is
            judged beside a third store with 60 developers and 60 APIs, whose page is as full. The nodes take turns, so that a
            busy moment of the machine falls on all; the figure is the median of the rounds.
  weight    the page with its styles, its script and its icon, uncompressed, as a browser without a cache loads them.

Every answer is checked against the status that was expected. Other work of the machine is in all figures.
"""

import argparse
import http.client
import json
import os
import re
import statistics
import time
from dataclasses import dataclass, replace
from urllib.parse import quote

import log_ins
import processes
from cluster import Cluster
from console_visitor import ConsoleVisitor
from population import Population
from report import Bystanders, Row, at_most, print_table, say

FEW = 10
# More than any page lists.
FULL_PAGE = 60
# What `cluster up` publishes by itself.
SAMPLES = 2
MOST_WEIGHT = 60_000
MOST_RATIO = 1.2

DOCUMENT = """
openapi: 3.1.0
info: {title: Quays, version: '1', description: 'What lies at **which** quay.'}
servers: [{url: 'https://quays.example.com/v1'}]
security: [{key: []}]
paths:
  /quays: {get: {operationId: listQuays, summary: List the quays, tags: [Quays], responses: {'200': {description: All, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Quay'}}}}}}}}
  /quays/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get: {operationId: getQuay, summary: Read one, tags: [Quays], responses: {'200': {description: It, content: {application/json: {schema: {$ref: '#/components/schemas/Quay'}}}}}}
    put: {operationId: putQuay, summary: Change one, tags: [Quays], requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Quay'}}}}, responses: {'204': {description: Done}}}
    delete: {operationId: deleteQuay, summary: Remove one, tags: [Quays], responses: {'204': {description: Gone}}}
components:
  securitySchemes: {key: {type: apiKey, name: X-Key, in: header}}
  schemas:
    Quay: {type: object, required: [id], properties: {id: {type: string}, length: {type: number}, ships: {type: array, items: {type: string}}}}
"""


@dataclass
class Page:
    name: str
    path: str
    by_developer: bool = False
    status: int = 200
    # Whether it shows as many rows as there are, up to a full page.
    lists: bool = False
    in_console: bool = False
    # Whether a page of the console is asked for without its log-in.
    before_log_in: bool = False
    # Whether it is shown only for a while after the password was typed.
    after_password: bool = False


PAGES = [
    Page("catalog", "/", lists=True),
    Page("catalog of a developer", "/", by_developer=True, lists=True),
    Page("catalog, search for a word in every API", "/?q=quay", lists=True),
    Page("catalog, search for one API", "/?q=quay+000003"),
    Page("catalog, search for nothing", "/?q=xyzzy"),
    Page("an API with its document", "/apis/quay-000003"),
    Page("one operation", "/apis/quay-000003/operations/getquay"),
    Page("one schema", "/apis/quay-000003/schemas/quay"),
    Page("the document itself", "/apis/quay-000003/document"),
    Page("sign up", "/register"),
    Page("log in", "/login"),
    Page("verify an address", "/login?token=x"),
    Page("choose a password", "/reset-password?token=x"),
    Page("forgot password", "/forgot-password"),
    Page("waiting for approval", "/approval-pending"),
    Page("account", "/account", by_developer=True),
    Page("delete the account", "/account/delete", by_developer=True),
    Page("log out", "/logout", by_developer=True),
    Page("no such page", "/nothing", status=404),
]

# What is in braces is an id, or an address, of the store.
CONSOLE_PAGES = [
    Page("log in", "/login", before_log_in=True),
    Page("a link that is good no more", "/password?token=x", before_log_in=True, status=400),
    Page("forgot password", "/forgot-password", before_log_in=True),
    Page("portals", "/"),
    Page("access requests", "/portals/acme/requests", lists=True),
    Page("developers", "/portals/acme/developers", lists=True),
    Page("developers, sorted by address", "/portals/acme/developers?sort=email", lists=True),
    Page("developers, search for one address", "/portals/acme/developers?q={address}"),
    Page("developers, search for a part of one address", "/portals/acme/developers?in=email&q=log-in-0"),
    Page("developers, search for a part of every address", "/portals/acme/developers?in=email&q=example", lists=True),
    Page("one developer", "/portals/acme/developers/{developer}"),
    Page("invite a developer", "/portals/acme/developers/invite"),
    Page("settings", "/portals/acme/settings"),
    Page("ways to log in", "/portals/acme/log-in"),
    Page("new identity provider", "/portals/acme/log-in/new"),
    Page("look", "/portals/acme/look"),
    Page("e-mail texts", "/portals/acme/mail-texts"),
    Page("one e-mail text", "/portals/acme/mail-texts/confirm-email-address"),
    Page("catalog", "/apis", lists=True),
    Page("catalog, search for one API", "/apis?q=quay+000003"),
    Page("new API", "/apis/new"),
    Page("one API", "/apis/{api}"),
    Page("mails", "/mails"),
    Page("audit", "/audit", lists=True),
    Page("confirm the password", "/confirm-password"),
    Page("admins", "/admins", after_password=True),
    Page("one admin", "/admins/{admin}", after_password=True),
    Page("account", "/account"),
]
PAGES += [replace(page, name=f"console, {page.name}", in_console=True) for page in CONSOLE_PAGES]


class Site:
    """A portal with so many developers and APIs, and a connection to its node that stays open."""

    def __init__(self, cluster, geo, developers, apis):
        self.cluster, self.geo, self.developers, self.apis = cluster, geo, developers, apis
        self.ids = {}
        self._publish()
        # One who has made the hash and one who logs in count as two.
        [self.address] = log_ins.LogIns(cluster, geo, developers=1).addresses
        cluster.stop_node(geo)
        Population(cluster.store(geo), cluster.geo(geo)["number"]).grow(developers)
        cluster.start_node(geo)
        node = cluster.geo(geo)["node"]
        self.host = cluster.geo(geo)["portal_url"].removeprefix("http://")
        self.connection = http.client.HTTPConnection(node["address"], timeout=60)
        self.health = http.client.HTTPConnection(node["admin_address"], timeout=60)
        self.cookies = self._log_in()
        self.ids |= {
            "address": quote(self.address),
            "developer": self._first(f"/v3/portals/{cluster.geo(geo)['portal_id']}/developers"),
            "admin": self._first("/v3/admins"),
        }
        self.admin = ConsoleVisitor(cluster, geo)
        self.admin.log_in()

    def _publish(self):
        for number in range(self.apis - SAMPLES):
            api = self.cluster.manage(self.geo, "POST", "/v3/apis", {
                "name": f"Quay {number:06}", "slug": f"quay-{number:06}", "description": "What lies at which quay.",
                "version": "1", "spec_content": DOCUMENT})
            portal = self.cluster.geo(self.geo)["portal_id"]
            self.cluster.manage(
                self.geo, "PUT", f"/v3/apis/{api['id']}/publications/{portal}", {"visibility": "public"})
            self.ids["api"] = api["id"]

    def _log_in(self):
        body = f'{{"username": "{self.address}", "password": "{log_ins.PASSWORD}"}}'
        self.connection.request("POST", "/api/v3/developer/authenticate", body, {
            "Host": self.host, "Content-Type": "application/json"})
        answer = self.connection.getresponse()
        answer.read()
        if answer.status != 204:
            raise SystemExit(f"the developer could not log in: {answer.status}")
        return "; ".join(cookie.split(";")[0] for cookie in answer.headers.get_all("Set-Cookie"))

    def _first(self, path):
        """The id of the first thing of a list of the management API."""
        # Of the node itself: the router may not have seen yet that it is back.
        geo = self.cluster.geo(self.geo)
        headers = {"Host": geo["api_url"].removeprefix("http://"), "Authorization": f"Bearer {geo['admin_token']}"}
        body = self._get(self.connection, f"{path}?page%5Bsize%5D=1", headers, 200)
        return json.loads(body)["data"][0]["id"]

    def load(self, page):
        """The body of a page."""
        headers = {"Host": self.admin.host if page.in_console else self.host}
        if page.in_console and not page.before_log_in:
            headers["Cookie"] = self.admin.cookies
        elif page.by_developer:
            headers["Cookie"] = self.cookies
        return self._get(self.connection, page.path.format_map(self.ids), headers, page.status)

    def weight(self, page):
        """Bytes of the page and of everything that it loads."""
        body = self.load(page)
        found = re.findall(rb'<(?:link rel="(?:stylesheet|icon)" href|script src|img[^>]* src)="([^"]+)"', body)
        return len(body) + sum(len(self.load(replace(page, path=path.decode(), status=200))) for path in set(found))

    def reconnect(self):
        """Opens its connections anew, which the node has closed where another store took long to fill."""
        for connection in (self.connection, self.health):
            connection.close()

    def page_cost(self, page, requests):
        """Microseconds of a core for each request."""
        return self._cost(lambda: self.load(page), requests)

    def empty_cost(self, requests):
        return self._cost(lambda: self._get(self.health, "/healthz", {}, 200), requests)

    def _cost(self, ask, requests):
        pid = self.cluster.pid(self.geo)
        before = processes.precise_core_seconds(pid)
        for _ in range(requests):
            ask()
        return (processes.precise_core_seconds(pid) - before) / requests * 1e6

    @staticmethod
    def _get(connection, path, headers, status):
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != status:
            raise SystemExit(f"{path} was answered with {answer.status}")
        return body


def in_turn(sites, rounds, cost):
    """The medians of what each site's request costs."""
    costs = {site.geo: [] for site in sites}
    for site in sites:
        cost(site)
    for number in range(rounds):
        first = number % len(sites)
        for site in sites[first:] + sites[:first]:
            costs[site.geo].append(cost(site))
    return [statistics.median(costs[site.geo]) for site in sites]


def measure(sites, rounds, requests):
    few, full, many = sites
    for site in sites:
        site.reconnect()
    empty = statistics.median(in_turn(sites, rounds, lambda site: site.empty_cost(requests)))
    say(f"a handler that does nothing: {empty:.0f} µs of CPU; then each page at {few.developers:,}/{few.apis:,}, "
        f"{full.developers:,}/{full.apis:,} and {many.developers:,}/{many.apis:,} developers/APIs, in µs; its weight in bytes")
    rows = [Row("a handler that does nothing", f"{empty:.0f} µs")]
    for page in PAGES:
        if page.after_password:
            for site in sites:
                site.admin.confirm()
        costs = in_turn(sites, rounds, lambda site: site.page_cost(page, requests))
        weight = many.weight(page)
        say(f"  {page.name:<46}" + "".join(f"{cost:>9.0f}" for cost in costs) + f"{weight:>10,}")
        rows.append(at_most(f"{page.name}: CPU, many : few", costs[2] / costs[1 if page.lists else 0], MOST_RATIO))
        if page.lists:
            rows.append(Row(f"  many : few, whose page has {FEW} rows", f"{costs[2] / costs[0]:.2f}"))
        rows.append(Row("  its multiple of the handler that does nothing", f"{costs[2] / empty:.1f}"))
        rows.append(Row("  weight", f"{weight:,} bytes", f"below {MOST_WEIGHT:,}", weight < MOST_WEIGHT))
    return rows


def main():
    parser = argparse.ArgumentParser(
        prog="scripts/bench pages", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="The whole takes about fifteen minutes on two cores; --quick takes about one, and its figures are rough.")
    parser.add_argument("--binaries", required=True, help="the folder of the release builds; scripts/bench gives it")
    parser.add_argument("--quick", action="store_true", help="20,000 developers, 100 APIs, few rounds")
    arguments = parser.parse_args()
    developers, apis = (20_000, 100) if arguments.quick else (1_000_000, 1_000)
    rounds, requests = (3, 100) if arguments.quick else (9, 300)
    start, bystanders = time.perf_counter(), Bystanders(3)
    bystanders.look()
    with Cluster(arguments.binaries, "eu,us,au", plain_inside=True) as cluster:
        say(f"filling stores: {developers:,} developers and {apis:,} APIs in the largest")
        sizes = {"eu": (FEW, FEW), "us": (FULL_PAGE, FULL_PAGE), "au": (developers, apis)}
        sites = [Site(cluster, geo, *size) for geo, size in sizes.items()]
        bystanders.look()
        rows = measure(sites, rounds, requests)
    bystanders.look()
    rows.append(bystanders.row("before, in between and after"))
    print_table(f"pages, medians of {rounds} rounds of {requests} requests, on {os.cpu_count()} cores, in "
                f"{(time.perf_counter() - start) / 60:.1f} minutes", rows,
                bystanders.doubt("run it again before you judge by these figures."))


if __name__ == "__main__":
    main()
