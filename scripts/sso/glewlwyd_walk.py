"""The ways in through glewlwyd: first and later log-ins, two geos, log-out at both ends, and those who are not let in."""

import urllib.parse
from collections import namedtuple

from portal_addresses import registration
from provider_pages import GlewlwydPages
from visit import Problem

Person = namedtuple("Person", "username password name email is_verified", defaults=[True])
JANA = Person("jana", "a quiet harbour at noon", "Jana <Müller> 山田", "Jana.Müller@hafen.example")
NOEMI = Person("noemi", "an open sea at night", "Noémi", "noemi@hafen.example", False)
KAI = Person("kai", "a lighthouse in the fog", "海 Kai", "kai@hafen.example")
WRONG_LOG_IN = "could not log you in"


def run(stage, provider):
    """One provider, and a client of its own for each geo's portal."""
    for person in (JANA, NOEMI, KAI):
        provider.add_user(person.username, person.password, name=person.name, email=person.email, verified=person.is_verified)
    secrets = {geo: provider.add_client(f"portal-{geo}", **registration(portal.url)) for geo, portal in stage.portals.items()}
    for geo, portal in stage.portals.items():
        portal.set_up(provider.issuer, f"portal-{geo}", secrets[geo])
        stage.expect(f"auto-approve in {geo}", portal.manage("GET", "")["auto_approve_developers"], False)
    test_configuration(stage, provider, secrets["eu"])
    first_log_in(stage)
    later_log_in(stage, provider)
    other_geo(stage)
    log_out_everywhere(stage)
    foreign_answers(stage)
    not_let_in(stage)
    known_address(stage)
    new_key(stage, provider)
    only_way_in(stage)


def test_configuration(stage, provider, secret):
    """What a test says of a right configuration, and of what may be wrong in one."""
    portal = stage.portals["eu"]
    stage.expect("a test of the right configuration", portal.failing_step(), None)
    for wrong, step in [({"client_secret": "another"}, "client_authentication"), ({"issuer_url": provider.issuer + "/"}, "discovery"),
                        ({"issuer_url": provider.issuer + "/elsewhere"}, "discovery")]:
        portal.change_provider(**wrong)
        stage.expect(f"a test with {', '.join(wrong)} wrong", (portal.failing_step() or [None])[0], step)
        portal.change_provider(issuer_url=provider.issuer, client_secret=secret)
    stage.say("the test of a configuration names the step that fails")


# MARK: In


def sign_in(stage, geo, person, **how):
    pages = GlewlwydPages(stage.leave_for_provider(geo))
    stage.expect("that the provider asks for a name and a password", pages.is_form(), True)
    pages.sign_in(person.username, person.password, **how)


def return_signed_in(stage, geo):
    pages = GlewlwydPages(stage.leave_for_provider(geo))
    stage.expect("that the provider asks for a name and a password", pages.is_form(), False)
    pages.go_on()


def first_log_in(stage):
    visit, portal = stage.visit, stage.portals["eu"]
    visit.open(f"{portal.url}/login")
    stage.see("login", "Log in with SSO", "Password")
    sign_in(stage, "eu", JANA)
    stage.see("catalog", "Port Calls", "Berth Bookings")
    [developer] = portal.developers(JANA.email)
    stage.expect("the new developer", (developer["full_name"], developer["email"], developer["status"]),
                 (JANA.name, JANA.email, "approved"))
    visit.press("a[href='/account']")
    stage.see("account", JANA.name, JANA.email)
    stage.expect("a form for another password", visit.page.locator("form[action='/account/password']").count(), 0)


def later_log_in(stage, provider):
    """Out at both ends, and in again, with the name that was taken at first."""
    visit, portal = stage.visit, stage.portals["eu"]
    [first] = portal.developers(JANA.email)
    log_out(stage, "eu")
    stage.expect_stranger("eu")
    stage.visit.open(f"{portal.url}/login?state=logged-out")
    stage.see("logged-out-at-both", "You are logged out", "Log in with SSO")
    provider.manage("PUT", f"user/{JANA.username}", {"name": "Another Name", "email": JANA.email, "verified": "yes"})
    sign_in(stage, "eu", JANA)
    stage.see("catalog-again", "Port Calls")
    [again] = portal.developers(JANA.email)
    stage.expect("the developer after another log-in", (again["id"], again["full_name"]), (first["id"], JANA.name))


