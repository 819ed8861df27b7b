"""The ways in through oidc-provider-mock, which says less of itself and of people, and what is seen when a provider refuses or is gone."""

from provider_pages import MockPages

PEOPLE = [{"sub": "kai", "name": "海 Kai", "email": "kai@mock.example", "email_verified": True},
          {"sub": "mira", "email": "mira@mock.example"}]


def run(stage, provider):
    portal = stage.portals["us"]
    portal.set_up(provider.issuer, "portal", "any secret is right there")
    stage.expect("a test of the configuration", portal.failing_step(), None)
    log_in(stage, "kai", "海 Kai")
    # Says nothing of a name, nor whether the address is verified.
    log_in(stage, "mira", "mira")
    denied(stage)
    gone(stage, provider)


def log_in(stage, subject, name):
    stage.new_person()
    pages = MockPages(stage.leave_for_provider("us"))
    pages.sign_in(subject)
    stage.see(f"mock-{subject}", "Port Calls")
    [developer] = stage.portals["us"].developers(f"{subject}@mock.example")
    stage.expect("the new developer", (developer["full_name"], developer["status"]), (name, "approved"))


def denied(stage):
    """This provider leaves out the state then, so nobody can tell which log-in was denied."""
    stage.new_person()
    pages = MockPages(stage.leave_for_provider("us"))
    pages.deny()
    stage.see("mock-denied", "Please begin again")
    stage.expect_stranger("us")


def gone(stage, provider):
    """One that is known by now is asked nothing; so it comes back under another name, of which nothing is known."""
    portal = stage.portals["us"]
    provider.stop()
    portal.set_up(provider.issuer.replace("127.0.0.1", "localhost"), "portal", "any secret is right there")
    stage.expect("the step that fails", portal.failing_step(), ("discovery", "it cannot be reached"))
    stage.new_person()
    stage.visit.open(f"{portal.url}/login")
    stage.visit.press("a[href^='/login/sso']")
    stage.see("provider-gone", "The log-in service does not answer")
