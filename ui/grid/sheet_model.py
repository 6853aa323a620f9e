"""The item model all sheets share: cells by address, read from the session and edited through it.

What was entered and cannot be taken stays in its cell as a refused entry with the reason, so that
nothing typed or pasted is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal

from forms.address import Address
from forms.checks.finding import Finding
from forms.edits import Edit, EditError, SetValue
from forms.inline.reading import read_text
from forms.kinds import Narrative, Reference
from forms.places import UnknownAddressError
from forms.schema import Mark
from forms.values import Value
from forms.wording import word
from ui.fields.remarks import Remarks
from ui.fields.standing import ask_words, entry_of, lack_sentence, stand
from ui.grid.entries import EntryError, read_entry
from ui.grid.marked import said_of
from ui.grid.note_corner import noted
from ui.grid.sheet_shape import (
    ACCESSIBLE_DESCRIPTION,
    ACCESSIBLE_TEXT,
    ALIGNMENT,
    DISPLAY,
    EDIT,
    TOOL_TIP,
    Index,
    SheetShape,
)
from ui.plain import plain_tip
from ui.session import PlanSession
from ui.text import tr

LOOK = int(Qt.ItemDataRole.UserRole) + 1  # a CellLook
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_ABSENT = "—"
_MAY_BE_CUT = 8


@dataclass(frozen=True, slots=True)
class CellLook:
    """How a cell is painted besides its text."""

    computed: bool = False
    overridden: bool = False
    heading: bool = False
    group: bool = False  # of the heading of a group of rows
    closed: bool = False  # not asked for in this row
    refused: bool = False
    asked: Mark | None = None  # empty though somebody asks for it
    indent: int = 0
    findings: tuple[Finding, ...] = ()


PLAIN = CellLook()
_CLOSED = CellLook(closed=True)
_SLOW = Narrative | Reference  # read with their marks, and with the names of other rows


@dataclass(frozen=True, slots=True)
class Refused:
    """What was entered and cannot be taken, and why."""

    text: str
    why: str


class SheetModel(SheetShape):
    """Cells with their texts and looks, typed into and followed."""

    rearranging = Signal()  # cells are about to go, to move or to be filled; one may be open
    refused_changed = Signal()
    marks_changed = Signal()  # refused entries or findings

    def __init__(self, session: PlanSession, home: Address, label: str) -> None:
        super().__init__(session, home, label)
        self.refused: dict[Address, Refused] = {}
        self.remarks: Remarks = {}

    def take_changes(self, places: Iterable[Address]) -> None:
        """Follow the session after a change at these places."""
        del places
        self.repaint_all()

    def show_remarks(self, remarks: Remarks) -> None:
        """Mark the cells that have findings."""
        found: Remarks = {}
        for at, listed in remarks.items():
            if at.table == self.home:
                cell = self._cell_of(at)
                found[cell] = (*found.get(cell, ()), *listed)
        self.remarks = found
        self.repaint_all()
        self.marks_changed.emit()

    def _cell_of(self, at: Address) -> Address:
        """What is said of a whole row stands in its first cell."""
        if at.column or at.year or not at.row:
            return at
        index = self.place_of(at)
        return (self.address_at(index.row(), index.column()) if index.isValid() else None) or at

    def enter(self, address: Address, text: str) -> bool:
        """Take a typed text into the plan, or keep it as refused; True when it is in the plan."""
        try:
            value = read_entry(self.session.view, address, text)
        except EntryError as error:
            self.refuse({address: Refused(text, str(error))})
            return False
        return self.offer(address, value, text)

    def enter_if_new(self, address: Address, text: str) -> bool:
        """Take a text unless it is just what the cell already offered for editing."""
        return text == self.entry_at(address) or self.enter(address, text)

    def offer(
        self, address: Address, value: Value | None, text: str, *, merges: bool = False
    ) -> bool:
        """Put a value into the plan, or keep its text as refused; True when it is in the plan."""
        try:
            self.session.edit(SetValue(address, value), str(address) if merges else "")
        except (EditError, UnknownAddressError) as error:
            self.refuse({address: Refused(text, str(error))})
            return False
        self.accept([address])
        return True

    def put_steps(self, edits: Sequence[Edit], label: str) -> Iterator[int]:
        """Put several edits into the plan as one undo step, as `PlanSession.edit_steps`."""
        yield from self.session.edit_steps(edits, label)
        self.accept(edit.address for edit in edits if isinstance(edit, SetValue))

    def refuse(self, refused: dict[Address, Refused]) -> None:
        """Keep entries that cannot be taken in their cells."""
        self.refused.update(refused)
        self.repaint_all()
        self.refused_changed.emit()
        self.marks_changed.emit()

    def accept(self, addresses: Iterable[Address]) -> None:
        """Forget refused entries that stood where something good stands now."""
        gone = [at for at in addresses if self.refused.pop(at, None)] if self.refused else []
        if gone:
            self.refuse({})  # no more than there are

    def data(self, index: Index, role: int = DISPLAY) -> object:
        """What a view asks of a cell."""
        row, column = index.row(), index.column()
        if role == DISPLAY:
            return self.text_at(row, column)
        if role == LOOK:
            return self._look(row, column)
        if role == ALIGNMENT:
            return RIGHT if self.sheet_columns[column].is_numeric else LEFT
        if role == EDIT:
            address = self.address_at(row, column)
            return self.entry_at(address) if address else self.fixed_text(row, column)
        if role == TOOL_TIP:
            return self._tip(row, column)
        if role == ACCESSIBLE_TEXT:
            return f"{self.sheet_columns[column].name}：{self.text_at(row, column) or tr('空')}"
        if role == ACCESSIBLE_DESCRIPTION:
            return self._explanation(row, column)
        return None

    def setData(self, index: Index, value: object, role: int = EDIT) -> bool:
        """Take a typed text."""
        address = self.address_at(index.row(), index.column())
        return role == EDIT and address is not None and self.enter_if_new(address, str(value))

    def text_at(self, row: int, column: int) -> str:
        """What a cell shows."""
        address = self.address_at(row, column)
        if address is None:
            return self.fixed_text(row, column)
        refused = self.refused.get(address)
        if refused is not None:
            return refused.text
        return read_text(self.session.view, address) if self.is_open(row, column) else _ABSENT

    def shown_at(self, row: int, column: int) -> tuple[str, CellLook]:
        """Text and look of a cell together, as quickly as painting wants the usual ones."""
        address = self.address_at(row, column)
        slot = self.slot_of(address) if address is not None else None
        if address is None or slot is None or not slot.is_plain or isinstance(slot.kind, _SLOW):
            return self.text_at(row, column), self._look(row, column)
        value = self.session.answers.get(address)
        usual = value is not None or self.mark_of(row, column) is Mark.OPTIONAL
        if not usual or address in self.refused or address in self.remarks:
            return self.text_at(row, column), self._look(row, column)
        if not self.is_open(row, column):
            return _ABSENT, _CLOSED
        return word(self.session.pack, slot.kind, value), PLAIN

    def entry_at(self, address: Address) -> str:
        """What an editor of the cell starts with: every digit, or the refused entry."""
        refused = self.refused.get(address)
        return refused.text if refused else entry_of(self.session.view, address)

    def _look(self, row: int, column: int) -> CellLook:
        address = self.address_at(row, column)
        if address is None:
            return CellLook(heading=True, indent=self.indent_of(row, column))
        if not self.is_open(row, column):
            return _CLOSED
        standing = stand(self.session.view, address)
        mark = self.mark_of(row, column) if standing.value is None else Mark.OPTIONAL
        return CellLook(
            computed=standing.is_computed,
            overridden=standing.is_overridden,
            refused=address in self.refused,
            asked=None if mark is Mark.OPTIONAL else mark,
            findings=self.remarks.get(address, ()),
        )

    def _tip(self, row: int, column: int) -> str | None:
        text, said = self.text_at(row, column), self._explanation(row, column)
        whole = [text] if len(text) > _MAY_BE_CUT and text != said else []
        return plain_tip("\n".join((*whole, *([said] if said else ())))) or None

    def _explanation(self, row: int, column: int) -> str:
        address = self.address_at(row, column)
        if address is None:
            return self.fixed_text(row, column)
        if not self.is_open(row, column):
            return tr("本行不需要填写此项")
        view = self.session.view
        standing, said = stand(view, address), said_of(self, address)
        said += noted(self.session, address)
        if standing.is_overridden:
            said.append(
                tr("已改用填报值；计算值 {value}，按 Delete 恢复").format(
                    value=standing.computed or "—"
                )
            )
        elif standing.is_computed:
            said.append(lack_sentence(view, standing) or tr("由公式计算"))
        elif standing.value is None and (asked := ask_words(self.mark_of(row, column))):
            said.append(asked)
        return "\n".join(said)
