"""打印…: sets the pages, asks for printer, range and copies, and prints in the background."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QProgressBar, QWidget

from ui.dialogs.base import PlainDialog
from ui.jobs import Cancelled, Job, Progress, Step
from ui.plain import plain_caption
from ui.preview.typesetting import Typesetter
from ui.printing.paper import PrintRefused, print_sides
from ui.printing.sides import Sides
from ui.text import tr

if TYPE_CHECKING:
    from exporters.preview import Preview
    from ui.main_window import MainWindow


class Printing(QObject):
    """Printing of the plan in one window."""

    ended = Signal(int)  # sides printed; 0 when given up

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._under_way: _UnderWay | None = None

    def begin(self) -> None:
        """Set the pages, then ask how to print them; without a printer say what can be done."""
        window, bench = self._window, self._window.bench
        if bench is None or self._under_way is not None:
            return
        if not QPrinterInfo.availablePrinterNames():
            words = tr("这台电脑上没有可用的打印机。可以先导出 PDF，到有打印机的电脑上打印。")
            window.notice.say(words, stays=True, offer=(tr("导出…"), window.filing.export))
            return
        bench.commit()
        plan = bench.plan
        setter = Typesetter(plan.shelf.picture, plan.folder.name)
        pack, answers = plan.session.pack, plan.session.answers

        def work(progress: Progress) -> Preview:
            return setter.set(pack, answers, progress)

        job = window.parts.jobs.start(work, self._ask, self._failed)
        self._show(tr("正在排版…"), job)

    def _ask(self, preview: Preview) -> None:
        """Let the user choose printer, pages and copies."""
        self._hide()
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if self._window.parts.settings.now.duplex:
            printer.setDuplex(QPrinter.DuplexMode.DuplexLongSide)
        dialog = QPrintDialog(printer, self._window)
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setMinMax(1, preview.page_count)
        dialog.accepted.connect(lambda: self.print_on(printer, preview))
        dialog.rejected.connect(preview.close)
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)  # its own takes a slot by name

    def print_on(self, printer: QPrinter, preview: Preview) -> None:
        """Print the chosen pages in the background; the pages are given back at the end."""
        sides = sides_of(printer, preview.page_count).order()
        name = printer.printerName() or tr("文件")

        def work(progress: Progress) -> int:
            with preview:
                return print_sides(preview, printer, sides, progress)

        def done(printed: int) -> None:
            self._hide()
            self._window.notice.say(tr("已送到“{0}”，共 {1} 面。").format(name, printed))
            self.ended.emit(printed)

        job = self._window.parts.jobs.start(work, done, self._failed)
        self._show(tr("正在送往“{0}”…").format(name), job)

    def _failed(self, error: Exception) -> None:
        self._hide()
        if isinstance(error, PrintRefused):
            self._window.notice.say(str(error), trouble=True)
        elif isinstance(error, Cancelled):
            self._window.notice.say(tr("已取消打印；已送到打印机的页可能还会印出。"))
        else:
            self._window.tell(error)
        self.ended.emit(0)

    def _show(self, words: str, job: Job) -> None:
        self._under_way = _UnderWay(words, job, self._window)
        self._under_way.show()

    def _hide(self) -> None:
        shown, self._under_way = self._under_way, None
        if shown is not None:
            shown.close()


def sides_of(printer: QPrinter, pages: int) -> Sides:
    """What was chosen in the print dialog; copies the printer makes by itself are one here."""
    chosen = printer.printRange() is QPrinter.PrintRange.PageRange and printer.fromPage()
    first = min(printer.fromPage(), pages) if chosen else 1
    last = min(max(printer.toPage(), first), pages) if chosen else pages
    by_itself = printer.supportsMultipleCopies()
    return Sides(
        first - 1,
        last - 1,
        copies=1 if by_itself else printer.copyCount(),
        collated=by_itself or printer.collateCopies(),
        backwards=printer.pageOrder() is QPrinter.PageOrder.LastPageFirst,
        duplex=printer.duplex() not in (QPrinter.DuplexMode.DuplexNone,),
    )


class _UnderWay(PlainDialog):
    """How far setting or printing is, and the way out."""

    guide = "10-export.md#打印与装订"

    def __init__(self, words: str, job: Job, parent: QWidget) -> None:
        super().__init__(tr("打印"), parent, 420)
        self.setModal(False)
        self.says = self.add_sentence("", words)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("打印进度"))
        self.bar.setRange(0, 0)
        self.content.addWidget(self.bar)
        self._words = words
        self._job = job
        self.cancel = self.add_button(plain_caption(tr("取消")))
        self.cancel.clicked.connect(self._give_up)
        self.rejected.connect(job.cancel)
        job.progressed.connect(self._follow)

    def _follow(self, step: Step) -> None:
        self.bar.setRange(0, step.total)
        self.bar.setValue(step.done)
        self.says.setText(tr("{0} {1}/{2} 页").format(self._words, step.done, step.total))

    def _give_up(self) -> None:
        self.cancel.setEnabled(False)
        self.says.setText(tr("正在取消…"))
        self._job.cancel()
