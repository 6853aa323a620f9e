"""送印台: what is chosen reaches the order, is remembered, and can all be done by keyboard."""

from __future__ import annotations

from threading import Event
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit

from exporters.made import About, Ahead, Exported, Notice
from exporters.order import Format, ReportPlace
from tests.ui.frame.conftest import ZIP
from ui.dialogs import export
from ui.dialogs.export import ExportDialog
from ui.dialogs.export_results import FileName
from ui.jobs import Jobs, Step
from ui.main_window import MainWindow, Parts
from ui.pages.section_page import SectionPage

PDF = b"%PDF-1.7\n%%EOF\n"
STYLE = 'name = "某省版式"\nbased_on = "gb-9704"\n'


class Printer:
    """An exporter that keeps the orders it was given."""

    def __init__(self):
        self.orders = []
        self.notices = ()
        self.more = 0
        self.goes_on = Event()
        self.goes_on.set()

    def __call__(self, order, progress):
        progress.report(1, 1, "稿")
        assert self.goes_on.wait(10)
        self.orders.append(order.printed)
        return [
            Exported(Format.PDF, PDF, self.notices),
            Exported(Format.WORD, ZIP, (), "附件册"),
            *(Exported(Format.WORD, ZIP, (), f"第{n}种") for n in range(self.more)),
        ]


@pytest.fixture
def printer():
    return Printer()


@pytest.fixture
def desk_of(make_window, new_draft, qtbot, tmp_path, printer):
    """Open the print desk over a plan; its files go into the test's folder."""
    window = make_window(printer)
    window.open_draft(new_draft(face__park="临江园区"))
    qtbot.waitUntil(lambda: window.plan.is_settled)

    def opened() -> ExportDialog:
        window.actions_by_id["export"].trigger()
        dialog = window.findChildren(ExportDialog)[-1]
        dialog.folder.setText(str(tmp_path))
        dialog.name.setText("方案稿")
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        return dialog

    return opened


def click(widget) -> None:
    """A click on the sign of a box or button, as a mouse does it."""
    spot = widget.rect().center()
    spot.setX(8)
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=spot)


def made(dialog, qtbot):
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(dialog.written), timeout=5000)


def test_that_the_time_left_of_a_step_does_not_count_the_steps_before(
    desk_of, qtbot, printer, monkeypatch
):
    now = [0.0]
    monkeypatch.setattr(export, "time", SimpleNamespace(monotonic=lambda: now[0]))
    printer.goes_on.clear()
    dialog = desk_of()
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.says.text() == "正在生成 稿…")
    said = []
    for second, step in (
        (0, Step(0, 10, "内容")),
        (8, Step(8, 10, "内容")),
        (8, Step(0, 10, "排版")),
        (12, Step(2, 10, "排版")),
    ):
        now[0] = second
        dialog._job.progressed.emit(step)
        said.append(dialog.says.text())
    printer.goes_on.set()
    qtbot.waitUntil(lambda: bool(dialog.written))

    assert said == [
        "正在生成 内容…",
        "正在生成 内容…（本步约剩 2 秒）",
        "正在生成 排版…",
        "正在生成 排版…（本步约剩 16 秒）",
    ]
    dialog.close()


def test_that_nothing_chosen_prints_the_whole_plan_plainly(desk_of, qtbot, printer):
    dialog = desk_of()
    made(dialog, qtbot)
    (order,) = printer.orders

    assert order.formats == tuple(Format)
    assert (order.left_out, order.watermark, order.duplex) == (frozenset(), "", False)
    assert (order.annex_volume, order.report, order.look) == (False, ReportPlace.NOWHERE, None)
    assert (order.spine, order.copies, order.workbooks) == (None, None, ())
    dialog.close()


def test_that_every_choice_reaches_the_order(desk_of, qtbot, printer, write):
    dialog = desk_of()
    choices = dialog.choices
    for box in (choices.duplex, choices.annex_volume, choices.pictures, choices.spine):
        click(box)
    click(choices.copies_list)
    click(choices.pieces["正文"])
    click(choices.reports[ReportPlace.BOUND])
    choices.mark.setCurrentIndex(choices.mark.findText("征求意见稿"))
    write("甲局、乙局；丙局", choices.recipients)
    choices.copies.setText("6")
    choices.thickness.setText("7.5")
    made(dialog, qtbot)
    (order,) = printer.orders

    assert (order.duplex, order.annex_volume, order.charts_as_pictures) == (True, True, True)
    assert order.left_out == {"正文"}
    assert order.watermark == "征求意见稿"
    assert order.report is ReportPlace.BOUND
    assert order.spine.thickness_mm == 7.5
    assert (order.copies.receivers, order.copies.copies) == (("甲局", "乙局", "丙局"), 6)
    dialog.close()


