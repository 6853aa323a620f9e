"""Prose against data: numbers of a narrative that differ from the value they name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from forms.address import Address
from forms.checks.finding import Finding, Step
from forms.claims import Claim, Linter
from forms.kinds import Narrative
from forms.quantities import known_quantities
from forms.schema import Field, Severity
from forms.view import PlanView
from forms.wording import figure_text

RULE_PROSE = "PRS-001"
_PLAN = Address("", "")


def prose_against_data(view: PlanView) -> Iterator[Step]:
    """A finding for every number of a visible narrative that differs from the plan's own value."""
    linter = _linter(view)
    yield None
    for address, label in narratives(view):
        text = view.value(address)
        if isinstance(text, str) and text:
            read = partial(_differing, linter, text)
            for claim in view.once(RULE_PROSE, address, (text, linter), read):
                yield _finding(address, label, claim)
        yield None


def _linter(view: PlanView) -> Linter:
    """The reader of prose for this plan: the one before, while the quantities stay the same."""
    given = (known_quantities(view), view.calendar)
    conversions = view.pack.index.conversions
    return view.once(RULE_PROSE, "", given, lambda: Linter(*given, conversions))


def _differing(linter: Linter, text: str) -> tuple[Claim, ...]:
    return tuple(claim for claim in linter.claims(text) if not claim.agrees)


def narratives(view: PlanView) -> Iterator[tuple[Address, str]]:
    """Every visible field of prose with its label, in plan order."""
    for section in view.pack.sections():
        if not view.shows_section(section):
            continue
        for item in section.items:
            is_prose = isinstance(item, Field) and isinstance(item.kind, Narrative)
            if is_prose and view.shows_item(item):
                yield Address(section.key, item.key), item.label


def _finding(home: Address, label: str, claim: Claim) -> Finding:
    known = claim.known
    shown = figure_text(known.value, known.decimals)
    year = f"{claim.year}年" if claim.year > 0 else ""
    named = f"{year}“{known.label}”{'变化率' if known.is_rate else ''}"
    data = f"方案数据为 {shown} {known.unit}"
    sentence = f"“{label}”中写的{named}为 {claim.written.text}，{data}，两者不一致。"
    remedy = "核对后修改正文或数据；同一数字只保留一个来源。"
    return Finding(RULE_PROSE, Severity.SHOULD, sentence, remedy, (home, known.address))
