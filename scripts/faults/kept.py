"""What a store holds, looked at by SQLite itself, beside the node."""

import sqlite3
from contextlib import closing

from ground import check, eventually

# Whatever carries an id of 128 bits.
TABLES = ("developer", "session", "admin", "outbox", "portal", "api")


def reading(store):
    return closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True, timeout=10))


def registered(store):
    with reading(store) as database:
        return {email for (email,) in database.execute("SELECT email FROM developer")}


def waiting_mails(store):
    with reading(store) as database:
        [[count]] = database.execute("SELECT count(*) FROM outbox WHERE state = 'queued'")
        return count


def dead_mails(store):
    with reading(store) as database:
        [[count]] = database.execute("SELECT count(*) FROM outbox WHERE state = 'dead'")
        return count


def wait_for_empty_outbox(store, limit):
    eventually("every mail has left the outbox", lambda: waiting_mails(store) == 0, limit=limit, pause=0.5)


def check_whole(store):
    """The file agrees with itself, and no id was given twice."""
    with reading(store) as database:
        found = [text for (text,) in database.execute("PRAGMA integrity_check")]
        check(found == ["ok"], f"SQLite's integrity_check says {', '.join(found[:3])}")
        ids = [value for table in TABLES for (value,) in database.execute(f"SELECT id FROM {table}")]
    check(len(ids) == len(set(ids)), f"{len(ids):,} ids in {len(TABLES)} tables are all different")


def check_kept(store, acknowledged):
    """Everything that was acknowledged is there."""
    lost = acknowledged - registered(store)
    check(not lost, f"of {len(acknowledged):,} acknowledged registrations {len(lost)} are lost")


def lose_one(store, acknowledged):
    """Takes one acknowledged registration out of a store that no node has open: the checks must find it."""
    email = min(acknowledged)
    with closing(sqlite3.connect(store)) as database:
        database.execute("PRAGMA foreign_keys = ON")
        database.execute("DELETE FROM developer WHERE email = ?", (email,))
        database.commit()
