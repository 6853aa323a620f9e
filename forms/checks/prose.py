"""Prose against data: numbers of a narrative that differ from the value they name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from forms.address import Address
from forms.checks.finding import Finding, Mend, Step
from forms.checks.narratives import Prose, Search, Told, called, narratives
from forms.checks.own_figures import doubtful, own_figures
from forms.claims import PARK, Claim, Linter
from forms.conversion import conversions_of
from forms.edits import SetValue
from forms.inline.reading import FilledProse, filled_prose, holds_note
from forms.kinds import Narrative
from forms.live_figures import NO_UNIT, LiveFigure, shown
from forms.places import slot_at
from forms.prose_figures import Hedge, vague_word_before
from forms.quantities import Known, known_in_row, known_quantities, own_names
from forms.schema import Severity
from forms.view import PlanView
from forms.wording import figure_text

RULE_PROSE = "PRS-001"
MEND_LABEL = "改为活数字"
_LAST, _READINGS, _OWN = "last", "readings of prose", "own figures of rows"


@dataclass(frozen=True, slots=True)
class ProseOffer:
    """A number of a narrative that can become live: where it is stored, and the repair."""

    start: int
    end: int
    claim: Claim
    mend: Mend


def prose_against_data(view: PlanView) -> Iterator[Step]:
    """A finding for every number of a visible narrative that differs from the plan's own value."""
    linter = _linter(view)
    yield None
    rows = view.once(
        RULE_PROSE, "rows", view.calendar, lambda: Linter((), view.calendar, view.pack)
    )
    given = (rows, linter.names)
    search = Search(partial(_worth_reading, view, *given))
    for told in narratives(view, RULE_PROSE, given, search):
        if told is not None:
            prose, claims = _reading(view, linter, told)
            for claim in claims:
                if not claim.agrees:
                    yield _finding(view, told, prose, claim)
        yield None


def offers_in(view: PlanView, address: Address) -> tuple[ProseOffer, ...]:
    """The numbers of one narrative that name a value of the plan, whether or not they agree."""
    slot, text = slot_at(view.pack, address), view.value(address)
    if slot is None or not isinstance(slot.kind, Narrative) or not isinstance(text, str):
        return ()
    told = Told(address, slot.label, text)
    prose, claims = _reading(view, _linter(view), told)
    return tuple(
        ProseOffer(start, end, claim, mend)
        for claim in claims
        for start, end, mend in (_mend(told, prose, claim),)
        if mend is not None and not claim.is_reversed and shown(view, _figure(claim)).fault == ""
    )


def _worth_reading(
    view: PlanView, linter: Linter, names: frozenset[str], prose: Prose
) -> list[int]:
    """The rows whose prose says more than the row itself can judge, or differs from the row."""
    joined, rows, texts = prose.joined, prose.rows, prose.joined.texts
    own = own_names(view, prose.home)
    speaking = joined.with_any(("{{", "^["))
    speaking.update(n for n in joined.with_any(PARK) if linter.may_tell_of_park(texts[n], names))
    telling = [number for number in joined.holding(own.told) if number not in speaking]
    spoken = conversions_of(view.pack)
    figures = view.once(_OWN, prose.home, None, partial(own_figures, own, spoken))
    typed = view.answers.table(prose.home).rows
    told_in = [texts[number] for number in telling]
    doubted = doubtful(figures, typed, [rows[number] for number in telling], told_in)
    told = (telling[place] for place in doubted)
    return sorted(speaking.union(n for n in told if _differs(view, linter, prose.told(n))))


def _differs(view: PlanView, linter: Linter, told: Told) -> bool:
    """Whether a row's prose tells a figure of the row otherwise."""
    own = known_in_row(view, told.address, told.text)
    return bool(own) and any(not claim.agrees for claim in linter.in_row(own).claims(told.text))


def _linter(view: PlanView) -> Linter:
    """The reader of prose for this plan: the one before, while the quantities stay the same."""
    now = known_quantities(view)
    last = view.once(RULE_PROSE, "", view.calendar, dict[str, tuple[tuple[Known, ...], Linter]])
    before, linter = last.get(_LAST, ((), None))
    if linter is None or now != before:
        linter = linter.updated(before, now) if linter else None
        linter = linter or Linter(now, view.calendar, view.pack)
        last[_LAST] = (now, linter)
    return linter


