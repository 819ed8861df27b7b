"""What developers and admins do in a geo, with nothing but the geo's own hosts told the developers' data."""

import base64
import email
import email.policy
import json
import re
import urllib.parse

from deployment import DOMAIN, NUMBERS, other_router, router_of
from portal_addresses import registration
from provider import SignIn
from visitor import Unexpected, Visitor

TOKEN = re.compile(r"[?&]token=([0-9a-f-]{36})")


def subject(address):
    """What the ID token in the address of the provider's log-out names somebody."""
    [token] = urllib.parse.parse_qs(urllib.parse.urlsplit(address).query)["id_token_hint"]
    return json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))["sub"]


class GeoWalk:
    """Every flow in one geo: by the API through the router that relays, and by the pages through either one."""

    def __init__(self, deployment, geo, people, record):
        self.deployment = deployment
        self.geo = geo
        self.people = people
        self.record = record
        self.near = other_router(router_of(geo))
        self.admin = self.visitor(f"{geo}.api.{DOMAIN}", self.near)
        self.admin.token = deployment.tokens[geo]
        self.mails = {}
        # What a node made for a developer, and the developer showed to nobody else.
        self.credentials = {}
        # Under what the provider knows developers.
        self.subjects = {}

    def visitor(self, host=None, router=None):
        if self.deployment.is_plain:
            router = router_of(self.geo)
        return Visitor(self.deployment, router or self.near, host or f"acme.{self.geo}.portal.{DOMAIN}", self.record)

    def furnish(self):
        """Makes the portal and an API in its catalog."""
        portal = self.admin.ask("POST", "/v3/portals", {"name": "acme"}, expecting=201).json()
        self.developers = f"/v3/portals/{portal['id']}/developers"
        api = self.admin.ask("POST", "/v3/apis", {"name": "Port Calls", "version": "v1", "description": "Ships"}, expecting=201)
        self.admin.ask("PUT", f"/v3/apis/{api.json()['id']}/publications/{portal['id']}", {"visibility": "private"})
        self.set_up_provider(f"/v3/portals/{portal['id']}/identity-providers")

    def set_up_provider(self, providers):
        """Gives the portal a client of its own at the provider of all geos."""
        self.client_id = f"portal-{self.geo}"
        address = f"https://acme.{self.geo}.portal.{DOMAIN}"
        secret = self.deployment.provider.add_client(self.client_id, **registration(address))
        config = {"issuer_url": self.deployment.provider.issuer, "client_id": self.client_id, "client_secret": secret}
        made = self.admin.ask("POST", providers, {"type": "oidc", "enabled": True, "config": config}, expecting=201).json()
        examination = self.admin.ask("POST", f"{providers}/{made['id']}/examination", expecting=200).json()
        if not examination["passed"]:
            raise Unexpected(f"the test of the provider's configuration failed: {examination['steps']}")

    def run(self):
        by_api, by_pages, direct, by_sso = self.people
        self.api(by_api)
        self.pages(by_pages, self.near)
        self.pages(direct, router_of(self.geo))
        self.single_sign_on(by_sso)
        self.borders(by_api)
        self.administration()

    # MARK: Mail

    def mailed(self, person):
        """The next mail to a developer, decoded."""
        self.mails[person.number] = self.mails.get(person.number, 0) + 1
        content = self.deployment.mailboxes[self.geo].wait(person.email, self.mails[person.number])
        message = email.message_from_bytes(content, policy=email.policy.default)
        return message.get_body(("plain",)).get_content()

    def mailed_token(self, person):
        """The token in the first mail from here on that has one; "password changed" and the like have none."""
        while True:
            found = TOKEN.search(self.mailed(person))
            if found:
                return found.group(1)

    # MARK: By the API

    def api(self, person):
        visitor = self.visitor()
        registration = {"full_name": person.name, "email": person.email}
        visitor.ask("POST", "/api/v3/developer", registration, expecting=201)
        link = self.mailed_token(person)
        # Once more before the address is verified: a new link takes the place of the first.
        visitor.ask("POST", "/api/v3/developer", registration, expecting=201)
        visitor.ask("POST", "/api/v3/developer/verify-email", {"token": link})
        link = self.mailed_token(person)
        visitor.send("GET", f"/login?token={link}", expecting=200)
        token = visitor.ask("POST", "/api/v3/developer/verify-email", {"token": link}, expecting=202).json()["token"]
        self.set_password(visitor, token, person.password)
        self.log_in(visitor, person, person.password, 401)
        self.change(person, "rejected")
        self.log_in(visitor, person, person.password, 401)
        self.change(person, "approved")
        self.log_in(visitor, person, person.password, 204)
        visitor.ask("GET", "/api/v3/developer/me", expecting=200)
        visitor.ask("GET", "/api/v3/apis", expecting=200)
        visitor.ask("POST", "/api/v3/developer/refresh", {}, expecting=204)
        visitor.ask("PATCH", "/api/v3/developer/me", {"full_name": person.other_name}, expecting=200)
        visitor.ask("GET", "/api/v3/developer/me/sessions", expecting=200)
        visitor.ask("GET", "/api/v3/developer/me/export", expecting=200)
        visitor.ask("POST", "/api/v3/developer/me/change-password",
                    {"current_password": person.password, "new_password": person.other_password}, expecting=204)
        visitor.ask("POST", "/api/v3/developer/logout", {}, expecting=204)
        self.log_in(visitor, person, person.password, 401)
        visitor.ask("POST", "/api/v3/developer/forgot-password", {"email": person.email}, expecting=200)
        self.set_password(visitor, self.mailed_token(person), person.password)
        self.log_in(visitor, person, person.other_password, 401)
        self.log_in(visitor, person, person.password, 204)
        # Refused fields are told by their names; what they hold is told to nobody.
        visitor.ask("POST", "/api/v3/developer", {"full_name": person.name, "email": f"{person.email} {person.name}"}, expecting=400)
        visitor.ask("POST", "/api/v3/developer", {person.text("name"): person.email}, expecting=400)
        visitor.ask("POST", "/api/v3/developer", registration, expecting=201)

    @staticmethod
    def set_password(visitor, token, password):
        visitor.ask("POST", "/api/v3/developer/reset-password", {"token": token, "password": password}, expecting=204)

    @staticmethod
    def log_in(visitor, person, password, expecting):
        visitor.ask("POST", "/api/v3/developer/authenticate", {"username": person.email, "password": password}, expecting=expecting)

    # MARK: By the pages

    def pages(self, person, router):
        visitor = self.visitor(router=router)
        visitor.fill("/register", full_name=person.name, email="nowhere")
        visitor.fill("/register", full_name=person.name, email=person.email, expecting=303)
        link = self.mailed_token(person)
        answer = visitor.fill(f"/login?token={link}", target="/verify-email", expecting=303)
        visitor.fill(answer.headers["Location"], password=person.password, target="/reset-password", expecting=303)
        self.change(person, "approved")
        visitor.send("GET", f"/login?email={urllib.parse.quote(person.email)}&returnTo=%2F{person.text('name')}")
        visitor.fill("/login", email=person.email, password=person.other_password)
        visitor.fill("/login", email=person.email, password=person.password, expecting=303)
        self.credentials |= {f"{name} of developer {person.number}": value for name, value in visitor.cookies.items()}
        self.credentials[f"mailed token of developer {person.number}"] = link
        for page in ["/", "/apis/port-calls-v1", "/account", "/account/export", f"/{person.text('name')}"]:
            visitor.send("GET", page)
        visitor.fill("/account", target="/account/name", full_name=person.other_name, expecting=303)
        visitor.fill("/account", target="/account/password", current_password=person.password,
                     new_password=person.other_password, expecting=303)
        visitor.fill("/logout", expecting=303)
        visitor.fill("/forgot-password", email=person.email)
        link = self.mailed_token(person)
        visitor.fill(f"/reset-password?token={link}", password=person.password, target="/reset-password", expecting=303)
        visitor.fill("/login", email=person.email, password=person.password, expecting=303)
        visitor.fill("/account/delete", password=person.other_password)
        visitor.fill("/account/delete", password=person.password, expecting=303)

    # MARK: By single sign-on

    def single_sign_on(self, person):
        person.is_mailed = False
        username = f"user-{person.number}-{self.geo}"
        self.deployment.provider.add_user(username, person.password, name=person.name, email=person.email)
        for number, router in enumerate([self.near, router_of(self.geo)]):
            visitor = self.visitor(router=router)
            sign_in = SignIn(self.deployment.provider, self.record)
            there = visitor.send("GET", "/login/sso", expecting=302).headers["Location"]
            back = sign_in.run(there, self.client_id, username, person.password)
            self.keep_secrets(person, number, back, visitor)
            visitor.send("GET", back.partition(visitor.host)[2], expecting=302)
            visitor.ask("GET", "/api/v3/developer/me", expecting=200)
            visitor.send("GET", "/account", expecting=200)
            visitor.ask("GET", "/api/v3/developer/me/export", expecting=200)
            visitor.fill("/account", target="/account/name", full_name=person.other_name, expecting=303)
            visitor.send("GET", f"/login?error=access_denied&error_description={person.text('name')}&state=none")
            leading_on = visitor.fill("/logout", expecting=200).headers["Refresh"].partition("url=")[2]
            self.subjects[f"subject of developer {person.number}"] = subject(leading_on)
            sign_in.send("GET", leading_on, expecting=302)
            self.log_in(visitor, person, person.other_password, 401)

    def keep_secrets(self, person, number, back, visitor):
        """What comes back from the provider, and what the browser keeps until then, is as good as a password for a moment."""
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(back).query)
        for what in ("code", "state"):
            self.credentials[f"{what} {number + 1} of developer {person.number}"] = query[what][0]
        for name, value in visitor.cookies.items():
            self.credentials[f"{name} {number + 1} of developer {person.number}"] = value

    # MARK: Against the borders

    def borders(self, person):
        """What is eu's is shown in us: sessions and links, never what a developer would type there by hand."""
        visitor = self.visitor()
        self.log_in(visitor, person, person.password, 204)
        access = dict(visitor.cookies)
        for other in NUMBERS:
            if other != self.geo:
                stranger = Visitor(
                    self.deployment, router_of(other) if self.deployment.is_plain else visitor.router,
                    f"acme.{other}.portal.{DOMAIN}", self.record)
                self.refused(stranger, 403, headers={"Cookie": "; ".join(f"{name}={value}" for name, value in access.items())})
                self.refused(stranger, 403, headers={"Authorization": f"Bearer {self.deployment.tokens[self.geo]}"})
                if not self.deployment.is_plain:
                    self.refused(visitor, 421, headers={"Host": stranger.host, "Cookie": ""})
        body = f"email={person.email}&full_name={person.text('name')}"
        for framing in ["Content-Length: 4\r\nTransfer-Encoding: chunked", "Content-Length: 4\r\nContent-Length: 5",
                        "Transfer-Encoding: xchunked", f"Host: acme.us.portal.{DOMAIN}", "Content-Length : 4"]:
            answer = visitor.raw(
                f"POST /register?{body} HTTP/1.1\r\nHost: {visitor.host}\r\n{framing}\r\n\r\n{body}\r\n0\r\n\r\n"
                f"GET /{person.text('name')} HTTP/1.1\r\nHost: {visitor.host}\r\n\r\n".encode())
            if not answer.startswith(b"HTTP/1.1 4"):
                raise Unexpected(f"a smuggled request was answered with {answer[:60]}")

    @staticmethod
    def refused(visitor, status, **how):
        visitor.send("GET", "/api/v3/developer/me", expecting=status, **how)

    # MARK: Administration

    def listed(self, person):
        query = urllib.parse.urlencode({"filter[email][eq]": person.email})
        [found] = self.admin.ask("GET", f"{self.developers}?{query}", expecting=200).json()["data"]
        return found["id"]

    def change(self, person, status):
        self.admin.ask("PATCH", f"{self.developers}/{self.listed(person)}", {"status": status}, expecting=200)

    def administration(self):
        person = self.people[0]
        developer = f"{self.developers}/{self.listed(person)}"
        self.admin.ask("GET", developer, expecting=200)
        self.admin.ask("GET", f"{self.developers}?{urllib.parse.urlencode({'filter[name][contains]': person.text('other name')})}")
        self.admin.ask("PATCH", developer, {"full_name": person.name}, expecting=200)
        self.change(person, "revoked")
        self.log_in(self.visitor(), person, person.password, 401)
        self.admin.ask("GET", "/v3/audit-log", expecting=200)
        self.admin.ask("DELETE", developer, expecting=204)
        # Invited by an admin; stays, so that the store has somebody to the end.
        self.admin.ask("POST", self.developers, {
            "full_name": person.other_name, "email": person.email, "status": "approved", "send_invitation_email": True}, expecting=201)
        self.set_password(self.visitor(), self.mailed_token(person), person.other_password)
        self.log_in(self.visitor(), person, person.other_password, 204)
