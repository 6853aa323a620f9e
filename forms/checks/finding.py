"""A finding: what is wrong, how grave it is, where, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from forms.address import Address
from forms.edits import Edit
from forms.schema import Severity


@dataclass(frozen=True, slots=True)
class Mend:
    """A repair somebody can accept with one key: what it is called, and the edits it makes."""

    label: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend; `places` are the addresses to jump to, the first one foremost."""

    rule: str
    severity: Severity
    sentence: str
    remedy: str
    places: tuple[Address, ...]
    clause: str = ""
    mend: Mend | None = None


Step: TypeAlias = Finding | None  # None: some work was done and nothing found
