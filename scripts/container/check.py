"""Makes the file system of the node's image, runs the node in it as a container would be run, and registers a developer there."""

import argparse
import email
import email.policy
import json
import os
import re
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import yaml
from aiosmtpd.controller import Controller
from image import Image

SOURCE = Path(__file__).resolve().parents[2]
CONTAINER = SOURCE / "deploy/container"
PASSWORD = "a long enough pass phrase 7"


class Mails:
    def __init__(self):
        self.contents = []

    async def handle_DATA(self, server, session, envelope):
        self.contents.append(envelope.content)
        return "250 2.0.0 OK"


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait(what, condition, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.1)
    raise SystemExit(f"not in {seconds} s: {what}")


class Trial:
    def __init__(self, image, folder):
        self.image, self.folder = image, folder
        self.service, self.admin = free_port(), free_port()
        self.mails = Mails()
        self.configuration, self.data = folder / "configuration", folder / "data"

    def prepare(self, mail_port):
        self.configuration.mkdir()
        self.data.mkdir()
        topology = yaml.safe_load((CONTAINER / "local/topology.yaml").read_text())
        topology["geos"][0]["nodes"] = [{"address": f"127.0.0.1:{self.service}"}]
        (self.configuration / "topology.yaml").write_text(yaml.safe_dump(topology))
        node = yaml.safe_load((CONTAINER / "local/node.yaml").read_text())
        node["listen"], node["admin_listen"] = f"127.0.0.1:{self.service}", f"127.0.0.1:{self.admin}"
        node["mail"]["smtp"]["port"] = mail_port
        # The trial speaks to the node in a router's place, which has no certificate here.
        del node["identity"]
        (self.configuration / "node.yaml").write_text(yaml.safe_dump(node))
        os.chown(self.data, *(int(number) for number in self.image.user.split(":")))

    def words(self, program):
        return self.image.words(
            program, [(self.configuration, "/etc/portolan", "ro"), (self.data, "/var/lib/portolan", "rw")])

    def inside(self, *program):
        return subprocess.run(self.words(program), capture_output=True, text=True)

    def ask(self, method, host, path, body=None, token=None):
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.service}{path}", method=method, data=json.dumps(body).encode() if body else None,
            headers={"Host": host, "Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})})
        try:
            with urllib.request.urlopen(request) as answer:
                return answer.status, json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            raise SystemExit(f"{method} {path}: {error.code} {error.read().decode()}")

    def register(self, token):
        portal, api = "acme.eu.portal.localhost", "eu.api.localhost"
        self.ask("POST", api, "/v3/portals", {"name": "acme", "auto_approve_developers": True}, token)
        self.ask("POST", portal, "/api/v3/developer", {"full_name": "Maria Graham", "email": "maria@example.com"})
        content = wait("a mail arrives", lambda: self.mails.contents and self.mails.contents[0])
        text = email.message_from_bytes(content, policy=email.policy.default).get_body(("plain",)).get_content()
        link = re.search(r"[?&]token=([0-9a-f-]{36})", text).group(1)
        _, answer = self.ask("POST", portal, "/api/v3/developer/verify-email", {"token": link})
        assert answer["token"], "no token to set a password with"


def check_files():
    """What the compose file and the Containerfiles say of each other and of the repository."""
    compose = yaml.safe_load((CONTAINER / "compose.yaml").read_text())
    for name, service in compose["services"].items():
        if "build" in service:
            assert (SOURCE / service["build"]["dockerfile"]).is_file(), name
            assert service["read_only"] and service["cap_drop"] == ["ALL"], f"{name} is not hardened"
        for volume in service.get("volumes", []):
            origin = volume.split(":")[0]
            assert (CONTAINER / origin).is_dir() if origin.startswith(".") else origin in compose["volumes"], f"{name}: {origin}"
    networks = {name: set(service.get("networks", [])) for name, service in compose["services"].items()}
    nodes = [name for name in networks if name.startswith("node-")]
    assert len(nodes) == 3
    for node in nodes:
        assert len(networks[node]) == 1 and networks[node] <= networks["router"]
        assert not any(networks[node] & networks[other] for other in nodes if other != node), "two geos share a network"
    print("compose.yaml: no two geos share a network, and only the router is in all of them")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binaries", type=Path, required=True, help="the folder of the executables")
    parser.add_argument("--root", type=Path, help="where a Debian made by an earlier run is kept; a new one otherwise")
    options = parser.parse_args()
    check_files()
    # On a disk: a Debian is too large for a temporary folder in memory.
    with tempfile.TemporaryDirectory(prefix="portolan-container-", dir="/var/tmp") as name:
        folder = Path(name)
        os.chmod(folder, 0o755)
        root = options.root or folder / "root"
        image = Image(CONTAINER / "Containerfile.node", root, SOURCE, options.binaries)
        image.make()
        print("made the root of the node's image by the steps of its Containerfile")
        try_node(image, folder, options.binaries)


def try_node(image, folder, binaries):
    trial = Trial(image, folder)
    catcher = Controller(trial.mails, hostname="127.0.0.1", port=free_port())
    catcher.start()
    trial.prepare(catcher.port)
    writing = trial.inside("/bin/sh", "-c", "touch /here /etc/here /tmp/here")
    assert writing.returncode != 0 and writing.stderr.count("Read-only file system") == 3, writing.stderr
    print("the root cannot be written")
    tool = subprocess.run(
        ["setpriv", f"--reuid={image.user.split(':')[0]}", f"--regid={image.user.split(':')[1]}", "--clear-groups",
         binaries / "portolanctl", "admin", "token", "create", "--config", host_configuration(trial),
         "--email", "you@example.com"],
        capture_output=True, text=True)
    assert tool.returncode == 0, tool.stderr
    token = re.search(r"ptladm_eu_\S+", tool.stdout).group(0)
    with (folder / "log").open("w") as log:
        node = subprocess.Popen(trial.words(image.entrypoint + image.command), stdout=log, stderr=log)
    try:
        probe = [word.replace("9111", str(trial.admin)) for word in image.health]
        assert probe[0] == "CMD" or Path(probe[0]).is_absolute()
        wait("the health check of the image succeeds", lambda: node.poll() is not None or trial.inside(*probe).returncode == 0)
        assert node.poll() is None, (folder / "log").read_text()
        print("the node serves, says its health check")
        trial.register(token)
        print("a developer registered, got a mail and verified the address")
    finally:
        stop(node)
        catcher.stop()
    assert "the node has stopped" in (folder / "log").read_text(), (folder / "log").read_text()
    assert trial.inside(*probe).returncode != 0, "the health check succeeds where nothing runs"
    print("the node stopped when it was told to")


def host_configuration(trial):
    """node.yaml as a program outside of the image reads it."""
    node = yaml.safe_load((trial.configuration / "node.yaml").read_text())
    node["data"] = str(trial.data / "store")
    path = trial.configuration / "outside.yaml"
    path.write_text(yaml.safe_dump(node))
    return path


def stop(node):
    """Tells the node itself: unshare, its parent, would not pass the signal on."""
    children = Path(f"/proc/{node.pid}/task/{node.pid}/children").read_text().split()
    for child in children:
        os.kill(int(child), signal.SIGTERM)
    node.wait(timeout=60)


if __name__ == "__main__":
    main()
