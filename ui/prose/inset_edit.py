"""Opening what stands alone in its line: a table in its grid, a picture for its caption."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from forms.prose_lines import INDENT, picture_mark, picture_of
from ui.dialogs.base import PlainDialog
from ui.prose.edit import ProseEdit
from ui.prose.pictures import ENDINGS, read_picture_file
from ui.prose.table_dialog import TableDialog
from ui.prose.text import Inset
from ui.text import tr


def edit_inset(edit: ProseEdit, inset: Inset) -> None:
    """Edit a table or the caption of a picture."""
    if inset.is_table:
        edit_table(edit, inset)
    else:
        _edit_caption(edit, inset)


def edit_table(edit: ProseEdit, inset: Inset | None) -> None:
    """Edit a table in a grid, or make a new one at the caret."""
    dialog = TableDialog(edit.session, inset.source if inset else "", edit.window())

    def take(source: str) -> None:
        if inset is None:
            edit.paste_stored(source)
        elif source != inset.source:
            edit.put_mark(source, inset.position, inset.position + 1)

    dialog.taken.connect(take)
    dialog.destroyed.connect(edit.setFocus)
    dialog.open()


def choose_picture(edit: ProseEdit) -> None:
    """Put a picture from a file at the caret."""
    pattern = tr("图片 ({files})").format(files=" ".join(f"*{ending}" for ending in ENDINGS))
    name, _ = QFileDialog.getOpenFileName(edit.window(), tr("选择图片"), "", pattern)
    edit.setFocus()
    if not name:
        return
    read = read_picture_file(Path(name))
    if isinstance(read, str):
        edit.refused.emit(read)
    else:
        edit.put_picture(*read)


def _edit_caption(edit: ProseEdit, inset: Inset) -> None:
    sha256, caption = picture_of(inset.source.strip(INDENT))

    def take(text: str) -> None:
        mark = picture_mark(sha256, text)
        if mark != inset.source:
            edit.put_mark(mark, inset.position, inset.position + 1)

    dialog = CaptionDialog(caption, take, edit.window())
    dialog.destroyed.connect(edit.setFocus)
    dialog.open()


class CaptionDialog(PlainDialog):
    """Asks for the words below a picture."""

    def __init__(
        self, caption: str, take: Callable[[str], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(tr("图名"), parent, 420)
        self._take = take
        self.caption = QLineEdit(caption)
        self.add_labelled(tr("印在图下，编号自动加上"), self.caption)
        self.add_button(tr("取消")).clicked.connect(self.reject)
        self.add_button(tr("完成"), primary=True).clicked.connect(self.accept)
        self.settle()

    def accept(self) -> None:
        """Qt: take the words."""
        self._take(self.caption.text())
        super().accept()
