"""What both walks share: the portals of the geos, a browser, and how a page of ours is looked at."""

import time
from collections import namedtuple

from portal import Portal
from visit import Problem, Visit

Look = namedtuple("Look", "name width height")
LOOKS = [Look("small", 320, 700), Look("large", 1280, 900)]
LONGEST_WAIT = 30
START = "a[href^='/login/sso']"


class Stage:
    def __init__(self, cluster, browser, folder, say):
        self.cluster = cluster
        self.browser = browser
        self.folder = folder
        self.say = say
        self.portals = {geo: Portal(cluster, geo) for geo in cluster.description["geos"]}
        self.visit = None
        self.new_person()

    def new_person(self):
        """A browser that has been nowhere."""
        number = 0
        if self.visit is not None:
            number = self.visit.number
            self.visit.close()
        self.visit = Visit(self.browser, LOOKS[-1], self.folder, lambda file: None)
        self.visit.number = number

    def see(self, name, *words):
        """Checks and photographs the page that is shown, on both screens."""
        self.visit.come_back()
        for look in LOOKS:
            self.visit.look = look
            self.visit.page.set_viewport_size({"width": look.width, "height": look.height})
            self.visit.see(name, *words)
        self.say(name)

    def leave_for_provider(self, geo):
        """From a portal's log-in page to the provider's."""
        self.visit.open(f"{self.portals[geo].url}/login")
        self.visit.leave()
        self.visit.press(START)
        return self.visit.page

    def expect(self, what, found, wanted):
        if found != wanted:
            raise Problem(f"{what}: expected {wanted!r}, found {found!r}")

    def expect_stranger(self, geo):
        """Whoever uses the browser is not logged in to a portal."""
        self.visit.open(f"{self.portals[geo].url}/account")
        self.expect(f"the way to the account in {geo}", "/login" in self.visit.page.url, True)

    def wait_until_stranger(self, geo):
        end = time.monotonic() + LONGEST_WAIT
        while "/login" not in self.visit.page.url:
            if time.monotonic() > end:
                raise Problem(f"the session in {geo} did not end")
            self.visit.open(f"{self.portals[geo].url}/account")

    def sign_up(self, geo, name, email, password):
        """Makes an account with a password, as the browser walk does with a look at each page."""
        visit, portal = self.visit, self.portals[geo]
        visit.open(f"{portal.url}/register")
        visit.type("full_name", name)
        visit.type("email", email)
        visit.press("main form button")
        visit.open(f"{portal.url}/dev/mailbox")
        visit.press("main .mails a")
        visit.press("main pre a[href*='token=']")
        visit.press("main form button")
        visit.type("password", password)
        visit.press("main form button")

    def photograph_failure(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        self.visit.page.screenshot(path=self.folder / "failed.png", full_page=True)
