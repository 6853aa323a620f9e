"""From what a computed value comes: the values its formula reads, the factors, the projects."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from forms.address import Address
from forms.confirmations import Confirmation, confirmation_of, is_open
from forms.contributions import Contributions, contributions
from forms.factors_in_use import FactorInUse, factors_at
from forms.inline.reading import read_text
from forms.naming import place_name
from forms.overrides import Override, override_at, override_sentence
from forms.row_units import unit_at
from forms.tracing import UsedFactor, sources
from forms.view import PlanView
from forms.wording import plain_words
from forms.working import Working, work_out
from ui.text import tr

_SHOWN_CELLS = 12
_VERIFIED = {
    "found-multi": tr("多处公开来源一致"),
    "found-1": tr("仅见一处公开来源，请对照标准核对"),
    "found-partial": tr("公开来源不全，请对照标准核对"),
    "derived": tr("由已核实的数推算"),
    "definition": tr("定义值"),
    "memory": tr("未见公开来源，请对照标准核对"),
}


@dataclass(frozen=True, slots=True)
class Input:
    """One value a formula reads; `text` is "" when it is missing."""

    address: Address
    name: str
    text: str
    instead: str = ""  # both numbers and the reason, when a typed value stands for a computed one


@dataclass(frozen=True, slots=True)
class TracedFactor:
    """A factor behind a value in words, and whether somebody has to compare it yet."""

    words: str
    used: FactorInUse
    waits: bool


@dataclass(frozen=True, slots=True)
class Trace:
    """What a computed value rests on; `more` counts the inputs left out."""

    inputs: tuple[Input, ...]
    factors: tuple[TracedFactor, ...]
    more: int = 0
    working: Working | None = None  # the formula in words and with its numbers
    override: Override | None = None  # the typed value that replaces it
    contributions: Contributions | None = None  # the same figure by project


def trace(view: PlanView, address: Address) -> Trace:
    """The inputs of the formula at an address, a dozen at most."""
    found, by_project = sources(view, address), contributions(view, address)
    cells = found.cells
    if by_project is not None:  # project by project they stand below
        cells = tuple(cell for cell in cells if cell.table != view.pack.roles.projects)
    is_known = view.figure(address).value is not None
    shown = tuple(_input(view, cell, is_known) for cell in cells[:_SHOWN_CELLS])
    return Trace(
        shown,
        tuple(_factors(view, (address, *cells[:_SHOWN_CELLS]))),
        len(cells) - len(shown),
        work_out(view, address),
        override_at(view, address),
        by_project,
    )


def _factors(view: PlanView, places: tuple[Address, ...]) -> Iterator[TracedFactor]:
    """The factors of a value and of the values it reads directly."""
    found = dict.fromkeys(used for place in places for used in sources(view, place).factors)
    counted = {used.option for place in places for used in factors_at(view, place)}
    for used in found:
        taken = FactorInUse(used.factor_set, used.factor, ())
        record = confirmation_of(view, taken)
        waits = taken.option in counted and is_open(view, taken)
        yield TracedFactor(factor_words(used, record), taken, waits)


def factor_words(used: UsedFactor, record: Confirmation | None = None) -> str:
    """A factor with everything a reviewer asks: figure, edition, source, how verified, by whom."""
    factor = used.factor
    said = [
        tr("{label} {value} {unit}").format(
            label=factor.label.replace("|", " "), value=plain_words(factor.value), unit=factor.unit
        ),
        tr("{title}，{edition}").format(title=used.factor_set.title, edition=factor.edition),
    ]
    if factor.source:
        said.append(tr("来源：{source}").format(source=factor.source))
    if record is not None:
        checked = tr("已核对：{person}，{day}")
        said.append(checked.format(person=record.person, day=record.day.isoformat()))
    else:
        said.append(_VERIFIED.get(factor.verified, factor.verified))
    return "；".join(part for part in said if part)


def _input(view: PlanView, address: Address, is_known: bool) -> Input:
    """One input; an empty one that did not hinder the result counted as nothing."""
    text = read_text(view, address)
    unit = unit_at(view, address) if text else ""
    if not text and is_known:
        text = tr("未填，按 0 计")
    override = override_at(view, address)
    instead = override_sentence(override) if override else ""
    return Input(address, place_name(view, address), f"{text} {unit}".strip(), instead)
