"""The words of the overview of progress: on the page, to screen readers, and on the clipboard."""

from __future__ import annotations

from typing import assert_never

from forms.headway import By, Headway, Line
from ui.text import tr


def by_words(by: By) -> str:
    """What the lines stand for, as its button says it."""
    match by:
        case By.CHAPTER:
            return tr("按章节")
        case By.CLAUSE:
            return tr("按通知条文")
        case By.PERSON:
            return tr("按负责人")
        case _:
            assert_never(by)


def heads(by: By) -> tuple[str, ...]:
    """The heads of the columns."""
    match by:
        case By.CHAPTER:
            first = tr("章节")
        case By.CLAUSE:
            first = tr("通知条文及对应的节")
        case By.PERSON:
            first = tr("负责人及所负责的节")
        case _:
            assert_never(by)
    more = (tr("完成"), tr("缺"), tr("必须改"), tr("建议改"), tr("要点"), tr("负责人"))
    return (first, *more)


def cells(line: Line) -> tuple[str, ...]:
    """What a line says in each column; a nought is left out."""
    way = line.headway
    return (
        line.name,
        tr("{0}%").format(way.percent) if way.asked else "—",
        str(way.gaps or ""),
        str(way.must or ""),
        str(way.should or ""),
        f"{way.ticked}/{way.points}" if way.points else "",
        line.person,
    )


def spoken(line: Line) -> str:
    """A line as a screen reader says it."""
    way = line.headway
    parts = [line.name, tr("完成 {0}%").format(way.percent)]
    counts = ((way.gaps, tr("缺 {0} 项")), (way.must, tr("必须改 {0} 项")))
    for count, words in (*counts, (way.should, tr("建议改 {0} 项"))):
        if count:
            parts.append(words.format(count))
    if way.points:
        parts.append(tr("要点已核 {0}/{1}").format(way.ticked, way.points))
    if line.person:
        parts.append(tr("负责人 {0}").format(line.person))
    return "，".join(parts)


def whole_words(way: Headway) -> str:
    """How far the whole plan is, in one line."""
    said = tr("已填 {0} / {1} 项（{2}%）").format(way.filled, way.asked, way.percent)
    parts = [said]
    parts.append(tr("缺 {0} 项").format(way.gaps) if way.gaps else tr("没有缺口"))
    parts.append(tr("必须改 {0} 项，建议改 {1} 项").format(way.must, way.should))
    parts.append(tr("内容要点已核 {0} / {1}").format(way.ticked, way.points))
    return "　·　".join(parts)


def as_text(by: By, lines: tuple[Line, ...]) -> str:
    """The table as text with tabs, sections indented."""
    rows = ["\t".join(heads(by))]
    for line in lines:
        name, *rest = cells(line)
        rows.append("\t".join((f"　{name}" if line.is_part else name, *rest)))
    return "\n".join(rows)
