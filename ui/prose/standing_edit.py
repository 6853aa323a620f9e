"""Opening what stands alone in its line: a table in its grid, a picture for its caption."""

from __future__ import annotations

from PySide6.QtWidgets import QInputDialog

from forms.prose_lines import INDENT, picture_mark, picture_of
from ui.prose.edit import ProseEdit
from ui.prose.table_dialog import TableDialog
from ui.prose.text import Standing
from ui.text import tr


def edit_standing(edit: ProseEdit, standing: Standing) -> None:
    """Edit a table or the caption of a picture."""
    if standing.is_table:
        edit_table(edit, standing)
    else:
        _edit_caption(edit, standing)


def edit_table(edit: ProseEdit, standing: Standing | None) -> None:
    """Edit a table in a grid, or make a new one at the caret."""
    dialog = TableDialog(edit.session, standing.source if standing else "", edit.window())

    def take(source: str) -> None:
        if standing is None:
            edit.paste_stored(source)
        elif source != standing.source:
            edit.put_mark(source, standing.position, standing.position + 1)

    dialog.taken.connect(take)
    dialog.finished.connect(lambda _: edit.setFocus())
    dialog.open()


def _edit_caption(edit: ProseEdit, standing: Standing) -> None:
    sha256, caption = picture_of(standing.source.strip(INDENT))
    dialog = QInputDialog(edit.window())
    dialog.setWindowTitle(tr("图名"))
    dialog.setLabelText(tr("印在图下，编号自动加上"))
    dialog.setTextValue(caption)
    dialog.setOkButtonText(tr("完成"))
    dialog.setCancelButtonText(tr("取消"))

    def take(text: str) -> None:
        mark = picture_mark(sha256, text)
        if mark != standing.source:
            edit.put_mark(mark, standing.position, standing.position + 1)

    dialog.textValueSelected.connect(take)
    dialog.finished.connect(lambda _: edit.setFocus())
    dialog.open()
