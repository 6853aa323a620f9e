"""A diagram under its name, always as the plan stands; what it needs is said while it is empty."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from exporters.compose.alternatives import alternative
from exporters.compose.figures import drawing_of
from exporters.drawing import Drawing
from forms.diagram_data import DiagramData
from forms.diagrams import diagram_data
from forms.schema import Diagram
from forms.view import PlanView
from ui.diagrams.keeping import DiagramTools
from ui.diagrams.painter import paint_drawing
from ui.fields.made import lay_out_made
from ui.session import PlanSession
from ui.theme import colour

_WIDEST = 720
_LEAST = 280
_SOON_MS = 120


class DrawingView(QWidget):
    """Shows a drawing as wide as there is room, up to a limit."""

    def __init__(self) -> None:
        super().__init__()
        self.drawing: Drawing | None = None
        self._picture: QPixmap | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(_WIDEST)
        self.setMinimumWidth(_LEAST)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_drawing(self, drawing: Drawing, words: str) -> None:
        """Show it; `words` say the same to those who cannot see it."""
        self.drawing, self._picture = drawing, None
        self.setAccessibleDescription(words)
        self._fit()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the page of text."""
        return QSize(_WIDEST, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: keep the proportions."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: paint the drawing."""
        del event
        if self.drawing is not None:
            QPainter(self).drawPixmap(0, 0, self._painted(self.drawing))

    def changeEvent(self, event: QEvent) -> None:
        """Qt: another look wears other colours."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._picture = None

    def _painted(self, drawing: Drawing) -> QPixmap:
        """The drawing as it was painted for this size: a page is scrolled more than changed."""
        size = self.size() * self.devicePixelRatioF()
        if self._picture is None or self._picture.size() != size:
            picture = QPixmap(size)
            picture.setDevicePixelRatio(self.devicePixelRatioF())
            picture.fill(colour("paper"))
            painter = QPainter(picture)
            paint_drawing(painter, drawing, self._pixels_per_mm(drawing))
            painter.end()
            self._picture = picture
        return self._picture

    def _pixels_per_mm(self, drawing: Drawing) -> float:
        return self.width() / drawing.width_mm

    def _fit(self) -> None:
        if self.drawing is not None:
            height = self.drawing.height_mm * self._pixels_per_mm(self.drawing)
            self.setFixedHeight(round(height))


class DiagramPanel(QWidget):
    """One diagram of the plan."""

    def __init__(self, session: PlanSession, item: Diagram) -> None:
        super().__init__()
        self._session = session
        self._item = item
        self._data: DiagramData | None = None
        self._shown: PlanView | None = None
        self.view = DrawingView()
        self.view.setAccessibleName(item.label)
        self.tools = DiagramTools(session, item.label, lambda: self.view.drawing)
        self._empty = lay_out_made(self, item, self.view)
        layout = self.layout()
        assert layout is not None
        layout.addWidget(self.tools)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self.follow)
        self.follow()

    def follow_soon(self) -> None:
        """Draw anew once typing pauses."""
        self._soon.start()

    def follow(self) -> None:
        """Draw the plan as it stands."""
        if self._session.view is self._shown:
            return
        self._shown = self._session.view
        data = diagram_data(self._session.view, self._item)
        if data is not None and data != self._data:
            self.view.show_drawing(drawing_of(data), alternative(self._item.label, data))
        self._data = data
        self.view.setVisible(data is not None)
        self.tools.setVisible(data is not None)
        self._empty.setVisible(data is None)
