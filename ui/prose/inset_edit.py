"""Opening what stands alone in its line: a table in its grid, a picture to be cropped."""

from __future__ import annotations

from dataclasses import replace

from forms.prose_lines import picture_of
from ui.pictures.dialog import PictureDialog, Shown
from ui.pictures.taking import ask_picture, offer_of
from ui.prose.edit import ProseEdit
from ui.prose.picture_acts import change_picture, exchange_picture
from ui.prose.table_dialog import TableDialog
from ui.prose.text import Inset


def edit_inset(edit: ProseEdit, inset: Inset) -> None:
    """Edit a table, or how a picture is shown."""
    if inset.is_table:
        edit_table(edit, inset)
    else:
        edit_picture(edit, inset)


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
    file = ask_picture(edit.window())
    edit.setFocus()
    if file is not None:
        edit.put_pictures([offer_of(file)])


def edit_picture(edit: ProseEdit, inset: Inset) -> PictureDialog:
    """Crop a picture, turn it, and say how wide it is printed and what stands below it."""
    mark = picture_of(inset.source)
    shown = Shown(mark.sha256, mark.cut, mark.printed, mark.caption)
    dialog = PictureDialog(edit.session, shown, edit.window())

    def take(wanted: Shown) -> None:
        caption = wanted.caption or ""
        change_picture(
            edit, inset, replace(mark, caption=caption, printed=wanted.printed, cut=wanted.cut)
        )

    dialog.taken.connect(take)
    dialog.other_wanted.connect(lambda: exchange_picture(edit, inset))
    dialog.destroyed.connect(edit.setFocus)
    dialog.open()
    return dialog