def other_geo(stage):
    """The provider knows the person in both geos; the geos do not know of each other."""
    visit, portal = stage.visit, stage.portals["us"]
    stage.expect("developers in us", portal.developers(JANA.email), [])
    pages = GlewlwydPages(stage.leave_for_provider("us"))
    pages.consent()
    pages.go_on()
    stage.see("catalog-in-us", "Port Calls")
    [here], [there] = portal.developers(JANA.email), stage.portals["eu"].developers(JANA.email)
    stage.expect("whether the geos have a developer together", here["id"] == there["id"], False)


def foreign_answers(stage):
    """What belongs to a log-in in eu, shown in us, and by a browser that did not begin it."""
    stage.new_person()
    GlewlwydPages(stage.leave_for_provider("eu")).is_form()
    callback = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(stage.visit.page.url).query))["callback_url"]
    state = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(callback).query))["state"]
    answer = stage.visit.page.goto(f"{stage.portals['us'].url}/login?code=any&state={state}")
    stage.expect("the answer of us to a state of eu", answer.status, 403)
    stage.new_person()
    stage.visit.open(f"{stage.portals['eu'].url}/login?code=any&state={state}")
    stage.see("another-browser", "Please begin again")
    stage.visit.open(f"{stage.portals['eu'].url}/login?code=any")
    stage.see("without-state", "Please begin again")


# MARK: Out


def log_out(stage, geo):
    """By the portal's button, and by the provider's, to which that leads."""
    visit = stage.visit
    visit.open(f"{stage.portals[geo].url}/account")
    visit.leave()
    visit.press("form[action='/logout'] button")
    GlewlwydPages(visit.page).log_out()
    stage.expect("where the provider leads after the log-out", visit.page.url, f"{stage.portals[geo].url}/login?state=logged-out")
    visit.come_back()


def log_out_everywhere(stage):
    """A log-out in one geo ends the session at the provider, and the provider tells the other geo."""
    stage.visit.open(f"{stage.portals['eu'].url}/account")
    stage.see("still-logged-in-to-eu", JANA.name)
    log_out(stage, "us")
    stage.expect_stranger("us")
    # The provider posts its log-out tokens beside answering the browser.
    stage.wait_until_stranger("eu")
    stage.say("the provider told eu of the log-out in us")


# MARK: Not in


def not_let_in(stage):
    eu = stage.portals["eu"]
    stage.new_person()
    sign_in(stage, "eu", NOEMI, grant=())
    stage.see("no-address-told", "We were not told your e-mail address")
    stage.new_person()
    sign_in(stage, "eu", NOEMI)
    stage.see("unverified", "Your address is not verified")
    stage.expect("developers with an unverified address", eu.developers(NOEMI.email), [])

    stage.visit.open(f"{eu.url}/login")
    stage.visit.type("email", JANA.email)
    stage.visit.type("password", "no password at all")
    stage.visit.press("main form button")
    wrong = stage.visit.page.inner_text("main")
    eu.change(JANA.email, "revoked")
    stage.new_person()
    sign_in(stage, "eu", JANA)
    stage.see("revoked", WRONG_LOG_IN)
    stage.expect("the page of a revoked developer, which is that of a wrong password", stage.visit.page.inner_text("main"), wrong)


def known_address(stage):
    """An account with a password and the same address is opened only where the portal says so."""
    eu = stage.portals["eu"]
    stage.new_person()
    stage.sign_up("eu", KAI.name, KAI.email, "a password of the portal's own")
    [before] = eu.developers(KAI.email)
    sign_in(stage, "eu", KAI)
    stage.see("address-taken", "There is an account with your address")
    eu.change_provider(links_verified_addresses=True)
    return_signed_in(stage, "eu")
    stage.see("linked", "Port Calls")
    [after] = eu.developers(KAI.email)
    stage.expect("the developer with the address", (after["id"], after["status"]), (before["id"], "approved"))


def new_key(stage, provider):
    """The provider signs with a key that it did not have when the portal read its keys, and again with another at once."""
    stage.new_person()
    provider.rotate()
    sign_in(stage, "eu", KAI)
    stage.see("by-a-new-key", "Port Calls")


def only_way_in(stage):
    eu = stage.portals["eu"]
    stage.new_person()
    eu.set_log_in(basic_auth_enabled=False)
    stage.visit.open(f"{eu.url}/login")
    stage.see("login-by-sso-only", "Log in with SSO")
    stage.expect("forms for a password", stage.visit.page.locator("input[type=password]").count(), 0)
    stage.visit.open(f"{eu.url}/register")
    stage.see("register-without-passwords", "There are no passwords here")
    try:
        eu.set_log_in(oidc_auth_enabled=False)
    except SystemExit as refusal:
        stage.expect("a refusal to switch off the last way in", "409" in str(refusal), True)
    else:
        raise Problem("the last way in could be switched off")
    eu.set_log_in(basic_auth_enabled=True)
