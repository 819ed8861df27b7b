"""A real submission server that can be down and come back, and the mails that it has taken."""

import base64
import email
import email.policy
import json
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parent.parent


class Submission:
    """Always at the same port; ``mails`` is what was taken in all its lives, as (recipient, Message-ID)."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="portolan-fault-mail-")
        self.mails = []
        # The newest one to each recipient.
        self.texts = {}
        self.connections = 0
        self.port = 0
        self.process = None
        self.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
        self.folder.cleanup()

    @property
    def settings(self):
        """What a node's environment has to say to deliver here."""
        return {"PORTOLAN_MAIL_TRANSPORT": "smtp", "PORTOLAN_MAIL_SMTP_HOST": "127.0.0.1",
                "PORTOLAN_MAIL_SMTP_PORT": str(self.port), "PORTOLAN_MAIL_SMTP_SECURITY": "none"}

    def start(self, answers=None):
        """:param answers: by command, what to answer instead, in turn; see scripts/mail/smtp_server.py."""
        options = {"folder": self.folder.name, "security": "none", "port": self.port, "answers": answers or {}}
        self.process = subprocess.Popen(
            [sys.executable, SCRIPTS / "mail/smtp_server.py", json.dumps(options)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit("the submission server did not start")
        self.port = json.loads(line)["port"]
        self.reader = threading.Thread(target=self.take, args=(self.process,), daemon=True)
        self.reader.start()

    def take(self, process):
        for line in process.stdout:
            told = json.loads(line)
            self.connections += "connection" in told
            if "mail" in told:
                content = base64.b64decode(told["mail"]["content"])
                message = email.message_from_bytes(content, policy=email.policy.default)
                [recipient] = told["mail"]["to"]
                self.texts[recipient] = message.get_body(("plain",)).get_content()
                self.mails.append((recipient, message["Message-ID"]))

    def stop(self):
        if self.process:
            self.process.stdin.close()
            self.process.wait()
            self.reader.join()
            self.process = None

    @property
    def recipients(self):
        return {recipient for recipient, _ in self.mails}

    def repeated(self):
        """How often each mail came that came more than once, by Message-ID."""
        return {name: count for name, count in Counter(name for _, name in self.mails).items() if count > 1}
