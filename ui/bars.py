"""The bars around the page: menus and plan name, notices, the status line."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFontMetrics,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenuBar,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from forms.checks import Finding
from forms.schema import Severity
from ui import icons, theme
from ui.autosave import Kept, SavedState, Unsaved, Waiting
from ui.errors import explain
from ui.fields.small import plain_label
from ui.plain import plain_caption, plain_tip
from ui.scaling import sized
from ui.severities import severity_name
from ui.text import tr

TOP_HEIGHT = 44
_ICON = 18
_LINGER_MS = 8_000
_LARGE = 1.5


def saved_words(state: SavedState) -> str:
    """Where saving stands, in words."""
    match state:
        case Kept():
            return tr("已保存 {0}").format(f"{state.at.astimezone():%H:%M:%S}")
        case Waiting():
            return tr("正在保存…")
        case Unsaved():
            return tr("未保存：{0}").format(explain(state.reason).sentence)


def _saved_sign(state: SavedState) -> tuple[str, str]:
    match state:
        case Kept():
            return "saved", "accent"
        case Waiting():
            return "saving", "soft"
        case Unsaved():
            return "unsaved", "must"


class TopBar(QFrame):
    """Menus, the name of the plan, whether it is saved, and the two steps towards paper."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topBar")
        self._state: SavedState | None = None
        self._plan = ""
        self.menus = QMenuBar()
        self.menus.setNativeMenuBar(False)
        self.menus.setAccessibleName(tr("菜单"))
        self.menus.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._name = plain_label(role="strong")
        self._name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._sign = plain_label()
        self._saved = plain_label(role="small")
        self._saved.setObjectName("savedState")
        self._sign.setObjectName("savedSign")
        self.check = QToolButton()
        self.export = QPushButton(tr("导出"))
        self.export.setProperty("role", "primary")
        self.panel = QToolButton()
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(8)
        row.addWidget(self.menus)
        row.addSpacing(8)
        row.addWidget(self._name, 1)
        for widget in (self._sign, self._saved, self.check, self.export, self.panel):
            row.addWidget(widget)
        self._name_tools()
        self.tint()
        sized(self, self._follow_text)

    def show_plan(self, name: str) -> None:
        """Show the name of the open plan; "" when none is open."""
        self._plan = name
        self._name.setToolTip(plain_tip(name))
        self._elide()
        for widget in (self._sign, self._saved, self.check, self.export, self.panel):
            widget.setVisible(bool(name))

    def show_saved(self, state: SavedState) -> None:
        """Show where saving stands, in a word."""
        self._state = state
        name, role = _saved_sign(state)
        short = {Kept: tr("已保存"), Waiting: tr("正在保存…"), Unsaved: tr("未保存")}
        self._saved.setText(short[type(state)])
        theme.set_role(self._saved, "must" if isinstance(state, Unsaved) else "small")
        ratio = self.devicePixelRatioF()
        self._sign.setPixmap(icons.pixmap(name, theme.colour(role), theme.px(_ICON), ratio))
        self._sign.setToolTip(plain_tip(saved_words(state)))

    def tint(self) -> None:
        """Draw the icons in the colours of now."""
        self.check.setIcon(icons.icon("check"))
        self.panel.setIcon(icons.icon("panel"))
        self.export.setIcon(icons.icon("export", theme.colour("on_accent")))
        if self._state is not None:
            self.show_saved(self._state)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: a long name is cut off with …"""
        super().resizeEvent(event)
        self._elide()

    def _follow_text(self) -> None:
        self.setMinimumHeight(theme.px(TOP_HEIGHT))
        QTimer.singleShot(0, self, self._elide)  # once the name has its new room

    def _elide(self) -> None:
        metrics = QFontMetrics(self._name.font())
        room = max(0, self._name.width())
        self._name.setText(metrics.elidedText(self._plan, Qt.TextElideMode.ElideRight, room))

    def _name_tools(self) -> None:
        self.check.setText(tr("检查"))
        self.check.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for button, name, tip in (
            (self.check, tr("检查"), tr("检查全文，列出问题（F4 逐个跳转）")),
            (self.export, tr("导出"), tr("导出 Word、PDF、Excel（Ctrl+E）")),
            (self.panel, tr("显示或收起侧栏"), tr("显示或收起侧栏（F9）")),
        ):
            button.setAccessibleName(name)
            button.setToolTip(plain_tip(tip))


class Notice(QFrame):
    """One sentence under the top bar, with at most one thing to do about it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._act: Callable[[], object] | None = None
        self._text = plain_label()
        self._text.setWordWrap(True)
        self._button = QPushButton()
        self._button.setProperty("role", "link")
        self._button.clicked.connect(self.take_offer)
        self._close = QToolButton()
        self._close.setAccessibleName(tr("收起提示"))
        self._close.clicked.connect(self.hide)
        self._timer = QTimer(self, singleShot=True, interval=_LINGER_MS)
        self._timer.timeout.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 8, 4)
        row.addWidget(self._text, 1)
        row.addWidget(self._button)
        row.addWidget(self._close)
        self.hide()

    @property
    def sentence(self) -> str:
        """What is shown; "" when nothing is."""
        return "" if self.isHidden() else self._text.text()

    def say(
        self,
        sentence: str,
        *,
        trouble: bool = False,
        stays: bool = False,
        offer: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """Show a sentence; a trouble, or what `stays`, is there until closed; the rest goes."""
        theme.set_role(self, "trouble" if trouble else "told")
        self._text.setText(sentence)
        self._act = offer[1] if offer else None
        self._button.setText(plain_caption(offer[0]) if offer else "")
        self._button.setAccessibleName(offer[0] if offer else "")
        self._button.setVisible(offer is not None)
        self._close.setIcon(icons.icon("close"))
        self.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))
        if trouble or stays:
            self._timer.stop()
        else:
            self._timer.start()

    def take_offer(self) -> None:
        """Do what the notice offers."""
        act, self._act = self._act, None
        self.hide()
        if act is not None:
            act()


class StatusLine(QFrame):
    """Words, findings, ways through the plan, and where saving stands."""

    findings_wanted = Signal(object)  # Severity
    retry_wanted = Signal()
    file_wanted = Signal()  # another place for what cannot be saved here

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusLine")
        self._state: SavedState | None = None
        self._words = plain_label()
        self.pages = plain_label()
        self._gaps = plain_label()
        self._findings: dict[Severity, QToolButton] = {}
        self._message = plain_label()
        self._saved = plain_label()
        self._saved.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._retry = _hidden_link(tr("重试"), tr("重试保存"))
        self._retry.clicked.connect(self.retry_wanted)
        self._file = _hidden_link(tr("另存为文件…"), tr("把未保存的内容另存为文件"))
        self._file.clicked.connect(self.file_wanted)
        self.ways = [QToolButton() for _ in range(3)]
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 2, 12, 2)
        row.setSpacing(4)
        for way in self.ways:
            row.addWidget(way)
        row.addSpacing(8)
        row.addWidget(self._gaps)
        row.addSpacing(8)
        self._add_findings(row)
        row.addSpacing(8)
        row.addWidget(self._words)
        row.addSpacing(8)
        row.addWidget(self.pages)
        row.addWidget(self._message, 1)
        for widget in (self._saved, self._retry, self._file):
            row.addWidget(widget)
        sized(self, self._dress_ways)

    def show_counts(self, gaps: int, findings: tuple[Finding, ...]) -> None:
        """Show gaps and findings."""
        self._gaps.setText(tr("缺 {0} 项").format(gaps) if gaps else tr("没有缺口"))
        for severity, button in self._findings.items():
            count = sum(finding.severity is severity for finding in findings)
            button.setText(f"{severity_name(severity)} {count}")
            button.setAccessibleName(
                tr("{0} {1} 项，打开列表").format(severity_name(severity), count)
            )
        self._tint_findings()

    def show_words(self, words: str) -> None:
        """Show how many words the plan has."""
        self._words.setText(words)

    def show_pages(self, words: str, why: str) -> None:
        """Show how many pages the plan has, and how well that is known."""
        self.pages.setText(words)
        self.pages.setToolTip(plain_tip(why))
        self.pages.setAccessibleDescription(why)

    def show_saved(self, state: SavedState) -> None:
        """Show where saving stands, with the reason when it does not."""
        self._state = state
        failed = isinstance(state, Unsaved)
        words = saved_words(state)
        self._saved.setText(words)
        self._saved.setToolTip(plain_tip(explain(state.reason).whole if failed else words))
        theme.set_role(self._saved, "must" if failed else "")
        self._retry.setVisible(failed)
        self._file.setVisible(failed)

    @property
    def saved_text(self) -> str:
        """What is said about saving."""
        return self._saved.text()

    def changeEvent(self, event: QEvent) -> None:
        """Qt: other colours tint the icons anew."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint_findings()

    def _dress_ways(self) -> None:
        """Large text leaves no room for words that the tips and the keys say as well."""
        words = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        bare = Qt.ToolButtonStyle.ToolButtonIconOnly
        for way in self.ways:
            way.setToolButtonStyle(bare if theme.scale() >= _LARGE else words)
        self._words.setVisible(theme.scale() < _LARGE)

    def _add_findings(self, row: QHBoxLayout) -> None:
        for severity in Severity:
            button = QToolButton()
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.clicked.connect(lambda _=False, each=severity: self.findings_wanted.emit(each))
            self._findings[severity] = button
            row.addWidget(button)

    def _tint_findings(self) -> None:
        for severity, button in self._findings.items():
            clear = button.text().endswith(" 0")
            role = "pale" if clear else severity.value
            button.setIcon(icons.icon(severity.value, theme.colour(role)))


def link_button(text: str, name: str = "") -> QPushButton:
    """A button that looks like a link; `name` is what a screen reader says, else its text."""
    button = QPushButton(plain_caption(text))
    button.setProperty("role", "link")
    button.setAccessibleName(name or text)
    button.setAutoDefault(False)
    return button


def _hidden_link(text: str, name: str) -> QPushButton:
    """One that is there only when it is needed."""
    button = link_button(text, name)
    button.hide()
    return button
