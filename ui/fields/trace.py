"""From what a computed value comes: the values its formula reads, the factors, the projects."""

from __future__ import annotations

from dataclasses import dataclass

from forms.address import Address
from forms.contributions import Contributions, contributions
from forms.kinds import unit_of
from forms.overrides import Override, override_at
from forms.places import slot_at
from forms.tracing import UsedFactor, sources
from forms.view import PlanView
from forms.wording import plain_words
from forms.working import Working, work_out
from ui.fields.standing import place_name
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


@dataclass(frozen=True, slots=True)
class Trace:
    """What a computed value rests on; `more` counts the inputs left out."""

    inputs: tuple[Input, ...]
    factors: tuple[str, ...]
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
        tuple(factor_words(used) for used in found.factors),
        len(cells) - len(shown),
        work_out(view, address),
        override_at(view, address),
        by_project,
    )


def factor_words(used: UsedFactor) -> str:
    """A factor with everything a reviewer asks: figure, set, edition, source, how verified."""
    factor = used.factor
    said = [
        tr("{label} {value} {unit}").format(
            label=factor.label.replace("|", " "), value=plain_words(factor.value), unit=factor.unit
        ),
        tr("{title}，{edition}").format(
            title=used.factor_set.title, edition=used.factor_set.edition
        ),
    ]
    if factor.source:
        said.append(tr("来源：{source}").format(source=factor.source))
    said.append(_VERIFIED.get(factor.verified, factor.verified))
    return "；".join(part for part in said if part)


def _input(view: PlanView, address: Address, is_known: bool) -> Input:
    """One input; an empty one that did not hinder the result counted as nothing."""
    slot = slot_at(view.pack, address)
    text = view.text(address)
    unit = unit_of(slot.kind) if slot and text else ""
    if not text and is_known:
        text = tr("未填，按 0 计")
    return Input(address, place_name(view, address), f"{text} {unit}".strip())
