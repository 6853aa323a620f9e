"""关于园策: what it is, its version, where its logs are, and whose work it stands on."""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable

from PySide6 import __version__ as qt_version
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QPlainTextEdit, QWidget

from ui import icons, theme
from ui.dialogs.base import PlainDialog
from ui.fields.small import plain_label
from ui.licences import Licence, bundled
from ui.scaling import least, sized
from ui.text import tr

_SIGN = 48
_LIST, _TEXT, _HEIGHT = 200, 480, 340


def version_words(version: str) -> str:
    """The versions somebody who helps asks for; nothing of the user or the plan."""
    return "\n".join(
        (
            tr("园策 {0}").format(version),
            f"Python {sys.version.split()[0]} · Qt {qt_version}",
            platform.platform(),
        )
    )


class AboutDialog(PlainDialog):
    """What this is, which packs it has, and the ways to logs, versions and licences."""

    def __init__(
        self,
        version: str,
        packs: tuple[str, ...],
        open_logs: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tr("关于园策"), parent, 540)
        self._version = version
        row = QHBoxLayout()
        sign = QLabel()
        sign.setPixmap(icons.program_icon().pixmap(theme.px(_SIGN), theme.px(_SIGN)))
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addSpacing(12)
        name = plain_label(tr("园策 {0}").format(version), "heading")
        row.addWidget(name, 1)
        self.content.addLayout(row)
        self.add_sentence(
            "",
            tr(
                "编写园区循环化改造实施方案的桌面软件：分节填写，指标自动测算，全文校核，"
                "生成 Word、PDF 和 Excel。数据只保存在本机，不需要网络。"
            ),
        )
        self.add_sentence("soft", tr("方案包：{0}").format("；".join(packs)))
        self.add_sentence("small", version_words(version).partition("\n")[2])
        words = tr(
            "园策按 MIT 许可发布，使用按 LGPLv3 许可的 Qt 与 PySide6（可替换的独立库）"
            "和其他开源组件。"
        )
        self.add_sentence("small", words)
        self.copy = self.add_button(tr("复制版本信息"))
        self.copy.clicked.connect(self._copy)
        self.add_button(tr("打开日志文件夹")).clicked.connect(open_logs)
        self.add_button(tr("开源许可…")).clicked.connect(self._show_licences)
        self.add_button(tr("关闭"), primary=True).clicked.connect(self.close)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(version_words(self._version))
        self.copy.setText(tr("已复制"))

    def _show_licences(self) -> None:
        LicencesDialog(bundled(), self).show()


class LicencesDialog(PlainDialog):
    """Every bundled work with the text of its licence."""

    def __init__(self, licences: tuple[Licence, ...], parent: QWidget | None = None) -> None:
        super().__init__(tr("开源许可"), parent, 780)
        self.setModal(False)
        self._licences = licences
        self.names = QListWidget()
        self.names.setAccessibleName(tr("组件"))
        self.names.addItems([f"{each.name} {each.version}".strip() for each in licences])
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(tr("许可全文"))
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self.font().pointSizeF())
        self.text.setFont(font)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.names)
        row.addWidget(self.text, 1)
        sized(self.names, lambda: self.names.setFixedWidth(least(_LIST)))
        sized(self.text, lambda: self.text.setMinimumSize(least(_TEXT), least(_HEIGHT)))
        self.content.addLayout(row)
        self.add_button(tr("关闭"), primary=True).clicked.connect(self.close)
        self.names.currentRowChanged.connect(self._show)
        self.names.setCurrentRow(0)

    def _show(self, row: int) -> None:
        self.text.setPlainText(self._licences[row].whole if row >= 0 else "")
