"""django-allauth under gunicorn with SQLite: a peer that does the same sign-up, started on a free port in a folder of its own."""

import os
import re
import secrets
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

import load

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
PROJECT = HERE / "allauth"
SIGN_UP = "/_allauth/app/v1/auth/signup"
# What allauth answers to a sign-up that waits for the verification of the address.
SIGNED_UP = "401"
START_LIMIT = 60


class AllauthPeer:
    """gunicorn as its documentation says: 2 × cores + 1 workers of the default kind."""

    workers = 2 * os.cpu_count() + 1
    # More only queue; the workers keep no connection open.
    connections = 4 * workers

    def __init__(self, folder):
        subprocess.run([ROOT / "scripts/make-venv", ".venv-allauth", PROJECT / "requirements.txt"], check=True)
        self.binaries = ROOT / ".venv-allauth/bin"
        self.folder = Path(folder)
        self.folder.mkdir()
        self.environment = {
            **os.environ, "PEER_FOLDER": str(self.folder), "PEER_SECRET": secrets.token_hex(32),
            "DJANGO_SETTINGS_MODULE": "settings", "PYTHONPATH": str(PROJECT), "PYTHONDONTWRITEBYTECODE": "1"}

    def __enter__(self):
        subprocess.run([self.binaries / "python", "-m", "django", "migrate", "--run-syncdb", "--verbosity", "0"],
                       check=True, env=self.environment, cwd=PROJECT)
        self.log = self.folder / "gunicorn.log"
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                [self.binaries / "gunicorn", "--bind", "127.0.0.1:0", "--workers", str(self.workers), "--no-control-socket",
                 "wsgi"], stdout=log, stderr=log, env=self.environment, cwd=PROJECT)
        try:
            self.address = self._address()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def versions(self):
        names = ("Django", "django-allauth", "gunicorn")
        lines = (PROJECT / "requirements.txt").read_text().splitlines()
        return ", ".join(line.replace("==", " ") for line in lines if line.split("==")[0] in names)

    def register(self, run_name, seconds):
        """Signs people up, and checks that those who were answered are stored: the user, the address and its confirmation."""
        before = self._stored()
        result = load.run("registrations.lua", self.address, seconds, self.connections,
                          self.address, SIGN_UP, SIGNED_UP, run_name)
        check_stored("django-allauth", result, self._settled() - before, self.connections)
        return result

    def _settled(self):
        """How many are stored when the workers have ended what was under way."""
        while True:
            stored = self._stored()
            time.sleep(0.3)
            if stored == self._stored():
                return stored

    def _stored(self):
        with closing(sqlite3.connect(f"file:{self.folder}/peer.sqlite?mode=ro", uri=True)) as database:
            return database.execute(
                "SELECT count(*) FROM accounts_user JOIN account_emailaddress ON user_id = accounts_user.id"
                " JOIN account_emailconfirmation ON email_address_id = account_emailaddress.id").fetchone()[0]

    def _address(self):
        end = time.monotonic() + START_LIMIT
        while time.monotonic() < end and self.process.poll() is None:
            text = self.log.read_text()
            found = re.search(r"Listening at: http://(\S+)", text)
            if found and text.count("Booting worker") >= self.workers:
                return found[1]
            time.sleep(0.05)
        raise SystemExit(f"gunicorn did not start:\n{self.log.read_text()}")


def check_stored(name, answered, stored, connections):
    """Each registration that was answered is stored; those still on their way at the end may be."""
    if not answered.count <= stored <= answered.count + connections:
        raise SystemExit(f"{name} answered {answered.count} registrations and stored {stored}")
