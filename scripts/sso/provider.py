"""Runs a company's OpenID provider with two people and a client for each portal, until it is interrupted."""

import argparse
import shutil
import signal
import sys
import tempfile
import threading
from pathlib import Path
from urllib.parse import urlsplit

from glewlwyd import Glewlwyd
from portal_addresses import registration

DEMO_PORTALS = [f"http://acme.{geo}.portal.localhost:8080" for geo in ("eu", "us", "au")]
PASSWORD = "a harbour to try things in"
PEOPLE = [("jana", "Jana Müller", "jana@example.com", True), ("kai", "海 Kai", "kai@example.com", False)]


def client_id(portal):
    """A client for each portal, so that geos share nothing at the provider either."""
    return "portal-" + urlsplit(portal).hostname.replace(".", "-")


def main():
    parser = argparse.ArgumentParser(prog="scripts/sso-provider", description=__doc__)
    parser.add_argument("--portal", action="append", metavar="URL", help="a portal's address; may be given several times")
    arguments = parser.parse_args()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda which, _: sys.exit(128 + which))
    folder = Path(tempfile.mkdtemp(prefix="sso-provider-"))
    try:
        with Glewlwyd(folder) as provider:
            print(f"issuer_url     {provider.issuer}")
            for username, name, email, is_verified in PEOPLE:
                provider.add_user(username, PASSWORD, name=name, email=email, verified=is_verified)
            for portal in arguments.portal or DEMO_PORTALS:
                addresses = registration(portal)
                secret = provider.add_client(client_id(portal), **addresses)
                print(f"\n{portal}\n  client_id      {client_id(portal)}\n  client_secret  {secret}")
                for what, address in addresses.items():
                    print(f"  {what:<16} {address}")
            print("\nPeople who may sign in there:")
            for username, name, email, is_verified in PEOPLE:
                print(f"  {username:<5} {PASSWORD!r}   {name}, {email}, {'verified' if is_verified else 'not verified'}")
            print("\nCtrl-C ends it.", flush=True)
            threading.Event().wait()
    except KeyboardInterrupt:
        print()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
