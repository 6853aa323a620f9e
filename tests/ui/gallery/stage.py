"""The real window with the sample plan, and what a picture of it is taken with."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import cast

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from commands.making import sample_plan
from forms.address import Address, parse_address
from forms.edits import apply_edits, seed_answers, set_from_text
from forms.loading import open_pack
from storage.library import Library
from ui import theme
from ui.dialogs import base
from ui.drafting import Desk
from ui.exporting import export_with_exporters, look_ahead_with_exporters
from ui.grid.rows_panel import RowsPanel
from ui.jobs import Jobs
from ui.main_window import MainWindow, Parts
from ui.pages.section_page import SectionPage
from ui.settings import SettingsFile
from ui.theme import DARK, LIGHT
from ui.workbench import Workbench

SMALL = QSize(1366, 728)  # 1366 × 768 less a task bar
LARGE = QSize(1280, 720)  # 1920 × 1080 at 150 %
PERSON, COLLEAGUE = "沈清和", "李工"
_CAPTION = 32
_MOST_ROUNDS = 20
_FREQUENT, _MIXED = 8, 16  # colours of a picture beside those of the theme
_SHADE = "#40000000"


@dataclass(slots=True)
class Stage:
    """A window on which scenes are set."""

    window: MainWindow
    qtbot: QtBot
    write: Callable[..., None]
    folder: Path
    colleague: Library

    @property
    def bench(self) -> Workbench:
        """The open plan."""
        assert self.window.bench is not None
        return self.window.bench

    @property
    def page(self) -> SectionPage:
        """The page that is shown, whole."""
        page = cast("SectionPage", self.bench.page())
        page.make_whole()
        return page

    @property
    def rows(self) -> RowsPanel:
        """The table of rows on the page."""
        return next(iter(self.page.findChildren(RowsPanel)))

    def open_sample(self) -> Workbench:
        """Open the sample plan."""
        self.window.start.sample_wanted.emit()
        self.wait(lambda: self.window.plan is not None and self.window.plan.is_settled)
        return self.bench

    def open_empty(self) -> Workbench:
        """Open a plan of which only the beginning is known."""
        self.window.open_draft(begun(self.window.parts.desk, "临江经济技术开发区"))
        self.wait(lambda: self.window.plan is not None and self.window.plan.is_settled)
        return self.bench

    def wait(self, until: Callable[[], bool], seconds: int = 60) -> None:
        """Let the window live until something holds."""
        self.qtbot.waitUntil(until, timeout=seconds * 1000)

    def settle(self) -> None:
        """Let layouts and late scrolling come to rest."""
        for page in self.window.findChildren(SectionPage):
            page.make_whole()
        before: list[QRect] = []
        for _ in range(_MOST_ROUNDS):
            self.qtbot.wait(60)
            now = [each.geometry() for each in self.window.findChildren(QWidget)]
            if now == before:
                return
            before = now

    def shown(self, kind: type[QWidget]) -> QWidget:
        """The widget of a kind that is seen."""
        return next(each for each in self.window.findChildren(kind) if each.isVisible())


def at(text: str) -> Address:
    """An address from its text."""
    return parse_address(text)


def begun(desk: Desk, park: str) -> Path:
    """The draft of a plan just begun."""
    pack = next(iter(desk.packs.values()))
    edits = (set_from_text(pack, pack.roles.park_name, park),)
    return desk.create(pack, apply_edits(pack, seed_answers(pack), edits, "新建方案").answers)


@contextmanager
def stage(qtbot, write, folder, size=SMALL):
    """Open a window of a size, and close it the way a user does."""
    plan = sample_plan()
    pack = open_pack(plan.meta.pack_id)
    desk = Desk(Library(folder / "plans"), {pack.id: pack}, PERSON)
    parts = (
        desk,
        SettingsFile(folder / "settings.json"),
        Jobs(),
        export_with_exporters,
        SectionPage,
        "0",
    )
    window = MainWindow(Parts(*parts, sample_plan, look_ahead_with_exporters))
    window.resize(size)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=10_000)
    whole, base.room_for = base.room_for, lambda _: size - QSize(0, _CAPTION + 8)
    try:
        yield Stage(window, qtbot, write, folder, Library(folder / "colleague"))
    finally:
        base.room_for = whole  # the screen without a screen has 800 × 800 pixels
        for dialog in window.findChildren(QWidget):
            if dialog.isWindow() and dialog.isVisible():
                dialog.close()
        window.close()
        qtbot.waitUntil(lambda: not window.isVisible(), timeout=10_000)
        window.deleteLater()


def earlier(desk: Desk) -> None:
    """Some plans as they lie on a planner's machine after a while."""
    for park in ("滨海化工产业园区", "青湖高新技术产业开发区"):
        begun(desk, park)


def taken(window: QWidget, over: QWidget | None = None) -> Image.Image:
    """A picture of the window, and of a dialog over it as a desktop shows the two."""
    shot = window.grab()
    if over is not None:
        _lay_over(shot, over, window)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    shot.save(buffer, "PNG")
    return Image.open(BytesIO(bytes(buffer.data().data()))).convert("RGB")


def _lay_over(shot: QPixmap, dialog: QWidget, window: QWidget) -> None:
    colours = theme.colours()
    width, height = dialog.width(), dialog.height() + _CAPTION
    left, top = (window.width() - width) // 2, max(8, (window.height() - height) // 2)
    painter = QPainter(shot)
    painter.fillRect(window.rect(), _SHADE)
    painter.fillRect(QRect(left - 1, top - 1, width + 2, height + 2), colours.edge)
    painter.fillRect(QRect(left, top, width, _CAPTION), colours.canvas)
    painter.setPen(colours.ink)
    painter.setFont(dialog.font())
    caption = QRect(left + 16, top, width - 32, _CAPTION)
    painter.drawText(caption, Qt.AlignmentFlag.AlignVCenter, dialog.windowTitle())
    painter.drawPixmap(left, top + _CAPTION, dialog.grab())
    painter.end()


def small_png(image: Image.Image, path: Path) -> None:
    """Write a picture in few colours: those of the theme exact, the shades between them mixed."""
    own = [_parts(getattr(look, each)) for look in (LIGHT, DARK) for each in look.__slots__]
    counted = cast("list[tuple[int, tuple[int, int, int]]]", image.getcolors(1 << 24))
    seen = {colour for _, colour in counted}
    frequent = [colour for _, colour in sorted(counted, reverse=True)[:_FREQUENT]]
    exact = list(dict.fromkeys([*(each for each in own if each in seen), *frequent]))
    rest = Image.new("RGB", (len(counted), 1))
    rest.putdata([colour for _, colour in counted])
    mixed = rest.quantize(_MIXED).getpalette() or []
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in exact for part in colour] + mixed[: 3 * _MIXED])
    few = image.quantize(palette=palette, dither=Image.Dither.NONE)
    few.save(path, optimize=True)


def _parts(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue
