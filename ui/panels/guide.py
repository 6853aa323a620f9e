"""指引: what to write at the place that has the focus, and which words of the notice ask for it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from forms.address import Address
from forms.places import UnknownAddressError, item_at, locate
from forms.row_units import unit_at
from forms.schema import Clause, Guidance, Mark, Pack, Section
from forms.view import PlanView
from ui.session import PlanSession
from ui.text import tr

_COPIED_MS = 1_500


@dataclass(frozen=True, slots=True)
class Guide:
    """Everything the panel says about one place."""

    where: str
    label: str
    facts: str
    guidance: Guidance | None
    clauses: tuple[Clause, ...]
    points: tuple[str, ...]
    address: str


def guide_for(view: PlanView, section: Section, address: Address | None) -> Guide:
    """The guide of a value, of a whole table, or of the section when nothing has the focus."""
    pack = view.pack
    if address is None:
        return _of_section(pack, section)
    try:
        place = locate(pack, address)
    except UnknownAddressError:
        return _of_item(pack, section, address)
    unit = unit_at(view, address)
    facts = [] if place.is_computed else [_mark_words(place.mark)]
    if unit:
        facts.append(tr("单位：{0}").format(unit))
    if place.is_computed:
        facts.append(tr("由系统计算"))
    return Guide(
        section.title,
        place.label,
        " · ".join(fact for fact in facts if fact),
        place.guidance,
        _clauses(pack, (*place.guidance.clauses, *section.clauses)),
        section.points,
        str(address),
    )


def _of_section(pack: Pack, section: Section) -> Guide:
    return Guide(
        tr("本节"),
        section.title,
        "",
        Guidance(section.purpose, ""),
        _clauses(pack, section.clauses),
        section.points,
        "",
    )


def _of_item(pack: Pack, section: Section, address: Address) -> Guide:
    try:
        item = item_at(pack, address)
    except UnknownAddressError:
        return _of_section(pack, section)
    clauses = _clauses(pack, (*item.guidance.clauses, *section.clauses))
    label, table = item.label, str(address.table)
    return Guide(section.title, label, "", item.guidance, clauses, section.points, table)


def _clauses(pack: Pack, keys: tuple[str, ...]) -> tuple[Clause, ...]:
    found = (pack.index.clauses.get(key) for key in dict.fromkeys(keys))
    return tuple(clause for clause in found if clause is not None)


def _mark_words(mark: Mark) -> str:
    match mark:
        case Mark.NOTICE:
            return tr("必填（通知要求）")
        case Mark.REVIEW:
            return tr("建议填写（评审会问）")
        case Mark.OPTIONAL:
            return tr("选填")


class GuidePanel(QScrollArea):
    """The guide as a panel."""

    def __init__(self, session: PlanSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._shown: Guide | None = None
        self._texts: dict[str, QLabel] = {}
        self._captions: dict[str, QLabel] = {}
        self.setObjectName("guide")
        self.setAccessibleName(tr("指引"))
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._copy = QPushButton(tr("复制示例"))
        self._copy.setProperty("role", "link")
        self._copy.setAccessibleName(tr("复制示例"))
        self._copy.clicked.connect(self._copy_example)
        self.setWidget(self._build())

    def show_place(self, section: Section, address: Address | None) -> None:
        """Follow the focus to a place."""
        guide = guide_for(self._session.view, section, address)
        if guide == self._shown:
            return
        self._shown = guide
        self._tell(guide)
        self.verticalScrollBar().setValue(0)

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
            ("example", tr("示例"), "example"),
            ("source", tr("数据来源"), ""),
            ("mistakes", tr("常见错误"), ""),
            ("points", tr("本节要点"), ""),
            ("clauses", tr("对应条款"), "quote"),
        ):
            self._add_captioned(column, name, caption, role)
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
            column.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignLeft)

    def _add(self, column: QVBoxLayout, name: str, role: str) -> None:
        label = _label(role)
        self._texts[name] = label
        column.addWidget(label)

    def _tell(self, guide: Guide) -> None:
        guidance = guide.guidance or Guidance("", "")
        texts = {
            "where": guide.where,
            "label": guide.label,
            "facts": guide.facts,
            "write": guidance.write,
            "example": guidance.example,
            "source": guidance.source,
            "mistakes": guidance.mistakes,
            "points": "\n".join(f"· {point}" for point in guide.points),
            "clauses": "\n\n".join(f"{c.number}　{c.title}\n{c.text}" for c in guide.clauses),
            "address": guide.address,
        }
        for name, text in texts.items():
            self._texts[name].setText(text)
            self._texts[name].setVisible(bool(text))
            if name in self._captions:
                self._captions[name].setVisible(bool(text))
        self._copy.setVisible(bool(guidance.example))
        self._copy.setText(tr("复制示例"))

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
