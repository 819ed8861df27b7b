"""A company's OpenID provider in a namespace of its own, with a wire to each node and to the client, and how a client signs in there."""

import json
import socket
import ssl
import sys
import urllib.parse
from http.client import HTTPConnection
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parent.parent
sys.path += [str(SCRIPTS / "sso"), str(SCRIPTS / "mail")]

import test_certificates  # noqa: E402
from glewlwyd import Glewlwyd  # noqa: E402

NAME = "provider"
# On the provider's own loopback, so that it is the same on all of its wires.
ADDRESS = "198.18.255.1"


class Provider:
    """One provider for all geos, with a client for each of them: they must share nothing although it knows them all."""

    def __init__(self, network, folder, nodes):
        self.network = network
        self.nodes = nodes
        folder.mkdir()
        self.authority, chain, key = test_certificates.make(folder, "trusted", ADDRESS)
        self.glewlwyd = Glewlwyd(folder / "glewlwyd", address=ADDRESS, certificate=(chain, key))
        self.context = ssl.create_default_context(cafile=self.authority)

    @property
    def issuer(self):
        return self.glewlwyd.issuer

    def start(self):
        self.network.add(NAME)
        self.network.give_address(NAME, ADDRESS)
        for other in ["client", *self.nodes]:
            self.network.join(other, NAME)
            self.network.route(other, ADDRESS, NAME)
        # What is started in here stays in the namespace.
        with self.network.inside(NAME):
            self.glewlwyd.__enter__()

    def stop(self):
        self.glewlwyd.stop()

    def add_client(self, client_id, **addresses):
        with self.network.inside(NAME):
            return self.glewlwyd.add_client(client_id, **addresses)

    def add_user(self, username, password, **claims):
        with self.network.inside(NAME):
            self.glewlwyd.add_user(username, password, **claims)


class SignIn:
    """A client's visit to the provider, in the client's namespace; everything that it sends is written down."""

    def __init__(self, provider, record):
        self.provider = provider
        self.record = record
        self.cookies = {}

    def run(self, address, client_id, username, password):
        """From the address to which the portal sent the client to the one to which the provider sends it back."""
        self.send("GET", address, expecting=302)
        self.send("POST", self.api("auth/"), {"username": username, "password": password}, expecting=200)
        # Allows the portal what it asks for.
        self.send("PUT", self.api(f"auth/grant/{client_id}"), {"scope": "openid email profile"}, expecting=200)
        return self.send("GET", f"{address}&g_continue", expecting=302)["Location"]

    def api(self, path):
        return f"{self.provider.glewlwyd.url}/api/{path}"

    def send(self, method, address, body=None, *, expecting):
        """One request on a connection of its own; returns the answer's headers."""
        parts = urllib.parse.urlsplit(address)
        path = urllib.parse.urlunsplit(("", "", parts.path, parts.query, ""))
        data = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        headers = {"Host": parts.netloc, "Content-Type": "application/json",
                   "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        self.record.write(f"{method} {path}\n{headers}\n".encode() + (data or b"") + b"\n")
        with self.provider.network.inside("client"):
            plain = socket.create_connection((parts.hostname, parts.port), timeout=30)
        connection = HTTPConnection(parts.netloc)
        connection.sock = self.provider.context.wrap_socket(plain, server_hostname=parts.hostname)
        try:
            connection.request(method, path, data, headers)
            answer = connection.getresponse()
            text = answer.read()
        finally:
            connection.close()
        for field in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = field.partition(";")[0].partition("=")
            self.cookies[name] = value
        if answer.status != expecting:
            raise SystemExit(f"the provider answered {method} {parts.path} with {answer.status}: {text[:300].decode(errors='replace')}")
        return answer.headers
