"""What a store's tables say of themselves, so that a benchmark need not be changed with every column."""

import re


def columns(database, table):
    return [name for (_, name, *_) in database.execute(f"PRAGMA table_info({table})")]


def written_by_triggers(database):
    """The names of the tables, in lower case, that triggers insert into or update."""
    triggers = " ".join(sql for (sql,) in database.execute("SELECT sql FROM main.sqlite_master WHERE type = 'trigger'"))
    return {name.lower() for name in re.findall(r'(?:\binto|\bupdate)\s+"?(\w+)', triggers, re.IGNORECASE)}


def text_indexes(database, table):
    """The full-text indexes of a table that its program has to keep, as (name, the table's columns; the first is its row's number)."""
    kept = written_by_triggers(database)
    virtual = database.execute(
        "SELECT name, sql FROM main.sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%fts5%'").fetchall()
    for name, sql in virtual:
        options = dict(re.findall(r"(\w+)\s*=\s*'(.*?)'", sql))
        if options.get("content") == table and name.lower() not in kept:
            yield name, [options.get("content_rowid", "rowid"), *columns(database, name)]
