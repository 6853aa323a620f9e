"""Sixty workbooks as enterprises fill them in, each with what its cells ought to become."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from tests.importers.packages import cells, sheet, xlsx

FORMATS = [
    "yyyy-mm-dd", 'yyyy"年"m"月"d"日"', 'yyyy"年"m"月"', "yyyy/m/d h:mm", "h:mm", "0.0%",
    '0.00"万元"', 'General"吨"', "#,##0.00", '"¥"#,##0', "@", "[Red]0.00;[Blue]-0.00",
    "0.00,", "[h]:mm",
]  # fmt: skip
_MOST = 12


@dataclass(frozen=True, slots=True)
class Expected:
    """What a cell becomes; `shown` is what Excel shows, `is_odd` says that a line must name it."""

    text: str
    shown: str
    is_odd: bool = False
    hidden: bool = False


@dataclass(slots=True)
class Book:
    """One workbook and its cells by sheet, row and column."""

    name: str
    content: bytes = b""
    expected: dict[tuple[int, int, int], Expected] = field(default_factory=dict)


def books() -> Iterator[Book]:
    """Sixty workbooks, always the same."""
    for number in range(60):
        yield _book(number, random.Random(number))


def _book(number: int, chance: random.Random) -> Book:
    book = Book(f"企业{number:02d}")
    is_1904 = number % 10 == 9
    texts: list[str] = []
    sheets: dict[str, str] = {}
    states: dict[str, str] = {}
    for at in range(chance.randint(1, 3)):
        name = ("能耗", "物料", "项目")[at]
        if at and chance.random() < 0.3:
            states[name] = "hidden"
        sheets[name] = _sheet(book, at, chance, texts, is_1904=is_1904)
    properties = '<workbookPr date1904="1"/>' if is_1904 else ""
    book.content = xlsx(sheets, states=states, texts=texts, formats=FORMATS, properties=properties)
    return book


def _sheet(book: Book, at: int, chance: random.Random, texts: list[str], *, is_1904: bool) -> str:
    hidden_column = chance.choice((0, 0, 3, 5))
    before = ""
    if hidden_column:
        before = f'<cols><col min="{hidden_column}" max="{hidden_column}" hidden="1"/></cols>'
    rows: list[str] = []
    for row in range(1, chance.randint(6, 30)):
        hides = chance.random() < 0.1
        inner: list[str] = []
        for column in range(1, chance.randint(3, _MOST)):
            made = _cell(row, column, chance, texts, is_1904=is_1904)
            if made is None:
                continue
            xml, expected = made
            is_hidden = hides or column == hidden_column
            inner.append(xml)
            book.expected[at, row, column] = Expected(
                expected.text, expected.shown, expected.is_odd, is_hidden
            )
        line = cells(row, *inner)
        rows.append(line.replace("<row ", '<row hidden="1" ') if hides else line)
    # a merged title below everything, covering a cell that still holds something
    last = len(rows) + 3
    rows.append(cells(last, f'<c r="A{last}"><v>1</v></c>', f'<c r="B{last}"><v>2</v></c>'))
    book.expected[at, last, 1] = Expected("1", "1", hidden=hidden_column == 1)
    book.expected[at, last, 2] = Expected("2", "", is_odd=True, hidden=True)
    after = f'<mergeCells><mergeCell ref="A{last}:C{last}"/></mergeCells>'
    return sheet("".join(rows), before, after)


def _cell(
    row: int, column: int, chance: random.Random, texts: list[str], *, is_1904: bool
) -> tuple[str, Expected] | None:
    place = f'r="{chr(64 + column)}{row}"'
    match chance.randrange(14):
        case 0:
            return None
        case 1:
            text = chance.choice(
                ("12亿", "1,200", "约 3.5 万吨", "—", "无", "１２．５", " 8 ", "=1+1", "+8.5%")
            )
            texts.append(text)
            return f'<c {place} t="s"><v>{len(texts) - 1}</v></c>', Expected(text, text)
        case 2:
            text = chance.choice(("甲厂", "说明：\n见附件", "<b>粗</b>", "R&D"))
            safe = text.replace("&", "&amp;").replace("<", "&lt;")
            xml = f'<c {place} t="inlineStr"><is><r><t>{safe}</t></r></is></c>'
            return xml, Expected(text, text)
        case 3:
            return f"<c {place}><f>SUM(A1:A9)</f></c>", Expected("", "0", is_odd=True)
        case 4:
            error = chance.choice(("#DIV/0!", "#REF!", "#N/A", "#VALUE!"))
            return f'<c {place} t="e"><v>{error}</v></c>', Expected("", error, is_odd=True)
        case 5:
            day = "2023-03-15"
            serial = 45_000 - (1_462 if is_1904 else 0)
            return f'<c {place} s="{chance.choice((1, 2))}"><v>{serial}</v></c>', Expected(day, day)
        case 6:
            return f'<c {place} s="6"><v>8.5000000000000006E-2</v></c>', Expected("8.5%", "8.5%")
        case 7:
            return f'<c {place} s="7"><v>12.5</v></c>', Expected("12.5万元", "12.5万元")
        case 8:
            return f'<c {place} t="b"><v>1</v></c>', Expected("TRUE", "TRUE")
        case 9:
            return f"<c {place}><v>0.30000000000000004</v></c>", Expected("0.3", "0.3", is_odd=True)
        case 10:
            odd = chance.choice(("1e999999", "1_000", "1,2", "NaN"))
            return f"<c {place}><v>{odd}</v></c>", Expected(odd, odd, is_odd=True)
        case 11:
            return f'<c {place} s="13"><v>12345</v></c>', Expected("12345", "12", is_odd=True)
        case 12:
            xml = f'<c {place} t="str"><f>A1&amp;"x"</f><v>结果</v></c>'
            return xml, Expected("结果", "结果")
        case _:
            value = Decimal(chance.randrange(10**9)) / 10 ** chance.randrange(5)
            text = f"{value:f}"
            text = text.rstrip("0").rstrip(".") if "." in text else text
            return f'<c {place} s="{chance.choice((0, 9, 12))}"><v>{text}</v></c>', Expected(
                text, text
            )
