"""From a typed or pasted text to the value of a cell; rows and options as people name them."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from forms.address import Address
from forms.kinds import Choices, Kind, Narrative, Reference, is_numeric, unit_of
from forms.places import slot_at
from forms.reading import ReadingError, check_value, read_value
from forms.row_units import kind_at
from forms.sheet_cells import plain_figure
from forms.values import Value
from forms.view import PlanView
from ui.text import tr

_BETWEEN = "、,，;； \n\t"


class EntryError(ValueError):
    """The text cannot stand there; the message is a sentence for people."""


def read_entry(view: PlanView, address: Address, text: str) -> Value | None:
    """The value a text means at an address; `EntryError` when it means none."""
    slot, kind = slot_at(view.pack, address), kind_at(view, address)
    if slot is None or kind is None or not slot.overridable:
        raise EntryError(tr("此格由公式计算，不能填写。"))
    return read_as(view, kind, text)


def read_as(view: PlanView, kind: Kind, text: str) -> Value | None:
    """The value of a kind a text of a cell means; `EntryError` when it means none."""
    try:
        match kind:
            case Reference():
                return _row_named(view, kind, text.strip())
            case Choices():
                value = _options_named(view, kind, text)
            case Narrative():
                return read_value(view.pack, kind, text)
            case _:
                plain = plain_figure(text).text if is_numeric(kind) else text
                value = read_value(view.pack, kind, plain)
        return None if value is None else check_value(view.pack, kind, value)
    except ReadingError as error:
        raise EntryError(str(error)) from error


def other_unit(kind: Kind, text: str, value: Value) -> str:
    """The unit a figure's text is written in where its value had to be converted, else ""."""
    figure = plain_figure(text)
    if not is_numeric(kind) or figure.unit in ("", unit_of(kind)):
        return ""
    try:
        is_same = value == Decimal(figure.digits.replace(",", ""))
    except InvalidOperation:
        return ""
    return "" if is_same else figure.unit


def _row_named(view: PlanView, kind: Reference, text: str) -> str | None:
    if not text:
        return None
    table = kind.home
    rows = view.rows(table)
    if text in rows:
        return text
    named = [row for row in rows if view.row_name(table.at_row(row)) == text]
    if len(named) == 1:
        return named[0]
    if named:
        raise EntryError(
            tr("有 {count} 行都叫“{name}”，请从列表中选择。").format(count=len(named), name=text)
        )
    raise EntryError(tr("没有名为“{name}”的行，请从列表中选择。").format(name=text))


def _options_named(view: PlanView, kind: Choices, text: str) -> Value | None:
    """Options by their labels, longest first, since a label may itself contain the separator."""
    rest = text.strip()
    vocabulary = view.pack.index.vocabularies[kind.vocabulary]
    chosen: set[str] = set()
    for option in sorted(vocabulary.options, key=lambda option: -len(option.label)):
        for name in (option.label, option.key):
            if name in rest:
                rest = rest.replace(name, "\n", 1)
                chosen.add(option.key)
                break
    left = rest.strip(_BETWEEN)
    if left:
        raise EntryError(
            tr("“{text}”不在“{title}”的选项中。").format(text=left, title=vocabulary.title)
        )
    return tuple(o.key for o in vocabulary.options if o.key in chosen) or None
