"""The queue of a geo's mails: one really fails, is given up, and goes out when the mail folder is back."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

from console_portal import expect, take_step
from visit import Problem

SECONDS = 20
# Older than a mail gets before it is given up, in milliseconds.
DAYS = 4 * 24 * 3600 * 1000


def keep_mails(visit, cluster, geo):
    email = f"mia@{visit.look.name}.queue.example"
    store, maildir = cluster.store(geo), Path(cluster.geo(geo)["maildir"])
    aside = maildir.with_name("mail-aside")
    visit.press("header a[href='/mails']")
    visit.see("console-mails-empty", "No mail here", "all (0)")

    # A file in the place of the folder: no mail can be delivered.
    maildir.rename(aside)
    maildir.write_text("")
    try:
        cluster.visit(geo, "POST", "/api/v3/developer", {"full_name": "Mia Mole", "email": email})
        wait_for(store, "state = 'queued' AND attempts > 0")
        visit.press("header a[href='/mails']")
        visit.see("console-mails-failing", email, "failing (1)", "the mail folder cannot be written")
        visit.press("main td a")
        visit.see("console-mail-failing", email, "Next attempt", "Link valid until")
        if "Mia Mole" in visit.page.content() or "token=" in visit.page.content():
            raise Problem("the page of a mail shows what the mail says")
        grow_old(store)
        take_step(visit, "retry")
        visit.see("console-mail-retried", "The mail is being tried now")
        wait_for(store, "state = 'dead'")
        visit.press("header a[href='/mails']")
        visit.choose("state", "dead letter (1)")
        visit.press("form.filters button")
        visit.see("console-mails-dead", email, "given up", "Show all")
        visit.press("main td a")
        visit.see("console-mail-dead", "Dead letter since", "expired")
        take_step(visit, "discard")
        visit.see("console-discard-mail", "Discard this mail?", email)
        visit.press("main .aside a")
        visit.press("main .back a")
        take_step(visit, "retry-all")
        visit.see("console-retry-all", "Try 1 dead letter again?")
    finally:
        maildir.unlink()
        aside.rename(maildir)
    visit.press("main form button")
    visit.see("console-mails-retried", "1 mail is being tried again")
    cluster.mailed_token(geo, email)
    wait_for(store, "state = 'delivered'")

    wait_for(store, "state = 'queued'", there=False)
    visit.press("header a[href='/mails']")
    expect(visit, "No mail here")


def wait_for(store, condition, there=True):
    """Returns when the store has a mail that is so, or none."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True, timeout=10)) as database:
            if (database.execute(f"SELECT 1 FROM outbox WHERE {condition}").fetchone() is not None) == there:
                return
        time.sleep(0.05)
    raise Problem(f"no mail came to be {condition} within {SECONDS} s")


def grow_old(store):
    """As if the mail had been tried for days, and were tried next in an hour: whoever presses the button is the first."""
    with closing(sqlite3.connect(store, timeout=10)) as database, database:
        database.execute(
            "UPDATE outbox SET created_at = created_at - ?, attempts = 60, due_at = due_at + 3600000 WHERE state = 'queued'", (DAYS,))
