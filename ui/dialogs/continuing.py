"""复制为下一年度方案, 以本方案为模板新建: what is taken along, and what will be left behind."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from forms.address import Address
from forms.continuing import Cause, Continuation, Continued, Part, continue_plan
from forms.view import PlanView
from ui import theme
from ui.dialogs.base import PlainDialog
from ui.dialogs.year_fields import years_in_a_row
from ui.errors import explain
from ui.fields.small import plain_label
from ui.jobs import Job, Jobs, Progress
from ui.plain import plain_caption
from ui.scaling import sized
from ui.text import tr

_MOST_SECTIONS = 6
_LIST_HEIGHT = 132
_DIGITS = 4  # of a year
_RARELY = (Part.SINGLE, Part.OUTCOMES)  # of the old base year: taken only when asked for


def part_words(part: Part, base: int) -> str:
    """What a planner may take along, in words."""
    words = {
        Part.TEXTS: tr("正文和文字说明"),
        Part.PICTURES: tr("图片、附图和附件"),
        Part.YEARLY: tr("按年份填写的数据（年份不变，新的基准年留空）"),
        Part.SINGLE: tr("不分年份的数据（是 {0} 年的数，带来后须逐项更新）").format(base),
        Part.PROJECTS: tr("重点项目"),
        Part.OUTCOMES: tr("成效指标和目标年测算"),
    }
    return words[part]


def cause_words(cause: Cause) -> str:
    """Why something is left behind, in words."""
    words = {
        Cause.TEXTS: tr("正文和文字说明"),
        Cause.PICTURES: tr("图片"),
        Cause.YEARLY: tr("按年份填写的数据"),
        Cause.SINGLE: tr("不分年份的数据"),
        Cause.PROJECTS: tr("重点项目"),
        Cause.OUTCOMES: tr("成效指标和目标年测算"),
        Cause.YEARS: tr("年份不在新方案之内的数据"),
        Cause.DATES: tr("编制、签署日期和原期限内的年份"),
        Cause.RECORDS: tr("校核说明和因子核对记录"),
        Cause.NAME: tr("方案名称等（按新的园区和年份重新生成或填写）"),
        Cause.REFERENCE: tr("指向没有带来的行的引用"),
        Cause.UNKNOWN: tr("本方案包不认识的内容"),
    }
    return words[cause]


def left_lines(view: PlanView, continued: Continued) -> Iterator[str]:
    """A line for each reason: how much is left behind, and from which sections."""
    for cause, places in continued.by_cause().items():
        titles = _titles(view, places)
        more = tr("等 {0} 节").format(len(titles)) if len(titles) > _MOST_SECTIONS else ""
        named = "、".join(titles[:_MOST_SECTIONS]) + more
        yield tr("{0}：{1} 项，{2}").format(cause_words(cause), len(places), named)


def _titles(view: PlanView, places: tuple[Address, ...]) -> list[str]:
    sections = view.pack.index.sections
    found = {address.section: None for address in places}
    return [sections[key].title if key in sections else key for key in found]


class ContinueDialog(PlainDialog):
    """Asks for years and parts, and says beforehand what will not come along."""

    guide = "02-begin.md#由旧方案开始"
    wanted = Signal(object)  # Continuation

    def __init__(
        self, view: PlanView, jobs: Jobs, parent: QWidget | None = None, *, as_pattern: bool
    ) -> None:
        title = tr("以本方案为模板新建") if as_pattern else tr("复制为下一年度方案")
        super().__init__(title, parent, 560)
        self._view, self._jobs, self._as_pattern = view, jobs, as_pattern
        self._job: Job | None = None
        self.park = QLineEdit()
        self.base_year, self.target_year = QLineEdit(), QLineEdit()
        self.parts: dict[Part, QCheckBox] = {}
        self.left = QPlainTextEdit()
        self._wrong = self._build()
        for edit in (self.park, self.base_year, self.target_year):
            edit.textChanged.connect(self._count)
        self._count()

    @property
    def complaint(self) -> str:
        """What is wrong with what was typed; "" when nothing is."""
        return self._wrong.text()

    def accept(self) -> None:
        """Qt: check, then say what is wanted."""
        asked, wrong = self._asked()
        self._say_wrong(wrong)
        if asked is not None and not wrong:
            self.wanted.emit(asked)
            super().accept()

    def done(self, result: int) -> None:
        """Qt: closed; nobody waits for the count any more."""
        if self._job is not None:
            self._job.abandon()
        super().done(result)

    def _build(self) -> QLabel:
        """Park, years, parts, and what is left behind; returns the line for what is wrong."""
        calendar = self._view.calendar
        title = self._view.text(self._view.pack.roles.plan_title)
        if self._as_pattern:
            words = tr("新方案沿用“{0}”的结构和文字，不带数据、项目、图片和日期。")
            self.add_sentence("soft", words.format(title))
            self.park.setMaxLength(100)
            self.add_labelled(tr("新园区名称"), self.park)
        else:
            words = tr("由“{0}”开始一份新方案，原方案不变。")
            self.add_sentence("soft", words.format(title))
        self.base_year.setText(str(calendar.base + (not self._as_pattern)))
        self.target_year.setText(str(calendar.target + (not self._as_pattern)))
        self.content.addLayout(years_in_a_row(self.base_year, self.target_year))
        if not self._as_pattern:
            self._build_parts(calendar.base)
        self.left.setReadOnly(True)
        sized(self.left, lambda: self.left.setFixedHeight(theme.px(_LIST_HEIGHT)))
        self.add_labelled(tr("不会带到新方案的内容"), self.left)
        wrong = self.add_sentence("must")
        self.add_button(tr("取消")).clicked.connect(self.reject)
        self.add_button(tr("建立新方案"), primary=True).clicked.connect(self.accept)
        return wrong

    def _build_parts(self, base: int) -> None:
        head = plain_label(tr("带到新方案"))
        head.setContentsMargins(0, 6, 0, 0)
        self.content.addWidget(head)
        for part in Part:
            words = part_words(part, base)
            box = self.parts[part] = QCheckBox(plain_caption(words))
            box.setChecked(part not in _RARELY)
            box.toggled.connect(self._count)
            self.content.addWidget(box)

    def _asked(self) -> tuple[Continuation | None, str]:
        """What is asked for, or the sentence why it is not possible."""
        texts = self.base_year.text().strip(), self.target_year.text().strip()
        if not all(text.isascii() and text.isdigit() and len(text) == _DIGITS for text in texts):
            return None, tr("请填写基准年和目标年，例如 2026 和 2031。")
        base, target = map(int, texts)
        if target <= base:
            return None, tr("目标年（{0}）应晚于基准年（{1}）。").format(target, base)
        park, parts = self.park.text().strip(), frozenset({Part.TEXTS})
        if self._as_pattern:
            asked = Continuation(base, target, parts, park)
            return asked, "" if park else tr("请填写新园区的名称，方案的标题由它生成。")
        parts = frozenset(part for part, box in self.parts.items() if box.isChecked())
        return Continuation(base, target, parts), ""

    def _count(self) -> None:
        """Work out in the background what would be left behind."""
        if self._job is not None:
            self._job.abandon()
            self._job = None
        asked, _ = self._asked()
        if asked is None:
            self.left.setPlainText("")
            return
        view, wanted = self._view, asked

        def work(_: Progress) -> str:
            lines = tuple(left_lines(view, continue_plan(view, wanted)))
            return "\n".join(lines) or tr("全部内容都会带到新方案。")

        self._job = self._jobs.start(work, self._show, self._on_failed)

    def _show(self, words: str) -> None:
        self._job = None
        self.left.setPlainText(words)
        self._say_wrong("")

    def _on_failed(self, error: Exception) -> None:
        self._job = None
        self._say_wrong(explain(error).whole)

    def _say_wrong(self, words: str) -> None:
        self._wrong.setText(words)
        self._wrong.setVisible(bool(words))
        self.settle()


class LeftBehindDialog(PlainDialog):
    """The list of what was not taken along, to be kept open beside the new plan."""

    guide = "02-begin.md#由旧方案开始"

    def __init__(self, view: PlanView, continued: Continued, parent: QWidget | None = None) -> None:
        super().__init__(tr("没有带来的内容"), parent, 620)
        self.setModal(False)
        self.add_sentence("soft", tr("这些内容仍在原方案里，需要时可打开对照。"))
        self.text = QPlainTextEdit("\n".join(left_lines(view, continued)))
        self.text.setReadOnly(True)
        self.text.setAccessibleName(tr("没有带来的内容"))
        sized(self.text, lambda: self.text.setMinimumHeight(theme.px(_LIST_HEIGHT)))
        self.content.addWidget(self.text)
        self.add_button(tr("关闭"), primary=True).clicked.connect(self.close)
