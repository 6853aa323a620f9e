"""Three versions of one place side by side; words that differ from the common one are marked."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QGridLayout, QTextEdit, QWidget

from forms.merging.wording import EMPTY, GONE, Versions
from forms.word_difference import Fate, word_difference
from ui import theme
from ui.fields.small import plain_label
from ui.text import tr

_LEAST_HEIGHT = 120


class VersionText(QTextEdit):
    """One version, to be read and copied."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMinimumHeight(_LEAST_HEIGHT)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(10)

    def show_pieces(self, pieces: list[tuple[str, bool]], fate: Fate) -> None:
        """Show a text whose marked pieces are new here, or are gone on one of the sides."""
        self.clear()
        cursor = QTextCursor(self.document())
        for text, is_marked in pieces:
            cursor.insertText(text, _format(fate) if is_marked else QTextCharFormat())
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def show_absent(self, text: str) -> None:
        """Say that nothing stands here."""
        self.clear()
        absent = QTextCharFormat()
        absent.setForeground(theme.colour("soft"))
        QTextCursor(self.document()).insertText(text, absent)


class ThreeTexts(QWidget):
    """Mine and theirs, with the common version below them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        names = (tr("我的版本"), tr("对方的版本"), tr("共同的来源"))
        self.mine, self.theirs, self.base = (VersionText(name) for name in names)
        self._shown: Versions | None = None
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        self._heads = tuple(plain_label(name, "caption") for name in names)
        for column, (head, text) in enumerate(
            zip(self._heads[:2], (self.mine, self.theirs), strict=True)
        ):
            head.setBuddy(text)
            grid.addWidget(head, 0, column)
            grid.addWidget(text, 1, column)
        self._heads[2].setContentsMargins(0, 8, 0, 0)
        grid.addWidget(self._heads[2], 2, 0, 1, 2)
        grid.addWidget(self.base, 3, 0, 1, 2)
        grid.setRowStretch(1, 3)
        grid.setRowStretch(3, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)

    def name_sides(self, mine: str, theirs: str) -> None:
        """Say whose the two versions are."""
        for head, text in zip(self._heads, (mine, theirs), strict=False):
            head.setText(text)

    def show_versions(self, versions: Versions) -> None:
        """Show the versions of one place."""
        self._shown = versions
        gone = [False] * len(versions.base)
        for text, side in ((self.mine, versions.mine), (self.theirs, versions.theirs)):
            if side in (EMPTY, GONE):
                text.show_absent(side)
                continue
            text.show_pieces(_new_words(versions.base, side, gone), Fate.ADDED)
        if versions.base in (EMPTY, GONE):
            self.base.show_absent(versions.base)
        else:
            self.base.show_pieces(_stretches(versions.base, gone), Fate.REMOVED)

    def changeEvent(self, event: QEvent) -> None:
        """Qt: other colours mark the words anew."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._shown is not None:
            self.show_versions(self._shown)


def _new_words(base: str, side: str, gone: list[bool]) -> list[tuple[str, bool]]:
    """A version as pieces, new words marked; what it lacks is noted in `gone` by character."""
    if base in (EMPTY, GONE):
        return [(side, False)]
    found: list[tuple[str, bool]] = []
    at = 0
    for piece in word_difference(base, side):
        if piece.fate is not Fate.REMOVED:
            found.append((piece.text, piece.fate is Fate.ADDED))
        if piece.fate is Fate.REMOVED:
            gone[at : at + len(piece.text)] = [True] * len(piece.text)
        if piece.fate is not Fate.ADDED:
            at += len(piece.text)
    return found


def _stretches(text: str, marked: list[bool]) -> list[tuple[str, bool]]:
    found: list[tuple[str, bool]] = []
    for letter, is_marked in zip(text, marked, strict=True):
        if found and found[-1][1] == is_marked:
            found[-1] = (found[-1][0] + letter, is_marked)
        else:
            found.append((letter, is_marked))
    return found


def _format(fate: Fate) -> QTextCharFormat:
    """Marked by a line as well as by colour: prints and eyes may not show the latter."""
    marked = QTextCharFormat()
    if fate is Fate.ADDED:
        marked.setBackground(theme.colour("chosen"))
        marked.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        marked.setUnderlineColor(theme.colour("accent"))
    else:
        marked.setForeground(theme.colour("soft"))
        marked.setFontStrikeOut(True)
    return marked
