"""What the palette knows, and how a few words find it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from forms.address import Address
from forms.notes import note_place, notes
from forms.schema import INDICATOR_TARGET, IndicatorTable, Item, Section, Table, YearTable
from forms.view import PlanView
from ui.actions import MENUS, SEPARATOR
from ui.palette.other_names import meant
from ui.text import tr

MOST_FOUND = 60
_SECTION, _ACTION, _ITEM, _ROW = range(4)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to go to or to do: its name, where it belongs, what it is."""

    label: str
    place: str
    text: str
    rank: int
    action: str = ""
    section: str = ""
    address: Address | None = None
    mark: str = ""  # as anything else that is offered in a list has


def action_entries(usable: Iterable[str], keys: dict[str, str]) -> Iterator[Entry]:
    """The actions that can be used now; `keys` are their shortcuts as people read them."""
    allowed = set(usable)
    for title, specs in MENUS:
        menu = tr(title).partition("(")[0]
        for spec in specs:
            if spec is not SEPARATOR and spec.id in allowed:
                label = tr(spec.text).rstrip("…")
                yield Entry(label, menu, keys.get(spec.id, ""), _ACTION, action=spec.id)


def plan_entries(view: PlanView) -> Iterator[Entry]:
    """The sections, items and named rows of a plan that are shown."""
    shown = [
        (chapter.title, section)
        for chapter in view.pack.chapters
        for section in chapter.sections
        if view.shows_section(section)
    ]
    for chapter, section in shown:
        yield Entry(section.title, chapter, tr("节"), _SECTION, section=section.key)
    for chapter, section in shown:
        yield from _item_entries(view, chapter, section)
    for _, section in shown:
        yield from _row_entries(view, section)
    yield from _note_entries(view)


def _item_entries(view: PlanView, chapter: str, section: Section) -> Iterator[Entry]:
    for item in section.items:
        if view.shows_item(item):
            place = f"{chapter} · {section.title}"
            where = Address(section.key, item.key)
            yield Entry(item.label, place, "", _ITEM, section=section.key, address=where)
            for label, cell in _lines(view, item, where):
                inside = _inside(section, item)
                yield Entry(label, inside, "", _ITEM, section=section.key, address=cell)


def _inside(section: Section, item: Item) -> str:
    """Where a table stands; one that is called like its section is named once."""
    is_alone = item.label == section.title
    return section.title if is_alone else f"{section.title} · {item.label}"


def _lines(view: PlanView, item: Item, home: Address) -> Iterator[tuple[str, Address]]:
    """What is asked for inside a table by a name of its own, with the first cell of it."""
    if isinstance(item, YearTable):
        year = view.years(item.years)[-1]
        yield from ((row.label, home.at(row.key, year=year)) for row in item.rows)
    elif isinstance(item, IndicatorTable):
        yield from ((row.label, home.at(row.key, INDICATOR_TARGET)) for row in item.rows)
    elif isinstance(item, Table):
        first = home.at_row(next(iter(view.rows(home)), ""))
        for column in item.columns:
            is_there = bool(first.row) and view.shows_cell(column, first)
            year = view.years(column.years)[0]
            yield column.label, home.at(first.row, column.key, year) if is_there else home


def _row_entries(view: PlanView, section: Section) -> Iterator[Entry]:
    for item in section.items:
        if not isinstance(item, Table) or not view.shows_item(item):
            continue
        table = Address(section.key, item.key)
        kind = item.row_name or tr("行")
        for row in view.rows(table):
            where = Address(section.key, item.key, row)
            if view.has_name(where):
                place = _inside(section, item)
                yield Entry(
                    view.row_name(where), place, kind, _ROW, section=section.key, address=where
                )


def _note_entries(view: PlanView) -> Iterator[Entry]:
    """The notes to self, by their words; a note whose place is gone leads nowhere."""
    for note in notes(view):
        place = note_place(view, note.place)
        if place:
            words, section = " ".join(note.text.split()), note.place.section
            yield Entry(words, place, tr("备注"), _ROW, section=section, address=note.place)


def find(entries: Sequence[Entry], words: str) -> tuple[Entry, ...]:
    """The entries that have all the words, best first; actions and sections without any word.

    Words count by other names too.
    """
    wanted = [_folded(word) for word in words.split()]
    if not wanted:
        plain = [each for each in entries if each.rank <= _ACTION]
        return tuple(sorted(plain, key=lambda each: each.rank)[:MOST_FOUND])
    names = [tuple(map(_folded, meant(word))) for word in wanted]
    return _best(entries, lambda entry: _score(entry, wanted, names))


def near(entries: Sequence[Entry], words: str) -> tuple[Entry, ...]:
    """The entries whose labels share most pairs of letters with the words, the shortest first."""
    wanted = _pairs(_folded(words))

    def score(entry: Entry) -> tuple[int, int] | None:
        label = _folded(entry.label)
        shared = len(wanted & _pairs(label))
        return (-shared, len(label)) if shared else None

    return _best(entries, score)


def _best(
    entries: Sequence[Entry], score: Callable[[Entry], tuple[int, int] | None]
) -> tuple[Entry, ...]:
    scored = [
        (fits[0], entry.rank, fits[1], number)
        for number, entry in enumerate(entries)
        if (fits := score(entry)) is not None
    ]
    return tuple(entries[each[-1]] for each in sorted(scored)[:MOST_FOUND])


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1) if not text[at : at + 2].isspace()}


def _score(
    entry: Entry, wanted: Sequence[str], names: Sequence[Sequence[str]]
) -> tuple[int, int] | None:
    """How well an entry fits, 0 is best; None when a word is missing under all its names."""
    label, place = _folded(entry.label), _folded(entry.place)
    total = 0
    for word, others in zip(wanted, names, strict=True):
        if label.startswith(word):
            continue
        if word in label or label in others:
            total += 1
        elif _in_order(word, label) or any(other in label for other in others):
            total += 2
        elif word in place:
            total += 3
        else:
            return None
    return total, 0


def _in_order(word: str, label: str) -> bool:
    """Whether the letters stand in the label in this order: 能碳 finds 能源消费与二氧化碳排放."""
    rest = iter(label)
    return all(letter in rest for letter in word)


def _folded(text: str) -> str:
    """Full-width and capital letters count as their plain forms."""
    return unicodedata.normalize("NFKC", text).casefold()
