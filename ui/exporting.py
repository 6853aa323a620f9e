"""Runs an export as a job: plan in, files on the disk out, each written whole or not at all."""

from __future__ import annotations

import re
import secrets
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from exporters.errors import ExportError
from forms.answers import Answers
from forms.schema import Pack
from forms.view import evaluate
from storage.saving import safe_save
from ui.jobs import Progress
from ui.text import tr

if TYPE_CHECKING:
    from exporters.export import Exported, Format, Source

SUFFIXES = ("docx", "pdf", "xlsx")
REPORT = "report"  # the check report, in the formats of the paper chosen beside it
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_LONGEST_NAME = 80


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
    suffixes: tuple[str, ...]
    checked: Checked | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """One made file, not yet written; `notices` are sentences the user should read."""

    suffix: str
    content: bytes
    notices: tuple[str, ...] = ()
    title: str = ""  # of what is not the plan itself: added to the file name


@dataclass(frozen=True, slots=True)
class Written:
    """One file on the disk; `asked` differs from `path` when the place was taken."""

    asked: Path
    path: Path
    notices: tuple[str, ...] = ()


Tell = Callable[[str, int, int], None]
Exporter = Callable[[Order, Progress], Sequence[Made]]


def export_with_exporters(order: Order, progress: Progress) -> Sequence[Made]:
    """The real exporter; its libraries are imported when first needed."""
    from exporters.export import Format, Source, export_plan

    def report(what: str, done: int, total: int) -> None:
        progress.report(done, total, what)

    view = evaluate(order.pack, order.answers)
    source = Source(view, order.pictures, order.plan_id, secrets.token_hex(4))
    formats = tuple(Format(suffix) for suffix in order.suffixes if suffix != REPORT)
    made: list[Exported] = list(export_plan(source, formats, report)) if formats else []
    if REPORT in order.suffixes and order.checked is not None:
        made += _report(source, order.checked, formats, report)
    return tuple(Made(each.format.value, each.content, each.notices, each.title) for each in made)


def printed_labels(pack: Pack, answers: Answers, progress: Progress) -> Mapping[str, str]:
    """How everything a reference can name is numbered in print, by its name."""
    from exporters.compose import compose

    progress.check()
    document = compose(evaluate(pack, answers), lambda _: b"")
    return {numbered.name: numbered.label for numbered in document.numbered}


def _report(
    source: Source, checked: Checked, formats: tuple[Format, ...], tell: Tell
) -> tuple[Exported, ...]:
    """The check report in the paper formats chosen; in both when only tables or nothing is."""
    from exporters.compose.check_report import ReportFacts
    from exporters.export import Format, export_report

    facts = ReportFacts(checked.day, checked.revision, checked.program)
    paper = tuple(each for each in formats if each is not Format.EXCEL)
    return export_report(source, facts, paper or (Format.WORD, Format.PDF), tell)


def export_files(
    exporter: Exporter, order: Order, target: Path, progress: Progress
) -> tuple[Written, ...]:
    """Make the files and write them beside each other; `target` has no suffix yet."""
    made = exporter(order, progress)
    progress.check()
    return tuple(_write(each, target) for each in made)


def export_name(title: str, now: datetime) -> str:
    """A file name for a plan, with the day, fit for every system."""
    name = _NOT_IN_NAMES.sub("_", title).strip(" ._")[:_LONGEST_NAME] or tr("方案")
    return f"{name}_{now:%Y%m%d}"


def name_trouble(name: str) -> str:
    """Why a name cannot be a file's; "" when it can."""
    if not name.strip():
        return tr("请填写文件名。")
    if _NOT_IN_NAMES.search(name):
        return tr('文件名不能含有 \\ / : * ? " < > |')
    return ""


def _write(made: Made, target: Path) -> Written:
    title = f"_{made.title}" if made.title else ""
    asked = target.with_name(f"{target.name}{title}.{made.suffix}")
    return Written(asked, safe_save(asked, made.content, _proof(made.suffix)), made.notices)


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
