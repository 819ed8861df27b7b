"""What admins do for a whole geo: the catalog, the audit log, and admins with their tokens."""

import json
import sqlite3
from contextlib import closing

from console_portal import expect, take_step
from documents import HARBOUR
from visit import Problem

SECONDS_OF_A_DAY = 24 * 3600


def keep_catalog(visit, cluster, geo):
    """A document is refused, taken from a file, published, replaced, taken back and deleted."""
    name, slug = f"Pilots, {visit.look.name}", f"pilots-{visit.look.name}"
    portal_page = f"{cluster.geo(geo)['portal_url']}/apis/{slug}"
    visit.press("header a[href='/apis']")
    visit.see("console-catalog", "Harbour", "Page 1 of 2")
    visit.type("q", "harb")
    visit.press("form.filters button")
    visit.see("console-catalog-found", "1 API", "Harbour")
    visit.type("q", "no such thing")
    visit.press("form.filters button")
    visit.see("console-catalog-nothing", "No API found")

    visit.press("main a[href='/apis/new']")
    visit.see("console-new-api", "Or paste it here")
    visit.paste("document", json.dumps({"openapi": "3.1.0", "info": {"title": ["Pilots"], "version": "1"}, "paths": {}}, indent=2))
    visit.press("main form button")
    visit.see("console-new-api-refused", "/info/title", "line 4")
    visit.type("name", name)
    visit.type("slug", slug)
    visit.paste("document", "")
    visit.attach("file", "pilots.yaml", HARBOUR)
    visit.press("main form button")
    visit.see("console-api-created", "The API is there", name, "OpenAPI 3.1.0, YAML")

    publish(visit, "everybody")
    visit.see("console-api-published", "Who sees the API is saved")
    console_page = visit.page.url
    visit.open(portal_page)
    expect(visit, "List the ships")
    visit.open(console_page)
    visit.type("version", "3.0")
    visit.paste("document", HARBOUR.replace("List the ships", "List the pilots"))
    visit.press("form[enctype] button")
    visit.see("console-api-replaced", "The API is saved")
    visit.open(portal_page)
    expect(visit, "List the pilots")
    visit.open(console_page)
    publish(visit, "nobody")
    visit.open(portal_page)
    if "List the pilots" in visit.page.inner_text("body"):
        raise Problem("an API that is taken back is still shown")
    visit.open(console_page)
    visit.press("form[action$='/delete'] button")
    visit.see("console-delete-api", "Delete this API?", name)
    visit.press("main form button")
    visit.see("console-api-deleted", "The API is deleted")


def publish(visit, who):
    field = visit.page.get_attribute("form[action$='/publications'] select", "id")
    visit.choose(field, who)
    visit.press("form[action$='/publications'] button")


def read_audit(visit):
    visit.press("header a[href='/audit']")
    visit.see("console-audit", "newest first", "admin")
    visit.press("main a[rel='next']")
    visit.see("console-audit-older", "Newest")
    visit.press("main a[href='/audit']")


def keep_admins(visit, cluster, geo, password, wrong_password):
    """The password is asked for again; then an admin comes, gets a token and goes."""
    email = f"bo@{visit.look.name}.example"
    forget_passwords(cluster.store(geo))
    visit.press("header a[href='/admins']")
    visit.see("console-confirm-password", "Is it still you?")
    visit.type("current_password", wrong_password)
    visit.press("main form button")
    visit.see("console-confirm-password-refused", "Password is wrong.")
    visit.type("current_password", password)
    visit.press("main form button")
    visit.see("console-admins", "New admin", "owner")
    visit.type("email", "bo@harbour")
    visit.press("main form button")
    visit.see("console-admin-refused", "Enter an e-mail address such as")
    visit.type("email", email)
    visit.choose("role", "approver", is_whole=False)
    visit.press("main form button")
    visit.see("console-admin", "A link to choose a password is on its way", email)
    cluster.mailed_token(geo, email)

    make_token(visit, "0")
    visit.see("console-token-refused", "Validity in days must be a number from 1 to 3,650.")
    make_token(visit, "30")
    token = visit.page.inner_text("main code.once")
    # The cluster, and with it this token, is gone when somebody looks at the picture.
    visit.see("console-new-token", "it is not shown again", token)
    visit.press("main .actions a")
    visit.see("console-admin-token", "deploy pipeline", "never")
    if token in visit.page.content():
        raise Problem("a token is shown a second time")
    visit.press("form:has(input[name='revoke']) button")
    visit.see("console-revoke-token", "Revoke this token?", "deploy pipeline")
    visit.press("main form button")
    visit.see("console-token-revoked", "The token is revoked")

    visit.choose("role", "viewer", is_whole=False)
    take_step(visit, "role")
    visit.see("console-role-changed", "The role is changed")
    take_step(visit, "link")
    expect(visit, "A link to choose a password is on its way")
    take_step(visit, "factor")
    visit.see("console-remove-factor", "Remove the second factor?", email)
    visit.press("main form button")
    expect(visit, "The second factor is removed")
    take_step(visit, "delete")
    visit.see("console-delete-admin", "Delete this admin?", email)
    visit.press("main form button")
    visit.see("console-admin-deleted", "The admin is deleted")
    visit.press("header a[href='/account']")


def make_token(visit, days):
    visit.type("name", "deploy pipeline")
    visit.type("days", days)
    visit.press("form:has(#days) button")


def forget_passwords(store):
    """As if every password had been typed a day ago: nobody here waits for it."""
    with closing(sqlite3.connect(store, timeout=10)) as database, database:
        database.execute(
            "UPDATE console_session SET password_confirmed_at = password_confirmed_at - ?", (SECONDS_OF_A_DAY * 1000,))
