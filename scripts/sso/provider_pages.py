"""What a person does on the pages of the two providers, as they are."""

import re

SCOPES_TO_GRANT = ("email", "profile")


class GlewlwydPages:
    """The pages of glewlwyd, which need JavaScript and say nothing in their addresses of where one is."""

    def __init__(self, page):
        self.page = page

    def sign_in(self, username, password, grant=SCOPES_TO_GRANT):
        """From its form for a name and a password; on the first visit of a portal's with the question what it may know."""
        self.page.fill("#username", username)
        self.page.fill("#password", password)
        self.page.keyboard.press("Enter")
        self.consent(grant)
        self.go_on()

    def consent(self, grant=SCOPES_TO_GRANT):
        """Allows the portal what is named, where the person is asked for it."""
        self.page.get_by_role("button", name="Continue").wait_for()
        consent = self.page.get_by_role("button", name="Grant access")
        if consent.is_visible():
            for scope in grant:
                self.page.check(f"#grant-{scope}")
            with self.page.expect_response(lambda answer: "/auth/grant/" in answer.url and answer.request.method == "PUT"):
                consent.click()
            if grant:
                consent.wait_for(state="hidden")

    def go_on(self):
        """One who is signed in goes back to the portal, which is asked for at each log-in."""
        self._leave_by("Continue")

    def log_out(self):
        """Says yes to the end of the session there, which leads back to the portal because its request has a `state`."""
        button = self.page.get_by_role("button", name="Logout").first
        button.wait_for()
        here = re.match(r"https?://[^/]*/", self.page.url).group()
        with self.page.expect_response(lambda answer: "/api/auth" in answer.url and answer.request.method == "DELETE"):
            button.click()
        self.page.wait_for_url(lambda url: not url.startswith(here))

    def is_form(self):
        """Whether it asks for a name and a password; waits until it knows."""
        self.page.locator("#username, button:has-text('Continue')").first.wait_for()
        return self.page.locator("#username").is_visible()

    def _leave_by(self, name):
        button = self.page.get_by_role("button", name=name).first
        button.wait_for()
        here = re.match(r"https?://[^/]*/", self.page.url).group()
        button.click()
        self.page.wait_for_url(lambda url: not url.startswith(here))


class MockPages:
    """The one page of oidc-provider-mock."""

    def __init__(self, page):
        self.page = page

    def sign_in(self, subject):
        self._press(self.page.get_by_role("button", name=subject, exact=True).first)

    def deny(self):
        self._press(self.page.get_by_role("button", name="Deny"))

    def _press(self, button):
        with self.page.expect_navigation():
            button.click()
