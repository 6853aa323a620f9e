"""One line that says how many pages the chosen print takes, worked out in the background."""

from __future__ import annotations

from exporters.made import Ahead, by_subject
from exporters.order import PrintOrder
from exporters.spine import sheets_of
from ui.exporting import Foresight, Order
from ui.fields.small import plain_label
from ui.jobs import Job, Jobs, Progress
from ui.text import tr


class Outlook:
    """Asks for the pages of an order and says them; a newer order takes the place of an older."""

    def __init__(self, jobs: Jobs) -> None:
        self._jobs = jobs
        self._job: Job | None = None
        self._known: list[tuple[PrintOrder, Ahead]] = []
        self.foresight: Foresight | None = None
        self.says = plain_label(role="soft")
        self.says.setWordWrap(True)

    def ask(self, order: Order) -> None:
        """Work out the pages of an order, if it has any and there is anybody to work them out."""
        foresight, wanted = self.foresight, _paged(order.printed)
        self.give_up()
        if foresight is None or not order.printed.paper:
            self.says.setText("")
            return
        known = next((ahead for asked, ahead in self._known if asked == wanted), None)
        if known is not None:
            self._say(known)
            return
        self.says.setText(tr("正在计算页数…"))

        def work(progress: Progress) -> Ahead:
            return foresight(order, progress)

        def done(ahead: Ahead) -> None:
            self._job = None
            self._known.append((wanted, ahead))
            self._say(ahead)

        self._job = self._jobs.start_quietly(work, done, self._on_failed)

    def give_up(self) -> None:
        """Nobody is told of the pages any more."""
        if self._job is not None:
            self._job.abandon()
            self._job = None

    def _say(self, ahead: Ahead) -> None:
        told = (text for _, texts in by_subject(ahead.notices) for text in texts)
        self.says.setText("\n".join((pages_words(ahead), *told)))

    def _on_failed(self, error: Exception) -> None:
        """The export itself says what is wrong, with the remedy; here it stays quiet."""
        del error
        self._job = None
        self.says.setText("")


def _paged(printed: PrintOrder) -> PrintOrder:
    """What of an order decides its pages."""
    return PrintOrder(
        left_out=printed.left_out,
        duplex=printed.duplex,
        annex_volume=printed.annex_volume,
        look=printed.look,
    )


def pages_words(ahead: Ahead) -> str:
    """The pages of each volume and the sheets they take when printed on both sides."""
    names = {"": tr("正文册") if len(ahead.sizes) > 1 else ""}
    return "；".join(
        tr("{0}约 {1} 页，正反面 {2} 张").format(
            names.get(title, title), pages, sheets_of(pages, duplex=True)
        )
        for title, pages in ahead.sizes
    )
