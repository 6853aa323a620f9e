"""指引: what to write at the place that has the focus, and which words of the notice ask for it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from forms.address import Address
from forms.edits import EditError, SetValue
from forms.schema import Section
from ui.bars import link_button
from ui.panels.guide_words import Guide, guide_for
from ui.panels.points import PointsList
from ui.session import PlanSession
from ui.text import tr

_COPIED_MS = 1_500
_TO_BE_WRITTEN = "（待补充）"  # the checks find it until something stands there


class GuidePanel(QScrollArea):
    """The guide as a panel."""

    def __init__(self, session: PlanSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._shown: Guide | None = None
        self._at: tuple[Section, Address | None] | None = None
        self._texts: dict[str, QLabel] = {}
        self._captions: dict[str, QLabel] = {}
        self.setObjectName("guide")
        self.setAccessibleName(tr("指引"))
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._copy = link_button(tr("复制示例"))
        self._copy.clicked.connect(self._copy_example)
        self.outline = link_button(tr("插入小标题"))
        self.outline.setToolTip(tr("在正文末尾放入一组小标题，逐条写清；没有写的会列为问题"))
        self.outline.clicked.connect(self.insert_outline)
        self.points = PointsList(session)
        self.setWidget(self._build())
        session.changed.connect(self._follow)

    def show_place(self, section: Section, address: Address | None) -> None:
        """Follow the focus to a place."""
        self._at = (section, address)
        if self._tell(guide_for(self._session.view, section, address)):
            self.verticalScrollBar().setValue(0)

    def insert_outline(self) -> None:
        """Put the headings the guide offers at the end of the text, to be written out."""
        guide = self._shown
        if guide is None or guide.prose is None:
            return
        before = str(self._session.answers.get(guide.prose) or "").rstrip()
        lines = [f"# {each}\n{_TO_BE_WRITTEN}" for each in guide.guidance.outline]
        text = "\n".join(filter(None, (before, *lines)))
        try:
            self._session.edit_all((SetValue(guide.prose, text),), tr("插入小标题"))
        except EditError:
            return

    def _build(self) -> QWidget:
        inner = QWidget()
        inner.setObjectName("guide")
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(4)
        for name, role in (("where", "small"), ("label", "heading"), ("facts", "small")):
            self._add(column, name, role)
        for name, caption, role in (
            ("write", tr("写什么"), ""),
            ("example", tr("示例（虚构园区）"), "example"),
            ("mistakes", tr("常见错误"), ""),
            ("source", tr("数据来源"), ""),
        ):
            self._add_captioned(column, name, caption, role)
        column.addWidget(self.points)
        self._add_captioned(column, "clauses", tr("通知原文"), "quote")
        column.addStretch(1)
        self._add(column, "address", "small")
        return inner

    def _add_captioned(self, column: QVBoxLayout, name: str, caption: str, role: str) -> None:
        head = _label("caption")
        head.setText(caption)
        head.setContentsMargins(0, 12, 0, 0)
        self._captions[name] = head
        column.addWidget(head)
        self._add(column, name, role)
        if name == "example":
            row = QHBoxLayout()
            row.setSpacing(4)
            for button in (self._copy, self.outline):
                row.addWidget(button)
            row.addStretch(1)
            column.addLayout(row)

    def _add(self, column: QVBoxLayout, name: str, role: str) -> None:
        label = _label(role)
        self._texts[name] = label
        column.addWidget(label)

    def _follow(self) -> None:
        """What is said of a place may change with the plan: its unit, who works on it."""
        if self._at is not None:
            self._tell(guide_for(self._session.view, *self._at))

    def _tell(self, guide: Guide) -> bool:
        """Say it; False when it is what is said already."""
        if guide == self._shown:
            return False
        self._shown = guide
        guidance = guide.guidance
        texts = {
            "where": guide.where,
            "label": guide.label,
            "facts": guide.facts,
            "write": guidance.write,
            "example": guidance.example,
            "mistakes": guidance.mistakes,
            "source": guidance.source,
            "clauses": "\n\n".join(f"{c.number}　{c.title}\n{c.text}" for c in guide.clauses),
            "address": guide.address,
        }
        for name, text in texts.items():
            self._texts[name].setText(text)
            self._texts[name].setVisible(bool(text))
            if name in self._captions:
                self._captions[name].setVisible(bool(text))
        self.points.show_points(guide.section)
        self._copy.setVisible(bool(guidance.example))
        self._copy.setText(tr("复制示例"))
        self.outline.setVisible(guide.prose is not None)
        return True

    def _copy_example(self) -> None:
        QGuiApplication.clipboard().setText(self._texts["example"].text())
        self._copy.setText(tr("已复制"))
        QTimer.singleShot(_COPIED_MS, self._copy, lambda: self._copy.setText(tr("复制示例")))


def _label(role: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("role", role)
    label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    return label
