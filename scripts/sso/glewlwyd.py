"""Debian's glewlwyd as an OpenID provider: in a folder and on a port of its own, never the system's service."""

import http.cookiejar
import json
import secrets
import shutil
import socket
import sqlite3
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from joserfc.jwk import ECKey, RSAKey

WEB_PAGES = Path("/usr/share/glewlwyd/webapp")
SCHEMA = Path("/usr/share/dbconfig-common/data/glewlwyd/install/sqlite3")
LONGEST_START = 60
FIRST_PASSWORD = "password"
# The name of the plugin's instance: a part of the issuer and of every address.
INSTANCE = "oidc"
TYPES = {".html": "text/html", ".css": "text/css", ".js": "application/javascript", ".json": "application/json", ".png": "image/png",
         ".woff2": "font/woff2", ".woff": "font/woff", ".ttf": "font/ttf", ".ico": "image/x-icon"}
CONFIGURATION = """
port={port}
bind_address="{address}"
external_url="{url}/"
login_url="login.html"
api_prefix="api"
static_files_path="{folder}/pages/"
static_files_mime_types = ({types})
log_mode="file"
log_level="INFO"
log_file="{folder}/glewlwyd.log"
cookie_secure={secure_cookies}
cookie_same_site="lax"
session_expiration=86400
session_key="GLEWLWYD2_SESSION_ID"
admin_scope="g_admin"
profile_scope="g_profile"
user_module_path="/usr/lib/glewlwyd/user"
client_module_path="/usr/lib/glewlwyd/client"
user_auth_scheme_module_path="/usr/lib/glewlwyd/scheme"
plugin_module_path="/usr/lib/glewlwyd/plugin"
use_secure_connection={secure}
secure_connection_pem_file="{chain}"
secure_connection_key_file="{key}"
hash_algorithm="SHA512"
database = {{ type = "sqlite3"; path = "{folder}/glewlwyd.sqlite"; }};
"""


class Refused(Exception):
    """The provider's administration answered something else than was wanted."""


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def new_key(algorithm):
    options = {"kid": secrets.token_urlsafe(8), "alg": algorithm, "use": "sig"}
    key = ECKey.generate_key("P-256", options) if algorithm.startswith("ES") else RSAKey.generate_key(2048, options)
    return key.as_dict(private=True)


def readable(**more):
    """A property of users or clients that their administration may read and write."""
    return {"multiple": False, "read": True, "write": True, **more}


