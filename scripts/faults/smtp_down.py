"""The SMTP server is down for long: mails wait, are tried again ever more slowly, none is given up, all arrive when it is back.

Developers sign up while nothing listens at the server's port, then while a server is there that refuses everybody for now (421).
The node is started anew in between. When the server is back, every mail arrives, once. A mail that is refused for good is a dead
letter at once, and only that one.
"""

import time

import kept
from ground import arguments, check, eventually, ground, say, summary
from registering import Registrations
from submission import Submission

LINE = "a mail was not delivered and is tried again"


def sign_up(here, name, count):
    with Registrations(here.node.address, here.portal, name, writers=4) as load:
        eventually(f"{count} registrations are acknowledged", lambda: len(load.acknowledged) >= count)
    check(set(load.outcomes) == {201}, f"{name}: {len(load.acknowledged)} sign up as if nothing were")
    return load.acknowledged


def tries(here):
    return here.node.log.read_text(errors="replace").count(LINE)


def check_backoff(here, seconds):
    """While the server is away it is left in peace, however many mails wait."""
    before = tries(here)
    time.sleep(seconds)
    made = tries(here) - before
    # The waits are 5, 10, 20 … s, a fifth more or less; the first ones may stand at the beginning of this time.
    check(made <= 4 + seconds / 10, f"in {seconds} s it was tried {made} times, with {kept.waiting_mails(here.cluster.store('eu'))} mails waiting")


def main():
    options = arguments(__doc__, "a mail that the server took is forgotten", seconds=(0, "how long it is down; 120, or 4 with --quick"))
    seconds = options.seconds or (4 if options.quick else 120)
    with ground(options.binaries) as here, Submission() as submission:
        store = here.cluster.store("eu")
        here.environment = submission.settings
        submission.stop()
        here.start_node()
        say("the server is down")
        addresses = sign_up(here, "down", 60)
        check_backoff(here, seconds)
        check(here.node.metric("portolan_node_mails") >= len(addresses), "the metrics tell of the mails that wait")
        say("the server is there and refuses everybody for now")
        submission.start(answers={"EHLO": ["421 4.3.2 not now"] * 500})
        check(here.node.stop() == 0, "the node stops with 0")
        here.start_node()
        addresses |= sign_up(here, "refused", 60)
        check_backoff(here, seconds)
        submission.stop()
        check(not submission.mails, "no mail has arrived")
        check(kept.waiting_mails(store) >= len(addresses), f"{kept.waiting_mails(store)} mails wait")
        check(kept.dead_mails(store) == 0, "none was given up")
        submission.start(answers={"RCPT": ["550 5.1.1 no such mailbox"]})
        start = time.monotonic()
        # The longest wait is 300 s, and the waits so far were no longer than the time that it was down.
        eventually("all but one have arrived", lambda: len(submission.recipients & addresses) >= len(addresses) - 1, limit=330)
        kept.wait_for_empty_outbox(store, limit=60)
        took = time.monotonic() - start
        check(kept.dead_mails(store) == 1, "one was refused for good, and is the one dead letter")
        check(here.node.stop() == 0, "the node stops with 0")
        submission.stop()
        if options.plant:
            submission.mails.pop()
        missing = addresses - submission.recipients
        check(len(missing) == 1, f"of {len(addresses)} mails {len(missing)} did not arrive, the one that was refused")
        check(not submission.repeated(), "none came twice")
        kept.check_kept(store, addresses)
    summary(f"down for {2 * seconds} s: {len(addresses) - 1} mails waited and arrived once within {took:.0f} s, 0 given up, 1 refused for good")


if __name__ == "__main__":
    main()
