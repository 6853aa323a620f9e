"""Which part of the guide speaks of the place where the keyboard is."""

from __future__ import annotations

from typing import Final, NamedTuple

from PySide6.QtWidgets import QWidget

from ui.around import around
from ui.diagrams.panel import DiagramPanel
from ui.fields.factor_panel import FactorPanel
from ui.fields.frame import FieldFrame
from ui.fields.pictures import PictureEditor
from ui.fields.trace_view import TraceView
from ui.grid.large_panel import LargePanel
from ui.grid.panel import SheetPanel
from ui.grid.rows_panel import RowsPanel
from ui.history.panel import HistoryPanel
from ui.navigation import Navigator
from ui.pages.progress_page import ProgressPage
from ui.panels.findings import FindingsPanel
from ui.panels.guide import GuidePanel
from ui.panels.notes import NotesPanel
from ui.preview.panel import PreviewPanel
from ui.prose.edit import ProseEdit


class GuidePlace(NamedTuple):
    """A chapter's file, and the heading in it; "" for its beginning."""

    file: str
    heading: str = ""


FRONT: Final = GuidePlace("README.md")
_FILLING, _WINDOW = "04-filling.md", "03-window.md"
# What stands inside something else comes before that.
PLACES: tuple[tuple[type[QWidget], GuidePlace], ...] = (
    (TraceView, GuidePlace("05-figures.md", "查依据")),
    (ProseEdit, GuidePlace(_FILLING, "正文")),
    (PictureEditor, GuidePlace(_FILLING, "图片")),
    (FieldFrame, GuidePlace(_FILLING, "各种栏目")),
    (LargePanel, GuidePlace(_FILLING, "项目大表")),
    (RowsPanel, GuidePlace(_FILLING, "可以加行的表")),
    (SheetPanel, GuidePlace(_FILLING, "分年表")),
    (DiagramPanel, GuidePlace(_FILLING, "由表绘制的图")),
    (FactorPanel, GuidePlace("06-energy.md", "核对因子")),
    (ProgressPage, GuidePlace(_WINDOW, "进度和分工")),
    (NotesPanel, GuidePlace(_WINDOW, "备注")),
    (GuidePanel, GuidePlace(_WINDOW, "跟着指引写")),
    (PreviewPanel, GuidePlace(_WINDOW, "看印出来的样子")),
    (FindingsPanel, GuidePlace("09-checks.md")),
    (HistoryPanel, GuidePlace("11-files.md", "查看和恢复以前的内容")),
    (Navigator, GuidePlace(_WINDOW)),
)


def place_of(widget: QWidget | None) -> GuidePlace:
    """What the guide has to say of a widget; its front page when that is nothing."""
    found = (place for each in around(widget) for kind, place in PLACES if isinstance(each, kind))
    return next(found, FRONT)
