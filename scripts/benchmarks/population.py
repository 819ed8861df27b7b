"""Fills a portal with developers, straight into the store of a node that does not run.

The rows have the columns that the table has, so a column that is added with a default, or is named here, needs no change; indexes,
triggers and full-text tables do their work as they do for the node.
"""

import base64
import random
import sqlite3
import time
import unicodedata
from contextlib import closing

from store_schema import columns, text_indexes

GIVEN = """Jana Amélie Noah Mia Liam Emma Mateo Sofía Lucas Hannah Finn Lea Paul Marie Jonas Clara Felix Ida Oskar Greta Emil Nora Hugo
Alma Oliver Freja William Astrid Elias Ingrid Aksel Sigrid Mikko Aino Juho Helmi Jakub Zofia Antoni Hanna Tomáš Eliška Jan Tereza
Bence Anna Máté Luca Andrei Ioana Giorgos Eleni Dimitris Maria Mehmet Zeynep Emre Elif Yusuf Fatma Omar Layla Ahmed Noor Ali Sara
Arjun Priya Rohan Ananya Vikram Diya Wei Li Ming Hua Yuki Haruto Sakura Ren Minjun Seo-yeon Jihoon Hayoon Nguyen Linh Somchai Mali
Thabo Naledi Kwame Ama Chidi Ngozi Amina Juma Olivia James Charlotte Henry Amelia George Isla Arthur Ava Jack Grace Leo Chloé Louis
Camille Gabriel Manon Raphaël Jules Giulia Leonardo Francesca Alessandro João Beatriz Miguel Inês Diego Valentina Santiago Camila""".split()

FAMILY = """Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Koch Bauer Richter Klein Wolf Schröder Neumann
Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Werner Krause Lehmann Köhler Hansen Johansen Olsen Larsen Andersen Nilsson
Eriksson Karlsson Virtanen Korhonen Mäkinen Kowalski Nowak Wiśniewski Novák Svoboda Dvořák Nagy Kovács Tóth Popescu Ionescu
Papadopoulos Yılmaz Kaya Demir Haddad Hassan Ibrahim Khan Sharma Patel Singh Gupta Reddy Wang Zhang Chen Liu Yang Huang Tanaka Suzuki
Sato Watanabe Kim Lee Park Choi Nguyen Tran Okafor Mensah Dlamini Nkosi Mwangi Smith Jones Taylor Brown Williams Wilson Johnson Davies
Robinson Wright Thompson Evans Walker White Roberts Green Hall Wood Martin Bernard Dubois Thomas Robert Petit Durand Leroy Moreau
Rossi Russo Ferrari Esposito Bianchi Silva Santos Ferreira Pereira Oliveira García Martínez López Sánchez Pérez Gómez Fernández""".split()

DOMAINS = """harbour lighthouse northwind bluewater quayside seafarer mainsail compass tidewater fairway anchorage breakwater windward
leeward estuary isthmus headland skerry lagoon meridian""".split()
ENDINGS = ["example", "example.com", "example.net", "example.org", "mail.example", "dev.example"]

# One name in a hundred or so; and an address that nobody has by chance.
COMMON_NAME = "müller"
RARE_ADDRESS = "quokka"
RARE_ONES = 5

APPROVED, WAITING, UNVERIFIED, REJECTED, REVOKED = range(5)
WORDS = ["approved", "pending", "pending", "rejected", "revoked"]
# Of each twenty: many wait, so that even the smallest portal has hundreds to approve.
STATUSES = [APPROVED, WAITING] * 8 + [APPROVED, UNVERIFIED, REJECTED, REVOKED]
THREE_YEARS = 3 * 365 * 24 * 3600 * 1000
BATCH = 20_000


