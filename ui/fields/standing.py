"""How one value stands at this moment: what an editor shows and a frame explains."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from forms.address import Address
from forms.encoding import decimal_text
from forms.heading_levels import prose_level
from forms.kinds import Kind, Narrative
from forms.naming import place_name
from forms.places import slot_at
from forms.row_units import kind_at
from forms.schema import Mark
from forms.values import Value
from forms.view import PlanView
from forms.wording import word
from ui.text import tr

_NAMED_AT_MOST = 4
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Standing:
    """One value: as typed, as it counts, as it reads, and what its formula says."""

    typed: Value | None
    value: Value | None
    text: str  # as people read it, rounded
    entry: str  # as an editor offers it: every digit that was typed
    has_formula: bool = False
    is_locked: bool = False  # nobody may type here
    computed: str = ""  # what the formula gives, whether or not it is overridden
    missing: tuple[Address, ...] = ()  # what the formula lacks
    fault: str = ""  # why the formula gives nothing
    kind: Kind | None = None  # with the unit of the value's own row
    heading_level: int = 0  # of prose: at which its headings are printed

    @property
    def is_computed(self) -> bool:
        """Whether what is shown comes from the formula."""
        return self.has_formula and self.typed is None

    @property
    def is_overridden(self) -> bool:
        """Whether a typed value stands where the formula would give one."""
        return self.has_formula and self.typed is not None

    @property
    def is_default(self) -> bool:
        """Whether what is shown is the pack's default."""
        return self.typed is None and self.value is not None and not self.has_formula


def entry_of(view: PlanView, address: Address) -> str:
    """The entry of `stand` alone, which is all that copying many cells needs."""
    slot = slot_at(view.pack, address)
    typed = view.typed(address) if slot is not None and slot.overridable else None
    return decimal_text(typed) if isinstance(typed, Decimal) else view.text(address)


def stand(view: PlanView, address: Address) -> Standing:
    """How the value at an address stands; nothing at all when no value can stand there."""
    slot = slot_at(view.pack, address)
    if slot is None:
        return Standing(None, None, "", "", is_locked=True)
    has_formula = slot.formula is not None or not slot.overridable
    typed = view.typed(address) if slot.overridable else None
    text = view.text(address)
    entry = decimal_text(typed) if isinstance(typed, Decimal) else text
    value = view.value(address)
    kind = kind_at(view, address)
    if not has_formula:
        level = prose_level(view, address) if isinstance(slot.kind, Narrative) else 0
        return Standing(typed, value, text, entry, kind=kind, heading_level=level)
    figure = view.figure(address)
    return Standing(
        typed,
        value,
        text,
        entry,
        has_formula=True,
        is_locked=not slot.overridable,
        computed=word(view.pack, slot.kind, figure.value),
        missing=figure.missing,
        fault=figure.fault,
        kind=kind,
    )


def lack_sentence(view: PlanView, standing: Standing) -> str:
    """Why a computed value is absent: what it lacks, or what is wrong; "" when it is there."""
    if standing.missing:
        lacking = _sources(view, standing.missing)
        names = dict.fromkeys(place_name(view, address) for address in lacking)
        named = "、".join(list(names)[:_NAMED_AT_MOST])
        more = tr("等 {count} 项").format(count=len(names)) if len(names) > _NAMED_AT_MOST else ""
        return tr("缺：{names}{more}").format(names=named, more=more)
    return tr("不能计算：{fault}").format(fault=standing.fault) if standing.fault else ""


def _sources(view: PlanView, missing: tuple[Address, ...]) -> tuple[Address, ...]:
    """What is really to be filled in behind missing figures, as long as that is a short list."""
    for _ in range(_DEEPEST):
        behind = [(address, view.figure(address).missing) for address in missing]
        deeper = tuple(dict.fromkeys(at for address, more in behind for at in more or (address,)))
        if deeper == missing or len(deeper) > _NAMED_AT_MOST:
            break
        missing = deeper
    return missing


def ask_words(mark: Mark) -> str:
    """The badge of an empty value somebody asks for."""
    match mark:
        case Mark.NOTICE:
            return tr("必填")
        case Mark.REVIEW:
            return tr("建议填")
        case Mark.OPTIONAL:
            return ""
