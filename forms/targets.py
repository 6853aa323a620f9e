"""What a cross-reference can name: chapters, sections, tables, figures, annexes; are they printed?

Numbers such as 表1-5 are given when a volume is composed; here stands what each is called, whether
it is printed at all, and if not, why. `exporters.compose` registers the same names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import assert_never

from forms.address import Address
from forms.diagrams import diagram_data
from forms.drawn_from import sections_drawn_from
from forms.factors_in_use import factors_in_use
from forms.heading_levels import is_prose_headed
from forms.inline.references import ANNEX, CHAPTER, FIGURE, PlacedReference, Reference
from forms.kinds import Image, Narrative
from forms.membership import listed_rows
from forms.schema import (
    INDICATOR_TARGET,
    Annex,
    AnnexContent,
    Chapter,
    Diagram,
    Field,
    FieldPrint,
    IndicatorTable,
    Item,
    Listing,
    Place,
    PrintStyle,
    Section,
    Summary,
    Table,
    TablePrint,
    YearTable,
)
from forms.standing import standing
from forms.values import Picture
from forms.view import PlanView

_MALFORMED = "引用的写法有误"
_PRINTED = (Place.BODY, Place.ANNEX)


class Sort(Enum):
    """What sort of thing a reference names."""

    HEADING = "标题"
    TABLE = "表"
    FIGURE = "图"
    ANNEX = "附件"


def _always() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Target:
    """Something a reference can name, printed or not yet.

    Whether it is printed is looked up when asked: of all there is, prose names a few.
    """

    name: str
    title: str
    sort: Sort
    place: str  # the chapter or section it stands in
    home: Address | None = None  # where it is filled in; None: made of the whole plan
    is_there: Callable[[], bool] = _always
    is_listed: bool = True  # False: known, but named better by another target

    @property
    def is_printed(self) -> bool:
        """Whether it is printed in the plan as it stands."""
        return self.is_there()


@dataclass(frozen=True, slots=True)
class Named:
    """What a reference names; `fault` is a sentence when nothing of that name is printed."""

    title: str
    fault: str = ""
    is_empty: bool = False  # it belongs to the plan and is only not filled yet
    home: Address | None = None

    @property
    def text(self) -> str:
        """How prose without printed numbers reads it; a mark nobody overlooks when faulty."""
        if self.fault:
            return f"【引用缺失：{self.fault.removesuffix('。')}】"
        return f"《{self.title}》"


def named_at(view: PlanView, placed: PlacedReference) -> Named:
    """What a mark in a text names, malformed or not."""
    if placed.reference is None:
        return Named("", f"{_MALFORMED}：{placed.source.strip('{}')}。")
    return named(view, placed.reference)


def named(view: PlanView, reference: Reference) -> Named:
    """What a reference names in this plan."""
    known = view.once("named", "", (view,), dict[str, Named])
    if reference.name not in known:
        known[reference.name] = _named(view, reference.name)
    return known[reference.name]


def _named(view: PlanView, name: str) -> Named:
    target = _target(view, name)
    if target is None:
        return Named("", _gone(view, name))
    if not target.is_printed:
        fault = f"“{target.title}”还没有内容，不会印出。"
        return Named(target.title, fault, is_empty=True, home=target.home)
    return Named(target.title, home=target.home)


def targets(view: PlanView) -> tuple[Target, ...]:
    """Everything printed that a reference may name, in print order."""

    def read() -> tuple[Target, ...]:
        all_there_is = _by_name(_in_print_order(view)).values()
        return tuple(one for one in all_there_is if one.is_listed and one.is_printed)

    return view.once("printed targets", "", (view,), read)


def _target(view: PlanView, name: str) -> Target | None:
    """What has this name, printed or not; of a plan only the part is gone through that may."""
    key = name.partition("/")[0]
    section = view.pack.index.sections.get(key)
    if section is None:
        return view.once("reference targets", "", (view,), partial(_outside, view)).get(name)
    within = partial(_within, view, section)
    return view.once("reference targets", key, (view,), within).get(name)


def _by_name(some: Iterable[Target]) -> dict[str, Target]:
    found: dict[str, Target] = {}
    for target in some:
        found.setdefault(target.name, target)
    return found


def _within(view: PlanView, section: Section) -> dict[str, Target]:
    chapter = next(c for c in view.pack.chapters if any(s is section for s in c.sections))
    is_read = section.place in _PRINTED and view.shows_section(section)
    return _by_name(_of_section(view, chapter, section)) if is_read else {}


def _outside(view: PlanView) -> dict[str, Target]:
    """What belongs to no section."""
    return _by_name((*_of_chapters(view), *_of_annexes(view)))


def _in_print_order(view: PlanView) -> Iterator[Target]:
    heads = {target.name: target for target in _of_chapters(view)}
    for chapter in view.pack.chapters:
        if f"{CHAPTER}{chapter.key}" in heads:
            yield heads[f"{CHAPTER}{chapter.key}"]
        for section in chapter.sections:
            if view.shows_section(section) and section.place in _PRINTED:
                yield from _of_section(view, chapter, section)
    yield from _of_annexes(view)


def _of_chapters(view: PlanView) -> Iterator[Target]:
    for chapter in view.pack.chapters:
        body = (section for section in chapter.sections if section.place is Place.BODY)
        if chapter.place is Place.BODY and any(map(view.shows_section, body)):
            yield Target(f"{CHAPTER}{chapter.key}", chapter.title, Sort.HEADING, "")


def _of_annexes(view: PlanView) -> Iterator[Target]:
    for annex in view.pack.annexes:
        is_there = partial(_is_annex_filled, view, annex)
        yield Target(f"{ANNEX}{annex.key}", annex.title, Sort.ANNEX, annex.kind, None, is_there)


def _of_section(view: PlanView, chapter: Chapter, section: Section) -> Iterator[Target]:
    home, where = Address(section.key, section.items[0].key), section.title
    if section.place is Place.BODY:
        is_own = section.headed and section.title != chapter.title
        yield Target(
            section.key, section.title, Sort.HEADING, chapter.title, home, is_listed=is_own
        )
    shown = [item for item in section.items if view.shows_item(item)]
    group: list[Field] = []
    for item in shown:
        if _is_short(item) and isinstance(item, Field):
            if group and group[-1].group != item.group:
                yield from _of_group(view, section, group)
                group = []
            group.append(item)
            continue
        yield from _of_group(view, section, group)
        group = []
        yield from _of_item(view, section, item, where)
    yield from _of_group(view, section, group)


def _is_short(item: Item) -> bool:
    """Whether a value is printed in the table of its group."""
    return (
        isinstance(item, Field)
        and item.printed is FieldPrint.AUTO
        and not isinstance(item.kind, Narrative | Image)
    )


def _of_group(view: PlanView, section: Section, group: list[Field]) -> Iterator[Target]:
    """A table of short values; its first field names it, the others lead there too."""
    if section.place is not Place.BODY:
        return
    homes = [Address(section.key, item.key) for item in group]

    def is_there() -> bool:
        return any(view.text(home) for home in homes)

    for number, home in enumerate(homes):
        title = group[0].group or section.title
        listed = number == 0
        yield Target(str(home), title, Sort.TABLE, section.title, home, is_there, listed)


def _of_item(view: PlanView, section: Section, item: Item, where: str) -> Iterator[Target]:
    home = Address(section.key, item.key)
    match item:
        case Field():
            yield from _of_field(view, section, item, home)
        case Table():
            yield from _of_table(view, section, item, home)
        case YearTable() | IndicatorTable() | Summary():
            if item.annex or section.place is Place.BODY:
                is_there = partial(_is_filled, view, home, item)
                yield Target(str(home), item.label, Sort.TABLE, where, home, is_there)
        case Listing():
            if section.place is Place.BODY:
                is_there = partial(_is_any_listed, view, item)
                yield Target(str(home), item.label, Sort.TABLE, where, home, is_there)
        case Diagram():
            if section.place is Place.BODY:
                is_there = partial(_is_diagram_drawn, view, item, home)
                yield Target(str(home), item.label, Sort.FIGURE, where, home, is_there)
        case _:
            assert_never(item)


def _of_field(view: PlanView, section: Section, item: Field, home: Address) -> Iterator[Target]:
    if item.printed is not FieldPrint.AUTO or section.place is not Place.BODY:
        return
    where = section.title
    if isinstance(item.kind, Image):
        is_there = partial(_is_drawn, view, (home,))
        yield Target(str(home), item.label, Sort.FIGURE, where, home, is_there)
    else:
        is_headed = is_prose_headed(view, section)
        is_there = partial(_is_typed, view, home)
        yield Target(str(home), item.label, Sort.HEADING, where, home, is_there, is_headed)


def _of_table(view: PlanView, section: Section, table: Table, home: Address) -> Iterator[Target]:
    role = view.pack.roles.confirmations
    if role is not None and role.table == home:
        if section.place is Place.BODY:
            is_used = partial(_is_any_used, view)
            yield Target(str(home), table.label, Sort.TABLE, section.title, home, is_used)
        return
    prints = shapes_printed(section, table)
    if not prints:
        return
    is_lone = len(prints) == 1 and _is_table(table, prints[0])
    title = leading_print(table, prints).title or table.label
    has_rows = partial(_has_rows, view, home)
    yield Target(str(home), title, Sort.TABLE, section.title, home, has_rows, is_lone)
    for shape in prints:
        yield from _of_print(view, section, (table, shape, home), is_listed=not is_lone)


def _of_print(
    view: PlanView, section: Section, printed: tuple[Table, TablePrint, Address], *, is_listed: bool
) -> Iterator[Target]:
    table, shape, home = printed
    where = section.title
    if _has_pictures(table, shape):
        for row in view.rows(home):
            place = home.at_row(row)
            cells = tuple(home.at(row, key) for key in shape.columns)
            is_there, name = partial(_is_drawn, view, cells), view.row_name(place)
            yield Target(str(place), name, Sort.FIGURE, where, place, is_there)
    elif shape.title:
        is_table = shape.style is not PrintStyle.RECORDS
        sort, name = Sort.TABLE if is_table else Sort.ANNEX, f"{home}#{shape.title}"
        is_own = is_listed and is_table
        has_rows = partial(_has_rows, view, home)
        yield Target(name, shape.title, sort, where, home, has_rows, is_own)


def shapes_printed(section: Section, table: Table) -> tuple[TablePrint, ...]:
    """The prints of a table that reach paper: outside the body only those of annexes do."""
    return tuple(p for p in table.prints if p.annex or section.place is Place.BODY)


def leading_print(table: Table, prints: Sequence[TablePrint]) -> TablePrint:
    """The print that is meant where only the table is named: its first one with a caption."""
    return next((shape for shape in prints if _is_table(table, shape)), prints[0])


def _is_table(table: Table, shape: TablePrint) -> bool:
    return shape.style is not PrintStyle.RECORDS and not _has_pictures(table, shape)


def _has_pictures(table: Table, shape: TablePrint) -> bool:
    return any(isinstance(table.column(key).kind, Image) for key in shape.columns)


def _is_typed(view: PlanView, home: Address) -> bool:
    return view.value(home) is not None


def _is_drawn(view: PlanView, cells: tuple[Address, ...]) -> bool:
    return any(isinstance(view.value(cell), Picture) for cell in cells)


def _has_rows(view: PlanView, home: Address) -> bool:
    return bool(view.rows(home))


def _is_any_used(view: PlanView) -> bool:
    return bool(factors_in_use(view))


def _is_any_listed(view: PlanView, item: Listing) -> bool:
    return bool(listed_rows(view, item))


def _is_diagram_drawn(view: PlanView, item: Diagram, home: Address) -> bool:
    sections = sections_drawn_from(view.pack, item)
    given = (view,) if sections is None else standing(view, *sections)
    return view.once("drawn", home, given, lambda: diagram_data(view, item) is not None)


def _is_annex_filled(view: PlanView, annex: Annex) -> bool:
    return annex.content is not AnnexContent.ITEMS or any(_of_annex(view, annex.key))


def _of_annex(view: PlanView, key: str) -> Iterator[bool]:
    """Whether each visible item printed in an annex has something to print there."""
    for section in view.pack.sections():
        for item in section.items:
            home = Address(section.key, item.key)
            if isinstance(item, Table) and any(shape.annex == key for shape in item.prints):
                yield _is_shown(view, section, item) and bool(view.rows(home))
            elif isinstance(item, YearTable | IndicatorTable | Summary) and item.annex == key:
                is_filled = _is_filled(view, home, item) or bool(view.answers.table(home).rows)
                yield _is_shown(view, section, item) and is_filled


def _is_shown(view: PlanView, section: Section, item: Item) -> bool:
    return view.shows_section(section) and view.shows_item(item)


def _is_filled(view: PlanView, home: Address, item: YearTable | IndicatorTable | Summary) -> bool:
    match item:
        case YearTable():
            years = view.years(item.years)
            return any(view.text(home.at(r.key, year=y)) for r in item.rows for y in years)
        case IndicatorTable():
            typed = view.answers.table(home).rows
            return any(
                typed.get(row.key) or view.text(home.at(row.key, INDICATOR_TARGET))
                for row in item.rows
            )
        case Summary():
            return bool(view.rows(item.source))
        case _:
            assert_never(item)


def _gone(view: PlanView, name: str) -> str:
    """Why nothing of this name stands in the plan."""
    if name.startswith((CHAPTER, ANNEX, FIGURE)):
        return f"方案中没有“{name.partition('.')[2]}”这一部分。"
    section_key, _, rest = name.partition("/")
    item_key, _, row = rest.partition("#")[0].partition("/")
    section = view.pack.index.sections.get(section_key)
    if section is None:
        return f"方案中没有“{name}”。"
    item = view.pack.index.items.get((section_key, item_key)) if rest else None
    label = item.label if item is not None else section.title
    if rest and item is None:
        return f"方案中没有“{name}”。"
    if not view.shows_section(section) or (item is not None and not view.shows_item(item)):
        return f"“{section.title}”的“{label}”未列入方案。"
    if row and isinstance(item, Table) and row not in view.rows(Address(section_key, item_key)):
        return f"“{label}”中被引用的{item.row_name or '行'}已删除。"
    return f"“{label}”不单独印出，没有可引用的编号。"
