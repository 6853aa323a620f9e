"""Opening a plan in the window, and what is offered when that is not simply possible.

The window stays alive while a draft is read, and the user may give it up. After a crash the last
commit is told; damage is told and offered; a plan somebody else has is looked at; a draft that
cannot be read comes back from its best snapshot.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QScrollArea

from forms.memory import in_pieces
from storage.errors import DamagedDraft, DraftLocked, StorageError
from storage.losses import Loss
from storage.snapshots import restore_snapshot
from storage.versions import Rescue, best_snapshot, version_file
from ui.arriving import Arriving
from ui.dialogs.damage import DamageDialog
from ui.dialogs.rescue import RescueDialog
from ui.drafting import OpenPlan
from ui.errors import explain
from ui.exporting import printed_labels
from ui.lines import moment_words
from ui.pages.growing import GrowingBody
from ui.plain import plain_title
from ui.text import tr
from ui.turns import Turns
from ui.viewing import Viewed, ViewPage, held_words
from ui.workbench import Workbench

if TYPE_CHECKING:
    from ui.bars import Notice
    from ui.main_window import MainWindow

Then = Callable[[], object] | None
_AT_ONCE_SECONDS = 0.04  # a draft that has come by then is begun without a word
_TURN_SECONDS = 0.02  # of making it ready, between which the window lives


class Opening:
    """The ways into a plan, in one window; no plan is open when they are taken."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.viewing: ViewPage | None = None
        self._arriving: Arriving | None = None
        self._making: Turns | None = None
        self._given_up: dict[Path, Arriving] = {}
        self._thens: list[Callable[[], object]] = []
        self._after: Then = None
        self._is_told = False

    @property
    def folder(self) -> Path | None:
        """The draft that is being opened, if any."""
        return self._arriving.folder if self._arriving else None

    def open(self, folder: Path, then: Then = None) -> None:
        """Open a draft, or offer what can be done instead; `then` is called when it is open."""
        if self.folder != folder:
            self._put_aside()
            try:
                self._arriving = self._given_up.pop(folder, None) or self._begin(folder)
            except Exception as error:  # noqa: BLE001 -- whatever it is, the list of plans stays usable
                self._refused(folder, error)
                return
        arriving = self._arriving
        assert arriving is not None
        self._thens += [then] if then is not None else []
        if self._making is None and arriving.is_here(_AT_ONCE_SECONDS):
            self._ended(arriving)
        if self._arriving is arriving:
            self._say_waiting(folder)

    def give_up(self) -> None:
        """Open nothing after all; the draft is let go as soon as it has come."""
        if self._arriving is not None:
            self._put_aside()
            self._window.notice.say(tr("已取消，没有打开方案。"))

    def holds_back(self, then: Callable[[], object]) -> bool:
        """Give up what is being opened; whether that takes a while, until `then` is called."""
        self._put_aside()
        self._after = then if self._given_up else None
        return bool(self._given_up)

    def leave_view(self) -> None:
        """Put away the plan that is only looked at."""
        view, self.viewing = self.viewing, None
        if view is not None:
            self._window.stack.removeWidget(view)
            view.deleteLater()

    def show_damage(self) -> None:
        """List the damaged places of the open plan."""
        plan, window = self._window.plan, self._window
        if plan is None or window.bench is None:
            return
        damage = plan.damage

        def told(left: tuple[Loss, ...]) -> None:
            words = tr("已去掉 {0} 处标记，这些地方现在是空的。").format(len(left))
            window.notice.say(words, offer=(tr("恢复标记"), lambda: damage.mark_again(left)))

        dialog = window.findChild(DamageDialog)
        if dialog is not None:
            dialog.raise_()
            return
        dialog = DamageDialog(plan.session, damage, window)
        dialog.jump_wanted.connect(window.bench.go_to)
        dialog.left_empty.connect(told)
        plan.destroyed.connect(dialog.close)
        dialog.show()

    def _begin(self, folder: Path) -> Arriving:
        arriving = self._window.parts.desk.begin(folder)
        arriving.ended.connect(lambda: self._ended(arriving))
        return arriving

    def _put_aside(self) -> None:
        arriving, making = self._arriving, self._making
        self._taken()
        if making is not None:
            making.give_up()
        elif arriving is not None:
            self._given_up[arriving.folder] = arriving

    def _say_waiting(self, folder: Path) -> None:
        window = self._window
        if self.viewing is None and window.stack.currentWidget() is not window.start:
            window.show_start()
        title = window.parts.desk.library.info(folder).title
        words = tr("正在打开“{0}”…").format(title)
        window.notice.say(words, stays=True, offer=(tr("取消"), self.give_up))
        self._is_told = True

    def _ended(self, arriving: Arriving) -> None:
        """A draft has come, or cannot be read; of two such words the second finds it gone."""
        folder = arriving.folder
        if self._given_up.get(folder) is arriving:
            del self._given_up[folder]
            arriving.let_go()
            after, self._after = self._after, None
            if after is not None:
                after()
        if self._arriving is arriving and self._making is None:
            self._making = Turns(_TURN_SECONDS, arriving.autosave)
            self._making.begin(self._make(arriving))

    def _make(self, arriving: Arriving) -> Generator[None]:
        """The plan, what the window says of it, and its workbench, each in a step."""
        plan, bench = None, None
        try:
            plan = OpenPlan(arriving)
            yield
            yield from in_pieces(plan.session.view.memory, plan.describe)
            yield
            bench = _bench_of(self._window, plan)
            yield
            _make_ahead(bench, self._window.stack.height())
            yield
        except GeneratorExit:
            _put_away(plan, bench)
            raise
        except Exception as error:
            if plan is not None:
                raise
            arriving.let_go()  # the draft may have come, and only its pack not
            self._taken()
            self._refused(arriving.folder, error)
            return
        finally:
            self._making = None
            arriving.deleteLater()
        thens = self._taken()
        self._opened(plan, bench)
        for then in thens:
            then()

    def _taken(self) -> list[Callable[[], object]]:
        """Nothing is on its way any more; what is to be done then."""
        self._arriving, thens, self._thens = None, self._thens, []
        if self._is_told:
            self._window.notice.hide()
        self._is_told = False
        return thens

    def _refused(self, folder: Path, error: Exception) -> None:
        if self.viewing is None or not isinstance(error, DraftLocked):
            self._window.show_start()
        self._offer(folder, error)

    def _opened(self, plan: OpenPlan, bench: Workbench) -> None:
        window = self._window
        self.leave_view()
        window.show_bench(bench)
        plan.keep_opened()
        bench.navigator.setFocus()
        window.filing.merging.remind()
        _tell_past(self, window.notice, plan)

    def _offer(self, folder: Path, error: Exception) -> None:
        window = self._window
        match error:
            case DraftLocked():
                words = held_words(error) + tr("请先在那里关闭，或只读查看最近的快照。")
                offer = (tr("只读查看"), lambda: self._view(folder, error))
                window.notice.say(words, trouble=True, offer=None if self.viewing else offer)
            case DamagedDraft():
                self._rescue(folder, error)
            case _:
                window.tell(error)

    def _view(self, folder: Path, held: DraftLocked) -> None:
        """Show the last snapshot of a plan that somebody else has open."""
        window = self._window
        best = best_snapshot(folder)
        info = window.parts.desk.library.info(folder)
        pack = window.parts.desk.packs.get(info.pack_id)
        if best is None or pack is None:
            window.notice.say(
                tr("本方案还没有可以查看的快照。请在对方关闭后再打开。"), trouble=True
            )
            return
        window.notice.hide()
        viewed = Viewed(folder, pack, info.title, best.snapshot, best.answers, held)
        view = self.viewing = ViewPage(viewed, window.parts.make_page)
        view.again_wanted.connect(lambda: self.open(folder))
        view.copy_wanted.connect(lambda: self._copy(viewed))
        view.back_wanted.connect(window.show_start)
        refused = tr("这是只读查看，不能修改。要编辑，请另存为副本，或等对方关闭后再打开。")
        view.refused.connect(lambda: window.notice.say(refused))
        window.stack.addWidget(view)
        window.stack.setCurrentWidget(view)
        window.setWindowTitle(plain_title(tr("{0}（只读）— 园策").format(info.title)))
        view.navigator.setFocus()

    def _copy(self, viewed: Viewed) -> None:
        """Make a draft of its own of what is looked at, and open that."""
        desk = self._window.parts.desk
        self._window.notice.say(tr("正在建立副本…"))

        def work(_: object) -> Path:
            return desk.take_copy(version_file(viewed.folder, viewed.snapshot))

        def done(folder: Path) -> None:
            self._window.notice.hide()
            self._window.open_draft(folder)

        self._window.parts.jobs.start(work, done, self._window.tell)

    def _rescue(self, folder: Path, error: DamagedDraft) -> None:
        """Offer the best snapshot of a draft that cannot be read."""
        best = best_snapshot(folder)
        if best is None:
            words = tr("没有找到完好的快照；请保留该文件夹，并联系技术支持。")
            self._window.notice.say(f"{error.sentence}{words}", trouble=True)
            return
        dialog = RescueDialog(error.sentence, best, self._window)
        dialog.wanted.connect(lambda: self._restore(folder, best))
        dialog.open()

    def _restore(self, folder: Path, best: Rescue) -> None:
        window = self._window
        try:
            away = restore_snapshot(folder, best.snapshot, datetime.now(UTC))
        except StorageError as error:
            window.tell(error)
            return
        when, kept = moment_words(best.snapshot.at), away.name
        words = tr("已从 {0} 的快照恢复；损坏的文件原样保留在“{1}”中。").format(when, kept)
        window.open_draft(folder, lambda: window.notice.say(words, trouble=True))


