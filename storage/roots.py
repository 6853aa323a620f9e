"""Row hashes and the root over them: what tells a good draft or file from a damaged one.

The root is a count and a sum, so it follows a change without reading the other rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from forms.breathing import breathing

_MODULUS = 1 << 256
_MOST = 1 << 60  # a root that was damaged stays one that can be written
_ROOT = re.compile(r"([0-9a-f]{1,15})-([0-9a-f]{64})")


def row_hash(*parts: str) -> str:
    """SHA-256 in hex over texts, each with its length before it, so that no two rows look alike."""
    text = "".join([f"{_length(part)}:{part}" for part in parts])
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Root:
    """How many rows there are, and the sum of their hashes modulo 2**256; order is no matter."""

    count: int = 0
    total: int = 0

    def __str__(self) -> str:
        """The root as written in drafts and files."""
        return f"{self.count:x}-{self.total:064x}"

    def plus(self, digest: str) -> Root:
        """The root with one row more."""
        return Root(self.count + 1, (self.total + int(digest, 16)) % _MODULUS)

    def minus(self, digest: str) -> Root:
        """The root with one row less."""
        return Root((self.count - 1) % _MOST, (self.total - int(digest, 16)) % _MODULUS)


def root_over(digests: Iterable[str]) -> Root:
    """The root over row hashes (hex)."""
    count = total = 0
    for digest in breathing(digests):
        count += 1
        total += int(digest, 16)
    return Root(count, total % _MODULUS)


def parse_root(text: str) -> Root:
    """Read a root; `ValueError` when the text is none."""
    found = _ROOT.fullmatch(text)
    if found is None:
        raise ValueError(f"“{text[:40]}”不是校验根。")
    return Root(int(found[1], 16), int(found[2], 16))


def _length(text: str) -> int:
    """The length of a text in UTF-8."""
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))
