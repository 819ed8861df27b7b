"""Network namespaces joined by veth links, with a capture on each link."""

import ctypes
import itertools
import os
import subprocess
import time
from contextlib import contextmanager

CLONE_NEWNET = 0x40000000
CAPTURE_LIMIT = 15


def run(*command):
    subprocess.run(command, check=True, capture_output=True, text=True)


def is_permitted():
    """Whether this process may make a namespace and a link; makes one of each, and removes them."""
    name = f"ptl{os.getpid()}-try"
    try:
        run("ip", "netns", "add", name)
    except (subprocess.CalledProcessError, OSError):
        return False
    try:
        run("ip", "-n", name, "link", "add", "one", "type", "veth", "peer", "name", "two")
    except subprocess.CalledProcessError:
        return False
    finally:
        subprocess.run(["ip", "netns", "del", name], capture_output=True)
    return True


class Link:
    """A wire between two namespaces, or the loopback of one."""

    def __init__(self, name, namespace, interface, file):
        self.name = name
        self.file = file
        self.said = open(f"{file}.said", "w+b")
        self.process = subprocess.Popen(
            ["ip", "netns", "exec", namespace, "tcpdump", "-i", interface, "-U", "-n", "-s", "0", "-B", "16384", "-Z", "root",
             "-w", str(file)], stdin=subprocess.DEVNULL, stdout=self.said, stderr=self.said)
        try:
            self.wait_for(b"listening on")
        except BaseException:
            self.kill()
            raise

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def wait_for(self, words):
        deadline = time.monotonic() + CAPTURE_LIMIT
        while words not in self.words():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"the capture on {self.name} does not run: {self.words().decode()}")
            time.sleep(0.02)

    def words(self):
        return os.pread(self.said.fileno(), 1 << 16, 0)

    def stop(self):
        """Ends the capture; what the kernel dropped would be unsearched, so that ends the walk."""
        self.process.terminate()
        self.process.wait(timeout=CAPTURE_LIMIT)
        if b"\n0 packets dropped by kernel" not in self.words():
            raise SystemExit(f"the capture on {self.name} is not whole: {self.words().decode()}")


class Network:
    """All of them, with names of this run only; removed at the end, whatever ends it."""

    def __init__(self, folder):
        self.folder = folder
        self.prefix = f"ptl{os.getpid()}-"
        self.names = []
        self.links = []
        self.addresses = {}
        self.numbers = itertools.count(1)
        self.home = os.open("/proc/self/ns/net", os.O_RDONLY)
        self.libc = ctypes.CDLL(None, use_errno=True)

    def add(self, name):
        run("ip", "netns", "add", self.prefix + name)
        self.names.append(name)
        run("ip", "-n", self.prefix + name, "link", "set", "lo", "up")

    def join(self, one, other):
        """Lays a wire; each end gets an address, see ``address``."""
        number = next(self.numbers)
        ends = [(one, other, 1), (other, one, 2)]
        run("ip", "-n", self.prefix + one, "link", "add", f"to-{other}", "type", "veth",
            "peer", "name", f"to-{one}", "netns", self.prefix + other)
        for here, there, last in ends:
            self.addresses[here, there] = f"198.18.{number}.{last}"
            run("ip", "-n", self.prefix + here, "address", "add", f"198.18.{number}.{last}/30", "dev", f"to-{there}")
            run("ip", "-n", self.prefix + here, "link", "set", f"to-{there}", "up")
        self.capture(f"{one} -- {other}", one, f"to-{other}")

    def give_address(self, name, address):
        """One more address, on the loopback of a namespace; ``route`` makes it reachable by a wire."""
        run("ip", "-n", self.prefix + name, "address", "add", f"{address}/32", "dev", "lo")

    def route(self, one, address, other):
        """Sends what is for an address from one namespace to another, by the wire between them."""
        run("ip", "-n", self.prefix + one, "route", "add", address, "via", self.address(other, one))

    def capture(self, name, namespace, interface):
        file = self.folder / f"{name.replace(' ', '')}.pcap"
        self.links.append(Link(name, self.prefix + namespace, interface, file))

    def address(self, of, towards):
        """The address that a namespace has on its wire to another one."""
        return self.addresses[of, towards]

    def command(self, namespace, *command):
        return ["ip", "netns", "exec", self.prefix + namespace, *map(str, command)]

    @contextmanager
    def inside(self, namespace):
        """Sockets that are made in here belong to the namespace, also afterwards."""
        there = os.open(f"/run/netns/{self.prefix}{namespace}", os.O_RDONLY)
        try:
            self.enter(there)
            try:
                yield
            finally:
                self.enter(self.home)
        finally:
            os.close(there)

    def enter(self, descriptor):
        if self.libc.setns(descriptor, CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), "setns")

    def stop_captures(self):
        # What was sent last is written within one turn of tcpdump's buffer.
        time.sleep(1.2)
        for link in self.links:
            link.stop()

    def remove(self):
        for link in self.links:
            link.kill()
        for name in self.names:
            subprocess.run(["ip", "netns", "del", self.prefix + name], capture_output=True)
        os.close(self.home)
