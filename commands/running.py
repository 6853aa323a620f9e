"""Runs one verb of the command line: 0 good, 1 findings, 2 bad input."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass

from commands import changing, comparing, exporting, making, merging, print_orders, reporting
from commands.parsing import Parser
from commands.plans import CommandError
from exporters.errors import ExportError
from forms.address import AddressError
from forms.edits import EditError
from forms.loading import PackError
from forms.places import UnknownAddressError
from forms.plan_json import PlanJsonError
from importers.errors import ReceivedError
from resources import version
from storage import StorageError

_BAD_INPUT = 2
_INTERRUPTED = 130
_KNOWN = (
    CommandError,
    StorageError,
    ReceivedError,
    ExportError,
    PackError,
    EditError,
    UnknownAddressError,
    AddressError,
    PlanJsonError,
)
_HEAD = """\
园策：编制园区循环化改造实施方案。不带参数时打开窗口。

命令："""
_FOOT = """\
其他：
  yuance --self-test
      在临时文件夹中做一遍 demo，核对程序文件是否齐全
  yuance --version
      显示版本
  yuance 命令 --help
      显示一个命令的说明

地址：每个值有一个地址，addresses 列出全部。例如
      period/base_year            单项
      projects/list/p01/name      表格的值：章节/表/行号/列
      economy/output/gdp/2025     分年的值：末段为年份
值：  金额和数值可带单位（1.2亿元）；单选、多选写选项名称或键，多选用“、”分隔；
      图片写图片文件的路径；留空（地址=）即清除；行地址=+ 新增一行，行地址=- 删除一行。
结果：0 正常；1 检查发现问题；2 输入有误，标准错误输出一行说明，不写任何文件。
      写文件时已有的同名文件会被替换；写不成时，原有文件不变。
格式：dump 和 load 的数据格式见 docs/plan-json.md。"""


@dataclass(frozen=True, slots=True)
class Verb:
    """One command: how to call it, what it does, which arguments it takes, what runs it."""

    usage: str
    words: str
    arguments: Callable[[Parser], None]
    run: Callable[[Namespace], int]


def run(arguments: list[str]) -> int:
    """Run one verb; known errors become one line on standard error and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:  # a file name may hold bytes that are no text
            reconfigure(errors="backslashreplace")
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:  # `dump | head`: whoever reads has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except _KNOWN as error:
        return _refuse(str(error))
    except OSError as error:
        return _refuse(f"读写失败（{error.strerror or error}），请检查磁盘和权限后重试。")
    except KeyboardInterrupt:
        print("已取消。", file=sys.stderr)
        return _INTERRUPTED
    return code


def _refuse(sentence: str) -> int:
    print(" ".join(sentence.split()), file=sys.stderr)
    return _BAD_INPUT


def _run(arguments: list[str]) -> int:
    name, *rest = arguments or [""]
    if name in ("-h", "--help"):
        print(_help())
        return 0
    if name == "--version":
        print(f"yuance {version()}")
        return 0
    if name == "--self-test":
        return exporting.self_test()
    if name not in VERBS:
        what = f"没有命令“{name}”" if name else "缺少命令"
        raise CommandError(f"{what}，可用：{'、'.join(VERBS)}。用法见 yuance --help。")
    try:
        parsed = _parser(name).parse_args(rest)
    except SystemExit:  # argparse leaves this way after --help
        return 0
    return VERBS[name].run(parsed)


def _parser(name: str) -> Parser:
    verb = VERBS[name]
    parser = Parser(f"yuance {name}", verb.usage, verb.words)
    verb.arguments(parser)
    return parser


def _help() -> str:
    verbs = (f"  yuance {name} {verb.usage}\n      {verb.words}" for name, verb in VERBS.items())
    return "\n".join((f"用法：yuance 命令 …\n\n{_HEAD}", *verbs, "", _FOOT))


_PLAN = ("file", "FILE.yuance", "方案文件")
_OUT = ("out", "OUT.yuance", "写出的方案文件")


def _sample(parser: Parser) -> None:
    parser.place(*_OUT)
    parser.number("--projects", "N", "项目数，省略则按示例原样", making.MOST_PROJECTS)


def _new(parser: Parser) -> None:
    parser.place(*_OUT)
    parser.option("--pack", "ID", f"政策包，省略为 {making.DEFAULT_PACK}", making.DEFAULT_PACK)
    parser.options("--set", "地址=值", "同时填写的值，写在 OUT 之后，可写多个")


def _set(parser: Parser) -> None:
    parser.place(*_PLAN)
    parser.places("assignments", "地址=值", "要填写的值；行地址=+ 新增一行，行地址=- 删除一行")


def _plan(parser: Parser) -> None:
    parser.place(*_PLAN)


