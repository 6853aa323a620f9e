"""The head of a section's page: title, purpose, and folded below it what the notice asks."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from forms.address import Address
from forms.notes import notes_by_place
from forms.schema import Field, Section
from ui import icons, theme
from ui.fields.note_mark import NoteMark
from ui.fields.roles import CLAUSE, DISCLOSURE, POINT, PURPOSE, TITLE, give_role
from ui.fields.small import plain_label
from ui.session import PlanSession
from ui.text import tr

_SPACE = 6


class Heading(QWidget):
    """Title and purpose; the words of the notice and the content points unfold on demand."""

    def __init__(self, session: PlanSession, section: Section) -> None:
        super().__init__()
        self._session = session
        self._pack = session.pack
        self._section = section
        self._folded: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(_SPACE)
        self.note = NoteMark(session, section.title)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(plain_label(section.title, TITLE, wraps=True), 1)
        head.addWidget(self.note)
        self._column.addLayout(head)
        self._column.addWidget(plain_label(section.purpose, PURPOSE, wraps=True))
        self.button: QToolButton | None = None
        if section.clauses or section.points:
            self.button = self._make_button()
            self._column.addWidget(self.button)

        session.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        """Notes on the section as a whole, and on tables, which have no label of their own here."""
        items, key = self._pack.index.items, self._section.key
        found = {
            place: listed
            for place, listed in notes_by_place(self._session.view).items()
            if place.section == key
            and not place.row
            and not isinstance(items.get((key, place.item)), Field)
        }
        place = next(iter(found), Address(key, ""))
        self.note.show_notes(place, tuple(note for listed in found.values() for note in listed))

    def _make_button(self) -> QToolButton:
        button = QToolButton()
        button.setText(self._offer())
        button.setAccessibleName(button.text())
        button.setCheckable(True)
        button.setAutoRaise(True)
        self._tint(button)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        give_role(button, DISCLOSURE)
        button.toggled.connect(self._unfold)
        return button

    def _offer(self) -> str:
        offers: list[str] = []
        if self._section.clauses:
            offers.append(tr("通知原文 {count} 条").format(count=len(self._section.clauses)))
        if self._section.points:
            offers.append(tr("内容要点 {count} 项").format(count=len(self._section.points)))
        return " · ".join(offers)

    def _unfold(self, wanted: bool) -> None:
        if self._folded is None:
            self._folded = self._make_folded()
            self._column.addWidget(self._folded)
        self._folded.setVisible(wanted)
        if self.button is not None:
            self._tint(self.button)

    def changeEvent(self, event: QEvent) -> None:
        """Qt: other colours tint the arrow anew."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.button is not None:
            self._tint(self.button)

    def _tint(self, button: QToolButton) -> None:
        sign = "expanded" if button.isChecked() else "collapsed"
        button.setIcon(icons.icon(sign, theme.colour("soft")))

    def _make_folded(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(20, 0, 0, 0)
        column.setSpacing(_SPACE)
        for point in self._section.points:
            column.addWidget(plain_label(f"·  {point}", POINT, wraps=True))
        for key in self._section.clauses:
            clause = self._pack.index.clauses.get(key)
            if clause is not None:
                text = tr("{number} {title}：{text}").format(
                    number=clause.number, title=clause.title, text=clause.text
                )
                column.addWidget(plain_label(text, CLAUSE, wraps=True))
        return made
