"""What an edit would do to the figures of a plan, found before it is done; nothing is changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, localcontext

from forms.address import Address
from forms.computed_places import computed_places
from forms.edits import Edit, apply_edits
from forms.encoding import decimal_text
from forms.evaluation import as_number, without_padding
from forms.naming import place_name
from forms.row_units import unit_at
from forms.schema import INDICATOR_BASE, INDICATOR_TARGET, Pack
from forms.slots import Slot, SlotKey, referenced_slot, slot_key
from forms.values import Value
from forms.view import PlanView, evaluate
from forms.wording import word

_PRECISION = 34


@dataclass(frozen=True, slots=True)
class Affected:
    """A figure an edit would change; `before` and `after` are "" where there is none.

    `rate` is the change in percent of the figure before, None when it cannot be said. When
    `is_overridden` a typed value stands there and stays: only the formula behind it changes.
    """

    address: Address
    label: str
    before: str
    after: str
    rate: Decimal | None
    is_overridden: bool


def impact(pack: Pack, view: PlanView, edits: tuple[Edit, ...]) -> tuple[Affected, ...]:
    """Every figure some edits would change, in plan order; `EditError` when they are refused."""
    changes = apply_edits(pack, view.answers, edits, "")
    if not changes.changes:
        return ()
    after = evaluate(pack, changes.answers, view)
    touched = {_slot_key(pack, place) for place in changes.changes.places}
    wanted = resting_on(pack, {key for key in touched if key is not None})
    places = dict(computed_places(view, wanted)) | dict(computed_places(after, wanted))
    order = {section.key: number for number, section in enumerate(pack.sections())}
    found = [
        affected
        for address, slot in sorted(places.items(), key=lambda pair: order[pair[0].section])
        if (affected := _affected(view, after, address, slot)) is not None
    ]
    return tuple(found)


def resting_on(pack: Pack, keys: set[SlotKey]) -> frozenset[SlotKey]:
    """The slots whose figures rest on some slots, directly or through other figures."""
    readers: dict[SlotKey, set[SlotKey]] = {}
    for slot in pack.index.slots.values():
        for read in _read_by(pack, slot):
            readers.setdefault(read, set()).add(slot.key)
    found: set[SlotKey] = set()
    stack = list(keys)
    while stack:
        for reader in readers.get(stack.pop(), ()):
            if reader not in found:
                found.add(reader)
                stack.append(reader)
    return frozenset(found)


def _read_by(pack: Pack, slot: Slot) -> Iterator[SlotKey]:
    if slot.formula is not None:
        keys: Iterable[SlotKey | None] = (
            referenced_slot(pack, reference, slot.key) for reference in slot.formula.references()
        )
        yield from (key for key in keys if key is not None)
    elif not slot.overridable:  # change and rate of an indicator
        row = slot.key[2].partition(".")[0]
        yield (*slot.key[:2], f"{row}.{INDICATOR_BASE}")
        yield (*slot.key[:2], f"{row}.{INDICATOR_TARGET}")


def _slot_key(pack: Pack, address: Address) -> SlotKey | None:
    item = pack.index.items.get((address.section, address.item))
    return slot_key(item, address) if item else None


def _affected(before: PlanView, after: PlanView, address: Address, slot: Slot) -> Affected | None:
    is_overridden = before.is_overridden(address)
    old, new = before.figure(address).value, after.figure(address).value
    if old == new or (as_number(old) is None and as_number(new) is None):
        return None
    texts = _texts(before.pack, slot, unit_at(after, address), old, new)
    return Affected(address, place_name(after, address), *texts, _rate(old, new), is_overridden)


def _texts(
    pack: Pack, slot: Slot, unit: str, old: Value | None, new: Value | None
) -> tuple[str, str]:
    """Both figures as people read them; with every digit where rounding hides the difference."""
    texts = [word(pack, slot.kind, value) for value in (old, new)]
    if texts[0] == texts[1]:
        texts = [decimal_text(value) if isinstance(value, Decimal) else "" for value in (old, new)]
    first, second = (f"{text} {unit}".strip() if text else "" for text in texts)
    return first, second


def _rate(old: Value | None, new: Value | None) -> Decimal | None:
    start, end = as_number(old), as_number(new)
    if not start or end is None:
        return None
    with localcontext() as context:
        context.prec = _PRECISION
        rate = without_padding((end - start) / start * 100)
    return rate if isinstance(rate, Decimal) else None
