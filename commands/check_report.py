"""The check report as a file: Word or PDF, by its suffix."""

from __future__ import annotations

import sys
from argparse import Namespace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from commands.plans import CommandError, OpenPlan, check_target
from exporters.order import Format
from resources import version
from storage import safe_save

if TYPE_CHECKING:
    from exporters.compose.check_report import ReportFacts

_SUFFIXES = (".docx", ".pdf")


def check_report_target(arguments: Namespace) -> Path | None:
    """Where the report goes, refused before any work when it cannot; None when none is wanted."""
    if arguments.report is None:
        return None
    target = Path(arguments.report)
    if target.suffix.lower() not in _SUFFIXES:
        raise CommandError(f"校核报告“{target.name}”的扩展名应为 .docx 或 .pdf。")
    check_target(target, Path(arguments.file))
    return target


def report_facts(plan: OpenPlan) -> ReportFacts:
    """Which version of a plan file is checked, today, by this program."""
    from exporters.compose.check_report import ReportFacts

    meta = plan.file.meta
    return ReportFacts(
        day=datetime.now().astimezone().date(),
        revision=f"{meta.revision}（校验 {meta.root[:16]}）",
        program=f"园策 {version()}",
    )


def write_report(plan: OpenPlan, target: Path) -> Path:
    """Make the check report of a plan file and write it; the path written."""
    from exporters.export import Source, export_report

    meta = plan.file.meta
    source = Source(plan.view, plan.picture, meta.plan_id, meta.root[:16])
    format_ = Format(target.suffix.lower().lstrip("."))
    (made,) = export_report(source, report_facts(plan), (format_,))
    for notice in made.notices:
        print(f"提示：{notice.about.value}：{notice.text}", file=sys.stderr)
    return safe_save(target, made.content)
