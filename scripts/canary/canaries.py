"""Texts that nobody else has, in all the forms in which they may leak."""

import base64
import secrets
import string
from dataclasses import dataclass, field

ALPHABET = string.ascii_letters + string.digits
FIELDS = {"name": "n", "other name": "m", "local part": "l", "domain part": "d", "password": "p", "other password": "q"}


def random_text(length):
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def make_mark():
    """What all canaries of a geo begin with. Both cases stand in it, so that a folded one differs from it."""
    return "qZ" + random_text(8)


@dataclass(frozen=True)
class Canary:
    geo: str
    what: str
    text: str


@dataclass
class Person:
    """A developer who exists for one walk; each of the fields holds a canary of its own."""

    geo: str
    number: int
    mark: str
    canaries: dict = field(default_factory=dict)
    # Whether mails go to the developer; one who comes by single sign-on gets none.
    is_mailed: bool = True

    def __post_init__(self):
        for what, letter in FIELDS.items():
            text = f"{self.mark}{self.number}{letter}{random_text(6)}"
            self.canaries[what] = Canary(self.geo, f"{what} of developer {self.number}", text)

    def text(self, what):
        return self.canaries[what].text

    @property
    def name(self):
        return f"Zoë <{self.text('name')}> & Söhne"

    @property
    def other_name(self):
        return f"Renée {self.text('other name')} \"99%\""

    @property
    def email(self):
        return f"{self.text('local part')}@{self.text('domain part')}.example"

    @property
    def password(self):
        return f"pass {self.text('password')} ü"

    @property
    def other_password(self):
        return f"next {self.text('other password')}+&="


def encodings(text):
    """(name, bytes, folded): all the forms of a text. A folded one is looked for in bytes that are in lower case."""
    forms = [("raw", text.lower().encode(), True), ("UTF-16", b"\0".join(bytes([byte]) for byte in text.lower().encode()), True)]
    for case, variant in [("", text), (", lower case", text.lower()), (", upper case", text.upper())]:
        data = variant.encode()
        for name, form in [("URL", "%{:02x}"), ("quoted-printable", "={:02x}"), ("hexadecimal", "{:02x}"),
                           ("JSON", "\\u{:04x}"), ("HTML", "&#{};"), ("HTML, hexadecimal", "&#x{:x};")]:
            forms.append((name + case, "".join(form.format(byte) for byte in data).encode(), True))
        for shift in range(3):
            for name, encode in [("base64", base64.b64encode), ("base64url", base64.urlsafe_b64encode)]:
                # The characters at the edges depend on the neighbours too.
                encoded = encode(bytes(shift) + data)
                inner = encoded[-(-shift * 8 // 6):(shift + len(data)) * 8 // 6]
                forms.append((f"{name} at {shift}{case}", inner, False))
    unique = {(form, folded): name for name, form, folded in reversed(forms)}
    return [(name, form, folded) for (form, folded), name in unique.items()]


def planted(text):
    """(name, bytes): a text as others would write it, to try the search with."""
    data = text.encode()
    yield "raw", data
    yield "lower case", data.lower()
    yield "upper case", data.upper()
    yield "URL, every byte", "".join(f"%{byte:02X}" for byte in data).encode()
    yield "URL, lower case", "".join(f"%{byte:02x}" for byte in data).encode()
    yield "quoted-printable", "".join(f"={byte:02X}" for byte in data).encode()
    yield "quoted-printable, broken", b"=\r\n".join([data[:5], data[5:]])
    yield "hexadecimal", data.hex().encode()
    yield "hexadecimal, upper case", data.hex().upper().encode()
    yield "JSON", "".join(f"\\u{byte:04X}" for byte in data).encode()
    yield "HTML", "".join(f"&#{byte};" for byte in data).encode()
    yield "HTML, hexadecimal", "".join(f"&#x{byte:X};" for byte in data).encode()
    yield "UTF-16LE", text.encode("utf-16-le")
    yield "UTF-16BE", text.encode("utf-16-be")
    for shift in range(3):
        around = b"-" * shift + data + b"--"
        yield f"base64 at {shift}", base64.b64encode(around)
        yield f"base64 at {shift}, lower case", base64.b64encode(around.lower())
        yield f"base64url at {shift}", base64.urlsafe_b64encode(around)
        broken = base64.b64encode(around)
        yield f"base64 at {shift}, broken", broken[:9] + b"\r\n" + broken[9:]
