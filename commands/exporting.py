"""Verbs that make documents: export, and the demonstration on machines without a display."""

from __future__ import annotations

import sys
import tempfile
from argparse import Namespace
from pathlib import Path

from commands.making import sample_plan
from commands.plans import CommandError, OpenPlan, check_target, read, write
from commands.reporting import report
from forms.checks import run_checks
from forms.dismissals import review
from forms.loading import open_pack
from forms.schema import Severity
from storage import safe_save


def export(arguments: Namespace) -> int:
    """Write the documents asked for; nothing is written when one cannot be made."""
    wanted = {
        suffix: Path(target)
        for suffix in ("docx", "pdf", "xlsx")
        if (target := getattr(arguments, suffix)) is not None
    }
    if not wanted:
        raise CommandError("请至少指定 --docx、--pdf、--xlsx 之一。")
    for target in wanted.values():
        check_target(target, Path(arguments.file))
    if len({target.resolve() for target in wanted.values()}) < len(wanted):
        raise CommandError("几种文件不能写到同一个文件名，请分别指定。")
    plan = read(arguments.file)
    written = write_documents(plan, wanted)
    must = review(plan.view, run_checks(plan.view)).count(Severity.MUST)
    if must:
        print(f"方案还有必须改 {must} 项未改，用 check 命令查看。")
    for path in written:
        print(f"已写入 {path}")
    return 0


def demo(arguments: Namespace) -> int:
    """Sample plan, check, Word, PDF and Excel into a folder: the work without a window."""
    folder = Path(arguments.out)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CommandError(f"不能建立文件夹“{folder}”，请换一个位置或检查权限。") from error
    plan = sample_plan()
    print(f"示例方案 {write(str(folder / '示例方案.yuance'), plan)}")
    opened = OpenPlan(plan, open_pack(plan.meta.pack_id))
    view = opened.view
    print(report(review(view, run_checks(view))).splitlines()[0])
    wanted = {suffix: folder / f"示例方案.{suffix}" for suffix in ("docx", "pdf", "xlsx")}
    for path in write_documents(opened, wanted):
        print(f"已写入 {path}（{path.stat().st_size // 1024} KB）")
    return 0


def self_test() -> int:
    """The demonstration in a temporary folder: proves that a bundle carries all it needs."""
    with tempfile.TemporaryDirectory(prefix="yuance-") as folder:
        demo(Namespace(out=folder))
    print("自检通过")
    return 0


def write_documents(plan: OpenPlan, wanted: dict[str, Path]) -> list[Path]:
    """Make every document first, then write them; the paths written."""
    from exporters.export import Format, Source, export_plan

    meta = plan.file.meta
    source = Source(plan.view, plan.picture, meta.plan_id, meta.root[:16])
    made = export_plan(source, tuple(Format(suffix) for suffix in wanted))
    for notice in dict.fromkeys(notice for file in made for notice in file.notices):
        print(f"提示：{notice}", file=sys.stderr)
    return [safe_save(wanted[file.format.value], file.content) for file in made]
