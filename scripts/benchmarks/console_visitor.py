"""An admin who gets into the console of a geo by its forms, as a browser does."""

import html
import http.client
import re
from urllib.parse import urlencode, urlsplit

from browser.authenticator import Authenticator

EMAIL = "ada@bench.example"
PASSWORD = "a lighthouse in the fog"


class ConsoleVisitor:
    """Cookies, and the forms that lead to them."""

    def __init__(self, cluster, geo):
        self.address = cluster.geo(geo)["node"]["address"]
        self.host = cluster.geo(geo)["console_url"].removeprefix("http://")
        self.link = cluster.console_link(geo, EMAIL)
        self.jar = {}

    @property
    def cookies(self):
        return "; ".join(f"{name}={value}" for name, value in self.jar.items())

    def log_in(self):
        """The link that an operator hands on, a password, and the first code of an app."""
        address = urlsplit(self.link)
        self._submit(f"{address.path}?{address.query}", "/password", password=PASSWORD)
        offer = self._submit("/login", "/login", email=EMAIL, password=PASSWORD)
        [key] = re.findall(r'<code class="once">([^<]+)</code>', offer)
        self._submit("/second-factor", "/second-factor", code=Authenticator(key).code())

    def confirm(self):
        """Types the password again, as pages about admins want it some minutes after the log-in."""
        self._submit("/confirm-password", "/confirm-password", current_password=PASSWORD)

    def _submit(self, page, action, **typed):
        """Fills the form of a page; returns the page behind it."""
        form = self._ask("GET", page)
        hidden = {
            name: html.unescape(value)
            for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form)}
        return self._ask("POST", action, urlencode(hidden | typed))

    def _ask(self, method, path, body=None):
        connection = http.client.HTTPConnection(self.address, timeout=60)
        headers = {"Host": self.host, "Origin": f"http://{self.host}"}
        if self.jar:
            headers["Cookie"] = self.cookies
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, value = cookie.split(";")[0].split("=", 1)
            self.jar[name] = value
        if answer.status in (302, 303):
            return self._ask("GET", answer.headers["Location"])
        if answer.status != 200:
            raise SystemExit(f"{method} {path} of the console was answered with {answer.status}")
        return text
