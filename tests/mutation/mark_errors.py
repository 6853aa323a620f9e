"""References that lose what they lead to, and footnotes without text."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from forms.address import Address
from forms.answers import Answers
from forms.inline.marks import marks_in
from forms.inline.references import Reference, references_in
from forms.schema import Table
from forms.targets import targets
from tests.mutation.places import CLEAN, PACK, Place, error, narratives, put, without_row


def _tellers() -> list[Address]:
    return [cell for cell in narratives() if not cell.row]


def _referring(count: int, name: str) -> tuple[Address, str]:
    """A narrative, another for each place, with a reference more."""
    tellers = _tellers()
    teller = tellers[count % len(tellers)]
    return teller, f"{CLEAN.value(teller)}\n详见{Reference(name)}。"


@error("引用的名称写错", "REF-001")
def name_unknown() -> Iterator[Place]:
    for cell in narratives():
        text = str(CLEAN.value(cell))
        for placed in references_in(text):
            wrong = placed.source.replace("}}", "_gone}}")
            yield put(cell, text[: placed.start] + wrong + text[placed.end :])
    for count, target in enumerate(targets(CLEAN)):
        yield put(*_referring(count, f"{target.name}_gone"))


@error("引用的图删除", "REF-001")
def row_deleted() -> Iterator[Place]:
    for count, target in enumerate(targets(CLEAN)):
        if target.home is not None and target.home.row:
            yield _gone(count, target.name, (target.home,))


@error("引用的表清空", "REF-002")
def table_emptied() -> Iterator[Place]:
    for count, target in enumerate(targets(CLEAN)):
        home = target.home
        if home is None or home.row or "/" not in target.name:
            continue
        if isinstance(PACK.index.items[home.section, home.item], Table):
            rows = tuple(home.at_row(row) for row in CLEAN.rows(home))
            yield _gone(count, target.name, rows)


@error("脚注没有文字", "NTE-001")
def note_emptied() -> Iterator[Place]:
    for cell in narratives():
        text = str(CLEAN.value(cell))
        yield put(cell, f"{text}^[]")
        for mark in marks_in(text):
            if mark.source.startswith("^["):
                yield put(cell, f"{text[: mark.start]}^[ ]{text[mark.end :]}")


def _gone(count: int, name: str, rows: tuple[Address, ...]) -> Place:
    teller, text = _referring(count, name)

    def change(answers: Answers, random: Random) -> Answers:
        answers = answers.with_value(teller, text)
        for row in rows:
            answers = without_row(row)(answers, random)
        return answers

    return Place(f"{teller} {name}", change)
