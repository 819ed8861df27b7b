"""The clock of a node's machine jumps ahead and back while it serves: nothing crashes, nobody is shut out, ids stay unique.

A library that is loaded before the system's shifts what the node takes for the time (its monotonic clock stays right). Ahead by two hours: sessions are renewed as after two hours. Ahead by a day, with the mail server down and somebody trying
passwords, and back: the mails that were promised meanwhile go out, nobody waits for a time that is a day away. Ahead by ten years
and back: sessions ended, people log in anew.
"""

import re
import shutil
import struct
import subprocess
import time
from pathlib import Path

import kept
from ground import Failed, arguments, ask, check, eventually, ground, not_permitted, say, summary
from registering import Registrations
from submission import Submission

# Comes with Swift.
COMPILER = shutil.which("clang") or shutil.which("cc")
HOUR, DAY = 3600, 86_400
PASSWORD = "correct horse battery"


class Clock:
    """What the node takes for the time, as a shift in seconds."""

    def __init__(self, here, is_planted):
        self.here, self.is_planted = here, is_planted
        library = here.folder / "shifted_clock.so"
        source = Path(__file__).with_name("shifted_clock.c")
        subprocess.run([COMPILER, "-shared", "-fPIC", "-O1", "-o", library, source], check=True)
        self.file = open(here.folder / "shift", "w+b", buffering=0)
        self.set(0)
        self.environment = {"LD_PRELOAD": str(library), "PORTOLAN_FAULT_SHIFT": self.file.name}

    def set(self, shift):
        # In place: the node has mapped it.
        self.file.seek(0)
        self.file.write(struct.pack("=q", 0 if self.is_planted else shift))

    def jump(self, shift, what):
        self.set(shift)
        say(f"the clock is {what}")


class Developer:
    """Somebody with a session, by the Portal API."""

    def __init__(self, here, submission, email):
        self.here, self.email, self.cookies = here, email, {}
        check(here.register(email).status == 201, f"{email} registers")
        message = eventually("the mail arrives", lambda: submission.texts.get(email), limit=30)
        [token] = set(re.findall(r"[?&]token=([A-Za-z0-9_-]+)", message))
        verified = self.post("verify-email", {"token": token})
        check(self.post("reset-password", {"token": verified.json()["token"], "password": PASSWORD}).status == 204,
              "verifies the address and sets a password")
        here.approve(email)

    def post(self, operation, body=None):
        return self.ask("POST", f"/api/v3/developer/{operation}", body)

    def ask(self, method, path, body=None):
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        answer = ask(self.here.node.address, self.here.portal, method, path, body, headers={"Cookie": cookies} if cookies else {})
        if answer.status >= 500:
            raise Failed(f"FAILED: {path} was answered with {answer.status}")
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer

    def log_in(self, password=PASSWORD):
        return self.post("authenticate", {"username": self.email, "password": password})

    @property
    def is_known(self):
        return self.ask("GET", "/api/v3/developer/me").status == 200


def two_hours(clock, jana):
    check(jana.log_in().status == 204 and jana.is_known, "logs in")
    clock.jump(2 * HOUR, "two hours ahead")
    check(not jana.is_known, "the short-lived token has ended")
    check(jana.post("refresh").status in (200, 204) and jana.is_known, "the session is renewed")
    clock.jump(0, "right again")
    check(jana.is_known or jana.post("refresh").status in (200, 204), "the session lives on")


def a_day(here, clock, submission, jana):
    submission.stop()
    clock.jump(DAY, "a day ahead, and the mail server is down")
    with Registrations(here.node.address, here.portal, "ahead", writers=2) as load:
        eventually("registrations are acknowledged", lambda: len(load.acknowledged) >= 20)
    stranger = {"username": jana.email, "password": "a wrong password"}
    check(any(try_password(here, stranger).status == 429 for _ in range(30)), "somebody who tries passwords is slowed down")
    clock.jump(0, "right again, and the mail server is back")
    submission.start()
    refused = try_password(here, stranger)
    wait = int(refused.headers.get("Retry-After", 0))
    check(wait <= 900, f"who is slowed down waits for {wait} s")
    check(jana.log_in().status == 204, "the owner logs in with a browser that is known")
    start = time.monotonic()
    check(here.register("afterwards@example.com").status == 201, "somebody registers")
    eventually("the mails that were promised meanwhile arrive", lambda: load.acknowledged <= submission.recipients, limit=60)
    say(f"{len(load.acknowledged)} mails that were promised a day ahead arrived after {time.monotonic() - start:.0f} s")
    return load.acknowledged


def try_password(here, stranger):
    return ask(here.node.address, here.portal, "POST", "/api/v3/developer/authenticate", stranger)


def ten_years(here, clock, jana):
    clock.jump(3653 * DAY, "ten years ahead")
    check(not jana.is_known and jana.post("refresh").status == 401, "every session has ended")
    with Registrations(here.node.address, here.portal, "decade", writers=2) as load:
        eventually("registrations are acknowledged", lambda: len(load.acknowledged) >= 20)
    check(jana.log_in().status == 204 and jana.is_known, "logs in ten years ahead")
    clock.jump(0, "right again")
    check(jana.log_in().status == 204 and jana.is_known, "logs in anew")
    return load.acknowledged


def main():
    options = arguments(__doc__, "the clock stays right")
    if not COMPILER:
        not_permitted("a C compiler")
    with ground(options.binaries) as here, Submission() as submission:
        clock = Clock(here, options.plant)
        here.environment = {**submission.settings, **clock.environment, "PORTOLAN_PASSWORDS_SCRYPT_LOG_N": "12"}
        here.start_node()
        jana = Developer(here, submission, "jana@example.com")
        two_hours(clock, jana)
        acknowledged = a_day(here, clock, submission, jana)
        acknowledged |= ten_years(here, clock, jana)
        check(here.node.is_running, "the node runs")
        kept.wait_for_empty_outbox(here.cluster.store("eu"), limit=60)
        check(here.node.stop() == 0, "the node stops with 0")
        here.environment = {}
        kept.check_kept(here.cluster.store("eu"), acknowledged)
        kept.check_whole(here.cluster.store("eu"))
        check(kept.dead_mails(here.cluster.store("eu")) == 0, "no mail was given up")
        here.verify_audit()
    summary("two hours, a day and ten years ahead and back: no crash, nobody shut out, no mail stuck, ids unique")


if __name__ == "__main__":
    main()
