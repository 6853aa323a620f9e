"""Hard plans on paper: nothing lost, nothing clipped, nothing printed over something else.

Every page is read back from the file by pdfium, with the boxes of its ink; see `audit`.
"""

from __future__ import annotations

import random
import re
from collections import Counter

import pytest

from exporters.document import (
    Align,
    Block,
    Caption,
    Cell,
    Column,
    Contents,
    Document,
    Figure,
    Heading,
    ListBlock,
    Listed,
    Orientation,
    PageBreak,
    Paragraph,
    Part,
    PartRole,
    PartStart,
    RowRole,
    Run,
    SealBox,
    Table,
    TableRow,
    TextRole,
)
from exporters.pdf import FontChoice, PdfFile, render
from tests.exporters import volume
from tests.exporters.pdf.audit import faults, pages_seen
from tests.exporters.pdf.reading import (
    pages_by_pdfium,
    pages_by_pypdf,
    paragraph,
    rendered,
    squashed,
)
from tests.exporters.pdf.test_lines import NEVER_FIRST, NEVER_LAST, NUMBER_AND_UNIT, WORD, texts

FOOTER = re.compile(r"— (?:[0-9]+|[ivxlc]+) —$")
NUMERALS = "一二三四五六七八九十"


def read(file: PdfFile) -> str:
    """All that is printed, without page numbers and blanks."""
    return "".join(squashed(FOOTER.sub("", page)) for page in pages_by_pdfium(file))


def row(*texts: str, role: RowRole = RowRole.NORMAL) -> TableRow:
    return TableRow(tuple(Cell(text) for text in texts), role)


def projects(count: int) -> Table:
    """A project table as plans have it: fifteen columns, groups, two head rows, a total."""
    chance = random.Random(7)
    names = ("能源梯级利用", "中水回用及管网配套建设", "余热余压发电", "固废资源化（二期）", "光伏")
    head = (
        TableRow(
            (
                *(Cell(text, rowspan=2) for text in ("序号", "项目名称", "建设单位", "建设内容")),
                Cell("投资（万元）", colspan=4),
                Cell("效益", colspan=5),
                *(Cell(text, rowspan=2) for text in ("起止年限", "备注")),
            )
        ),
        row("总投资", "2023", "2024", "2025", "节能量", "节水量", "减碳量", "产值", "利税"),
    )
    rows = []
    for at in range(count):
        if at % 50 == 0:
            rows.append(row(f"（{NUMERALS[at // 50]}）第{at // 50 + 1}类项目", role=RowRole.GROUP))
        figures = [f"{chance.random() * 10 ** chance.randrange(1, 5):,.{chance.randrange(3)}f}"]
        figures += [f"{chance.random() * 900:.{chance.randrange(3)}f}" for _ in range(8)]
        content = "新建" + "、".join(chance.choices(names, k=chance.randrange(1, 6)))
        rows.append(
            row(
                f"P{at:03d}",
                f"{chance.choice(names)}项目{at}",
                f"示例{chance.choice('化工建材冶金')}有限公司",
                content,
                *figures,
                "2023-2025",
                "" if at % 3 else "续建",
            )
        )
    rows.append(row("合计", "", "", "", *(["1,234.5"] * 9), "", "", role=RowRole.TOTAL))
    shares = (2, 5, 4, 8, *([3] * 9), 3, 2)
    aligns = (Align.CENTRE, *([Align.LEFT] * 3), *([Align.RIGHT] * 9), *([Align.CENTRE] * 2))
    columns = tuple(Column(s, a) for s, a in zip(shares, aligns, strict=True))
    return Table(columns, head, tuple(rows), Caption("附表1", "项目", "t"), "万元", ("注：略。",))


