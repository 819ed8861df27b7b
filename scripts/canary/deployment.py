"""A deployment of two regions: three nodes, two routers, and a submission server for each geo, each in its own namespace.

One OpenID provider serves all geos; it has a wire to each node and to the client, and none to a router.
The router of eu decrypts eu; that of us decrypts us and au. Each relays the other's names unread. No router has a wire to the
nodes of a geo that it does not decrypt.
"""

import base64
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

from provider import ADDRESS as PROVIDER_ADDRESS
from provider import Provider

DOMAIN = "canary.example"
NUMBERS = {"eu": 1, "us": 2, "au": 3}
ROUTERS = {"router-eu": ["eu"], "router-us": ["us", "au"]}
PUBLIC_PORT, NODE_PORT, NODE_ADMIN_PORT, ROUTER_ADMIN_PORT = 443, 9101, 9111, 8081
START_LIMIT = 60
STOP_LIMIT = 20
SCRIPTS = Path(__file__).resolve().parent.parent


def router_of(geo):
    [name] = [name for name, geos in ROUTERS.items() if geo in geos]
    return name


def other_router(name):
    [other] = [router for router in ROUTERS if router != name]
    return other


class Mailbox:
    """A submission server on the loopback of a geo's namespace, and the mails that it has taken."""

    def __init__(self, network, geo, folder):
        self.folder = folder
        self.mails = []
        self.arrival = threading.Condition()
        folder.mkdir()
        options = json.dumps({"folder": str(folder), "security": "none"})
        self.process = subprocess.Popen(
            network.command(f"node-{geo}", sys.executable, SCRIPTS / "mail/smtp_server.py", options),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"the submission server of {geo} did not start")
        self.port = json.loads(line)["port"]
        threading.Thread(target=self.take, daemon=True).start()

    def take(self):
        for line in self.process.stdout:
            mail = json.loads(line).get("mail")
            if mail:
                content = base64.b64decode(mail["content"])
                with self.arrival:
                    (self.folder / f"{len(self.mails) + 1}.eml").write_bytes(content)
                    self.mails.append((mail["to"], content))
                    self.arrival.notify_all()

    def to(self, address):
        return [content for recipients, content in self.mails if [one.lower() for one in recipients] == [address.lower()]]

    def wait(self, address, count):
        """The content of an address's mail with this number, counted from 1."""
        with self.arrival:
            if not self.arrival.wait_for(lambda: len(self.to(address)) >= count, START_LIMIT):
                raise SystemExit(f"mail {count} did not come")
            return self.to(address)[count - 1]

    def stop(self):
        self.process.stdin.close()
        self.process.wait(STOP_LIMIT)


