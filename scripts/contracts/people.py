"""Developers who sign up at one portal as people do, and admins' calls beside them."""

import email
import email.policy
import http.client
import itertools
import json
import re
import sqlite3
import time
import uuid
from contextlib import closing
from pathlib import Path

GEO = "eu"
# Not the address from which the tests come: what throttles them must not throttle this.
OWN_ADDRESS = "127.0.0.2"
PASSWORD = "a quiet harbour at noon"
MAIL_SECONDS = 20
LINK = re.compile(r"token=([0-9a-f-]{36})")


class Refused(Exception):
    pass


class Person:
    """A developer who has an account."""

    def __init__(self, address, password=PASSWORD):
        self.address, self.password = address, password


class Portal:
    """One portal of a geo, by way of the router."""

    def __init__(self, description, geo):
        self.router = description["router"]["address"]
        geo = description["geos"][geo]
        self.host = geo["portal_url"].removeprefix("http://")
        self.api_host = geo["api_url"].removeprefix("http://")
        self.admin_token, self.portal_id = geo["admin_token"], geo["portal_id"]
        self.maildir = Path(geo["maildir"])
        self.store = Path(geo["node"]["data"]) / "store.sqlite"
        self.numbers = itertools.count()

    def call(self, method, path, body=None, *, host=None, headers=None, cookies=None, expecting):
        """One request; returns the JSON of the answer and its cookies."""
        address, port = self.router.split(":")
        connection = http.client.HTTPConnection(address, int(port), timeout=30, source_address=(OWN_ADDRESS, 0))
        try:
            connection.request(
                method, path, body=None if body is None else json.dumps(body),
                headers={
                    "Host": host or self.host, "Content-Type": "application/json",
                    "Cookie": "; ".join(f"{name}={value}" for name, value in (cookies or {}).items()), **(headers or {})})
            answer = connection.getresponse()
            text = answer.read()
        finally:
            connection.close()
        if answer.status != expecting:
            raise Refused(f"{method} {path} was answered with {answer.status} instead of {expecting}: {text[:300]}")
        fields = [value for name, value in answer.getheaders() if name.lower() == "set-cookie"]
        given = dict(field.split(";")[0].split("=", 1) for field in fields)
        return (json.loads(text) if text else None), given

    def manage(self, method, path, body=None, *, expecting=200):
        headers = {"Authorization": f"Bearer {self.admin_token}"}
        return self.call(method, path, body, host=self.api_host, headers=headers, expecting=expecting)[0]

    def approve_by_itself(self):
        self.manage("PATCH", f"/v3/portals/{self.portal_id}", {"auto_approve_developers": True})

    def register(self):
        """Signs somebody up; returns the address and the token of the mail."""
        address = f"person-{next(self.numbers)}@contract.example"
        self.call("POST", "/api/v3/developer", {"full_name": "Contract Person", "email": address}, expecting=201)
        return address, self._mailed_token(address)

    def verify(self):
        """Signs somebody up and verifies; returns the address and the token that sets the password."""
        address, token = self.register()
        answer, _ = self.call("POST", "/api/v3/developer/verify-email", {"token": token}, expecting=202)
        return address, answer["token"]

    def sign_up(self):
        """Somebody who can log in."""
        address, token = self.verify()
        self.call("POST", "/api/v3/developer/reset-password", {"token": token, "password": PASSWORD}, expecting=204)
        return Person(address)

    def log_in(self, person):
        """The cookies of a new session."""
        body = {"username": person.address, "password": person.password}
        return self.call("POST", "/api/v3/developer/authenticate", body, expecting=204)[1]

    def session_of(self, cookies):
        """The id of a session of the developer whose cookies these are."""
        return self.call("GET", "/api/v3/developer/me/sessions", cookies=cookies, expecting=200)[0]["data"][0]["id"]

    def dead_letter(self):
        """The id of a mail that was given up. The development mailbox refuses none, so one that was delivered becomes one."""
        # Developers have signed up before; now the tests may have taken accounts away from the portal.
        end = time.monotonic() + MAIL_SECONDS
        while time.monotonic() < end:
            # What is sealed cannot be opened: it is not sent a second time, whoever tries it again.
            with closing(sqlite3.connect(self.store, timeout=10)) as database, database:
                rows = database.execute(
                    "UPDATE outbox SET state = 'dead', sealed = x'00', problem = 'RCPT was answered with 550' WHERE sequence = "
                    "(SELECT max(sequence) FROM outbox WHERE state = 'delivered') RETURNING id").fetchall()
            if rows:
                return str(uuid.UUID(bytes=rows[0][0]))
            time.sleep(0.02)
        raise Refused("no mail was delivered")

    def _mailed_token(self, address):
        end = time.monotonic() + MAIL_SECONDS
        while time.monotonic() < end:
            for path in sorted(self.maildir.rglob("*.eml"), key=lambda path: path.stat().st_mtime, reverse=True)[:20]:
                mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
                if mail["To"] and address in str(mail["To"]):
                    found = LINK.search(mail.get_body(("plain",)).get_content())
                    if found:
                        return found[1]
            time.sleep(0.02)
        raise Refused(f"no mail with a token came to {address}")
