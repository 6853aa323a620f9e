"""Looking at a plan somebody else has open: its last snapshot, which nobody can change here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, cast

from PySide6.QtCore import Qt, QTimer, Signal, SignalInstance
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from forms.address import Address
from forms.answers import Answers
from forms.changes import ChangeSet
from forms.edits import Edit
from forms.schema import Pack, Section
from forms.values import Cut, Picture
from storage.errors import DraftLocked, PictureMissing, StorageError
from storage.lock import read_note
from storage.pictures import read_picture
from storage.snapshots import Snapshot
from ui import theme
from ui.fields.small import plain_label
from ui.lines import moment_words
from ui.navigation import Navigator
from ui.plain import plain_tip
from ui.session import PlanSession
from ui.text import tr

_LOOK_MS = 3_000
_WIDTHS = (232, 1000)

PageMaker = Callable[[PlanSession, Section], QWidget]


class _Page(Protocol):
    """What is used of a section's page."""

    jump_requested: SignalInstance  # Address

    def reveal(self, address: Address) -> object:
        """Scroll a value into sight."""
        ...


@dataclass(frozen=True, slots=True)
class Viewed:
    """A plan to look at: the snapshot, what it held, and who has the draft."""

    folder: Path
    pack: Pack
    title: str
    snapshot: Snapshot
    answers: Answers
    held: DraftLocked


class ReadShelf:
    """The pictures of a plan that is only looked at."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add_picture(self, content: bytes, name: str) -> Picture:
        """Nothing is added here."""
        del content, name
        raise StorageError(tr("这是只读查看，不能插入图片。"))

    def cut_picture(self, cut: Cut, name: str) -> Picture:
        """Nor cut."""
        del cut
        return self.add_picture(b"", name)

    def picture(self, sha256: str) -> bytes:
        """The bytes of a kept picture; KeyError when it is missing or damaged."""
        try:
            return read_picture(self._folder, sha256)
        except PictureMissing as error:
            raise KeyError(sha256) from error


class ReadOnlySession(PlanSession):
    """A plan that takes no edit; every attempt is told."""

    refused = Signal()
    is_read_only = True

    def edit(self, edit: Edit, merge_key: str = "") -> bool:
        """Nothing changes."""
        del edit, merge_key
        self.refused.emit()
        return False

    def edit_all(self, edits: tuple[Edit, ...], label: str) -> bool:
        """Nothing changes."""
        del edits, label
        self.refused.emit()
        return False

    def edit_steps(self, edits: Sequence[Edit], label: str) -> Iterator[int]:
        """Nothing changes."""
        del edits, label
        self.refused.emit()
        return iter(())

    def take_over(self, answers: Answers, label: str, source: str = "import") -> bool:
        """Nothing changes."""
        del answers, label, source
        self.refused.emit()
        return False

    def restore(self, changes: ChangeSet, source: str = "restore") -> bool:
        """Nothing changes."""
        del changes, source
        self.refused.emit()
        return False


class Banner(QFrame):
    """Says that this is a look only, who has the plan, and what can be done."""

    def __init__(self, viewed: Viewed) -> None:
        super().__init__()
        self.setObjectName("viewBanner")
        self._held = held_words(viewed.held)
        self._shown = tr("这里是 {0} 的快照，不能修改。").format(moment_words(viewed.snapshot.at))
        self._words = plain_label(tr("只读查看"), "strong")
        self._text = plain_label()
        self._text.setWordWrap(True)
        self.again = QPushButton(tr("再试一次"))
        self.copy = QPushButton(tr("另存为副本"))
        self.back = QPushButton(tr("返回方案列表"))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 12, 6)
        row.setSpacing(8)
        row.addWidget(self._words, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addSpacing(4)
        row.addWidget(self._text, 1)
        for button, tip in (
            (self.again, tr("对方关闭后，打开本方案继续编辑")),
            (self.copy, tr("用这份快照在本机建一个副本，随后可以编辑")),
            (self.back, tr("离开只读查看")),
        ):
            button.setToolTip(plain_tip(tip))
            button.setAccessibleName(button.text())
            row.addWidget(button)
        self.say_free(free=False)

    @property
    def sentence(self) -> str:
        """What is said."""
        return self._text.text()

    def say_free(self, *, free: bool) -> None:
        """Say whether the plan can be opened now."""
        first = tr("对方已经关闭，现在可以打开编辑。") if free else self._held
        self._text.setText(f"{first}{self._shown}")
        self.again.setText(tr("打开编辑") if free else tr("再试一次"))
        self.again.setAccessibleName(self.again.text())
        theme.set_role(self.again, "primary" if free else "")


class ViewPage(QWidget):
    """Banner, outline and pages of a plan that is only looked at."""

    again_wanted = Signal()
    copy_wanted = Signal()
    back_wanted = Signal()
    refused = Signal()

    def __init__(self, viewed: Viewed, make_page: PageMaker) -> None:
        super().__init__()
        self.viewed = viewed
        self.session = ReadOnlySession(viewed.pack, viewed.answers, ReadShelf(viewed.folder), self)
        self.session.refused.connect(self.refused)
        self.banner = Banner(viewed)
        self.navigator = Navigator(self.session)
        self._make_page = make_page
        self._pages: dict[str, QWidget] = {}
        self._stack = QStackedWidget()
        self._build()
        self.navigator.section_chosen.connect(self.open_section)
        self.banner.again.clicked.connect(self.again_wanted)
        self.banner.copy.clicked.connect(self.copy_wanted)
        self.banner.back.clicked.connect(self.back_wanted)
        self._looking = QTimer(self, interval=_LOOK_MS)
        self._looking.timeout.connect(self.look)
        self._looking.start()
        first = next(iter(self.navigator.outline.sections()), None)
        if first is not None:
            self.open_section(first.key)

    def page(self) -> QWidget | None:
        """The page that is shown."""
        return self._stack.currentWidget()

    def open_section(self, key: str) -> None:
        """Show the page of a section."""
        section = self.session.pack.index.sections.get(key)
        if section is None:
            return
        if key not in self._pages:
            page = self._make_page(self.session, section)
            cast("_Page", page).jump_requested.connect(self.go_to)
            self._pages[key] = page
            self._stack.addWidget(page)
        self._stack.setCurrentWidget(self._pages[key])
        self.navigator.mark(key)

    def go_to(self, address: Address) -> None:
        """Open the page of a value and show it there."""
        self.open_section(address.section)
        page = self.page()
        if page is not None:
            cast("_Page", page).reveal(address)

    def look(self) -> None:
        """See whether the holder has gone; its note goes with it."""
        self.banner.say_free(free=read_note(self.viewed.folder) is None)

    def _build(self) -> None:
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.navigator)
        splitter.addWidget(self._stack)
        self.navigator.setMinimumWidth(160)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes(list(_WIDTHS))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(splitter, 1)


def held_words(held: DraftLocked) -> str:
    """Who has the plan open, on which machine, since when."""
    who = held.person or tr("另一个窗口")
    where = tr("（{0}）").format(held.machine) if held.machine else ""
    if held.since is None:
        return tr("{0}{1}正在编辑本方案。").format(who, where)
    since = moment_words(held.since)
    return tr("{0}{1}正在编辑本方案（{2} 打开）。").format(who, where, since)
