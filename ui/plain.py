"""Text as it is, wherever Qt would read something into it: tips, buttons, menus, titles, boxes.

Qt takes what looks like HTML for markup in tips, labels and message boxes, & for a shortcut in
buttons and menus, a tab in a menu for the keys, and [*] in a title for the mark of a change.
`tests/rules/test_text_rules.py` holds the whole window to these functions and to `plain_label`.
"""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget


def plain_tip(text: str, *, wraps: bool = True) -> str:
    """A tool tip that never takes its text for markup; "" for none."""
    style = f"white-space:{'pre-wrap' if wraps else 'pre'}"
    return f"<p style='{style}'>{escape(text, quote=False)}</p>" if text else ""


def plain_caption(text: str) -> str:
    """The text of a button or of an entry in a menu, every & a sign of it."""
    return text.replace("&", "&&").replace("\t", " ")


def plain_entry(name: str, at_right: str = "") -> str:
    """The text of an entry in a menu, with what is set at its right: keys, or a value."""
    return plain_caption(name) + (f"\t{plain_caption(at_right)}" if at_right else "")


def plain_title(text: str) -> str:
    """The title of a window, [*] in it no placeholder."""
    return text.replace("[*]", "[*][*]")


def plain_box(icon: QMessageBox.Icon, title: str, text: str, parent: QWidget | None) -> QMessageBox:
    """A message box that shows its sentences as they are."""
    box = QMessageBox(parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(plain_title(title))
    box.setIcon(icon)
    box.setText(text)
    return box
