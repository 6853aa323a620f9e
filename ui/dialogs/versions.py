"""版本与快照: what was kept of the plan, named or by itself, and the ways back to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QWidget

from storage.snapshots import Snapshot
from storage.versions import bytes_of
from ui.dialogs.base import PlainDialog
from ui.dialogs.tables import LineTable
from ui.fields.small import plain_label
from ui.lines import moment_words
from ui.text import tr

_WIDTH = 840
_HEIGHT = 540
_MEGA = 1_000_000

_REASONS = {
    "timed": "定时快照",
    "close": "关闭方案时",
    "open": "打开方案时",
    "import": "更新或导入之前",
    "merge": "合并之前",
    "restore": "恢复之前",
    "delete": "大量删除之前",
    "named": "命名版本",
    "manual": "手动保存",
    "upgrade": "升级之前",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """The snapshots, the second place for copies ("" for none), and the moment of now."""

    snapshots: tuple[Snapshot, ...]
    place: str
    now: datetime


class VersionsDialog(PlainDialog):
    """The list, and what can be done with the chosen line."""

    guide = "11-files.md#版本与快照"
    restore_wanted = Signal(object)  # Snapshot
    file_wanted = Signal(object)
    compare_wanted = Signal(object)
    name_wanted = Signal()
    place_wanted = Signal()
    place_dropped = Signal()

    def __init__(self, shown: Shown, parent: QWidget | None) -> None:
        super().__init__(tr("版本与快照"), parent, _WIDTH)
        self._shown = shown
        self.only_named = QCheckBox(tr("只看命名的版本"))
        self.name = QPushButton(tr("命名版本…"))
        self.table = LineTable(tr("版本与快照"), ("时间", "版本", "保存人", "修改次数"), (1,))
        self._told = plain_label(role="small")
        self._told.setWordWrap(True)
        self.place = QPushButton(tr("选择文件夹…"))
        self.drop = QPushButton(tr("不再另存"))
        self._place = plain_label(role="small")
        self._place.setWordWrap(True)
        self._build()
        self.show_versions(shown)
        self.resize(_WIDTH, _HEIGHT)
        self.table.setFocus()

    @property
    def chosen(self) -> Snapshot | None:
        """The version of the chosen line."""
        rows, lines = self.table.chosen_rows, self._lines()
        return lines[rows[0]] if len(rows) == 1 and rows[0] < len(lines) else None

    def show_versions(self, shown: Shown) -> None:
        """Show these, the newest first; the chosen one stays chosen while it is there."""
        chosen, self._shown = self.chosen, shown
        lines = self._lines()
        strong = [row for row, each in enumerate(lines) if each.name]
        self.table.show_lines([_line(each, shown.now) for each in lines], strong)
        paths = [each.path for each in lines]
        if chosen is not None and chosen.path in paths:
            self.table.choose(paths.index(chosen.path))
        self._told.setText(_told(shown.snapshots))
        where = shown.place or tr("没有设置")
        self._place.setText(tr("第二份副本：{0}").format(where))
        self.place.setText(tr("更换文件夹…") if shown.place else tr("选择文件夹…"))
        self.drop.setVisible(bool(shown.place))
        self._enable()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.only_named)
        head.addStretch(1)
        head.addWidget(self.name)
        self.content.addLayout(head)
        self.content.addWidget(self.table, 1)
        self.content.addWidget(self._told)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._place, 1)
        foot.addWidget(self.drop)
        foot.addWidget(self.place)
        self.content.addLayout(foot)
        self.place.setToolTip(tr("每天把方案另存一份到这里，例如另一块硬盘；保留最近 10 天"))
        self.compare = self.add_button(tr("与现在比较"))
        self.file = self.add_button(tr("导出为文件…"))
        self.restore = self.add_button(tr("恢复到此版本"))
        self.close_button = self.add_button(tr("关闭"))
        self.only_named.toggled.connect(lambda: self.show_versions(self._shown))
        self.table.itemSelectionChanged.connect(self._enable)
        self.name.clicked.connect(self.name_wanted)
        self.place.clicked.connect(self.place_wanted)
        self.drop.clicked.connect(self.place_dropped)
        self.compare.clicked.connect(lambda: self.compare_wanted.emit(self.chosen))
        self.file.clicked.connect(lambda: self.file_wanted.emit(self.chosen))
        self.restore.clicked.connect(self._restore)
        self.close_button.clicked.connect(self.close)

    def _lines(self) -> tuple[Snapshot, ...]:
        wanted = self.only_named.isChecked()
        return tuple(each for each in self._shown.snapshots if each.name or not wanted)

    def _enable(self) -> None:
        for button in (self.compare, self.file, self.restore):
            button.setEnabled(self.chosen is not None)

    def _restore(self) -> None:
        chosen = self.chosen
        if chosen is not None:
            self.close()
            self.restore_wanted.emit(chosen)


def label_of(snapshot: Snapshot) -> str:
    """The name of a version, or the moment of a snapshot."""
    return snapshot.name or moment_words(snapshot.at)


def reason_words(snapshot: Snapshot) -> str:
    """Why a snapshot was kept, in words."""
    return tr(_REASONS.get(snapshot.reason, "快照"))


def _line(snapshot: Snapshot, now: datetime) -> tuple[str, str, str, str]:
    told = snapshot.name or reason_words(snapshot)
    return moment_words(snapshot.at, now), told, snapshot.who, str(snapshot.revision)


def _told(snapshots: tuple[Snapshot, ...]) -> str:
    named = sum(bool(each.name) for each in snapshots)
    tenths = bytes_of(snapshots) * 10 // _MEGA
    size = f"{tenths // 10}.{tenths % 10}"
    words = tr(
        "共 {0} 份，其中命名的 {1} 份，占 {2} MB。命名的一直保留；其余保留最近 20 份，"
        "两天内每小时、三十天内每天、以后每周各留最后一份。"
    )
    return words.format(len(snapshots), named, size)
