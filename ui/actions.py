"""Every action of the window in one table; menus and the list of shortcuts are made from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from ui import icons
from ui.plain import plain_caption, plain_tip
from ui.text import tr
from ui.theme import SIZES


class When(Enum):
    """When an action can be used."""

    ALWAYS = "always"
    PLAN = "plan"  # a plan is open
    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True, slots=True)
class Spec:
    """One action; `choice` names the group it is one choice of, `also` further keys for it."""

    id: str
    text: str
    shortcut: str = ""
    icon: str = ""
    when: When = When.PLAN
    choice: str = ""
    checkable: bool = False
    also: str = ""


SEPARATOR = Spec("-", "")
SIZING = ("larger", "smaller", "ordinary")  # their keys are those of the printed pages, too

MENUS: tuple[tuple[str, tuple[Spec, ...]], ...] = (
    (
        "方案(&F)",
        (
            Spec("home", "方案列表", "Ctrl+W", "home"),
            Spec("window", "新窗口", "Ctrl+Alt+N", "window", When.ALWAYS),
            SEPARATOR,
            Spec("new", "新建方案…", "Ctrl+N", "new", When.ALWAYS),
            Spec("open_file", "从文件打开…", "Ctrl+O", "open-file", When.ALWAYS),
            Spec("sample", "打开示例方案", "", "sample", When.ALWAYS),
            SEPARATOR,
            Spec("save", "立即保存", "Ctrl+S", "save"),
            Spec("save_file", "另存为文件…", "Ctrl+Shift+S", "save-as"),
            Spec("next_year", "复制为下一年度方案…"),
            Spec("pattern", "以本方案为模板新建…"),
            SEPARATOR,
            Spec("merge_file", "与文件合并…"),
            Spec("merge_open", "继续选定冲突…"),
            Spec("name_version", "命名版本…"),
            Spec("versions", "版本与快照…"),
            Spec("damage", "损坏内容…"),
            SEPARATOR,
            Spec("export", "导出…", "Ctrl+E", "export"),
            Spec("print", "打印…", "Ctrl+Shift+P", "print"),
            Spec("check_report", "打印校核报告…", "", "check"),
            SEPARATOR,
            Spec("sign", "署名…", "", "", When.ALWAYS),
            Spec("close", "关闭窗口", "Ctrl+Shift+W", "", When.ALWAYS),
            Spec("quit", "退出", "Ctrl+Q", "", When.ALWAYS),
        ),
    ),
    (
        "编辑(&E)",
        (
            Spec("undo", "撤销", "Ctrl+Z", "undo", When.UNDO),
            Spec("redo", "重做", "Ctrl+Y", "redo", When.REDO),
            SEPARATOR,
            Spec("insert_figure", "插入数字…", "Ctrl+Shift+D"),
            Spec("insert_reference", "插入引用…", "Ctrl+Shift+R"),
            Spec("insert_note", "插入脚注…", "Ctrl+Alt+F"),
            Spec("find", "查找…", "Ctrl+F"),
            SEPARATOR,
            Spec("take_cells", "从 Excel 取数…"),
            Spec("take_words", "从 Word 取文字…"),
            Spec("find_all", "在全文中查找和替换…", "Ctrl+Shift+F"),
            Spec("tidy", "整理标点"),
            SEPARATOR,
            Spec("note", "写备注…", "Ctrl+M", "note"),
            Spec("assign", "指定负责人…"),
        ),
    ),
    (
        "转到(&G)",
        (
            Spec("palette", "转到或执行…", "Ctrl+K", "finding", When.ALWAYS),
            SEPARATOR,
            Spec("previous_section", "上一节", "Ctrl+PgUp", "previous"),
            Spec("next_section", "下一节", "Ctrl+PgDown", "next"),
            SEPARATOR,
            Spec("next_gap", "下一个缺口", "F8", "gap"),
            Spec("next_finding", "下一个问题", "F4", "finding"),
            SEPARATOR,
            Spec("to_navigator", "到目录", "Ctrl+1"),
            Spec("to_page", "到正文", "Ctrl+2"),
            Spec("to_panel", "到侧栏", "Ctrl+3"),
            SEPARATOR,
            Spec("next_window", "下一个窗口", "Ctrl+F6", "", When.ALWAYS),
        ),
    ),
    (
        "查看(&V)",
        (
            Spec("panel", "侧栏", "F9", "panel", checkable=True),
            Spec("wider", "加宽所在的栏", "Shift+F9"),
            Spec("narrower", "收窄所在的栏", "Ctrl+F9"),
            Spec("show_guide", "指引", "Ctrl+G", "guide"),
            Spec("show_findings", "问题", "Ctrl+J", "check"),
            Spec("show_preview", "预览", "Ctrl+P", "preview"),
            Spec("show_history", "历史", "Ctrl+H", "history"),
            Spec("show_notes", "备注", "Ctrl+Shift+M", "note"),
            Spec("show_progress", "进度", "Ctrl+Shift+J", "progress"),
            SEPARATOR,
            Spec("look_system", "颜色：跟随系统", "", "", When.ALWAYS, "look"),
            Spec("look_light", "颜色：浅色", "", "", When.ALWAYS, "look"),
            Spec("look_dark", "颜色：深色", "", "", When.ALWAYS, "look"),
            SEPARATOR,
            Spec("larger", "放大文字", "Ctrl+=", "", When.ALWAYS, also="Ctrl++"),
            Spec("smaller", "缩小文字", "Ctrl+-", "", When.ALWAYS),
            Spec("ordinary", "标准文字大小", "Ctrl+0", "", When.ALWAYS),
            *(
                Spec(f"text_{percent}", f"文字大小 {percent}%", "", "", When.ALWAYS, "text")
                for percent in SIZES
            ),
        ),
    ),
    (
        "帮助(&H)",
        (
            Spec("manual", "使用说明", "F1", "guide", When.ALWAYS),
            Spec("shortcuts", "快捷键", "Shift+F1", "keyboard", When.ALWAYS),
            Spec("tour", "认识窗口", "", "tour"),
            Spec("logs", "打开日志文件夹", "", "open-file", When.ALWAYS),
            Spec("about", "关于园策", "", "about", When.ALWAYS),
        ),
    ),
)


class Actions:
    """The actions of one window, by id."""

    def __init__(self, window: QWidget, handlers: Mapping[str, Callable[[], object]]) -> None:
        self._specs = {spec.id: spec for spec in all_specs()}
        self._actions = {spec.id: _action(window, spec) for spec in self._specs.values()}
        self._groups: dict[str, QActionGroup] = {}
        for spec in self._specs.values():
            action = self._actions[spec.id]
            if spec.choice:
                self._groups.setdefault(spec.choice, QActionGroup(window)).addAction(action)
            action.triggered.connect(_without_state(handlers[spec.id]))
            window.addAction(action)

    def __getitem__(self, key: str) -> QAction:
        """The action with this id."""
        return self._actions[key]

    def has(self, key: str) -> bool:
        """Whether there is an action with this id."""
        return key in self._actions

    def name_undo(self, undo: str, redo: str) -> None:
        """Say in the menu what would be undone and redone."""
        for key, what in (("undo", undo), ("redo", redo)):
            words = " ".join((tr(self._specs[key].text), what)).strip()
            self._actions[key].setText(plain_caption(words))

    def fill(self, bar: QMenuBar) -> None:
        """Put the menus on a menu bar."""
        for title, specs in MENUS:
            menu = bar.addMenu(tr(title))
            self._fill_menu(menu, specs)

    def enable(self, *, plan: bool, undo: bool, redo: bool) -> None:
        """Say what can be used now."""
        usable = {When.ALWAYS: True, When.PLAN: plan, When.UNDO: undo, When.REDO: redo}
        for spec in self._specs.values():
            self._actions[spec.id].setEnabled(usable[spec.when])

    def tint(self) -> None:
        """Draw the icons anew in the colours of now."""
        for spec in self._specs.values():
            if spec.icon:
                self._actions[spec.id].setIcon(icons.icon(spec.icon))

    def _fill_menu(self, menu: QMenu, specs: Iterable[Spec]) -> None:
        for spec in specs:
            if spec is SEPARATOR:
                menu.addSeparator()
            else:
                menu.addAction(self._actions[spec.id])


def all_specs() -> tuple[Spec, ...]:
    """Every action, in menu order."""
    return tuple(spec for _, specs in MENUS for spec in specs if spec is not SEPARATOR)


def _without_state(handler: Callable[[], object]) -> Callable[[bool], object]:
    def run(checked: bool = False) -> object:
        del checked
        return handler()

    return run


def _action(window: QWidget, spec: Spec) -> QAction:
    action = QAction(tr(spec.text), window)
    action.setObjectName(spec.id)
    if spec.shortcut:
        action.setShortcuts([QKeySequence(keys) for keys in (spec.shortcut, spec.also) if keys])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(plain_tip(f"{tr(spec.text).rstrip('…')}（{keys}）"))
    action.setCheckable(spec.checkable or bool(spec.choice))
    return action