def test_that_a_mark_of_ones_own_can_be_typed(desk_of, qtbot, printer, write):
    dialog = desk_of()
    dialog.choices.mark.lineEdit().clear()
    write("内部讨论稿", dialog.choices.mark.lineEdit())
    made(dialog, qtbot)

    assert printer.orders[0].watermark == "内部讨论稿"
    dialog.close()


def test_that_choices_are_remembered_but_for_parts_and_mark(desk_of, qtbot, printer):
    first = desk_of()
    for box in (first.choices.duplex, first.choices.copies_list, first.choices.pieces["正文"]):
        click(box)
    first.choices.recipients.setText("甲局")
    first.choices.copies.setText("8")
    first.choices.mark.setCurrentIndex(1)
    click(first.choices.reports[ReportPlace.SEPARATE])
    made(first, qtbot)
    first.close()
    second = desk_of()
    made(second, qtbot)
    order = printer.orders[-1]

    assert (order.duplex, order.report) == (True, ReportPlace.SEPARATE)
    assert (order.copies.receivers, order.copies.copies) == (("甲局",), 8)
    assert (order.left_out, order.watermark) == (frozenset(), "")
    second.close()


def test_that_what_cannot_be_is_said_in_a_sentence_and_nothing_is_made(desk_of, tmp_path, printer):
    dialog = desk_of()
    choices = dialog.choices
    click(choices.copies_list)
    choices.copies.setText("0")
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert dialog.says.text() == "份数请填 1 至 99。"
    choices.copies.setText("4")
    click(choices.spine)
    choices.thickness.setText("七")
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert dialog.says.text().startswith("书脊厚度请填 1 至 100")
    assert choices.thickness.hasFocus()
    choices.thickness.setText("")
    choices.take_look(str(tmp_path / "没有.toml"))
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert "版式文件“没有.toml”无法读取" in dialog.says.text()

    assert printer.orders == []
    dialog.close()


def test_that_nothing_at_all_and_a_report_without_a_volume_are_refused(desk_of, printer):
    dialog = desk_of()
    for box in dialog.choices.formats.values():
        click(box)
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert dialog.says.text() == "请至少选择一种文件。"
    click(dialog.choices.formats["xlsx"])
    click(dialog.choices.reports[ReportPlace.BOUND])
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert "装在卷首" in dialog.says.text()

    assert printer.orders == []
    dialog.close()


def test_that_a_house_style_is_chosen_by_its_file_and_remembered(desk_of, qtbot, tmp_path, printer):
    style = tmp_path / "省.toml"
    style.write_text(STYLE, encoding="utf-8")
    first = desk_of()
    first.choices.take_look(str(style))
    made(first, qtbot)
    first.close()
    second = desk_of()

    assert second.choices.look.currentText() == "省.toml"
    made(second, qtbot)
    assert [order.look.name for order in printer.orders] == ["某省版式"] * 2
    second.close()


def test_that_fields_of_files_that_are_not_wanted_cannot_be_filled_in(desk_of):
    dialog = desk_of()
    choices = dialog.choices
    assert not choices.thickness.isEnabled()
    assert not choices.recipients.isEnabled()
    click(choices.spine)
    click(choices.copies_list)
    assert choices.thickness.isEnabled()
    assert choices.recipients.isEnabled()
    assert choices.copies.text() == "4"
    dialog.close()


def test_that_the_desk_fits_a_small_screen_and_is_reached_by_tab(desk_of, qtbot):
    dialog = desk_of()
    qtbot.waitExposed(dialog)
    assert dialog.sizeHint().width() <= 1366
    assert dialog.sizeHint().height() <= 700
    reached = set()
    for _ in range(40):
        QTest.keyClick(QApplication.focusWidget() or dialog, Qt.Key.Key_Tab)
        reached.add(QApplication.focusWidget())
    choices = dialog.choices
    wanted = (
        *choices.formats.values(),
        *choices.pieces.values(),
        choices.duplex,
        choices.annex_volume,
        choices.pictures,
        choices.spine,
        choices.copies_list,
        choices.look,
        choices.browse_look,
        dialog.name,
        dialog.folder,
        dialog.cancel,
        dialog.go,
    )
    assert [w for w in wanted if w not in reached] == []
    assert reached & set(choices.reports.values())
    dialog.close()


