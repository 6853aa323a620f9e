"""Ways in which a file is damaged at rest, each at random places, repeatable by its name."""

from __future__ import annotations

import random
from collections.abc import Iterator

PAGE = 4096
SECTOR = 512


def damaged_drafts(kind: str, old: bytes, good: bytes, count: int) -> Iterator[bytes]:
    """Copies of a draft with one damage each; `old` is the same draft of an earlier day."""
    chance = random.Random(kind)
    for _ in range(count):
        content = bytearray(good)
        match kind:
            case "bit":
                content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
            case "sector":
                at = chance.randrange(len(content) // SECTOR) * SECTOR
                content[at : at + SECTOR] = bytes(SECTOR)
            case "page":
                at = chance.randrange(len(content) // PAGE) * PAGE
                content[at : at + PAGE] = chance.randbytes(PAGE)
            case "truncated":
                del content[chance.randrange(100, len(content)) :]
            case "stale":
                at = chance.choice(different_pages(old, good))
                content[at : at + PAGE] = old[at : at + PAGE]
            case _:
                raise ValueError(kind)
        yield bytes(content)


def different_pages(old: bytes, good: bytes) -> list[int]:
    """Where the pages that changed between two days begin."""
    pages = range(PAGE, min(len(old), len(good)), PAGE)
    return [at for at in pages if old[at : at + PAGE] != good[at : at + PAGE]]


def damaged_files(kind: str, good: bytes, count: int) -> Iterator[bytes]:
    """Copies of a document file with one damage each."""
    chance = random.Random(kind)
    for _ in range(count):
        content = bytearray(good)
        match kind:
            case "bit":
                content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
            case "sector":
                at = chance.randrange(len(content) // SECTOR) * SECTOR
                content[at : at + SECTOR] = bytes(SECTOR)
            case "truncated":
                del content[chance.randrange(len(content)) :]
            case "appended":
                content += chance.choice((b"\0", b"PK\x05\x06", good[: chance.randrange(9000)]))
            case "swapped":
                first, second = sorted(chance.sample(range(len(content) // SECTOR), 2))
                a, b = first * SECTOR, second * SECTOR
                content[a : a + SECTOR], content[b : b + SECTOR] = (
                    content[b : b + SECTOR],
                    content[a : a + SECTOR],
                )
            case "doubled":
                at, length = chance.randrange(len(content)), chance.randrange(1, 3000)
                content[at:at] = content[at : at + length]
            case _:
                raise ValueError(kind)
        yield bytes(content)
