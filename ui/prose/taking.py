"""A narrative takes text from a received Word document, at the caret and as one step of undo."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from importers.process import Watch
from importers.prose import narrative_of
from importers.reader import read_words
from importers.received import Block, Drawn, Words
from ui.dialogs.take_words import TakeWordsDialog
from ui.prose.clipboard import plain_paragraphs
from ui.prose.edit import ProseEdit
from ui.prose.putting import insert_prose
from ui.text import tr


def choose_document(edit: ProseEdit) -> None:
    """Ask for a document and show what it holds."""
    if edit.isReadOnly():
        return
    kinds = f"{tr('Word 文档')} (*.docx *.docm *.doc *.wps)"
    found, _ = QFileDialog.getOpenFileName(edit.window(), tr("从 Word 取文字"), "", kinds)
    if found:
        take_document(edit, Path(found))


def take_document(edit: ProseEdit, path: Path) -> None:
    """Read a document in the background, then show what it holds."""

    def show(words: Words) -> None:
        show_words(edit, path.name, words)

    edit.session.receiving.read(path, read_words, show)


def show_words(edit: ProseEdit, name: str, words: Words) -> TakeWordsDialog:
    """The dialog over a document that was read."""
    dialog = TakeWordsDialog(name, words, edit.window())

    def take(blocks: tuple[Block, ...]) -> None:
        insert_blocks(edit, blocks, words)

    dialog.taken.connect(take)
    dialog.open()
    return dialog


def insert_blocks(edit: ProseEdit, blocks: tuple[Block, ...], words: Words) -> None:
    """Put blocks at the caret, in lines of their own; their pictures are kept first."""
    drawn = [block.picture for block in blocks if isinstance(block, Drawn)]
    if not drawn:
        _insert(edit, narrative_of(blocks, {}))
        return

    def keep(watch: Watch) -> dict[int, str]:
        kept: dict[int, str] = {}
        for place in drawn:
            watch()
            name = tr("Word 中的图片 {0}").format(place + 1)
            content = words.pictures[place].content
            kept[place] = edit.session.pictures.add_picture(content, name).sha256
        return kept

    def done(kept: dict[int, str]) -> None:
        _insert(edit, narrative_of(blocks, kept))

    edit.session.receiving.run(tr("正在取入图片…"), keep, done)


def _insert(edit: ProseEdit, narrative: str) -> None:
    text = plain_paragraphs(narrative)
    cursor = edit.textCursor()
    block = cursor.block()
    before = block.text()[: cursor.selectionStart() - block.position()]
    after = block.text()[max(0, cursor.selectionEnd() - block.position()) :]
    text = ("\n" if before.strip() else "") + text + ("\n" if after.strip() else "")
    insert_prose(cursor, text, edit.look)
    edit.setTextCursor(cursor)
    edit.ensureCursorVisible()
    edit.setFocus()
