"""Hostile workbooks: shapes that hang a naive reader, lies about cells, formulas with a purpose."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from tests.importers.hostile import Hostile
from tests.importers.hostile_packages import MIB, in_package
from tests.importers.packages import HEAD, MAIN, cells, outward, relations, sheet, styles, xlsx

_ONE = cells(1, '<c r="A1"><v>1</v></c>')
_Made = Iterator[tuple[str, Callable[[], bytes]]]


def good(parts=None, outside="") -> bytes:
    """A small workbook as tricks start from it."""
    return xlsx(
        {"表一": sheet(_ONE + cells(2, '<c r="A2" t="s"><v>0</v></c>'))},
        texts=["名称"],
        parts=parts,
        outside=outside,
    )


def hostile_workbooks(canary: Path) -> Iterator[Hostile]:
    """Every hostile workbook."""
    yield from in_package("workbook", "xlsx", good, "xl/workbook.xml", canary)
    for trick, make in _large():
        yield Hostile(f"xlsx: {trick}", f"{trick[:20]}.xlsx", make, "workbook", False)
    for trick, make in (*_odd(), *_formulas(canary), *_brought(canary)):
        yield Hostile(f"xlsx: {trick}", f"{trick[:20]}.xlsx", make, "workbook", True)


def _one(rows: str, after: str = "") -> bytes:
    return xlsx({"表一": sheet(rows, "", after)})


def _book(rows: str, before: str = "", after: str = "", **more) -> Callable[[], bytes]:
    return lambda: xlsx({"表一": sheet(rows, before, after)}, **more)


def _merges(*references: str) -> str:
    inner = "".join(f'<mergeCell ref="{each}"/>' for each in references)
    return f"<mergeCells>{inner}</mergeCells>"


def _large() -> _Made:
    yield "整表合并", _book(_ONE, after=_merges("A1:XFD1048576"))
    yield "整列合并", _book(_ONE, after=_merges("A1:A1048576"))
    yield "整行合并", _book(_ONE, after=_merges("A1:XFD1"))
    yield (
        "重叠合并",
        lambda: _one(_ONE, after=_merges(*(f"A{n}:Z{n + 900}" for n in range(1, 4_000)))),
    )
    yield (
        "两万处合并",
        lambda: _one(_ONE, after=_merges(*(f"A{n}:B{n}" for n in range(1, 20_000)))),
    )
    yield "倒写的合并", _book(_ONE, after=_merges("C3:A1"))
    yield "写错的合并", _book(_ONE, after=_merges("A1:ZZZZ99999999"))
    for place in ("XFD1048576", "XFD1", "A1048576", "AMK1", "A65537", "ZZZ9"):
        yield f"远处单元格{place}", _book(f'<row><c r="{place}"><v>1</v></c></row>')
    for place in ("A0", "1A", "", "ZZZZ1", "A99999999999999", "a1", "A-1", "А1"):
        yield f"写错的位置{place}", _book(f'<row r="1"><c r="{place}"><v>1</v></c></row>')
    for row in ("1048576", "99999999999999999999", "-1", "0x10", "１", ""):
        yield f"写错的行号{row}", _book(f'<row r="{row}"/>')
    yield (
        "三十万行",
        lambda: _one(
            "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 300_001))
        ),
    )
    yield "一百万空行", lambda: _one("<row/>" * 1_000_000)
    yield "四十万单元格", lambda: _one(f"<row r='1'>{'<c><v>1</v></c>' * 400_000}</row>")
    yield "两千个工作表", lambda: xlsx({f"表{n}": sheet(_ONE) for n in range(2_000)})
    yield "八十兆空格", lambda: good(parts={"xl/sharedStrings.xml": _spaces(80)})
    yield "重复的长文字", lambda: _repeated(30_000, 2_000)
    yield (
        "五十万文字",
        lambda: good(
            parts={
                "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{"<si><t>x</t></si>" * 500_000}</sst>'
            }
        ),
    )
    yield (
        "一百万片段",
        lambda: good(
            parts={
                "xl/sharedStrings.xml": (
                    f'<sst xmlns="{MAIN}"><si>{"<r><t>x</t></r>" * 1_000_000}</si></sst>'
                )
            }
        ),
    )
    yield (
        "十万样式",
        lambda: good(
            parts={
                "xl/styles.xml": (
                    f'<styleSheet xmlns="{MAIN}"><cellXfs>{"<xf/>" * 100_000}</cellXfs>'
                    "</styleSheet>"
                )
            }
        ),
    )
    yield (
        "十万名称",
        lambda: good(
            parts={"xl/x.xml": f'<a xmlns="{MAIN}">{"<definedName>A1</definedName>" * 100_000}</a>'}
        ),
    )
    yield "同一格写两次", _book(cells(1, '<c r="A1"><v>1</v></c>', '<c r="A1"><v>2</v></c>'))


def _odd() -> _Made:
    for number in (
        "1e999999", "-1e999999", "1_000", "0x1F", "NaN", "inf", "１２", "1,234", "--1", "1e", ".",
        "1" * 5_000, "0." + "0" * 500 + "1", "1e-400", "=1+1", "1 2", "+", "١٢", "1" + "0" * 39,
    ):  # fmt: skip
        yield f"数字{number[:12]}", _book(cells(1, f'<c r="A1"><v>{number}</v></c>'))
    for kind in ("s", "str", "b", "e", "d", "inlineStr", "x", ""):
        yield f"类型{kind}没有值", _book(cells(1, f'<c r="A1" t="{kind}"/>'))
        yield f"类型{kind}值为负", _book(cells(1, f'<c r="A1" t="{kind}"><v>-1</v></c>'))
    for index in ("99999999", "-1", "x", "9" * 50):
        yield f"文字序号{index[:9]}", _book(cells(1, f'<c r="A1" t="s"><v>{index}</v></c>'))
    for style in ("-1", "99999", "x", "9" * 40):
        yield f"样式序号{style[:9]}", _book(cells(1, f'<c r="A1" s="{style}"><v>1</v></c>'))
    for serial in ("-1", "0", "60", "2958466", "1e30", "1e-30", "45000.999999999999"):
        yield (
            f"日期{serial}",
            _book(cells(1, f'<c r="A1" s="1"><v>{serial}</v></c>'), formats=["yyyy-mm-dd"]),
        )
    codes = ("[" * 250, '"' * 251, "y" * 255, "0," * 120, "\\" * 255, "_" * 255, "#" * 99_000)
    for at, code in enumerate(codes):
        yield f"怪格式{at}", _book(cells(1, '<c r="A1" s="1"><v>45000</v></c>'), formats=[code])
    yield (
        "五千处合并",
        lambda: _one(_ONE, after=_merges(*(f"A{n}:B{n + 1}" for n in range(1, 10_000, 2)))),
    )
    yield "列区域巨大", _book(_ONE, '<cols><col min="1" max="99999999999" hidden="1"/></cols>')
    yield "列区域写错", _book(_ONE, '<cols><col min="x" max="-5" hidden="1"/></cols>')
    yield "工作表名很长", lambda: xlsx({"名" * 5_000: sheet(_ONE)})
    yield "工作表名含标记", lambda: xlsx({"<img src='file:///etc/passwd'>": sheet(_ONE)})
    yield (
        "工作表指向上级",
        lambda: good(
            parts={
                "xl/_rels/workbook.xml.rels": relations(
                    {"s0": ("worksheet", "../../../etc/passwd")}
                )
            }
        ),
    )
    yield (
        "工作表指向自己",
        lambda: good(
            parts={"xl/_rels/workbook.xml.rels": relations({"s0": ("worksheet", "workbook.xml")})}
        ),
    )
    yield "没有工作表", lambda: xlsx({})
    yield (
        "转义字符",
        lambda: xlsx(
            {"表一": sheet(cells(1, '<c r="A1" t="s"><v>0</v></c>'))},
            texts=["_x0000__xD800__x202E_"],
        ),
    )
    yield "没有单元格的值", _book("<v>1</v><row><v>2</v></row>")
    yield "单元格嵌套", _book('<row r="1"><c r="A1"><c r="B1"><v>1</v></c></c></row>')


def _formulas(canary: Path) -> _Made:
    for at, formula in enumerate(
        (
            'DDE("cmd","/c calc","x")',
            "cmd|'/c calc'!A0",
            f'WEBSERVICE("{canary.as_uri()}")',
            'WEBSERVICE("http://127.0.0.1:9/x")',
            f'HYPERLINK("{canary.as_uri()}","点")',
            "'[1]表'!A1",
            f"'file://{canary}'#$Sheet1.A1",
            "'\\\\127.0.0.1\\share\\[x.xlsx]表'!A1",
            'IMPORTXML("http://127.0.0.1","//a")',
            'CALL("kernel32","WinExec","JCJ","calc",0)',
            'REGISTER.ID("x","y")',
            "A1+" * 20_000 + "A1",
        )
    ):
        safe = formula.replace("&", "&amp;").replace("<", "&lt;")
        yield f"公式{at}没有结果", _book(cells(1, f'<c r="A1"><f>{safe}</f></c>'))
        yield f"公式{at}有结果", _book(cells(1, f'<c r="A1" t="str"><f>{safe}</f><v>=1</v></c>'))
    shared = '<c r="A1"><f t="shared" ref="A1:XFD1048576" si="0">B1</f><v>1</v></c>'
    yield "共享公式区域巨大", _book(cells(1, shared))
    array = '<c r="A1"><f t="array" ref="A1:XFD1048576">B1</f><v>1</v></c>'
    yield "数组公式区域巨大", _book(cells(1, array))
    checks = '<dataValidations><dataValidation sqref="A1:XFD1048576"/></dataValidations>'
    yield "有效性区域巨大", _book(_ONE, after=checks)


def _brought(canary: Path) -> _Made:
    outside = outward("e", "externalLinkPath", str(canary))
    yield (
        "外部工作簿",
        lambda: good(
            parts={
                "xl/externalLinks/externalLink1.xml": f'<externalLink xmlns="{MAIN}"/>',
                "xl/externalLinks/_rels/externalLink1.xml.rels": relations({}, outside),
            }
        ),
    )
    yield "宏", lambda: good(parts={"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(900)})
    yield "四点零宏表", lambda: good(parts={"xl/macrosheets/sheet1.xml": sheet(_ONE)})
    yield "嵌入对象", lambda: good(parts={"xl/embeddings/oleObject1.bin": bytes(900)})
    yield (
        "数据连接",
        lambda: good(parts={"xl/connections.xml": f'{HEAD}<connections xmlns="{MAIN}"/>'}),
    )
    yield "批注", lambda: good(parts={"xl/comments1.xml": f'{HEAD}<comments xmlns="{MAIN}"/>'})
    yield "样式很多", lambda: good(parts={"xl/styles.xml": styles(["0.0"] * 5_000)})


def _spaces(mebibytes: int) -> str:
    return f'<sst xmlns="{MAIN}"><si><t>{" " * (mebibytes * MIB)}</t></si></sst>'


def _repeated(length: int, count: int) -> bytes:
    row = "".join('<c t="s"><v>0</v></c>' for _ in range(count // 4))
    rows = "".join(f'<row r="{n}">{row}</row>' for n in range(1, 5))
    return xlsx({"表一": sheet(rows)}, texts=["长" * length])
