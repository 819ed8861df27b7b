"""Load on a proxy from the load's core, by wrk, h2load and the clients in tls_clients.py; every answer has to have status 200."""

import re
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from proxy_servers import HOST, LOAD_CORE, PATH, Unsupported

HERE = Path(__file__).parent
# Requests a second for latencies: far below what any of them can do, and over one connection, since h2load's clients ask all at the
# same moment: so that a proxy is seen and no queue.
RATE = 1000


def _on_load_core(command):
    return ["taskset", "-c", str(LOAD_CORE), *map(str, command)]


def _run(command):
    result = subprocess.run(_on_load_core(command), capture_output=True, text=True)
    if result.returncode:
        raise Unsupported(((result.stderr or result.stdout).strip() or f"{command[0]} failed").splitlines()[-1])
    return result.stdout


def wrk(port, seconds, lookups=None):
    """Requests over 32 kept connections: their number and the seconds they took; with `lookups` for so many hosts in turn."""
    command = ["wrk", "-t", 1, "-c", 32, "-d", f"{seconds}s"]
    if lookups:
        command += ["-s", HERE / "lookups.lua", f"http://127.0.0.1:{port}", "--", lookups, port]
    else:
        command += ["-H", f"Host: {HOST}", f"http://127.0.0.1:{port}{PATH}"]
    output = _run(command)
    for sign in ("Non-2xx", "Socket errors"):
        if sign in output:
            raise Unsupported(next(line.strip() for line in output.splitlines() if sign in line))
    count, unit_seconds = re.search(r"(\d+) requests in ([\d.]+)s", output).groups()
    return int(count), float(unit_seconds)


def _h2load(port, mode, options):
    scheme = "http" if mode == "plain" else "https"
    command = ["h2load", *options, f"--connect-to=127.0.0.1:{port}"]
    if mode != "h2":
        command.append("--h1")
    output = _run([*command, f"{scheme}://{HOST}{PATH}"])
    protocol = re.search(r"Application protocol: (\S+)", output)
    if mode == "h2" and (protocol is None or protocol[1] != "h2"):
        raise Unsupported(f"answers with {protocol[1] if protocol else 'nothing'} where HTTP/2 was asked for")
    succeeded = int(re.search(r"status codes: (\d+) 2xx", output)[1])
    failed = sum(map(int, re.search(r"(\d+) failed, (\d+) errored, (\d+) timeout", output).groups()))
    others = sum(map(int, re.search(r"2xx, (\d+) 3xx, (\d+) 4xx, (\d+) 5xx", output).groups()))
    if failed or others or not succeeded:
        raise Unsupported(f"{succeeded} requests succeeded, {failed} failed, {others} had another status")
    return succeeded


def h2load(port, mode, seconds):
    """Requests over kept TLS connections: 32 of HTTP/1.1, or 8 of HTTP/2 with 16 streams each."""
    connections, streams = (8, 16) if mode == "h2" else (32, 1)
    count = _h2load(port, mode, ["-D", str(seconds), "-c", str(connections), "-m", str(streams)])
    return count, seconds


def latencies(port, mode, seconds):
    """Microseconds of each request at a fixed rate."""
    with tempfile.NamedTemporaryFile("r") as log:
        _h2load(port, mode, ["-D", str(seconds), "-c", "1", f"--rps={RATE}", f"--log-file={log.name}"])
        return [int(line.split("\t")[2]) for line in log if line.split("\t")[1] == "200"]


def _client(*arguments):
    count, microseconds = map(int, _run([sys.executable, HERE / "tls_clients.py", *arguments]).split())
    return count, microseconds / 1e6


def new_connections(port, host, authority, seconds):
    """TLS connections one after the other with a request on each: their number and the seconds they took."""
    return _client("connections", port, host, authority, seconds)


def bulk(port, host, authority):
    """One transfer of many bytes: their number and the seconds they took."""
    return _client("bulk", port, host, authority)


@contextmanager
def idle_connections(port, host, authority, count):
    """Open connections, each of which has had a request answered."""
    client = subprocess.Popen(
        _on_load_core([sys.executable, HERE / "tls_clients.py", "idle", port, host, authority, count]),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        if client.stdout.readline().strip() != str(count):
            raise Unsupported((client.stderr.read().strip() or "no connection").splitlines()[-1])
        yield
    finally:
        client.stdin.close()
        client.wait()
