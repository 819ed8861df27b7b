"""Holds both APIs of a running cluster to the OpenAPI documents that the cluster serves."""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request

from cluster import DIRECT, Cluster
from people import GEO, Portal

HERE = Path(__file__).parent
# The bounded form starts from the same seed each time.
QUICK_SEED, QUICK_EXAMPLES = 1, 10
LONG_EXAMPLES = 100


# These succeed only where an identity provider takes part; scripts/sso-walk has two.
WITH_PROVIDER = {"authenticate-sso", "authenticate-oidc-callback", "oidc-backchannel-logout"}


class Contract:
    """One API and its document."""

    def __init__(self, name, host, path):
        self.name, self.host, self.path = name, host, path
        self.report, self.tally = {}, {}

    def hold(self, cluster, folder, seed, examples):
        """Runs schemathesis on the document."""
        print(f"\n== {self.name}: http://{self.host}{self.path}", flush=True)
        router = f"http://{cluster.description['router']['address']}"
        document, report, tally = (folder / f"{self.name}.{end}" for end in ("yaml", "report.json", "tally.json"))
        # A file, because schemathesis leaves out the operation from whose address it reads a document.
        document.write_bytes(self._served(f"{router}{self.path}"))
        command = [
            str(Path(sys.executable).with_name("schemathesis")), "--config-file", str(HERE / "schemathesis.toml"), "run",
            str(document), "--url", router, "--header", f"Host:{self.host}", "--checks", "all", "--seed", str(seed),
            "--max-examples", str(examples), "--continue-on-failure", "--generation-database", "none", "--no-color",
            "--report", "json", "--report-json-path", str(report),
        ]
        (folder / "cluster.json").write_text(json.dumps(cluster.description))
        environment = {
            **os.environ, "PYTHONPATH": str(HERE), "SCHEMATHESIS_HOOKS": "hooks", "NO_PROXY": "*",
            "CONTRACT_CLUSTER": str(folder / "cluster.json"), "CONTRACT_TALLY": str(tally),
        }
        self.passed = subprocess.run(command, env=environment, cwd=folder).returncode == 0
        if report.exists():
            self.report = json.loads(report.read_text())
        if tally.exists():
            self.tally = json.loads(tally.read_text())

    def _served(self, url):
        try:
            with DIRECT.open(Request(url, headers={"Host": self.host})) as answer:
                if answer.headers["Content-Type"] != "application/yaml":
                    sys.exit(f"{self.host}{self.path} is served as {answer.headers['Content-Type']}")
                return answer.read()
        except HTTPError as error:
            sys.exit(f"{self.host}{self.path} is answered with {error.code} instead of the document")

    @property
    def unanswered(self):
        """Operations that were called and never answered with success: whatever was tested, it was not them."""
        return sorted(
            name for name, answers in self.tally.items()
            if name not in WITH_PROVIDER and not any(status < "300" for status in answers))

    def summarize(self):
        operations, cases = self.report.get("operations", {}), self.report.get("test_cases", {})
        print(f"\n{self.name}: {operations.get('tested', 0)} of {operations.get('total', 0)} operations, "
              f"{cases.get('generated', 0)} cases, {cases.get('unique_failures', 0)} failures")
        for name, answers in sorted(self.tally.items()):
            statuses = ", ".join(f"{count} x {status}" for status, count in sorted(answers.items()))
            print(f"  {name:<40} {sum(answers.values()):>5}   {statuses}")
        for failure in self.report.get("failures", []):
            print(f"  FAILED {failure['title']}: {', '.join(failure['operations'])}")
        for name in self.unanswered:
            print(f"  FAILED {name} was never answered with success")

    @property
    def holds(self):
        operations = self.report.get("operations", {})
        return self.passed and operations.get("tested") == operations.get("total") and bool(self.tally) and not self.unanswered


def main():
    parser = argparse.ArgumentParser(prog="scripts/contract", description=__doc__)
    parser.add_argument("--binaries", required=True)
    parser.add_argument("--quick", action="store_true", help="fewer requests, from a fixed seed")
    parser.add_argument("--seed", type=int)
    arguments = parser.parse_args()
    seed, examples = (QUICK_SEED, QUICK_EXAMPLES) if arguments.quick else (random.randrange(2**32), LONG_EXAMPLES)
    if arguments.seed is not None:
        seed = arguments.seed
    with Cluster(arguments.binaries, geos=GEO) as cluster, tempfile.TemporaryDirectory() as folder:
        portal = Portal(cluster.description, GEO)
        portal.approve_by_itself()
        # The portal first: what the management API does to it would be in the way.
        contracts = [
            Contract("portal-api", portal.host, "/api/v3/openapi.yaml"),
            Contract("management-api", portal.api_host, "/v3/openapi.yaml"),
        ]
        for contract in contracts:
            contract.hold(cluster, Path(folder), seed, examples)
    for contract in contracts:
        contract.summarize()
    print(f"\nseed {seed}: " + ("both APIs hold to their documents" if all(one.holds for one in contracts) else "FAILED"))
    if not all(one.holds for one in contracts):
        sys.exit(1)


if __name__ == "__main__":
    main()
