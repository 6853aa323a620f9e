"""Line breaking as a Chinese reader expects it, audited over several hundred breaks."""

from __future__ import annotations

import random
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporters.look import Face
from exporters.pdf.fonts import FontChoice
from exporters.pdf.glyphs import GlyphCase
from exporters.pdf.lines import break_lines
from exporters.pdf.prepared import Line, prepare

NEVER_FIRST = set("，。、；：？！）》〉」』】〕”’…％‰℃㎡·～,.;:?!)]}%/")
NEVER_LAST = set("《〈（「『【〔“‘([{￥№")
WORD = re.compile(r"[A-Za-z0-9.,₂²³⁴×+-]")
NUMBER_AND_UNIT = re.compile(
    r"[0-9](?:万元|亿元|万吨|吨标准煤|千瓦时|平方公里|立方米|个百分点|公顷|万㎡|年|月|日|家|项|%|％)"
)

PIECES = (
    "镇江经济技术开发区位于长江与京杭大运河“十字黄金水道”交汇处，",
    "2023年规模以上工业总产值达到1,234.56亿元，",
    "综合能源消费量328.7万吨标准煤（当量值）；",
    "单位工业增加值能耗比2020年下降18.5％，",
    "主要污染物COD、NH₃-N、SO₂、NOx排放量分别削减12.3%和8.05%。",
    "《关于推进园区循环化改造的意见》（发改环资〔2012〕765号）提出：",
    "“横向耦合、纵向延伸、循环链接”——这是总体要求……",
    "污水处理厂设计能力为5×10⁴m³/d，",
    "新增建筑面积12.5万㎡，利用余热1,050 GJ/h，",
    "实施Combined Heat and Power项目（ISO 14001:2015认证），",
    "投资¥3,200.00万元、年节约标准煤6,500吨、减排CO₂约17,290吨。",
    "到2025年12月31日前，建成①分布式光伏、②储能、③微电网。",
    "工业固废（粉煤灰、炉渣、脱硫石膏等）综合利用率≥99.63%，",
    "温度降低15℃，水耗由3.2～4.5m³/t降至2.1m³/t！",
    "（一）能源梯级利用；（二）水资源循环利用；",
    "王·阿不都热合曼任组长，下设3个专班、12家重点企业。",
)


@pytest.fixture(scope="module")
def case() -> GlyphCase:
    return GlyphCase(FontChoice.bundled())


def texts(count: int = 60) -> list[str]:
    chance = random.Random(2026)
    return ["".join(chance.choices(PIECES, k=8)) for _ in range(count)]


def broken(case: GlyphCase, text: str, measure: float, *, justified: bool = True) -> list[Line]:
    ready = prepare(case, ((text, Face.FANGSONG),))
    return list(break_lines(ready, measure, indent=2.0, justified=justified))


def audited(case: GlyphCase) -> list[tuple[Line, Line]]:
    """Neighbouring lines over a page width, a landscape one and a narrow column."""
    pairs: list[tuple[Line, Line]] = []
    for text in texts():
        for measure in (28.0, 40.3, 21.5):
            lines = broken(case, text, measure)
            pairs += pairwise(lines)
    return pairs


@pytest.fixture(scope="module")
def breaks(case: GlyphCase) -> list[tuple[str, str]]:
    found = [(above.characters, below.characters) for above, below in audited(case)]
    assert len(found) > 1000
    return found


def test_no_line_starts_with_a_closing_mark(breaks: list[tuple[str, str]]) -> None:
    assert [below[:6] for _, below in breaks if below[0] in NEVER_FIRST] == []


def test_no_line_ends_with_an_opening_mark(breaks: list[tuple[str, str]]) -> None:
    assert [above[-6:] for above, _ in breaks if above[-1] in NEVER_LAST] == []


def test_no_number_and_no_word_is_cut_in_two(case: GlyphCase) -> None:
    cut = [
        (above.characters[-6:], below.characters[:6])
        for above, below in audited(case)
        if above.end == below.start  # no blank between them
        and WORD.match(above.characters[-1])
        and WORD.match(below.characters[0])
    ]
    assert cut == []


def test_a_number_stays_with_its_unit(breaks: list[tuple[str, str]]) -> None:
    parted = [
        (above[-8:], below[:8])
        for above, below in breaks
        for match in NUMBER_AND_UNIT.finditer(above[-8:] + below[:8])
        if match.start() < len(above[-8:]) < match.end()
    ]
    parted += [pair for pair in breaks if pair[0][-1].isdigit() and pair[1].startswith("GJ/h")]
    assert parted == []


@pytest.mark.parametrize(
    ("head", "whole"),
    [
        ("节水量（万m³/a）", "（万m³/a）"),
        ("新增产值（万元）", "（万元）"),
        ("废水减排量（万t/a）", "（万t/a）"),
    ],
)
def test_a_head_of_a_narrow_column_keeps_its_unit_in_one_piece(
    case: GlyphCase, head: str, whole: str
) -> None:
    ready = prepare(case, ((head, Face.HEI),))
    lines = break_lines(ready, ready[0].width - 1.0)
    assert [line.characters for line in lines][-1] == whole


def test_dashes_and_dots_are_not_parted(breaks: list[tuple[str, str]]) -> None:
    assert [pair for pair in breaks if pair[0][-1] == pair[1][0] and pair[0][-1] in "—…"] == []


def test_a_justified_line_fills_the_measure(case: GlyphCase) -> None:
    short = []
    for text in texts(30):
        for line in broken(case, text, 28.0)[:-1]:
            edge = line.indent + line.width
            hangs = 0.5 if line.characters[-1] in "，。、；：！”）》" else 0.0
            if not 28.0 - 0.01 <= edge <= 28.0 + hangs + 0.01:
                short.append((line.characters, edge))
    assert short == []


def test_gaps_open_by_less_than_half_a_character(case: GlyphCase) -> None:
    openings = [line.opening for text in texts() for line in broken(case, text, 28.0)]
    assert max(openings) < 0.3
    assert sum(opening > 0.15 for opening in openings) < len(openings) / 50


def test_han_and_latin_stand_an_eighth_apart(case: GlyphCase) -> None:
    (line,) = broken(case, "年产A产品", 28.0)
    plain = 4 + line.text.glyphs[2].width
    assert line.width == pytest.approx(plain + 2 * 0.125)


def test_neighbouring_marks_share_their_blanks(case: GlyphCase) -> None:
    (line,) = broken(case, "要求》（暂行）。", 28.0)
    assert line.width == pytest.approx(8 - 2 * 0.5)


def test_a_word_wider_than_its_column_is_cut_but_whole(case: GlyphCase) -> None:
    lines = broken(case, "TOKEN" * 30, 10.0, justified=False)
    assert len(lines) > 1
    assert "".join(line.characters for line in lines) == "TOKEN" * 30
    assert all(line.indent + line.width <= 10.001 for line in lines)


def test_each_line_the_writer_ended_ends(case: GlyphCase) -> None:
    lines = broken(case, "第一行\n第二行\r\n第三行", 28.0)
    assert [line.characters for line in lines] == ["第一行", "第二行", "第三行"]


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=120), st.floats(1.0, 40.0))
def test_no_character_is_lost_whatever_the_text(text: str, measure: float) -> None:
    case = GlyphCase(FontChoice.bundled())
    ready = prepare(case, ((text, Face.SONG),))
    lines = break_lines(ready, measure, justified=True)
    kept = "".join(line.characters for line in lines)
    assert strip(kept) == strip("".join(piece.text for piece in ready))


def strip(text: str) -> str:
    return "".join(text.split())
