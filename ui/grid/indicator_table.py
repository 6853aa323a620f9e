"""The sheet of 预期成效: base and target, computed or overridden with a reason, change and rate."""

from __future__ import annotations

from forms.address import Address
from forms.kinds import Kind, Text, unit_of
from forms.listing import indicator_text
from forms.places import slot_at
from forms.schema import (
    INDICATOR_BASE,
    INDICATOR_CHANGE,
    INDICATOR_NOTE,
    INDICATOR_RATE,
    INDICATOR_REASON,
    INDICATOR_SOURCE,
    INDICATOR_TARGET,
    Indicator,
    IndicatorTable,
    Mark,
)
from forms.slots import free_kind
from ui.fields.standing import stand
from ui.grid.columns import SheetColumn
from ui.grid.sheet_model import SheetModel
from ui.session import PlanSession
from ui.text import tr

FROZEN_COLUMNS = 3
_CATEGORY, _NAME, _UNIT = 0, 1, 2
_METHOD = 7


class IndicatorModel(SheetModel):
    """The fixed list of indicators."""

    def __init__(self, session: PlanSession, home: Address, table: IndicatorTable) -> None:
        super().__init__(session, home, table.label)
        self._rows: dict[str, Indicator] = {row.key: row for row in table.rows}
        self.keys = tuple(self._rows)
        self.sheet_columns = _columns(table)

    def fixed_text(self, row: int, column: int) -> str:
        """Category, name, unit and method of an indicator."""
        indicator = self._rows[self.keys[row]]
        if column == _CATEGORY:
            above = self._rows[self.keys[row - 1]].category if row else ""
            return "" if above == indicator.category else indicator.category
        texts = {_NAME: indicator.label, _UNIT: unit_of(indicator.kind), _METHOD: indicator.method}
        return texts.get(column, "")

    def text_at(self, row: int, column: int) -> str:
        """What a cell shows: the change of a percentage names its 百分点."""
        address = self.address_at(row, column)
        if address is None or address.column != INDICATOR_CHANGE or not self.is_open(row, column):
            return super().text_at(row, column)
        return indicator_text(self.session.view, address)

    def mark_of(self, row: int, column: int) -> Mark:
        """Who asks for base or target; an overridden figure asks for its reason."""
        indicator, key = self._rows[self.keys[row]], self.sheet_columns[column].key
        if key in (INDICATOR_BASE, INDICATOR_TARGET):
            return indicator.mark
        if key == INDICATOR_REASON and self._is_overridden(indicator.key):
            return Mark.REVIEW
        return Mark.OPTIONAL

    def is_open(self, row: int, column: int) -> bool:
        """Whether the indicator has such a value: savings have no base."""
        address = self.address_at(row, column)
        if address is None or slot_at(self.session.pack, address) is None:
            return False
        if address.column != INDICATOR_REASON:
            return True
        view = self.session.view
        return self._is_overridden(address.row) or view.typed(address) is not None

    def _is_overridden(self, key: str) -> bool:
        sides = (self.home.at(key, INDICATOR_BASE), self.home.at(key, INDICATOR_TARGET))
        return any(stand(self.session.view, side).is_overridden for side in sides)


def _columns(table: IndicatorTable) -> tuple[SheetColumn, ...]:
    kind: Kind = table.rows[0].kind if table.rows else Text()
    rate: Kind = free_kind(kind)
    return (
        SheetColumn("", tr("类别"), Text(), letters=6, fixed=True, stretches=False),
        SheetColumn("", tr("指标"), Text(), letters=13, fixed=True, names_rows=True),
        SheetColumn(
            "", tr("单位"), Text(), letters=5, fixed=True, stretches=False, says_units=True
        ),
        SheetColumn(INDICATOR_BASE, tr("基准年值"), kind, letters=6),
        SheetColumn(INDICATOR_TARGET, tr("目标年值"), kind, letters=6),
        SheetColumn(INDICATOR_CHANGE, tr("变化量"), rate, letters=5),
        SheetColumn(INDICATOR_RATE, tr("变化率"), rate, unit="%", letters=5),
        SheetColumn("", tr("计算式"), Text(), letters=14, fixed=True),
        SheetColumn(INDICATOR_SOURCE, tr("数据来源"), Text(), letters=10),
        SheetColumn(INDICATOR_NOTE, tr("备注"), Text(), letters=8),
        SheetColumn(INDICATOR_REASON, tr("改用填报值的理由"), Text(), letters=12),
    )
