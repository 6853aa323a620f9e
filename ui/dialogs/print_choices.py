"""送印台's choices: which files, of which parts, in what layout, bound and handed over how."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from exporters.errors import ExportError
from exporters.look import Look
from exporters.looks import look_from_file
from exporters.order import CopiesOrder, Format, PrintOrder, ReportPlace, SpineOrder
from ui import theme
from ui.exporting import Offers
from ui.fields.small import label_for, labelled, plain_label
from ui.flow_row import FlowRow
from ui.plain import plain_caption
from ui.scaling import sized
from ui.settings import Settings
from ui.text import tr
from ui.whole_choice import WholeChoice

_FORMATS = {
    Format.WORD: "Word 文档（.docx）",
    Format.PDF: "PDF 文件（.pdf）",
    Format.EXCEL: "Excel 附表（.xlsx）",
}
_REPORTS = {
    ReportPlace.NOWHERE: "不出",
    ReportPlace.SEPARATE: "单独文件",
    ReportPlace.BOUND: "装在卷首",
}
_NO_MARK = "无"
_MOST_COPIES = 99
_THINNEST_MM, _THICKEST_MM = 1, 100
_THICKNESS_WIDTH, _COPIES_WIDTH = 112, 56  # pixels at the ordinary size of text
_SEPARATORS = re.compile("[、，,；;]")


class PrintChoices(QWidget):
    """Everything that can be chosen, in two columns; `order` reads it."""

    changed = Signal()  # something that moves pages

    def __init__(self, offers: Offers, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.formats = {each.value: QCheckBox(tr(name)) for each, name in _FORMATS.items()}
        self.workbooks = {name: QCheckBox(plain_caption(name)) for name in offers.workbooks}
        self.pieces = {name: QCheckBox(plain_caption(name)) for name in offers.pieces}
        self.reports = {place: QRadioButton(tr(name)) for place, name in _REPORTS.items()}
        self.duplex = QCheckBox(tr("双面排版：各章、各附件从奇数页起"))
        self.annex_volume = QCheckBox(tr("附表、附图、附件另成一册"))
        self.pictures = QCheckBox(tr("Word 中的图表存为图片"))
        self.spine = QCheckBox(tr("书脊文字（.pdf）"))
        self.copies_list = QCheckBox(tr("报送清单（Word 和 PDF）"))
        self.mark, self.look = QComboBox(), WholeChoice()
        self.browse_look = QPushButton(tr("选择…"))
        self.thickness, self.recipients, self.copies = QLineEdit(), QLineEdit(), QLineEdit()
        self.findings = plain_label(role="soft")
        self._fill(offers, settings)
        self._arrange()
        self._connect()

    def order(self) -> PrintOrder:
        """The order chosen; ExportError in a sentence when something in it is no good."""
        formats = tuple(each for each in Format if self.formats[each.value].isChecked())
        return PrintOrder(
            formats=formats,
            left_out=frozenset(name for name, box in self.pieces.items() if not box.isChecked()),
            watermark=self._mark(),
            duplex=self.duplex.isChecked(),
            annex_volume=self.annex_volume.isChecked(),
            charts_as_pictures=self.pictures.isChecked(),
            look=self._look(),
            report=self.report,
            workbooks=tuple(name for name, box in self.workbooks.items() if box.isChecked()),
            spine=SpineOrder(self._thickness()) if self.spine.isChecked() else None,
            copies=self._copies() if self.copies_list.isChecked() else None,
        )

    def choices(self) -> dict[str, str | int | bool]:
        """What is remembered for the next time; parts and watermark belong to this one only."""
        chosen = [key for key, box in self.formats.items() if box.isChecked()]
        return {
            "formats": ",".join(chosen),
            "workbooks": ",".join(n for n, box in self.workbooks.items() if box.isChecked()),
            "duplex": self.duplex.isChecked(),
            "annex_volume": self.annex_volume.isChecked(),
            "charts_as_pictures": self.pictures.isChecked(),
            "look_file": str(self.look.currentData() or ""),
            "report": self.report.value,
            "spine": self.spine.isChecked(),
            "copies_list": self.copies_list.isChecked(),
            "copies": self._copies().copies,
            "receivers": self.recipients.text().strip(),
        }

    @property
    def report(self) -> ReportPlace:
        """Where the check report goes."""
        return next(
            (place for place, button in self.reports.items() if button.isChecked()),
            ReportPlace.NOWHERE,
        )

    def choose_report(self) -> None:
        """Choose the check report as a file of its own, and nothing else."""
        for box in (*self.formats.values(), *self.workbooks.values(), self.spine, self.copies_list):
            box.setChecked(False)
        self.reports[ReportPlace.SEPARATE].setChecked(True)

    def take_look(self, file: str) -> None:
        """Offer the house style of a file and choose it."""
        at = self.look.findData(file)
        if at < 0:
            self.look.addItem(Path(file).name, file)
            at = self.look.count() - 1
        self.look.setCurrentIndex(at)

    def _fill(self, offers: Offers, settings: Settings) -> None:
        wanted, books = settings.formats.split(","), settings.workbooks.split(",")
        for suffix, box in self.formats.items():
            box.setChecked(suffix in wanted)
        for name, box in self.workbooks.items():
            box.setChecked(name in books)
        for box in self.pieces.values():
            box.setChecked(True)
        for box, value in (
            (self.duplex, settings.duplex),
            (self.annex_volume, settings.annex_volume),
            (self.pictures, settings.charts_as_pictures),
            (self.spine, settings.spine),
            (self.copies_list, settings.copies_list),
        ):
            box.setChecked(value)
        for place, button in self.reports.items():
            button.setChecked(place.value == settings.report)
        if self.report is ReportPlace.NOWHERE:
            self.reports[ReportPlace.NOWHERE].setChecked(True)
        self._fill_words(offers, settings)

    def _fill_words(self, offers: Offers, settings: Settings) -> None:
        typed = QLineEdit()
        typed.setAccessibleName(tr("水印文字"))
        self.mark.setEditable(True)
        self.mark.setLineEdit(typed)
        self.mark.addItems([tr(_NO_MARK), *offers.marks])
        self.look.addItem(tr("国标公文版式（GB/T 9704）"), "")
        if settings.look_file:
            self.take_look(settings.look_file)
        self.thickness.setPlaceholderText(tr("按页数估算"))
        self.thickness.setMaxLength(5)
        self.copies.setText(str(settings.copies))
        self.copies.setMaxLength(2)
        self.recipients.setText(settings.receivers)
        self.recipients.setPlaceholderText(tr("可写多个，用顿号分开"))

    def _arrange(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(36)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(7)
        self._arrange_files(left)
        self._arrange_layout(right)
        self._arrange_binding(right)
        self._arrange_check(left)
        left.addStretch(1)
        right.addStretch(1)
        grid.addLayout(left, 0, 0)
        grid.addLayout(right, 0, 1)

    def _arrange_files(self, column: QVBoxLayout) -> None:
        column.addWidget(plain_label(tr("要哪些文件"), "group"))
        for box in self.formats.values():
            column.addWidget(box)
        if self.workbooks:
            column.addWidget(plain_label(tr("另出的 Excel 工作簿"), "small"))
            column.addLayout(_in_rows(tuple(self.workbooks.values()), 2))
        if self.pieces:
            column.addWidget(plain_label(tr("方案中要印的部分"), "small"))
            column.addLayout(_in_rows(tuple(self.pieces.values()), 3))

    def _arrange_check(self, column: QVBoxLayout) -> None:
        column.addSpacing(8)
        column.addWidget(plain_label(tr("校核"), "group"))
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(plain_label(tr("校核报告")))
        for place, button in self.reports.items():
            button.setAccessibleName(tr("校核报告：{0}").format(tr(_REPORTS[place])))
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        self.findings.setWordWrap(True)
        column.addWidget(self.findings)

    def _arrange_layout(self, column: QVBoxLayout) -> None:
        column.addWidget(plain_label(tr("版面"), "group"))
        for box in (self.duplex, self.annex_volume, self.pictures):
            column.addWidget(box)
        style = QHBoxLayout()
        style.setSpacing(8)
        style.addWidget(self.look, 1)
        self.browse_look.setAccessibleName(tr("选择版式文件"))
        self.browse_look.setAutoDefault(False)
        style.addWidget(self.browse_look)
        form = QGridLayout()
        form.setHorizontalSpacing(10)
        form.setVerticalSpacing(7)
        form.setColumnStretch(1, 1)
        form.addWidget(label_for(tr("水印"), self.mark), 0, 0)
        form.addWidget(self.mark, 0, 1)
        form.addWidget(label_for(tr("版式"), self.look), 1, 0)
        form.addLayout(style, 1, 1)
        column.addLayout(form)

    def _arrange_binding(self, column: QVBoxLayout) -> None:
        column.addSpacing(8)
        column.addWidget(plain_label(tr("装订与报送"), "group"))
        sized(self.thickness, lambda: self.thickness.setFixedWidth(theme.px(_THICKNESS_WIDTH)))
        sized(self.copies, lambda: self.copies.setFixedWidth(theme.px(_COPIES_WIDTH)))
        for box, text, typed in (
            (self.spine, tr("厚度（mm）"), self.thickness),
            (self.copies_list, tr("份数"), self.copies),
        ):
            line = FlowRow(spacing=16)
            line.addWidget(box)
            line.addWidget(labelled(text, typed, 10))
            column.addLayout(line)
        receivers = QHBoxLayout()
        receivers.setSpacing(10)
        receivers.addWidget(label_for(tr("接收单位"), self.recipients))
        receivers.addWidget(self.recipients, 1)
        column.addLayout(receivers)

    def _connect(self) -> None:
        moving = (*self.formats.values(), *self.pieces.values(), self.duplex, self.annex_volume)
        for box in moving:
            box.toggled.connect(self.changed)
        self.look.currentIndexChanged.connect(self.changed)
        self.spine.toggled.connect(self._show_needed)
        self.copies_list.toggled.connect(self._show_needed)
        self.browse_look.clicked.connect(self._choose_look)
        self._show_needed()

    def _show_needed(self) -> None:
        """What belongs to a file that is not wanted cannot be filled in."""
        self.thickness.setEnabled(self.spine.isChecked())
        self.copies.setEnabled(self.copies_list.isChecked())
        self.recipients.setEnabled(self.copies_list.isChecked())

    def _choose_look(self) -> None:
        kinds = f"{tr('版式文件')} (*.toml)"
        folder = str(Path(str(self.look.currentData() or "")).parent)
        found, _ = QFileDialog.getOpenFileName(self, tr("选择版式文件"), folder, kinds)
        if found:
            self.take_look(found)

    def _mark(self) -> str:
        text = self.mark.currentText().strip()
        return "" if text == tr(_NO_MARK) else text

    def _look(self) -> Look | None:
        file = str(self.look.currentData() or "")
        return look_from_file(Path(file)) if file else None

    def _thickness(self) -> float:
        """The thickness in millimetres, 0 when it is to be reckoned from the pages."""
        text = self.thickness.text().strip()
        if not text:
            return 0
        try:
            value = float(text)
        except ValueError:
            value = 0.0
        if not _THINNEST_MM <= value <= _THICKEST_MM:
            self.thickness.setFocus()
            words = tr("书脊厚度请填 {0} 至 {1} 的毫米数，或留空按页数估算。")
            raise ExportError(words.format(_THINNEST_MM, _THICKEST_MM))
        return value

    def _copies(self) -> CopiesOrder:
        text = self.copies.text().strip()
        number = int(text) if text.isascii() and text.isdecimal() else 0
        if self.copies_list.isChecked() and not 1 <= number <= _MOST_COPIES:
            self.copies.setFocus()
            raise ExportError(tr("份数请填 1 至 {0}。").format(_MOST_COPIES))
        names = _SEPARATORS.split(self.recipients.text())
        receivers = tuple(name.strip() for name in names if name.strip())
        return CopiesOrder(receivers, number or CopiesOrder().copies)


def _in_rows(boxes: tuple[QCheckBox, ...], width: int) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(7)
    for number, box in enumerate(boxes):
        grid.addWidget(box, number // width, number % width)
    grid.setColumnStretch(width, 1)
    return grid
