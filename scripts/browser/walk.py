"""Walks a portal and its console in Chromium, by keyboard, on a small and a large screen, in light and dark colours.

Each page is checked (axe, no sideways scrolling, nothing from another host, no complaint of the browser) and photographed.
"""

import argparse
import shutil
import sys
from collections import namedtuple
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

from cluster import Cluster
from console import walk_console
from dressed import dress_up
from documents import publish_documents, read_documents
from languages import walk_in
from own_account import leave, look_after_account, wait_after_guessing
from visit import Problem, Visit

Look = namedtuple("Look", "name width height")
LOOKS = [Look("large", 1280, 900), Look("small", 320, 700)]
PASSWORD = "a quiet harbour at noon"
NEW_PASSWORD = "a loud harbour at night"
NEWEST_PASSWORD = "a harbour in the rain"


def sign_up(visit, cluster, email):
    geo = cluster.geo("eu")
    portal = geo["portal_url"]
    visit.open(cluster.description["chooser_url"])
    visit.see("chooser", "Europe", "United States")
    visit.open(portal)
    visit.see("catalog-for-strangers", "Port Calls")
    visit.press("a[href='/register']")
    visit.see("register")
    visit.type("full_name", "Jana <Müller> 山田")
    visit.type("email", "jana@harbour")
    visit.press("main form button")
    visit.see("register-refused")
    visit.type("email", email)
    visit.press("main form button")
    visit.see("check-your-mail")

    visit.press("a[href='/dev/mailbox']")
    visit.see("mailbox", email)
    visit.press("main .mails a")
    visit.see("mail-verify")
    visit.press("main pre a[href*='token=']")
    visit.see("verify")
    visit.press("main form button")
    visit.see("choose-password")
    visit.type("password", "password1")
    visit.press("main form button")
    visit.see("password-refused", "most used")
    visit.type("password", PASSWORD)
    visit.press("main form button")
    visit.see("waiting-for-approval")


def use(visit, cluster, email):
    portal = cluster.geo("eu")["portal_url"]
    visit.open(f"{portal}/login")
    visit.see("login")
    log_in(visit, email, PASSWORD)
    visit.see("login-refused")
    cluster.approve("eu", email)
    log_in(visit, email, PASSWORD)
    visit.see("catalog", "Port Calls", "Berth Bookings")
    visit.press("main a[href^='/apis/berth']")
    visit.see("api", "Berth Bookings")
    visit.press("a[href='/account']")
    visit.see("account", email, "Jana <Müller> 山田")
    visit.press("form[action='/logout'] button")
    visit.see("logged-out")
    visit.open(f"{portal}/account")
    visit.see("account-needs-log-in", "Log in")


def recover(visit, cluster, email):
    portal = cluster.geo("eu")["portal_url"]
    visit.open(f"{portal}/login")
    visit.press("a[href='/forgot-password']")
    visit.see("forgot-password")
    visit.type("email", email)
    visit.press("main form button")
    visit.see("forgot-password-sent")
    visit.press("a[href='/dev/mailbox']")
    visit.press("main .mails a")
    visit.see("mail-reset")
    link = visit.page.get_attribute("main pre a[href*='token=']", "href")
    visit.press("main pre a[href*='token=']")
    visit.type("password", NEW_PASSWORD)
    visit.press("main form button")
    visit.see("password-saved")
    log_in(visit, email, NEW_PASSWORD)
    visit.see("catalog-again", "Berth Bookings")
    visit.open(link)
    visit.see("used-link")


def log_in(visit, email, password):
    visit.type("email", email)
    visit.type("password", password)
    visit.press("main form button")


def elsewhere(visit, cluster):
    """The cookies of eu do not reach us: there the person is a stranger."""
    visit.open(cluster.geo("us")["portal_url"])
    visit.see("stranger-in-us", "Log in")
    visit.open(f"{cluster.geo('us')['portal_url']}/no-such-page")
    visit.see("not-found")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binaries", required=True)
    parser.add_argument("--output", required=True, type=Path)
    arguments = parser.parse_args()
    for look in LOOKS:
        shutil.rmtree(arguments.output / look.name, ignore_errors=True)
        (arguments.output / f"{look.name}-failed.png").unlink(missing_ok=True)
    with Cluster(arguments.binaries, "eu,us") as cluster, sync_playwright() as playwright:
        publish_documents(cluster, "eu")
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for look in LOOKS:
            visit = Visit(browser, look, arguments.output, lambda file: print(f"  {file}", flush=True))
            email = f"jana@{look.name}.example"
            try:
                sign_up(visit, cluster, email)
                use(visit, cluster, email)
                read_documents(visit, cluster)
                recover(visit, cluster, email)
                for tag in ["de", "ja"]:
                    walk_in(tag, visit, cluster, email, NEW_PASSWORD)
                wait_after_guessing(visit, cluster, f"nobody@{look.name}.example")
                log_in(visit, email, NEW_PASSWORD)
                look_after_account(visit, cluster, email, NEW_PASSWORD, NEWEST_PASSWORD)
                leave(visit, NEWEST_PASSWORD)
                dress_up(visit, cluster, "eu")
                elsewhere(visit, cluster)
                walk_console(visit, cluster)
            except (Problem, Error) as problem:
                visit.page.screenshot(path=arguments.output / f"{look.name}-failed.png", full_page=True)
                sys.exit(f"browser walk, {look.name}: {problem}")
            visit.close()
        browser.close()
    print(f"every page was walked; the pictures are in {arguments.output}")


if __name__ == "__main__":
    main()
