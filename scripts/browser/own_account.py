"""What a person does with an account of their own: log in slowly, look after it, leave."""

from visit import Problem

WRONG_PASSWORD = "no harbour at all"
# Ten are free; see ThrottlePolicy.
GUESSES = 11


def wait_after_guessing(visit, cluster, email):
    """Ends at the log-in form, with somebody else's guesses in between so that this one has to wait."""
    visit.context.clear_cookies()
    visit.open(f"{cluster.geo('eu')['portal_url']}/login")
    visit.type("email", email)
    visit.type("password", WRONG_PASSWORD)
    for _ in range(GUESSES):
        cluster.log_in("eu", email, WRONG_PASSWORD)
    visit.press("main form button")
    # The first wait is a second. On a slow machine it may be over by now; each further guess doubles it.
    while "could not log you in" in visit.page.inner_text("main"):
        visit.type("password", WRONG_PASSWORD)
        visit.press("main form button")
    visit.see("login-slowed-down", "Too many wrong passwords", "Forgot my password")


def look_after_account(visit, cluster, email, password, new_password):
    visit.press("a[href='/account']")
    visit.see("own-account", email, "Where you are logged in", "Chrome on Linux", "This browser")

    visit.type("full_name", "   ")
    visit.press("form[action='/account/name'] button")
    visit.see("name-refused", "Enter your full name")
    visit.type("full_name", "Jana Müller-Lüdenscheidt")
    visit.press("form[action='/account/name'] button")
    visit.see("name-saved", "Name saved", "Jana Müller-Lüdenscheidt")

    change_password(visit, WRONG_PASSWORD, new_password)
    visit.see("password-change-refused", "Current password is wrong")
    change_password(visit, password, "harbour")
    visit.see("new-password-refused", "at least 8 characters")
    change_password(visit, password, new_password)
    visit.see("password-changed", "Password changed")

    if cluster.log_in("eu", email, new_password) != 204:
        raise Problem("the new password does not log in")
    visit.open(visit.page.url)
    visit.see("two-sessions", "Unknown browser")
    visit.press("form[action='/account/sessions'] button:has(.unseen)")
    visit.see("session-ended", "Session ended")

    visit.tab_to("a[href='/account/export']")
    with visit.page.expect_download() as download:
        visit.page.keyboard.press("Enter")
    if email not in download.value.path().read_text():
        raise Problem("the downloaded data does not hold the address")


def change_password(visit, current, new):
    visit.type("current_password", current)
    visit.type("new_password", new)
    visit.press("form[action='/account/password'] button")


def leave(visit, password):
    visit.press("a[href='/account/delete']")
    visit.see("delete-account", "This cannot be undone")
    visit.type("password", WRONG_PASSWORD)
    visit.press("main form button")
    visit.see("delete-account-refused", "Password is wrong")
    visit.type("password", password)
    visit.press("main form button")
    visit.see("account-deleted", "Your account is deleted")
