"""A local cluster, started by portolanctl and stopped when its input is closed."""

import email
import email.policy
import json
import os
import re
import signal
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

# Never by way of a proxy: everything is on this machine.
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))

MAIL_SECONDS = 20


class Cluster:
    """Geos with a node each, and a router; what a test or a benchmark asks of them.

        with Cluster(binaries, "eu,us") as cluster:
            cluster.approve("eu", "jana@example.com")
    """

    def __init__(self, binaries, geos, *, plain_inside=False):
        self.binaries = binaries
        self.restarted = {}
        self.process = subprocess.Popen(
            [f"{binaries}/portolanctl", "cluster", "up", "--ephemeral", "--json", "--geos", geos]
            + (["--plain-inside"] if plain_inside else []),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit("the cluster did not start")
        self.description = json.loads(line)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in self.restarted.values():
            process.terminate()
            process.wait()
        self.process.stdin.close()
        self.process.wait()

    def geo(self, name):
        return self.description["geos"][name]

    def store(self, geo):
        """The path of the SQLite file of a geo."""
        return Path(self.geo(geo)["node"]["data"]) / "store.sqlite"

    def pid(self, geo):
        """The process of a geo's node."""
        return self.restarted[geo].pid if geo in self.restarted else self.geo(geo)["node"]["pid"]

    def stop_node(self, geo):
        """Stops a geo's node and returns when it is gone."""
        if geo in self.restarted:
            process = self.restarted.pop(geo)
            process.terminate()
            process.wait()
            return
        pid = self.geo(geo)["node"]["pid"]
        os.kill(pid, signal.SIGTERM)
        while Path(f"/proc/{pid}").exists():
            time.sleep(0.05)

    def start_node(self, geo):
        """Starts a geo's node that was stopped; returns the seconds from exec to the first 200 of /readyz."""
        node = self.geo(geo)["node"]
        start = time.perf_counter()
        with open(node["log"], "ab") as log:
            process = subprocess.Popen(node["command"], stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self.restarted[geo] = process
        while True:
            try:
                with DIRECT.open(f"http://{node['admin_address']}/readyz", timeout=60) as answer:
                    if answer.status == 200:
                        return time.perf_counter() - start
            except OSError:
                if process.poll() is not None:
                    raise SystemExit(f"the node of {geo} did not start; its log is {node['log']}")
                time.sleep(0.001)

    def console_link(self, geo, email, role="owner"):
        """The link by which an admin of a geo chooses a password for the console, as an operator hands it on."""
        configuration = self.geo(geo)["node"]["command"][-1]
        return subprocess.run(
            [f"{self.binaries}/portolanctl", "admin", "link", "--config", configuration, "--email", email, "--role", role],
            check=True, capture_output=True, text=True).stdout.strip()

    def manage(self, geo, method, path, body=None):
        """One request to a geo's management API, through the router, as its admin."""
        return self.request(
            self.geo(geo)["api_url"], method, path, body, {"Authorization": f"Bearer {self.geo(geo)['admin_token']}"})

    def visit(self, geo, method, path, body=None):
        """One request to the API of a geo's portal, through the router, as anybody."""
        return self.request(self.geo(geo)["portal_url"], method, path, body, {})

    def request(self, url, method, path, body, headers):
        request = urllib.request.Request(
            f"http://{self.description['router']['address']}{path}", method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Host": url.removeprefix("http://"), "Content-Type": "application/json", **headers})
        try:
            with DIRECT.open(request) as answer:
                text = answer.read()
        except urllib.error.HTTPError as refusal:
            raise SystemExit(f"{method} {path} was answered with {refusal.code}: {refusal.read().decode()}") from None
        return json.loads(text) if text else None

    def log_in(self, geo, email, password):
        """Logs in by the Portal API, as a client that is no browser; returns the status."""
        request = urllib.request.Request(
            f"http://{self.description['router']['address']}/api/v3/developer/authenticate", method="POST",
            data=json.dumps({"username": email, "password": password}).encode(),
            headers={"Host": self.geo(geo)["portal_url"].removeprefix("http://"), "Content-Type": "application/json"})
        try:
            with DIRECT.open(request) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code

    def sign_up(self, geo, full_name, address):
        """A developer whose address is verified, and who waits for an admin."""
        self.visit(geo, "POST", "/api/v3/developer", {"full_name": full_name, "email": address})
        self.visit(geo, "POST", "/api/v3/developer/verify-email", {"token": self.mailed_token(geo, address)})

    def mailed_token(self, geo, address):
        """What the link of the newest mail to somebody holds; waits for the mail."""
        end = time.monotonic() + MAIL_SECONDS
        while time.monotonic() < end:
            files = Path(self.geo(geo)["maildir"]).rglob("*.eml")
            for file in sorted(files, key=lambda file: file.stat().st_mtime, reverse=True):
                mail = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
                found = re.search(r"token=([0-9a-f-]{36})", mail.get_body(("plain",)).get_content())
                if address in mail["To"] and found:
                    return found[1]
            time.sleep(0.05)
        raise SystemExit(f"no mail with a link to {address} within {MAIL_SECONDS} s")

    def approve(self, geo, email):
        developers = f"/v3/portals/{self.geo(geo)['portal_id']}/developers"
        waiting = self.manage(geo, "GET", f"{developers}?page%5Bsize%5D=100&filter%5Bstatus%5D%5Beq%5D=pending")["data"]
        [developer] = [one for one in waiting if one["email"] == email]
        self.manage(geo, "PATCH", f"{developers}/{developer['id']}", {"status": "approved"})
