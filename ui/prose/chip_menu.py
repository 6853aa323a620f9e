"""The menu of a live figure: its units and decimals as they would read, its source, plain text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from forms.address import Address
from forms.live_figures import NO_UNIT, LiveFigure, Placed, shown, units_for
from forms.live_figures.showing import called
from forms.view import PlanView
from forms.working import work_out
from ui.prose.figure_text import FigureText
from ui.prose.text import Chip
from ui.text import tr

_MOST_DECIMALS = 4
_LONGEST = 80  # letters of a formula in a tip; the source shows all of it


def add_chip_actions(
    menu: QMenu, edit: FigureText, chip: Chip, jump: Callable[[Address], object]
) -> None:
    """Put what can be done with a chip at the head of a menu."""
    first = menu.actions()[0]
    figure = chip.figure.figure
    added: list[QAction] = [_title(menu, edit, chip)]
    if figure is not None and not edit.isReadOnly():
        added += _units(menu, edit, chip, figure)
        added.append(_decimals(menu, edit, chip, figure))
    source = QAction(tr("查看来源"), menu)
    source.setEnabled(figure is not None and not _is_gone(edit, chip))
    if figure is not None:
        source.triggered.connect(lambda: jump(figure.address))
    plain = QAction(tr("改为普通文字"), menu)
    plain.setEnabled(not edit.isReadOnly() and not chip.fault)
    plain.triggered.connect(lambda: edit.make_text(chip))
    added += [_line(menu), source, plain, _line(menu)]
    for action in added:
        menu.insertAction(first, action)


def chip_tip(view: PlanView, placed: Placed) -> str:
    """What a chip shows, where it stands, and how it was worked out."""
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


def _title(menu: QMenu, edit: FigureText, chip: Chip) -> QAction:
    figure = chip.figure.figure
    view = edit.session.view
    words = chip.fault or (called(view, figure.address) if figure else chip.mark)
    title = QAction(words.replace("&", "&&"), menu)
    title.setEnabled(False)
    return title


def _units(menu: QMenu, edit: FigureText, chip: Chip, figure: LiveFigure) -> list[QAction]:
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


def _decimals(menu: QMenu, edit: FigureText, chip: Chip, figure: LiveFigure) -> QAction:
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


def _choice(menu: QMenu, edit: FigureText, chip: Chip, wanted: LiveFigure, name: str) -> QAction:
    """One form of the figure: its name, and at the right how it would read."""
    found = shown(edit.session.view, wanted)
    words = name if found.fault else f"{name}\t{found.text}"
    action = QAction(words.replace("&", "&&"), menu)
    action.setCheckable(True)
    action.triggered.connect(lambda: edit.change_figure(chip, wanted))
    return action


def _is_gone(edit: FigureText, chip: Chip) -> bool:
    now = edit.look(chip.figure)
    return bool(now.fault) and not now.is_empty


def _line(menu: QMenu) -> QAction:
    line = QAction(menu)
    line.setSeparator(True)
    return line
