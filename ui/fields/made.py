"""How a page shows what is made from other values: title and view, or what to fill in."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from forms.schema import Diagram, Listing, Summary
from ui.fields.roles import EMPTY, GROUP
from ui.fields.small import plain_label
from ui.text import tr


def lay_out_made(panel: QWidget, item: Diagram | Listing | Summary, view: QWidget) -> QLabel:
    """Put title and view of a made item into a panel; the label to show while it is empty."""
    empty = plain_label(tr("还没有内容。") + item.guidance.write, EMPTY, wraps=True)
    title = plain_label(item.label, GROUP)
    title.setBuddy(view)
    layout = QVBoxLayout(panel)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(6)
    for widget in (title, view, empty):
        layout.addWidget(widget)
    return empty
