"""The proxies that are measured, and the server behind them: their files, their processes, what the kernel counts for them.

All proxies have the same duties: one known host (any other is refused), forwarded headers, an X-Request-ID, connections kept on
both sides, one thread, one core, no access log.
"""

import os
import random
import socket
import subprocess
import time
from pathlib import Path

import processes

CORES = sorted(os.sched_getaffinity(0))
PROXY_CORE, LOAD_CORE = CORES[0], CORES[-1]
HOST, RELAYED_HOST = "acme.eu.portal.localhost", "acme.us.portal.localhost"
GEOS = ("eu", "us", "au")
PATH = "/api/v3/portal"
ANSWER = '{"status":"a small answer of an API, as most answers are"}'
IDLE_SECONDS = 600
CONNECTIONS = 10_500
# Idle connections to the upstream: more than any load has requests at once.
POOL = 256
_given = set()


def free_port():
    """A port below those that the system gives to outgoing connections."""
    while True:
        port = random.randint(20_000, 29_999)
        if port in _given:
            continue
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind(("127.0.0.1", port))
            except OSError:
                continue
        _given.add(port)
        return port


class Unsupported(Exception):
    """What a proxy does not take; the reason is printed in its place."""


class Server:
    """A process with its ports by mode; `lacks` says why a mode has none."""

    def __init__(self, name, ports, lacks=None):
        self.name = name
        self.ports = ports
        self.lacks = lacks or {}

    def launch(self, command, log, core=PROXY_CORE, environment=None):
        with open(log, "ab") as output:
            self.process = subprocess.Popen(
                ["taskset", "-c", str(core), *map(str, command)], stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                env={**os.environ, **(environment or {})})
        deadline = time.monotonic() + 15
        for port in self.ports.values():
            while True:
                try:
                    socket.create_connection(("127.0.0.1", port), 1).close()
                    break
                except OSError:
                    if self.process.poll() is not None or time.monotonic() > deadline:
                        raise SystemExit(f"{self.name} does not listen on port {port}; its log is:\n{Path(log).read_text()}")
                    time.sleep(0.05)
        return self

    def port(self, mode):
        if mode in self.lacks:
            raise Unsupported(self.lacks[mode])
        return self.ports[mode]

    def pids(self):
        return [self.process.pid, *processes.children(self.process.pid)]

    def core_seconds(self):
        return sum(processes.core_seconds(pid) for pid in self.pids())

    def memory(self):
        """MiB, resident and proportional."""
        return (sum(processes.resident_megabytes(pid) for pid in self.pids()),
                sum(processes.proportional_megabytes(pid) for pid in self.pids()))

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Site:
    """A folder with a certificate for each geo's hosts, for all proxies the same."""

    def __init__(self, folder):
        self.folder = Path(folder)
        # nginx reads as another user.
        self.folder.chmod(0o755)
        for geo in ("eu", "us"):
            hosts = f"*.{geo}.portal", f"{geo}.api", f"{geo}.console"
            names = ",".join(f"DNS:{host}.localhost" for host in hosts)
            subprocess.run(
                ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                 "-subj", f"/CN={geo}.api.localhost", "-addext", f"subjectAltName={names}",
                 "-keyout", self.folder / f"{geo}-key.pem", "-out", self.folder / f"{geo}.pem"], check=True, capture_output=True)
            both = (self.folder / f"{geo}.pem").read_text() + (self.folder / f"{geo}-key.pem").read_text()
            (self.folder / f"{geo}-both.pem").write_text(both)

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text)
        return path


def upstream(site, bulk_bytes):
    """The server behind all proxies, on the load's core: a small answer at every path, and what a relay leads to.

    It answers over TLS also by itself, so that latencies through a proxy can be held against the same protocol without one.
    """
    # A port for each geo's node: no two may have the same address.
    nodes, ingress, secure = {geo: free_port() for geo in GEOS}, free_port(), free_port()
    with open(site.folder / "bulk", "wb") as bulk:
        bulk.truncate(bulk_bytes)
    path = site.write("upstream.conf", f"""
worker_processes 1;
daemon off;
pid {site.folder}/upstream.pid;
error_log {site.folder}/upstream.log;
events {{ worker_connections 16384; }}
http {{
    access_log off;
    client_body_temp_path {site.folder}/upstream;
    keepalive_requests 100000000;
    default_type application/json;
    server {{
        {" ".join(f"listen 127.0.0.1:{port} backlog=4096;" for port in nodes.values())}
        location / {{ return 200 '{ANSWER}'; }}
    }}
    server {{
        listen 127.0.0.1:{secure} ssl http2 backlog=4096;
        ssl_certificate {site.folder}/eu.pem;
        ssl_certificate_key {site.folder}/eu-key.pem;
        ssl_protocols TLSv1.3;
        location / {{ return 200 '{ANSWER}'; }}
    }}
    server {{
        listen 127.0.0.1:{ingress} ssl backlog=4096;
        ssl_certificate {site.folder}/us.pem;
        ssl_certificate_key {site.folder}/us-key.pem;
        ssl_protocols TLSv1.3;
        location / {{ return 200 '{ANSWER}'; }}
        location = /bulk {{ root {site.folder}; }}
    }}
}}
""")
    server = Server("upstream", {"plain": nodes["eu"], "tls": secure, "h2": secure, "relay": ingress, **nodes})
    return server.launch(["nginx", "-c", path, "-e", site.folder / "upstream.log"], site.folder / "upstream.log", LOAD_CORE)


