"""An authenticator app: time-based one-time codes as RFC 6238 has them."""

import base64
import hashlib
import hmac
import time


class Authenticator:
    """What somebody's app shows, from the key that a page gave. No code is shown twice, since none is good twice."""

    STEP_SECONDS = 30
    DIGITS = 6
    # A server takes the code of the next step, too, for the sake of clocks.
    STEPS_AHEAD = 1

    def __init__(self, key):
        key = key.replace(" ", "")
        self.secret = base64.b32decode(key + "=" * (-len(key) % 8))
        self.last = -1

    def code(self):
        """The earliest code that is still good; waits where all of now are used."""
        self.last = max(self._present(), self.last + 1)
        while self.last > self._present() + self.STEPS_AHEAD:
            time.sleep(0.2)
        return self._code(self.last)

    def wrong_code(self):
        """One that is none of those that a server might take now."""
        near = {self._code(self._present() + offset) for offset in range(-2, 3)}
        return next(code for code in map(self._text, range(10)) if code not in near)

    def _present(self):
        return int(time.time()) // self.STEP_SECONDS

    def _code(self, step):
        digest = hmac.new(self.secret, step.to_bytes(8, "big"), hashlib.sha1).digest()
        offset = digest[-1] & 0xF
        return self._text((int.from_bytes(digest[offset:offset + 4], "big") & 0x7FFF_FFFF) % 10**self.DIGITS)

    def _text(self, number):
        return f"{number:0{self.DIGITS}}"