def test_that_the_report_tells_subject_by_subject_what_to_read_first(desk_of, qtbot, printer):
    printer.notices = (
        Notice(About.FONTS, "本机没有“楷体_GB2312”。"),
        Notice(About.BEFORE_PRINTING, "字库中没有“𬭸”字。"),
        Notice(About.LEFT_OUT, "附图没有印入。"),
    )
    dialog = desk_of()
    made(dialog, qtbot)
    (report,) = dialog.findChildren(QPlainTextEdit)
    qtbot.waitUntil(report.isVisible)

    assert report.toPlainText().splitlines() == [
        "打印前请看：",
        "· 字库中没有“𬭸”字。",
        "未印入的部分：",
        "· 附图没有印入。",
        "字体：",
        "· 本机没有“楷体_GB2312”。",
    ]
    names = [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]
    assert {"方案稿.pdf", "方案稿_附件册.docx"} <= set(names)
    dialog.close()


def test_that_many_files_and_a_long_report_fit_a_small_screen(desk_of, qtbot, printer):
    printer.notices = tuple(Notice(About.FONTS, f"本机没有第{n}种字体。") for n in range(30))
    printer.more = 10
    dialog = desk_of()
    made(dialog, qtbot)
    rows = dialog.findChildren(FileName)
    qtbot.waitUntil(lambda: len({label.x() for label in rows}) == 2)

    assert len(rows) == 12
    assert len({(label.x(), label.y()) for label in rows}) == 12
    assert dialog.layout().totalMinimumSize().height() <= 600
    dialog.close()


def test_that_files_with_long_names_can_be_told_apart(desk_of, qtbot, printer):
    printer.more = 10
    dialog = desk_of()
    dialog.name.setText("云泽市清源经济开发区循环化改造实施方案（2026—2030年）_20261129")
    made(dialog, qtbot)
    names = dialog.findChildren(FileName)
    qtbot.waitUntil(lambda: all("…" in label.text() for label in names))

    assert len({label.text() for label in names}) == len(names) == 12
    assert "附件册.docx" in {label.text()[-8:] for label in names}
    dialog.close()


@pytest.fixture
def counted(qtbot, desk, settings, new_draft, nothing_left, printer):
    """A print desk that is told the pages of an order, and the orders it asked about."""
    asked = []

    def foresight(order, _):
        asked.append(order.printed)
        sizes = (("", 70), ("附件册", 94)) if order.printed.annex_volume else (("", 138),)
        return Ahead(sizes, (Notice(About.BEFORE_PRINTING, "字库中没有“𬭸”字。"),))

    parts = Parts(desk, settings, Jobs(), printer, SectionPage, "0.0", None, foresight)
    window = MainWindow(parts)
    window.show()
    window.open_draft(new_draft(face__park="临江园区"))
    qtbot.waitUntil(lambda: window.plan is not None and window.plan.is_settled)
    window.actions_by_id["export"].trigger()
    yield window.findChild(ExportDialog), asked
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=5000)
    window.deleteLater()


def test_that_the_pages_are_told_before_and_follow_the_choice(counted, qtbot):
    dialog, asked = counted
    says = dialog.outlook.says
    qtbot.waitUntil(lambda: "约 138 页，正反面 69 张" in says.text(), timeout=5000)
    assert "字库中没有“𬭸”字。" in says.text()
    click(dialog.choices.annex_volume)
    qtbot.waitUntil(
        lambda: "正文册约 70 页，正反面 35 张；附件册约 94 页，正反面 47 张" in says.text(),
        timeout=5000,
    )

    click(dialog.choices.annex_volume)
    qtbot.waitUntil(lambda: "约 138 页" in says.text(), timeout=5000)
    for suffix in ("docx", "pdf"):
        click(dialog.choices.formats[suffix])
    qtbot.waitUntil(lambda: says.text() == "", timeout=5000)  # tables have no pages

    assert [order.annex_volume for order in asked] == [False, True]  # each is asked once
    dialog.close()


def test_that_an_export_does_not_wait_for_pages_that_nobody_reads(counted, qtbot, tmp_path):
    dialog, _ = counted
    dialog.folder.setText(str(tmp_path))
    dialog.name.setText("方案稿")
    made(dialog, qtbot)

    assert dialog.outlook.says.isHidden() or not dialog.outlook.says.isVisible()
    dialog.close()
