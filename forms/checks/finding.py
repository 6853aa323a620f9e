"""A finding: what is wrong, how grave it is, where, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from forms.address import Address
from forms.schema import Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend; `places` are the addresses to jump to, the first one foremost."""

    rule: str
    severity: Severity
    sentence: str
    remedy: str
    places: tuple[Address, ...]
    clause: str = ""


Step: TypeAlias = Finding | None  # None: some work was done and nothing found
