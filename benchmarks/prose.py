"""Writing in the longest text a plan may hold: from the key press to the painted line.

Headings, lists, tables and live figures are in it; the plan takes every letter over. The last
tenth of a text is left free, so that what is typed still fits.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

COUNT = 200
LONGEST = 190_000
_LINE = "园区推进循环化改造，资源产出率持续提高，单位产值能耗下降，废水回用率达到百分之八十以上，"
Rows = list[tuple[str, list[float]]]


def long_text() -> str:
    """A narrative of nearly the greatest length, with some of everything."""
    lines: list[str] = []
    number = 0
    while sum(map(len, lines)) < LONGEST:
        number += 1
        lines += [f"# 标题{number}", _LINE * 3, "## 小标题", _LINE * 3]
        lines += [f"- {_LINE}", f"- {_LINE}", f"1. {_LINE}", f"2. {_LINE}", _LINE * 5]
        if number % 20 == 0:
            lines += ["| 项目 | 数量 |", "|---|---|", *(f"| 项目{n} | {n}.5 |" for n in range(6))]
    return "\n".join(lines)[:LONGEST]


def write_long_prose(folder: Path, rows: Rows) -> None:
    """Letters, composed words, line breaks and corrections in the middle of the text."""
    del folder
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QInputMethodEvent
    from PySide6.QtTest import QTest

    from commands.making import sample_plan
    from forms.edits import SetValue
    from forms.kinds import Narrative
    from forms.loading import open_pack
    from forms.places import slot_at
    from ui import application
    from ui.fields.prose import ProseEditor
    from ui.pages.section_page import SectionPage
    from ui.session import PlanSession

    running = application.prepare(application.SettingsFile(application.settings_path()).now)
    plan = sample_plan()
    pack = open_pack(plan.meta.pack_id)
    kinds = {each: slot_at(pack, each).kind for each, _ in plan.answers.values() if not each.row}
    address = next(
        each
        for each, kind in kinds.items()
        if isinstance(kind, Narrative) and kind.max_length > LONGEST
    )
    session = PlanSession(pack, plan.answers, None)
    page = SectionPage(session, pack.index.sections[address.section])
    page.resize(814, 680)
    page.show()
    page.reveal(address)
    began = time.perf_counter()
    session.edit(SetValue(address, long_text()))
    running.processEvents()
    rows.append(("prose of 190,000 characters: shown and painted", [time.perf_counter() - began]))
    session.check_now()
    editor = next(
        block.frames[address.item].editor for block in page.blocks if block.holds(address.item)
    )
    assert isinstance(editor, ProseEditor)
    edit = editor.text
    edit.setFocus()
    block = edit.document().findBlockByNumber(edit.document().blockCount() // 2)
    while not block.text().startswith(_LINE):
        block = block.next()
    cursor = edit.textCursor()
    cursor.setPosition(block.position() + 10)
    edit.setTextCursor(cursor)
    running.processEvents()

    def compose() -> None:
        running.sendEvent(edit, QInputMethodEvent("yuan", []))
        running.processEvents()
        event = QInputMethodEvent("", [])
        event.setCommitString("园")
        running.sendEvent(edit, event)

    acts: dict[str, Callable[[], object]] = {
        "a letter": lambda: QTest.keyClick(edit, "a"),
        "a word composed and committed": compose,
        "a line break": lambda: QTest.keyClick(edit, Qt.Key.Key_Return),
        "a line break taken back": lambda: QTest.keyClick(edit, Qt.Key.Key_Backspace),
    }
    for name, act in acts.items():
        taken: list[float] = []
        for _ in range(COUNT):
            began = time.perf_counter()
            act()
            running.processEvents()
            taken.append(time.perf_counter() - began)
        rows.append((f"prose of 190,000 characters: {name}, painted", taken))
        p99 = sorted(taken)[int(COUNT * 0.99) - 1]
        rows.append((f"prose of 190,000 characters: {name}, painted: p99", [p99]))