def test_that_a_table_of_500_projects_is_printed_whole() -> None:
    table = projects(500)
    file = rendered(table, orientation=Orientation.LANDSCAPE)
    pages = pages_seen(file)
    assert faults(pages) == []
    text = read(file)
    found = re.findall("P[0-9]{3}", text)
    assert found == [f"P{at:03d}" for at in range(500)]
    heads = [page for page in pages_by_pdfium(file) if "建设单位" in page and "利税" in page]
    assert len(heads) == file.pages.count > 30
    # Each cell's characters, counted over the whole table: heads stand on every page.
    printed = Counter(text)
    for cells, times in ((table.head, file.pages.count), (table.body, 1)):
        for each in cells:
            for cell in each.cells:
                printed.subtract(
                    {sign: n * times for sign, n in Counter(squashed(cell.text)).items()}
                )
    printed.subtract(Counter("附表1项目单位：万元注：略。"))
    assert {sign: count for sign, count in printed.items() if count} == {}


def test_that_cells_of_sixty_lines_are_printed_whole() -> None:
    long = ["".join(f"{name}{at}句，" for at in range(150)) for name in "甲乙丙"]
    table = Table(
        (Column(1), Column(4), Column(4), Column(4), Column(1, Align.RIGHT)),
        (row("序号", "内容", "措施", "效果", "数值"),),
        tuple(row(str(at), *long, f"{at}.{at}5") for at in range(4)),
    )
    file = rendered(*(paragraph("行") for _ in range(9)), table, paragraph("其后"))
    assert faults(pages_seen(file)) == []
    heads = sum("序号" in page for page in pages_by_pdfium(file))
    expected = Counter("行" * 9 + "序号内容措施效果数值" * heads + "其后")
    for each in table.body:
        expected.update("".join(cell.text for cell in each.cells))
    assert Counter(read(file)) == expected
    assert heads > 3


def test_that_merged_cells_go_on_over_pages() -> None:
    rows = []
    for group in range(4):
        for at in range(45):
            cells = [Cell(f"K{group:02d}{at:02d}"), Cell(f"{at}.5"), Cell("x")]
            if at % 15 == 0:
                cells[2] = Cell(f"第{group}组第{at // 15}段说明", rowspan=15)
            else:
                cells.pop()
            if at == 0:
                cells.insert(0, Cell(f"类别{group}：{'资源循环利用' * 4}", rowspan=45))
            rows.append(TableRow(tuple(cells)))
        rows.append(
            TableRow((Cell(f"小计{group}", colspan=2), Cell("1.0", colspan=2)), RowRole.TOTAL)
        )
    table = Table(
        (Column(2), Column(3), Column(1, Align.RIGHT), Column(3)),
        (row("类别", "名称", "数值", "说明"),),
        tuple(rows),
    )
    file = rendered(table)
    assert faults(pages_seen(file)) == []
    text = read(file)
    assert re.findall("K[0-9]{4}", text) == [
        f"K{g:02d}{at:02d}" for g in range(4) for at in range(45)
    ]
    for page in pages_by_pdfium(file):
        # Whatever rows a page has, their group is named on it.
        groups = {key[1:3] for key in re.findall("K[0-9]{4}", page)}
        assert all(f"类别{int(group)}" in squashed(page) for group in groups)


def test_that_a_merged_cell_beside_a_cell_taller_than_a_page_keeps_to_its_place() -> None:
    long = "".join(f"句{at}。" for at in range(700))
    rows = (
        TableRow((Cell("类别甲", rowspan=3), Cell(long), Cell("1.0"))),
        TableRow((Cell("短"), Cell("2.0"))),
        TableRow((Cell(long), Cell("3.0"))),
        row("类别乙", "尾", "4.0"),
    )
    table = Table((Column(1), Column(4), Column(1, Align.RIGHT)), (row("甲", "乙", "丙"),), rows)
    file = rendered(table)
    assert faults(pages_seen(file)) == []
    printed = Counter(read(file))
    for words, times in ((long, 2), ("短类别乙尾1.02.03.04.0", 1)):
        printed.subtract({sign: count * times for sign, count in Counter(words).items()})
    # What is left is what is repeated on each page: the head, and the merged label.
    assert set(printed) >= set("甲乙丙类别")
    assert {sign for sign, count in printed.items() if count} == set("甲乙丙类别")
    assert printed["类"] == printed["别"] == file.pages.count


