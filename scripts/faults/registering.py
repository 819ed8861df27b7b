"""Developers who sign up all the time, and what each of them was told."""

import http.client
import itertools
import json
import threading
import time
from collections import Counter

from ground import NO_ANSWER


class Registrations:
    """A load of registrations, each with an address of its own.

        with Registrations(address, host, "round-1") as load:
            …
        load.acknowledged   # the addresses whose registration was answered with 201
        load.outcomes       # how often which status came; "none" where no answer did
    """

    def __init__(self, address, host, name, *, writers=8, pause=0.02, timeout=20):
        self.address, self.host, self.name = address, host, name
        self.pause, self.timeout = pause, timeout
        self.acknowledged = set()
        self.outcomes = Counter()
        self.malformed = []
        self.is_over = threading.Event()
        self.threads = [threading.Thread(target=self.write, args=(number,)) for number in range(writers)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.is_over.set()
        for thread in self.threads:
            thread.join()

    def write(self, writer):
        connection = None
        for number in itertools.count():
            if self.is_over.wait(self.pause):
                break
            email = f"{self.name}-{writer}-{number}@example.com"
            try:
                connection = connection or http.client.HTTPConnection(self.address, timeout=self.timeout)
                connection.request("POST", "/api/v3/developer", json.dumps({"full_name": "Dev", "email": email}),
                                   {"Host": self.host, "Content-Type": "application/json"})
                answer = connection.getresponse()
                body = answer.read()
            except NO_ANSWER:
                self.outcomes["none"] += 1
                if connection:
                    connection.close()
                connection = None
                time.sleep(0.05)
                continue
            self.note(email, answer, body)
        if connection:
            connection.close()

    def note(self, email, answer, body):
        self.outcomes[answer.status] += 1
        if answer.status == 201:
            self.acknowledged.add(email)
        elif answer.headers.get_content_type() != "application/problem+json" or json.loads(body)["status"] != answer.status:
            self.malformed.append((answer.status, body))
