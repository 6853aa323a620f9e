"""Asked when a plan file stands in the way that the plan does not come from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QPushButton, QWidget

from storage.plan_file import PlanFile
from ui.dialogs.base import PlainDialog
from ui.merging.flow import whose
from ui.text import tr


@dataclass(frozen=True, slots=True)
class Ways:
    """What can be done about it."""

    merge: Callable[[], object]
    rename: Callable[[], object]
    replace: Callable[[], object]


class OtherVersionDialog(PlainDialog):
    """Says whose version stands there; nothing is replaced unless the user says so."""

    guide = "11-files.md#保存时发现另一个版本"

    def __init__(
        self, path: Path, there: PlanFile, ways: Ways, *, is_same_plan: bool, parent: QWidget | None
    ) -> None:
        title = tr("文件中是另一个版本") if is_same_plan else tr("文件中是另一个方案")
        super().__init__(title, parent, 560)
        self.add_sentence("strong", whose(there, path.name))
        if is_same_plan:
            words = tr(
                "这是同一方案的另一个版本，里面有本机草稿没有的修改。直接替换会丢掉它们，"
                "所以还没有写入。"
            )
        else:
            words = tr("这是另一个方案：{0}。还没有写入。").format(
                there.meta.title or tr("未命名方案")
            )
        self.add_sentence("", words)
        self.add_sentence("soft", tr("如果仍然替换，原来的文件会改名保留。"))
        self.add_button(tr("取消")).clicked.connect(self.reject)
        self.replace = self.add_button(tr("仍然替换"))
        self.rename = self.add_button(tr("另存为另一个名称…"), primary=not is_same_plan)
        self._lead(self.replace, ways.replace)
        self._lead(self.rename, ways.rename)
        if is_same_plan:
            self.merge = self.add_button(tr("合并…"), primary=True)
            self._lead(self.merge, ways.merge)
        self.settle()

    def _lead(self, button: QPushButton, way: Callable[[], object]) -> None:
        button.clicked.connect(lambda: self._go(way))

    def _go(self, way: Callable[[], object]) -> None:
        self.accept()
        way()
