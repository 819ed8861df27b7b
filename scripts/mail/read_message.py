"""Reads one mail message from standard input and prints what Python's email package finds in it, as JSON."""

import email
import email.header
import email.policy
import email.utils
import json
import sys

content = sys.stdin.buffer.read()
message = email.message_from_bytes(content, policy=email.policy.default)


def sender(content):
    """Read the older way: the newer one puts a space between the encoded words of a name."""
    name, address = email.utils.parseaddr(email.message_from_bytes(content)["from"].replace("\r\n", ""))
    return [str(email.header.make_header(email.header.decode_header(name))), address]


plain = message.get_body(("plain",))
html = message.get_body(("html",))
defects = [str(defect) for part in message.walk() for defect in part.defects]
defects += [str(defect) for value in message.values() for defect in value.defects]
print(
    json.dumps(
        {
            "fields": [[name, str(value)] for name, value in message.items()],
            "from": sender(content),
            "to": [[a.display_name, a.addr_spec] for a in message["to"].addresses],
            "date": message["date"].datetime.isoformat(),
            "parts": [part.get_content_type() for part in message.walk()],
            "text": plain.get_content(),
            "html": html.get_content(),
            "defects": defects,
        }
    )
)
