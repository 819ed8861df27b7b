"""PyPI's oidc-provider-mock in a process of its own: a provider of another make, with less in its metadata and its tokens."""

import json
import os
import subprocess
import sys
import time
import urllib.request

from glewlwyd import free_port

LONGEST_START = 60
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class MockProvider:
    """Knows the people that it is given, and takes every client with every secret.

        with MockProvider(folder, [{"sub": "kai", "name": "Kai", "email": "kai@example.com", "email_verified": True}]) as provider:
            print(provider.issuer)
    """

    def __init__(self, folder, people):
        self.port = free_port()
        self.issuer = f"http://127.0.0.1:{self.port}"
        self.log = folder / "oidc-provider-mock.log"
        self.command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(self.port)]
        for person in people:
            self.command += ["--user-claims", json.dumps(person)]
        self.process = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()

    def start(self):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                self.command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env={**os.environ, "NO_COLOR": "1"})
        end = time.monotonic() + LONGEST_START
        while True:
            try:
                with DIRECT.open(f"{self.issuer}/.well-known/openid-configuration", timeout=5):
                    return
            except OSError:
                if self.process.poll() is not None or time.monotonic() > end:
                    raise SystemExit(f"oidc-provider-mock did not start; its log is {self.log}") from None
                time.sleep(0.05)

    def stop(self):
        if self.process is not None:
            self.process.terminate()
            self.process.wait()
            self.process = None
