"""Printing the real pages; the printer writes a PDF file here."""

from __future__ import annotations

import pypdfium2
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QApplication

from ui.jobs import Cancelled, Progress
from ui.preview.typesetting import Typesetter
from ui.printing.paper import print_sides
from ui.printing.sides import BLANK, Sides


@pytest.fixture
def preview(opened):
    """The laid out pages of the open plan."""
    plan = opened.plan
    setter = Typesetter(plan.shelf.picture, plan.folder.name)
    made = setter.set(plan.session.pack, plan.session.answers, Progress(lambda step: None))
    yield made
    made.close()


@pytest.fixture
def printer(tmp_path):
    """A printer at a low resolution that writes a file."""
    made = QPrinter()
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(tmp_path / "印.pdf"))
    made.setResolution(72)
    return made


def printed(printer):
    return pypdfium2.PdfDocument(printer.outputFileName())


def ink(picture):
    """Where a page is dark, coarsely, so that two ways of drawing it can be compared."""
    small = picture.convert("L").resize((42, 60))
    return [value < 200 for value in small.tobytes()]


def test_that_the_end_of_printing_is_told(opened, preview, printer, qtbot):
    with qtbot.waitSignal(opened.filing.printing.ended, timeout=10_000) as ended:
        opened.filing.printing.print_on(printer, preview)
    assert "共" in opened.notice.sentence
    found = printed(printer)
    assert ended.args == [len(found)]
    found.close()


def test_that_a_printed_page_looks_as_it_was_set(preview, printer):
    wanted = [ink(preview.image(page, 72).picture()) for page in range(preview.page_count)]
    sizes = [preview.size(page) for page in range(preview.page_count)]
    print_sides(preview, printer, list(range(preview.page_count)), Progress(lambda step: None))
    with printed(printer) as found:
        assert len(found) == len(wanted)
        for page, looks, size in zip(found, wanted, sizes, strict=True):
            assert all(abs(a - b) < 2 for a, b in zip(page.get_size(), size, strict=True))
            got = ink(page.render(scale=1).to_pil())
            assert sum(a != b for a, b in zip(got, looks, strict=True)) < 25


def test_that_printing_can_be_cancelled_between_pages(preview, printer):
    progress = Progress(lambda step: progress.cancel() if step.done else None)
    with pytest.raises(Cancelled):
        print_sides(preview, printer, [0, 0, 0], progress)


def test_that_without_a_printer_a_pdf_is_offered(opened, monkeypatch):
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))
    opened.actions_by_id["print"].trigger()
    assert opened.notice.sentence.startswith("这台电脑上没有可用的打印机。可以先导出 PDF")
    assert opened.findChild(QPrintDialog) is None


@pytest.mark.long
def test_that_the_dialog_knows_how_many_pages_there_are(opened, monkeypatch, qtbot):
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(lambda: ["甲"]))
    opened.actions_by_id["print"].trigger()

    def dialogs():
        return [each for each in opened.findChildren(QPrintDialog) if each.isVisible()]

    qtbot.waitUntil(lambda: bool(dialogs()), timeout=20_000)
    assert dialogs()[0].minPage() == 1
    assert dialogs()[0].maxPage() > 1
    QTimer.singleShot(0, dialogs()[0].reject)
    qtbot.waitUntil(lambda: not dialogs())
    QApplication.processEvents()


@pytest.mark.parametrize(
    ("sides", "expected"),
    [
        (Sides(0, 2), [0, 1, 2]),
        (Sides(1, 1), [1]),
        (Sides(0, 2, backwards=True), [2, 1, 0]),
        (Sides(0, 1, copies=2), [0, 1, 0, 1]),
        (Sides(0, 1, copies=2, collated=False), [0, 0, 1, 1]),
        (Sides(0, 2, copies=2, duplex=True), [0, 1, 2, BLANK, 0, 1, 2]),
        (Sides(0, 1, copies=2, duplex=True), [0, 1, 0, 1]),
    ],
)
def test_that_range_copies_and_order_are_as_chosen(sides, expected):
    assert sides.order() == expected
