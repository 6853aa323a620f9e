"""F8: leads from one missing thing to the next and names it, until the plan can be sealed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QToolButton, QWidget

from forms.checks.finding import Finding
from forms.schema import Severity
from forms.stops import Stop, Way, next_stop, place_of, way_of
from ui import icons, theme
from ui.bars import link_button
from ui.fields.factor_panel import FactorPanel
from ui.fields.small import plain_label
from ui.mending import mend
from ui.text import tr
from ui.walk_words import ready_words, rest_words, stop_words

if TYPE_CHECKING:
    from ui.workbench import Workbench

_SIGN = 18


class WayStrip(QFrame):
    """A line below the page: what is missing here, how much is left, and the way on."""

    next_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("wayStrip")
        self._sign = plain_label()
        self.sentence = plain_label()
        self.sentence.setWordWrap(True)
        self.rest = plain_label(role="small")
        self.findings = link_button(tr("看问题"))
        self.export = link_button(tr("导出…"))
        self.next = link_button(tr("下一个缺口"))
        self.next.setToolTip(tr("下一个缺口（F8）"))
        self._close = QToolButton()
        self._close.setAccessibleName(tr("收起缺口提示"))
        self._role = "accent"
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 5, 8, 5)
        row.setSpacing(10)
        row.addWidget(self._sign)
        row.addWidget(self.sentence, 1)
        for widget in (self.rest, self.findings, self.export, self.next, self._close):
            row.addWidget(widget)
        self.next.clicked.connect(self.next_wanted)
        self._close.clicked.connect(self.hide)
        self.hide()

    def say_stop(self, sentence: str, rest: str, *, must: bool) -> None:
        """Say what is missing at the place just gone to."""
        self._role = "must" if must else "should"
        self._say(sentence, rest, ready=False, on=True, listed=False)

    def say_ready(self, sentence: str, *, blocked: bool, listed: bool) -> None:
        """Say that nothing is missing, and what comes next.

        `blocked`: something must be mended first; `listed`: there are findings to look at.
        """
        self._role = "must" if blocked else "accent"
        self._say(sentence, "", ready=not blocked, on=False, listed=listed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Escape puts it away."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Qt: other colours draw the signs anew."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def _say(self, sentence: str, rest: str, *, ready: bool, on: bool, listed: bool) -> None:
        self.sentence.setText(sentence)
        self.rest.setText(rest)
        self.rest.setVisible(bool(rest))
        self.next.setVisible(on)
        self.export.setVisible(ready)
        self.findings.setVisible(listed)
        self._tint()
        self.show()
        said = f"{sentence}{rest}"
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))

    def _tint(self) -> None:
        name = {"must": "must", "should": "should"}.get(self._role, "state-done")
        ratio = self.devicePixelRatioF()
        self._sign.setPixmap(icons.pixmap(name, theme.colour(self._role), theme.px(_SIGN), ratio))
        self._close.setIcon(icons.icon("close"))


@dataclass(frozen=True, slots=True)
class Ends:
    """What can be done where the way ends."""

    export: Callable[[], object]
    findings: Callable[[], object]


class Walk:
    """The way through one open plan."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        self.ends: Ends | None = None
        self.last: Stop | None = None
        self.strip = WayStrip()
        self.strip.next_wanted.connect(self.go_on)
        self.strip.export.clicked.connect(lambda: self.ends and self.ends.export())
        self.strip.findings.clicked.connect(lambda: self.ends and self.ends.findings())
        self._goes = False
        self._then: Callable[[], object] | None = None  # once the checks are done
        bench.panel.findings.went.connect(self._point_out)
        bench.place_changed.connect(self._on_place)
        bench.plan.session.changed.connect(self._on_changed)
        bench.plan.session.findings_changed.connect(self._follow)
        bench.plan.session.mend_wanted.connect(self._mend)

    def go_on(self) -> None:
        """Go to the next missing thing and say what it is, once what was just typed is checked."""
        self.when_checked(self._lead, tr("正在检查刚才的修改，随后到下一处…"))

    def when_checked(self, then: Callable[[], object], words: str) -> None:
        """Do something once what was just typed is checked; the words say so where that lasts."""
        self._bench.commit()
        self._then = None
        if self._bench.session.check_what_is_due():
            then()
        else:
            self._then = then
            self.strip.say_stop(words, "", must=False)

    def _mend(self, finding: Finding) -> None:
        words = tr("正在检查刚才的修改，随后改好这一处…")
        self.when_checked(lambda: mend(self._bench.session, finding), words)

    def _lead(self) -> None:
        bench, session = self._bench, self._bench.session
        way = way_of(session.view, session.reviewed)
        section = bench.section.key if bench.section else ""
        stop = next_stop(session.view, way, section, bench.focus, self.last)
        self.last = stop
        if stop is None:
            must = bool(session.reviewed.count(Severity.MUST))
            self.strip.say_ready(
                ready_words(session.reviewed), blocked=must, listed=bool(session.reviewed.open)
            )
            return
        place = place_of(session.view, stop)
        self._goes = True
        bench.go_to(place)
        self._point_out(stop.finding)
        self._goes = False
        bench.focus = place  # also where it cannot take the keyboard, to go on from there
        self._say(stop, way)

    def _point_out(self, finding: Finding | None) -> None:
        """Of the many factors at one place, lead to the one that is meant."""
        page = self._bench.page()
        if finding is None or not isinstance(page, QScrollArea):
            return
        for panel in page.findChildren(FactorPanel):
            entry = panel.focus_on(finding)
            if entry is not None:
                page.ensureWidgetVisible(entry)

    def _say(self, stop: Stop, way: Way) -> None:
        view = self._bench.session.view
        self.strip.say_stop(stop_words(view, stop), rest_words(way), must=stop.is_must)

    def _on_place(self) -> None:
        """What was said is of no use in another section."""
        if not self._goes:
            self._then = None
            self.strip.hide()

    def _on_changed(self) -> None:
        """Who types on while the checks run is not led away."""
        if self._then is not None:
            self._on_place()

    def _follow(self) -> None:
        """What was said stays true while the strip is seen: the count follows the plan."""
        then, self._then = self._then, None
        if then is not None:
            self.strip.hide()
            then()
            return
        if self.last is None or self.strip.isHidden():
            return
        way = way_of(self._bench.session.view, self._bench.session.reviewed)
        self.strip.rest.setText(rest_words(way))
        if self.last not in way.stops:
            self.strip.sentence.setText(tr("这一处已补上，按 F8 到下一处。"))
