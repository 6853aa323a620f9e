"""Live figures of the prose that cannot be printed, or whose words say the opposite."""

from __future__ import annotations

import re
from collections.abc import Iterator

from forms.address import Address
from forms.checks.finding import Finding, Step
from forms.checks.in_prose import where_in, words_before
from forms.checks.narratives import Told, naming, narratives
from forms.live_figures import Placed, Shown, is_movement, live_figures_in, shown_at
from forms.places import slot_at
from forms.schema import Severity
from forms.view import PlanView

RULE_GONE = "LIV-001"
RULE_EMPTY = "LIV-002"
RULE_DIRECTION = "LIV-003"
_LOOKED_BACK = 12  # characters before a number that may say which way it moves
_FALLING = "下降|降低|降至|降到|减少|减至|少|降|减"
_RISING = "提高|提升|增长|增加|上升|扩大|多|升|增"
_MARK = "{{"
_WAYS = re.compile(rf"(?P<falls>{_FALLING})|(?P<rises>{_RISING})")


def live_figures(view: PlanView) -> Iterator[Step]:
    """A finding for every live figure without a source or value, and for one told the wrong way."""
    for told in narratives(view, RULE_GONE, None, naming(_MARK)):
        if told is not None:
            for placed in live_figures_in(told.text):
                yield _of_one(view, told, placed)
        yield None


def _of_one(view: PlanView, told: Told, placed: Placed) -> Finding | None:
    found = shown_at(view, placed)
    if found.is_empty:
        return _empty(view, told, placed, found)
    if found.fault:
        return _gone(view, told, placed, found)
    return _direction(view, told, placed)


def _gone(view: PlanView, told: Told, placed: Placed, found: Shown) -> Finding:
    where = where_in(view, told, placed.start)
    sentence = f"{where}的活数字（{_named(view, placed)}）没有来源：{found.fault}"
    remedy = "删去这个活数字，或另选一个数、直接写上数字；误删的行可以撤销。"
    return Finding(RULE_GONE, Severity.MUST, sentence, remedy, _places(view, told, placed))


def _empty(view: PlanView, told: Told, placed: Placed, found: Shown) -> Finding:
    where = where_in(view, told, placed.start)
    sentence = f"{where}的活数字还没有数：{found.fault}"
    remedy = "填上所缺的数，正文中的数字会自动出现。"
    return Finding(RULE_EMPTY, Severity.MUST, sentence, remedy, _places(view, told, placed))


def _direction(view: PlanView, told: Told, placed: Placed) -> Finding | None:
    figure = placed.figure
    if figure is None or not is_movement(view.pack, figure.address):
        return None
    moved = view.number(figure.address)
    if not moved:
        return None
    before = words_before(told, placed.start)[-_LOOKED_BACK:]
    said = list(_WAYS.finditer(before))
    falls = moved < 0
    if said and bool(said[-1]["falls"]) == falls:
        return None
    right, wrong = ("下降", "提高") if falls else ("提高", "下降")
    slot = slot_at(view.pack, figure.address)
    label = slot.label if slot else ""
    stated = f"写作“{said[-1][0]}”" if said else f"前没有写明是{right}还是{wrong}"
    shown = shown_at(view, placed).text
    where = where_in(view, told, placed.start)
    sentence = f"{where}的活数字{stated}，方案数据中“{label}”是{right} {shown}。"
    remedy = f"活数字不带正负号，请在数字前写明“{right}”，或核对数据。"
    return Finding(RULE_DIRECTION, Severity.SHOULD, sentence, remedy, _places(view, told, placed))


def _named(view: PlanView, placed: Placed) -> str:
    """What the figure was: the name of its slot where the pack has one, and its address."""
    if placed.figure is None:
        return placed.source.strip("{}")
    slot = slot_at(view.pack, placed.figure.address)
    return f"{slot.label}，{placed.figure.address}" if slot else str(placed.figure.address)


def _places(view: PlanView, told: Told, placed: Placed) -> tuple[Address, ...]:
    """The prose, and the source where it still is somewhere to go."""
    source = placed.figure.address if placed.figure else None
    if source is None or slot_at(view.pack, source) is None:
        return (told.address,)
    item = source.table
    has_row = not source.row or source.row in view.rows(item)
    return (told.address, source if has_row else item)
