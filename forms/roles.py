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
class NoteRoles:
    """The table of notes to self, and its columns."""

    table: Address
    place: str  # the address a note is about, as text; a section's key alone for the section
    text: str
    person: str
    day: str


@dataclass(frozen=True, slots=True)
class DutyRoles:
    """The table that says who works on which section; its rows are named by the section's key."""

    table: Address
    section: str  # the section's title, for people who read the history
    person: str
    people: str = ""  # a column whose texts are names to choose from, as address without a row


@dataclass(frozen=True, slots=True)
class TickRoles:
    """The table of content points somebody ticked; its rows are named by section and point."""

    table: Address
    section: str  # the section's title, likewise
    point: str


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
    notes: NoteRoles | None = None  # absent: no notes to self
    duties: DutyRoles | None = None  # absent: nobody is named for a section
    ticks: TickRoles | None = None  # absent: points are shown and not ticked


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
