"""The last stage of a Containerfile, made as a folder by the same steps: a stand-in for an engine where there is none."""

import json
import shlex
import shutil
import subprocess
from pathlib import Path

from dockerfile_parse import DockerfileParser

BASE = "docker.io/library/debian:bookworm-slim"
MIRROR = "http://deb.debian.org/debian"


class Image:
    """What a container of the image is told: its root, user, program and probe."""

    def __init__(self, containerfile, root, source, binaries):
        self.root, self.source, self.binaries = Path(root), Path(source), Path(binaries)
        self.user = self.entrypoint = self.command = self.health = None
        self.steps = self._last_stage(containerfile)

    @staticmethod
    def _last_stage(containerfile):
        steps = []
        # Opened as a binary file, so that the parser does not take its folder for a build's and write there.
        with open(containerfile, "rb") as file:
            for step in DockerfileParser(fileobj=file).structure:
                if step["instruction"] == "FROM":
                    steps = []
                if step["instruction"] != "COMMENT":
                    steps.append((step["instruction"], step["value"]))
        return steps

    def make(self):
        for instruction, value in self.steps:
            getattr(self, f"_{instruction.lower()}")(value)

    def _from(self, value):
        assert value == BASE, f"expected the base {BASE}, found {value}"
        if not (self.root / "etc/debian_version").exists():
            run("debootstrap", "--variant=minbase", "bookworm", self.root, MIRROR)

    def _run(self, value):
        shutil.copy("/etc/resolv.conf", self.root / "etc/resolv.conf")
        run("unshare", "--mount", "chroot", self.root, "/bin/sh", "-ec", f"export DEBIAN_FRONTEND=noninteractive; {value}")

    def _copy(self, value):
        words = shlex.split(value)
        if words[0] == "--from=build":
            origin = self.binaries / Path(words[1]).name
            words = words[1:]
        else:
            origin = self.source / words[0]
        target = self.root / words[1].lstrip("/")
        shutil.copy(origin, target)

    def _volume(self, value):
        assert (self.root / value.lstrip("/")).is_dir(), f"the volume {value} is not in the image, so it would be root's"

    def _user(self, value):
        self.user = value

    def _healthcheck(self, value):
        self.health = json.loads(value[value.index("CMD") + 3 :])

    def _entrypoint(self, value):
        self.entrypoint = json.loads(value)

    def _cmd(self, value):
        self.command = json.loads(value)

    def words(self, program, mounts):
        """A command that runs a program as a container would: the root read-only, its own mounts, its user, no privilege.

        `mounts` is a list of (folder here, folder there, "ro" or "rw").
        """
        user, group = self.user.split(":")
        root = shlex.quote(str(self.root))
        lines = ["set -e", "mount --make-rprivate /", f"mount --bind {root} {root}"]
        for origin, place, mode in mounts:
            target = shlex.quote(str(self.root) + place)
            lines.append(f"mkdir -p {target}; mount --bind {shlex.quote(str(origin))} {target}")
            if mode == "ro":
                lines.append(f"mount -o remount,bind,ro {target}")
        lines += [
            f"mount -o remount,bind,ro {root}",
            f"mount -t proc proc {root}/proc",
            f"mount -t tmpfs -o mode=755 tmpfs {root}/dev",
            f"for name in null zero random urandom; do touch {root}/dev/$name; mount --bind /dev/$name {root}/dev/$name; done",
            f"cd {root}",
            f"exec setpriv --reuid {user} --regid {group} --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all"
            f" -- env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin \"${{@:1}}\"",
        ]
        # setpriv runs after chroot: it is of the image (util-linux), as is env.
        lines[-1] = lines[-1].replace("exec setpriv", f"exec chroot {root} setpriv")
        return ["unshare", "--mount", "--pid", "--fork", "--kill-child", "bash", "-c", "\n".join(lines), "container", *program]


def run(*words):
    subprocess.run([str(word) for word in words], check=True, stdout=subprocess.DEVNULL)
