"""Verbs that make documents: export, and the demonstration on machines without a display."""

from __future__ import annotations

import sys
import tempfile
from argparse import Namespace
from pathlib import Path

from commands.check_report import report_facts
from commands.making import sample_plan
from commands.plans import CommandError, OpenPlan, read, write
from commands.print_orders import Printing, printing
from commands.reporting import report
from exporters.order import Format, PrintOrder
from forms.checks import run_checks
from forms.dismissals import review
from forms.loading import open_pack
from forms.schema import Severity
from storage import make_folders, safe_save
from storage.sticks import is_safe_to_pull


def export(arguments: Namespace) -> int:
    """Write the documents asked for; nothing is written when one cannot be made."""
    plan = read(arguments.file)
    view = plan.view
    wanted = printing(arguments, view)
    written = write_documents(plan, wanted)
    must = review(view, run_checks(view)).count(Severity.MUST)
    if must:
        print(f"方案还有必须改 {must} 项未改，用 check 命令查看。")
    for path in written:
        print(f"已写入 {path}")
    if written and all([is_safe_to_pull(path) for path in written]):
        print("已核对，可以安全拔出 U 盘。")
    return 0


def demo(arguments: Namespace) -> int:
    """Sample plan, check, Word, PDF and Excel into a folder: the work without a window."""
    folder = Path(arguments.out)
    try:
        make_folders(folder)
    except OSError as error:
        raise CommandError(f"不能建立文件夹“{folder}”，请换一个位置或检查权限。") from error
    plan = sample_plan()
    print(f"示例方案 {write(str(folder / '示例方案.yuance'), plan)}")
    opened = OpenPlan(plan, open_pack(plan.meta.pack_id))
    view = opened.view
    print(report(review(view, run_checks(view))).splitlines()[0])
    targets = {("", each): folder / f"示例方案.{each.value}" for each in Format}
    wanted = Printing(PrintOrder(), targets)
    for path in write_documents(opened, wanted):
        print(f"已写入 {path}（{path.stat().st_size // 1024} KB）")
    return 0


def self_test() -> int:
    """The demonstration in a temporary folder: proves that a bundle carries all it needs."""
    with tempfile.TemporaryDirectory(prefix="yuance-") as folder:
        demo(Namespace(out=folder))
    print("自检通过")
    return 0


def write_documents(plan: OpenPlan, wanted: Printing) -> list[Path]:
    """Make every document first, then write them; the paths written."""
    from exporters.export import Source, export_plan
    from exporters.made import by_subject

    meta = plan.file.meta
    source = Source(plan.view, plan.picture, meta.plan_id, meta.root[:16], report_facts(plan))
    made = export_plan(source, wanted.order)
    for about, texts in by_subject(notice for file in made for notice in file.notices):
        for text in texts:
            print(f"提示：{about.value}：{text}", file=sys.stderr)
    return [safe_save(wanted.targets[file.title, file.format], file.content) for file in made]
