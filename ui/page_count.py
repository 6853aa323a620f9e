"""How many words and pages the open plan has; pages as last set, or an estimate before that."""

from __future__ import annotations

from collections.abc import Generator

from PySide6.QtCore import QObject, QTimer

from forms.address import Address
from forms.kinds import Image
from forms.schema import Field, Item, Table
from forms.view import PlanView
from ui.bars import StatusLine
from ui.progress import WordCount
from ui.text import tr
from ui.turns import Turns
from ui.workbench import Workbench

# Measured on the sample and on parts of it: within an eighth of the pages that are set then.
_SECTION, _PICTURE, _LARGE_ROW, _WORDS = 0.4, 0.95, 0.85, 330
_MANY, _ROUND = 50, 10
_PAUSE_MS = 150  # counting the words of thousands of new rows is no part of pasting them
_SLICE_SECONDS = 0.008


def estimated_pages(view: PlanView, words: int) -> int:
    """About how many pages a plan takes, by its words, pictures and rows of large tables."""
    sections = tuple(view.pack.sections())
    pages = words / _WORDS + _SECTION * len(sections)
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
    """Keeps the counts of words and pages in the status line right, for one open plan."""

    def __init__(self, bench: Workbench, status: StatusLine) -> None:
        super().__init__(bench)
        self._bench = bench
        self._status = status
        self._words = WordCount()
        self._turns = Turns(_SLICE_SECONDS, self)
        bench.panel.preview.pages_counted.connect(self._say)
        self._later = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._later.timeout.connect(self._begin)
        bench.session.changed.connect(self._on_changed)
        status.show_words("")
        status.show_pages("", "")
        self._later.start()  # nor is counting those of a large plan a part of showing it

    def _on_changed(self) -> None:
        self._turns.give_up()
        self._later.start()
        if self._bench.proofs.newest is not None:
            self._say()

    def _begin(self) -> None:
        self._turns.begin(self._count())

    def _count(self) -> Generator[None]:
        yield from self._words.steps(self._bench.session.view)
        self._status.show_words(tr("约 {0} 字").format(f"{self._words.total:,}"))
        self._say()

    def _say(self) -> None:
        proofs = self._bench.proofs
        if proofs.newest is None:
            words = tr("按字数、图片和项目数估计；打开“预览”后是排版得到的页数。")
            pages = estimated_pages(self._bench.session.view, self._words.total)
            self._status.show_pages(tr("约 {0} 页").format(pages), words)
            return
        pages = proofs.newest.page_count
        if proofs.is_current:
            self._status.show_pages(tr("{0} 页").format(pages), tr("排版得到的页数。"))
        else:
            words = tr("上次排版是 {0} 页，之后又有修改。").format(pages)
            self._status.show_pages(tr("约 {0} 页").format(pages), words)
