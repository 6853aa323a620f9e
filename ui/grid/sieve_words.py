"""In words: which rows a sheet shows, in which order, under which headings."""

from __future__ import annotations

from typing import assert_never

from forms.encoding import decimal_text
from ui.grid.arranging import Among, Arrangement, Between, Sieve
from ui.grid.column_values import BLANK, Spot
from ui.grid.columns import SheetColumn
from ui.text import tr

_NAMED = 3
_LONGEST = 12


def sieved_words(
    columns: tuple[SheetColumn, ...], wanted: Arrangement, shown: int, count: int
) -> str:
    """The sentence of a filtered sheet: 已筛选：… 显示 12 / 60 行."""
    said = [f"{_name(columns, spot)}{_sieve_words(sieve)}" for spot, sieve in wanted.sieves]
    if wanted.search:
        said.append(tr("含“{text}”").format(text=wanted.search))
    words = tr("已筛选：{what}。显示 {shown} / {count} 行")
    return words.format(what="；".join(said), shown=shown, count=count)


def sorted_words(columns: tuple[SheetColumn, ...], wanted: Arrangement) -> str:
    """The sentence of a sorted sheet; "" for the plan's order."""
    if wanted.sorting is None:
        return ""
    words = tr("按“{column}”降序") if wanted.sorting.descending else tr("按“{column}”升序")
    return words.format(column=_name(columns, wanted.sorting.spot))


def grouped_words(columns: tuple[SheetColumn, ...], wanted: Arrangement, groups: int) -> str:
    """The sentence of a grouped sheet; "" when it is not."""
    if wanted.grouping is None:
        return ""
    words = tr("按“{column}”分为 {count} 组")
    return words.format(column=_name(columns, wanted.grouping), count=groups)


def short_name(column: SheetColumn) -> str:
    """A column's name without its unit, with the group of a year's."""
    return f"{column.group} {column.label}" if column.year else column.label


def _name(columns: tuple[SheetColumn, ...], spot: Spot) -> str:
    return next((_cut(short_name(column)) for column in columns if column.spot == spot), spot[0])


def _sieve_words(sieve: Sieve) -> str:
    match sieve:
        case Among():
            texts = sorted(sieve.texts, key=lambda text: (text == BLANK, text))
            named = [_cut(text) or tr("空白") for text in texts[:_NAMED]]
            more = tr("等 {count} 种").format(count=len(texts)) if len(texts) > _NAMED else ""
            return tr("为{texts}{more}").format(texts="、".join(named), more=more)
        case Between():
            return _range_words(sieve)
        case _:
            assert_never(sieve)


def _range_words(sieve: Between) -> str:
    least = None if sieve.least is None else decimal_text(sieve.least)
    most = None if sieve.most is None else decimal_text(sieve.most)
    if least is not None and most is not None:
        said = tr("在 {least} 至 {most} 之间").format(least=least, most=most)
    elif least is not None:
        said = tr("不小于 {least}").format(least=least)
    elif most is not None:
        said = tr("不大于 {most}").format(most=most)
    else:
        return tr("为空白") if sieve.blanks else tr("不为空白")
    return said + (tr("或为空白") if sieve.blanks else "")


def _cut(text: str) -> str:
    line = text.replace("\n", " ")
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
