"""Shows what changed: places with their texts before and after, marked by words.

Text of the plan is put in as text with a format and never read as markup. What went is red and
struck out, what came is green and underlined: told by sign as well as by colour.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import assert_never

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QColor, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextBrowser, QWidget

from forms.comparing import Difference, Sort
from forms.word_difference import Fate, Piece
from ui import theme
from ui.lines import scaled
from ui.text import tr

_AROUND = 40  # characters of what stayed, on both sides of a change
_MOST = 200  # places told at once
_MOST_TEXT = 4_000  # characters of one place


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that can be done about a place: the words of the link, and what happens."""

    text: str
    run: Callable[[], object]


class ChangeText(QTextBrowser):
    """A quiet page of changes with links under each."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("changeText")
        self.setAccessibleName(name)
        self.setOpenLinks(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(12)
        self.anchorClicked.connect(self._on_link)
        self._offers: list[Offer] = []
        self._shown: tuple[tuple[Difference, ...], Callable[[Difference], tuple[Offer, ...]]] = (
            (),
            lambda _: (),
        )
        self._notes: tuple[str, ...] = ()

    def show_changes(
        self,
        found: tuple[Difference, ...],
        offers: Callable[[Difference], tuple[Offer, ...]],
        notes: tuple[str, ...] = (),
    ) -> None:
        """Show some changes, after sentences about them as a whole."""
        self._shown, self._notes = (found, offers), notes
        self._offers = []
        self.clear()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for note in notes:
            self._put(cursor, note, self._format("soft"))
            _next_block(cursor, 6)
        for each in found[:_MOST]:
            self._tell(cursor, each, offers(each))
        if len(found) > _MOST:
            words = tr("另有 {0} 处没有列出，可用“与现在比较”逐项查看。")
            self._put(cursor, words.format(len(found) - _MOST), self._format("soft"))
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def tint(self) -> None:
        """Show the same in the colours and size of now."""
        self.show_changes(*self._shown, self._notes)

    def _tell(self, cursor: QTextCursor, each: Difference, offers: tuple[Offer, ...]) -> None:
        self._put(cursor, each.section, self._format("soft", small=True))
        _next_block(cursor, 0)
        self._put(cursor, f"{each.place}{_sort_words(each)}", self._format("ink", strong=True))
        _next_block(cursor, 3)
        for number, offer in enumerate(offers):  # above the text, which may be long
            if number:
                self._put(cursor, "　", self._format("soft", small=True))
            self._put_link(cursor, offer)
        if offers:
            _next_block(cursor, 4)
        self._tell_words(cursor, each)
        _next_block(cursor, 16)

    def _tell_words(self, cursor: QTextCursor, each: Difference) -> None:
        if each.is_text:
            for piece in _shortened(each.pieces):
                self._put(cursor, piece.text, self._fate(piece.fate))
            return
        before, after = each.said(each.before), each.said(each.after)
        self._put(cursor, before or tr("（空）"), self._fate(Fate.REMOVED))
        self._put(cursor, "　→　", self._format("soft"))
        self._put(cursor, after or tr("（空）"), self._fate(Fate.ADDED))

    def _put_link(self, cursor: QTextCursor, offer: Offer) -> None:
        made = self._format("accent", small=True)
        made.setAnchor(True)
        made.setAnchorHref(f"#{len(self._offers)}")
        self._offers.append(offer)
        self._put(cursor, offer.text, made)

    def _put(self, cursor: QTextCursor, text: str, look: QTextCharFormat) -> None:
        cursor.insertText(text, look)

    def _fate(self, fate: Fate) -> QTextCharFormat:
        match fate:
            case Fate.SAME:
                return self._format("ink")
            case Fate.REMOVED:
                made = self._format("must", back="must_soft")
                made.setFontStrikeOut(True)
                return made
            case Fate.ADDED:
                made = self._format("accent", back="accent_soft")
                made.setFontUnderline(True)
                return made
            case _:
                assert_never(fate)

    def _format(
        self, role: str, *, back: str = "", small: bool = False, strong: bool = False
    ) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setForeground(theme.colour(role))
        if back:
            made.setBackground(QColor(theme.colour(back)))
        made.setFont(scaled(self.font(), 0.9 if small else 1, strong=strong))
        return made

    def _on_link(self, link: QUrl) -> None:
        number = link.fragment()
        if number.isdecimal() and int(number) < len(self._offers):
            self._offers[int(number)].run()


def _sort_words(each: Difference) -> str:
    match each.sort:
        case Sort.VALUE:
            return ""
        case Sort.ROW_ADDED:
            return tr("　（新增一行）")
        case Sort.ROW_REMOVED:
            return tr("　（删除一行）")
        case Sort.ROW_MOVED:
            return tr("　（移动）")
        case _:
            assert_never(each.sort)


def _next_block(cursor: QTextCursor, space_above: int) -> None:
    block = QTextBlockFormat()
    block.setTopMargin(space_above)
    cursor.insertBlock(block, QTextCharFormat())


def _shortened(pieces: tuple[Piece, ...]) -> list[Piece]:
    """What stayed is cut down to its ends near the changes, and a very long text to its head."""
    found: list[Piece] = []
    for number, piece in enumerate(pieces):
        text = piece.text
        if piece.fate is Fate.SAME and len(text) > 2 * _AROUND + 2:
            head = text[:_AROUND] if number else ""
            tail = text[-_AROUND:] if number < len(pieces) - 1 else ""
            text = f"{head}……{tail}"
        elif len(text) > _MOST_TEXT:
            text = tr("{0}……（共 {1} 字）").format(text[:_MOST_TEXT], len(text))
        found.append(Piece(piece.fate, text))
    return found
