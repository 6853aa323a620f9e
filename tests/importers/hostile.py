"""What every hostile file says of itself, and tools to make packages that lie."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass

CANARY = "金丝雀-7f3e-只在旁边的文件里"


@dataclass(frozen=True, slots=True)
class Hostile:
    """One file: what it tries, its name, how it is made and read, whether it may be taken."""

    trick: str
    name: str
    make: Callable[[], bytes]
    reader: str  # workbook, words, picture, plan
    may_be_taken: bool = True


def patched(content: bytes, part: str, at: int, value: bytes, *, central: bool = True) -> bytes:
    """A ZIP in whose directory entry (or local header) of a part some bytes are others."""
    mark = b"PK\x01\x02" if central else b"PK\x03\x04"
    fixed = 46 if central else 30
    name = part.encode()
    place = content.find(mark)
    while place >= 0:
        if content[place + fixed : place + fixed + len(name)] == name:
            return content[: place + at] + value + content[place + at + len(value) :]
        place = content.find(mark, place + 1)
    raise AssertionError(part)


def renamed(content: bytes, old: str, new: str) -> bytes:
    """A ZIP in which one name stands for another of the same length, everywhere."""
    assert len(old.encode()) == len(new.encode())
    return content.replace(old.encode(), new.encode())


def with_entries(content: bytes, count: int) -> bytes:
    """A ZIP whose end record claims another number of entries."""
    at = content.rfind(b"PK\x05\x06")
    wrong = struct.pack("<HH", count, count)
    return content[: at + 8] + wrong + content[at + 12 :]


def with_size(content: bytes, part: str, size: int) -> bytes:
    """A ZIP whose directory says a part is of another size."""
    return patched(content, part, 24, struct.pack("<L", size))
