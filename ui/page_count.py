"""How many pages the open plan has: as last set, or an estimate when nobody has looked yet."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from forms.address import Address
from forms.kinds import Image
from forms.schema import Field, Item, Table
from forms.view import PlanView
from ui.bars import StatusLine
from ui.progress import count_words
from ui.text import tr
from ui.workbench import Workbench

# Measured on the sample and on parts of it: within an eighth of the pages that are set then.
_SECTION, _PICTURE, _LARGE_ROW, _WORDS = 0.4, 0.95, 0.85, 330
_MANY, _ROUND = 50, 10
_PAUSE_MS = 150  # counting the words of thousands of new rows is no part of pasting them


def estimated_pages(view: PlanView) -> int:
    """About how many pages a plan takes, by its words, pictures and rows of large tables."""
    sections = tuple(view.pack.sections())
    pages = count_words(view) / _WORDS + _SECTION * len(sections)
    for section in sections:
        pages += sum(_beside_words(view, Address(section.key, i.key), i) for i in section.items)
    rough = max(1, round(pages))
    return rough if rough < _MANY else round(rough / _ROUND) * _ROUND


def _beside_words(view: PlanView, home: Address, item: Item) -> float:
    match item:
        case Field():
            return _PICTURE if isinstance(item.kind, Image) and view.typed(home) else 0
        case Table():
            pictures = sum(isinstance(column.kind, Image) for column in item.columns)
            each = _PICTURE * pictures + _LARGE_ROW * item.grid
            return each * len(view.answers.order(home))
        case _:
            return 0


class PageCount(QObject):
    """Keeps the count of pages in the status line right, for one open plan."""

    def __init__(self, bench: Workbench, status: StatusLine) -> None:
        super().__init__(bench)
        self._bench = bench
        self._status = status
        bench.panel.preview.pages_counted.connect(self._say)
        self._later = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._later.timeout.connect(self._say)
        bench.session.changed.connect(self._on_changed)
        status.show_pages("", "")
        self._later.start()  # nor is counting those of a large plan a part of showing it

    def _on_changed(self) -> None:
        if self._bench.proofs.newest is None:
            self._later.start()
        else:
            self._say()

    def _say(self) -> None:
        proofs = self._bench.proofs
        if proofs.newest is None:
            words = tr("按字数、图片和项目数估计；打开“预览”后是排版得到的页数。")
            pages = estimated_pages(self._bench.session.view)
            self._status.show_pages(tr("约 {0} 页").format(pages), words)
            return
        pages = proofs.newest.page_count
        if proofs.is_current:
            self._status.show_pages(tr("{0} 页").format(pages), tr("排版得到的页数。"))
        else:
            words = tr("上次排版是 {0} 页，之后又有修改。").format(pages)
            self._status.show_pages(tr("约 {0} 页").format(pages), words)
