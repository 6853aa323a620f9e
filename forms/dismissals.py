"""Why a 建议改 was left as it is: records kept in the plan, each for one very finding.

A record counts only while the same rule says the same sentence, numbers and all, of the same place.
When a number changes the finding is open again, and the record that no longer fits explains it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from forms.address import Address
from forms.checks import Finding
from forms.edits import AddRow, Edit, EditError, RemoveRow, SetValue, new_row_id
from forms.kinds import Text
from forms.roles import DismissalRoles
from forms.schema import (
    Pack,
    Severity,
    Table,
)
from forms.values import Value
from forms.view import PlanView

_NUMBERS = re.compile(r"[0-9][0-9,.]*")
_Key = tuple[str, str, str]  # rule, first place, sentence


@dataclass(frozen=True, slots=True)
class Dismissal:
    """One record: who left which finding as it is, when and why; `row` is where it stands."""

    row: Address
    rule: str
    place: str
    sentence: str
    reason: str
    person: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Answer:
    """Why a finding is left as it is, who says so, and on which day."""

    reason: str
    person: str
    day: date


@dataclass(frozen=True, slots=True)
class Dismissed:
    """A finding that somebody answered, with the answer."""

    finding: Finding
    record: Dismissal


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The findings of a plan as they stand with its reviewers."""

    open: tuple[Finding, ...]
    dismissed: tuple[Dismissed, ...]
    lapsed: tuple[tuple[Finding, Dismissal], ...]  # open findings answered before they changed
    spent: tuple[Dismissal, ...]  # records of findings that are gone

    def answered_before(self, finding: Finding) -> Dismissal | None:
        """What was said of an open finding before its numbers changed, if anything."""
        return next((record for other, record in self.lapsed if other == finding), None)

    def count(self, severity: Severity) -> int:
        """How many open findings are this grave."""
        return sum(finding.severity is severity for finding in self.open)


def review(view: PlanView, findings: Iterable[Finding]) -> Reviewed:
    """Split findings into open and dismissed, and tell which records no longer hold."""
    records = dismissals(view)
    if not records:
        return Reviewed(tuple(findings), (), (), ())
    rules = {record.rule for record in records}
    known = {(record.rule, record.place, record.sentence): record for record in records}
    still: list[Finding] = []
    answered: list[Dismissed] = []
    for finding in findings:
        record = known.get(_key(view.pack, finding)) if finding.rule in rules else None
        if record is None or not can_dismiss(view.pack, finding):
            still.append(finding)
        else:
            answered.append(Dismissed(finding, record))
    standing = {_key(view.pack, each.finding) for each in answered}
    idle = [r for r in records if (r.rule, r.place, r.sentence) not in standing]
    lapsed = _lapsed(view.pack, still, idle)
    explained = {record.row for _, record in lapsed}
    spent = tuple(record for record in idle if record.row not in explained)
    return Reviewed(tuple(still), tuple(answered), lapsed, spent)


def dismissals(view: PlanView) -> tuple[Dismissal, ...]:
    """Every record of the plan, in the order they were made."""
    roles = view.pack.roles.dismissals
    if roles is None:
        return ()
    return tuple(_record(view, roles, row) for row in view.rows(roles.table))


def can_dismiss(pack: Pack, finding: Finding) -> bool:
    """Whether a finding may be left as it is: a 必须改 never."""
    return pack.roles.dismissals is not None and finding.severity is Severity.SHOULD


def dismiss(
    view: PlanView, finding: Finding, answer: Answer, before: Dismissal | None = None
) -> tuple[Edit, ...]:
    """The edits that leave a finding as it is; `EditError` for a 必须改 or without a reason.

    The record it had `before` its numbers changed is renewed rather than doubled.
    """
    roles = view.pack.roles.dismissals
    if roles is None:
        raise EditError("这个政策包没有校核记录，不能说明理由。")
    if not can_dismiss(view.pack, finding):
        raise EditError("必须改的问题不能以说明代替修改，请按提示改正。")
    said = " ".join(answer.reason.split())
    if not said:
        raise EditError("请写明不改的理由。")
    rule, place, sentence = _key(view.pack, finding)
    values: dict[str, Value | None] = {
        roles.rule: rule,
        roles.place: place,
        roles.sentence: sentence,
        roles.reason: said,
        roles.person: " ".join(answer.person.split()) or None,
        roles.day: answer.day,
    }
    kept = _same(view, (rule, place, sentence)) or before
    row = kept.row if kept else roles.table.at_row(new_row_id())
    cells = ((row.table.at(row.row, column), value) for column, value in values.items())
    setting = tuple(SetValue(address, value) for address, value in cells)
    return setting if kept else (AddRow(roles.table, row.row), *setting)


def restore(view: PlanView, record: Dismissal) -> tuple[Edit, ...]:
    """The edits that make a finding open again: every record of the very same finding goes."""
    same = (record.rule, record.place, record.sentence)
    return tuple(
        RemoveRow(each.row)
        for each in dismissals(view)
        if (each.rule, each.place, each.sentence) == same
    )


def clear_spent(reviewed: Reviewed) -> tuple[Edit, ...]:
    """The edits that remove the records of findings that are gone."""
    return tuple(RemoveRow(record.row) for record in reviewed.spent)


def _same(view: PlanView, key: _Key) -> Dismissal | None:
    """The record of the very same finding, if there is one."""
    records = dismissals(view)
    return next((r for r in records if (r.rule, r.place, r.sentence) == key), None)


def _lapsed(
    pack: Pack, findings: list[Finding], idle: list[Dismissal]
) -> tuple[tuple[Finding, Dismissal], ...]:
    """Open findings with the record they had: first by the words alone, then by the place."""
    rest, pairs = list(idle), dict[int, Dismissal]()
    shapes = {record.row: _NUMBERS.sub("", record.sentence) for record in idle}
    places = {(record.rule, record.place) for record in idle}
    rules = {record.rule for record in idle}
    keys = [(n, _key(pack, each)) for n, each in enumerate(findings) if each.rule in rules]
    keys = [(number, key) for number, key in keys if key[:2] in places]
    for by_words in (True, False):
        for number, key in keys:
            shape = _NUMBERS.sub("", key[2])
            fits = (
                record
                for record in rest
                if (record.rule, record.place) == key[:2]
                and (not by_words or shapes[record.row] == shape)
            )
            found = None if number in pairs else next(fits, None)
            if found is not None:
                pairs[number] = found
                rest.remove(found)
    return tuple((findings[number], pairs[number]) for number in sorted(pairs))


def _key(pack: Pack, finding: Finding) -> _Key:
    """What makes a finding the very same, in the form in which records keep it."""
    roles = pack.roles.dismissals
    table = pack.index.items[roles.table.section, roles.table.item] if roles else None
    sentence = " ".join(finding.sentence.split())
    if roles and isinstance(table, Table):
        kind = table.column(roles.sentence).kind
        sentence = sentence[: kind.max_length] if isinstance(kind, Text) else sentence
    return (finding.rule, str(finding.places[0]), sentence)


def _record(view: PlanView, roles: DismissalRoles, row: str) -> Dismissal:
    def text(column: str) -> str:
        return str(view.typed(roles.table.at(row, column)) or "")

    day = view.typed(roles.table.at(row, roles.day))
    return Dismissal(
        roles.table.at_row(row),
        text(roles.rule),
        text(roles.place),
        text(roles.sentence),
        text(roles.reason),
        text(roles.person),
        day if isinstance(day, date) else None,
    )
