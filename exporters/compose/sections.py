"""Sections of the body: each item in page order, short values gathered into tables by group."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from exporters.compose.factors import factor_table
from exporters.compose.figures import diagram_blocks
from exporters.compose.fixed import indicator_grid, listing_grid, summary_grid, year_grid
from exporters.compose.grids import grid
from exporters.compose.prose import plain_text, prose_blocks
from exporters.compose.records import figures, has_pictures, records
from exporters.compose.setting import Setting, labelled_pairs, value_with_unit
from exporters.document import Block, Heading, Paragraph, Run, SealBox, Table, TextRole
from forms.address import Address
from forms.factors_in_use import factors_in_use
from forms.heading_levels import is_prose_headed
from forms.kinds import Date, Image, Narrative
from forms.listing import list_rows
from forms.membership import listed_rows
from forms.overview import summarise
from forms.schema import (
    Diagram,
    Field,
    FieldPrint,
    IndicatorTable,
    Item,
    Listing,
    PrintStyle,
    Section,
    Summary,
    TablePrint,
    YearTable,
)
from forms.schema import Table as PlanTable
from forms.targets import leading_print, shapes_printed
from forms.values import Picture

_MOST_RECORDS = 200  # are read through where only numbers are wanted: few hold pictures
_SIGNED_BY_HAND = "　" * 8
_DATED_BY_HAND = "　　　年　　月　　日"
_SPECIAL = {
    FieldPrint.COVER_TITLE: TextRole.COVER_TITLE,
    FieldPrint.COVER_LINE: TextRole.COVER_LINE,
    FieldPrint.COVER_NOTE: TextRole.COVER_NOTE,
    FieldPrint.SIGNATURE: TextRole.SIGNATURE,
}


def section_blocks(setting: Setting, section: Section, level: int) -> Iterator[Block]:
    """The content of a section without its heading; headings inside start at `level`."""
    pending: list[Field] = []
    printed = _printed(setting, section)
    first_signature = next((item for item in printed if _is_signature(item)), None)
    for item in printed:
        if item is first_signature:
            yield from _seal(setting)
        if isinstance(item, Field) and _is_short(item) and _same_group(pending, item):
            pending.append(item)
            continue
        yield from _pairs(setting, section, pending)
        pending = [item] if isinstance(item, Field) and _is_short(item) else []
        if not pending:
            yield from _item(setting, section, item, level)
    yield from _pairs(setting, section, pending)


def _printed(setting: Setting, section: Section) -> list[Item]:
    return [item for item in section.items if setting.view.shows_item(item)]


def _is_short(item: Field) -> bool:
    return item.printed is FieldPrint.AUTO and not isinstance(item.kind, Narrative | Image)


def _is_signature(item: Item) -> bool:
    return isinstance(item, Field) and item.printed is FieldPrint.SIGNATURE


def _seal(setting: Setting) -> Iterator[Block]:
    """Who signs, and the place for the seal, above the lines to be signed."""
    compiler = setting.view.text(setting.view.pack.roles.compiler)
    if compiler:
        yield Paragraph((Run(f"编制单位：{compiler}"),), TextRole.SIGNATURE)
    yield SealBox()


def _same_group(pending: list[Field], item: Field) -> bool:
    return not pending or pending[-1].group == item.group


def _pairs(setting: Setting, section: Section, fields: list[Field]) -> Iterator[Block]:
    view = setting.view
    pairs = [
        (item.label, value_with_unit(text, item.kind), str(address))
        for item in fields
        for address in (Address(section.key, item.key),)
        if (text := view.text(address))
    ]
    if pairs:
        title = fields[0].group or section.title
        caption = setting.numbers.table(title)
        for item in fields:
            setting.labels.add_caption(str(Address(section.key, item.key)), caption)
        yield from labelled_pairs(pairs, title, caption)


def _item(setting: Setting, section: Section, item: Item, level: int) -> Iterator[Block]:
    home = Address(section.key, item.key)
    match item:
        case Field():
            yield from _field(setting, section, item, home, level)
        case PlanTable() if _records_factors(setting, home):
            yield from _factors(setting, home, item.label, level)
        case PlanTable():
            for shape in item.prints:
                if not shape.annex:
                    blocks = list(table_blocks(setting, home, item, shape, shape.title))
                    if blocks:
                        name_print(setting, home, shape, _section_label(setting, section))
                    yield from blocks
            yield from _see_annexes(setting, home, item)
        case YearTable() | IndicatorTable() | Summary():
            if item.annex:
                yield from _see_annex(setting, item.annex, item.label)
            else:
                yield from fixed_blocks(setting, home, item, item.label)
        case Listing():
            if listed_rows(setting.view, item):
                caption = setting.numbers.table(item.label)
                setting.labels.add_caption(str(home), caption)
                if not setting.is_counting:
                    yield from _one(listing_grid(list_rows(setting.view, item), caption))
        case Diagram():
            yield from diagram_blocks(setting, item, str(home))
        case _:
            assert_never(item)


def _factors(setting: Setting, home: Address, title: str, level: int) -> Iterator[Block]:
    """Every factor in use, with its edition and who compared it."""
    if factors_in_use(setting.view):
        caption = setting.numbers.table(title)
        if caption is None:  # before the first chapter tables have none
            yield setting.heading(level, title)
        setting.labels.add_caption(str(home), caption)
        yield from _one(factor_table(setting.view, caption))


def _records_factors(setting: Setting, home: Address) -> bool:
    """Whether a table holds the confirmations of factors: it prints every factor in use."""
    role = setting.view.pack.roles.confirmations
    return role is not None and role.table == home


def table_blocks(
    setting: Setting, home: Address, table: PlanTable, shape: TablePrint, title: str
) -> Iterator[Block]:
    """One print of a row table, captioned when it has a title."""
    if not setting.view.rows(home):
        return
    if has_pictures(table, shape):
        yield from figures(setting, home, table, shape)
    elif shape.style is PrintStyle.RECORDS:
        is_skipped = setting.is_counting and len(setting.view.rows(home)) > _MOST_RECORDS
        yield from [Paragraph(())] if is_skipped else records(setting, home, table, shape)
    else:
        caption = setting.numbers.table(title) if title else None
        if caption is not None:
            name_print(setting, home, shape, (caption.label, caption.anchor))
        if setting.is_counting:
            yield Table((), (), (), caption)
        else:
            yield from _one(grid(setting, home, table, shape, caption))


def fixed_blocks(
    setting: Setting, home: Address, item: YearTable | IndicatorTable | Summary, title: str
) -> Iterator[Block]:
    """A year table, indicator table or summary, captioned when it has a title."""
    view = setting.view
    match item:
        case YearTable():
            made = year_grid(view, home, item, None)
        case IndicatorTable():
            made = indicator_grid(view, home, item, None)
        case Summary() if not view.rows(item.source):
            made = None
        case Summary():
            made = summary_grid(summarise(view, item), item.label, view, None)
        case _:
            assert_never(item)
    if made is not None:
        caption = setting.numbers.table(title) if title else None
        setting.labels.add_caption(str(home), caption)
        yield Table(made.columns, made.head, made.body, caption, made.unit, made.notes)


def name_print(setting: Setting, home: Address, shape: TablePrint, called: tuple[str, str]) -> None:
    """Let references find one print of a table, the leading one by the table's address alone."""
    setting.labels.add(f"{home}#{shape.title}", *called)
    index = setting.view.pack.index
    table = index.items[home.section, home.item]
    if isinstance(table, PlanTable):
        prints = shapes_printed(index.sections[home.section], table)
        if prints and shape == leading_print(table, prints):
            setting.labels.add(str(home), *called)


