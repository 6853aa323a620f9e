"""Verbs that read: dump, check, verify, addresses."""

from __future__ import annotations

import base64
import json
import sys
from argparse import Namespace
from collections.abc import Iterator

from commands.check_report import check_report_target, write_report
from commands.plan_data import LINEAGE
from commands.plans import OpenPlan, read
from forms.address import Address
from forms.checks import Finding, run_checks
from forms.dismissals import Dismissal, Reviewed, review
from forms.kinds import unit_of
from forms.loading import open_pack
from forms.places import locate
from forms.plan_json import Json, plan_to_json
from forms.plan_schema import plan_schema
from forms.reading import describe_kind
from forms.schema import (
    IndicatorTable,
    Item,
    Mark,
    Pack,
    Period,
    Section,
    Severity,
    Table,
    YearTable,
)
from forms.slots import Slot, slots_of
from forms.wording import plain_words

SEVERITY_WORDS = {Severity.MUST: "必须改", Severity.SHOULD: "建议改"}
_PERIOD_WORDS = {Period.HISTORY: "{历史年}", Period.PLAN: "{实施年}"}


def dump(arguments: Namespace) -> int:
    """Print a plan as sorted JSON, without loss."""
    print_json(plan_data(read(arguments.file)))
    return 0


def plan_data(plan: OpenPlan) -> dict[str, Json]:
    """The plan data of a plan file: what was typed, its pictures, its lineage."""
    parts = plan.file.meta.parts()
    origin: dict[str, Json] = {}
    if plan.file.lineage:
        origin["lineage"] = list(plan.file.lineage)
    if plan.file.by:
        origin["by"] = plan.file.by
    data: dict[str, Json] = {
        **plan_to_json(plan.pack, plan.file.answers),
        "plan": {**{key: parts[key] for key in LINEAGE}, **origin},
    }
    if plan.file.pictures:
        data["pictures"] = {
            name: base64.b64encode(content).decode() for name, content in plan.file.pictures.items()
        }
    return data


def check(arguments: Namespace) -> int:
    """Print the findings, and the check report when asked for; 1 when any of them is open."""
    target = check_report_target(arguments)
    plan = read(arguments.file)
    view = plan.view
    reviewed = review(view, run_checks(view))
    written = write_report(plan, target) if target else None  # before anybody stops reading
    if arguments.json:
        print_json(_reviewed_json(reviewed))
    else:
        print(report(reviewed))
    if written is not None:
        print(f"已写入 {written}", file=sys.stderr if arguments.json else sys.stdout)
    return 1 if reviewed.open else 0


def verify(arguments: Namespace) -> int:
    """Verify a plan file to the last byte and say what it is."""
    plan = read(arguments.file)
    meta = plan.file.meta
    print(f"完好：{meta.title or '（未命名方案）'}")
    print(f"编号 {meta.plan_id}　版次 {meta.revision}　校验根 {meta.root[:16]}")
    print(f"政策包 {meta.pack_id}　图片 {len(plan.file.pictures)} 张")
    return 0


def addresses(arguments: Namespace) -> int:
    """List every address of a pack, or its JSON Schema."""
    pack = open_pack(arguments.pack)
    if arguments.schema:
        print_json(plan_schema(pack))
        return 0
    for line in _address_lines(pack):
        print("\t".join(line))
    return 0


def report(reviewed: Reviewed) -> str:
    """The findings as text: a line with the counts, then one line each, answered ones last."""
    first = "，".join(f"{SEVERITY_WORDS[s]} {reviewed.count(s)} 项" for s in Severity)
    if reviewed.dismissed:
        first += f"，已说明 {len(reviewed.dismissed)} 项"
    lines = [
        f"{SEVERITY_WORDS[f.severity]}\t{f.rule}\t{f.sentence}{f.remedy}{_before(reviewed, f)}"
        f"\t{f.places[0]}"
        for f in reviewed.open
    ]
    lines += [
        f"已说明\t{each.finding.rule}\t{each.finding.sentence}理由：{said(each.record)}"
        f"\t{each.finding.places[0]}"
        for each in reviewed.dismissed
    ]
    return "\n".join([f"检查完成：{first}。", *lines])


def said(record: Dismissal) -> str:
    """A reason with person and day."""
    day = plain_words(record.day) if record.day else ""
    by = "，".join(part for part in (record.person, day) if part)
    reason = record.reason.rstrip("。")
    return f"{reason}（{by}）" if by else reason


def _before(reviewed: Reviewed, finding: Finding) -> str:
    record = reviewed.answered_before(finding)
    return f"数据已变化，须重新核对；此前说明：{said(record)}。" if record else ""


def print_json(data: Json) -> None:
    """JSON on standard output: sorted, indented, Chinese as it is."""
    print(json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1))


def _reviewed_json(reviewed: Reviewed) -> Json:
    still: list[Json] = [_finding_json(finding) for finding in reviewed.open]
    return still + [_finding_json(each.finding, each.record) for each in reviewed.dismissed]


def _finding_json(finding: Finding, record: Dismissal | None = None) -> Json:
    answer: dict[str, Json] = {}
    if record is not None:
        day = record.day.isoformat() if record.day else ""
        answer["dismissed"] = {"reason": record.reason, "person": record.person, "day": day}
    return {
        **answer,
        "rule": finding.rule,
        "severity": finding.severity.value,
        "sentence": finding.sentence,
        "remedy": finding.remedy,
        "places": [str(place) for place in finding.places],
        "clause": finding.clause,
    }


def _address_lines(pack: Pack) -> Iterator[tuple[str, ...]]:
    yield ("地址", "名称", "类型", "单位", "要求")
    for section in pack.sections():
        for item in section.items:
            for slot in slots_of(section, item):
                yield _line(pack, section, item, slot)


def _line(pack: Pack, section: Section, item: Item, slot: Slot) -> tuple[str, ...]:
    year = f"/{_PERIOD_WORDS[slot.years]}" if slot.years else ""
    match item:
        case Table():
            address = f"{section.key}/{item.key}/{{行}}/{slot.key[2]}{year}"
        case YearTable() | IndicatorTable():
            address = f"{section.key}/{item.key}/{slot.key[2].replace('.', '/')}{year}"
        case _:
            address = f"{section.key}/{item.key}"
    required = "计算" if slot.is_computed else _mark_words(pack, slot)
    return (address, slot.label, describe_kind(slot.kind), unit_of(slot.kind), required)


def _mark_words(pack: Pack, slot: Slot) -> str:
    section, item, inner = slot.key
    row, _, column = inner.partition(".")
    here = pack.index.items[section, item]
    match here:
        case Table():
            address = Address(section, item, "r1", inner, 2000 if slot.years else 0)
        case YearTable():
            address = Address(section, item, inner, "", 2000)
        case IndicatorTable():
            address = Address(section, item, row, column)
        case _:
            address = Address(section, item)
    words = {Mark.NOTICE: "必填", Mark.REVIEW: "应填", Mark.OPTIONAL: "选填"}
    return words[locate(pack, address).mark]
