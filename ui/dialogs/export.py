"""导出: which files, where; then progress with 取消, then the files with 打开."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from forms.dismissals import Reviewed
from forms.schema import Severity
from ui import icons, theme
from ui.bars import plain_label
from ui.dialogs.base import PlainDialog
from ui.errors import explain
from ui.exporting import (
    REPORT,
    SUFFIXES,
    Exporter,
    Order,
    Written,
    export_files,
    export_name,
    name_trouble,
)
from ui.jobs import Cancelled, Job, Jobs, Progress, Step
from ui.settings import SettingsFile
from ui.text import tr

_NAMES = {"docx": "Word 文档（.docx）", "pdf": "PDF 文件（.pdf）", "xlsx": "Excel 附表（.xlsx）"}
_ICONS = {"docx": "word", "pdf": "pdf", "xlsx": "excel"}
_SAY_REST_AFTER = 3.0  # seconds
Ordering = Callable[[tuple[str, ...]], Order]
Open = Callable[[Path], object]


def open_path(path: Path) -> bool:
    """Open a file or folder with what the system uses for it."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


class ExportDialog(PlainDialog):
    """One dialog in three stages: choosing, making, made."""

    fault_told = Signal(object)  # an exception that is the program's fault

    def __init__(
        self,
        order: Ordering,
        jobs: Jobs,
        settings: SettingsFile,
        exporter: Exporter,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tr("导出"), parent, 560)
        self._order, self._jobs = order, jobs
        self._settings, self._exporter = settings, exporter
        self._job: Job | None = None
        self._begun = 0.0
        self._must = 0
        self.open_path: Open = open_path
        self.written: tuple[Written, ...] = ()
        self.remarks: list[str] = []
        self.formats: dict[str, QCheckBox] = {}
        self.report = QCheckBox(tr("校核报告（格式同所选的 Word、PDF；都不选则两种都出）"))
        self.name = QLineEdit()
        self.folder = QLineEdit()
        self._browse = QPushButton(tr("选择…"))
        self._choices = self._build_choices()
        self.content.addWidget(self._choices)
        self.findings = self.add_sentence("soft")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("导出进度"))
        self.bar.hide()
        self.content.addWidget(self.bar)
        self.says = self.add_sentence("soft")
        self._results = QVBoxLayout()
        self.content.addLayout(self._results)
        self.cancel = self.add_button(tr("取消"))
        self.cancel.clicked.connect(self.reject)
        self.go = self.add_button(tr("导出"), primary=True)
        self.go.clicked.connect(self.start)

    def prepare(self, title: str, reviewed: Reviewed) -> None:
        """Fill in the name and say how many findings are open."""
        self.name.setText(export_name(title, datetime.now().astimezone()))
        must, should = reviewed.count(Severity.MUST), reviewed.count(Severity.SHOULD)
        self._must = must
        if must:
            words = tr("还有必须改 {0} 项、建议改 {1} 项。仍可导出，供征求意见。").format(
                must, should
            )
        elif should:
            words = tr("没有必须改的问题；建议改 {0} 项。").format(should)
        else:
            words = tr("检查通过，没有问题。")
        if reviewed.dismissed:
            words += tr("另有 {0} 项已说明理由，列入校核报告。").format(len(reviewed.dismissed))
        self.findings.setText(words)
        self.findings.setProperty("role", "must" if must else "soft")
        self.findings.show()

    def choose_report(self) -> None:
        """Choose the check report and nothing else."""
        for box in self.formats.values():
            box.setChecked(False)
        self.report.setChecked(True)

    def start(self) -> None:
        """Make the files in the background."""
        suffixes = tuple(key for key, box in self.formats.items() if box.isChecked())
        suffixes += (REPORT,) if self.report.isChecked() else ()
        trouble = self._trouble(suffixes)
        if trouble:
            self._say(trouble, "must")
            return
        folder = self.folder.text().strip()
        kept = ",".join(suffixes) if suffixes != (REPORT,) else self._settings.now.formats
        self._settings.change(folder=folder, formats=kept)
        target = Path(folder) / self.name.text().strip()
        order, exporter = self._order(suffixes), self._exporter

        def work(progress: Progress) -> tuple[Written, ...]:
            return export_files(exporter, order, target, progress)

        self._show_making(making=True)
        self._begun = time.monotonic()
        self._say(tr("正在生成…"), "soft")
        self._job = self._jobs.start(work, self._on_done, self._on_failed)
        self._job.progressed.connect(self._on_progress)

    def reject(self) -> None:
        """Qt: while files are made, 取消 stops that; otherwise it closes."""
        if self._job is not None:
            self._say(tr("正在取消…"), "soft")
            self._job.cancel()
            return
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt: nobody is called back once this is gone."""
        if self._job is not None:
            self._job.abandon()
            self._job = None
        super().closeEvent(event)

    def _build_choices(self) -> QWidget:
        wanted = self._settings.now.formats.split(",")
        choices = QWidget()
        column = QVBoxLayout(choices)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(20)
        for suffix in SUFFIXES:
            box = QCheckBox(tr(_NAMES[suffix]))
            box.setChecked(suffix in wanted)
            self.formats[suffix] = box
            row.addWidget(box)
        row.addStretch(1)
        column.addLayout(row)
        self.report.setChecked(REPORT in wanted)
        column.addWidget(self.report)
        self._browse.setAccessibleName(tr("选择文件夹"))
        self._browse.setAutoDefault(False)
        self._browse.clicked.connect(self._choose_folder)
        self.folder.setText(self._settings.now.folder or _documents())
        place = QHBoxLayout()
        place.setSpacing(8)
        place.addWidget(self.folder, 1)
        place.addWidget(self._browse)
        column.addWidget(_label_for(tr("文件名（不含扩展名）"), self.name))
        column.addWidget(self.name)
        column.addWidget(_label_for(tr("保存到"), self.folder))
        column.addLayout(place)
        return choices

    def _choose_folder(self) -> None:
        found = QFileDialog.getExistingDirectory(self, tr("保存到"), self.folder.text())
        if found:
            self.folder.setText(found)

    def _trouble(self, suffixes: tuple[str, ...]) -> str:
        if not suffixes:
            return tr("请至少选择一种格式。")
        folder = self.folder.text().strip()
        if not folder or not Path(folder).is_dir():
            return tr("找不到文件夹“{0}”，请重新选择。").format(folder)
        return name_trouble(self.name.text())

    def _show_making(self, *, making: bool) -> None:
        boxes = (*self.formats.values(), self.report)
        for widget in (*boxes, self.name, self.folder, self._browse, self.go):
            widget.setEnabled(not making)
        self.bar.setVisible(making)
        self.bar.setRange(0, 0)
        if making:
            self.cancel.setFocus()

    def _say(self, text: str, role: str) -> None:
        theme.set_role(self.says, role)
        self.says.setText(text)
        self.says.setVisible(bool(text))
        self.settle()

    def _on_progress(self, step: Step) -> None:
        if self._job is None or self._job.progress.is_cancelled:
            return
        self.bar.setRange(0, step.total)
        self.bar.setValue(step.done)
        spent = time.monotonic() - self._begun
        words = tr("正在生成 {0}…").format(step.text)
        if step.total and 0 < step.done < step.total and spent > _SAY_REST_AFTER:
            rest = round(spent * (step.total - step.done) / step.done)
            words += tr("（本步约剩 {0} 秒）").format(max(1, rest))
        self._say(words, "soft")

    def _on_failed(self, error: Exception) -> None:
        self._job = None
        self._show_making(making=False)
        if isinstance(error, Cancelled):
            self._say(tr("已取消，没有写入文件。"), "soft")
            return
        words = explain(error)
        self._say(words.whole, "must")
        if words.is_fault:
            self.fault_told.emit(error)

    def _on_done(self, written: tuple[Written, ...]) -> None:
        self._job = None
        self.written = written
        self._show_making(making=False)
        folder = written[0].path.parent if written else Path(self.folder.text())
        words = tr("已导出 {0} 个文件到 {1}").format(len(written), folder)
        if self._must:
            first = tr("方案还有必须改 {0} 项未改，这一稿只宜征求意见。").format(self._must)
            words = f"{first}\n{words}"
        self._say(words, "must" if self._must else "soft")
        self.findings.hide()
        self._choices.hide()
        for each in written:
            self._results.addLayout(self._result(each))
        self.remarks = [remark for each in written for remark in _remarks(each)]
        if self.remarks:
            self._results.addWidget(plain_label("caption", tr("说明")))
            self._results.addWidget(_remark_list(self.remarks))
        self.cancel.setText(tr("完成"))
        self.go.setText(tr("打开所在文件夹"))
        self.go.clicked.disconnect()
        self.go.clicked.connect(lambda: self.open_path(folder))
        self.go.setFocus()
        self.settle()

    def _result(self, written: Written) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        sign = QLabel()
        name = _ICONS.get(written.path.suffix.lstrip("."), "new")
        sign.setPixmap(icons.icon(name).pixmap(20, 20))
        button = QPushButton(tr("打开"))
        button.setProperty("role", "link")
        button.setAutoDefault(False)
        button.setAccessibleName(tr("打开 {0}").format(written.path.name))
        button.clicked.connect(lambda: self.open_path(written.path))
        row.addWidget(sign)
        row.addWidget(plain_label("", written.path.name), 1)
        row.addWidget(button)
        return row


def _label_for(text: str, widget: QWidget) -> QLabel:
    label = plain_label("", text)
    label.setBuddy(widget)
    label.setContentsMargins(0, 6, 0, 0)
    widget.setAccessibleName(text)
    return label


def _remarks(written: Written) -> list[str]:
    remarks = list(written.notices)
    if written.path != written.asked:
        words = tr("“{0}”正被其他程序打开，已另存为“{1}”。")
        remarks.insert(0, words.format(written.asked.name, written.path.name))
    return remarks


def _remark_list(remarks: list[str]) -> QPlainTextEdit:
    shown = QPlainTextEdit("\n".join(remarks))
    shown.setReadOnly(True)
    shown.setAccessibleName(tr("说明"))
    shown.setFixedHeight(min(140, 16 + shown.fontMetrics().lineSpacing() * (len(remarks) + 1)))
    return shown


def _documents() -> str:
    places = QStandardPaths.StandardLocation.DocumentsLocation
    found = QStandardPaths.writableLocation(places)
    return found if Path(found).is_dir() else str(Path.home())