def _section_label(setting: Setting, section: Section) -> tuple[str, str]:
    found = setting.labels.found.get(section.key)
    return (found.label, found.anchor) if found else ("", "")


def _one(table: Table | None) -> Iterator[Block]:
    if table is not None:
        yield table


def _see_annexes(setting: Setting, home: Address, table: PlanTable) -> Iterator[Block]:
    """One sentence on all the annexes a table with rows is printed in."""
    titles: dict[str, list[str]] = {}
    for shape in table.prints if setting.view.rows(home) else ():
        if shape.annex in setting.annexes:
            titles.setdefault(shape.annex, []).append(f"《{shape.title}》")
    if titles:
        yield _reference(setting, titles)


def _see_annex(setting: Setting, annex: str, title: str) -> Iterator[Block]:
    if annex in setting.annexes:
        yield _reference(setting, {annex: [f"《{title}》"]})


def _reference(setting: Setting, titles: dict[str, list[str]]) -> Paragraph:
    """Names of tables and the annex of each: 《甲》《乙》见附表1；《丙》见附表2。"""
    runs: list[Run] = []
    for annex, names in titles.items():
        before = "；" if runs else ""
        runs += [Run(f"{before}{''.join(names)}见"), *setting.annex(annex)]
    return Paragraph((*runs, Run("。")), TextRole.BODY)


def _field(
    setting: Setting, section: Section, item: Field, home: Address, level: int
) -> Iterator[Block]:
    role = _SPECIAL.get(item.printed)
    value = setting.view.value(home)
    if item.printed is FieldPrint.NOTHING or (value is None and role is not TextRole.SIGNATURE):
        return
    if isinstance(value, Picture):
        caption = setting.numbers.figure(item.label)
        setting.labels.add_caption(str(home), caption)
        yield setting.draw(value, caption, str(home))
    elif role is not None:
        yield Paragraph((Run(_special_text(setting, item, home), address=str(home)),), role)
    else:
        if is_prose_headed(setting.view, section):
            heading = setting.heading(level, item.label)
            if isinstance(heading, Heading):
                setting.labels.add_heading(str(home), setting.numbers.spoken(level), heading)
            yield heading
        else:
            setting.labels.add(str(home), *_section_label(setting, section))
        text = setting.view.text(home)
        inner = level + 1 if is_prose_headed(setting.view, section) else level
        yield from prose_blocks(setting, text, str(home), inner)


def _special_text(setting: Setting, item: Field, home: Address) -> str:
    text = plain_text(setting, setting.view.text(home))
    match item.printed:
        case FieldPrint.SIGNATURE:
            by_hand = _DATED_BY_HAND if isinstance(item.kind, Date) else _SIGNED_BY_HAND
            return f"{item.label}：{text or by_hand}"
        case FieldPrint.COVER_NOTE:
            return f"（{text}）"
        case _:
            return text
