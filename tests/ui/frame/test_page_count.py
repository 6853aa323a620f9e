"""The counts of words and pages in the status line."""

from __future__ import annotations

from commands.making import sample_plan
from forms.edits import SetValue, seed_answers
from forms.loading import open_pack
from forms.schema import Table
from forms.view import evaluate
from tests.ui.counting import count_words
from ui.page_count import estimated_pages
from ui.progress import WordCount


def test_that_before_any_preview_the_pages_are_an_estimate_and_said_to_be(opened, qtbot):
    status = opened.status
    qtbot.waitUntil(lambda: status.pages.text().startswith("约 "))
    assert "估计" in status.pages.accessibleDescription()


def test_that_the_pages_are_those_of_the_preview_until_the_next_edit(opened, at, qtbot):
    opened.flows.preview()
    qtbot.waitUntil(lambda: opened.bench.proofs.is_current, timeout=20_000)
    pages = opened.bench.proofs.newest.page_count
    assert opened.status.pages.text() == f"{pages} 页"
    opened.plan.session.edit(SetValue(at("face/compiler"), "临江管委会"))
    assert opened.status.pages.text() == f"约 {pages} 页"
    assert "之后又有修改" in opened.status.pages.accessibleDescription()
    opened.bench.proofs.show(shown=False)


def test_that_the_estimate_is_near_what_was_measured():
    plan = sample_plan()
    pack = open_pack(plan.meta.pack_id)
    assert 138 <= pages_of(evaluate(pack, plan.answers)) <= 168  # 153 are set
    assert 17 <= pages_of(evaluate(pack, seed_answers(pack))) <= 21  # 19


def test_that_words_are_counted_a_moment_after_a_step_and_never_within_it(opened, at, qtbot):
    def said():
        return opened.status._words.text()

    session = opened.plan.session
    qtbot.waitUntil(lambda: said() == words_of(session))
    before = said()
    session.edit(SetValue(at("face/compiler"), "临江管委会与八个企业"))
    assert said() == before
    qtbot.waitUntil(lambda: said() == words_of(session) != before)
    session.undo_stack.undo()
    assert said() == words_of(session, but="临江管委会与八个企业")
    qtbot.waitUntil(lambda: said() == before)


def test_that_only_what_changed_is_read_again_to_count_words():
    plan = sample_plan()
    pack = open_pack(plan.meta.pack_id)
    view = evaluate(pack, plan.answers)
    count = WordCount()
    whole = len(list(count.steps(view)))
    home = pack.roles.projects
    row = view.rows(home)[3]
    table = pack.index.items[home.section, home.item]
    assert isinstance(table, Table)
    name = home.at(row, table.naming)
    after = evaluate(pack, plan.answers.with_value(name, "一二三四五"), view)

    assert whole > len(view.rows(home))
    assert len(list(count.steps(after))) == 1
    assert count.total == count_words(after) != count_words(view)
    assert len(list(count.steps(view))) == 1
    assert count.total == count_words(view)


def pages_of(view):
    return estimated_pages(view, count_words(view))


def words_of(session, but=""):
    return f"约 {count_words(session.view) + len(but):,} 字"
