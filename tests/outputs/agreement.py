"""What is compared: screen, document, Word, PDF and Excel with each other, and with fractions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from exporters.document import RowRole, Table
from forms.address import parse_address
from forms.kinds import is_numeric, unit_of
from forms.places import slot_at
from forms.row_units import kind_at
from tests.exporters.compose import printed
from tests.outputs import recomputed
from tests.outputs.four import (
    Four,
    Grid,
    Screen,
    document_texts,
    excel_grids,
    grid_of,
    numbers_of,
    pdf_pages,
    pdf_values,
    sheeted,
    word_grids,
)

ABSENT = "—"

_DIGITS = re.compile(r"[0-9]+")


def differences(four: Four, screen: Screen, typed: dict[str, str]) -> list[str]:
    """Every place where two of the four differ, or a figure is not what fractions give."""
    return [
        *between_screen_and_paper(four, screen),
        *between_papers(four),
        *between_overviews(four, screen),
        *from_fractions(four, screen, typed),
    ]


def figures_at(four: Four, screen: Screen) -> dict[str, str]:
    """What the screen shows at every place that holds a figure."""
    found: dict[str, str] = {}
    for address, text in screen.values.items():
        slot = slot_at(four.view.pack, parse_address(address))
        is_figure = slot is not None and is_numeric(slot.kind) and not address.endswith("/change")
        if is_figure and text not in ("", ABSENT):  # a change may be in 个百分点, not its own unit
            found[address] = text
    return found


def between_screen_and_paper(four: Four, screen: Screen) -> Iterator[str]:
    """A figure on screen is the same, sign by sign, wherever it is printed."""
    figures = figures_at(four, screen)
    in_document: dict[str, list[str]] = {}
    for text, address in printed.all_texts(four.document):
        in_document.setdefault(address, []).append(text)
    in_word: dict[str, list[str]] = {}
    for address, text in four.word.controls:
        in_word.setdefault(address, []).append(text)
    on_pages = pdf_values(four, [address for address in figures if address in in_document])
    for address, text in figures.items():
        kind = kind_at(four.view, parse_address(address))
        unit = unit_of(kind) if kind else ""
        for said in in_document.get(address, []):
            if bare(said, unit) != text:
                yield f"{address}: {text} on screen, {said!r} in the document"
        for said in in_word.get(address, []):
            if bare(said, unit) != text:
                yield f"{address}: {text} on screen, {said!r} in Word"
        if address in in_document and address not in in_word:
            yield f"{address}: {text} on screen, nothing in Word"
        if address in in_document and not on_page(on_pages.get(address, ""), text, unit):
            yield f"{address}: {text} on screen, {on_pages.get(address)!r} in the PDF"


def on_page(found: str, text: str, unit: str) -> bool:
    """Whether a figure stands in its rectangles, once for each time it is printed."""
    times = max(1, found.count(text)) if text else 1
    return bare(found, unit) == text or found in (text * times, (text + unit) * times)


def bare(text: str, unit: str) -> str:
    """A figure without the unit behind it."""
    return text.strip().removesuffix("".join(unit.split())).strip()


def between_papers(four: Four) -> Iterator[str]:
    """Every cell of every table and every figure in the text, in the order of the document."""
    document = [grid_of(table) for table in four.tables]
    yield from grid_differences("Word", document, word_grids(four))
    sheets = [grid_of(table) for table in sheeted(four.document)]
    yield from grid_differences("Excel", sheets, excel_grids(four))
    wanted = numbers_of(document_texts(four))
    for name, texts in (
        ("Word", [line.text for line in four.word.lines]),
        ("the PDF", pdf_pages(four)),
    ):
        found = numbers_of(texts)
        if found != wanted and not (name == "the PDF" and only_heads_again(four, wanted, found)):
            pairs = zip([*found, ""], [*wanted, ""], strict=False)
            one = next((pair for pair in pairs if pair[0] != pair[1]), ("", ""))
            yield f"{name} prints {one[0]!r} for {one[1]!r} ({len(found)} of {len(wanted)} figures)"


def only_heads_again(four: Four, wanted: list[str], found: list[str]) -> bool:
    """Whether a page has no more than the heads of its tables, which go on from the page before."""
    texts = [cell.text for table in four.tables for row in table.head for cell in row.cells]
    # A year at the end of a line has lost its 年 and looks like a figure.
    heads = {number for text in texts for number in (*numbers_of([text]), *_DIGITS.findall(text))}
    rest = iter(found)
    in_order = all(number in rest for number in wanted)
    return in_order and set(Counter(found) - Counter(wanted)) <= heads


def grid_differences(name: str, wanted: list[Grid], found: list[Grid]) -> Iterator[str]:
    if len(wanted) != len(found):
        yield f"{name} has {len(found)} tables of {len(wanted)}"
    for number, (one, other) in enumerate(zip(wanted, found, strict=False)):
        for line, (should, stands) in enumerate(zip(one, other, strict=False)):
            if should != stands:
                yield f"table {number}, row {line}: {stands} in {name}, not {should}"
        if len(one) != len(other):
            yield f"table {number} has {len(other)} rows of {len(one)} in {name}"


def between_overviews(four: Four, screen: Screen) -> Iterator[str]:
    """Overviews and totals on screen are those on paper."""
    for table in four.tables:
        title = table.caption.text if table.caption else ""
        body = [[cell.text for cell in row.cells] for row in table.body]
        shown = [
            ["" if text == ABSENT else text for text in r] for r in screen.overviews.get(title, [])
        ]
        numbered = bool(table.head) and table.head[0].cells[0].text == "序号"
        paper = [["" if text == ABSENT else text for text in row[numbered:]] for row in body]
        if title in screen.overviews and shown != paper:
            yield f"{title}: {shown} on screen, {paper} on paper"
    for home, title in (("works/list", "项目汇总"), ("energy/balance", "能源平衡")):
        shown = [text for (place, _, _), text in screen.totals.items() if place == home and text]
        paper = total_texts(four, title)
        if paper is not None and sorted(shown) != sorted(paper):
            yield f"合计 of {title}: {shown} on screen, {paper} on paper"


def total_texts(four: Four, title: str) -> list[str] | None:
    """The figures of the last line of totals of a table."""
    for table in four.tables:
        if table.caption and table.caption.text == title:
            lines = [row for row in table.body if row.role is RowRole.TOTAL]
            return [c.text for c in lines[-1].cells if c.text and c.text != "合计"] if lines else []
    return None


# -- Fractions -----------------------------------------------------------------------------------


def from_fractions(four: Four, screen: Screen, typed: dict[str, str]) -> Iterator[str]:
    """What is typed reads as typed; what is computed is exact, rounded once, half up."""
    figures = figures_at(four, screen)
    exact = recomputed.computed(typed)
    for address, text in figures.items():
        decimals = 1 if address == "outcomes/output" else recomputed.DECIMALS
        if address.startswith("outcomes/indicators") or address.endswith("/coefficient"):
            decimals = 4 if "intensity" in address else decimals
        if address in typed and text != recomputed.as_typed(typed[address], decimals):
            yield f"{address}: {typed[address]} was typed, {text} is shown"
        if address in exact and Fraction(text) != recomputed.half_up(exact[address]):
            yield f"{address}: {text} is shown, {exact[address]} is right"
    missing = exact.keys() - figures.keys()
    if missing:
        yield f"nothing is shown at {sorted(missing)}"
    yield from overviews_from_fractions(screen, typed)
    yield from lines_of_totals(four, typed)


def overviews_from_fractions(screen: Screen, typed: dict[str, str]) -> Iterator[str]:
    for title, lines in (
        ("按任务分投资", recomputed.by_task(typed)),
        ("分年度投资", recomputed.by_year(typed)),
        ("按来源分投资", recomputed.by_source(typed)),
    ):
        shown = [
            (row[0], [as_fraction(text) for text in row[1:]]) for row in screen.overviews[title]
        ]
        if shown != lines:
            yield f"{title}: {screen.overviews[title]} is shown, {lines} is right"


def lines_of_totals(four: Four, typed: dict[str, str]) -> Iterator[str]:
    """小计 of each task and 合计 are the sums of what was typed; those of parts that fit, too."""
    rows = recomputed.rows_of(typed, "works/list")
    parts = [members for members in recomputed.groups(typed).values() if members]
    wanted = [line for line in (*(recomputed.totals(typed, m) for m in parts),) if line]
    if recomputed.totals(typed, rows):
        wanted.append(recomputed.totals(typed, rows))
    for table in four.tables:
        if table.caption and table.caption.text == "项目汇总":
            found = [line for row in table.body if (line := total_line(row)) is not None]
            if found != wanted:
                yield f"totals of 项目汇总: {found} are shown, {wanted} are right"


def total_line(row) -> list[Fraction] | None:
    if row.role is not RowRole.TOTAL:
        return None
    return [Fraction(cell.text) for cell in row.cells if as_fraction(cell.text) is not None]


def as_fraction(text: str) -> Fraction | None:
    try:
        return Fraction(text)
    except ValueError:
        return None


def added_up(table: Table) -> list[tuple[Fraction, Fraction]]:
    """For every column with a 合计: that figure, and the sum of the rows above it as printed."""
    found: list[tuple[Fraction, Fraction]] = []
    grid = [
        (row.role, cells)
        for row, cells in zip(table.body, grid_of(table)[len(table.head) :], strict=True)
    ]
    last = [cells for role, cells in grid if role is RowRole.TOTAL][-1]
    for column, text in enumerate(last):
        total = as_fraction(text)
        if total is not None:
            parts = [as_fraction(c[column]) for role, c in grid if role is RowRole.NORMAL]
            found.append((total, sum((p for p in parts if p is not None), Fraction(0))))
    return found
