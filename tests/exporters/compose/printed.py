"""What a composed document prints, as plain text and by address, and what the pack says it must."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from exporters.compose.factors import replaced
from exporters.compose.working import workings
from exporters.document import (
    Block,
    Contents,
    Document,
    DrawnFigure,
    Figure,
    Heading,
    ListBlock,
    Listed,
    PageBreak,
    Paragraph,
    SealBox,
)
from exporters.document import Table as PrintedTable
from forms.address import Address
from forms.contributions import all_contributions
from forms.kinds import Image, Reference
from forms.overrides import Override
from forms.places import locate, slot_at
from forms.schema import (
    INDICATOR_BASE,
    INDICATOR_REASON,
    INDICATOR_TARGET,
    AnnexContent,
    Field,
    FieldPrint,
    IndicatorTable,
    Item,
    Listing,
    Pack,
    Place,
    PrintStyle,
    Section,
    Table,
    TablePrint,
)
from forms.view import PlanView

TOKEN = re.compile("甲[0-9]{5}乙")


def texts(block: Block, document: Document) -> Iterator[tuple[str, str]]:
    """Every printed text of a block with the address it carries, in reading order."""
    match block:
        case Heading():
            yield block.number + block.text, ""
        case Paragraph():
            yield from ((run.text, run.address) for run in block.runs)
        case ListBlock():
            yield from ((run.text, run.address) for item in block.items for run in item)
        case PrintedTable():
            if block.caption:
                yield f"{block.caption.label} {block.caption.text}", ""
            yield block.unit, ""
            for row in (*block.head, *block.body):
                yield from ((cell.text, cell.address) for cell in row.cells)
            yield from ((note, "") for note in block.notes)
        case Figure():
            yield f"{block.caption.label} {block.caption.text}", block.address
        case DrawnFigure():
            yield f"{block.caption.label} {block.caption.text}", ""
            yield from ((note, "") for note in block.notes)
        case Contents():
            yield from ((entry, "") for entry in entries(block, document))
        case SealBox():
            yield block.text, ""
        case PageBreak():
            return


def entries(block: Contents, document: Document) -> Iterator[str]:
    """The lines of a table of contents, or of a list of tables or figures."""
    if block.listed is Listed.HEADINGS:
        for heading in document.headings():
            if heading.level <= block.depth:
                yield heading.number + heading.text
    for listed, caption in document.captions():
        if listed is block.listed:
            yield f"{caption.label} {caption.text}"


def all_texts(document: Document) -> Iterator[tuple[str, str]]:
    """Every printed text of a document, the contents filled as renderers fill them."""
    for block in document.blocks():
        yield from texts(block, document)


def tokens_of(document: Document) -> list[str]:
    """The tokens of a document in reading order."""
    return TOKEN.findall("\n".join(text for text, _ in all_texts(document)))


def tokens_in_contents(document: Document) -> Counter[str]:
    """Tokens of headings and captions that the contents and lists repeat."""
    return Counter(
        token
        for block in document.blocks()
        if isinstance(block, Contents)
        for entry in entries(block, document)
        for token in TOKEN.findall(entry)
    )


# -- What the pack asks for ----------------------------------------------------------------------


def writable(view: PlanView) -> Iterator[tuple[Section, Item, Address]]:
    """Every filled address of a plan with its section and item, hidden ones too."""
    for address, _ in view.answers.values():
        place = locate(view.pack, address)
        yield place.section, place.item, address


def is_shown(view: PlanView, section: Section, item: Item, address: Address) -> bool:
    """Whether a value is asked for."""
    if not view.shows_section(section) or not view.shows_item(item):
        return False
    return not isinstance(item, Table) or view.shows_cell(item.column(address.column), address)


def is_printed(view: PlanView, section: Section, item: Item, address: Address) -> bool:
    """Whether a value is asked for and has a place on paper."""
    if section.place is Place.NOWHERE or _is_record(view, address):
        return False
    if isinstance(item, Field) and item.printed is FieldPrint.NOTHING:
        return False
    return is_shown(view, section, item, address)


def expected(view: PlanView, section: Section, item: Item, address: Address) -> int:
    """How often a printed value stands on paper, the contents left out."""
    if not is_printed(view, section, item, address):
        return 0
    if isinstance(item, IndicatorTable) and address.column == INDICATOR_REASON:
        return _reasons_given(view, address)
    if not isinstance(item, Table):
        return 1 + _explains(view, address) + _repeats(view, item, address)
    home = next(shape for shape in item.prints if address.column in shape.columns)
    repeats = sum(address.column in shape.repeats for shape in item.prints)
    named = address.column == item.naming and _names_overrides(view, address)
    elsewhere = _elsewhere(view, item, address) + _explains(view, address) + named
    return _at_home(item, home, address) + repeats + elsewhere


def _repeats(view: PlanView, item: Item, address: Address) -> int:
    """The title page repeats title and lines of the cover; whoever signs names the compiler."""
    roles, shown = view.pack.roles, [s for s in view.pack.sections() if view.shows_section(s)]
    is_line = isinstance(item, Field) and item.printed is FieldPrint.COVER_LINE
    on_title_page = any(section.place is Place.TITLE_PAGE for section in shown)
    sealed = sum(
        any(isinstance(i, Field) and i.printed is FieldPrint.SIGNATURE for i in section.items)
        for section in shown
    )
    repeated = on_title_page and (is_line or address == roles.plan_title)
    return repeated + (sealed if address == roles.compiler else 0)


def _is_record(view: PlanView, address: Address) -> bool:
    """Whether a value belongs to the records of confirmations: factors in use are printed there."""
    role = view.pack.roles.confirmations
    return role is not None and address.table == role.table


def _explains(view: PlanView, address: Address) -> int:
    """How many overrides a reason is printed beside."""
    text = view.text(address)
    return sum(
        entry.reason_place == address and entry.reason == text for entry in _printed_overrides(view)
    )


def _names_overrides(view: PlanView, address: Address) -> int:
    """How many overrides are named by the row this value names."""
    row = address.table.at_row(address.row)
    rows = [each.address.table.at_row(each.address.row) for each in _printed_overrides(view)]
    return rows.count(row)


@lru_cache(maxsize=4)  # asked for every value, and worked out from all workings
def _printed_overrides(view: PlanView) -> tuple[Override, ...]:
    has_annex = any(annex.content is AnnexContent.WORKING for annex in view.pack.annexes)
    return tuple(replaced(view)) if has_annex else ()


def _at_home(table: Table, shape: TablePrint, address: Address) -> int:
    """Once; a column that names the figures of its row stands under each of them."""
    pictures = [key for key in shape.columns if isinstance(table.column(key).kind, Image)]
    return len(pictures) if pictures and address.column == table.naming else 1


def _elsewhere(view: PlanView, table: Table, address: Address) -> int:
    """Listings that show the value, and references that name its row."""
    listed = sum(
        _lists(view, item, address)
        for section in view.pack.sections()
        for item in section.items
        if isinstance(item, Listing) and view.shows_section(section) and view.shows_item(item)
    )
    if address.column != table.naming:
        return listed
    referring = sum(
        isinstance(slot.kind, Reference)
        and slot.kind.table == str(address.table)
        and value == address.row
        for place, value in view.answers.values()
        for slot in (slot_at(view.pack, place),)
        if slot is not None
    )
    return listed + referring + _contributing(view, address)


def _contributing(view: PlanView, address: Address) -> int:
    """A project that brings a saving is named among the amounts and among the shares."""
    if not any(annex.content is AnnexContent.CONTRIBUTIONS for annex in view.pack.annexes):
        return 0
    tables = [Address(*key) for key, item in view.pack.index.items.items()]
    brings = {
        part.project
        for table in tables
        for each in all_contributions(view, table)
        for part in each.parts
    }
    return 2 if address.at_row(address.row) in brings else 0


def _reasons_given(view: PlanView, address: Address) -> int:
    """With each side overridden, below the indicators and the workings; else as a remark."""
    sides = [address.table.at(address.row, side) for side in (INDICATOR_BASE, INDICATOR_TARGET)]
    typed = [side for side in sides if view.is_overridden(side)]
    has_workings = any(annex.content is AnnexContent.WORKING for annex in view.pack.annexes)
    worked = {each.address for each in workings(view)} if has_workings else set()
    return sum(1 + (side in worked) for side in typed) if typed else 1


def _lists(view: PlanView, listing: Listing, address: Address) -> bool:
    if listing.source != address.table or address.column not in listing.columns:
        return False
    column, option = listing.where
    return not column or view.value(address.table.at(address.row, column)) == option


def has_address(pack: Pack, item: Item, address: Address) -> bool:
    """Whether paper carries the address: not where a value became a heading or caption."""
    if not isinstance(item, Table) or address.column != item.naming:
        return True
    shape = next(shape for shape in item.prints if address.column in shape.columns)
    is_figures = any(isinstance(item.column(key).kind, Image) for key in shape.columns)
    return shape.style is not PrintStyle.RECORDS and not is_figures
