"""What one project brings to each promised outcome: the contributions, read from its side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from forms.address import Address
from forms.contributions import Contributions, contributions, indicator_tables
from forms.schema import INDICATOR_TARGET
from forms.view import PlanView


@dataclass(frozen=True, slots=True)
class Share:
    """What a project brings to one outcome, in its unit, and the percent of all projects' part."""

    outcome: Address
    amount: Decimal
    percent: Decimal | None


@dataclass(frozen=True, slots=True)
class NotCounted:
    """An outcome for which a project has a benefit that does not count, and what decides that."""

    outcome: Address
    why: str
    column: str


@dataclass(slots=True)
class ProjectShares:
    """The outcomes of one project, in the order of the indicators."""

    counted: list[Share] = field(default_factory=list[Share])
    left_out: list[NotCounted] = field(default_factory=list[NotCounted])


def outcome_steps(view: PlanView) -> Iterator[Contributions | None]:
    """Every saving projects bring, one after the other; None where an indicator is no such one."""
    for home, table in indicator_tables(view):
        for row in table.rows:
            if not row.has_base:
                yield contributions(view, home.at(row.key, INDICATOR_TARGET))


def by_project(found: Iterable[Contributions | None]) -> Mapping[str, ProjectShares]:
    """For every project with a benefit, by the key of its row, what it brings to the outcomes."""
    projects: dict[str, ProjectShares] = {}
    for each in found:
        add_shares(projects, each)
    return projects


def add_shares(projects: dict[str, ProjectShares], each: Contributions | None) -> None:
    """Add one outcome to what the projects bring."""
    if each is None:
        return
    for part in each.parts:
        shares = projects.setdefault(part.project.row, ProjectShares())
        shares.counted.append(Share(each.address, part.amount, part.share))
    for left in each.left_out:
        shares = projects.setdefault(left.project.row, ProjectShares())
        shares.left_out.append(NotCounted(each.address, left.why, left.column))
