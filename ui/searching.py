"""Ctrl+F: what is searched depends on where the keyboard is."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from ui.around import around
from ui.grid.rows_panel import RowsPanel
from ui.history.panel import HistoryPanel
from ui.panels.notes import NotesPanel
from ui.preview.panel import PreviewPanel
from ui.prose.edit import ProseEdit
from ui.prose.find import FindBar


def find_here() -> bool:
    """Take the keyboard to what searches the text, table, pages or list one is in, if any."""
    for within in around(QApplication.focusWidget()):
        if (edit := prose_of(within)) is not None:
            edit.find_wanted.emit()
            return True
        if (line := _line_of(within)) is not None:
            line.show()
            line.setFocus()
            line.selectAll()
            return True
    return False


def prose_of(place: QWidget) -> ProseEdit | None:
    """The text a widget is, or searches."""
    if isinstance(place, FindBar):
        return place.edit
    return place if isinstance(place, ProseEdit) else None


def _line_of(place: QWidget) -> QLineEdit | None:
    if isinstance(place, RowsPanel) and place.rows.has_rows:
        return place.search
    if isinstance(place, PreviewPanel):
        return place.words
    return place.search if isinstance(place, NotesPanel | HistoryPanel) else None
