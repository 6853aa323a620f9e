"""The count of pages in the status line."""

from __future__ import annotations

from commands.making import sample_plan
from forms.edits import SetValue, seed_answers
from forms.loading import open_pack
from forms.view import evaluate
from ui.page_count import estimated_pages


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
    assert 138 <= estimated_pages(evaluate(pack, plan.answers)) <= 168  # 153 are set
    assert 17 <= estimated_pages(evaluate(pack, seed_answers(pack))) <= 21  # 19
