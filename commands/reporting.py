"""Verbs that read: dump, check, verify, addresses."""

from __future__ import annotations

import base64
import json
from argparse import Namespace
from collections.abc import Iterator

from commands.plan_data import LINEAGE
from commands.plans import OpenPlan, read
from forms.address import Address
from forms.checks import Finding, run_checks
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

SEVERITY_WORDS = {Severity.MUST: "必须改", Severity.SHOULD: "建议改"}
_PERIOD_WORDS = {Period.HISTORY: "{历史年}", Period.PLAN: "{实施年}"}


def dump(arguments: Namespace) -> int:
    """Print a plan as sorted JSON, without loss."""
    print_json(plan_data(read(arguments.file)))
    return 0


def plan_data(plan: OpenPlan) -> dict[str, Json]:
    """The plan data of a plan file: what was typed, its pictures, its lineage."""
    parts = plan.file.meta.parts()
    data: dict[str, Json] = {
        **plan_to_json(plan.pack, plan.file.answers),
        "plan": {key: parts[key] for key in LINEAGE},
    }
    if plan.file.pictures:
        data["pictures"] = {
            name: base64.b64encode(content).decode() for name, content in plan.file.pictures.items()
        }
    return data


def check(arguments: Namespace) -> int:
    """Print the findings; 1 when there are any."""
    plan = read(arguments.file)
    findings = run_checks(plan.view)
    if arguments.json:
        print_json([_finding_json(finding) for finding in findings])
    else:
        print(report(findings))
    return 1 if findings else 0


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


def report(findings: tuple[Finding, ...]) -> str:
    """The findings as text: first a line with the counts, then one line each."""
    counts = {
        severity: sum(finding.severity is severity for finding in findings) for severity in Severity
    }
    first = "，".join(f"{SEVERITY_WORDS[s]} {counts[s]} 项" for s in Severity)
    lines = [
        f"{SEVERITY_WORDS[f.severity]}\t{f.rule}\t{f.sentence}{f.remedy}\t{f.places[0]}"
        for f in findings
    ]
    return "\n".join([f"检查完成：{first}。", *lines])


def print_json(data: Json) -> None:
    """JSON on standard output: sorted, indented, Chinese as it is."""
    print(json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1))


def _finding_json(finding: Finding) -> Json:
    return {
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
