"""采用的折标系数与排放因子, and the computed values that were replaced by typed ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from exporters.compose.working import workings
from exporters.document import Align, Caption, Cell, Column, Table, TableRow
from forms.address import Address
from forms.confirmations import confirmation_of
from forms.encoding import decimal_text
from forms.factors_in_use import FactorInUse, factors_in_use
from forms.overrides import Override, overrides
from forms.schema import IndicatorTable
from forms.view import PlanView

_FACTOR_HEAD = ("序号", "系数、因子", "数值", "单位", "依据标准", "核对人", "核对日期")
_FACTOR_COLUMNS = (
    Column(5, Align.CENTRE),
    Column(21),
    Column(9, Align.RIGHT),
    Column(11, Align.CENTRE),
    Column(23),
    Column(8, Align.CENTRE),
    Column(20, Align.CENTRE),
)
_OVERRIDE_HEAD = ("序号", "数据", "计算值", "采用值", "改用理由")
_OVERRIDE_COLUMNS = (
    Column(5, Align.CENTRE),
    Column(22),
    Column(14, Align.RIGHT),
    Column(14, Align.RIGHT),
    Column(40),
)
_WELL_KNOWN = "—"
_WAITING = "待核对"


def factor_table(view: PlanView, caption: Caption | None) -> Table | None:
    """One row a factor in use, with its edition and who compared it; None when none is in use."""
    used = factors_in_use(view)
    if not used:
        return None
    checked = [_checked(view, each) for each in used]
    rows = tuple(
        TableRow(
            (
                Cell(str(number)),
                Cell(each.name),
                Cell(decimal_text(each.factor.value)),
                Cell(each.factor.unit),
                Cell(each.factor.edition),
                *(Cell(text) for text in by),
            )
        )
        for number, (each, by) in enumerate(zip(used, checked, strict=True), start=1)
    )
    plain = any(person == _WELL_KNOWN for person, _ in checked)
    note = f"核对人为“{_WELL_KNOWN}”的，多份公开文本所载数值一致。"
    return Table(_FACTOR_COLUMNS, (_head(_FACTOR_HEAD),), rows, caption, "", (note,) * plain)


def replaced(view: PlanView) -> Iterator[Override]:
    """The overrides no other table tells: those outside the workings of the promised figures."""
    told = {worked.address for worked in workings(view)}
    for section in view.pack.sections():
        for item in section.items if view.shows_section(section) else ():
            if view.shows_item(item) and not isinstance(item, IndicatorTable):
                found = overrides(view, Address(section.key, item.key))
                yield from (entry for entry in found if entry.address not in told)


def override_table(view: PlanView, caption: Caption | None) -> Table | None:
    """One row a computed value that was replaced: both numbers and the reason; None for none."""
    rows = tuple(
        TableRow(
            (
                Cell(str(number)),
                Cell(entry.name),
                Cell(f"{entry.computed} {entry.unit}".strip() if entry.computed else "无缺省值"),
                Cell(f"{entry.typed} {entry.unit}".strip()),
                Cell(entry.reason or "未说明"),
            )
        )
        for number, entry in enumerate(replaced(view), start=1)
    )
    if not rows:
        return None
    return Table(_OVERRIDE_COLUMNS, (_head(_OVERRIDE_HEAD),), rows, caption)


def _checked(view: PlanView, used: FactorInUse) -> tuple[str, str]:
    record = confirmation_of(view, used)
    if record is not None:
        return record.person, _day(record.day)
    return (_WELL_KNOWN, _WELL_KNOWN) if used.factor.is_confirmed else (_WAITING, _WELL_KNOWN)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _head(texts: tuple[str, ...]) -> TableRow:
    return TableRow(tuple(Cell(text, align=Align.CENTRE) for text in texts))
