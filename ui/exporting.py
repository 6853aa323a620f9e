"""Runs an export as a job: plan in, files on the disk out, each written whole or not at all."""

from __future__ import annotations

import re
import secrets
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from exporters.errors import ExportError
from exporters.made import Ahead, Exported, Notice
from exporters.order import PrintOrder
from forms.answers import Answers
from forms.schema import Pack
from forms.view import PlanView, evaluate
from storage.saving import safe_save
from storage.sticks import is_safe_to_pull
from ui.jobs import Progress
from ui.text import tr

if TYPE_CHECKING:
    from exporters.drawing import Drawing
    from exporters.export import Source

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_LONGEST_NAME = 80
PNG, SVG = ".png", ".svg"


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check report says of the version it is about."""

    day: date
    revision: str
    program: str


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be exported: immutable, so that a job may read it while the user goes on."""

    pack: Pack
    answers: Answers
    pictures: Callable[[str], bytes]
    plan_id: str
    printed: PrintOrder
    checked: Checked | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """One file on the disk; `asked` differs from `path` when the place was taken.

    `on_stick`: it is on a stick and was read back from there.
    """

    asked: Path
    path: Path
    notices: tuple[Notice, ...] = ()
    on_stick: bool = False


@dataclass(frozen=True, slots=True)
class Offers:
    """What the plan has to offer: its pieces, its workbooks and the watermarks that fit it."""

    pieces: tuple[str, ...] = ()
    workbooks: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


def offers(view: PlanView) -> Offers:
    """What a plan has to offer as it is now."""
    from exporters.compose.cover_texts import draft_marks
    from exporters.compose.pieces import pieces_and_workbooks

    return Offers(*pieces_and_workbooks(view), draft_marks(view))


Tell = Callable[[str, int, int], None]
Exporter = Callable[[Order, Progress], Sequence[Exported]]
Foresight = Callable[[Order, Progress], Ahead]


def export_with_exporters(order: Order, progress: Progress) -> Sequence[Exported]:
    """The real exporter; its libraries are imported when first needed."""
    from exporters.export import export_plan

    def report(what: str, done: int, total: int) -> None:
        progress.report(done, total, what)

    return export_plan(_source(order), order.printed, report)


def printed_labels(pack: Pack, answers: Answers, progress: Progress) -> Mapping[str, str]:
    """How everything a reference can name is numbered in print, by its name."""
    from exporters.compose.volume import numbers_of

    found = numbers_of(evaluate(pack, answers), progress.report)
    return {one.name: one.label for one in found}


def look_ahead_with_exporters(order: Order, progress: Progress) -> Ahead:
    """How many pages an order takes, worked out by the real exporter."""
    from exporters.export import look_ahead

    def report(what: str, done: int, total: int) -> None:
        progress.report(done, total, what)

    return look_ahead(_source(order), order.printed, report)


def _source(order: Order) -> Source:
    from exporters.compose.check_report import ReportFacts
    from exporters.export import Source

    checked = order.checked
    facts = ReportFacts(checked.day, checked.revision, checked.program) if checked else None
    view = evaluate(order.pack, order.answers)
    return Source(view, order.pictures, order.plan_id, secrets.token_hex(4), facts)


def export_files(
    exporter: Exporter, order: Order, target: Path, progress: Progress
) -> tuple[Written, ...]:
    """Make the files and write them beside each other; `target` has no suffix yet."""
    made = exporter(order, progress)
    progress.check()
    written = tuple(_write(each, target) for each in made)
    return tuple(replace(each, on_stick=is_safe_to_pull(each.path)) for each in written)


def export_name(title: str, now: datetime) -> str:
    """A file name for a plan, with the day, fit for every system."""
    return f"{file_name(title) or tr('方案')}_{now:%Y%m%d}"


def file_name(title: str) -> str:
    """A title as the name of a file, fit for every system; "" where nothing of it is."""
    return _NOT_IN_NAMES.sub("_", title).strip(" ._")[:_LONGEST_NAME]


def drawing_bytes(drawing: Drawing, suffix: str) -> bytes:
    """A diagram as it is on paper, as a PNG for print or an SVG. For a job."""
    if suffix == SVG:
        from exporters.figures.svg import drawing_svg

        return drawing_svg(drawing)
    from exporters.pdf import drawing_png

    return drawing_png(drawing)


def write_drawing(drawing: Drawing, file: Path) -> Path:
    """Write a diagram to a file by its ending; another name when that file is in use. For a job."""
    return safe_save(file, drawing_bytes(drawing, file.suffix.lower()))


def name_trouble(name: str) -> str:
    """Why a name cannot be a file's; "" when it can."""
    if not name.strip():
        return tr("请填写文件名。")
    if _NOT_IN_NAMES.search(name):
        return tr('文件名不能含有 \\ / : * ? " < > |')
    return ""


def _write(made: Exported, target: Path) -> Written:
    title = f"_{made.title}" if made.title else ""
    suffix = made.format.value
    asked = target.with_name(f"{target.name}{title}.{suffix}")
    return Written(asked, safe_save(asked, made.content, _proof(suffix)), made.notices)


def _proof(suffix: str) -> Callable[[bytes], None]:
    """What is asked of the bytes read back before they replace an older file."""

    def prove(content: bytes) -> None:
        for trouble in _troubles(suffix, content):
            raise ExportError(
                tr("生成的 {0} 文件不完整（{1}），没有写入。").format(suffix, trouble)
            )

    return prove


def _troubles(suffix: str, content: bytes) -> Iterator[str]:
    if not content:
        yield tr("内容为空")
    elif suffix == "pdf":
        if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-1024:]:
            yield tr("结尾缺失")
    elif not zipfile.is_zipfile(BytesIO(content)):
        yield tr("压缩结构缺失")
