"""The admins' console of a geo: from the link that an operator hands on to logging out, by keyboard."""

import subprocess
from pathlib import Path

from authenticator import Authenticator
from console_geo import keep_admins, keep_catalog, read_audit
from console_mails import keep_mails
from console_portal import arrange_portal, decide, keep_developers, write_mails
from console_sign_on import keep_sign_on

GEO = "eu"
PASSWORD = "a lighthouse in the fog"
NEW_PASSWORD = "two lighthouses in the fog"
WRONG_PASSWORD = "no lighthouse at all"


class ConsoleAdmin:
    """An admin who gets in: the password, the app, and the recovery codes of paper."""

    def __init__(self, cluster, email, role="owner"):
        self.console = cluster.geo(GEO)["console_url"]
        self.email, self.password = email, PASSWORD
        self.app, self.recovery_codes = None, []
        self.link = cluster.console_link(GEO, email, role)

    def choose_password(self, visit):
        visit.open(self.link)
        visit.type("password", self.password)
        visit.press("main form button")

    def log_in(self, visit):
        """Ends at the page of the second factor."""
        visit.type("email", self.email)
        visit.type("password", self.password)
        visit.press("main form button")

    def set_up(self, visit):
        """The app and the codes of a first log-in; ends at the recovery codes."""
        self.app = Authenticator(visit.page.inner_text("main code.once"))
        self.enter(visit, self.app.code())
        self.recovery_codes = visit.page.locator("main .codes code").all_inner_texts()

    def enter(self, visit, code):
        visit.type("code", code)
        visit.press("main form button")


def walk_console(visit, cluster):
    """Everything that an owner sees, and what is different for a viewer."""
    name = visit.look.name
    owner = ConsoleAdmin(cluster, f"ada@{name}.example")
    move_in(visit, owner)
    decide(visit, cluster, GEO)
    keep_developers(visit, cluster, GEO)
    arrange_portal(visit, cluster, GEO)
    write_mails(visit)
    keep_sign_on(visit)
    keep_catalog(visit, cluster, GEO)
    read_audit(visit)
    keep_mails(visit, cluster, GEO)
    keep_admins(visit, cluster, GEO, owner.password, WRONG_PASSWORD)
    look_after_own_account(visit, owner)
    speak_german(visit, owner)
    look_on(visit, ConsoleAdmin(cluster, f"vera@{name}.example", "viewer"))


def move_in(visit, admin):
    visit.open(admin.console)
    visit.see("console-log-in", "Log in to the console", "Europe")
    visit.open(admin.link)
    visit.see("console-choose-password", "Choose your password")
    visit.type("password", "password1")
    visit.press("main form button")
    visit.see("console-password-refused", "Something has to be corrected")
    admin.choose_password(visit)
    visit.see("console-password-saved", "Your password is saved")

    visit.type("email", admin.email)
    visit.type("password", WRONG_PASSWORD)
    visit.press("main form button")
    visit.see("console-log-in-refused", "We could not log you in")
    admin.log_in(visit)
    visit.see("console-second-factor", "Set up your second factor", "open the app")
    wrong = Authenticator(visit.page.inner_text("main code.once")).wrong_code()
    admin.enter(visit, wrong)
    visit.see("console-code-refused", "Code is wrong.", "Set up your second factor")
    expect_qr_code(visit)
    admin.set_up(visit)
    visit.see("console-recovery-codes", *admin.recovery_codes)
    visit.press("main .actions a")
    # What a link was good for once, it is not good for again; the page is there beside the open session.
    visit.open(admin.link)
    visit.see("console-used-link", "This link is no longer valid", "To the portals")
    visit.open(f"{admin.console}/no-such-page")
    visit.see("console-not-found", "There is nothing here")