class Population:
    """Developers of the one portal of a store, made in the order of their registration."""

    def __init__(self, store, geo_number):
        self.store = store
        self.geo = geo_number
        self.now = int(time.time() * 1000)
        # The same developers in every run.
        self.random = random.Random(geo_number)

    def grow(self, to, report=lambda count: None):
        """Adds developers until the portal has that many; leaves everything in the store's one file."""
        with closing(sqlite3.connect(self.store, isolation_level=None)) as database:
            database.row_factory = sqlite3.Row
            self._prepare(database)
            present = self._present(database)
            first = self.now - THREE_YEARS
            for start in range(present, to, BATCH):
                end = min(start + BATCH, to)
                self._insert(database, [
                    self._row(number, first + THREE_YEARS * number // to) for number in range(start, end)])
                report(end)
            self._finish(database)

    def add_log_ins(self, password_hash, count):
        """Adds approved developers who share a password; returns their addresses."""
        with closing(sqlite3.connect(self.store, isolation_level=None)) as database:
            database.row_factory = sqlite3.Row
            self._prepare(database)
            rows = []
            for number in range(count):
                row = self._row(number, self.now + number)
                email = f"log-in-{number}@bench.example"
                rows.append({**row, "email": email, "email_key": email, "status": WORDS[APPROVED], "verified_at": self.now,
                             "password_hash": password_hash})
            self._insert(database, rows)
            self._finish(database)
        return [row["email"] for row in rows]

    def _prepare(self, database):
        # What is lost in a power cut is only the benchmark's.
        for pragma in ("synchronous = OFF", "cache_size = -400000", "foreign_keys = ON"):
            database.execute(f"PRAGMA {pragma}")
        self.portal = database.execute("SELECT * FROM portal").fetchone()
        self.columns = columns(database, "developer")
        self.texts = list(text_indexes(database, "developer"))
        self.required = [
            row["name"] for row in database.execute("PRAGMA table_info(developer)")
            if row["notnull"] and row["dflt_value"] is None]
        self.next_number = self._next_number(database)

    def _next_number(self, database):
        """Where developers are numbered: the portal's number and, counting up from 1, one within the portal."""
        if "number" not in self.columns:
            return 0
        base = self.portal["number"] << 40
        last = database.execute(
            "SELECT max(number) FROM developer WHERE number > ? AND number < ?", (base, base + (1 << 40))).fetchone()[0]
        return (last or base) + 1

    @staticmethod
    def _present(database):
        return database.execute("SELECT count(*) FROM developer").fetchone()[0]

    def _row(self, number, moment):
        """One developer with a value for every column that a store has had."""
        given, family = self.random.choice(GIVEN), self.random.choice(FAMILY)
        name = f"{given} {family}"
        email = f"{ascii_letters(given)}.{ascii_letters(family)}{number:x}@{self.random.choice(DOMAINS)}.{self.random.choice(ENDINGS)}"
        if number % 100 == 50 and number < 100 * RARE_ONES:
            email = f"{RARE_ADDRESS}.{email}"
        status = STATUSES[number % len(STATUSES)]
        verified = None if status == UNVERIFIED else moment + 60_000
        # A registration that nobody verifies is purged after a while; these were repeated just now.
        updated = self.now if status == UNVERIFIED else moment
        return {
            "id": geo_uuid(moment, self.geo, self.random), "portal": self.portal["id"], "email": email, "email_key": email,
            "full_name": name, "name_key": unicodedata.normalize("NFC", name.lower()), "status": WORDS[status],
            "origin": "registration", "verified_at": verified,
            "password_hash": None if status == UNVERIFIED else some_hash(self.random), "status_mailed_at": None,
            "created_at": moment, "updated_at": updated}

    def _insert(self, database, rows):
        names = [name for name in self.columns if name in rows[0] or name == "number"]
        unknown = [name for name in self.required if name not in names]
        if unknown:
            raise SystemExit(f"the benchmark has no value for column {', '.join(unknown)} of table developer")
        for row in rows:
            row["number"] = self.next_number
            self.next_number += 1
        database.execute("BEGIN IMMEDIATE")
        database.executemany(
            f"INSERT INTO developer ({', '.join(names)}) VALUES ({', '.join(f':{name}' for name in names)})", rows)
        for index, (number, *texts) in self.texts:
            database.executemany(
                f"INSERT INTO {index} (rowid, {', '.join(texts)}) VALUES (:{number}, {', '.join(f':{name}' for name in texts)})",
                rows)
        database.execute("COMMIT")

    @staticmethod
    def _finish(database):
        database.execute("PRAGMA synchronous = FULL")
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def geo_uuid(milliseconds, geo, source):
    """The sixteen bytes of an entity's id: UUIDv8 with the time, the geo's number and 62 random bits."""
    high = (milliseconds & 0xFFFF_FFFF_FFFF) << 16 | 8 << 12 | geo
    return (high << 64 | 0b10 << 62 | source.getrandbits(62)).to_bytes(16, "big")


def some_hash(source):
    """What a password's hash looks like; no password has it."""
    text = lambda length: base64.b64encode(source.randbytes(length)).decode().rstrip("=")
    return f"$scrypt$ln=15,r=8,p=3${text(16)}${text(32)}"


def ascii_letters(name):
    plain = unicodedata.normalize("NFD", name.lower().replace("ı", "i").replace("ø", "o").replace("ł", "l"))
    return "".join(letter for letter in plain if letter.isascii() and (letter.isalnum() or letter == "-"))
