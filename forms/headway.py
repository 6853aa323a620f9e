"""How far a plan is, by chapter, by clause of the notice and by responsible person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from forms.address import Address
from forms.checks.required import RULE_FIELD, RULE_ROW, RULE_TABLE
from forms.dismissals import Reviewed
from forms.duties import duties
from forms.gaps import complete_section, percent_there
from forms.schema import Section, Severity
from forms.ticks import ticked
from forms.view import PlanView

_ASKED = (RULE_FIELD, RULE_ROW, RULE_TABLE)


@dataclass(frozen=True, slots=True)
class Headway:
    """Values asked for and there, open findings, content points and those that are ticked."""

    asked: int = 0
    filled: int = 0
    must: int = 0
    should: int = 0
    points: int = 0
    ticked: int = 0

    @property
    def gaps(self) -> int:
        """How many values are missing."""
        return self.asked - self.filled

    @property
    def percent(self) -> int:
        """The share of values that are there; 100 only when none is missing."""
        return percent_there(self.asked, self.filled)

    @property
    def is_done(self) -> bool:
        """Whether nothing is missing and nothing must be mended."""
        return not self.gaps and not self.must


class By(Enum):
    """What the lines of an overview stand for."""

    CHAPTER = "chapter"
    CLAUSE = "clause"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a chapter, clause or person, or below it (`is_part`) one of its sections."""

    name: str
    headway: Headway
    sections: tuple[Section, ...]
    is_part: bool = False
    person: str = ""

    @property
    def section(self) -> Section | None:
        """The section a line below another one stands for."""
        return self.sections[0] if self.is_part else None


def headways(view: PlanView, reviewed: Reviewed) -> Mapping[str, Headway]:
    """How far each visible section is, in the order of the plan."""
    explained = explained_gaps(reviewed)
    counts = {severity: _by_section(reviewed, severity) for severity in Severity}
    found: dict[str, Headway] = {}
    for section in view.pack.sections():
        if not view.shows_section(section):
            continue
        completion = complete_section(view, section)
        answered = sum(address.section == section.key for address in explained)
        found[section.key] = Headway(
            completion.asked,
            completion.filled + answered,
            counts[Severity.MUST].get(section.key, 0),
            counts[Severity.SHOULD].get(section.key, 0),
            len(section.points),
            len(ticked(view, section)),
        )
    return found


def explained_gaps(reviewed: Reviewed) -> frozenset[Address]:
    """Missing values for which somebody said why they stay away."""
    return frozenset(
        place
        for each in reviewed.dismissed
        if each.finding.rule in _ASKED
        for place in each.finding.places
    )


def together(parts: Iterable[Headway]) -> Headway:
    """Several headways as one."""
    listed = tuple(parts)
    return Headway(
        sum(part.asked for part in listed),
        sum(part.filled for part in listed),
        sum(part.must for part in listed),
        sum(part.should for part in listed),
        sum(part.points for part in listed),
        sum(part.ticked for part in listed),
    )


def overview(view: PlanView, found: Mapping[str, Headway], by: By) -> tuple[Line, ...]:
    """The lines of an overview: each chapter, clause or person, followed by its sections."""
    people = duties(view)
    lines: list[Line] = []
    for name, sections in _groups(view, found, by, people):
        whole = together(found[section.key] for section in sections)
        lines.append(Line(name, whole, sections))
        for section in sections:
            person = people.get(section.key, "")
            lines.append(Line(section.title, found[section.key], (section,), True, person))
    return tuple(lines)


_Group = tuple[str, tuple[Section, ...]]
UNASSIGNED = "（未指定负责人）"


def _groups(
    view: PlanView, found: Mapping[str, Headway], by: By, people: Mapping[str, str]
) -> list[_Group]:
    shown = [section for section in view.pack.sections() if section.key in found]
    groups: list[_Group] = []
    match by:
        case By.CHAPTER:
            groups += [(each.title, _those(each.sections, found)) for each in view.pack.chapters]
        case By.CLAUSE:
            for clause in view.pack.clauses:
                answering = tuple(section for section in shown if clause.key in section.clauses)
                groups.append((f"{clause.number}　{clause.title}", answering))
        case By.PERSON:
            for name in (
                *dict.fromkeys(people.get(s.key, "") for s in shown if s.key in people),
                "",
            ):
                theirs = tuple(section for section in shown if people.get(section.key, "") == name)
                groups.append((name or UNASSIGNED, theirs))
    return [group for group in groups if group[1]]


def _those(sections: Iterable[Section], found: Mapping[str, Headway]) -> tuple[Section, ...]:
    return tuple(section for section in sections if section.key in found)


def _by_section(reviewed: Reviewed, severity: Severity) -> dict[str, int]:
    found: dict[str, int] = {}
    for finding in reviewed.open:
        if finding.severity is severity:
            key = finding.places[0].section
            found[key] = found.get(key, 0) + 1
    return found
