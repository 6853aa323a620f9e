"""Which parts of a pack the program itself must know, because it writes there or compares them."""

from __future__ import annotations

from dataclasses import dataclass

from forms.address import Address
from forms.factors import ConfirmationTable


@dataclass(frozen=True, slots=True)
class DismissalRoles:
    """The table that keeps why a finding was left as it is, and its columns."""

    table: Address
    rule: str
    place: str  # the finding's first place, as address text
    sentence: str
    reason: str
    person: str
    day: str


@dataclass(frozen=True, slots=True)
class Roles:
    """Which values of the pack the program itself must know, by address."""

    plan_title: Address
    park_name: Address
    level: Address
    compiler: Address
    base_year: Address
    target_year: Address
    history_years: Address
    projects: Address
    person: Address
    dismissals: DismissalRoles | None = None  # None: nothing can be dismissed
    confirmations: ConfirmationTable | None = None  # absent: factors are not asked about


@dataclass(frozen=True, slots=True)
class DoubleCounting:
    """Where one benefit might be counted twice: what the check of overlaps compares."""

    table: Address  # of projects
    owner: str  # column that says whose project it is
    benefits: tuple[str, ...]  # columns compared between projects
    once: tuple[tuple[str, str], ...]  # one quantity belongs into only one of two columns
    energy: str  # column of energy saved, in tce
    carbon: str  # column of CO2 saved
    fuels: Address  # table of fuels with energy and CO2 by year
    fuel_energy: str
    fuel_carbon: str
