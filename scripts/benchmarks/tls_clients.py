"""Clients that the load tools lack, each a process of its own.

    tls_clients.py connections PORT HOST AUTHORITY SECONDS   new TLS connections one after the other, a request on each
    tls_clients.py bulk PORT HOST AUTHORITY                  reads /bulk once
    tls_clients.py idle PORT HOST AUTHORITY COUNT            opens connections, asks once on each, holds them until its input ends

AUTHORITY is the certificate to trust, or "-" for no TLS. Each prints one line of whole numbers.
"""

import socket
import ssl
import sys
import time


def trusting(authority):
    if authority == "-":
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.load_verify_locations(authority)
    context.set_alpn_protocols(["http/1.1"])
    return context


def connect(port, host, context):
    plain = socket.create_connection(("127.0.0.1", port), 20)
    plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return context.wrap_socket(plain, server_hostname=host) if context else plain


def ask(connection, host, path, extra=""):
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\n{extra}\r\n".encode())


def expect_success(start):
    if not start.startswith(b"HTTP/1.1 200 "):
        raise SystemExit(f"expected an answer with status 200, found {start[:200]!r}")


def read_all(connection, buffer):
    """How many bytes came until the end, the head among them."""
    total = 0
    while count := connection.recv_into(buffer):
        if total == 0:
            expect_success(bytes(buffer[:64]))
        total += count
    return total


def connections(port, host, context, seconds):
    count, buffer, start = 0, bytearray(65536), time.monotonic()
    while time.monotonic() - start < float(seconds):
        with connect(port, host, context) as connection:
            ask(connection, host, "/api/v3/portal", "Connection: close\r\n")
            if not read_all(connection, buffer):
                raise SystemExit("a connection was closed without an answer")
        count += 1
    print(count, int((time.monotonic() - start) * 1e6))


def bulk(port, host, context):
    start = time.monotonic()
    with connect(port, host, context) as connection:
        ask(connection, host, "/bulk", "Connection: close\r\n")
        count = read_all(connection, bytearray(262144))
    print(count, int((time.monotonic() - start) * 1e6))


def idle(port, host, context, count):
    held = []
    for _ in range(int(count)):
        connection = connect(port, host, context)
        ask(connection, host, "/api/v3/portal")
        expect_success(connection.recv(4096))
        held.append(connection)
    print(len(held), flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    action, port, host, authority, *rest = sys.argv[1:]
    {"connections": connections, "bulk": bulk, "idle": idle}[action](int(port), host, trusting(authority), *rest)
