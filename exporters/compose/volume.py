"""The volumes of a plan: one bound copy, or the body and the annexes in a volume each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from exporters.compose import front
from exporters.compose.annexes import annex_parts
from exporters.compose.labels import Labels, labels_of, no_labels
from exporters.compose.numbering import Numbers
from exporters.compose.pieces import BODY, COVER, FRONT, Standing, standing
from exporters.compose.references import within_reach
from exporters.compose.sections import section_blocks
from exporters.compose.setting import PictureBytes, Setting
from exporters.compose.source import Source
from exporters.compose.steps import Steps, Tell, quiet
from exporters.document import (
    Block,
    Document,
    Heading,
    Numbered,
    PageBreak,
    PageMap,
    Part,
    PartRole,
    PartStart,
)
from exporters.errors import ExportError
from exporters.order import PrintOrder
from forms.heading_levels import section_level
from forms.inline.references import CHAPTER
from forms.schema import Chapter, Place
from forms.view import PlanView

ANNEX_VOLUME = "附件册"
_NOTHING = "所选的部分没有可印的内容，请在“要印的部分”中至少选一项有内容的。"


@dataclass(frozen=True, slots=True)
class Volume:
    """One bound volume; `title` is "" for the plan itself."""

    document: Document
    title: str = ""


def compose(
    view: PlanView,
    pictures: PictureBytes,
    plan_id: str = "",
    export_id: str = "",
    pages: PageMap | None = None,
    before: Document | None = None,
) -> Document:
    """The printed plan in one volume; `pictures` gives the bytes of a picture by its SHA-256.

    With the pages of an earlier layout, the table of clauses names the page of each answer; with
    the document `before`, references take their labels from there.
    """
    source = Source(view, pictures, plan_id, export_id)
    earlier = (Volume(before),) if before else ()
    (volume,) = compose_volumes(source, PrintOrder(), pages, earlier)
    return volume.document


def compose_volumes(
    source: Source,
    order: PrintOrder,
    pages: PageMap | None = None,
    before: tuple[Volume, ...] = (),
    tell: Tell = quiet,
) -> tuple[Volume, ...]:
    """The volumes an order asks for, the plan's own first; ExportError when nothing is left.

    References need the labels of an earlier composition, `before`; without one they are worked
    out here, by composing twice where a plan has any. `tell` is told (done, total) and may raise
    to cancel.
    """

    def composed(labels: Labels, steps: Steps) -> tuple[Volume, ...]:
        return tuple(_Binder(source, order, pages, labels, steps).volumes())

    total = _step_count(source.view)
    if before:
        volumes = composed(_labels(before), Steps(total, tell))
    else:
        labels = no_labels()
        volumes = composed(labels, Steps(2 * total, tell))
        if labels.is_lacking:
            volumes = composed(_labels(volumes), Steps(2 * total, tell, total))
    if not any(part.blocks for volume in volumes for part in volume.document.parts):
        raise ExportError(_NOTHING)
    return volumes


def _labels(volumes: tuple[Volume, ...]) -> Labels:
    return labels_of(one for volume in volumes for one in volume.document.numbered)


def _step_count(view: PlanView) -> int:
    """How many sections and annexes there are to compose, at most."""
    chapters = [chapter for chapter in view.pack.chapters if chapter.place is Place.BODY]
    return len(view.pack.annexes) + sum(len(chapter.sections) for chapter in chapters)


def numbers_of(view: PlanView, tell: Tell = quiet) -> tuple[Numbered, ...]:
    """How everything would be numbered in the plan's one volume, without filling its tables.

    `tell` is told (done, total) and may raise to cancel.
    """
    labels, steps = labels_of(()), Steps(_step_count(view), tell)
    source = Source(view, lambda _: b"")
    for _ in _Binder(source, PrintOrder(), None, labels, steps, is_counting=True).volumes():
        continue
    return tuple(labels.found.values())


@dataclass(slots=True)
class _Binder:
    """Puts the pieces of one order together."""

    source: Source
    order: PrintOrder
    pages: PageMap | None
    labels: Labels
    steps: Steps = field(default_factory=Steps)
    is_counting: bool = False
    annexes: Standing = field(init=False)
    setting: Setting = field(init=False)

    def __post_init__(self) -> None:
        view = self.source.view
        other = ANNEX_VOLUME if self.order.annex_volume else ""
        self.annexes = standing(view, self.order.left_out, other)
        self.setting = Setting(
            view,
            Numbers(),
            self.source.pictures,
            self.annexes.labels,
            self.pages,
            away=self.annexes.away,
            labels=self.labels,
            is_counting=self.is_counting,
            steps=self.steps,
        )

    def volumes(self) -> Iterator[Volume]:
        before = tuple(self._before())
        body = tuple(self._body()) if BODY not in self.order.left_out else ()
        annexes = tuple(
            annex_parts(self.setting, self.annexes.printed, each_apart=self.order.duplex)
        )
        if not self.order.annex_volume or not annexes:
            yield self._volume((*before, *self._contents((*body, *annexes)), *body, *annexes))
            return
        if before or body:
            yield self._volume((*before, *self._contents(body, self._note()), *body))
        yield self._volume(
            (*self._cover(ANNEX_VOLUME), *self._contents(annexes), *annexes), ANNEX_VOLUME
        )

    def _volume(self, parts: tuple[Part, ...], title: str = "") -> Volume:
        view, roles = self.source.view, self.source.view.pack.roles
        document = Document(
            title=view.text(roles.plan_title) + title,
            parts=within_reach(parts),
            author=view.text(roles.compiler),
            subject=view.pack.title,
            plan_id=self.source.plan_id,
            export_id=self.source.export_id,
            watermark=self.order.watermark,
            numbered=tuple(self.labels.found.values()),
        )
        return Volume(document, title)

    @property
    def _start(self) -> PartStart:
        return PartStart.ODD if self.order.duplex else PartStart.NEXT

    def _before(self) -> Iterator[Part]:
        if COVER not in self.order.left_out:
            yield from self._cover()
            page = tuple(front.title_page(self.setting))
            if page:
                yield Part(PartRole.COVER, page, start=self._start)
        if FRONT not in self.order.left_out:
            yield from front.front_parts(self.setting, self._start)

    def _cover(self, volume: str = "") -> Iterator[Part]:
        if COVER not in self.order.left_out:
            blocks = tuple(front.cover(self.setting, volume))
            if blocks:
                yield Part(PartRole.COVER, blocks, start=self._start)

    def _contents(self, listed: Sequence[Part], note: str = "") -> Iterator[Part]:
        if listed:
            yield Part(PartRole.FRONT, front.contents(listed, note), start=self._start)

    def _note(self) -> str:
        kinds = dict.fromkeys(
            annex.kind
            for annex in self.source.view.pack.annexes
            if annex.key in self.annexes.printed
        )
        return f"{'、'.join(kinds)}另册装订，见{ANNEX_VOLUME}。"

    def _body(self) -> Iterator[Part]:
        """The chapters: in one run, or each a part of its own that starts on an odd page."""
        chapters = [
            tuple(content)
            for chapter in self.source.view.pack.chapters
            if chapter.place is Place.BODY and (content := _chapter(self.setting, chapter))
        ]
        if self.order.duplex:
            yield from (Part(PartRole.BODY, each, start=PartStart.ODD) for each in chapters)
        elif chapters:
            first, *rest = chapters
            blocks = (*first, *(block for each in rest for block in (PageBreak(), *each)))
            yield Part(PartRole.BODY, blocks)


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
        heading: list[Heading] = (
            [setting.numbers.heading(2, section.title)] if section.headed else []
        )
        first = (heading or [head])[0]
        setting.anchors[section.key] = first.anchor
        label = setting.numbers.spoken(2) if heading else called
        setting.labels.add_heading(section.key, label, first)
        level = section_level(section)
        content = list(setting.steps.one(section_blocks(setting, section, level)))
        blocks += [*heading, *content]
    return blocks
