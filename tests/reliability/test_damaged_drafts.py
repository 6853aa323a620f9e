"""A damaged draft: nothing wrong is ever shown as good, and what is good is still shown."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from forms.address import Address
from forms.answers import answers_of
from forms.changes import ChangeSet, ValueChange
from forms.encoding import decode, encode
from storage.database import DRAFT_NAME
from storage.draft import Draft
from storage.errors import StorageError
from tests.reliability.counts import record
from tests.reliability.damage import PAGE, damaged_drafts
from tests.storage.plans import NOON, some_meta

KINDS = ("bit", "sector", "page", "truncated", "stale")
FEW, MANY = 12, 300
LEAST_RESCUED = 95
TABLE = Address("energy", "list")
Truth = dict[Address, Decimal | str]
Reader = Callable[[Path], tuple[Truth, bool]]


@dataclass(frozen=True)
class Days:
    """A draft of an earlier day and of today, as bytes, with what is true today."""

    old: bytes
    good: bytes
    truth: Truth
    pages: dict[Address, int]  # on which page of today's draft the row of a value stands


def values(factor: int) -> Truth:
    figures = {TABLE.at(f"r{n}", "use", 2020 + n % 5): Decimal(n * factor) / 4 for n in range(600)}
    texts = {Address("prose", f"t{n}"): f"第{n}段，第{factor}稿。" * 20 for n in range(60)}
    return {**figures, **texts}


@pytest.fixture(scope="module")
def days(tmp_path_factory):
    folder = tmp_path_factory.mktemp("days") / "draft"
    before, after = values(1), values(3)
    orders = [(TABLE, tuple(f"r{n}" for n in range(600)))]
    Draft.create(folder, some_meta("the-one-plan"), answers_of(before.items(), orders)).close()
    old = (folder / DRAFT_NAME).read_bytes()
    changed = {at: value for n, (at, value) in enumerate(after.items()) if n % 2}
    edits = tuple(ValueChange(at, before[at], value) for at, value in changed.items())
    with Draft.open(folder) as draft:
        draft.commit(ChangeSet("改", edits), who="王工", source="typed", at=NOON)
    good = (folder / DRAFT_NAME).read_bytes()
    truth = before | changed
    return Days(old, good, truth, pages_of(folder / DRAFT_NAME, good))


def pages_of(path: Path, content: bytes) -> dict[Address, int]:
    """The page each row stands on, by the bytes of its record; rows of several pages left out."""
    conn = sqlite3.connect(path)
    rows = conn.execute("SELECT address, tag, text, hash FROM value").fetchall()
    conn.close()
    known = {str(address): address for address in values(1)}
    found = {known[row[0]]: content.find("".join(row).encode()) for row in rows}
    return {address: at // PAGE for address, at in found.items() if at >= 0}


def shown(path: Path) -> tuple[Truth, bool]:
    """What a planner gets to see when the draft is opened, and whether all is told to be well."""
    with Draft.open(path.parent) as draft:
        loaded = draft.load()
    marked = set(loaded.damaged)
    assert not (marked and loaded.whole)
    return {at: value for at, value in loaded.answers.values() if at not in marked}, loaded.whole  # type: ignore[misc]


def shown_unchecked(path: Path) -> tuple[Truth, bool]:
    """Known bad: a reader without hashes."""
    conn = sqlite3.connect(path)
    known = {str(address): address for address in values(1)}
    try:
        rows = conn.execute("SELECT address, tag, text FROM value").fetchall()
        return {known[at]: decode(tag, text) for at, tag, text in rows}, True  # type: ignore[misc]
    except (sqlite3.Error, ValueError, KeyError, TypeError) as error:
        raise StorageError("damaged") from error
    finally:
        conn.close()


@dataclass
class Tally:
    """Rows are those whose page was not touched."""

    drafts: int = 0
    wrong: int = 0
    refused: int = 0
    rows: int = 0
    rescued: int = 0

    @property
    def percent(self) -> int:
        return self.rescued * 100 // max(self.rows, 1)


def tallied(kind: str, days: Days, folder: Path, count: int, reader: Reader = shown) -> Tally:
    tally = Tally()
    for content in damaged_drafts(kind, days.old, days.good, count):
        place = folder / "the-one-plan"
        place.mkdir()
        (place / DRAFT_NAME).write_bytes(content)
        tally.drafts += 1
        untouched = [at for at, page in days.pages.items() if same_page(page, content, days.good)]
        try:
            found, whole = reader(place / DRAFT_NAME)
        except StorageError:
            tally.refused += 1
            found, whole = {}, False
        false = [at for at, value in found.items() if encode(value) != encode(days.truth[at])]
        missing = days.truth.keys() - found.keys()
        tally.wrong += bool(false) or (bool(missing) and whole)
        tally.rows += len(untouched)
        tally.rescued += sum(at in found for at in untouched)
        shutil.rmtree(place)
    return tally


def same_page(page: int, content: bytes, good: bytes) -> bool:
    begin = page * PAGE
    return content[begin : begin + PAGE] == good[begin : begin + PAGE]


@pytest.mark.parametrize("kind", KINDS)
def test_that_no_damage_shows_a_wrong_figure_as_good(kind, days, memory):
    tally = tallied(kind, days, memory, FEW)

    assert tally.wrong == 0
    assert tally.drafts == FEW


def test_that_a_reader_without_hashes_would_be_found_out(days, memory):
    assert tallied("stale", days, memory, FEW, shown_unchecked).wrong > 0


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_that_of_1500_damaged_drafts_none_shows_a_wrong_figure(kind, days, memory):
    tally = tallied(kind, days, memory, MANY)

    record(
        "R10",
        f"{tally.drafts} drafts, {tally.wrong} wrong unmarked, {tally.refused} refused,"
        f" {tally.percent} % of untouched rows rescued",
        kind,
    )
    assert tally.wrong == 0
    assert kind == "truncated" or tally.percent >= LEAST_RESCUED
