"""新建方案: the five things a plan starts from, with defaults of the pack."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QWidget

from forms.address import Address
from forms.answers import Answers
from forms.edits import Edit, EditError, apply_edits, seed_answers, set_from_text
from forms.kinds import Choice
from forms.places import UnknownAddressError, slot_at
from forms.schema import Pack
from forms.view import PlanView, evaluate
from ui.dialogs.base import PlainDialog
from ui.dialogs.year_fields import years_in_a_row
from ui.text import tr
from ui.whole_choice import WholeChoice


class NewPlanDialog(PlainDialog):
    """Asks for pack, park, level, base and target year."""

    guide = "02-begin.md#新建自己的方案"
    made = Signal(object, object)  # Pack, Answers

    def __init__(self, packs: Sequence[Pack], parent: QWidget | None = None) -> None:
        super().__init__(tr("新建方案"), parent)
        self._packs = tuple(packs)
        self._seeds = {pack.id: evaluate(pack, seed_answers(pack)) for pack in packs}
        self.pack = WholeChoice()
        for pack in self._packs:
            self.pack.addItem(f"{pack.title}（{pack.notice}）", pack.id)
        self.park = QLineEdit()
        self.park.setMaxLength(100)
        self.park.setPlaceholderText(tr("例如 某某经济技术开发区"))
        self.level = QComboBox()
        self.base_year = QLineEdit()
        self.target_year = QLineEdit()
        self._wrong = self._build()
        self.pack.currentIndexChanged.connect(self._fill)
        self._fill()
        self.park.setFocus()

    @property
    def complaint(self) -> str:
        """What is wrong with what was typed; "" when nothing is."""
        return self._wrong.text()

    def accept(self) -> None:
        """Qt: check, then hand the beginning of the plan over."""
        pack, answers, wrong = self._chosen(), Answers(), ""
        try:
            answers = self._answers(pack)
            wrong = self._year_trouble(evaluate(pack, answers))
        except (EditError, UnknownAddressError) as error:
            wrong = str(error)
        self._wrong.setText(wrong)
        self._wrong.setVisible(bool(wrong))
        self.settle()
        if not wrong:
            self.made.emit(pack, answers)
            super().accept()

    def _build(self) -> QLabel:
        self.add_labelled(tr("方案包"), self.pack)
        self.add_labelled(tr("园区名称"), self.park)
        self.add_labelled(tr("园区级别"), self.level)
        self.content.addSpacing(6)
        self.content.addLayout(years_in_a_row(self.base_year, self.target_year))
        self.add_sentence("small", tr("以上各项以后都可以修改。"))
        wrong = self.add_sentence("must")
        cancel = self.add_button(tr("取消"))
        cancel.clicked.connect(self.reject)
        self.add_button(tr("新建"), primary=True).clicked.connect(self.accept)
        return wrong

    def _chosen(self) -> Pack:
        return self._packs[max(0, self.pack.currentIndex())]

    def _fill(self) -> None:
        """Put the pack's levels and default years into the fields."""
        pack = self._chosen()
        view, roles = self._seeds[pack.id], pack.roles
        self.level.clear()
        self.level.addItem(tr("（以后再选）"), "")
        slot = slot_at(pack, roles.level)
        if slot is not None and isinstance(slot.kind, Choice):
            for option in pack.index.vocabularies[slot.kind.vocabulary].options:
                self.level.addItem(option.label, option.key)
        at = self.level.findText(view.text(roles.level)) if view.text(roles.level) else 0
        self.level.setCurrentIndex(max(0, at))
        self.base_year.setText(view.text(roles.base_year))
        self.target_year.setText(view.text(roles.target_year))

    def _answers(self, pack: Pack) -> Answers:
        if not self.park.text().strip():
            self.park.setFocus()
            raise EditError(tr("请填写园区名称，方案的标题由它生成。"))
        edits = tuple(self._edits(pack))
        return apply_edits(pack, seed_answers(pack), edits, tr("新建方案")).answers

    def _edits(self, pack: Pack) -> Iterator[Edit]:
        roles = pack.roles
        texts: tuple[tuple[Address, str], ...] = (
            (roles.park_name, self.park.text().strip()),
            (roles.level, str(self.level.currentData() or "")),
            (roles.base_year, self.base_year.text().strip()),
            (roles.target_year, self.target_year.text().strip()),
        )
        for address, text in texts:
            if text:
                yield set_from_text(pack, address, text)

    def _year_trouble(self, view: PlanView) -> str:
        roles = view.pack.roles
        base, target = view.number(roles.base_year), view.number(roles.target_year)
        if base is None or target is None:
            return tr("请填写基准年和目标年，例如 2020 和 2025。")
        if target <= base:
            self.target_year.setFocus()
            return tr("目标年（{0}）应晚于基准年（{1}）。").format(target, base)
        return ""
