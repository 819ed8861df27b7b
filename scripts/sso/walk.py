"""Logs in through two OpenID providers that nobody here wrote, in Chromium, in two geos of a cluster that use one provider.

Each page of ours is checked as in the browser walk, on a large light and on a small dark screen, and photographed.
"""

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

import glewlwyd_walk
import mock_walk
from cluster import Cluster
from glewlwyd import Glewlwyd
from mock_provider import MockProvider
from stage import Stage
from visit import Problem

GEOS = "eu,us"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binaries", required=True)
    parser.add_argument("--output", required=True, type=Path)
    arguments = parser.parse_args()
    shutil.rmtree(arguments.output, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix="sso-walk-"))
    start = time.monotonic()

    def say(text):
        print(f"  {time.monotonic() - start:6.1f} s  {text}", flush=True)

    try:
        with (Cluster(arguments.binaries, GEOS) as cluster, Glewlwyd(folder / "glewlwyd") as provider,
              MockProvider(folder, mock_walk.PEOPLE) as mock, sync_playwright() as playwright):
            say("a cluster of two geos, and two providers")
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
            stage = Stage(cluster, browser, arguments.output, say)
            try:
                glewlwyd_walk.run(stage, provider)
                mock_walk.run(stage, mock)
            except (Problem, Error) as problem:
                stage.photograph_failure()
                sys.exit(f"sso walk: {problem}")
            browser.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"every way in by SSO was walked; the pictures are in {arguments.output}")


if __name__ == "__main__":
    main()