def test_that_empty_sections_do_no_harm() -> None:
    blocks: list[Block] = []
    for at in range(60):
        blocks.append(Heading(1 + at % 4, f"{at}、", f"空节{at}", f"h{at}"))
    blocks += [
        paragraph(""),
        Paragraph(()),
        ListBlock(()),
        ListBlock(((),)),
        Table((), (), ()),
        Table((Column(1), Column(1)), (row("甲", "乙"),), ()),
        Table((Column(1),), (), (TableRow(()), row(""), TableRow((), RowRole.TOTAL))),
        PageBreak(),
        PageBreak(),
        Contents("表目录", listed=Listed.TABLES),
        Contents("图目录", listed=Listed.FIGURES),
        SealBox(""),
    ]
    parts = (
        Part(PartRole.COVER, ()),
        Part(PartRole.FRONT, (), start=PartStart.ODD),
        Part(PartRole.BODY, tuple(blocks), start=PartStart.ODD),
        Part(PartRole.ANNEX, (), Orientation.LANDSCAPE),
    )
    file = render(Document("", parts, watermark=" "), fonts=FontChoice.bundled())
    assert faults(pages_seen(file)) == []
    assert all(f"空节{at}" in read(file) for at in range(60))


@pytest.mark.parametrize("kind", ["prose", "latin", "link", "digits", "marks"])
def test_that_ten_thousand_characters_in_one_paragraph_are_printed_whole(kind: str) -> None:
    chance = random.Random(3)
    source = {
        "prose": "".join(texts(60))[:10_000],
        "latin": " ".join(chance.choices(("park", "circular", "heat", "TOKEN"), k=1800)),
        "link": "https://example.gov.cn/" + "a1b2c3" * 1660,
        "digits": "3.1415926," * 1000,
        "marks": "（）。，" * 2500,
    }[kind][:10_000]
    file = rendered(paragraph("前段"), paragraph(source), paragraph("后段"))
    assert faults(pages_seen(file)) == []
    assert read(file) == squashed(f"前段{source}后段")


def test_that_rare_characters_stand_in_every_kind_of_text() -> None:
    rare = "鄠漷䶮𬭸𬇙𫄧浐"
    file = rendered(
        Heading(1, "一、", rare, "h"),
        paragraph(rare * 20),
        Paragraph((Run(rare, strong=True, note=rare),)),
        ListBlock(((Run(rare),),)),
        Table(
            (Column(1),), (row(rare),), (row(rare, role=RowRole.TOTAL),), Caption("表1", rare, "t")
        ),
        paragraph(rare, TextRole.FRONT_TITLE),
        SealBox(rare),
    )
    assert faults(pages_seen(file)) == []
    assert file.missing == ()
    # By pypdf: pdfium leaves rare characters out of lines with a blank.
    assert squashed("".join(pages_by_pypdf(file))).count(rare) == 29


def test_that_forty_pictures_stand_whole_with_their_captions() -> None:
    sizes = [(300 + 97 * (at % 9), 120 + 61 * (at % 13)) for at in range(38)]
    sizes += [(4000, 30), (30, 4000)]
    blocks: list[Block] = []
    for at, (width, height) in enumerate(sizes):
        caption = Caption(f"图1-{at}", f"第{at}张", f"f{at}")
        picture = volume.png(width, height)
        blocks += [
            paragraph("说明。" * (at % 7 * 9)),
            Figure(picture, "image/png", width, height, caption, ""),
        ]
    file = rendered(*blocks)
    pages = pages_seen(file)
    assert faults(pages) == []
    assert sum(len(page.pictures) for page in pages) == 40
    texts_of = pages_by_pdfium(file)
    for at in range(40):
        number = int(file.pages.page_of(f"f{at}"))
        assert f"图1-{at} 第{at}张" in texts_of[number - 1]
        assert pages[number - 1].pictures
    ratios = sorted(
        round((box[2] - box[0]) / (box[3] - box[1]), 1) for page in pages for box in page.pictures
    )
    asked = sorted(round(width / height, 1) for width, height in sizes)
    assert ratios[:-1] == pytest.approx(asked[:-1], abs=0.11)


