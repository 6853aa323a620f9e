"""Tables with long texts or pictures to print: one titled block a row, or one figure a row."""

from __future__ import annotations

from collections.abc import Iterator

from exporters.compose.grids import printed_order
from exporters.compose.prose import plain_text, prose_blocks
from exporters.compose.setting import Setting, value_with_unit
from exporters.document import Block, Paragraph, Run, TextRole
from forms.address import Address
from forms.breathing import breathing
from forms.heading_numbers import LAST_LEVEL
from forms.kinds import Image, Narrative
from forms.schema import Column, Table, TablePrint
from forms.values import Picture


def records(setting: Setting, home: Address, table: Table, shape: TablePrint) -> Iterator[Block]:
    """One block a row: its name as heading, then each column with its label."""
    view = setting.view
    is_home = table.naming in shape.columns
    for row in breathing(printed_order(view, home, table)):
        entries = [
            entry
            for key in (*shape.repeats, *shape.columns)
            for column in (table.column(key),)
            if key != table.naming and view.shows_cell(column, home.at_row(row))
            for entry in _entries(setting, home, column, row)
        ]
        if is_home or entries:
            yield setting.heading(LAST_LEVEL, view.row_name(home.at_row(row)))
            yield from entries


def figures(setting: Setting, home: Address, table: Table, shape: TablePrint) -> Iterator[Block]:
    """One figure a row, captioned with the row's name, its other columns in a line below."""
    view = setting.view
    for row in view.rows(home):
        name, drawn = view.row_name(home.at_row(row)), False
        notes: list[Run] = []
        for key in shape.columns:
            column, address = table.column(key), home.at(row, key)
            value = view.value(address)
            if isinstance(value, Picture):
                caption = setting.numbers.figure(name)
                setting.labels.add_caption(str(home.at_row(row)), caption)
                yield setting.draw(value, caption, str(address), large=bool(shape.annex))
                drawn = True
            elif key != table.naming and (text := plain_text(setting, view.text(address))):
                notes.append(Run(f"{column.label}：{text}　", address=str(address)))
        if not drawn:
            notes.insert(0, Run(f"{name}（未附图片）　"))
        if notes:
            yield Paragraph(tuple(notes), TextRole.NOTE)


def has_pictures(table: Table, shape: TablePrint) -> bool:
    """Whether a print shows pictures."""
    return any(isinstance(table.column(key).kind, Image) for key in shape.columns)


def _entries(setting: Setting, home: Address, column: Column, row: str) -> Iterator[Block]:
    view = setting.view
    for year in view.years(column.years):
        address = home.at(row, column.key, year)
        text = view.text(address)
        if not text:
            continue
        label = f"{column.label}（{year}年）" if year else column.label
        if isinstance(column.kind, Narrative):
            yield from _labelled_prose(setting, label, text, str(address))
        else:
            shown = value_with_unit(text, column.kind)
            yield Paragraph(
                (Run(f"{label}：", strong=True), Run(shown, address=str(address))),
                TextRole.LABELLED,
            )


def _labelled_prose(setting: Setting, label: str, text: str, address: str) -> Iterator[Block]:
    inner = LAST_LEVEL + 1  # below the row's own heading
    blocks = list(prose_blocks(setting, text, address, inner))
    mark = Run(f"{label}：", strong=True)
    match blocks:
        case [Paragraph() as first, *rest]:
            yield Paragraph((mark, *first.runs), TextRole.LABELLED)
            yield from rest
        case _:
            yield Paragraph((mark,), TextRole.LABELLED)
            yield from blocks
