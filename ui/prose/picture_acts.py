"""What is done with a picture that stands in prose: turned, cut, put back, exchanged, moved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtGui import QAction, QTextCursor
from PySide6.QtWidgets import QMenu
from shiboken6 import isValid

from forms.picture_marks import PictureMark
from forms.prose_lines import picture_of
from forms.values import Cut, PaperWidth, Picture
from importers.process import Watch
from ui.errors import explain
from ui.jobs import Cancelled
from ui.pictures.boxes import Box, turned, turned_back
from ui.pictures.small import smalls_of
from ui.pictures.taking import Offer, ask_picture, made, offer_of
from ui.plain import plain_entry
from ui.prose.pasting import PastingText
from ui.prose.shape import PLAIN
from ui.prose.text import Inset, Row, inset_at, write_rows
from ui.text import tr

_NAME = "图片"
_EMPTY = Row(PLAIN, "", 0)
_HALF, _FULL = PaperWidth(50, is_percent=True), PaperWidth(100, is_percent=True)


def add_inset_actions(
    menu: QMenu, edit: PastingText, inset: Inset, open_it: Callable[[], object]
) -> None:
    """Put what can be done with a table or picture at the head of a menu."""
    first = menu.actions()[0]
    words = tr("编辑表格…") if inset.is_table else tr("裁剪、图名和宽度…")
    added = [_action(menu, words, open_it, "Enter")]
    mark = None if inset.is_table else picture_of(inset.source)
    if mark is not None:
        added += _picture_actions(menu, edit, inset, mark)
    for words, keys, by in ((tr("上移"), "Alt+Shift+↑", -1), (tr("下移"), "Alt+Shift+↓", 1)):
        added.append(_action(menu, words, partial(move_inset, edit, inset, by), keys))
    for action in added:
        action.setEnabled(action.isEnabled() and not edit.isReadOnly())
        menu.insertAction(first, action)
    menu.insertSeparator(first)


def turn_picture(edit: PastingText, inset: Inset, by: int) -> None:
    """Turn a picture by a quarter, 1 clockwise or -1 counter-clockwise; what was cut stays so."""
    mark = picture_of(inset.source)
    size = smalls_of(edit.session).size(mark.cut.original if mark.cut else mark.sha256)
    if size.isEmpty():
        edit.refused.emit(tr("原图已不在方案中，不能旋转；请换一张图片。"))
        return
    turns = mark.cut.turns if mark.cut else 0
    sides = (size.width(), size.height()) if turns % 2 == 0 else (size.height(), size.width())
    cut = mark.cut or Cut(mark.sha256, 0, 0, 0, *sides)
    box = Box(cut.left, cut.top, cut.width, cut.height)
    box = turned(box, sides) if by > 0 else turned_back(box, sides)
    turns = (turns + by) % 4
    is_whole = turns == 0 and (box.width, box.height) == (size.width(), size.height())
    sides = (box.left, box.top, box.width, box.height)
    new = None if is_whole else Cut(cut.original, turns, *sides)
    change_picture(edit, inset, replace(mark, cut=new))


def change_picture(edit: PastingText, inset: Inset, wanted: PictureMark) -> None:
    """Let a picture be cut, captioned and printed otherwise; the cutting is done by a job."""
    mark = picture_of(inset.source)
    put = _putting(edit, inset)
    if wanted.cut == mark.cut:
        put(replace(wanted, sha256=mark.sha256))
        return
    picture = Picture(mark.sha256, mark.caption or tr(_NAME), "", 0, 0, mark.cut)

    def work(_: Watch) -> Picture:
        return made(edit.session, picture, wanted.cut, None)

    def done(found: Picture) -> None:
        put(replace(wanted, sha256=found.sha256))

    edit.session.receiving.run(tr("正在裁剪图片…"), work, done, partial(_refuse, edit))


def exchange_picture(edit: PastingText, inset: Inset) -> None:
    """Put another picture from a file in its place; caption and width stay."""
    file = ask_picture(edit.window())
    if file is not None:
        exchange_with(edit, inset, offer_of(file))


def exchange_with(edit: PastingText, inset: Inset, offer: Offer) -> None:
    """Put another picture in its place."""
    mark, put = picture_of(inset.source), _putting(edit, inset)
    read, name = offer

    def work(_: Watch) -> Picture:
        return edit.session.pictures.add_picture(read(), name)

    def done(found: Picture) -> None:
        put(replace(mark, sha256=found.sha256, cut=None))

    edit.session.receiving.run(tr("正在取入图片…"), work, done, partial(_refuse, edit))


def move_inset(edit: PastingText, inset: Inset, by: int) -> bool:
    """Let a table or picture change places with the line above (-1) or below (1)."""
    number = edit.document().findBlock(inset.position).blockNumber()
    return place_inset(edit, number, number + by)


def place_inset(edit: PastingText, number: int, at: int) -> bool:
    """Let the table or picture in a block be another block instead, counted without it."""
    rows = edit.rows.all()
    if edit.isReadOnly() or number == at or not 0 <= at < len(rows):
        return False
    rows.insert(at, rows.pop(number))
    parted: list[Row] = []
    place = 0
    for count, row in enumerate(rows):
        if parted and _is_table(row) and _is_table(parted[-1]):
            parted.append(_EMPTY)  # two tables below each other would be read as one
        if count == at:
            place = len(parted)
        parted.append(row)
    edit.is_step = True
    edit.replace_text("\n".join(line for line, _ in write_rows(parted)))
    edit.choose_chip(edit.document().findBlockByNumber(place).position())
    edit.ensureCursorVisible()
    return True


def _picture_actions(
    menu: QMenu, edit: PastingText, inset: Inset, mark: PictureMark
) -> list[QAction]:
    whole = _action(menu, tr("还原原图"), lambda: _change(edit, inset, cut=None))
    whole.setEnabled(mark.cut is not None)
    widths = menu.addMenu(tr("印出宽度"))
    menu.removeAction(widths.menuAction())
    for words, width in ((tr("自动"), None), (tr("通栏"), _FULL), (tr("半栏"), _HALF)):
        each = _action(widths, words, partial(_set_width, edit, inset, width))
        each.setCheckable(True)
        each.setChecked(mark.printed == width)
        widths.addAction(each)
    return [
        _action(menu, tr("左转 90°"), partial(turn_picture, edit, inset, -1)),
        _action(menu, tr("右转 90°"), partial(turn_picture, edit, inset, 1)),
        whole,
        widths.menuAction(),
        _action(menu, tr("换一张…"), partial(exchange_picture, edit, inset)),
    ]


def _set_width(edit: PastingText, inset: Inset, width: PaperWidth | None) -> None:
    change_picture(edit, inset, replace(picture_of(inset.source), printed=width))


def _change(edit: PastingText, inset: Inset, cut: Cut | None) -> None:
    change_picture(edit, inset, replace(picture_of(inset.source), cut=cut))


def _action(menu: QMenu, words: str, do: Callable[[], object], keys: str = "") -> QAction:
    def act() -> None:
        do()

    action = QAction(plain_entry(words, keys), menu)
    action.triggered.connect(act)
    return action


def _is_table(row: Row) -> bool:
    """Whether a block holds a table: nothing else has more than one line."""
    return "\n" in row.text


def _putting(edit: PastingText, inset: Inset) -> Callable[[PictureMark], None]:
    """What puts another mark in the place of a picture, wherever that is by then."""
    place = QTextCursor(edit.document())
    place.setPosition(inset.position)

    def put(mark: PictureMark) -> None:
        if not isValid(edit):
            return
        now = inset_at(edit.document(), place.position())
        if now is None or now.source != inset.source:
            edit.refused.emit(tr("图片已经改动或移走，这一次没有改。"))
        elif str(mark) != inset.source:
            edit.put_mark(str(mark), now.position, now.position + 1)
            edit.choose_chip(now.position)

    return put


def _refuse(edit: PastingText, error: Exception) -> None:
    if isValid(edit) and not isinstance(error, Cancelled):
        edit.refused.emit(explain(error).whole)
