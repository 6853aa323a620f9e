"""校核报告: what the checks found, what was answered, and what was looked at, as a document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from exporters.compose.numbering import Numbers
from exporters.compose.setting import labelled_pairs
from exporters.compose.whereabouts import page_of
from exporters.document import (
    Align,
    Block,
    Cell,
    Column,
    Document,
    Heading,
    Orientation,
    Paragraph,
    Part,
    PartRole,
    Run,
    Table,
    TableRow,
    TextRole,
)
from forms.checks import Finding
from forms.checks.catalogue import runs
from forms.checks.whereabouts import whereabouts
from forms.dismissals import Dismissed, Reviewed, review
from forms.schema import Severity
from forms.view import PlanView
from forms.wording import plain_words

TITLE = "校核报告"
_SIGNED_BY_HAND = "　" * 8
_NAMES = {Severity.MUST: "必须改", Severity.SHOULD: "建议改"}
_NUMBER, _RULE = Column(5, Align.CENTRE), Column(8, Align.CENTRE)
_FINDING_HEAD = ("序号", "规则", "问题", "位置", "页码", "修改建议", "条文")
_FINDING_COLUMNS = (
    _NUMBER,
    _RULE,
    Column(31),
    Column(20),
    Column(6, Align.CENTRE),
    Column(22),
    Column(9, Align.CENTRE),
)
_ANSWER_HEAD = ("序号", "规则", "问题", "位置", "页码", "不改的理由", "说明人", "日期")
_ANSWER_COLUMNS = (
    *_FINDING_COLUMNS[:5],
    Column(20),
    Column(8, Align.CENTRE),
    Column(10, Align.CENTRE),
)
_RUN_HEAD = ("序号", "类别", "核对内容", "规则数", "发现问题")
_RUN_COLUMNS = (
    _NUMBER,
    Column(12),
    Column(48),
    Column(8, Align.RIGHT),
    Column(8, Align.RIGHT),
)


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """What a check report says besides the findings: which version was checked, when, by what."""

    day: date
    revision: str = ""
    program: str = ""
    pages: Mapping[str, str] = field(default_factory=dict[str, str])  # see `address_pages`


def counts_line(reviewed: Reviewed) -> str:
    """How many findings are open and how many are answered, in one sentence."""
    open_ones = "、".join(
        f"{name} {reviewed.count(severity)} 项" for severity, name in _NAMES.items()
    )
    return f"{open_ones}、已说明 {len(reviewed.dismissed)} 项。"


def compose_report(view: PlanView, findings: tuple[Finding, ...], facts: ReportFacts) -> Document:
    """The check report of a plan; with the pages of its volume, each place names its page."""
    reviewed = review(view, findings)
    numbers = Numbers()
    blocks: list[Block] = [
        Paragraph((Run(TITLE),), TextRole.FRONT_TITLE),
        Paragraph((Run(counts_line(reviewed), strong=True),)),
        *_facts(view, facts),
    ]
    for severity, name in _NAMES.items():
        listed = tuple(found for found in reviewed.open if found.severity is severity)
        blocks.append(numbers.heading(1, f"{name}（{len(listed)} 项）"))
        blocks.append(_findings(view, reviewed, listed, facts) if listed else _none(name))
    blocks.append(numbers.heading(1, f"已说明理由（{len(reviewed.dismissed)} 项）"))
    answered = reviewed.dismissed
    blocks.append(_answers(view, answered, facts) if answered else _none("已说明理由"))
    blocks.append(numbers.heading(1, "核对内容"))
    blocks.append(_runs(view, findings))
    blocks += _signatures()
    return Document(
        title=f"{view.text(view.pack.roles.plan_title)}{TITLE}",
        parts=(Part(PartRole.BODY, tuple(blocks), Orientation.LANDSCAPE),),
        author=view.text(view.pack.roles.compiler),
        subject=view.pack.title,
    )


def report_part(report: Document) -> Part:
    """The report as it is bound in front of a volume: no page numbers, nothing in its contents."""
    blocks: list[Block] = []
    for block in report.blocks():
        if isinstance(block, Heading):
            words = Run(f"{block.number}{block.text}", strong=True)
            blocks.append(Paragraph((words,)))
        else:
            blocks.append(block)
    return Part(PartRole.COVER, tuple(blocks), report.parts[0].orientation)


def _facts(view: PlanView, facts: ReportFacts) -> Iterator[Block]:
    roles = view.pack.roles
    pairs = (
        ("园区名称", view.text(roles.park_name)),
        ("方案名称", view.text(roles.plan_title)),
        ("编制单位", view.text(roles.compiler)),
        ("方案版次", facts.revision),
        ("校核日期", plain_words(facts.day)),
        ("校核依据", f"{view.pack.notice}（政策包 {view.pack.id} 第{view.pack.version}版）"),
        ("校核程序", facts.program),
    )
    filled = [(label, text, "") for label, text in pairs if text]
    yield from labelled_pairs(filled, "校核对象", None)


def _none(name: str) -> Paragraph:
    return Paragraph(
        (Run("没有已说明理由的问题。" if name == "已说明理由" else f"没有{name}的问题。"),)
    )


def _findings(
    view: PlanView, reviewed: Reviewed, listed: tuple[Finding, ...], facts: ReportFacts
) -> Table:
    rows: list[tuple[str, ...]] = []
    for number, finding in enumerate(listed, start=1):
        before = reviewed.answered_before(finding)
        lapsed = f"（数据已变化，须重新核对；此前说明：{before.reason}）" if before else ""
        sentence = finding.sentence + lapsed
        rows.append(
            (*_head(view, finding, sentence, number, facts), finding.remedy, _clause(view, finding))
        )
    return _table(_FINDING_HEAD, _FINDING_COLUMNS, rows)


def _answers(view: PlanView, answered: tuple[Dismissed, ...], facts: ReportFacts) -> Table:
    rows = [
        (
            *_head(view, each.finding, each.finding.sentence, number, facts),
            each.record.reason,
            each.record.person,
            plain_words(each.record.day) if each.record.day else "",
        )
        for number, each in enumerate(answered, start=1)
    ]
    return _table(_ANSWER_HEAD, _ANSWER_COLUMNS, rows)


def _head(
    view: PlanView, finding: Finding, sentence: str, number: int, facts: ReportFacts
) -> tuple[str, ...]:
    place = finding.places[0]
    where, page = whereabouts(view, place), page_of(facts.pages, place)
    return (str(number), finding.rule, sentence, where, page)


def _clause(view: PlanView, finding: Finding) -> str:
    clause = view.pack.index.clauses.get(finding.clause)
    return clause.number if clause else ""


def _runs(view: PlanView, findings: tuple[Finding, ...]) -> Table:
    told = runs(view.pack, findings)
    rows = [
        (
            str(number),
            run.group.title,
            "；".join(point.says for point in run.group.points),
            str(run.rules),
            str(run.findings),
        )
        for number, run in enumerate(told, start=1)
    ]
    note = "发现问题数含已说明理由的问题；为 0 的类别已逐条核对，未发现问题。"
    return _table(_RUN_HEAD, _RUN_COLUMNS, rows, note)


def _table(
    head: tuple[str, ...], columns: tuple[Column, ...], rows: list[tuple[str, ...]], note: str = ""
) -> Table:
    return Table(
        columns,
        (TableRow(tuple(Cell(text, align=Align.CENTRE) for text in head)),),
        tuple(TableRow(tuple(Cell(text) for text in row)) for row in rows),
        notes=(note,) if note else (),
    )


def _signatures() -> Iterator[Block]:
    for label in ("校核人", "日　期"):
        yield Paragraph((Run(f"{label}：{_SIGNED_BY_HAND}"),), TextRole.SIGNATURE)
