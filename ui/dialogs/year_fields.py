"""The two fields of a plan's years, as the dialogs that make a plan show them side by side."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout

from ui.fields.small import label_for
from ui.text import tr

_AIR = 12


def years_in_a_row(base: QLineEdit, target: QLineEdit) -> QHBoxLayout:
    """Both fields with their labels above them."""
    row = QHBoxLayout()
    row.setSpacing(_AIR)
    for text, edit in ((tr("基准年"), base), (tr("目标年"), target)):
        column = QVBoxLayout()
        edit.setMaxLength(4)
        column.addWidget(label_for(text, edit))
        column.addWidget(edit)
        row.addLayout(column)
    return row
