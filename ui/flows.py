"""What the other actions of the window do: save now, undo, go, look."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication

from ui import theme
from ui.actions import all_specs
from ui.around import around, nearest
from ui.dialogs.about import AboutDialog
from ui.dialogs.export import open_path
from ui.dialogs.manual import show_manual
from ui.dialogs.signature import SignatureDialog
from ui.dialogs.texts import ShortcutsDialog
from ui.fields.frame import take_back_refused
from ui.grid.panel import SheetPanel
from ui.guiding import Guiding
from ui.logs import log_folder
from ui.palette.entries import Entry, action_entries, plan_entries
from ui.palette.palette import Palette
from ui.pane_keys import widen
from ui.panels.side import Tab
from ui.prose.edit import ProseEdit
from ui.prose.plan_find import PlanFind
from ui.searching import find_here, prose_of
from ui.settings import Look
from ui.text import tr

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.workbench import Workbench

Handler = Callable[[], object]


class Flows:
    """The actions of one window."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.guiding = Guiding(window)

    def handlers(self) -> Mapping[str, Handler]:
        """What each action does, by its id."""
        return {
            "home": lambda: self._window.leave_plan(self._window.show_start),
            "new": self._window.filing.new,
            "open_file": self._window.filing.open_file,
            "sample": self._window.filing.open_sample,
            "save": self.save,
            "save_file": self._window.filing.save_file,
            "next_year": self._window.filing.continuing.next_year,
            "pattern": self._window.filing.continuing.pattern,
            "merge_file": self._window.filing.merging.choose_file,
            "merge_open": self._window.filing.merging.go_on,
            "name_version": self._window.versions.ask_name,
            "versions": self._window.versions.show,
            "damage": self._window.opening.show_damage,
            "export": self._window.filing.export,
            "print": self._window.filing.printing.begin,
            "check_report": self._window.filing.print_report,
            "sign": self.sign,
            "window": lambda: self._window.windows.another(self._window),
            "next_window": lambda: self._window.windows.go_round(self._window),
            "close": self._window.close,
            "quit": self._window.windows.quit,
            "manual": lambda: show_manual(self._window),
            "shortcuts": lambda: ShortcutsDialog(self._window).show(),
            "logs": self._logs,
            "about": self._about,
            **self._ways(),
            **self.guiding.handlers(),
            **self._looks(),
        }

    def save(self) -> None:
        """Save now, and tell."""
        plan = self._window.plan
        if plan is not None and self._window.bench is not None:
            self._window.bench.commit()
            plan.autosave.retry()
            self._window.say_when_saved()

    def sign(self) -> None:
        """Ask whose name the history is to bear."""
        window = self._window
        SignatureDialog(window.parts.desk.person, window.windows.sign, window).open()

    def retry(self) -> None:
        """Try again what could not be saved."""
        if self._window.plan is not None:
            self._window.plan.autosave.retry()

    def check(self) -> None:
        """Run the checks and show what they found."""
        bench = self._window.bench
        if bench is not None:
            bench.commit()
            bench.session.check_what_is_due()
            bench.session.remind()
            bench.show_tab(Tab.FINDINGS)

    def preview(self) -> None:
        """Show the printed pages at the place being edited."""
        bench = self._window.bench
        if bench is not None:
            bench.commit()
            bench.show_tab(Tab.PREVIEW)

    def palette(self) -> None:
        """Lead to any action, section, field or row by its name."""
        window, actions = self._window, self._window.actions_by_id
        usable = {spec.id: actions[spec.id] for spec in all_specs() if actions[spec.id].isEnabled()}
        native = QKeySequence.SequenceFormat.NativeText
        keys = {key: action.shortcut().toString(native) for key, action in usable.items()}
        entries = list(action_entries(usable, keys))
        if window.bench is not None:
            window.bench.commit()
            entries += plan_entries(window.bench.session.view)

        def take(entry: Entry) -> None:
            """After the palette is gone and the focus back."""
            QTimer.singleShot(0, window, lambda: self._take(entry))

        palette = Palette(entries, window)
        palette.chosen.connect(take)
        palette.open_over(window)

    def toggle_panel(self) -> None:
        """Open or fold the side panel."""
        bench = self._window.bench
        if bench is not None:
            shown = not bench.panel.isVisibleTo(bench)
            bench.show_panel(shown=shown)
            self._window.actions_by_id["panel"].setChecked(shown)

    def _ways(self) -> dict[str, Handler]:
        return {
            "palette": self.palette,
            "undo": lambda: self._undo(redo=False),
            "redo": lambda: self._undo(redo=True),
            "insert_figure": lambda: self._in_prose(lambda edit: edit.figure_wanted.emit()),
            "insert_reference": lambda: self._in_prose(lambda edit: edit.reference_wanted.emit()),
            "insert_note": lambda: self._in_prose(lambda edit: edit.ask_note()),
            "find": lambda: self._with(lambda bench: find_here() or self._find_all(bench)),
            "take_cells": self._take_cells,
            "take_words": lambda: self._in_prose(lambda edit: edit.words_wanted.emit()),
            "find_all": lambda: self._with(self._find_all),
            "tidy": lambda: self._in_prose(lambda edit: edit.tidy_wanted.emit()),
            "previous_section": lambda: self._with(lambda bench: bench.step(-1)),
            "next_section": lambda: self._with(lambda bench: bench.step(1)),
            "next_finding": lambda: self._with(self._next_finding),
            "to_navigator": lambda: self._with(lambda bench: bench.navigator.setFocus()),
            "to_page": lambda: self._with(lambda bench: bench.focus_page()),
            "to_panel": lambda: self._with(lambda bench: bench.focus_panel()),
            "wider": widen,
            "narrower": lambda: widen(narrower=True),
            "panel": self.toggle_panel,
            "show_guide": lambda: self._with(lambda bench: bench.show_tab(Tab.GUIDE)),
            "show_findings": self.check,
            "show_preview": self.preview,
            "show_history": lambda: self._with(lambda bench: bench.show_tab(Tab.HISTORY)),
        }

    def _looks(self) -> dict[str, Handler]:
        dressing = self._window.windows.dressing
        looks: dict[str, Handler] = {
            f"look_{look.value}": lambda look=look: dressing.change(look) for look in Look
        }
        sizes: dict[str, Handler] = {
            f"text_{size}": lambda size=size: dressing.change(percent=size) for size in theme.SIZES
        }
        steps: dict[str, Handler] = {
            "larger": lambda: dressing.resize_text(1),
            "smaller": lambda: dressing.resize_text(-1),
            "ordinary": lambda: dressing.change(percent=100),
        }
        return looks | sizes | steps

    def _in_prose(self, do: Callable[[ProseEdit], object]) -> None:
        edit = next(filter(None, map(prose_of, around(QApplication.focusWidget()))), None)
        if edit is not None:
            do(edit)
        else:
            self._window.notice.say(tr("请先把光标放进一段正文。"))

    def _find_all(self, bench: Workbench) -> None:
        bench.commit()
        PlanFind(bench.session, bench.go_to, self._window).show()

    def _take(self, entry: Entry) -> None:
        """Do or show what was chosen."""
        bench = self._window.bench
        if entry.action:
            self._window.actions_by_id[entry.action].trigger()
        elif bench is not None and entry.address is not None:
            bench.go_to(entry.address)
        elif bench is not None:
            bench.open_section(entry.section)
            bench.focus_page()

    def _take_cells(self) -> None:
        panel = nearest(SheetPanel, QApplication.focusWidget())
        if panel is not None:
            panel.editing.take_workbook()
        else:
            self._window.notice.say(tr("请先把光标放进一张表。"))

    def _with(self, do: Callable[[Workbench], object]) -> None:
        if self._window.bench is not None:
            do(self._window.bench)

    def _next_finding(self, bench: Workbench) -> None:
        def go() -> None:
            if not bench.next_finding():
                self._window.notice.say(tr("没有问题。"))

        bench.walk.when_checked(go, tr("正在检查刚才的修改，随后到下一个问题…"))

    def _undo(self, *, redo: bool) -> None:
        bench = self._window.bench
        if bench is not None:
            bench.commit()
            if not redo and take_back_refused(QApplication.focusWidget()):
                return
            stack = bench.session.undo_stack
            (stack.redo if redo else stack.undo)()

    def _logs(self) -> None:
        folder = log_folder()
        if not folder.is_dir() or not open_path(folder):
            words = tr("日志文件夹还没有建立：{0}") if not folder.is_dir() else tr("日志在 {0}")
            self._window.notice.say(words.format(folder))

    def _about(self) -> None:
        packs = self._window.parts.desk.packs.values()
        names = tuple(f"{pack.title}（{pack.notice}）" for pack in packs)
        AboutDialog(self._window.parts.version, names, self._logs, self._window).show()
