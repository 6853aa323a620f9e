"""What can be done with a finding in its own row of the list: small links below its words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter

from forms.checks import Finding
from ui import theme

_BETWEEN = 18
_ABOVE = 4


class Deed(Enum):
    """The sorts of things that can be done with a finding."""

    MEND = "mend"


@dataclass(frozen=True, slots=True)
class FindingAction:
    """One link of a finding's row."""

    deed: Deed
    label: str


def actions_of(finding: Finding) -> tuple[FindingAction, ...]:
    """What a finding offers; Ctrl+Enter does the first."""
    if finding.mend is None:
        return ()
    return (FindingAction(Deed.MEND, finding.mend.label),)


def action_boxes(
    font: QFont, actions: tuple[FindingAction, ...], left: int, top: int
) -> list[tuple[FindingAction, QRect]]:
    """Where the links stand below `top`, side by side."""
    metrics = QFontMetrics(font)
    boxes: list[tuple[FindingAction, QRect]] = []
    for action in actions:
        width = metrics.horizontalAdvance(action.label)
        boxes.append((action, QRect(left, top + _ABOVE, width, metrics.height() + _ABOVE)))
        left += width + _BETWEEN
    return boxes


def action_at(boxes: list[tuple[FindingAction, QRect]], point: QPoint) -> FindingAction | None:
    """The link under a point."""
    return next((action for action, box in boxes if box.contains(point)), None)


def paint_actions(painter: QPainter, font: QFont, boxes: list[tuple[FindingAction, QRect]]) -> None:
    """Draw the links."""
    painter.setFont(font)
    painter.setPen(theme.colour("accent"))
    for action, box in boxes:
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), action.label)
