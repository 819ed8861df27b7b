"""Bare SQLite as the peer of a node: the rows that the node wrote, inserted again into a copy of the store as it was before.

The copy has the node's tables, indexes, triggers and earlier rows, so SQLite does the same work; what is left out is everything
else: HTTP, the rules, waiting for each other.
"""

import os
import shutil
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from store_schema import columns, text_indexes, written_by_triggers

# Where the store does not count its commits: as many writes as a node puts into one at most.
LARGEST_GROUP = 128


@dataclass
class Counts:
    """What a store had at one moment."""

    developers: int
    finished_mails: int
    commits: int | None

    def group_size(self, earlier):
        """How many writes shared a commit since then."""
        if self.commits is None:
            return LARGEST_GROUP
        writes = self.developers - earlier.developers + self.finished_mails - earlier.finished_mails
        return max(1, round(writes / (self.commits - earlier.commits)))


def read_only(store):
    return closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True, isolation_level=None))


def count(store):
    with read_only(store) as database:
        one = lambda sql: database.execute(sql).fetchone()[0]
        return Counts(
            one("SELECT count(*) FROM developer"), one("SELECT count(*) FROM outbox WHERE state <> 'queued'"),
            one("SELECT commits FROM stamp") if "commits" in columns(database, "stamp") else None)


def discard_queued_mails(store):
    """Empties the outbox of a node that does not run, so that it has nothing left to deliver when it starts."""
    with closing(sqlite3.connect(store, isolation_level=None)) as database:
        database.execute("DELETE FROM outbox WHERE state = 'queued'")
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def copy(store, path):
    """Copies a store that may be in use."""
    Path(path).unlink(missing_ok=True)
    with read_only(store) as database, closing(sqlite3.connect(path)) as duplicate:
        database.backup(duplicate)


class Rows:
    """What the node wrote for its registrations since a copy was made: for each table its columns and rows."""

    def __init__(self, store, earlier):
        with read_only(store) as database:
            database.execute("ATTACH ? AS earlier", (f"file:{earlier}?mode=ro",))
            database.execute("BEGIN")
            written = {table: self._new(database, table) for table in self._written_directly(database)}
            texts = list(text_indexes(database, "developer"))
        self.tables = {table: (names, rows) for table, (names, rows) in written.items() if rows}
        if "developer" not in self.tables:
            raise SystemExit("the node has stored no registrations")
        names, rows = self.tables["developer"]
        self.registrations = len(rows)
        self._bring_to_order([row[names.index("id")] for row in rows])
        self.statements = {
            table: f"INSERT INTO {table} VALUES ({','.join('?' * len(names))})" for table, (names, _) in self.tables.items()}
        for index, (number, *texts_of) in texts:
            self._add_text_index(index, number, texts_of)
        self._bring_mails_back()

    def _add_text_index(self, index, number, texts):
        """Its rows are the developers' own texts, by the developers' numbers."""
        names, rows = self.tables["developer"]
        places = [names.index(name) for name in (number, *texts)]
        self.tables[index] = (["rowid", *texts], [tuple(row[place] for place in places) for row in rows])
        self.statements[index] = (
            f"INSERT INTO {index} (rowid, {', '.join(texts)}) VALUES ({','.join('?' * len(places))})")

    def of_registration(self, number):
        """What one registration writes, as (statement, row), in the order in which a program writes it."""
        for table, (_, rows) in self.tables.items():
            start, end = (number * len(rows) // self.registrations, (number + 1) * len(rows) // self.registrations)
            for row in rows[start:end]:
                yield self.statements[table], row

    @staticmethod
    def _written_directly(database):
        """The tables that a program writes, owners first; what triggers keep they keep here too."""
        kept = written_by_triggers(database)
        tables = [
            name for (_, name, kind, *_) in database.execute("PRAGMA main.table_list")
            if kind == "table" and not name.startswith(("sqlite_", "grdb_")) and name != "stamp" and name.lower() not in kept]
        return sorted(tables, key=lambda name: (name != "developer", name))

    @staticmethod
    def _new(database, table):
        info = database.execute(f"PRAGMA main.table_info({table})").fetchall()
        key = ", ".join(name for (_, name, *_, position) in info if position) or "rowid"
        return [name for (_, name, *_) in info], database.execute(
            f"SELECT * FROM main.{table} WHERE ({key}) NOT IN (SELECT {key} FROM earlier.{table})").fetchall()

    def _bring_to_order(self, developers):
        """Sorts what belongs to developers as the developers are, so that nothing comes before its owner."""
        order = {developer: number for number, developer in enumerate(developers)}
        for table, (_, rows) in self.tables.items():
            owner = next((index for index, value in enumerate(rows[0]) if value in order), None)
            if table != "developer" and owner is not None:
                rows.sort(key=lambda row: order.get(row[owner], len(order)))

    def _bring_mails_back(self):
        """A delivered mail has lost its text since; it is inserted as it was when it was written."""
        names, rows = self.tables["outbox"]
        state, sealed, finished = (names.index(name) for name in ("state", "sealed", "finished_at"))
        for number, row in enumerate(rows):
            row = list(row)
            row[state], row[finished] = "queued", None
            row[sealed] = row[sealed] or os.urandom(420)
            rows[number] = tuple(row)


def insert(rows, earlier, path, group_size, seconds):
    """Inserts into a copy of the earlier store, one registration after another, in groups with a commit each.

    Returns registrations per second.
    """
    for old in Path(path).parent.glob(f"{Path(path).name}*"):
        old.unlink()
    shutil.copyfile(earlier, path)
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"):
            database.execute(f"PRAGMA {pragma}")
        counts_commits = "commits" in columns(database, "stamp")
        inserts = [list(rows.of_registration(number)) for number in range(rows.registrations)]
        done, start = 0, time.perf_counter()
        while done < rows.registrations and time.perf_counter() - start < seconds:
            last = min(done + group_size, rows.registrations)
            database.execute("BEGIN IMMEDIATE")
            for registration in inserts[done:last]:
                for statement, row in registration:
                    database.execute(statement, row)
            if counts_commits:
                database.execute("UPDATE stamp SET commits = commits + 1")
            database.execute("COMMIT")
            done = last
        return done / (time.perf_counter() - start)