def nginx(site, behind):
    ports = {mode: free_port() for mode in ("plain", "tls", "relay")}
    server = f"""
        server_name {HOST};
        location / {{
            proxy_pass http://node;
            proxy_http_version 1.1;
            proxy_set_header Host $http_host;
            proxy_set_header Connection "";
            proxy_set_header Forwarded "for=$remote_addr;host=\\"$http_host\\";proto=$scheme";
            proxy_set_header X-Forwarded-For $remote_addr;
            proxy_set_header X-Forwarded-Host $http_host;
            proxy_set_header X-Forwarded-Proto $scheme;
            proxy_set_header X-Request-ID $request_id;
            add_header X-Request-ID $request_id;
        }}"""
    refusal = "server_name _; return 421;"
    secure = f"""
        ssl_certificate {site.folder}/eu.pem;
        ssl_certificate_key {site.folder}/eu-key.pem;
        ssl_protocols TLSv1.3;"""
    path = site.write("nginx.conf", f"""
load_module /usr/lib/nginx/modules/ngx_stream_module.so;
worker_processes 1;
daemon off;
pid {site.folder}/nginx.pid;
error_log {site.folder}/nginx.log;
events {{ worker_connections {CONNECTIONS * 2}; }}
http {{
    access_log off;
    client_body_temp_path {site.folder}/nginx;
    proxy_temp_path {site.folder}/nginx;
    keepalive_requests 100000000;
    keepalive_timeout {IDLE_SECONDS};
    upstream node {{ server 127.0.0.1:{behind.ports["plain"]}; keepalive {POOL}; keepalive_requests 100000000; }}
    server {{ listen 127.0.0.1:{ports["plain"]} default_server backlog=4096; {refusal} }}
    server {{ listen 127.0.0.1:{ports["plain"]}; {server} }}
    server {{ listen 127.0.0.1:{ports["tls"]} ssl http2 default_server backlog=4096; {secure} {refusal} }}
    server {{ listen 127.0.0.1:{ports["tls"]} ssl http2; {secure} {server} }}
}}
stream {{
    map $ssl_preread_server_name $ingress {{
        hostnames;
        *.us.portal.localhost 127.0.0.1:{behind.ports["relay"]};
    }}
    server {{ listen 127.0.0.1:{ports["relay"]} backlog=4096; ssl_preread on; proxy_pass $ingress; }}
}}
""")
    server = Server("nginx", {**ports, "h2": ports["tls"]})
    return server.launch(["nginx", "-c", path, "-e", site.folder / "nginx.log"], site.folder / "nginx.log")


def haproxy(site, behind):
    ports = {mode: free_port() for mode in ("plain", "tls", "relay")}
    duties = lambda proto: f"""
    mode http
    acl known hdr(host) -i {HOST}
    http-request deny deny_status 421 unless known
    unique-id-format %{{+X}}o%Ts%rt
    unique-id-header X-Request-ID
    http-request set-header X-Forwarded-For %[src]
    http-request set-header X-Forwarded-Host %[req.hdr(host)]
    http-request set-header X-Forwarded-Proto {proto}
    http-request set-header Forwarded for=%[src];host="%[req.hdr(host)]";proto={proto}
    http-response set-header X-Request-ID %[unique-id]
    default_backend node"""
    path = site.write("haproxy.cfg", f"""
global
    nbthread 1
    no strict-limits
    maxconn {CONNECTIONS}
    ssl-default-bind-options ssl-min-ver TLSv1.3
defaults
    timeout connect 5s
    timeout client {IDLE_SECONDS}s
    timeout server {IDLE_SECONDS}s
    http-reuse always
    backlog 4096
frontend clients
    bind 127.0.0.1:{ports["plain"]}{duties("http")}
frontend secure
    bind 127.0.0.1:{ports["tls"]} ssl crt {site.folder}/eu-both.pem alpn h2,http/1.1{duties("https")}
backend node
    mode http
    server node 127.0.0.1:{behind.ports["plain"]}
frontend relay
    mode tcp
    bind 127.0.0.1:{ports["relay"]}
    tcp-request inspect-delay 5s
    tcp-request content accept if {{ req.ssl_hello_type 1 }}
    use_backend us if {{ req.ssl_sni -m end .us.portal.localhost }}
backend us
    mode tcp
    server us 127.0.0.1:{behind.ports["relay"]}
""")
    server = Server("haproxy", {**ports, "h2": ports["tls"]})
    return server.launch(["haproxy", "-f", path, "-db"], site.folder / "haproxy.log")


