"""Reads what tcpdump wrote: whole packets, and what each TCP connection carried, in order."""

import struct
from dataclasses import dataclass, field

MAGIC = {b"\xd4\xc3\xb2\xa1": "<", b"\x4d\x3c\xb2\xa1": "<", b"\xa1\xb2\xc3\xd4": ">", b"\xa1\xb2\x3c\x4d": ">"}
ETHERNET = 1
IPV4 = b"\x08\x00"
TCP = 6
SYN = 0x02
HALF = 1 << 31
WHOLE = 1 << 32


@dataclass
class Flow:
    """One direction of one connection."""

    source: tuple
    target: tuple
    segments: list = field(default_factory=list)
    start: int = None

    def payload(self):
        """The bytes in the order of their sequence numbers; a byte that was sent twice is there once, a missing one not at all."""
        if not self.segments:
            return b""
        origin = self.start if self.start is not None else self.segments[0][0]
        placed = sorted((((number - origin + HALF) % WHOLE) - HALF, data) for number, data in self.segments)
        parts, end = [], placed[0][0]
        for at, data in placed:
            fresh = data[max(0, end - at):]
            if fresh:
                parts.append(fresh)
                end = at + len(data)
        return b"".join(parts)


def packets(content):
    order = MAGIC.get(content[:4])
    if order is None or struct.unpack(order + "I", content[20:24])[0] != ETHERNET:
        raise SystemExit("a capture is not of Ethernet; is tcpdump another one than expected?")
    at = 24
    while at + 16 <= len(content):
        kept, length = struct.unpack(order + "II", content[at + 8:at + 16])
        if kept < length:
            raise SystemExit("a capture has a packet that was cut")
        yield content[at + 16:at + 16 + kept]
        at += 16 + kept


def flows(content):
    """Every direction of every TCP connection of a capture.

    A new SYN on the same ports is a new connection.
    """
    open_flows, done = {}, []
    for packet in packets(content):
        if packet[12:14] != IPV4 or packet[23] != TCP:
            continue
        ip = packet[14:]
        header, total = (ip[0] & 15) * 4, struct.unpack(">H", ip[2:4])[0]
        # The length is 0 where the card was to cut the packet.
        tcp = ip[header:total or None]
        ports = struct.unpack(">HH", tcp[:4])
        number, flags, data = struct.unpack(">I", tcp[4:8])[0], tcp[13], tcp[(tcp[12] >> 4) * 4:]
        key = (ip[12:16], ports[0]), (ip[16:20], ports[1])
        if flags & SYN and key in open_flows and open_flows[key].start != (number + 1) % WHOLE:
            done.append(open_flows.pop(key))
        flow = open_flows.setdefault(key, Flow(*key))
        if flags & SYN:
            flow.start = (number + 1) % WHOLE
        if data:
            flow.segments.append((number, data))
    return done + list(open_flows.values())


def written(segments):
    """A capture with these (sequence number, payload) in one connection, to try the reader with."""
    content = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262144, ETHERNET)
    for number, data in segments:
        tcp = struct.pack(">HHIIBBHHH", 40000, 443, number % WHOLE, 0, 5 << 4, 0x10, 1024, 0, 0) + data
        ip = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 20 + len(tcp), 0, 0, 64, TCP, 0, b"\xc6\x12\1\1", b"\xc6\x12\1\2")
        packet = bytes(12) + IPV4 + ip + tcp
        content += struct.pack("<IIII", 0, 0, len(packet), len(packet)) + packet
    return content
