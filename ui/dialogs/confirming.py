"""已核对: says what to look up in the standard, and asks who did."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from forms.confirmations import confirm, confirmations
from forms.factors_in_use import FactorInUse
from ui.dialogs.base import PlainDialog
from ui.session import PlanSession
from ui.text import tr

_LONGEST_NAME = 60


class ConfirmDialog(PlainDialog):
    """One factor, the place where it is published, and the name of who compared it."""

    def __init__(self, session: PlanSession, used: FactorInUse, parent: QWidget | None) -> None:
        super().__init__(tr("核对因子"), parent, 480)
        self._session = session
        self._used = used
        factor = used.factor
        self.add_sentence("strong", f"{used.name}　{used.amount}")
        self.add_sentence("soft", tr("版本出处：{edition}").format(edition=factor.edition))
        self.add_sentence("soft", tr("内置数值的来历：{source}").format(source=factor.source))
        if factor.note:
            self.add_sentence("should", tr("请注意：{note}").format(note=factor.note))
        self.add_sentence("", tr("请翻到标准原文，数值和单位都一致再点“已核对”。"))
        self.person = QLineEdit(_name(session))
        self.person.setMaxLength(_LONGEST_NAME)
        self.add_labelled(tr("核对人"), self.person)
        self._day = session.signing.today()
        self.add_sentence("small", tr("核对日期：{day}").format(day=self._day.isoformat()))
        self._wrong = self.add_sentence("must")
        self.add_button(tr("取消")).clicked.connect(self.reject)
        self.add_button(tr("已核对"), primary=True).clicked.connect(self.accept)
        self.person.setFocus()
        self.person.selectAll()
        self.settle()

    @property
    def complaint(self) -> str:
        """What is wrong with what was typed; "" when nothing is."""
        return self._wrong.text()

    def accept(self) -> None:
        """Qt: record the comparison, once there is a name."""
        name = self.person.text().strip()
        if not name:
            self._wrong.setText(tr("请填写核对人姓名。"))
            self._wrong.show()
            self.settle()
            self.person.setFocus()
            return
        session, used = self._session, self._used
        session.signing.sign(name)
        label = tr("核对因子：{name}").format(name=used.factor.label)
        session.edit_all(confirm(session.view, used, name, self._day), label)
        super().accept()


def ask_confirmation(session: PlanSession, used: FactorInUse, parent: QWidget) -> ConfirmDialog:
    """Ask who compared a factor with its standard."""
    dialog = ConfirmDialog(session, used, parent)
    dialog.open()
    return dialog


def _name(session: PlanSession) -> str:
    """Who signed last on this machine, else in this plan, else whose plan it is."""
    if session.signing.name:
        return session.signing.name
    records = confirmations(session.view)
    return records[-1].person if records else session.view.text(session.pack.roles.person)
