"""Figures and findings after any edits: the same as from nothing, and undone to the last digit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commands.making import DEFAULT_PACK, sample_plan
from forms.address import Address
from forms.changes import apply_changes, difference
from forms.checks import Finding, run_checks
from forms.edits import Edit
from forms.evaluation import Figure
from forms.gaps import complete_plan
from forms.kinds import Integer, Numeric, is_numeric
from forms.loading import open_pack
from forms.reading import ReadingError, read_value
from forms.schema import Table
from forms.view import PlanView, evaluate
from forms.wording import word
from tests.forms import plans
from tests.forms.random_edits import NEW_ROWS, Ground, applied, cells, periods
from tests.packs.loading import small_pack

SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example)
FEW = settings(max_examples=5, suppress_health_check=SLOW)
SOME = settings(max_examples=60, suppress_health_check=SLOW)
MANY = settings(max_examples=150, suppress_health_check=SLOW)
STEPS = 6
SMALL = Ground.of(small_pack(), plans.sample())


@lru_cache(maxsize=1)
def sample() -> Ground:
    """The ground of the sample plan; made when first asked for."""
    return Ground.of(open_pack(DEFAULT_PACK), sample_plan().answers)


@dataclass(frozen=True)
class Seen:
    """Everything a plan says of itself: each place's value, figure and text; what it asks."""

    values: dict[Address, str]
    figures: dict[Address, Figure]
    texts: dict[Address, str]
    shown: dict[str, str]
    findings: tuple[Finding, ...]


def everything(view: PlanView) -> Seen:
    places = [address for _, address in cells(view, NEW_ROWS)]
    shown: dict[str, str] = {"years": repr(periods(view)), "gaps": repr(complete_plan(view))}
    for section in view.pack.sections():
        shown[section.key] = repr(view.shows_section(section))
        for item in section.items:
            home = Address(section.key, item.key)
            shown[str(home)] = repr(view.shows_item(item))
            if isinstance(item, Table):
                shown[f"{home} totals"] = repr(sorted(view.totals(home).items()))
                names = [view.row_name(home.at_row(row)) for row in view.rows(home)]
                shown[f"{home} rows"] = repr(names)
    return Seen(
        {place: repr(view.value(place)) for place in places},
        {place: view.figure(place) for place in places},
        {place: view.text(place) for place in places},
        shown,
        run_checks(view),
    )


def compare(one: Seen, other: Seen) -> None:
    """Equal to the last digit; what differs is named, not the whole plan."""
    for name in ("values", "figures", "texts", "shown"):
        left, right = getattr(one, name), getattr(other, name)
        keys = {*left, *right}
        different = {
            str(key): (left.get(key), right.get(key))
            for key in keys
            if repr(left.get(key)) != repr(right.get(key))
        }
        assert different == {}, name
    assert one.findings == other.findings


# -- Incremental is full ---------------------------------------------------------------------------


def incremental_is_full(ground: Ground, bursts: Sequence[Sequence[Edit]], looks: st.DataObject):
    """One view after the other, each looked at wholly, in part or not at all before the next."""
    pack, answers = ground.start.pack, ground.start.answers
    seen = evaluate(pack, answers)
    for burst in bursts:
        answers, _ = applied(pack, answers, burst)
        seen = evaluate(pack, answers, seen)
        look = looks.draw(st.sampled_from(["all", "findings", "figures", "one", "nothing"]))
        if look == "all":
            compare(everything(seen), everything(evaluate(pack, answers)))
        elif look == "findings":
            assert run_checks(seen) == run_checks(evaluate(pack, answers))
        elif look == "figures":
            fresh = evaluate(pack, answers)
            for _, place in cells(fresh, NEW_ROWS):
                assert repr(seen.figure(place)) == repr(fresh.figure(place)), place
        elif look == "one":
            _, place = looks.draw(st.sampled_from(ground.places))
            assert repr(seen.value(place)) == repr(evaluate(pack, answers).value(place)), place
    compare(everything(seen), everything(evaluate(pack, answers)))
    assert [place for place in left_behind(seen) if place not in left_behind(ground.start)] == []


def left_behind(view: PlanView) -> list[Address]:
    """Typed cells of rows that are not there: a removed row takes its figures with it."""
    return [
        place
        for place, _ in view.answers.values()
        if isinstance(view.pack.index.items.get((place.section, place.item)), Table)
        and place.row not in view.answers.order(place)
    ]


@SOME
@given(SMALL.bursts(STEPS), st.data())
def test_that_the_small_plan_brought_up_to_date_is_the_plan_worked_out_afresh(bursts, looks):
    incremental_is_full(SMALL, bursts, looks)


@FEW
@given(st.deferred(lambda: sample().bursts(STEPS)), st.data())
def test_that_the_sample_brought_up_to_date_is_the_sample_worked_out_afresh(bursts, looks):
    incremental_is_full(sample(), bursts, looks)


@pytest.mark.long
@MANY
@given(st.deferred(lambda: sample().bursts(2 * STEPS)), st.data())
def test_that_the_sample_brought_up_to_date_many_times_is_the_sample_worked_out_afresh(
    bursts, looks
):
    incremental_is_full(sample(), bursts, looks)


