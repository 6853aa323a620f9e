"""Above a sheet: that it is sorted, filtered or grouped, and the way back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.fields.roles import HINT, TOOL_FLAT
from ui.fields.small import plain_label, quiet_button
from ui.flow_row import FlowRow
from ui.grid.arranger import Arranger
from ui.grid.sieve_words import grouped_words, sieved_words, sorted_words
from ui.text import tr

_PAUSE_MS = 150
_AIR = 4
_BETWEEN = 20
_UNCUT = 200  # pixels of a sentence that stay on one line


class ArrangedBar(QWidget):
    """A line for each way the sheet differs from the plan; nothing when it does not."""

    def __init__(self, arranger: Arranger) -> None:
        super().__init__()
        self._arranger = arranger
        rows, name = arranger.rows, arranger.rows.table.label
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 6)
        self._column.setSpacing(2)
        self.sieved = Told(name, (tr("清除筛选"), arranger.show_all))
        self.sorted = Told(
            name, (tr("恢复原有顺序"), arranger.unsort), (tr("按此顺序排列"), arranger.keep_order)
        )
        self.sorted.buttons[1].setEnabled(not rows.session.is_read_only)
        self.grouped = Told(
            name, (tr("全部收起"), self._turn_all), (tr("不分组"), lambda: arranger.group(None))
        )
        self.stale = Told(name, (tr("重新排列"), arranger.again))
        self.hidden = Told(name, (tr("显示"), self._show_lacking))
        self._column.addWidget(self.sieved)
        order = FlowRow(_BETWEEN)
        order.addWidget(self.sorted)
        order.addWidget(self.grouped)
        self._column.addLayout(order)
        self._column.addWidget(self.stale)
        self._column.addWidget(self.hidden)
        self._lacking: tuple[str, ...] = ()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._look_closer)
        rows.arranged.connect(self.follow)
        rows.modelReset.connect(self.follow)
        rows.dataChanged.connect(self._pause.start)
        self.follow()

    def follow(self) -> None:
        """Say how the sheet is arranged now."""
        rows, wanted = self._arranger.rows, self._arranger.now
        count, columns = len(rows.session.view.rows(rows.home)), rows.all_columns
        shown = len(rows.shown.rows)
        self.sieved.say(sieved_words(columns, wanted, shown, count) if wanted.is_filtered else "")
        self.sorted.say(sorted_words(columns, wanted))
        self.grouped.say(grouped_words(columns, wanted, len(rows.shown.headings)))
        turn = tr("全部展开") if rows.closed else tr("全部收起")
        self.grouped.buttons[0].setText(turn)
        self.grouped.buttons[0].setAccessibleName(f"{turn}：{rows.table.label}")
        self.stale.say("")
        self._pause.start()
        self._fold()

    def _look_closer(self) -> None:
        """What takes a moment: whether rows would stand otherwise, and what hidden columns lack."""
        arranger = self._arranger
        is_stale = arranger.rows.is_stale()
        self.stale.say(tr("内容已改，次序和筛选还是改前的。") if is_stale else "")
        gaps = arranger.gaps() if arranger.keeper.layout.hidden else {}
        self._lacking = tuple(gaps)
        named = "、".join(
            tr("{column} {count} 处").format(column=arranger.rows.table.column(key).label, count=n)
            for key, n in gaps.items()
        )
        words = tr("没有显示的必填列还有空缺：{named}")
        self.hidden.say(words.format(named=named) if gaps else "")
        self._fold()

    def _fold(self) -> None:
        lines = (self.sieved, self.sorted, self.grouped, self.stale, self.hidden)
        self.setVisible(any(line.said for line in lines))

    def _turn_all(self) -> None:
        self._arranger.fold_all(closed=not self._arranger.rows.closed)

    def _show_lacking(self) -> None:
        for key in self._lacking:
            self._arranger.keeper.show(key)
        self._pause.start()


class Told(QWidget):
    """A sentence with what can be done about it."""

    def __init__(self, table: str, *offers: tuple[str, Callable[[], object]]) -> None:
        super().__init__()
        self.said = ""
        self.label: QLabel = plain_label("", HINT, wraps=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.label, 1)
        self.buttons: list[QPushButton] = []
        for text, do in offers:
            button = quiet_button(
                text, tr("{name}：{table}").format(name=text, table=table), TOOL_FLAT
            )
            button.clicked.connect(do)
            row.addWidget(button)
            self.buttons.append(button)
        row.addStretch(0)
        self.hide()

    def say(self, sentence: str) -> None:
        """Say it; "" for nothing."""
        self.said = sentence
        self.label.setText(sentence)
        wide = self.label.fontMetrics().horizontalAdvance(sentence) + _AIR
        self.label.setMaximumWidth(wide)
        self.label.setMinimumWidth(min(wide, theme.px(_UNCUT)))
        self.setVisible(bool(sentence))