@dataclass(slots=True)
class _Reading:
    """What was read in a text, and everything that it rests on."""

    told: Told
    linter: Linter
    prose: FilledProse
    own: tuple[Known, ...]
    consulted: tuple[tuple[str, list[Known]], ...]
    claims: tuple[Claim, ...]

    def is_still(self, told: Told) -> bool:
        """Whether it was the very same text, without live figures."""
        return self.told is told and not self.prose.printed

    def holds(self, prose: FilledProse, own: tuple[Known, ...], linter: Linter) -> bool:
        """Whether reading the text again would give the same."""
        return (
            self.linter.names is linter.names
            and self.own == own
            and self.prose == prose
            and all(linter.meant(name) == knowns for name, knowns in self.consulted)
        )


def _reading(view: PlanView, linter: Linter, told: Told) -> tuple[FilledProse, tuple[Claim, ...]]:
    """A text as it is read, with the claims somebody typed: a live figure is the value itself."""
    readings = view.once(_READINGS, "", None, dict[Address, _Reading])
    known = readings.get(told.address)
    if known is not None and known.linter is linter and known.is_still(told):
        return known.prose, known.claims
    prose = known.prose if known and known.is_still(told) else filled_prose(view, told.text)
    is_cell = bool(told.address.row)
    if known is not None and known.told is told and is_cell:
        own = known.own
    else:
        own = known_in_row(view, told.address, prose.text) if is_cell else ()
    if known is None or not known.holds(prose, own, linter):
        if is_cell and not own and not linter.may_tell_of_park(prose.text, linter.names):
            return prose, ()
        reader = linter.in_row(own) if is_cell else linter.fresh()
        claims = tuple(_read(reader, prose))
        consulted = tuple((name, linter.meant(name)) for name in reader.consulted)
        known = readings[told.address] = _Reading(told, linter, prose, own, consulted, claims)
    known.told, known.linter = told, linter
    return prose, known.claims


def _read(reader: Linter, prose: FilledProse) -> Iterator[Claim]:
    for claim in reader.claims(prose.text):
        if not prose.touched(claim.written.start, claim.written.end):
            yield claim


def _figure(claim: Claim, vague: str = "") -> LiveFigure:
    """The live figure that prints what was written: its unit as spelled, its decimals.

    A limit (不超过) keeps all the decimals of the value: rounded, it might no longer hold.
    """
    written = claim.written
    unit = written.spelled or f"{NO_UNIT}{written.unit}"
    is_limit = written.hedge in (Hedge.AT_LEAST, Hedge.AT_MOST) and not vague
    return LiveFigure(claim.known.address, unit, None if is_limit else written.digits)


def _mend(told: Told, prose: FilledProse, claim: Claim) -> tuple[int, int, Mend | None]:
    """The repair: the written number, and a word such as 超过 before it, become a live figure.

    None where a footnote stands inside the number: a repair must not swallow it.
    """
    written = claim.written
    vague = vague_word_before(prose.text[: written.start])
    start, end = prose.stored_span(written.start - len(vague), written.end)
    if holds_note(told.text[start:end]):
        return start, end, None
    text = f"{told.text[:start]}{_figure(claim, vague)}{told.text[end:]}"
    return start, end, Mend(MEND_LABEL, (SetValue(told.address, text),))


def _finding(view: PlanView, told: Told, prose: FilledProse, claim: Claim) -> Finding:
    known = claim.known
    value = figure_text(known.value, known.decimals)
    year = f"{claim.year}年" if claim.year > 0 else ""
    named = f"{year}“{known.label}”{'变化率' if known.is_rate else ''}"
    data = f"方案数据为 {value} {known.unit}"
    sentence = f"{called(view, told)}中写的{named}为 {claim.written.text}，{data}，两者不一致。"
    remedy = "核对后修改正文或数据；也可改为活数字，让正文跟着数据走。"
    places = (told.address, known.address)
    if claim.is_reversed:  # a number cannot mend the word before it
        remedy = "变化的方向写反了，请改写“提高”“下降”一类的词，或核对数据。"
        return Finding(RULE_PROSE, Severity.SHOULD, sentence, remedy, places)
    mend = None if shown(view, _figure(claim)).fault else _mend(told, prose, claim)[2]
    return Finding(RULE_PROSE, Severity.SHOULD, sentence, remedy, places, mend=mend)