def _tell_past(opening: Opening, notice: Notice, plan: OpenPlan) -> None:
    """Say what the draft had been through: one sentence, no question."""
    past = plan.recovered
    told: list[str] = []
    if past.until is not None:
        told.append(recovered_words(past.until))
    if past.losses:
        told.append(_damage_words(plan))
        offer = (tr("查看并取回…"), opening.show_damage)
        notice.say("".join(told), trouble=True, offer=offer)
    elif past.trouble is not None:
        notice.say("".join((*told, explain(past.trouble).whole)), trouble=True)
    elif past.damaged_now:
        told.append(tr("草稿有一处没有通过校验，已修复；原有内容都在，损坏前的文件已保留。"))
        notice.say("".join(told), trouble=True)
    elif told:
        notice.say("".join(told))


def _bench_of(window: MainWindow, plan: OpenPlan) -> Workbench:
    plan.session.numbers.count_with(window.parts.jobs, printed_labels)
    plan.session.receiving.attend(window.parts.jobs, window.notice, window.tell)
    return Workbench(plan, window.parts.make_page, window.parts.settings)


def _make_ahead(bench: Workbench, height: int) -> None:
    """Make what will be in sight of the first page, which its window would do when it is shown."""
    page = bench.page()
    body = page.widget() if isinstance(page, QScrollArea) else None
    if isinstance(body, GrowingBody):
        body.make_in_sight(0, height)


def _put_away(plan: OpenPlan | None, bench: Workbench | None) -> None:
    """Let a plan go that nobody has seen."""
    if plan is not None:
        plan.close()
    if bench is not None:
        bench.end()
    elif plan is not None:
        plan.deleteLater()


def recovered_words(until: datetime) -> str:
    """What is said after a crash."""
    there = until.astimezone()
    is_today = there.date() == datetime.now().astimezone().date()
    when = f"{there:%H:%M:%S}" if is_today else f"{there:%Y-%m-%d %H:%M:%S}"
    return tr("上次没有正常关闭，已恢复到 {0}。").format(when)


def _damage_words(plan: OpenPlan) -> str:
    words = tr("草稿中有 {0} 处内容没有通过校验，已留空并标明，原件已保留；其余内容完好。")
    return words.format(len(plan.recovered.losses))
