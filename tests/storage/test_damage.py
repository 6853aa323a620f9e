"""Damage at rest: nothing wrong is ever shown as good, and what is good is still shown."""

from __future__ import annotations

import random
import sqlite3
from decimal import Decimal

import pytest

from forms.address import Address
from forms.answers import answers_of
from forms.changes import ChangeSet, ValueChange
from forms.encoding import decode, encode
from storage.database import DRAFT_NAME, is_held
from storage.draft import Draft
from storage.errors import DamagedDraft, StorageError
from storage.history import history
from storage.reading import read_snapshot
from tests.storage.plans import NOON, same, small_plan, some_meta

TABLE = Address("energy", "list")


def figures(count: int, factor: int = 1) -> dict[Address, Decimal]:
    return {TABLE.at(f"r{n}", "use", 2020 + n % 5): Decimal(n * factor) / 4 for n in range(count)}


@pytest.fixture(scope="module")
def stages(tmp_path_factory):
    """A draft of an earlier day and of today, as bytes, with what is true today."""
    folder = tmp_path_factory.mktemp("stages") / "draft"
    before, after = figures(700), figures(700, 3)
    Draft.create(folder, some_meta(), answers_of(before.items(), [])).close()
    path = folder / DRAFT_NAME
    old = path.read_bytes()
    changed = {place: value for place, value in after.items() if hash(place.row) % 2}
    with Draft.open(folder) as draft:
        edits = tuple(ValueChange(at, before[at], value) for at, value in changed.items())
        draft.commit(ChangeSet("改", edits), who="王工", source="typed", at=NOON)
    return old, path.read_bytes(), before | changed


def damaged_copies(kind: str, old: bytes, good: bytes, count: int):
    chance = random.Random(kind)
    for _ in range(count):
        content = bytearray(good)
        match kind:
            case "bit":
                content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
            case "sector":
                at = chance.randrange(len(content) // 512) * 512
                content[at : at + 512] = bytes(512)
            case "page":
                at = chance.randrange(1, len(content) // 4096) * 4096
                content[at : at + 4096] = chance.randbytes(4096)
            case "truncated":
                del content[chance.randrange(100, len(content)) :]
            case "stale":
                pages = [
                    at
                    for at in range(4096, len(old), 4096)
                    if old[at : at + 4096] != good[at : at + 4096]
                ]
                at = chance.choice(pages)
                content[at : at + 4096] = old[at : at + 4096]
        yield bytes(content)


def shown(path) -> tuple[dict, bool, set]:
    """What a planner sees of a draft: values, whether all is well, and the marked places."""
    loaded = read_snapshot(path)
    return dict(loaded.answers.values()), loaded.whole, set(loaded.damaged)


def shown_unchecked(path) -> tuple[dict, bool, set]:
    """The same by a reader without hashes, to prove that the test can fail."""
    conn = sqlite3.connect(path)
    try:
        rows = conn.execute("SELECT address, tag, text FROM value").fetchall()
        known = {str(address): address for address in figures(700)}
        return {known[at]: decode(tag, text) for at, tag, text in rows}, True, set()
    except (sqlite3.Error, ValueError, KeyError) as error:
        raise StorageError("damaged") from error
    finally:
        conn.close()


def wrong_shows(reader, kind, stages, path, count) -> tuple[int, int, int]:
    """How often something wrong or missing went unnoticed; rows rescued, and rows in all."""
    old, good, truth = stages
    wrong = rescued = rows = 0
    for content in damaged_copies(kind, old, good, count):
        path.write_bytes(content)
        try:
            values, whole, marked = reader(path)
        except StorageError:
            continue
        false = {at for at, value in values.items() if encode(truth[at]) != encode(value)}
        missing = truth.keys() - values.keys()
        wrong += bool(false) or (bool(missing) and whole) or (bool(marked) and whole)
        rescued += len(values) - len(false)
        rows += len(truth)
    return wrong, rescued, rows


@pytest.mark.parametrize("kind", ["bit", "sector", "page", "truncated", "stale"])
def test_that_no_damage_shows_a_wrong_figure_as_good(kind, stages, tmp_path):
    wrong, rescued, rows = wrong_shows(shown, kind, stages, tmp_path / "draft.sqlite", 30)

    assert wrong == 0
    assert kind == "truncated" or rescued > rows * 0.8


def test_that_a_reader_without_hashes_would_show_wrong_figures(stages, tmp_path):
    path = tmp_path / "draft.sqlite"

    assert wrong_shows(shown_unchecked, "stale", stages, path, 10)[0] > 0


def spoil(draft: Draft, statement: str) -> None:
    draft.database.conn.execute(statement)


@pytest.fixture
def draft(tmp_path):
    with Draft.create(
        tmp_path / "draft", some_meta(), answers_of(figures(4).items(), [(TABLE, ("r0", "r1"))])
    ) as opened:
        yield opened


FIRST = TABLE.at("r0", "use", 2020)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE value SET text = '99' WHERE address = 'energy/list/r0/use/2020'",
        "UPDATE value SET tag = 'text' WHERE address = 'energy/list/r0/use/2020'",
        "UPDATE value SET hash = 'x' WHERE address = 'energy/list/r0/use/2020'",
        "UPDATE value SET text = CAST(x'ff30' AS TEXT) WHERE address = 'energy/list/r0/use/2020'",
    ],
)
def test_that_a_damaged_value_is_marked_and_left_out(draft, statement):
    spoil(draft, statement)

    loaded = draft.load()

    assert loaded.damaged == (FIRST,)
    assert not loaded.whole
    assert loaded.answers.get(FIRST) is None
    assert len(list(loaded.answers.values())) == 3


