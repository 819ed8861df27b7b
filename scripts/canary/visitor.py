"""A client of one host, in the client's namespace, by way of one of the routers."""

import html
import http.client
import json
import re
import socket
import ssl
import urllib.parse

from deployment import PUBLIC_PORT

FORM = re.compile(r"<form.*?</form>", re.DOTALL)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)"')


class Unexpected(Exception):
    pass


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    def json(self):
        return json.loads(self.body)


class Visitor:
    """Keeps its cookies. Everything that it sends is written down for the search to be tried on."""

    def __init__(self, deployment, router, host, record):
        self.deployment = deployment
        self.router = router
        self.host = host
        self.record = record
        self.cookies = {}
        self.token = None

    def connect(self, server_name=None):
        network = self.deployment.network
        with network.inside("client"):
            connection = socket.create_connection((network.address(self.router, "client"), PUBLIC_PORT), timeout=30)
        if self.deployment.is_plain:
            return connection
        context = ssl.create_default_context(cafile=self.deployment.certificates / "public-ca.pem")
        return context.wrap_socket(connection, server_hostname=server_name or self.host)

    def send(self, method, path, body=None, kind="application/json", headers=None, expecting=None, server_name=None):
        """One request on a connection of its own; raises where the status is none of those expected."""
        headers = {"Host": self.host, "User-Agent": "canary-walk", **(headers or {})}
        if self.cookies:
            headers.setdefault("Cookie", "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if self.token:
            headers.setdefault("Authorization", f"Bearer {self.token}")
        if body is not None:
            headers["Content-Type"] = kind
        self.record.write(f"{method} {path}\n{headers}\n".encode() + (body or b"") + b"\n")
        connection = http.client.HTTPConnection(self.host)
        connection.sock = self.connect(server_name)
        try:
            connection.request(method, path, body, headers)
            answer = Answer(connection.getresponse())
        finally:
            connection.close()
        for field in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = field.partition(";")[0].partition("=")
            self.cookies.pop(name, None)
            if value:
                self.cookies[name] = value
        if expecting is not None and answer.status != expecting:
            raise Unexpected(f"{method} {path} at {self.host} by {self.router}: expected {expecting}, found {answer.status}: "
                             f"{answer.body[:300].decode(errors='replace')}")
        return answer

    def ask(self, method, path, body=None, expecting=None, **more):
        """JSON there and back."""
        data = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        return self.send(method, path, data, expecting=expecting, **more)

    def fill(self, path, expecting=None, target=None, **fields):
        """Gets a page with a form, and sends it with these fields, as a browser without scripts does."""
        target = target or path.partition("?")[0]
        page = self.send("GET", path, expecting=200).body.decode()
        # Each form of a page has a token of its own.
        [form] = [form for form in FORM.findall(page) if f'action="{target}"' in form][:1]
        hidden = {html.unescape(name): html.unescape(value) for name, value in HIDDEN.findall(form)}
        return self.send(
            "POST", target, urllib.parse.urlencode({**hidden, **fields}).encode(),
            kind="application/x-www-form-urlencoded", headers={"Origin": f"https://{self.host}"}, expecting=expecting)

    def raw(self, data):
        """Sends bytes that no client would; gives what comes back until the connection is closed."""
        self.record.write(data + b"\n")
        with self.connect() as connection:
            connection.sendall(data)
            connection.settimeout(15)
            parts = []
            try:
                while part := connection.recv(1 << 16):
                    parts.append(part)
            except (ConnectionError, ssl.SSLError):
                pass
            return b"".join(parts)
