"""A document on paper: laid out once, then Word, PDF or both, with what should be read first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from exporters import docx, pdf
from exporters.document import Document, PageMap
from exporters.look import Look
from exporters.made import About, Exported, Notice
from exporters.order import Format, PrintOrder

Progress = Callable[[str, int, int], None]  # what is being made, steps done, steps in all
COMPOSED = "内容"  # what is being made before anything is laid out
SET = "排版"  # and while pages are counted


@dataclass(frozen=True, slots=True)
class Press:
    """How every document of one order is printed."""

    tell: Progress
    memory: pdf.Memory  # what was set for the page numbers is not set again for printing
    charts_as_pictures: bool = False

    @classmethod
    def of(cls, order: PrintOrder, tell: Progress) -> Press:
        """The press an order asks for."""
        return cls(tell, pdf.Memory(order.look), order.charts_as_pictures)

    @property
    def look(self) -> Look:
        """The house style of everything it prints."""
        return self.memory.look

    def with_look(self, look: Look) -> Press:
        """The same press for a document of another look."""
        return replace(self, memory=pdf.Memory(look))

    def paginate(self, document: Document, kind: Format = Format.PDF) -> PageMap:
        """On which page everything stands in a PDF or Word file: their lines break differently."""
        tell = partial(self.tell, SET)
        if kind is Format.WORD:
            layout = docx.lay_out(document, self.look, tell)
            layout.let_go()
            return layout.pages
        return pdf.paginate(document, memory=self.memory, progress=tell)

    def missing(self, document: Document) -> tuple[Notice, ...]:
        """The characters no font has, each with its places."""
        found = pdf.missing_characters(document, self.look, self.memory.choice)
        return tuple(Notice(About.BEFORE_PRINTING, entry.sentence) for entry in found)

    def made(
        self, document: Document, formats: tuple[Format, ...], title: str = ""
    ) -> tuple[Exported, ...]:
        """A document in the paper formats asked for."""
        files: list[Exported] = []
        what = title or "方案"
        if Format.WORD in formats:
            files.append(self._word(document, title, what))
        if Format.PDF in formats:
            made = self._pdf(document, what)
            notices = _pdf_notices(made)
            files.append(Exported(Format.PDF, made.content, notices, title, made.pages.count))
        return tuple(files)

    def _pdf(self, document: Document, what: str) -> pdf.PdfFile:
        return pdf.render(document, memory=self.memory, progress=partial(self.tell, f"{what} PDF"))

    def _word(self, document: Document, title: str, what: str) -> Exported:
        tell = partial(self.tell, f"{what} Word")
        layout = docx.lay_out(document, self.look, lambda done, total: tell(done, 2 * total))
        content = docx.render(
            document,
            look=self.look,
            layout=layout,
            figures=docx.FigureForm(pdf.drawing_png, self.charts_as_pictures),
            progress=lambda done, total: tell(total + done, 2 * total),
        )
        layout.let_go()
        return Exported(Format.WORD, content, self._word_notices(), title, layout.pages.count)

    def _word_notices(self) -> tuple[Notice, ...]:
        """Which fonts the Word file names that this machine has not."""
        told = self.memory.choice.substitutions
        named = dict.fromkeys((*self.look.fonts.values(), self.look.latin))
        absent = [f"“{name}”" for name in named if any(f"“{name}”" in each for each in told)]
        if not absent:
            return ()
        words = (
            f"Word 文件用的是{''.join(absent)}，本机没有：在装有这些字体的电脑上打开才是正式字体，"
            "没有时由 Word、WPS 换用别的字体，分页可能略有不同。"
        )
        return (Notice(About.FONTS, words),)


def _pdf_notices(made: pdf.PdfFile) -> tuple[Notice, ...]:
    absent = (entry.sentence for entry in made.missing)
    return (
        *(Notice(About.BEFORE_PRINTING, text) for text in (*absent, *made.notices)),
        *(Notice(About.FONTS, text) for text in made.substitutions),
    )
