"""Required values: what the notice names must be there, what reviewers ask for should be."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import groupby

from forms.address import Address
from forms.checks.finding import Finding, Step
from forms.gaps import missing_in_section
from forms.row_gaps import Asked
from forms.schema import Mark, Section, Severity, Table
from forms.standing import standing
from forms.view import PlanView

RULE_FIELD = "REQ-001"
RULE_ROW = "REQ-002"
RULE_TABLE = "REQ-003"
_NAMED_AT_MOST = 6


def required(view: PlanView) -> Iterator[Step]:
    """One finding a missing field, and one for each row that lacks values."""
    for section in view.pack.sections():
        yield None
        given = standing(view, section.key)
        lacking = partial(missing_in_section, view, section)
        missing = view.memory.gathered("missing", section.key, given, lacking)
        for (address, mark), group in groupby(missing, key=_group):
            yield _finding(view, section, address, mark, tuple(group))


def _group(asked: Asked) -> tuple[Address, Mark]:
    return asked.address.table.at_row(asked.address.row), asked.mark


def _finding(
    view: PlanView, section: Section, home: Address, mark: Mark, missing: tuple[Asked, ...]
) -> Finding:
    labels = "、".join(dict.fromkeys(asked.label for asked in missing[:_NAMED_AT_MOST]))
    more = f"等 {len(missing)} 项" if len(missing) > _NAMED_AT_MOST else ""
    item = section.item(home.item)
    severity = Severity.MUST if mark is Mark.NOTICE else Severity.SHOULD
    clause = next(iter((*item.guidance.clauses, *section.clauses)), "")
    places = tuple(asked.address for asked in missing)
    if home.row and isinstance(item, Table):
        name = view.row_name(home)
        sentence = f"{item.row_name}“{name}”缺少：{labels}{more}。"
        return Finding(RULE_ROW, severity, sentence, "逐项补填。", places, clause)
    if isinstance(item, Table):
        sentence = f"“{item.label}”还没有任何{item.row_name}。"
        return Finding(RULE_TABLE, severity, sentence, f"新增{item.row_name}。", places, clause)
    sentence = f"“{section.title}”缺少：{labels}{more}。"
    return Finding(RULE_FIELD, severity, sentence, "请补填；写法见该项的指引。", places, clause)
