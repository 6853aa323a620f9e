"""Prose on the clipboard: what it prints for every program, the marks for our own."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from typing import cast
from uuid import uuid4

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextDocument

from forms.inline.footnotes import Footnote, PlacedNote
from forms.inline.marks import Mark, marks_in, pieces_of, with_marks
from forms.inline.reading import filled
from forms.inline.references import PlacedReference
from forms.live_figures import shown_at
from forms.narrative import ProseTable, read_prose, table_source
from forms.prose_lines import LineKind, ProseLine, picture_of, read_lines, write_lines
from forms.targets import named_at
from forms.view import PlanView
from storage.errors import StorageError
from ui.prose.numbering import USUAL_LEVEL
from ui.prose.pasted_html import Keep, html_to_prose
from ui.prose.pasted_lines import cells_of, shaped_text
from ui.prose.text import CHIP, Look, read_between, stored_between
from ui.session import PlanSession
from ui.text import tr

PROSE_TYPE = "application/x-yuance-prose"
_PLAN = "planOnClipboard"  # a property of the session: tells the plans of one sitting apart
_LONGEST_HTML = 20_000_000  # with pictures in it
_LONGEST = 2_000_000  # bytes of foreign making that are read at all


def copied_prose(
    session: PlanSession,
    document: QTextDocument,
    span: tuple[int, int],
    look: Look,
    top: int = USUAL_LEVEL,
) -> QMimeData:
    """A part of a document: as plain text with what its marks print, and with the marks."""
    data = QMimeData()
    data.setText(read_between(document, *span, top))
    text = stored_between(document, *span)
    kept = {
        "plan": plan_mark(session),
        "text": text,
        "printed": [_words(session.view, mark, look) for mark in marks_in(text)],
    }
    data.setData(PROSE_TYPE, json.dumps(kept, ensure_ascii=False).encode())
    return data


def copied(data: QMimeData) -> QMimeData:
    """The same data as our own, to be read later."""
    own = QMimeData()
    for name in data.formats():
        own.setData(name, data.data(name))
    return own


def pasted_prose(session: PlanSession, data: QMimeData, keep: Keep) -> str:
    """What a paste puts in, as the plan stores it; `keep` keeps pictures that come along.

    Marks of this plan stay marks; those that lead to what this plan does not have become what
    they printed where they were copied. Marks in foreign text that name nothing here stay text.
    """
    own = _own(data)
    if own is None:
        text = _held_only(session, _foreign(data, keep))
        return with_marks(text, lambda mark: _as_text(session.view, mark))
    plan, text, printed = own
    text = "\n".join(_visible(line) for line in text.split("\n"))
    if plan == plan_mark(session):
        return text
    marks = marks_in(text)
    if len(marks) != len(printed):
        return plain_paragraphs(data.text())
    pairs = zip(marks, printed, strict=True)
    kept = [_kept(session.view, mark, words) for mark, words in pairs]
    return _held_only(session, "".join(_put_parts(text, kept)))


def _held_only(session: PlanSession, text: str) -> str:
    """The text with pictures this plan does not hold told in words."""
    if "![" not in text:
        return text
    return write_lines(_held(session, line) for line in read_lines(text))


def _held(session: PlanSession, line: ProseLine) -> ProseLine:
    if line.kind is not LineKind.PICTURE:
        return line
    mark = picture_of(line.text)
    try:
        session.pictures.picture(mark.sha256)
    except (KeyError, OSError, StorageError):
        return ProseLine(LineKind.TEXT, tr("（图：{caption}）").format(caption=mark.caption))
    return line


def cell_block(session: PlanSession, data: QMimeData) -> tuple[tuple[str, ...], ...]:
    """What is pasted as cells of a table, as the plan stores them; a lone text is one cell."""
    text = pasted_prose(session, data, lambda _: "")
    tables = [block.rows for block in read_prose(text) if isinstance(block, ProseTable)]
    if tables:
        return tables[0]
    lines = (line.strip() for line in text.split("\n"))
    return tuple(tuple(line.split("\t")) for line in lines if line)


def plain_pasted(session: PlanSession, data: QMimeData) -> str:
    """The letters of what is pasted as paragraphs, whatever else it was."""
    text = plain_paragraphs(data.text())
    return with_marks(text, lambda mark: _as_text(session.view, mark))


def _foreign(data: QMimeData, keep: Keep) -> str:
    """What another program has copied: read from its HTML, its cells, else from its letters."""
    html = data.html() if data.hasHtml() else ""
    if html and len(html) <= _LONGEST_HTML:
        text = html_to_prose(html, keep)
        if text:
            return text
    rows = cells_of(data.text())
    if rows:
        return table_source([[_visible(cell) for cell in row] for row in rows])
    return shaped_text(plain_paragraphs(data.text()))


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


def _is_here(view: PlanView, mark: Mark) -> bool:
    """Whether what a mark leads to is a part of this plan, filled or not."""
    if isinstance(mark, PlacedNote):
        return all(_is_here(view, inner) for inner in marks_in(mark.note.text))
    if isinstance(mark, PlacedReference):
        meant = named_at(view, mark)
        return not meant.fault or meant.is_empty
    found = shown_at(view, mark)
    return not found.fault or found.is_empty


def _words(view: PlanView, mark: Mark, look: Look) -> str:
    """What stands in the place of a mark where its plan is not known; a note stays a note."""
    return filled(view, mark.note.text) if isinstance(mark, PlacedNote) else look(mark).words


def _kept(view: PlanView, mark: Mark, words: str) -> str:
    if _is_here(view, mark):
        return mark.source
    return str(Footnote(words)) if isinstance(mark, PlacedNote) else words


def _as_text(view: PlanView, mark: Mark) -> str:
    if _is_here(view, mark):
        return mark.source
    if isinstance(mark, PlacedNote):
        return str(Footnote(with_marks(mark.note.text, lambda inner: _as_text(view, inner))))
    return mark.source.replace("{{", "｛｛").replace("}}", "｝｝")


def _put_parts(text: str, instead: list[str]) -> Iterator[str]:
    words = iter(instead)
    for piece in pieces_of(text):
        yield piece if isinstance(piece, str) else next(words)
