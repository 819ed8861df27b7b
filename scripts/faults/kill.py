"""SIGKILL at random moments under load: nothing that was acknowledged is lost, no mail is lost, ids stay unique.

A node serves registrations without a pause and sends its mails to a real SMTP server. Again and again it is killed and started
anew. At the end every registration that was answered with 201 has to be in the store, each of them has to have its mail, the store
has to agree with itself, and the audit log with its chain of hashes.
"""

import random
import time

import kept
from ground import arguments, check, ground, say, summary
from registering import Registrations
from submission import Submission

LONGEST_LIFE = 2.0
LONGEST_START = 0.5


def kill_again_and_again(here, load, seconds):
    end = time.monotonic() + seconds
    kills = 0
    while time.monotonic() < end:
        here.start_node(waits=False)
        # Each fourth time in the midst of its start, otherwise within its life, however slow the machine is.
        if kills % 4 == 3:
            time.sleep(random.uniform(0, LONGEST_START))
        else:
            here.node.wait()
            time.sleep(random.uniform(0, LONGEST_LIFE))
        here.node.kill()
        kills += 1
        if kills % 10 == 0:
            say(f"{kills} kills, {len(load.acknowledged):,} registrations acknowledged")
    return kills


def main():
    options = arguments(__doc__, "an acknowledged registration is taken out of the store", seconds=(0, "how long; 180, or 12 with --quick"))
    seconds = options.seconds or (12 if options.quick else 180)
    with ground(options.binaries) as here, Submission() as submission:
        store = here.cluster.store("eu")
        here.environment = submission.settings
        say(f"killing the node at random moments for {seconds} s under load")
        with Registrations(here.node.address, here.portal, "kill") as load:
            kills = kill_again_and_again(here, load, seconds)
        check(len(load.acknowledged) > kills, f"{len(load.acknowledged):,} registrations were acknowledged between {kills} kills")
        check(not load.malformed, f"no answer was anything but whole: {load.malformed[:2]}")
        here.start_node()
        say(f"waiting for the mails; {kept.waiting_mails(store):,} are queued")
        kept.wait_for_empty_outbox(store, limit=60 + seconds)
        check(here.node.stop() == 0, "the node stops on SIGTERM with 0")
        submission.stop()
        if options.plant:
            kept.lose_one(store, load.acknowledged)
        kept.check_kept(store, load.acknowledged)
        kept.check_whole(store)
        unmailed = load.acknowledged - submission.recipients
        check(not unmailed, f"of {len(load.acknowledged):,} mails {len(unmailed)} are lost")
        check(kept.dead_mails(store) == 0, "no mail was given up")
        repeated = submission.repeated()
        check(len(repeated) <= 4 * kills, f"{len(repeated)} mails came again, with the same Message-ID; at most 4 are under way at a kill")
        here.verify_audit()
    summary(f"{kills} kills in {seconds} s, {len(load.acknowledged):,} acknowledged: 0 lost, 0 mails lost, {len(repeated)} mails twice")


if __name__ == "__main__":
    main()
