"""The check report as a file: Word or PDF, by its suffix."""

from __future__ import annotations

import sys
from argparse import Namespace
from datetime import datetime
from pathlib import Path

from commands.plans import CommandError, OpenPlan, check_target
from resources import version
from storage import safe_save

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


def write_report(plan: OpenPlan, target: Path) -> Path:
    """Make the check report of a plan file and write it; the path written."""
    from exporters.compose.check_report import ReportFacts
    from exporters.export import Format, Source, export_report

    meta = plan.file.meta
    facts = ReportFacts(
        day=datetime.now().astimezone().date(),
        revision=f"{meta.revision}（校验 {meta.root[:16]}）",
        program=f"园策 {version()}",
    )
    source = Source(plan.view, plan.picture, meta.plan_id, meta.root[:16])
    (made,) = export_report(source, facts, (Format(target.suffix.lower().lstrip(".")),))
    for notice in made.notices:
        print(f"提示：{notice}", file=sys.stderr)
    return safe_save(target, made.content)
