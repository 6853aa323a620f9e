"""What a live figure prints: the value that counts, rounded, in the unit the prose asks for."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext

from forms.address import Address
from forms.conversion import conversions_of
from forms.evaluation import as_number, without_padding
from forms.kinds import Image, Kind, Narrative, unit_of
from forms.live_figures.marks import NO_UNIT, LiveFigure, Placed, with_marks
from forms.places import UnknownAddressError, locate, slot_at
from forms.prose_figures import split_unit
from forms.row_units import kind_at, unit_at
from forms.schema import INDICATOR_CHANGE, INDICATOR_RATE, IndicatorTable, Pack, Table
from forms.slots import Slot
from forms.view import PlanView
from forms.wording import decimals_of, figure_text, is_tight

_FEWEST = 2  # decimals in a unit that is not the value's own
_PRECISION = 120
_USUAL = tuple(Decimal(1).scaleb(power) for power in (-8, -4, 2, 4, 8))  # 公顷 are 2
_MULTIPLES = ("万", "亿")
_MALFORMED = "活数字的写法有误"


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands on paper for a live figure; `fault` is a sentence when it cannot be shown."""

    number: str
    unit: str
    fault: str = ""
    is_empty: bool = False  # the source is there, its value is not

    @property
    def text(self) -> str:
        """Number and unit as the house joins them; a mark nobody overlooks when faulty."""
        if self.fault:
            return f"【数字缺失：{self.fault.removesuffix('。')}】"
        return f"{self.number}{'' if is_tight(self.unit) else ' '}{self.unit}"


def shown(view: PlanView, figure: LiveFigure) -> Shown:
    """What a live figure prints in this plan; asked by several checks of each version."""
    known = view.once("shown", "", (view,), dict[LiveFigure, Shown])
    found = known.get(figure)
    if found is None:
        found = known[figure] = _shown(view, figure)
    return found


def _shown(view: PlanView, figure: LiveFigure) -> Shown:
    address = figure.address
    slot = slot_at(view.pack, address)
    if slot is None:
        return _faulty(f"方案中没有“{address}”这个数。")
    gone = _gone(view, address, slot)
    if gone:
        return _faulty(gone)
    if isinstance(slot.kind, Narrative | Image):
        return _faulty(f"“{slot.label}”不是数字或短文字。")
    value = view.value(address)
    if value is None or value == "":
        return _empty(view, address)
    number = as_number(value)
    if number is None:
        return _worded(view, figure, slot)
    if is_movement(view.pack, address):
        number = abs(number)  # the words say whether it rises or falls: 下降16.2%
    kind = kind_at(view, address) or slot.kind
    return _converted(view.pack, figure, slot, kind, number)


def figures_filled(view: PlanView, text: str) -> str:
    """A text with every live figure replaced by what it prints; other marks stay."""

    def put(placed: Placed) -> str:
        return shown_at(view, placed).text

    return with_marks(text, put)


def shown_at(view: PlanView, placed: Placed) -> Shown:
    """What a mark in a text prints, malformed or not."""
    if placed.figure is None:
        return _faulty(f"{_MALFORMED}：{placed.source.strip('{}')}。")
    return shown(view, placed.figure)


def units_for(view: PlanView, address: Address) -> tuple[str, ...]:
    """The units plans print a value in, its own first; more than these may be asked for."""
    own = unit_at(view, address)
    if not own:
        return ("",)
    known = conversions_of(view.pack)
    plain, number = own.removesuffix("/a"), view.number(address)
    if "/" in plain:  # another spelling of the same, such as tCO2/MWh
        usual = (unit for unit in known.targets(own) if known.times(own, unit) == 1)
        return tuple(dict.fromkeys((own, *usual)))
    listed = (unit for unit in known.targets(own) if known.times(own, unit) in _USUAL)
    found = [unit for unit in listed if "/" not in unit and "(" not in unit]
    for multiple in _MULTIPLES:
        unit = f"{multiple}{split_unit(plain)[1]}"
        times = known.times(own, unit)
        if times and times in _USUAL and number is not None and abs(number * times) >= 1:
            found.append(unit)
    return tuple(dict.fromkeys((own, *found)))


def is_movement(pack: Pack, address: Address) -> bool:
    """Whether a value is the change or rate of an indicator, told in prose without its sign."""
    item = pack.index.items.get((address.section, address.item))
    moved = address.column in (INDICATOR_CHANGE, INDICATOR_RATE)
    return moved and isinstance(item, IndicatorTable)


def _gone(view: PlanView, address: Address, slot: Slot) -> str:
    """Why the source is no longer part of the plan; "" when it is."""
    section = view.pack.index.sections[address.section]
    item = view.pack.index.items[address.section, address.item]
    if isinstance(item, Table) and address.row not in view.rows(address.table):
        return f"“{item.label}”中被引用的{item.row_name or '行'}已删除。"
    if slot.years is not None and address.year not in view.calendar.years(slot.years):
        return f"“{slot.label}”没有{address.year}年的数。"
    if not (view.shows_section(section) and view.shows_item(item)):
        return f"“{section.title}”的“{item.label}”未列入方案。"
    return ""


def _faulty(sentence: str) -> Shown:
    return Shown("", "", sentence)


def _empty(view: PlanView, address: Address) -> Shown:
    """「缺」, with the first values to fill."""
    figure = view.figure(address)
    name = called(view, address)
    lacking = "、".join(called(view, missing) for missing in figure.missing[:3])
    if len(figure.missing) > 3:
        lacking += f"等 {len(figure.missing)} 项"
    if lacking:
        return Shown("", "", f"{name}缺，待填{lacking}。", is_empty=True)
    if figure.fault:
        return Shown("", "", f"{name}缺，{figure.fault}。", is_empty=True)
    return Shown("", "", f"{name}缺，尚未填写。", is_empty=True)


def called(view: PlanView, address: Address) -> str:
    """What people call a value: its row, its name and its year, in quotation marks."""
    try:
        place = locate(view.pack, address)
    except UnknownAddressError:
        return f"“{address}”"
    row = view.row_name(address) if isinstance(place.item, Table) else ""
    year = f"{address.year}年" if address.year else ""
    return f"{year}“{row}{' ' if row else ''}{place.label}”"


def _worded(view: PlanView, figure: LiveFigure, slot: Slot) -> Shown:
    if figure.unit not in ("", NO_UNIT):
        return _faulty(f"“{slot.label}”是文字，没有单位“{figure.unit}”。")
    return Shown(view.text(figure.address), "")


def _converted(pack: Pack, figure: LiveFigure, slot: Slot, kind: Kind, number: Decimal) -> Shown:
    own = unit_of(kind)
    unit = figure.unit.removeprefix(NO_UNIT) or own
    times = conversions_of(pack).times(own, unit)
    if times is None:
        return _faulty(f"“{slot.label}”的单位是{own or '空'}，不能换算为{unit}。")
    with localcontext() as context:
        context.prec = _PRECISION
        product = number if times == 1 else without_padding(number * times)
    amount = as_number(product) or Decimal(0)
    decimals = figure.decimals
    if decimals is None:
        decimals = _fitting(kind, amount, is_own=times == 1)
    return Shown(figure_text(amount, decimals), "" if figure.unit.startswith(NO_UNIT) else unit)


def _fitting(kind: Kind, amount: Decimal, *, is_own: bool) -> int:
    """As many decimals as the value has; in another unit enough not to print a zero."""
    decimals = decimals_of(kind)
    if is_own:
        return decimals
    return max(decimals, _FEWEST, -amount.adjusted() if amount else 0)
