"""The same neutral content for every peer: an invented plan, written once as JSON and pictures.

At scale 1: 100 pages of text at 22 lines of 28 characters, a 300 × 15 table, 10 charts and 10
photographs. The same scale gives the same content on every machine. Written by the driver, read by
each peer in its own process; the file of a Node peer is the same `content.json`.
"""

from __future__ import annotations

import json
import random
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeAlias

TITLE = "云溪工业园循环化改造实施方案"
_SEED = 20_040
_LETTERS_A_PAGE = 545  # of 22 × 28, less what headings, short last lines and indents take
_ROWS, _CHARTS, _PICTURES = 300, 10, 10
_YEARS = tuple(str(year) for year in range(2018, 2030))
_PHOTO = (1200, 800)

_WHO = (
    "园区管委会",
    "云溪热电公司",
    "澄江化工集团",
    "南湖再生铅厂",
    "北岸水务公司",
    "青石建材公司",
    "浐河片区",
    "鄠南片区",
    "入园企业",
    "循环经济服务中心",
    "“绿链”公共平台",
    "东侧物流港",
    "三期地块",
    "园区内十七家重点用能单位",
)
_DOES = (
    "加快建设",
    "统筹推进",
    "有序实施",
    "分期改造",
    "提标运行",
    "集中整治",
    "补齐完善",
    "联合申报",
    "试点示范",
    "协同优化",
)
_WHAT = (
    "余热梯级利用管网",
    "中水回用工程",
    "《园区物质流核算办法》要求的台账",
    "110kV变电站及配套线路",
    "废酸再生生产线",
    "一般固废（含尾矿）综合利用项目",
    "MVR蒸发装置",
    "VOCs在线监测网",
    "分布式光伏与储能系统",
    "CO₂捕集中试线",
    "“三废”集中处理设施",
    "GB/T 33567-2017对标提升行动",
    "含铬污泥资源化车间",
    "热电联产机组B-3",
    "危险废物暂存库",
    "产业链补链招商项目",
    "PM2.5与O₃协同管控",
)
_FIGURES = (
    "总投资{a:,.2f}万元",
    "综合能耗下降{b:.1f}%",
    "到{year}年处理能力达到{c}万m³",
    "年利用固废{d:,}吨",
    "工业用水重复利用率提高{b:.1f}个百分点",
    "单位产值取水量不高于{e:.2f}m³/万元",
    "新增建筑面积{d:,}㎡",
    "年节约标准煤{c}吨",
    "回收率保持在（{b:.0f}±{e:.1f}）%",
    "年减排二氧化碳{d:,} t",
)
_ENDS = (
    "，为园区绿色发展打下基础。",
    "；同步落实“谁受益、谁负担”的办法。",
    "，纳入年度考核！",
    "，是否达标由第三方复核？结论写入台账。",
    "……确保按期投运。",
    "——这是本方案的硬指标。",
    "（详见附表1）。",
    "，责任到岗：专人、专账、专户。",
)
_PLACES = ("浐河片区", "鄠南片区A-12地块", "北岸", "三期地块", "南湖再生铅厂厂区内")
_MONEY = ("企业自筹", "专项资金、银行贷款", "园区平台公司+社会资本")
_HEAD = (
    "序号",
    "项目名称",
    "性质",
    "建设地点",
    "建设内容及规模",
    "起止年限",
    "总投资（万元）",
    "2025年",
    "2026年",
    "2027年",
    "2028年",
    "2029年",
    "资金来源",
    "责任单位",
    "备注",
)
WIDTHS = (4, 13, 5, 8, 20, 8, 8, 7, 7, 7, 7, 7, 9, 9, 6)  # of the columns, any scale
FIGURE_COLUMNS = range(6, 12)  # set to the right


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 or 2 with its printed number."""

    level: int
    number: str
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph of the body."""

    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Clustered bars, values 0 to 100; `name` is that of its .svg and .png."""

    name: str
    title: str
    unit: str
    categories: tuple[str, ...]
    series: tuple[tuple[str, tuple[float, ...]], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A photograph; `file` is a JPEG beside the content."""

    file: str
    title: str
    width: int
    height: int


Block: TypeAlias = Heading | Text | Chart | Picture
_KINDS = {"heading": Heading, "text": Text, "chart": Chart, "picture": Picture}


