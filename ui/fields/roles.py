"""The roles widgets carry in their property `role`, by which the theme styles them.

A stylesheet writes `QLabel[role="title"]`. Besides, the very widget that is typed into (QLineEdit,
QTextEdit, QComboBox) carries `state`: "" | "fault" | "computed" | "overridden" | "default".
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

ROLE = "role"
STATE = "state"

# QLabel
TITLE = "title"  # the section's title, large
PURPOSE = "purpose"  # one quiet line below it
CLAUSE = "clause"  # the folded words of the notice
POINT = "point"  # one content point of the clause
GROUP = "group"  # the name of a group of fields or of a table
LABEL = "label"  # the label above a field
REQUIRED = "required"  # the quiet star of a filled required field
ASKED_MUST = "asked-must"  # 必填, beside the label while the field is empty
ASKED_SHOULD = "asked-should"  # 建议填, likewise
UNIT = "unit"  # inside a line edit at its right
HINT = "hint"  # a quiet remark below a field: words, pixel sizes, how to type
FINDING_MUST = "finding-must"  # a sentence below a field, 必须改
FINDING_SHOULD = "finding-should"  # a sentence below a field, 建议改
FAULT = "fault"  # what is wrong with what was just typed
MISSING = "missing"  # what a computed value lacks
COMPUTED = "computed"  # the ƒ mark and a computed value beside an overridden one
EMPTY = "empty"  # what belongs into an empty table
PICTURE = "picture"  # the frame of a picture

# QPushButton and QToolButton
LINK = "link"  # a button that reads as a quiet link
FIRST_STEP = "first-step"  # the one button of an empty place
TOOL = "tool"  # a small button of a table
TOOL_FLAT = "tool-flat"  # one of a bar of tools
DISCLOSURE = "disclosure"  # opens and closes what is folded

# QWidget, QFrame, QTableView
PAGE = "page"  # the sheet all items of a section stand on
SHEET = "sheet"  # a grid that is typed into
QUIET_TABLE = "quiet-table"  # a computed overview
CELL_NOTE = "cell-note"  # the words beside a marked cell of a sheet
CELL_NOTE_MUST = "cell-note-must"  # likewise, where something must be mended
TOTALS = "totals"  # the one-row view with 合计
FORM = "form"  # the form of one row beside a grid
OFFERS = "offers"  # the list of figures below the caret of a text
PROSE_TOOLS = "prose-tools"  # the bar below a text that is being written
TICKS = "ticks"  # a list of things to tick
FIND = "find"  # the bar that finds words in a text

FAULTY = "fault"
IS_COMPUTED = "computed"
IS_OVERRIDDEN = "overridden"
IS_DEFAULT = "default"


def give_role(widget: QWidget, role: str) -> None:
    """Let the widget play a role; an already styled widget is styled anew."""
    _give(widget, ROLE, role)


def give_state(widget: QWidget, state: str) -> None:
    """Mark an editor as faulty, computed, overridden or standing on its default."""
    _give(widget, STATE, state)


def _give(widget: QWidget, name: str, value: str) -> None:
    if (widget.property(name) or "") == value:
        return
    widget.setProperty(name, value)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        style = widget.style()
        style.unpolish(widget)
        style.polish(widget)
