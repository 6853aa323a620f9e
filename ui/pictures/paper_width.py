"""How wide a picture is printed: by itself, as wide as the text, half of it, or so many mm."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSpinBox, QWidget

from forms.picture_marks import LEAST_MM, MOST_MM
from forms.values import PaperWidth
from ui.fields.roles import HINT
from ui.fields.small import plain_label
from ui.text import tr

_TEXT_MM = 156  # of a page after GB/T 9704
_USUAL_MM = 80
_FINE_DPI, _COARSE_DPI = 150, 96
_MM = PaperWidth(0, is_percent=False)


class WidthChoice(QWidget):
    """A choice of widths, and whether the picture is fine enough for it."""

    def __init__(self, chosen: PaperWidth | None) -> None:
        super().__init__()
        self._pixels = (0, 0)
        self.choice = QComboBox()
        self.choice.setAccessibleName(tr("印出宽度"))
        for words, width in _choices(chosen):
            self.choice.addItem(words, width)
        self.millimetres = QSpinBox()
        self.millimetres.setRange(LEAST_MM, MOST_MM)
        self.millimetres.setSuffix(tr(" 毫米"))
        self.millimetres.setAccessibleName(tr("印出宽度，毫米"))
        self.millimetres.setValue(_USUAL_MM)
        self._hint = plain_label("", HINT)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 6, 0, 0)
        row.setSpacing(8)
        row.addWidget(plain_label(tr("印出宽度"), HINT))
        row.addWidget(self.choice)
        row.addWidget(self.millimetres)
        row.addWidget(self._hint, 1)
        self._choose(chosen)
        self.choice.currentIndexChanged.connect(self._follow)
        self.millimetres.valueChanged.connect(self._follow)
        self._follow()

    @property
    def width_on_paper(self) -> PaperWidth | None:
        """The chosen width; None lets the pixels decide."""
        width: PaperWidth | None = self.choice.currentData()
        if width is not None and not width.amount:
            return PaperWidth(self.millimetres.value(), is_percent=False)
        return width

    def say(self, width: int, height: int) -> None:
        """Say how a picture of so many pixels will be printed."""
        self._pixels = (width, height)
        self._follow()

    def _choose(self, chosen: PaperWidth | None) -> None:
        if chosen is not None and not chosen.is_percent:
            self.millimetres.setValue(chosen.amount)
            chosen = _MM
        widths = [self.choice.itemData(place) for place in range(self.choice.count())]
        self.choice.setCurrentIndex(widths.index(chosen))

    def _follow(self) -> None:
        self.millimetres.setVisible(self.choice.currentData() == _MM)
        width, _ = self._pixels
        if not width:
            self._hint.clear()
            return
        chosen = self.width_on_paper
        if chosen is None:
            printed = min(float(_TEXT_MM), width * 25.4 / _COARSE_DPI)
        else:
            share = _TEXT_MM / 100 if chosen.is_percent else 1.0
            printed = min(float(_TEXT_MM), chosen.amount * share)
        dots = width * 25.4 / printed
        words = (
            tr("约 {0:.0f} 毫米宽")
            if dots >= _FINE_DPI
            else tr("约 {0:.0f} 毫米宽，印出来可能不够清晰")
        )
        self._hint.setText(words.format(printed))


def _choices(chosen: PaperWidth | None) -> list[tuple[str, PaperWidth | None]]:
    """The usual widths; one of another percentage is among them when it is chosen."""
    usual: list[tuple[str, PaperWidth | None]] = [
        (tr("自动"), None),
        (tr("通栏"), PaperWidth(100, is_percent=True)),
        (tr("半栏"), PaperWidth(50, is_percent=True)),
        (tr("按毫米"), _MM),
    ]
    if chosen is not None and chosen.is_percent and chosen not in [width for _, width in usual]:
        usual.append((tr("版心的 {0}%").format(chosen.amount), chosen))
    return usual