def expect_qr_code(visit):
    """An app of others reads from the picture what the page also says as a link."""
    picture = visit.folder / visit.look.name / "qr-code.png"
    visit.page.locator("svg.qr").screenshot(path=picture)
    read = subprocess.run(["zbarimg", "--quiet", "--raw", picture], capture_output=True, text=True)
    link = visit.page.get_attribute("main a[href^='otpauth:']", "href")
    if read.stdout.rstrip("\n") != link:
        raise Problem(f"the QR code says \"{read.stdout}\" ({read.stderr}) instead of \"{link}\"")


def look_after_own_account(visit, admin):
    # The browser forgets the session; it stays open, and is seen from the next one.
    visit.context.clear_cookies()
    visit.open(f"{admin.console}/account")
    admin.log_in(visit)
    visit.see("console-code", "Enter your code", "Enter a recovery code instead.")
    admin.enter(visit, admin.recovery_codes.pop())
    visit.see("console-own-account", admin.email, f"{len(admin.recovery_codes)} recovery codes left", "this browser")
    visit.press("main .rows form button")
    visit.see("console-session-ended", "this browser")

    change_password(visit, WRONG_PASSWORD, NEW_PASSWORD)
    visit.see("console-password-change-refused", "Current password is wrong.")
    change_password(visit, admin.password, NEW_PASSWORD)
    visit.see("console-password-changed", "Your password is changed")
    admin.password = NEW_PASSWORD
    visit.type("codes_password", admin.password)
    visit.press("form[action='/account/codes'] button")
    visit.see("console-new-recovery-codes", "they are shown only now")
    visit.press("main .actions a")
    log_out(visit)
    visit.see("console-logged-out", "You are logged out")

    visit.press("main a[href='/forgot-password']")
    visit.see("console-forgot-password", "Forgot your password?")
    visit.type("email", admin.email)
    visit.press("main form button")
    visit.see("console-link-sent", "a link is on its way")


def change_password(visit, current, new):
    visit.type("current_password", current)
    visit.type("new_password", new)
    visit.press("form[action='/account/password'] button")


def log_out(visit):
    visit.press("form[action='/logout'] button")


def speak_german(visit, admin):
    """The pages that an admin sees every day, in another language."""
    visit.press("footer a[hreflang='de']")
    visit.see("console-de-log-in", "Passwort vergessen?")
    admin.log_in(visit)
    visit.see("console-de-code", "Wiederherstellungscode")
    admin.enter(visit, admin.app.code())
    visit.see("console-de-portals", "Portale", "Angemeldet als")
    visit.press("main .tiles a")
    for area in ["developers", "look", "mail-texts", "log-in", "settings"]:
        visit.press(f"header a[href$='/{area}']")
        visit.see(f"console-de-{area}", "Entwickler")
    for area in ["apis", "mails", "audit", "account"]:
        visit.press(f"header a[href='/{area}']")
        visit.see(f"console-de-{area}", "Konsole")
    visit.press("footer a[hreflang='en']")
    log_out(visit)


def look_on(visit, admin):
    """Who may change nothing sees everything but the ways to change it."""
    admin.choose_password(visit)
    admin.log_in(visit)
    admin.set_up(visit)
    visit.press("main .actions a")
    visit.press("main .tiles a")
    visit.press("header a[href$='/settings']")
    visit.see("console-viewer-settings", "Only owners change these settings", "viewer")
    visit.press("header a[href$='/log-in']")
    visit.see("console-viewer-log-in", "Only owners change these settings")
    visit.press("header a[href$='/developers']")
    visit.see("console-viewer-developers", "Developers")
    visit.press("main td a")
    visit.see("console-viewer-developer", "Registered")
    visit.press("header a[href='/apis']")
    visit.press("main td a")
    visit.see("console-viewer-api", "Who sees it")
    visit.press("header a[href='/mails']")
    visit.see("console-viewer-mails", "Nobody is shown what a mail says")
    visit.open(f"{admin.console}/admins")
    visit.see("console-viewer-forbidden", "Your role does not allow this")
    visit.press("header a[href='/account']")
    log_out(visit)
