"""Make resources/colour/sRGB.icc, the output intent of the archive PDF; run by hand.

A version 2 display profile, which every edition of PDF/A takes, from the figures of IEC 61966-2-1:
its primaries adapted to D50, its curve in 1,024 steps. Written here from nothing, so no licence
of anybody else applies, and the same bytes come out every time.
"""

from __future__ import annotations

import struct
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "resources" / "colour" / "sRGB.icc"
D50 = (0.9642, 1.0, 0.8249)
PRIMARIES = {
    b"rXYZ": (0.4360747, 0.2225045, 0.0139322),
    b"gXYZ": (0.3850649, 0.7168786, 0.0971045),
    b"bXYZ": (0.1430804, 0.0606169, 0.7141733),
}
NAME = b"sRGB IEC61966-2.1"
STEPS = 1024


def fixed(values: tuple[float, ...]) -> bytes:
    return b"".join(struct.pack(">l", round(value * 65536)) for value in values)


def linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def profile() -> bytes:
    text = NAME + b"\0"
    curve = [round(linear(at / (STEPS - 1)) * 65535) for at in range(STEPS)]
    tags = {
        b"desc": b"desc\0\0\0\0" + struct.pack(">L", len(text)) + text + bytes(78),
        b"cprt": b"text\0\0\0\0Public domain\0",
        b"wtpt": b"XYZ \0\0\0\0" + fixed(D50),
        **{tag: b"XYZ \0\0\0\0" + fixed(values) for tag, values in PRIMARIES.items()},
        b"rTRC": b"curv\0\0\0\0" + struct.pack(f">L{STEPS}H", STEPS, *curve),
    }
    table, body = b"", b""
    start = 128 + 4 + 12 * (len(tags) + 2)
    for tag, content in tags.items():
        place = struct.pack(">LL", start + len(body), len(content))
        for name in (tag,) if tag != b"rTRC" else (tag, b"gTRC", b"bTRC"):
            table += name + place
        body += content + bytes(-len(content) % 4)
    head = struct.pack(">L4sL", start + len(body), bytes(4), 0x02100000) + b"mntrRGB XYZ "
    head += struct.pack(">6H", 2000, 1, 1, 0, 0, 0) + b"acsp" + bytes(28) + fixed(D50)
    return head + bytes(128 - len(head)) + struct.pack(">L", len(tags) + 2) + table + body


if __name__ == "__main__":
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_bytes(profile())