class Glewlwyd:
    """A provider that is made new for one walk; its users, clients and keys come by the API of its own administration.

        with Glewlwyd(folder) as provider:
            provider.add_user("jana", "a password", name="Jana", email="jana@example.com")
            secret = provider.add_client("portal-eu", **registration("http://acme.eu.portal.localhost:8080"))
            print(provider.issuer)
    """

    def __init__(self, folder, *, address="127.0.0.1", certificate=None):
        """`certificate` is a pair of paths, chain and key: then it speaks TLS."""
        self.folder = Path(folder)
        self.address = address
        self.port = free_port()
        self.certificate = certificate
        self.url = f"{'https' if certificate else 'http'}://{address}:{self.port}"
        self.issuer = f"{self.url}/api/{INSTANCE}"
        self.process = None
        self.keys = []
        # Nobody else answers there.
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=context),
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def __enter__(self):
        self.prepare()
        try:
            self.start()
            self.furnish()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    def prepare(self):
        """Its pages, its database and its configuration, all in its folder."""
        self.folder.mkdir(parents=True, exist_ok=True)
        # The package's pages are links into other packages, and its config.json is a link to a folder.
        shutil.copytree(WEB_PAGES, self.folder / "pages",
                        ignore=lambda folder, _: {"config.json"} if Path(folder) == WEB_PAGES else set())
        configuration = WEB_PAGES / "config.json"
        shutil.copy(configuration / "config.json" if configuration.is_dir() else configuration, self.folder / "pages/config.json")
        connection = sqlite3.connect(self.folder / "glewlwyd.sqlite")
        connection.executescript(SCHEMA.read_text())
        connection.close()
        chain, key = self.certificate or ("", "")
        is_secure = self.certificate is not None
        (self.folder / "glewlwyd.conf").write_text(CONFIGURATION.format(
            port=self.port, address=self.address, url=self.url, folder=self.folder, chain=chain, key=key,
            types=", ".join(f'{{ extension = "{extension}"; mime_type = "{kind}"; }}' for extension, kind in TYPES.items()),
            secure=str(is_secure).lower(), secure_cookies=int(is_secure)))

    def start(self):
        with open(self.folder / "output", "ab") as output:
            self.process = subprocess.Popen(
                ["glewlwyd", "--config-file", self.folder / "glewlwyd.conf"], stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        end = time.monotonic() + LONGEST_START
        while True:
            try:
                with self.opener.open(f"{self.url}/config", timeout=5):
                    return
            except OSError:
                if self.process.poll() is not None or time.monotonic() > end:
                    raise SystemExit(f"glewlwyd did not start; its log is {self.folder}/glewlwyd.log") from None
                time.sleep(0.05)

    def stop(self):
        if self.process is not None:
            self.process.terminate()
            self.process.wait()
            self.process = None

    def furnish(self):
        """A password that nobody knows in place of the well-known one, the plugin with its keys, and what users and clients may have."""
        self.log_in("admin", FIRST_PASSWORD)
        password = secrets.token_urlsafe(24)
        self.manage("PUT", "profile/password", {"old_password": FIRST_PASSWORD, "password": password})
        self.log_in("admin", password)
        self.add_properties("user", verified=readable(), group=readable(multiple=True))
        self.add_properties("client", post_logout_redirect_uris=readable(multiple=True))
        for scope in ("email", "profile"):
            self.manage("POST", "scope/", {"name": scope, "display_name": f"Your {scope}", "password_required": False})
        self.keys = [new_key("ES256"), new_key("RS256")]
        self.manage("POST", "mod/plugin/", {
            "module": "oidc", "name": INSTANCE, "display_name": "OpenID Connect", "enabled": True, "order_rank": 0,
            "parameters": self.parameters()})

    def add_properties(self, whose, **properties):
        module = self.manage("GET", f"mod/{whose}/database")
        module["parameters"]["data-format"] |= properties
        self.manage("PUT", f"mod/{whose}/database", module)
        self.manage("PUT", f"mod/{whose}/database/reset")

    def parameters(self):
        """What the plugin does; the first of the keys signs.

        What is told of a person depends on the scopes that the person grants. With `"subject-type": "pairwise"` this version tells
        another `sub` at its userinfo endpoint than in the ID token.
        """
        return {
            "iss": self.issuer, "subject-type": "public", "oauth-as-iss-id": True,
            "jwks-show": True, "jwks-private": json.dumps({"keys": self.keys}), "default-kid": self.keys[0]["kid"],
            "code-duration": 60, "access-token-duration": 300, "refresh-token-duration": 600,
            "auth-type-code-enabled": True, "auth-type-code-revoke-replayed": True, "auth-type-refresh-enabled": False,
            "pkce-allowed": True, "pkce-required": True, "pkce-method-plain-allowed": False,
            "allowed-scope": ["openid", "email", "profile"], "scope-claim": "no",
            "name-claim": "on-demand", "name-claim-scope": ["profile"], "email-claim": "on-demand", "email-claim-scope": ["email"],
            "claims": [
                {"name": "email_verified", "user-property": "verified", "type": "boolean", "boolean-value-true": "yes",
                 "boolean-value-false": "no", "mandatory": False, "on-demand": True, "scope": ["email"]},
                {"name": "groups", "user-property": "group", "type": "string", "mandatory": False, "on-demand": True,
                 "scope": ["profile"]}],
            # Without the front channel its page for the end of a session does not work.
            "session-management-allowed": True, "front-channel-logout-allowed": True, "back-channel-logout-allowed": True,
            "session-cookie-name": "GLEWLWYD2_OIDC_SID", "session-cookie-expiration": 86400,
            "client-jwks-parameter": "jwks", "client-jwks_uri-parameter": "jwks_uri", "client-pubkey-parameter": "pubkey"}

    def rotate(self):
        """Signs with a new key from now on; those before stay published."""
        self.keys = [new_key(self.keys[0]["alg"]), *self.keys]
        plugin = self.manage("GET", f"mod/plugin/{INSTANCE}")
        plugin["parameters"] = self.parameters()
        self.manage("PUT", f"mod/plugin/{INSTANCE}", plugin)
        self.manage("PUT", f"mod/plugin/{INSTANCE}/reset")

    def add_user(self, username, password, *, name, email, verified=True, groups=()):
        self.manage("POST", "user/", {
            "username": username, "password": password, "name": name, "email": email, "group": list(groups),
            "verified": "yes" if verified else "no", "scope": ["openid", "email", "profile", "g_profile"]})

    def add_client(self, client_id, *, redirect_uri, post_logout_uri, back_channel_uri):
        """Registers a relying party; returns its secret."""
        secret = secrets.token_urlsafe(32)
        self.manage("POST", "client/", {
            "client_id": client_id, "name": client_id, "confidential": True, "enabled": True, "client_secret": secret,
            "redirect_uri": [redirect_uri], "authorization_type": ["code"], "token_endpoint_auth_method": ["client_secret_basic"],
            "post_logout_redirect_uris": [post_logout_uri], "backchannel_logout_uri": back_channel_uri})
        return secret

    def log_in(self, username, password):
        self.manage("POST", "auth/", {"username": username, "password": password})

    def manage(self, method, path, body=None):
        """One request to the API of its administration; raises Refused."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}/api/{path}", data, {"Content-Type": "application/json"}, method=method)
        try:
            with self.opener.open(request, timeout=30) as answer:
                text = answer.read()
        except urllib.error.HTTPError as refusal:
            raise Refused(f"{method} {path}: {refusal.code} {refusal.read().decode(errors='replace')}") from None
        return json.loads(text) if text else None
