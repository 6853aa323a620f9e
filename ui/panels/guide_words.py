"""What the guide says about one place: gathered from the pack and the plan."""

from __future__ import annotations

from dataclasses import dataclass, replace

from forms.address import Address
from forms.duties import person_of
from forms.kinds import Narrative
from forms.places import Place, UnknownAddressError, item_at, locate
from forms.row_units import unit_at
from forms.schema import Clause, Guidance, Mark, Pack, Section
from forms.view import PlanView
from ui.text import tr

_BETWEEN = " · "


@dataclass(frozen=True, slots=True)
class Guide:
    """Everything the panel says about one place."""

    where: str
    label: str
    facts: str
    guidance: Guidance
    clauses: tuple[Clause, ...]
    section: Section
    address: str
    prose: Address | None = None  # where headings may be put in, as the guide offers them


def guide_for(view: PlanView, section: Section, address: Address | None) -> Guide:
    """The guide of a value, of a whole table, or of the section when nothing has the focus."""
    pack = view.pack
    if address is None or not address.item:
        return _of_section(view, section)
    try:
        place = locate(pack, address)
    except UnknownAddressError:
        return _of_item(view, section, address)
    is_prose = isinstance(place.kind, Narrative) and not place.is_computed
    return Guide(
        _where(view, section),
        place.label,
        _facts(view, place, section),
        _whole(pack, place),
        _clauses(pack, (*place.guidance.clauses, *section.clauses)),
        section,
        str(address),
        address if is_prose and place.guidance.outline else None,
    )


def _of_section(view: PlanView, section: Section) -> Guide:
    clauses = _clauses(view.pack, section.clauses)
    guidance = Guidance(section.purpose, "")
    facts = _numbers(clauses)
    return Guide(_where(view, None, section), section.title, facts, guidance, clauses, section, "")


def _of_item(view: PlanView, section: Section, address: Address) -> Guide:
    try:
        item = item_at(view.pack, address)
    except UnknownAddressError:
        return _of_section(view, section)
    clauses = _clauses(view.pack, (*item.guidance.clauses, *section.clauses))
    table = str(address.table)
    facts, where = _numbers(clauses[:1]), _where(view, section)
    return Guide(where, item.label, facts, item.guidance, clauses, section, table)


def _whole(pack: Pack, place: Place) -> Guidance:
    """The guidance of a value; what it does not say of source and mistakes its table says."""
    found, item = place.guidance, item_at(pack, place.address)
    if item.guidance is found:
        return found
    source = found.source or item.guidance.source
    return replace(found, source=source, mistakes=found.mistakes or item.guidance.mistakes)


def _where(view: PlanView, section: Section | None, itself: Section | None = None) -> str:
    """The section a place stands in, and who works on it."""
    known = section or itself
    person = person_of(view, known) if known is not None else ""
    name = section.title if section is not None else tr("本节")
    return _BETWEEN.join(filter(None, (name, tr("负责人：{0}").format(person) if person else "")))


def _facts(view: PlanView, place: Place, section: Section) -> str:
    unit = unit_at(view, place.address)
    facts = [tr("由系统计算") if place.is_computed else _mark_words(place.mark)]
    if unit:
        facts.append(tr("单位：{0}").format(unit))
    facts.append(_numbers(_clauses(view.pack, (*place.guidance.clauses, *section.clauses))[:1]))
    return _BETWEEN.join(filter(None, facts))


def _numbers(clauses: tuple[Clause, ...]) -> str:
    """The clauses of the notice by their numbers."""
    named = "、".join(clause.number for clause in clauses)
    return tr("通知 {0}").format(named) if named else ""


def _clauses(pack: Pack, keys: tuple[str, ...]) -> tuple[Clause, ...]:
    found = (pack.index.clauses.get(key) for key in dict.fromkeys(keys))
    return tuple(clause for clause in found if clause is not None)


def _mark_words(mark: Mark) -> str:
    match mark:
        case Mark.NOTICE:
            return tr("必填（通知要求）")
        case Mark.REVIEW:
            return tr("建议填写（评审会问）")
        case Mark.OPTIONAL:
            return tr("选填")
