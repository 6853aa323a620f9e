"""Quiets the marks of the Markdown subset: headings bold, marks pale."""

from __future__ import annotations

import re

from PySide6.QtGui import (
    QFont,
    QGuiApplication,
    QPalette,
    QSyntaxHighlighter,
    QTextCharFormat,
)

_HEADING = re.compile(r"(#{1,2}) +\S")
_LIST = re.compile(r"([-*]|[0-9]+[.)]) +\S")
_MAY_HAVE_MARKS = re.compile(r"[#\-*0-9]")


class ProseMarks(QSyntaxHighlighter):
    """Highlights one document; the text itself is never changed."""

    def highlightBlock(self, text: str) -> None:
        """Mark one paragraph."""
        if not _MAY_HAVE_MARKS.search(text):
            return
        if found := _HEADING.match(text):
            bold = QTextCharFormat()
            bold.setFontWeight(QFont.Weight.Bold)
            self.setFormat(0, len(text), bold)
            self.setFormat(0, found.end(1), _pale())
        elif found := _LIST.match(text):
            self.setFormat(0, found.end(1), _pale())


def _pale() -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(QGuiApplication.palette().color(QPalette.ColorRole.PlaceholderText))
    return made