@FEW
@given(st.data())
def test_that_each_single_edit_of_the_sample_reaches_everything_that_rests_on_it(data):
    """From the same whole view, one edit: what the window does at every key press."""
    ground = sample()
    before = warm()
    for _ in range(4):
        answers, _ = applied(ground.start.pack, before.answers, [data.draw(ground.edits())])
        after = evaluate(ground.start.pack, answers, before)
        compare(everything(after), everything(evaluate(ground.start.pack, answers)))
    compare(everything(before), untouched())  # the older view is not disturbed


@lru_cache(maxsize=1)
def warm() -> PlanView:
    view = evaluate(sample().start.pack, sample().start.answers)
    everything(view)
    return view


@lru_cache(maxsize=1)
def untouched() -> Seen:
    return everything(evaluate(sample().start.pack, sample().start.answers))


# -- Undo ------------------------------------------------------------------------------------------


def undone_is_start(ground: Ground, chain: Sequence[Edit]) -> None:
    """Every edit taken back one by one, and at once, from views that were looked at throughout."""
    pack, start = ground.start.pack, ground.start.answers
    first = evaluate(pack, start)
    said = everything(first)
    answers, done = applied(pack, start, chain)
    view = evaluate(pack, answers, first)
    run_checks(view)
    for changes in reversed(done):
        answers = apply_changes(answers, changes.inverted())
        view = evaluate(pack, answers, view)
        run_checks(view)
    assert answers == start
    assert not difference(start, answers, "").changes
    compare(everything(view), said)

    if done:
        whole = done[0]
        for changes in done[1:]:
            whole = whole.merged(changes)
        far, _ = applied(pack, start, chain)
        home = apply_changes(far, whole.inverted())
        assert not difference(start, home, "").changes
        compare(everything(evaluate(pack, home, evaluate(pack, far, first))), said)


@SOME
@given(st.lists(SMALL.edits(), min_size=1, max_size=8))
def test_that_undo_restores_every_figure_and_finding_of_the_small_plan(chain):
    undone_is_start(SMALL, chain)


@FEW
@given(st.deferred(lambda: st.lists(sample().edits(), min_size=1, max_size=8)))
def test_that_undo_restores_every_figure_and_finding_of_the_sample(chain):
    undone_is_start(sample(), chain)


@pytest.mark.long
@MANY
@given(st.deferred(lambda: st.lists(sample().edits(), min_size=1, max_size=20)))
def test_that_undo_restores_the_sample_after_many_edits(chain):
    undone_is_start(sample(), chain)


@SOME
@given(st.lists(SMALL.edits(), min_size=1, max_size=8), st.integers(0, 8))
def test_that_redo_gives_the_figures_that_were_undone(chain, taken_back):
    pack = SMALL.start.pack
    answers, done = applied(pack, SMALL.start.answers, chain)
    view = evaluate(pack, answers, SMALL.start)
    said = everything(view)
    back = done[max(0, len(done) - taken_back) :]
    for changes in reversed(back):
        answers = apply_changes(answers, changes.inverted())
        view = evaluate(pack, answers, view)
        run_checks(view)
    for changes in back:
        answers = apply_changes(answers, changes)
        view = evaluate(pack, answers, view)
        run_checks(view)
    compare(everything(view), said)


# -- Order does not matter -------------------------------------------------------------------------


@SOME
@given(st.data())
def test_that_moving_rows_changes_no_sum(data):
    """Whatever the order of the rows, every computed field and total stays."""
    view = warm()
    table = data.draw(st.sampled_from([t for t in sample().tables if len(view.rows(t)) > 1]))
    order = data.draw(st.permutations(view.rows(table)))
    moved = evaluate(view.pack, view.answers.with_order(table, tuple(order)), view)
    for slot, place in cells(view):
        if is_numeric(slot.kind):
            one, other = view.number(place), moved.number(place)
            assert one == other or _nearly(one, other), place


def _nearly(one: Decimal | None, other: Decimal | None) -> bool:
    """Apart by the last of 34 digits at most, as sums in another order may be."""
    if one is None or other is None:
        return False
    return abs(one - other) <= abs(one) * Decimal("1e-32")


# -- Formatting round trips ------------------------------------------------------------------------


def test_that_every_printed_figure_of_the_sample_reads_back_as_the_rounded_value():
    view = sample().start
    read = 0
    for slot, place in cells(view):
        value = view.value(place)
        if not isinstance(slot.kind, Numeric) or not isinstance(value, int | Decimal):
            continue
        printed = view.text(place)
        assert read_value(view.pack, slot.kind, printed) == _rounded(slot.kind, value), place
        read += 1
    assert read > 900


@settings(max_examples=400)
@given(
    st.sampled_from([s for s, _ in SMALL.figures]),
    st.decimals(-(10**14), 10**14, allow_nan=False, places=9),
)
def test_that_any_figure_printed_and_read_back_is_the_rounded_figure(slot, value):
    pack, kind = SMALL.start.pack, slot.kind
    printed, rounded = word(pack, kind, value), _rounded(kind, value)
    try:
        assert read_value(pack, kind, printed) == rounded
    except ReadingError:  # out of the limits of its kind, as what is computed may be
        low, high = kind.minimum, kind.maximum
        assert (low is not None and rounded < low) or (high is not None and rounded > high)
    assert word(pack, kind, rounded) == printed


def _rounded(kind: Numeric, value: Decimal | int) -> Decimal:
    """四舍五入 by the book: half away from zero at the printed digits; fewer stay."""
    if isinstance(value, int):
        return Decimal(value)
    places = 0 if isinstance(kind, Integer) else kind.decimals
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