def test_that_a_damaged_row_order_is_marked(draft):
    spoil(draft, """UPDATE row_order SET rows = '["r1","r0"]'""")

    assert (draft.load().damaged, draft.load().answers.order(TABLE)) == ((TABLE,), ())


def test_that_a_vanished_value_is_noticed(draft):
    spoil(draft, "DELETE FROM value WHERE address = 'energy/list/r0/use/2020'")

    assert not draft.load().whole


def test_that_a_value_of_yesterday_is_noticed_and_named(draft):
    old = draft.database.conn.execute(
        "SELECT text, hash FROM value WHERE address = ?", (str(FIRST),)
    )
    row = old.fetchone()
    draft.commit(
        ChangeSet("改", (ValueChange(FIRST, Decimal(0), Decimal(7)),)),
        who="王工",
        source="typed",
        at=NOON,
    )
    spoil(draft, f"UPDATE value SET text = '{row[0]}', hash = '{row[1]}' WHERE address = '{FIRST}'")

    assert draft.load().damaged == (FIRST,)


@pytest.mark.parametrize("key", ["root", "revision", "title", "plan_id", "created"])
def test_that_damaged_names_and_numbers_do_not_hide_the_plan(draft, key):
    spoil(draft, f"UPDATE meta SET text = 'spoiled' WHERE key = '{key}'")

    loaded = draft.load()

    assert not loaded.whole
    assert len(list(loaded.answers.values())) == 4


def test_that_typing_a_damaged_value_again_mends_it(draft):
    spoil(draft, f"UPDATE value SET text = '99' WHERE address = '{FIRST}'")

    draft.commit(
        ChangeSet("恢复", (ValueChange(FIRST, None, Decimal("0")),)),
        who="王工",
        source="restore",
        at=NOON,
    )

    assert draft.load().whole
    assert encode(draft.load().answers.get(FIRST)) == ("decimal", "0")


def test_that_going_on_without_the_damaged_is_a_decision_and_keeps_a_copy(draft):
    spoil(draft, f"UPDATE value SET text = '99' WHERE address = '{FIRST}'")
    spoil(draft, "DELETE FROM value WHERE address = 'energy/list/r1/use/2021'")
    place = TABLE.at("r3", "use", 2023)
    draft.commit(
        ChangeSet("改", (ValueChange(place, Decimal("0.75"), Decimal(9)),)),
        who="王工",
        source="typed",
        at=NOON,
    )
    spoil(draft, f"DELETE FROM value WHERE address = '{place}'")
    draft.commit(
        ChangeSet("改", (ValueChange(TABLE.at("r2", "use", 2022), None, Decimal(5)),)),
        who="王工",
        source="typed",
        at=NOON,
    )
    assert not draft.load().whole
    expected = draft.load().answers

    draft.settle_damage(who="王工", at=NOON)

    loaded = draft.load()
    assert (loaded.whole, loaded.damaged, same(loaded.answers)) == (True, (), same(expected))
    assert len(list((draft.folder / "snapshots").glob("before-settling-*.sqlite"))) == 1
    entry = history(draft, 1)[0]
    assert (entry.action.label, entry.damaged) == ("舍弃损坏内容", 1)


def test_that_damage_that_sqlite_cannot_even_quote_is_told_as_damage(tmp_path):
    folder = tmp_path / "draft"
    Draft.create(folder, some_meta(), small_plan()).close()
    path = folder / DRAFT_NAME
    content = path.read_bytes()
    path.write_bytes(content.replace(b"CREATE TABLE", b"CREATE T\xf5BLE", 1))

    with pytest.raises(DamagedDraft, match="文件结构已损坏"):
        Draft.open(folder)
    assert not is_held(path)
