"""Sets a plan for the preview: the same composition, layout and drawing as an export."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from exporters.order import PrintOrder
from forms.answers import Answers
from forms.garbage import no_search_for_garbage
from forms.schema import Pack
from forms.view import evaluate
from ui.jobs import Progress

if TYPE_CHECKING:
    from exporters.compose.volume import Volume
    from exporters.document import PageMap
    from exporters.pdf import Memory
    from exporters.preview import Preview

_ORDER = PrintOrder()
_MOST_ROUNDS = 3  # page numbers printed in the text may move the text, hardly ever twice


class Typesetter:
    """Sets one plan again and again; what was not edited is not set again.

    Used by one job at a time. Raises `Cancelled` soon after its progress was cancelled, and what
    it had set by then is kept.
    """

    def __init__(self, pictures: Callable[[str], bytes], plan_id: str) -> None:
        self._pictures = pictures
        self._plan_id = plan_id
        self._memory: Memory | None = None
        self._volumes: tuple[Volume, ...] = ()
        self._pages: PageMap | None = None

    @no_search_for_garbage()
    def set(self, pack: Pack, answers: Answers, progress: Progress) -> Preview:
        """The pages of a plan; `ExportError` when it cannot be printed as it is."""
        from exporters import pdf
        from exporters.compose.source import Source
        from exporters.compose.volume import compose_volumes
        from exporters.preview import Preview

        memory = self._memory = self._memory or pdf.Memory(_ORDER.look)
        source = Source(evaluate(pack, answers), self._pictures, self._plan_id)
        tell = progress.report
        if self._pages is None:
            self._volumes = compose_volumes(source, _ORDER, tell=tell)
            document = self._volumes[0].document
            self._pages = pdf.paginate(document, memory=memory, progress=tell)
        rounds = 0
        while True:
            progress.check()
            known = self._pages
            self._volumes = compose_volumes(source, _ORDER, known, self._volumes, tell)
            document = self._volumes[0].document
            file = pdf.render(document, memory=memory, progress=tell)
            self._pages, rounds = file.pages, rounds + 1
            if file.pages == known or rounds == _MOST_ROUNDS:
                return Preview(file)

    def let_go(self) -> None:
        """Forget what was set: a hundred thousand things of an ordinary plan, held in circles."""
        memory, self._memory, self._volumes = self._memory, None, ()
        if memory is not None:
            memory.let_go()
