"""Long work on a sheet in pieces: what is read first, then the edits as one undo step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from forms.edits import Edit
from ui.dialogs.working import WHOLE, take_steps
from ui.grid.sheet_model import SheetModel

if TYPE_CHECKING:
    from ui.grid.panel import SheetPanel

READ = WHOLE // 2  # of the whole: what reading takes; putting takes the rest


def counted(steps: Iterable[object], count: int, most: int = READ) -> Iterator[int]:
    """So many steps, each saying how much of the whole is done."""
    for number, _ in enumerate(steps, start=1):
        yield min(most, number * most // max(1, count))


def put_steps(
    model: SheetModel, edits: Sequence[Edit], label: str, begin: int = READ
) -> Iterator[int]:
    """Put edits into the plan as one undo step; how much of the whole is done."""
    for taken in model.put_steps(edits, label):
        yield begin + (WHOLE - begin) * taken // len(edits)


def carry_out(
    panel: SheetPanel,
    title: str,
    steps: Iterator[int],
    done: Callable[[], object] = lambda: None,
) -> None:
    """Take steps on a sheet; what is being typed in a cell of it comes first, that none is lost."""
    panel.model.rearranging.emit()
    take_steps(title, steps, done, panel)


def put_many(
    panel: SheetPanel,
    edits: Sequence[Edit],
    label: str,
    done: Callable[[], object] = lambda: None,
) -> None:
    """Ready edits as one undo step; where it takes long it shows how far it is."""
    carry_out(panel, label, put_steps(panel.model, edits, label, 0), done)