class Deployment:
    def __init__(self, network, binaries, folder, is_plain):
        self.network = network
        self.binaries = Path(binaries).resolve()
        self.folder = folder
        self.is_plain = is_plain
        self.processes = {}
        self.mailboxes = {}
        self.tokens = {}
        self.certificates = folder / "certificates"
        self.provider = Provider(network, folder / "provider", [f"node-{geo}" for geo in NUMBERS])

    def start(self):
        for name in ["client", *ROUTERS, *(f"node-{geo}" for geo in NUMBERS)]:
            self.network.add(name)
        self.network.join(*ROUTERS)
        for name, geos in ROUTERS.items():
            self.network.join("client", name)
            for geo in geos:
                self.network.join(name, f"node-{geo}")
        for geo in NUMBERS:
            self.network.capture(self.mail_link(geo), f"node-{geo}", "lo")
            self.mailboxes[geo] = Mailbox(self.network, geo, self.folder / f"mail-{geo}")
        self.provider.start()
        if not self.is_plain:
            self.make_certificates()
        for geo in NUMBERS:
            self.start_node(geo)
        for name in ROUTERS:
            self.start_router(name)
        for name in self.processes:
            self.wait(name)

    @staticmethod
    def mail_link(geo):
        return f"node-{geo} -- smtp-{geo}"

    # MARK: Files

    def topology(self):
        lines = [f"domain: {DOMAIN}", f"public: {{scheme: https, port: {PUBLIC_PORT}}}", "geos:"]
        for geo, number in NUMBERS.items():
            address = self.network.address(f"node-{geo}", router_of(geo))
            lines += [f"  - id: {geo}", f"    number: {number}", "    nodes:",
                      f"      - {{address: {address}:{NODE_PORT}, admin: {address}:{NODE_ADMIN_PORT}}}"]
        return "\n".join(lines) + "\n"

    def make_certificates(self):
        self.certificates.mkdir()
        (self.certificates / "topology.yaml").write_text(self.topology())
        portolanctl = [self.binaries / "portolanctl", "certificates"]
        self.ask([*portolanctl, "init", "--folder", self.certificates])
        self.ask([*portolanctl, "issue", "all", "--folder", self.certificates,
                  "--topology", self.certificates / "topology.yaml"])

    def ask(self, command):
        result = subprocess.run(command, capture_output=True, text=True)
        if result.returncode != 0:
            raise SystemExit(f"{' '.join(map(str, command))} ended with {result.returncode}: {result.stderr.strip()}")
        return result.stdout.strip()

    def give(self, folder, *names):
        """Copies certificates and keys: a process gets its own, and never another's key."""
        for name in names:
            shutil.copy(self.certificates / f"{name}.pem", folder)
            key = self.certificates / f"{name}-key.pem"
            if name not in ("ca", "public-ca"):
                shutil.copy(key, folder)

    def identity(self, folder, name):
        if self.is_plain:
            return ""
        self.give(folder, name, "ca")
        return f"identity: {{certificate: {name}.pem, key: {name}-key.pem, authority: ca.pem}}\n"

    def folder_of(self, name):
        folder = self.folder / name
        (folder / "tmp").mkdir(parents=True)
        (folder / "topology.yaml").write_text(self.topology())
        return folder

    # MARK: Processes

    def start_node(self, geo):
        folder = self.folder_of(f"node-{geo}")
        address = self.network.address(f"node-{geo}", router_of(geo))
        (folder / "node.yaml").write_text(
            f"geo: {geo}\ntopology: topology.yaml\nlisten: {address}:{NODE_PORT}\nadmin_listen: {address}:{NODE_ADMIN_PORT}\n"
            f"data: data\nlog: {{format: json, level: debug}}\n{self.identity(folder, f'geo-{geo}')}"
            f"mail:\n  transport: smtp\n  from: \"Portal <no-reply@{geo}.portal.{DOMAIN}>\"\n"
            f"  smtp: {{host: 127.0.0.1, port: {self.mailboxes[geo].port}, security: none}}\n"
            "passwords: {scrypt_log_n: 12}\nthrottling: {links_per_hour: 100}\n"
            f"single_sign_on: {{allowed_addresses: [{PROVIDER_ADDRESS}/32], trust_roots: provider-ca.pem}}\n")
        shutil.copy(self.provider.authority, folder / "provider-ca.pem")
        self.tokens[geo] = self.ask(
            [self.binaries / "portolanctl", "admin", "token", "create", "--config", folder / "node.yaml",
             "--email", "admin@example.com"])
        self.launch(f"node-{geo}", folder, "portolan-node", "node.yaml")

    def start_router(self, name):
        folder = self.folder_of(name)
        other = other_router(name)
        (folder / "router.yaml").write_text(
            f"topology: topology.yaml\nlisten: 0.0.0.0:{PUBLIC_PORT}\nadmin_listen: 127.0.0.1:{ROUTER_ADMIN_PORT}\n"
            f"log: {{format: json, level: debug}}\naccess_log: true\n{self.identity(folder, 'router')}"
            f"{self.tls(folder, name, other)}")
        self.launch(name, folder, "portolan-router", "router.yaml")

    def tls(self, folder, name, other):
        """Which geos a router decrypts; the rest goes to the other router, which is told the client by the PROXY protocol."""
        if self.is_plain:
            return ""
        self.give(folder, *(f"public-{geo}" for geo in ROUTERS[name]))
        lines = [f"accept_proxy_protocol_from: [{self.network.address(other, name)}]", "tls:", "  geos:"]
        lines += [f"    - {{id: {geo}, certificate: public-{geo}.pem, key: public-{geo}-key.pem}}" for geo in ROUTERS[name]]
        ingress = f"{self.network.address(other, name)}:{PUBLIC_PORT}"
        lines += [f"    - {{id: {geo}, relay: \"{ingress}\", proxy_protocol: true}}" for geo in ROUTERS[other]]
        return "\n".join(lines) + "\n"

    def launch(self, name, folder, executable, configuration):
        environment = {"PATH": os.environ["PATH"], "TMPDIR": str(folder / "tmp"), "HOME": str(folder / "tmp")}
        for variable in ("LD_LIBRARY_PATH", "LANG"):
            if variable in os.environ:
                environment[variable] = os.environ[variable]
        # `ip netns exec` becomes the program itself, so the process is the node.
        with open(self.log(name), "wb") as log:
            self.processes[name] = subprocess.Popen(
                self.network.command(name, self.binaries / executable, "--config", folder / configuration), cwd=folder,
                env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def log(self, name):
        return self.folder / f"{name}.log"

    def wait(self, name):
        deadline = time.monotonic() + START_LIMIT
        while True:
            try:
                if self.admin_page(name, "/readyz" if name.startswith("node-") else "/healthz").startswith(b"HTTP/1.1 200"):
                    return
            except OSError:
                pass
            if self.processes[name].poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"{name} did not start:\n{self.log(name).read_text()[-2000:]}")
            time.sleep(0.05)

    def admin_page(self, name, path):
        """The whole answer of a process's admin listener, asked from inside its namespace."""
        if name in ROUTERS:
            address = ("127.0.0.1", ROUTER_ADMIN_PORT)
        else:
            address = (self.network.address(name, router_of(name.removeprefix("node-"))), NODE_ADMIN_PORT)
        with self.network.inside(name):
            connection = socket.create_connection(address, timeout=10)
        with connection:
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
            return b"".join(iter(lambda: connection.recv(1 << 16), b""))

    def stop(self):
        for process in self.processes.values():
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in self.processes.values():
            try:
                process.wait(STOP_LIMIT)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.provider.stop()
        for mailbox in self.mailboxes.values():
            mailbox.stop()
        self.mailboxes = {}
