"""The volume: cover, front matter, contents, body and annexes in binding order."""

from __future__ import annotations

from collections.abc import Iterator

from exporters.compose.annexes import annex_labels, annex_parts
from exporters.compose.labels import labels_of, no_labels
from exporters.compose.numbering import LAST_LEVEL, Numbers
from exporters.compose.sections import section_blocks
from exporters.compose.setting import PictureBytes, Setting
from exporters.document import (
    Block,
    Contents,
    Document,
    PageBreak,
    PageMap,
    Paragraph,
    Part,
    PartRole,
    Run,
    TextRole,
)
from forms.inline.references import CHAPTER
from forms.schema import Chapter, Place, Section
from forms.view import PlanView


def compose(
    view: PlanView,
    pictures: PictureBytes,
    plan_id: str = "",
    export_id: str = "",
    pages: PageMap | None = None,
    before: Document | None = None,
) -> Document:
    """The printed plan; `pictures` gives the bytes of a picture by its SHA-256.

    With the pages of an earlier layout, the table of clauses names the page of each answer.
    References need the labels of an earlier composition, `before`; without one they are worked
    out here, by composing twice where a plan has any.
    """
    labels = labels_of(before.numbered) if before else no_labels()
    setting = Setting(view, Numbers(), pictures, annex_labels(view), pages, labels=labels)
    roles = view.pack.roles
    parts = (
        *_cover(setting),
        *_front(setting),
        *_body(setting),
        *annex_parts(setting),
    )
    document = Document(
        title=view.text(roles.plan_title),
        parts=parts,
        author=view.text(roles.compiler),
        subject=view.pack.title,
        plan_id=plan_id,
        export_id=export_id,
        numbered=tuple(labels.found.values()),
    )
    if labels.is_lacking:
        return compose(view, pictures, plan_id, export_id, pages, document)
    return document


def _sections(setting: Setting, place: Place) -> list[Section]:
    return [
        section
        for section in setting.view.pack.sections()
        if section.place is place and setting.view.shows_section(section)
    ]


def _cover(setting: Setting) -> Iterator[Part]:
    blocks = [
        block
        for section in _sections(setting, Place.COVER)
        for block in section_blocks(setting, section, 2)
    ]
    if blocks:
        yield Part(PartRole.COVER, tuple(blocks))


def _front(setting: Setting) -> Iterator[Part]:
    blocks: list[Block] = []
    for section in _sections(setting, Place.FRONT):
        setting.numbers.start_section()
        content = tuple(section_blocks(setting, section, LAST_LEVEL))
        if content:
            title = Paragraph((Run(section.title),), TextRole.FRONT_TITLE)
            blocks += [*([PageBreak()] if blocks and section.new_page else []), title, *content]
    yield Part(PartRole.FRONT, (*blocks, *([PageBreak()] if blocks else []), Contents()))


def _body(setting: Setting) -> Iterator[Part]:
    blocks: list[Block] = []
    for chapter in setting.view.pack.chapters:
        content = _chapter(setting, chapter) if chapter.place is Place.BODY else []
        if content:
            blocks += [*([PageBreak()] if blocks else []), *content]
    if blocks:
        yield Part(PartRole.BODY, tuple(blocks))


def _chapter(setting: Setting, chapter: Chapter) -> list[Block]:
    visible = [
        section
        for section in chapter.sections
        if section.place is Place.BODY and setting.view.shows_section(section)
    ]
    if not visible:
        return []
    head = setting.numbers.heading(1, chapter.title)
    called = setting.numbers.spoken(1)
    setting.labels.add_heading(f"{CHAPTER}{chapter.key}", called, head)
    blocks: list[Block] = [head]
    for section in visible:
        heading = [setting.numbers.heading(2, section.title)] if section.headed else []
        setting.anchors[section.key] = (heading or [head])[0].anchor
        setting.labels.add_heading(
            section.key, setting.numbers.spoken(2) if heading else called, (heading or [head])[0]
        )
        content = list(section_blocks(setting, section, 3 if section.headed else 2))
        blocks += [*heading, *content]
    return blocks