def _load(parser: Parser) -> None:
    parser.place("json", "JSON", "方案数据文件，格式见 docs/plan-json.md")
    parser.place(*_OUT)


def _merge(parser: Parser) -> None:
    parser.place("mine", "MINE.yuance", "我的版本")
    parser.place("theirs", "THEIRS.yuance", "对方的版本")
    parser.place(*_OUT)
    parser.option("--base", "BASE.yuance", "两个版本共同的来源；省略时，不同的值都算冲突")
    parser.option("--take", "版本", "冲突处用 mine（我的）、theirs（对方的）或 both（两者都留）")


def _check(parser: Parser) -> None:
    parser.place(*_PLAN)
    parser.switch(
        "--json", "以 JSON 列表输出，每项含 rule、severity、sentence、remedy、places、clause"
    )
    parser.option("--report", "F", "同时写出校核报告，扩展名为 .docx 或 .pdf")


def _diff(parser: Parser) -> None:
    parser.place("one", "A.yuance", "先前的方案文件")
    parser.place("other", "B.yuance", "后来的方案文件")
    parser.switch(
        "--json", "以 JSON 列表输出，每项含 address、sort、section、place、before、after 等"
    )


def _history(parser: Parser) -> None:
    parser.place("plan", "PLAN", "方案文件，本机有它的草稿；或草稿文件夹")
    parser.option("--section", "节", "只看一节，写节的键或标题")
    parser.option("--who", "姓名", "只看一个人的修改")
    parser.option("--since", "日期", "只看这一天（2026-03-01）以来的修改")
    parser.switch("--json", "以 JSON 列表输出，每项含 revision、at、who、source、label、changes")


def _export(parser: Parser) -> None:
    parser.place(*_PLAN)
    print_orders.export_arguments(parser)


def _addresses(parser: Parser) -> None:
    parser.option("--pack", "ID", f"政策包，省略为 {making.DEFAULT_PACK}", making.DEFAULT_PACK)
    parser.switch("--schema", "改为输出方案数据的 JSON Schema")


def _demo(parser: Parser) -> None:
    parser.option("--out", "文件夹", "写到哪个文件夹，省略为 out", "out")


VERBS = {
    "sample": Verb(
        "[--projects N] OUT.yuance",
        "写出示例方案；--projects 把重点项目增减到 N 个",
        _sample,
        making.sample,
    ),
    "new": Verb(
        "[--pack ID] OUT.yuance [--set 地址=值 …]",
        "新建方案，可同时填写一些值",
        _new,
        making.new,
    ),
    "set": Verb(
        "FILE.yuance 地址=值 …",
        "修改方案中的值，一次修改为一个版次；有一项不合规则全部不写",
        _set,
        changing.set_values,
    ),
    "dump": Verb(
        "FILE.yuance",
        "输出方案的全部内容：键有序的 JSON，不丢失任何内容",
        _plan,
        reporting.dump,
    ),
    "load": Verb(
        "JSON OUT.yuance",
        "由 dump 格式的数据写出方案；有一处不合规则不写",
        _load,
        making.load,
    ),
    "merge": Verb(
        "MINE.yuance THEIRS.yuance [--base BASE.yuance] OUT.yuance [--take mine|theirs|both]",
        "合并同一方案的两个版本；有冲突而未选定时逐处列出，结果为 1，不写",
        _merge,
        merging.merge_files,
    ),
    "check": Verb(
        "FILE.yuance [--json] [--report F]",
        "勾稽与形式审查；没有问题或都已说明理由为 0，否则为 1",
        _check,
        reporting.check,
    ),
    "diff": Verb(
        "A.yuance B.yuance [--json]",
        "逐项比较两个方案文件，文字按词标出增删；没有不同为 0，否则为 1",
        _diff,
        comparing.diff,
    ),
    "history": Verb(
        "PLAN [--section 节] [--who 姓名] [--since 日期] [--json]",
        "列出本机草稿的修改记录，新的在前；方案文件本身不带修改记录",
        _history,
        comparing.show_history,
    ),
    "export": Verb(
        "FILE.yuance [--docx F] [--pdf F] [--xlsx F] [选项]",
        "导出 Word、PDF、Excel 和报送所需的其他文件，至少指定一种；有一种做不成则都不写",
        _export,
        exporting.export,
    ),
    "verify": Verb(
        "FILE.yuance",
        "逐字节核对方案文件是否完好，并说明它是哪个方案的第几版",
        _plan,
        reporting.verify,
    ),
    "addresses": Verb(
        "[--pack ID] [--schema]",
        "列出全部地址、名称、类型、单位、要求（制表符分隔）",
        _addresses,
        reporting.addresses,
    ),
    "demo": Verb(
        "[--out 文件夹]",
        "无显示器时的演示：示例方案、检查、Word、PDF、Excel",
        _demo,
        exporting.demo,
    ),
}
