"""What stands before the chapters: cover, title page, front matter, contents and lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from exporters.compose.sections import section_blocks, table_blocks
from exporters.compose.setting import Setting, value_with_unit
from exporters.document import (
    Block,
    Contents,
    Listed,
    PageBreak,
    Paragraph,
    Part,
    PartRole,
    PartStart,
    Run,
    TextRole,
    captions_of,
)
from forms.address import Address
from forms.heading_numbers import LAST_LEVEL
from forms.schema import Field, FieldPrint, Place, Section, Table

_LISTS = ((Listed.TABLES, "表目录"), (Listed.FIGURES, "图目录"))
_TITLE_EMS = {TextRole.COVER_TITLE: 16, TextRole.FRONT_TITLE: 19}  # one line of a title
_REPEATED = frozenset((FieldPrint.COVER_LINE,))


def cover(setting: Setting, volume: str = "") -> Iterator[Block]:
    """The cover; `volume` stands in the line of the draft stage where there is more than one."""
    named = not volume
    for section in _sections(setting, Place.COVER):
        for block in section_blocks(setting, section, 2):
            if isinstance(block, Paragraph) and block.role is TextRole.COVER_TITLE:
                yield _broken(setting, block)
            elif isinstance(block, Paragraph) and not named:
                is_note = block.role is TextRole.COVER_NOTE
                yield Paragraph(
                    (Run(volume), *(block.runs if is_note else ())), TextRole.COVER_NOTE
                )
                if not is_note:
                    yield block
                named = True
            else:
                yield block


def title_page(setting: Setting) -> Iterator[Block]:
    """扉页: title, who compiled the plan, who worked on it; nothing where no section asks."""
    sections = _sections(setting, Place.TITLE_PAGE)
    if not sections:
        return
    title = setting.view.text(setting.view.pack.roles.plan_title)
    yield _broken(setting, Paragraph((Run(title),), TextRole.FRONT_TITLE))
    for section in _sections(setting, Place.COVER):
        for item in section.items:
            if isinstance(item, Field) and item.printed in _REPEATED:
                yield from _line(setting, section, item, is_value=False)
    for section in sections:
        yield from _people(setting, section)


def front_parts(setting: Setting, start: PartStart) -> Iterator[Part]:
    """The front matter before the contents; on odd pages each new page is a part of its own."""
    blocks: list[Block] = []
    for section in _sections(setting, Place.FRONT):
        setting.numbers.start_section()
        content = tuple(section_blocks(setting, section, LAST_LEVEL + 1))
        if not content:
            continue
        if blocks and section.new_page and start is PartStart.ODD:
            yield Part(PartRole.FRONT, tuple(blocks), start=start)
            blocks = []
        elif blocks and section.new_page:
            blocks.append(PageBreak())
        blocks += [Paragraph((Run(section.title),), TextRole.FRONT_TITLE), *content]
    if blocks:
        yield Part(PartRole.FRONT, tuple(blocks), start=start)


def contents(parts: Sequence[Part], note: str = "") -> tuple[Block, ...]:
    """The contents of these parts and the lists of their tables and figures, each on a new page."""
    listed = _listed(parts)
    blocks: list[Block] = [Contents()]
    if note:
        blocks.append(Paragraph((Run(note),), TextRole.NOTE))
    for kind, title in _LISTS:
        if kind in listed:
            blocks += [PageBreak(), Contents(title, listed=kind)]
    return tuple(blocks)


def _broken(setting: Setting, title: Paragraph) -> Paragraph:
    """A title of more than one line, broken after the park's name and before its years."""
    park = setting.view.text(setting.view.pack.roles.park_name)
    rest = title.text.removeprefix(park)
    room = _TITLE_EMS[title.role]
    if not park or _ems(title.text) <= room or rest in (title.text, ""):
        return title
    if _ems(rest) > room:
        rest = rest.replace("（", "\n（", 1).removeprefix("\n")
    return replace(title, runs=(replace(title.runs[0], text=f"{park}\n{rest}"),))


def _ems(text: str) -> int:
    """About how wide a text is, in Han characters."""
    narrow = sum(character.isascii() for character in text)
    return len(text) - narrow // 2


def _listed(parts: Sequence[Part]) -> set[Listed]:
    return {kind for kind, _ in captions_of(parts)}


def _sections(setting: Setting, place: Place) -> list[Section]:
    return [
        section
        for section in setting.view.pack.sections()
        if section.place is place and setting.view.shows_section(section)
    ]


def _people(setting: Setting, section: Section) -> Iterator[Block]:
    for item in section.items:
        if not setting.view.shows_item(item):
            continue
        if isinstance(item, Field):
            yield from _line(setting, section, item, is_value=True)
        elif isinstance(item, Table):
            home = Address(section.key, item.key)
            blocks = [
                block
                for shape in item.prints
                for block in table_blocks(setting, home, item, shape, "")
            ]
            if blocks:
                yield Paragraph((Run(item.label, strong=True),))
                yield from blocks


def _line(setting: Setting, section: Section, item: Field, *, is_value: bool) -> Iterator[Block]:
    """A label and its value; what the cover prints already is named here without its address."""
    address = Address(section.key, item.key)
    text = setting.view.text(address)
    if text and setting.view.shows_item(item) and item.printed is not FieldPrint.NOTHING:
        label = Run(f"{item.label}：", strong=True)
        value = Run(value_with_unit(text, item.kind), address=str(address) if is_value else "")
        yield Paragraph((label, value), TextRole.LABELLED)
