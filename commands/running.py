"""Parses the command line of the verbs and runs one: 0 good, 1 findings, 2 bad input."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable
from typing import NoReturn

from commands import changing, exporting, making, reporting
from commands.plans import CommandError
from exporters.errors import ExportError
from forms.address import AddressError
from forms.edits import EditError
from forms.loading import PackError
from forms.places import UnknownAddressError
from forms.plan_json import PlanJsonError
from resources import version
from storage import StorageError

_BAD_INPUT = 2
_KNOWN = (
    CommandError,
    StorageError,
    ExportError,
    PackError,
    EditError,
    UnknownAddressError,
    AddressError,
    PlanJsonError,
)
VERBS = (
    "sample", "new", "set", "dump", "load", "check", "export", "verify", "addresses", "demo",
)  # fmt: skip
_EPILOG = """\
地址：每个值有一个地址，如 period/base_year、projects/list/p01/name、economy/output/gdp/2025；
      addresses 列出全部地址。图片项的值写图片文件的路径。
退出码：0 正常；1 检查发现问题；2 输入有误（标准错误输出一行说明，不写任何文件）。
数据格式：docs/plan-json.md"""


class _Parser(ArgumentParser):
    """An argument parser that answers a mistake with one line."""

    def error(self, message: str) -> NoReturn:
        """Leave with the mistake on standard error."""
        raise CommandError(f"参数有误：{message}。用 --help 查看用法。")


def run(arguments: list[str]) -> int:
    """Run one verb; known errors become one line on standard error and exit code 2."""
    try:
        parsed = _parser().parse_args(arguments)
        verb: Callable[[Namespace], int] = parsed.verb
        return verb(parsed)
    except _KNOWN as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        return _BAD_INPUT
    except KeyError as error:
        print(f"方案缺少图片 {str(error)[:14]}，请重新插入。", file=sys.stderr)
        return _BAD_INPUT


def _parser() -> ArgumentParser:
    parser = _Parser(
        prog="yuance",
        description="园策：编制园区循环化改造实施方案。不带参数时打开窗口。",
        epilog=_EPILOG,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"yuance {version()}")
    parser.add_argument(
        "--self-test",
        dest="verb",
        action="store_const",
        const=exporting.self_test,
        help="在临时文件夹中生成示例方案的 Word、PDF、Excel 并报告",
    )
    verbs = parser.add_subparsers(title="命令", metavar="命令", parser_class=_Parser)
    _add_making(verbs.add_parser)
    _add_reading(verbs.add_parser)
    _add_exporting(verbs.add_parser)
    return parser


_Add = Callable[..., ArgumentParser]


def _add_making(add: _Add) -> None:
    sample = add("sample", help="写出示例方案")
    sample.add_argument("--projects", type=int, metavar="N", help="项目数（默认 24）")
    sample.add_argument("out", metavar="OUT.yuance")
    sample.set_defaults(verb=making.sample)
    new = add("new", help="新建方案")
    new.add_argument("--pack", default=making.DEFAULT_PACK, metavar="ID", help="政策包")
    new.add_argument("out", metavar="OUT.yuance")
    new.add_argument("--set", action="extend", nargs="+", metavar="地址=值", help="填写的值")
    new.set_defaults(verb=making.new)
    change = add("set", help="修改方案：地址=值；表格行：行地址=+ 新增，行地址=- 删除")
    change.add_argument("file", metavar="FILE.yuance")
    change.add_argument("assignments", nargs="+", metavar="地址=值")
    change.set_defaults(verb=changing.set_values)
    load = add("load", help="由 JSON 数据写出方案")
    load.add_argument("json", metavar="JSON")
    load.add_argument("out", metavar="OUT.yuance")
    load.set_defaults(verb=making.load)


def _add_reading(add: _Add) -> None:
    dump = add("dump", help="输出排序的 JSON，不丢失任何内容")
    dump.add_argument("file", metavar="FILE.yuance")
    dump.set_defaults(verb=reporting.dump)
    check = add("check", help="勾稽与形式审查")
    check.add_argument("file", metavar="FILE.yuance")
    check.add_argument("--json", action="store_true", help="以 JSON 输出")
    check.set_defaults(verb=reporting.check)
    verify = add("verify", help="核对方案文件是否完好")
    verify.add_argument("file", metavar="FILE.yuance")
    verify.set_defaults(verb=reporting.verify)
    addresses = add("addresses", help="列出全部地址、名称、类型、单位、要求")
    addresses.add_argument("--pack", default=making.DEFAULT_PACK, metavar="ID", help="政策包")
    addresses.add_argument("--schema", action="store_true", help="输出方案数据的 JSON Schema")
    addresses.set_defaults(verb=reporting.addresses)


def _add_exporting(add: _Add) -> None:
    export = add("export", help="导出 Word、PDF、Excel")
    export.add_argument("file", metavar="FILE.yuance")
    for suffix, name in (("docx", "Word"), ("pdf", "PDF"), ("xlsx", "Excel")):
        export.add_argument(f"--{suffix}", metavar="F", help=f"{name} 文件")
    export.set_defaults(verb=exporting.export)
    demo = add("demo", help="无显示器时的演示：示例方案、检查、Word、PDF、Excel")
    demo.add_argument("--out", default="out", metavar="文件夹")
    demo.set_defaults(verb=exporting.demo)
