"""The menu of a chip: its forms as they would read, its source, its text; and its tip."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import assert_never

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from forms.address import Address
from forms.inline.footnotes import PlacedNote
from forms.inline.marks import Mark
from forms.inline.reading import filled
from forms.inline.references import PlacedReference
from forms.live_figures import NO_UNIT, LiveFigure, Placed, shown, units_for
from forms.live_figures.showing import called
from forms.targets import named_at
from forms.view import PlanView
from forms.working import work_out
from ui.plain import plain_caption, plain_entry
from ui.prose.marked_text import MarkedText
from ui.prose.text import Chip
from ui.text import tr

_MOST_DECIMALS = 4
_SHORT = 24  # letters of a footnote in the menu
_LONGEST = 80  # letters of a formula in a tip; the source shows all of it


def add_chip_actions(
    menu: QMenu, edit: MarkedText, chip: Chip, jump: Callable[[Address], object]
) -> None:
    """Put what can be done with a chip at the head of a menu."""
    first = menu.actions()[0]
    added = [_title(menu, edit, chip)]
    match chip.placed:
        case Placed(figure=LiveFigure() as figure) if not edit.isReadOnly():
            added += [*_units(menu, edit, chip, figure), _decimals(menu, edit, chip, figure)]
        case PlacedNote():
            added.append(_edit_note(menu, edit, chip))
        case _:
            pass
    added.append(_line(menu))
    if not isinstance(chip.placed, PlacedNote):
        home = _home(edit.session.view, chip.placed)
        source = QAction(tr("查看来源"), menu)
        source.setEnabled(home is not None)
        source.triggered.connect(lambda: jump(home) if home is not None else None)
        added.append(source)
    plain = QAction(tr("改为普通文字"), menu)
    plain.setEnabled(not edit.isReadOnly() and not chip.fault)
    plain.triggered.connect(lambda: edit.make_text(chip))
    added += [plain, _line(menu)]
    for action in added:
        menu.insertAction(first, action)


def chip_tip(edit: MarkedText, mark: Mark) -> str:
    """What a chip shows, where it stands, and how it was worked out."""
    view = edit.session.view
    match mark:
        case Placed():
            return _figure_tip(view, mark)
        case PlacedReference():
            return _reference_tip(view, mark, edit.look(mark).words)
        case PlacedNote():
            text = filled(view, mark.note.text).strip()
            return tr("脚注：{text}").format(text=text) if text else tr("脚注没有文字。")
        case _:
            assert_never(mark)


def _figure_tip(view: PlanView, placed: Placed) -> str:
    figure = placed.figure
    if figure is None:
        return tr("活数字的写法有误：{source}").format(source=placed.source.strip("{}"))
    found = shown(view, figure)
    if found.fault:
        return found.fault
    section = view.pack.index.sections[figure.address.section]
    said = tr("{name} · 见“{title}”").format(name=called(view, figure.address), title=section.title)
    working = work_out(view, figure.address)
    if working is not None:
        steps = dict.fromkeys((working.words, working.numbers, working.result))
        formula = f"= {' = '.join(steps)}"
        said += "\n" + (formula if len(formula) <= _LONGEST else formula[: _LONGEST - 1] + "…")
    return said


def _reference_tip(view: PlanView, placed: PlacedReference, words: str) -> str:
    meant = named_at(view, placed)
    if meant.fault:
        return meant.fault
    if words == meant.text:
        return tr("引用“{title}”，编号在排版后确定").format(title=meant.title)
    return tr("引用“{title}”，现为{number}").format(title=meant.title, number=words)


def _home(view: PlanView, mark: Mark) -> Address | None:
    """Where what a mark names is filled in; None when it is nowhere, or made of the whole plan."""
    if isinstance(mark, PlacedReference):
        return named_at(view, mark).home
    if isinstance(mark, PlacedNote) or mark.figure is None:
        return None
    found = shown(view, mark.figure)
    return None if found.fault and not found.is_empty else mark.figure.address


def _edit_note(menu: QMenu, edit: MarkedText, chip: Chip) -> QAction:
    action = QAction(tr("编辑脚注…"), menu)
    action.setEnabled(not edit.isReadOnly())
    action.triggered.connect(lambda: edit.note_wanted.emit(chip.position))
    return action


def _title(menu: QMenu, edit: MarkedText, chip: Chip) -> QAction:
    words = chip.fault or _name(edit.session.view, chip.placed)
    title = QAction(plain_caption(words), menu)
    title.setEnabled(False)
    return title


def _units(menu: QMenu, edit: MarkedText, chip: Chip, figure: LiveFigure) -> list[QAction]:
    """The units as they would read, that of now ticked; and whether the unit is written."""
    own, *others = units_for(edit.session.view, figure.address)
    if not own:
        return []
    bare = NO_UNIT if figure.unit.startswith(NO_UNIT) else ""
    now = figure.unit.removeprefix(NO_UNIT)
    now = "" if now == own else now
    group = QActionGroup(menu)
    made = [_line(menu)]
    for unit in dict.fromkeys(("", *others, now)):
        wanted = replace(figure, unit=f"{bare}{unit}")
        action = _choice(menu, edit, chip, wanted, unit or own)
        action.setChecked(unit == now)
        group.addAction(action)
        made.append(action)
    wanted = replace(figure, unit=now if bare else f"{NO_UNIT}{now}")
    alone = _choice(menu, edit, chip, wanted, tr("不写单位"))
    alone.setChecked(bool(bare))
    return [*made, alone]


def _decimals(menu: QMenu, edit: MarkedText, chip: Chip, figure: LiveFigure) -> QAction:
    inner = QMenu(tr("小数位数"), menu)
    group = QActionGroup(inner)
    for decimals in (None, *range(_MOST_DECIMALS + 1)):
        wanted = replace(figure, decimals=decimals)
        name = tr("按原数") if decimals is None else tr("{count} 位").format(count=decimals)
        action = _choice(inner, edit, chip, wanted, name)
        action.setChecked(figure.decimals == decimals)
        group.addAction(action)
        inner.addAction(action)
    return inner.menuAction()


def _choice(menu: QMenu, edit: MarkedText, chip: Chip, wanted: LiveFigure, name: str) -> QAction:
    """One form of the figure: its name, and at the right how it would read."""
    found = shown(edit.session.view, wanted)
    action = QAction(plain_entry(name, "" if found.fault else found.text), menu)
    action.setCheckable(True)
    action.triggered.connect(lambda: edit.change_mark(chip, str(wanted)))
    return action


def _name(view: PlanView, mark: Mark) -> str:
    match mark:
        case Placed():
            return called(view, mark.figure.address) if mark.figure else mark.source
        case PlacedReference():
            return tr("引用“{title}”").format(title=named_at(view, mark).title)
        case PlacedNote():
            text = filled(view, mark.note.text)
            return tr("脚注：{text}").format(text=text[:_SHORT] + "…" * (len(text) > _SHORT))
        case _:
            assert_never(mark)


def _line(menu: QMenu) -> QAction:
    line = QAction(menu)
    line.setSeparator(True)
    return line
