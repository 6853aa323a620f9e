"""切换后将改变……: every figure an edit would change, before it is made."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHeaderView, QLineEdit, QWidget

from forms.edits import SetValue
from forms.impact import Affected, impact
from forms.places import slot_at
from forms.wording import figure_text, word
from ui.dialogs.base import PlainDialog
from ui.grid.overview_table import OverviewModel, QuietView
from ui.session import PlanSession
from ui.text import tr

_WIDTH = 860
_HEIGHT = 560
_NAME = 1
_AIR = 14


class ImpactView(QuietView):
    """Fills the dialog; the names take what width is left."""

    def fit(self) -> None:
        """Leave the height to the dialog."""
        self.resizeColumnsToContents()
        for place in range(self.model().columnCount()):
            if place != _NAME:
                self.setColumnWidth(place, self.columnWidth(place) + _AIR)
        self.horizontalHeader().setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)


class ImpactDialog(PlainDialog):
    """Names every figure with its value before and after; the edit is made only on 切换."""

    guide = "06-energy.md#切换口径"

    def __init__(
        self,
        session: PlanSession,
        edit: SetValue,
        affected: tuple[Affected, ...],
        parent: QWidget | None,
    ) -> None:
        slot = slot_at(session.pack, edit.address)
        assert slot is not None  # an edit of a value of the pack
        label = tr("切换{label}").format(label=slot.label)
        super().__init__(label, parent, _WIDTH)
        self._session, self._edit, self._label = session, edit, label
        self._rows = tuple(_row(session, each) for each in affected)
        before = session.view.text(edit.address)
        after = word(session.pack, slot.kind, edit.value) or tr("（空）")
        self.sentence = self.add_sentence("strong", _headline(affected))
        self.add_sentence("soft", tr("{before} → {after}").format(before=before, after=after))
        self.add_sentence("soft", _remarks(affected))
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("查找数据名称或章节"))
        self.search.setAccessibleName(tr("查找受影响的数"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._show)
        self.content.addWidget(self.search)
        self.model = OverviewModel()
        self.table = ImpactView(self.model, tr("受影响的数"))
        self.content.addWidget(self.table, 1)
        cancel = self.add_button(tr("取消"))
        cancel.clicked.connect(self.reject)
        self.add_button(tr("切换"), primary=True).clicked.connect(self.accept)
        self.resize(_WIDTH, _HEIGHT)
        self._show("")
        QTimer.singleShot(0, cancel, cancel.setFocus)

    def accept(self) -> None:
        """Qt: make the edit, as one step to undo."""
        self._session.edit_all((self._edit,), self._label)
        super().accept()

    def _show(self, wanted: str) -> None:
        heads = (tr("章节"), tr("数据"), tr("现在"), tr("切换后"), tr("变化"))
        text = wanted.strip()
        rows = tuple(row for row in self._rows if text in row[0] or text in row[1])
        self.model.show(heads, (False, False, True, True, True), rows)


def preview(session: PlanSession, edit: SetValue, parent: QWidget) -> ImpactDialog | None:
    """Show what an edit would change and let the user decide; None when it changes no figure.

    One at a time: a list that is searched by typing says its choice twice.
    """
    for asking in parent.findChildren(ImpactDialog):
        if asking.isVisible():
            return asking
    affected = impact(session.pack, session.view, (edit,))
    if not affected:
        return None
    dialog = ImpactDialog(session, edit, affected, parent)
    dialog.open()
    return dialog


def _headline(affected: tuple[Affected, ...]) -> str:
    count = sum(not each.is_overridden for each in affected)
    if not count:
        return tr("切换后数值不变：受影响的数都已改用填报值。")
    return tr("切换后将改变 {count} 个数").format(count=count)


def _remarks(affected: tuple[Affected, ...]) -> str:
    said: list[str] = []
    lost = sum(not each.after and not each.is_overridden for each in affected)
    kept = sum(each.is_overridden for each in affected)
    if lost:
        said.append(tr("其中 {count} 个暂缺，切换后请补填所缺的系数。").format(count=lost))
    if kept:
        said.append(tr("另有 {count} 个已改用填报值，不随切换改变。").format(count=kept))
    said.append(tr("文字中手写的数不会自动改变，切换后见“问题”。可以撤销。"))
    return "".join(said)


def _row(session: PlanSession, each: Affected) -> tuple[str, ...]:
    title = session.pack.index.sections[each.address.section].title
    missing = tr("缺")
    if each.is_overridden:
        used = session.view.text(each.address)
        return (title, each.label, used, used, tr("填报值，不变"))
    if each.rate is None:
        change = "—"
    else:
        sign = "+" if each.rate > 0 else ""
        change = f"{sign}{figure_text(each.rate, 2)}%"
    return (title, each.label, each.before or missing, each.after or missing, change)
