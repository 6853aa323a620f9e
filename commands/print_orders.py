"""The print order the options of `export` spell out, and where each of its files goes."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from commands.parsing import Parser
from commands.plans import CommandError, check_target
from exporters.looks import look_from_file
from exporters.order import CopiesOrder, Format, PrintOrder, ReportPlace, SpineOrder
from forms.view import PlanView

_NAMES = {Format.WORD: "Word", Format.PDF: "PDF", Format.EXCEL: "Excel"}
_PAPER = (".docx", ".pdf")
_MOST_COPIES = 99
_THINNEST_MM, _THICKEST_MM = 1, 100

Target = tuple[str, Format]  # title of the file ("" for the plan) and its format


@dataclass(frozen=True, slots=True)
class Printing:
    """What is to be printed and where each file goes."""

    order: PrintOrder
    targets: Mapping[Target, Path] = field(default_factory=dict[Target, Path])


def export_arguments(parser: Parser) -> None:
    """The options of `export` besides the plan file."""
    for each, name in _NAMES.items():
        parser.option(f"--{each.value}", "F", f"写出的 {name} 文件")
    parser.options("--workbook", "名称=F", "另出的工作簿，如 重点项目=项目.xlsx，可写多个")
    parser.option("--report", "F", "校核报告单独写成文件，扩展名为 .docx 或 .pdf")
    parser.switch("--report-bound", "校核报告装在卷首（封面之前）")
    parser.option("--spine", "F", "书脊文字条，扩展名为 .pdf 或 .docx")
    parser.number("--thickness", "MM", "书脊厚度（毫米），省略则按页数和 80 克纸估算", _THICKEST_MM)
    parser.option("--copies", "F", "报送清单，扩展名为 .docx 或 .pdf")
    parser.options("--receiver", "单位", "接收单位，写在报送清单上，一个单位一页，可写多个")
    parser.number("--number", "N", "报送的纸质份数，省略为 4", _MOST_COPIES)
    parser.options("--without", "部分", "不印的部分，如 附图 附件")
    parser.option("--watermark", "文字", "每页的水印，如 征求意见稿", "")
    parser.switch("--duplex", "双面排版：各章和各附件从奇数页起，空白背面计入页码")
    parser.switch("--annex-volume", "附表、附图、附件另成一册，文件名后加“_附件册”")
    parser.switch("--charts-as-pictures", "Word 中的图表存为图片")
    parser.option("--look", "F", "版式文件（TOML），省略为国标公文版式")


def printing(arguments: Namespace, view: PlanView) -> Printing:
    """The order and its targets; `CommandError` when a name is unknown or a place is no good."""
    order = _order(arguments, view)
    pairs = tuple(_targets(arguments, order))
    if not pairs:
        raise CommandError(
            "请至少指定 --docx、--pdf、--xlsx、--workbook、--report、--spine、--copies 之一。"
        )
    for _, target in pairs:
        check_target(target, Path(arguments.file))
    if len({target.resolve() for _, target in pairs}) < len(pairs):
        raise CommandError("几种文件不能写到同一个文件名，请分别指定。")
    return Printing(order, dict(pairs))


def _order(arguments: Namespace, view: PlanView) -> PrintOrder:
    from exporters.compose.pieces import pieces, workbook_names

    _known("部分", arguments.without, pieces(view))
    books = tuple(name for name, _ in _workbooks(arguments))
    _known("工作簿", books, workbook_names(view))
    report = ReportPlace.SEPARATE if arguments.report else ReportPlace.NOWHERE
    if arguments.report_bound:
        if arguments.report:
            raise CommandError("校核报告只能单独成文件（--report）或装在卷首（--report-bound）。")
        if arguments.docx is None and arguments.pdf is None:
            raise CommandError("校核报告要装在卷首，请同时指定 --docx 或 --pdf。")
        report = ReportPlace.BOUND
    return PrintOrder(
        formats=tuple(each for each in Format if getattr(arguments, each.value) is not None),
        left_out=frozenset(arguments.without),
        watermark=arguments.watermark.strip(),
        duplex=arguments.duplex,
        annex_volume=arguments.annex_volume,
        charts_as_pictures=arguments.charts_as_pictures,
        look=look_from_file(Path(arguments.look)) if arguments.look else None,
        report=report,
        report_formats=_formats("校核报告", arguments.report),
        workbooks=books,
        spine=_spine(arguments),
        copies=_copies(arguments),
    )


def _spine(arguments: Namespace) -> SpineOrder | None:
    if arguments.spine is None:
        return None
    thickness = arguments.thickness
    if thickness is not None and thickness < _THINNEST_MM:
        raise CommandError(f"书脊厚度应在 {_THINNEST_MM} 至 {_THICKEST_MM} 毫米之间。")
    return SpineOrder(thickness or 0, _formats("书脊", arguments.spine))


def _copies(arguments: Namespace) -> CopiesOrder | None:
    if arguments.copies is None:
        return None
    number = CopiesOrder().copies if arguments.number is None else arguments.number
    if not number:
        raise CommandError("报送的份数至少为 1。")
    receivers = tuple(arguments.receiver)
    return CopiesOrder(receivers, number, _formats("报送清单", arguments.copies))


def _formats(what: str, target: str | None) -> tuple[Format, ...]:
    """The format of a paper file by its suffix."""
    if target is None:
        return ()
    path = Path(target)
    if path.suffix.lower() not in _PAPER:
        raise CommandError(f"{what}“{path.name}”的扩展名应为 .docx 或 .pdf。")
    return (Format(path.suffix.lower().lstrip(".")),)


def _workbooks(arguments: Namespace) -> Iterator[tuple[str, str]]:
    for text in arguments.workbook:
        name, sign, target = text.partition("=")
        if not sign or not target:
            raise CommandError(f"“{text}”应写成 名称=文件，例如 重点项目=项目.xlsx。")
        yield name, target


def _known(what: str, given: tuple[str, ...] | list[str], known: tuple[str, ...]) -> None:
    for name in given:
        if name not in known:
            raise CommandError(f"没有{what}“{name}”，可写：{'、'.join(known)}。")


def _targets(arguments: Namespace, order: PrintOrder) -> Iterator[tuple[Target, Path]]:
    from exporters.compose.check_report import TITLE as REPORT
    from exporters.compose.copies import TITLE as COPIES
    from exporters.compose.volume import ANNEX_VOLUME
    from exporters.spine import TITLE as SPINE

    for each in order.formats:
        path = Path(getattr(arguments, each.value))
        yield ("", each), path
        if order.annex_volume and each in order.paper:
            yield (ANNEX_VOLUME, each), path.with_name(f"{path.stem}_{ANNEX_VOLUME}{path.suffix}")
    for name, target in _workbooks(arguments):
        yield (name, Format.EXCEL), Path(target)
    for title, target, formats in (
        (REPORT, arguments.report, order.report_formats),
        (SPINE, arguments.spine, order.spine.formats if order.spine else ()),
        (COPIES, arguments.copies, order.copies.formats if order.copies else ()),
    ):
        for each in formats:
            yield (title, each), Path(target)
