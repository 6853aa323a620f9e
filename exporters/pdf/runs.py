"""Runs of a paragraph made ready for breaking, with what each stretch stands for.

A footnote's mark is put after its run as `NOTE_MARK`; the page it comes to stand on numbers it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from exporters.document import Run
from exporters.look import Face
from exporters.pdf.characters import circled, clean
from exporters.pdf.glyphs import GlyphCase
from exporters.pdf.prepared import NOTE_MARK, Line, SetText, Span, prepare

FacedRun = tuple[Run, Face]


def set_runs(case: GlyphCase, runs: Sequence[FacedRun], note_face: Face) -> tuple[SetText, ...]:
    """Texts ready for breaking, one for each line the writer ended, with addresses and links."""
    plain: list[tuple[str, Face]] = []
    for run, face in runs:
        plain.append((run.text.replace(NOTE_MARK, ""), face))
        if run.note:
            plain.append((NOTE_MARK, note_face))
    texts = prepare(case, plain)
    if not any(run.address or run.target for run, _ in runs):
        return texts
    spans = _spans([run for run, _ in runs], len(texts))
    return tuple(replace(text, spans=tuple(own)) for text, own in zip(texts, spans, strict=True))


def numbered(case: GlyphCase, line: Line, face: Face, first: int) -> Line:
    """The line with its note marks numbered from `first`."""
    text, glyphs = list(line.text.text), list(line.text.glyphs)
    number = first
    for at in range(line.start, line.end):
        if text[at] == NOTE_MARK:
            text[at], glyphs[at] = circled(number), case.note_mark(face, number)
            number += 1
    return replace(line, text=replace(line.text, text="".join(text), glyphs=glyphs))


def headed(case: GlyphCase, line: Line, face: Face, number: int) -> Line:
    """The first line of a note with the mark of its number."""
    mark = circled(number)
    text, glyphs = line.text.text, line.text.glyphs
    set_text = replace(
        line.text, text=mark + text[1:], glyphs=[case.glyph(face, mark), *glyphs[1:]]
    )
    return replace(line, text=set_text)


def _spans(runs: Sequence[Run], count: int) -> list[list[Span]]:
    """What the runs stand for in each text; neighbours that print one value are joined."""
    spans: list[list[Span]] = [[] for _ in range(count)]
    at = start = 0
    for run in runs:
        for line, text in enumerate(clean(run.text.replace(NOTE_MARK, "")).split("\n")):
            if line:
                at, start = at + 1, 0
            end = start + len(text)
            if text and (run.address or run.target):
                _add(spans[at], Span(start, end, run.address, run.target))
            start = end
        start += 1 if run.note else 0
    return spans


def _add(spans: list[Span], span: Span) -> None:
    last = spans[-1] if spans else None
    is_more = last and last.end == span.start and last.address == span.address
    if last and is_more and not (last.target or span.target):
        spans[-1] = replace(last, end=span.end)
    else:
        spans.append(span)
