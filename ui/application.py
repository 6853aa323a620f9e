"""Starts the window: language, font, colours, packs, the last-resort error hook, then the loop."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import (
    QEvent,
    QLibraryInfo,
    QLocale,
    QObject,
    Qt,
    QTimer,
    QTranslator,
    Signal,
    qInstallMessageHandler,
)
from PySide6.QtGui import QFileOpenEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox, QStyleFactory

import resources
from forms.loading import open_pack, pack_ids
from forms.schema import Pack
from storage.library import Library
from storage.plan_file import PlanFile
from ui import theme
from ui.actions import SIZING, all_specs
from ui.collecting import Collecting
from ui.drafting import Desk
from ui.errors import explain
from ui.exporting import export_with_exporters, look_ahead_with_exporters
from ui.filing import FILE_SUFFIX
from ui.instance import Entrance, Standing
from ui.jobs import Jobs, take_short_turns, watch_threads
from ui.logs import log_of_qt, note_fault, start_log
from ui.main_window import MainWindow
from ui.pages.section_page import SectionPage
from ui.parts import Parts
from ui.plain import plain_box
from ui.settings import Settings, SettingsFile, settings_path
from ui.standing_aside import stand_aside
from ui.text import tr
from ui.tour import offer_at_first_plan
from ui.undo import UndoKeys
from ui.windows import Windows

_LOG = logging.getLogger("yuance")
_PROGRAM = "Yuance"
_AFTER_START_MS = 100  # the window is painted by then
_ROOMY = 1440  # pixels; narrower screens are filled at the first start
Sample = Callable[[], PlanFile]


def run(entrance: Entrance, sample: Sample | None = None) -> int:
    """Open the window, and the plan files of this start; the exit code of the loop."""
    choose_input_method(os.environ)
    start_log()
    application = prepare(SettingsFile(settings_path()).now)
    collecting = Collecting(application)
    hook = ErrorHook(application)
    hook.install()
    try:
        parts = wire(sample)
    except Exception as error:
        _say_cannot_start(error)
        return 1
    windows = hook.windows = Windows(parts, MainWindow)
    opener = FileOpener(windows)
    if sys.platform == "darwin":  # elsewhere files come as arguments; a filter is asked always
        application.installEventFilter(opener)
    application.styleHints().colorSchemeChanged.connect(windows.dress_again)
    window = windows.first()
    offer_at_first_plan(window)
    show_first(window)
    QTimer.singleShot(_AFTER_START_MS, window, lambda: read_ahead(parts.desk.packs, parts.jobs))
    windows.take_files(entrance.files)
    entrance.files_came.connect(windows.take_files)
    entrance.open()
    if entrance.standing is Standing.UNANSWERED:
        window.notice.say(tr("园策已在运行，但没有应答，所以另开了一个；同一方案只能在一边修改。"))
    code = application.exec()
    entrance.close()
    collecting.stop()
    return code


def show_first(window: MainWindow) -> None:
    """Show the window where it was last; at the first start a small screen is filled."""
    if not window.parts.settings.now.geometry and window.screen().availableSize().width() < _ROOMY:
        window.showMaximized()
    else:
        window.show()


def prepare(settings: Settings) -> QApplication:
    """The application with language, style, font, colours and undo keys."""
    found = QApplication.instance()
    if isinstance(found, QApplication):
        application = found
    else:
        rounding = Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
        QGuiApplication.setHighDpiScaleFactorRoundingPolicy(rounding)
        application = QApplication([_PROGRAM])
    application.setApplicationName(_PROGRAM)
    take_short_turns()
    stand_aside()
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    application.setStyle(QStyleFactory.create("Fusion"))
    translator = QTranslator(application)
    places = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load("qtbase_zh_CN", places):
        application.installTranslator(translator)
    theme.put_on(application, settings.chosen_look(), settings.text_percent)
    claimed = (spec.shortcut for spec in all_specs() if spec.shortcut and spec.id not in SIZING)
    keys = UndoKeys(application, claimed)
    application.focusChanged.connect(keys.follow)
    return application


def wire(sample: Sample | None) -> Parts:
    """The real parts of the window."""
    settings = SettingsFile(settings_path(), later=Jobs().tidy)  # outlives any one window's
    desk = Desk(Library(), Packs(), settings.now.person)
    parts = (desk, settings, Jobs(), export_with_exporters, SectionPage, version(), sample)
    return Parts(*parts, look_ahead_with_exporters)


class Packs(Mapping[str, Pack]):
    """Every pack that comes with the program, by id; each is read when it is first wanted.

    Reading one was half of what the window took to appear.
    """

    def __init__(self) -> None:
        self._ids = pack_ids()
        self._read: dict[str, Pack] = {}

    def __getitem__(self, key: str) -> Pack:
        """The pack with this id, always the same one; `PackError` when it cannot be used."""
        if key not in self._ids:
            raise KeyError(key)
        return self._read.get(key) or self._read.setdefault(key, open_pack(key))

    def __contains__(self, key: object) -> bool:
        """Whether there is such a pack; it is not read for that."""
        return key in self._ids

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)


def read_ahead(packs: Mapping[str, Pack], jobs: Jobs) -> None:
    """Read the packs while somebody looks at the list of plans; without them nothing can be done.

    A program whose packs are broken says so, and ends.
    """

    def failed(error: Exception) -> None:
        _say_cannot_start(error)
        QApplication.exit(1)

    def ignore(_: object) -> None:
        pass

    jobs.start_quietly(lambda _: tuple(packs.values()), ignore, failed)


def _say_cannot_start(error: Exception) -> None:
    note_fault(error)
    plain_box(QMessageBox.Icon.Critical, tr("园策"), explain(error).whole, None).exec()


def version() -> str:
    """The version of the program."""
    try:
        return resources.read_text("version.txt").strip()
    except FileNotFoundError:
        return "0"


def choose_input_method(environment: MutableMapping[str, str]) -> None:
    """The Qt of the wheels has no fcitx plug-in; fcitx answers the protocol of ibus."""
    if "fcitx" in environment.get("QT_IM_MODULE", "").lower():
        environment["QT_IM_MODULE"] = "ibus"


class FileOpener(QObject):
    """Opens the plan file a double click in the file manager hands over."""

    def __init__(self, windows: Windows) -> None:
        super().__init__(windows)
        self._windows = windows

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: the file manager asks to open a file."""
        del watched
        if isinstance(event, QFileOpenEvent) and event.file().lower().endswith(FILE_SUFFIX):
            self._windows.take_files([Path(event.file())])
            return True
        return False


class ErrorHook(QObject):
    """The last resort: logs a fault, saves what was typed, shows a report that can be copied."""

    _happened = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.windows: Windows | None = None
        self._shown = 0
        self._happened.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take every exception nobody caught, and what Qt has to say."""
        sys.excepthook = self.on_exception
        watch_threads(lambda kind, error: self.on_exception(kind, error, None))
        qInstallMessageHandler(log_of_qt)

    def on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Note it without its message, which may hold what somebody typed."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.exit(130)
            return
        del trace
        note_fault(error)
        self._happened.emit(error)

    def _show(self, error: BaseException) -> None:
        window = self.windows.in_use if self.windows else None
        if self.windows is None or window is None:
            return
        try:
            self.windows.flush()
            self._shown += 1
            if self._shown <= 3:  # a fault in painting would come again with every frame
                window.show_fault(error)
        except Exception as second:
            _LOG.error("while reporting: %s", type(second).__name__)
