"""送印台: what is printed and how; then progress with 取消, then the files with 打开."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QTimer, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QDesktopServices
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from exporters.errors import ExportError
from exporters.order import PrintOrder, ReportPlace
from forms.dismissals import Reviewed
from forms.schema import Severity
from ui import theme
from ui.dialogs.base import PlainDialog
from ui.dialogs.export_results import remark_list, remarks_of, result_rows
from ui.dialogs.foresight import Outlook
from ui.dialogs.print_choices import PrintChoices
from ui.errors import explain
from ui.exporting import (
    Exporter,
    Foresight,
    Offers,
    Order,
    Written,
    export_files,
    export_name,
    name_trouble,
)
from ui.fields.small import label_for, plain_label
from ui.jobs import Cancelled, Job, Jobs, Progress, Step
from ui.settings import SettingsFile
from ui.sticks import safe_words
from ui.text import tr

_SAY_REST_AFTER = 3.0  # seconds
_WAIT = 300  # ms after a choice, before pages are counted anew
_WIDTH = 820
Ordering = Callable[[PrintOrder], Order]
Open = Callable[[Path], object]


@dataclass(frozen=True, slots=True)
class Printable:
    """The plan the desk is opened for: what it has to offer, what is still to be mended in it."""

    order: Ordering
    title: str
    reviewed: Reviewed
    offers: Offers


def open_path(path: Path) -> bool:
    """Open a file or folder with what the system uses for it."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


class ExportDialog(PlainDialog):
    """One dialog in three stages: choosing, making, made."""

    guide = "10-export.md"
    fault_told = Signal(object)  # an exception that is the program's fault

    def __init__(
        self,
        plan: Printable,
        jobs: Jobs,
        settings: SettingsFile,
        exporter: Exporter,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tr("送印台"), parent, _WIDTH)
        self.widen(_WIDTH)  # two columns of words
        self._order, self._jobs = plan.order, jobs
        self._settings, self._exporter = settings, exporter
        self._job: Job | None = None
        self._part, self._begun = "", 0.0  # what is being made, since when
        self._must = plan.reviewed.count(Severity.MUST)
        self._report_only = False
        self.open_path: Open = open_path
        self.written: tuple[Written, ...] = ()
        self.remarks: list[str] = []
        self.choices = PrintChoices(plan.offers, settings.now)
        self.outlook = Outlook(jobs)
        self.name, self.folder = QLineEdit(), QLineEdit()
        self._browse = QPushButton(tr("选择…"))
        self._asked = self._build_choices()
        self.content.addWidget(self._asked)
        self.bar, self.safe = QProgressBar(), plain_label(role="soft")
        self._build_rest()
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(_WAIT)
        self._waiting.timeout.connect(self._look_ahead)
        self.choices.changed.connect(self._waiting.start)
        self.name.setText(export_name(plan.title, datetime.now().astimezone()))
        self.name.setCursorPosition(0)
        self.findings.setText(_findings_words(plan.reviewed))
        theme.set_role(self.findings, "must" if self._must else "soft")
        self.settle()

    def foresee(self, foresight: Foresight) -> None:
        """Say beforehand how many pages the choice takes, now and whenever it changes."""
        self.outlook.foresight = foresight
        self._look_ahead()

    @property
    def findings(self) -> QLabel:
        """The sentence on what is still to be mended."""
        return self.choices.findings

    def choose_report(self) -> None:
        """Choose the check report and nothing else, this time."""
        self._report_only = True
        self.choices.choose_report()

    def start(self) -> None:
        """Make the files in the background."""
        try:
            printed = self.choices.order()
        except ExportError as error:
            self._say(str(error), "must")
            return
        trouble = self._trouble(printed)
        if trouble:
            self._say(trouble, "must")
            return
        if not self._report_only:
            self._settings.change(**self.choices.choices())
        target = Path(self.folder.text().strip()) / self.name.text().strip()
        order, exporter = self._order(printed), self._exporter

        def work(progress: Progress) -> tuple[Written, ...]:
            return export_files(exporter, order, target, progress)

        self._waiting.stop()
        self.outlook.give_up()
        self._show_making(making=True)
        self._part = ""
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

    def done(self, result: int) -> None:
        """Qt: nobody waits for the pages any more."""
        self.outlook.give_up()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt: nobody is called back once this is gone."""
        if self._job is not None:
            self._job.abandon()
            self._job = None
        self.outlook.give_up()
        super().closeEvent(event)

    def _build_choices(self) -> QWidget:
        asked = QWidget()
        column = QVBoxLayout(asked)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.choices)
        self._browse.setAccessibleName(tr("选择文件夹"))
        self._browse.setAutoDefault(False)
        self._browse.clicked.connect(self._choose_folder)
        self.folder.setText(self._settings.now.folder or _documents())
        place = QGridLayout()
        place.setHorizontalSpacing(8)
        place.setVerticalSpacing(4)
        place.setColumnStretch(0, 3)
        place.setColumnStretch(1, 4)
        place.addWidget(label_for(tr("文件名（不含扩展名）"), self.name), 0, 0)
        place.addWidget(self.name, 1, 0)
        place.addWidget(label_for(tr("保存到"), self.folder), 0, 1)
        place.addWidget(self.folder, 1, 1)
        place.addWidget(self._browse, 1, 2)
        column.addLayout(place)
        column.addWidget(self.outlook.says)
        return asked

    def _build_rest(self) -> None:
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

    def _choose_folder(self) -> None:
        found = QFileDialog.getExistingDirectory(self, tr("保存到"), self.folder.text())
        if found:
            self.folder.setText(found)

    def _look_ahead(self) -> None:
        try:
            self.outlook.ask(self._order(self.choices.order()))
        except ExportError as error:
            self._say(str(error), "must")

    def _open(self, path: Path) -> object:
        return self.open_path(path)

    def _trouble(self, printed: PrintOrder) -> str:
        beside = (printed.workbooks, printed.spine, printed.copies)
        separate = printed.report is ReportPlace.SEPARATE
        if not printed.formats and not separate and not any(beside):
            return tr("请至少选择一种文件。")
        if printed.report is ReportPlace.BOUND and not printed.paper:
            return tr("校核报告要装在卷首，请同时选择 Word 或 PDF，或改为单独文件。")
        folder = self.folder.text().strip()
        if not folder or not Path(folder).is_dir():
            return tr("找不到文件夹“{0}”，请重新选择。").format(folder)
        return name_trouble(self.name.text())

    def _show_making(self, *, making: bool) -> None:
        for widget in (self._asked, self.go):
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
        if step.text != self._part:
            self._part, self._begun = step.text, time.monotonic()
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
        self._settings.change(folder=str(folder))
        words = tr("已导出 {0} 个文件到 {1}").format(len(written), folder)
        if self._must:
            first = tr("方案还有必须改 {0} 项未改，这一稿只宜征求意见。").format(self._must)
            words = f"{first}\n{words}"
        self._say(words, "must" if self._must else "soft")
        self._asked.hide()
        if written and all(each.on_stick for each in written):
            self.safe.setText(safe_words())
            self._results.addWidget(self.safe)
        self._results.addLayout(result_rows(written, self._open))
        report = remarks_of(written)
        self.remarks = [text for _, texts in report for text in texts]
        if report:
            self._results.addWidget(plain_label(tr("导出说明"), "caption"))
            self._results.addWidget(remark_list(report))
        self.cancel.setText(tr("完成"))
        self.go.setText(tr("打开所在文件夹"))
        self.go.clicked.disconnect()
        self.go.clicked.connect(lambda: self.open_path(folder))
        self.go.setFocus()
        self.settle()


def _findings_words(reviewed: Reviewed) -> str:
    must, should = reviewed.count(Severity.MUST), reviewed.count(Severity.SHOULD)
    if must:
        words = tr("还有必须改 {0} 项、建议改 {1} 项。仍可导出，供征求意见。").format(must, should)
    elif should:
        words = tr("没有必须改的问题；建议改 {0} 项。").format(should)
    else:
        words = tr("检查通过，没有问题。")
    if reviewed.dismissed:
        words += tr("另有 {0} 项已说明理由，列入校核报告。").format(len(reviewed.dismissed))
    return words


def _documents() -> str:
    places = QStandardPaths.StandardLocation.DocumentsLocation
    found = QStandardPaths.writableLocation(places)
    return found if Path(found).is_dir() else str(Path.home())
