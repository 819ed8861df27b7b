"""A store's files are damaged: the node refuses to start, or the doctor finds it; what is met while serving is a clean error.

A store is filled, its node killed, and copies of the folder are damaged, each in another way: the head of the file, its stamp, a cut in
the file, the head of the write-ahead log, a frame in its midst, and pages of developers in the midst of the file.
"""

import os
import shutil
import struct
import subprocess

import kept
from ground import START_LIMIT, arguments, check, eventually, ground, say, summary
from registering import Registrations

WRONG_CONFIGURATION = 78
PAGE = 4096


def fill(here, count):
    """Keeps the folder of a node that was stopped, and leaves that of one that was killed: the latest is in the log."""
    with Registrations(here.node.address, here.portal, "early", pause=0) as early:
        eventually(f"{count} developers", lambda: len(early.acknowledged) >= count, limit=120)
    check(here.node.stop() == 0, "the node stops with 0, and everything is in the file")
    shutil.copytree(here.node.data, here.folder / "stopped")
    here.start_node()
    with Registrations(here.node.address, here.portal, "late", pause=0) as late:
        eventually("some more", lambda: len(late.acknowledged) >= 20)
        here.node.kill()
    return early.acknowledged | late.acknowledged


def write(path, offset, data):
    with open(path, "r+b") as file:
        file.seek(offset)
        file.write(data)


def root_page(store, name):
    with kept.reading(store) as database:
        [[page]] = database.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,))
        return page


def leaf_pages(store, root):
    """The pages below an interior page of a table (file format, section 1.6)."""
    with open(store, "rb") as file:
        file.seek((root - 1) * PAGE)
        page = file.read(PAGE)
    kind, count = page[0], struct.unpack(">H", page[3:5])[0]
    if kind != 5:
        return [root]
    cells = struct.unpack(f">{count}H", page[12:12 + 2 * count])
    return [struct.unpack(">I", page[cell:cell + 4])[0] for cell in cells]


# How the node had ended, and what is done to the store's file. Where it was killed the log has newer pages than the file.
KINDS = {
    "the head of the file": ("stopped", lambda store: write(store, 0, bytes(16))),
    "the first page behind its head": ("stopped", lambda store: write(store, 100, b"\xa5" * 200)),
    "a file that was cut off": ("stopped", lambda store: os.truncate(store, store.stat().st_size // 2 // PAGE * PAGE)),
    "the head of the log": ("killed", lambda store: write(f"{store}-wal", 8, b"\xa5" * 8)),
    "a frame of the log": ("killed", lambda store: write(f"{store}-wal", 32 + 3 * (24 + PAGE) + 500, b"\xa5" * 8)),
}


def folder_of(here, ended, name):
    """A copy of a folder to damage, which the node takes from now on."""
    folder = here.folder / name
    shutil.copytree(here.folder / "stopped" if ended == "stopped" else here.node.data, folder)
    here.environment = {"PORTOLAN_DATA": str(folder)}
    return folder / "store.sqlite"


def check_refused(here, name):
    here.start_node(waits=False)
    try:
        code = here.node.process.wait(START_LIMIT)
    except subprocess.TimeoutExpired:
        code = None
        here.node.end()
    words = here.node.last_words(1)
    check(code == WRONG_CONFIGURATION and "store" in words, f"{name}: the node refuses with {code}: {words[words.find('found'):][:110]}")
    check_doctor(here, name)


def check_doctor(here, name):
    result = here.portolanctl("doctor", "--config", here.configuration)
    lines = [line.strip() for line in result.stdout.splitlines() if "store" in line and ("damaged" in line or "found" in line)]
    check(result.returncode == 1 and lines, f"{name}: the doctor says so: {lines[:1]}")


def check_while_serving(here, acknowledged, plant):
    """Pages in the midst, that nobody looks at before somebody needs them."""
    store = folder_of(here, "stopped", "pages")
    leaves = leaf_pages(store, root_page(store, "developer"))
    say(f"{len(leaves)} pages of developers; most are damaged")
    if not plant:
        for page in leaves[: len(leaves) - 1]:
            write(store, (page - 1) * PAGE, b"\xa5" * PAGE)
    here.start_node()
    answer = here.developers()
    check(answer.status == 500 and answer.headers.get_content_type() == "application/problem+json",
          f"pages in the midst: a list that needs them is answered with {answer.status}, as a problem")
    check(b"SQLite" not in answer.body and b".sqlite" not in answer.body, "it tells nothing of the inside")
    log = here.node.log.read_text(errors="replace")
    check("the store is damaged" in log, "the log says that the store is damaged")
    check(not any(email in log for email in list(acknowledged)[:200]), "and no address")
    check(here.node.is_running, "the node runs on for those whose pages are whole")
    check(here.node.stop() == 0, "it stops with 0")
    check_doctor(here, "pages in the midst")


def main():
    options = arguments(__doc__, "nothing is damaged")
    with ground(options.binaries) as here:
        here.start_node()
        acknowledged = fill(here, 300 if options.quick else 3000)
        for name, (ended, damage) in KINDS.items():
            store = folder_of(here, ended, name.replace(" ", "-"))
            if not options.plant:
                damage(store)
            check_refused(here, name)
        check_while_serving(here, acknowledged, options.plant)
        here.environment = {}
        here.start_node()
        check(here.node.stop() == 0, "the folder that was not damaged is taken up")
        kept.check_kept(here.cluster.store("eu"), acknowledged)
        kept.check_whole(here.cluster.store("eu"))
    summary(f"{len(KINDS)} kinds of damage refused at the start, damaged pages a clean 500, all 6 found by the doctor")


if __name__ == "__main__":
    main()