def caddy(site, behind):
    ports = {mode: free_port() for mode in ("plain", "tls")}
    duties = f"""
    reverse_proxy 127.0.0.1:{behind.ports["plain"]} {{
        header_up Forwarded "for={{http.request.remote.host}};host=\\"{{http.request.hostport}}\\";proto={{http.request.scheme}}"
        header_up X-Request-ID {{http.request.uuid}}
        transport http {{
            keepalive_idle_conns_per_host {POOL}
        }}
    }}
    header X-Request-ID {{http.request.uuid}}"""
    path = site.write("Caddyfile", f"""
{{
    admin off
    auto_https off
    log {{
        level ERROR
    }}
    servers {{
        timeouts {{
            idle {IDLE_SECONDS}s
        }}
    }}
}}
http://{HOST}:{ports["plain"]} {{
    bind 127.0.0.1
    {duties}
}}
http://:{ports["plain"]} {{
    bind 127.0.0.1
    respond 421
}}
https://{HOST}:{ports["tls"]} {{
    bind 127.0.0.1
    tls {site.folder}/eu.pem {site.folder}/eu-key.pem {{
        protocols tls1.3
    }}
    {duties}
}}
""")
    server = Server("caddy", {**ports, "h2": ports["tls"]}, {"relay": "Caddy has no relay by SNI of its own"})
    return server.launch(
        ["caddy", "run", "--config", path, "--adapter", "caddyfile"], site.folder / "caddy.log",
        environment={"GOMAXPROCS": "1"} | dict.fromkeys(("XDG_DATA_HOME", "XDG_CONFIG_HOME", "HOME"), str(site.folder)))


class Router:
    """The release build of portolan-router with one configuration file for each thing that is measured."""

    def __init__(self, binaries, site, behind):
        self.binary = Path(binaries) / "portolan-router"
        self.site = site
        self.behind = behind

    def topology(self, name, scheme="http", custom_domains=0):
        lines = ["domain: localhost", f"public: {{scheme: {scheme}}}", "geos:"]
        for number, geo in enumerate(GEOS, 1):
            node = f'nodes: [{{address: "127.0.0.1:{self.behind.ports[geo]}"}}]'
            lines += [f"  - id: {geo}", f"    number: {number}", f"    {node}"]
            domains = range(number, custom_domains + 1, 3)
            if domains:
                lines.append("    custom_domains:")
                lines += [f'      - {{host: developers-{domain:06d}.example, portal: acme-{domain}}}' for domain in domains]
        self.site.write(f"topology-{name}.yaml", "\n".join(lines) + "\n")

    def start(self, name, modes, scheme="http", custom_domains=0, access_log=False, sections=""):
        """Starts one process; a mode whose file the router refuses is lacking, with the router's own words as the reason."""
        self.topology(name, scheme, custom_domains)
        port = free_port()
        text = f"topology: topology-{name}.yaml\nlisten: 127.0.0.1:{port}\nthreads: 1\naccess_log: {str(access_log).lower()}\n"
        limits = f"limits:\n  connections: {CONNECTIONS}\n  idle_timeout_seconds: {IDLE_SECONDS}\n  upstream_idle_connections: {POOL}\n"
        # All load comes from one address.
        per_client = "  client_requests_per_second: 0\n  client_connections: 0\n"
        path = self.site.folder / f"router-{name}.yaml"
        for choice in (limits + per_client, limits):
            path.write_text(text + choice + sections)
            refusal = self.refusal(path)
            if refusal is None or "limits.client_" not in refusal:
                break
        label = "router+log" if access_log else "router"
        if refusal:
            return Server(label, {}, {mode: refusal for mode in modes})
        log = "/dev/null" if access_log else self.site.folder / f"router-{name}.log"
        return Server(label, {mode: port for mode in modes}).launch([self.binary, "--config", path], log)

    def refusal(self, path):
        """What the router says against a file; None when it takes it."""
        check = subprocess.run([self.binary, "--config", path, "--check"], capture_output=True, text=True)
        if check.returncode == 0:
            return None
        return (check.stderr.strip() or check.stdout.strip()).splitlines()[-1].replace(f"{path.parent}/", "")

    def secure(self, relay_port):
        """The sections of a router that decrypts eu and relays us."""
        return (f"tls:\n  minimum_version: \"1.3\"\n  geos:\n"
                f"    - {{id: eu, certificate: eu.pem, key: eu-key.pem}}\n"
                f"    - {{id: us, relay: \"127.0.0.1:{relay_port}\"}}\n")
