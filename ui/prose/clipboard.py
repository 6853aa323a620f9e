"""Prose on the clipboard: what it prints for every program, the live figures for our own."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from typing import cast
from uuid import uuid4

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextDocument

from forms.live_figures import Placed, live_figures_in
from forms.live_figures.showing import shown_at
from forms.view import PlanView
from ui.prose.text import CHIP, read_between, stored_between
from ui.session import PlanSession

PROSE_TYPE = "application/x-yuance-prose"
_PLAN = "planOnClipboard"  # a property of the session: tells the plans of one sitting apart
_LONGEST = 2_000_000  # bytes of foreign making that are read at all


def copied_prose(session: PlanSession, document: QTextDocument, start: int, end: int) -> QMimeData:
    """A part of a document: as plain text with what its figures print, and with their marks."""
    data = QMimeData()
    data.setText(read_between(document, start, end))
    text = stored_between(document, start, end)
    kept = {
        "plan": plan_mark(session),
        "text": text,
        "printed": [shown_at(session.view, placed).text for placed in live_figures_in(text)],
    }
    data.setData(PROSE_TYPE, json.dumps(kept, ensure_ascii=False).encode())
    return data


def pasted_prose(session: PlanSession, data: QMimeData) -> str:
    """What a paste puts in, as the plan stores it.

    Figures of this plan stay live; those whose source this plan does not have become what they
    printed where they were copied. Marks in foreign text that name nothing here stay text.
    """
    own = _own(data)
    if own is None:
        text = plain_paragraphs(data.text())
        return _put(text, [_as_text(session.view, placed) for placed in live_figures_in(text)])
    plan, text, printed = own
    text = "\n".join(_visible(line) for line in text.split("\n"))
    if plan == plan_mark(session):
        return text
    marks = live_figures_in(text)
    if len(marks) != len(printed):
        return plain_paragraphs(data.text())
    pairs = zip(marks, printed, strict=True)
    return _put(text, [m.source if _is_here(session.view, m) else words for m, words in pairs])


def plain_paragraphs(text: str) -> str:
    """Pasted text without foreign line breaks, indents and invisible characters."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").split("\n")
    return "\n".join(_visible(line.replace("\xa0", " ").strip(" \t\u3000")) for line in lines)


def _visible(line: str) -> str:
    kept = (char for char in line if char != CHIP)
    return "".join(c for c in kept if unicodedata.category(c) not in ("Cc", "Cf", "Cs"))


def _own(data: QMimeData) -> tuple[str, str, list[str]] | None:
    """What we put on the clipboard ourselves; None for anything else, however it calls itself."""
    content = bytes(data.data(PROSE_TYPE).data())
    if not content or len(content) > _LONGEST:
        return None
    try:
        kept: object = json.loads(content)
    except ValueError:
        return None
    if not isinstance(kept, dict):
        return None
    found = cast("dict[str, object]", kept)
    plan, text, printed = found.get("plan"), found.get("text"), found.get("printed")
    if not isinstance(plan, str) or not isinstance(text, str) or not isinstance(printed, list):
        return None
    return plan, text, [_visible(str(each)) for each in cast("list[object]", printed)]


def plan_mark(session: PlanSession) -> str:
    """What tells an open plan from every other on the clipboard."""
    if not session.property(_PLAN):
        session.setProperty(_PLAN, uuid4().hex)
    return str(session.property(_PLAN))


def _is_here(view: PlanView, placed: Placed) -> bool:
    """Whether the source of a figure is a part of this plan, filled or not."""
    found = shown_at(view, placed)
    return not found.fault or found.is_empty


def _as_text(view: PlanView, placed: Placed) -> str:
    if _is_here(view, placed):
        return placed.source
    return placed.source.replace("{{", "｛｛").replace("}}", "｝｝")


def _put(text: str, instead: list[str]) -> str:
    """The text with each of its marks replaced."""
    return "".join(_put_parts(text, instead))


def _put_parts(text: str, instead: list[str]) -> Iterator[str]:
    end = 0
    for placed, words in zip(live_figures_in(text), instead, strict=True):
        yield text[end : placed.start]
        yield words
        end = placed.end
    yield text[end:]
