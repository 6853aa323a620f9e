"""How each table's columns are laid out on screen: remembered between two starts.

All layouts are one small JSON text among the settings; what cannot be read counts as usual.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import cast

from ui.settings import SettingsFile

USUAL = "*"  # as many columns stay in place as the table brings along


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """Columns by name: which are hidden, their order and widths, the last that stays in place.

    Widths are in pixels of the ordinary size of text.
    """

    frozen: str = USUAL  # "" for none
    hidden: tuple[str, ...] = ()
    order: tuple[str, ...] = ()  # of those that were moved; columns it does not name follow
    widths: Mapping[str, int] = field(default_factory=dict[str, int])


USUAL_LAYOUT = SheetLayout()


class SheetLayouts:
    """The layouts of all tables, by the name of the table."""

    def __init__(self, text: str = "", remember: Callable[[str], object] | None = None) -> None:
        self._layouts = _read(text)
        self._remember = remember

    def of(self, table: str) -> SheetLayout:
        """How a table is laid out."""
        return self._layouts.get(table, USUAL_LAYOUT)

    def put(self, table: str, layout: SheetLayout) -> None:
        """Lay a table out from now on; a usual layout needs no memory."""
        self._layouts[table] = layout
        if self._remember is not None:
            self._remember(self._written())

    def _written(self) -> str:
        usual = asdict(USUAL_LAYOUT)
        kept = {
            table: {k: v for k, v in asdict(layout).items() if v != usual[k]}
            for table, layout in self._layouts.items()
            if layout != USUAL_LAYOUT
        }
        return json.dumps(kept, ensure_ascii=False, separators=(",", ":")) if kept else ""


def remembered_layouts(settings: SettingsFile) -> SheetLayouts:
    """The layouts this machine remembers."""
    return SheetLayouts(settings.now.sheets, lambda text: settings.change(sheets=text))


def _read(text: str) -> dict[str, SheetLayout]:
    try:
        loose: object = json.loads(text) if text else {}
    except ValueError:
        return {}
    if not isinstance(loose, dict):
        return {}
    tables = cast("dict[str, object]", loose)
    return {
        name: _layout(cast("dict[str, object]", each))
        for name, each in tables.items()
        if isinstance(each, dict)
    }


def _layout(loose: Mapping[str, object]) -> SheetLayout:
    frozen, widths = loose.get("frozen"), loose.get("widths")
    return SheetLayout(
        frozen if isinstance(frozen, str) else USUAL,
        _names(loose.get("hidden")),
        _names(loose.get("order")),
        _widths(cast("dict[str, object]", widths)) if isinstance(widths, dict) else {},
    )


def _names(loose: object) -> tuple[str, ...]:
    names = cast("list[object]", loose) if isinstance(loose, list) else []
    return tuple(name for name in names if isinstance(name, str))


def _widths(loose: Mapping[str, object]) -> dict[str, int]:
    return {name: wide for name, wide in loose.items() if isinstance(wide, int) and wide > 0}