@dataclass(frozen=True, slots=True)
class Content:
    """Blocks in print order, then the table on landscape pages."""

    title: str
    blocks: tuple[Block, ...]
    table_title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def make(scale: float) -> Content:
    """The content at a scale, without its pictures."""
    chance = random.Random(_SEED)
    letters = int(100 * scale * _LETTERS_A_PAGE)
    figures = _figures(chance, scale)
    every = letters / (len(figures) + 1)
    blocks: list[Block] = []
    written = placed = chapter = 0
    while written < letters:
        chapter += 1
        blocks.append(Heading(1, f"{chinese(chapter)}、", _phrase(chance)))
        for section in range(1, 6):
            blocks.append(Heading(2, f"（{chinese(section)}）", _phrase(chance)))
            for _ in range(chance.randint(4, 7)):
                blocks.append(Text(_paragraph(chance)))
                written += len(blocks[-1].text)
                if placed < len(figures) and written > every * (placed + 1):
                    blocks.append(figures[placed])
                    placed += 1
    blocks.extend(figures[placed:])
    rows = tuple(_row(chance, number) for number in range(1, round(_ROWS * scale) + 1))
    return Content(TITLE, tuple(blocks), "附表1 重点项目表", tuple(_HEAD), rows)


def write(folder: Path, scale: float) -> None:
    """Put `content.json`, the charts as .svg and .png, and the photographs into a folder."""
    from pictures import chart_png, chart_svg, photograph

    content = make(scale)
    folder.mkdir(parents=True, exist_ok=True)
    for number, block in enumerate(content.blocks):
        if isinstance(block, Chart):
            (folder / f"{block.name}.svg").write_text(chart_svg(block), encoding="utf-8")
            (folder / f"{block.name}.png").write_bytes(chart_png(block))
        elif isinstance(block, Picture):
            (folder / block.file).write_bytes(photograph(number, _PHOTO))
    said = asdict(content)
    said["blocks"] = [
        {"kind": type(block).__name__.lower(), **asdict(block)} for block in content.blocks
    ]
    said["widths"] = WIDTHS
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    (folder / "content.json").write_text(text, encoding="utf-8")


def load(folder: Path) -> Content:
    """What `write` put there."""
    said = json.loads((folder / "content.json").read_text(encoding="utf-8"))
    blocks = tuple(_KINDS[block.pop("kind")](**block) for block in said["blocks"])
    rows = tuple(map(tuple, said["rows"]))
    return Content(said["title"], blocks, said["table_title"], tuple(said["head"]), rows)


def chinese(number: int) -> str:
    """A number from 1 to 99 as in 二十一."""
    digits = "〇一二三四五六七八九"
    tens, ones = divmod(number, 10)
    if not tens:
        return digits[ones]
    return f"{digits[tens] if tens > 1 else ''}十{digits[ones] if ones else ''}"


def _figures(chance: random.Random, scale: float) -> list[Block]:
    """Charts and photographs in turn."""
    charts = [_chart(chance, number) for number in range(1, round(_CHARTS * scale) + 1)]
    pictures = [
        Picture(f"picture{number}.jpg", f"{chance.choice(_WHO)}现场", *_PHOTO)
        for number in range(1, round(_PICTURES * scale) + 1)
    ]
    return [figure for pair in zip(charts, pictures, strict=True) for figure in pair]


def _chart(chance: random.Random, number: int) -> Chart:
    series = tuple(
        (name, tuple(round(chance.uniform(5, 100), 1) for _ in _YEARS))
        for name in ("水泥窑协同", "铅酸电池", "中水回用")
    )
    return Chart(f"chart{number}", f"{chance.choice(_WHAT)}分年度情况", "万吨", _YEARS, series)


def _phrase(chance: random.Random) -> str:
    return chance.choice(_WHO) + chance.choice(_DOES) + chance.choice(_WHAT)


def _figure(chance: random.Random) -> str:
    return chance.choice(_FIGURES).format(
        a=chance.uniform(1, 99_999),
        b=chance.uniform(1, 99),
        c=chance.randint(1, 9_999),
        d=chance.randint(100, 999_999),
        e=chance.uniform(0, 9),
        year=chance.randint(2025, 2030),
    )


def _sentence(chance: random.Random) -> str:
    figures = "，".join(_figure(chance) for _ in range(chance.randint(1, 3)))
    return f"{_phrase(chance)}，{figures}{chance.choice(_ENDS)}"


def _paragraph(chance: random.Random) -> str:
    length = chance.randint(120, 420)
    text = ""
    while len(text) < length:
        text += _sentence(chance)
    return text


def _row(chance: random.Random, number: int) -> tuple[str, ...]:
    years = [chance.randint(0, 99_999) for _ in range(5)]
    return (
        str(number),
        f"{chance.choice(_WHO)}{chance.choice(_WHAT)}（{chinese(chance.randint(1, 29))}期）",
        chance.choice(("新建", "续建", "技术改造")),
        chance.choice(_PLACES),
        f"{chance.choice(_DOES)}{chance.choice(_WHAT)}，{_figure(chance)}，{_figure(chance)}",
        f"{chance.randint(2024, 2026)}—{chance.randint(2027, 2030)}",
        f"{sum(years):,}",
        *(f"{value:,}" if value > 9_999 else "—" for value in years),
        chance.choice(_MONEY),
        chance.choice(_WHO),
        chance.choice(("", "", "省级重点", "土地已落实")),
    )