def test_that_notes_tables_and_pictures_share_a_page_in_peace() -> None:
    blocks: list[Block] = []
    for at, text in enumerate(texts(24)):
        note = text[: 20 + at * 37 % 300]
        blocks.append(Paragraph((Run(text[:40], note=note), Run(text[40:]))))
        if at % 3 == 0:
            blocks.append(volume.figure(Caption(f"图1-{at}", "图", f"f{at}"), 400, 220))
        if at % 4 == 0:
            blocks.append(volume.projects_table())
    file = rendered(*blocks)
    assert faults(pages_seen(file)) == []


def test_that_the_shared_sample_has_no_fault() -> None:
    assert faults(pages_seen(render(volume.document(), fonts=FontChoice.bundled()))) == []


@pytest.fixture(scope="module")
def sources() -> list[str]:
    return texts(330)


@pytest.fixture(scope="module")
def prose(sources: list[str]) -> PdfFile:
    return rendered(*(paragraph(text) for text in sources))


@pytest.fixture(scope="module")
def printed_breaks(prose: PdfFile, sources: list[str]) -> list[tuple[str, str]]:
    """The lines on both sides of each break inside a paragraph, as the file prints them."""
    lines = [
        line
        for page in pages_by_pdfium(prose)
        for line in FOOTER.sub("", page).split("\n")
        if line.strip()
    ]
    breaks: list[tuple[str, str]] = []
    at = 0
    for source in sources:
        left = len(squashed(source))
        before = ""
        while left:
            if before:
                breaks.append((before, lines[at]))
            before = lines[at].strip()
            left -= len(squashed(before))
            at += 1
            assert left >= 0
    assert at == len(lines)
    return breaks


def test_that_two_thousand_printed_breaks_keep_every_rule(
    printed_breaks: list[tuple[str, str]],
) -> None:
    assert len(printed_breaks) >= 2_000
    starts = [pair for pair in printed_breaks if pair[1][0] in NEVER_FIRST]
    ends = [pair for pair in printed_breaks if pair[0][-1] in NEVER_LAST]
    dashes = [pair for pair in printed_breaks if pair[0][-1] == pair[1][0] and pair[0][-1] in "—…"]
    words = [
        pair
        for pair in printed_breaks
        if WORD.match(pair[0][-1]) and WORD.match(pair[1][0]) and not _between_words(pair)
    ]
    units = [
        pair
        for pair in printed_breaks
        for match in NUMBER_AND_UNIT.finditer(pair[0][-8:] + pair[1][:8])
        if match.start() < len(pair[0][-8:]) < match.end()
    ]
    assert (starts, ends, dashes, words, units) == ([], [], [], [], [])


def _between_words(pair: tuple[str, str]) -> bool:
    """Whether a blank stood where the line ends: between the words of a name."""
    return any(f"{a}|{b}" in f"{pair[0]}|{pair[1]}" for a, b in BLANKS)


BLANKS = [
    ("Combined", "Heat"),
    ("Heat", "and"),
    ("and", "Power"),
    ("ISO", "14001"),
    ("1,050", "GJ"),
]


def test_that_full_pages_have_22_lines_of_28_characters_between_the_margins() -> None:
    mm = 72 / 25.4
    file = rendered(*(paragraph("循环经济园区改造方案" * 203) for _ in range(6)))
    pages = pages_seen(file)[:-1]
    assert len(pages) >= 18
    for page in pages:
        body = [box for sign, box in page.signs if box[1] > 35 * mm - 1]
        lines = Counter(round((box[1] + box[3]) / 2 / 28.95) for box in body)
        assert len(lines) == 22
        assert set(lines.values()) <= {28, 26} | {2030 % 28, (2030 - 26) % 28}
        assert min(box[0] for box in body) / mm == pytest.approx(28, abs=0.5)
        assert max(box[2] for box in body) / mm == pytest.approx(184, abs=0.5)
        top = max(box[3] for box in body) / mm
        foot = min(box[1] for box in body) / mm
        # The line is 28.95 pt, the character 15.79: a fifth of a line is blank above and below.
        blank = (28.95 - 15.79) / 2 / mm
        assert top == pytest.approx(297 - 37 - blank, abs=0.6)
        assert foot == pytest.approx(35 + blank, abs=0.6)
