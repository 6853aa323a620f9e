"""Checks in the window: they go on in small slices and always end at what a whole check finds."""

from __future__ import annotations

import pytest

from commands.making import sample_plan
from forms.answers import answers_of
from forms.checks import run_checks
from forms.edits import set_from_text
from forms.loading import open_pack
from ui.session import PlanSession

PROJECTS = 400


class NoPictures:
    def add_picture(self, content, name):
        raise NotImplementedError

    def cut_picture(self, cut, name):
        raise NotImplementedError

    def picture(self, sha256):
        raise KeyError(sha256)


@pytest.fixture(scope="module")
def large():
    return sample_plan(PROJECTS)


@pytest.fixture
def session(large, qtbot):
    pack = open_pack(large.meta.pack_id)
    session = PlanSession(pack, large.answers, NoPictures())
    yield session
    session.check_now()  # nothing of it may outlive the test
    session.deleteLater()


def test_that_a_very_large_plan_is_there_before_it_is_checked(pack, at, qtbot):
    rows = tuple(f"r{number}" for number in range(1_001))
    session = PlanSession(pack, answers_of((), [(at("works/list"), rows)]), NoPictures())
    assert not session.findings
    wanted = run_checks(session.view)
    assert wanted
    qtbot.waitUntil(lambda: session.findings == wanted, timeout=10_000)
    session.deleteLater()


def test_that_a_large_plan_is_checked_to_the_end_after_opening(session, qtbot):
    wanted = run_checks(session.view)
    qtbot.waitUntil(lambda: session.findings == wanted, timeout=10_000)


def test_that_an_edit_while_the_checks_go_on_is_checked_too(session, qtbot):
    roles = session.pack.roles
    session.edit(set_from_text(session.pack, roles.park_name, ""))
    wanted = run_checks(session.view)
    qtbot.waitUntil(lambda: session.findings == wanted, timeout=10_000)
    assert any(roles.park_name in finding.places for finding in session.findings)


def test_that_asking_for_the_findings_at_once_does_not_wait_for_the_slices(session):
    roles = session.pack.roles
    session.edit(set_from_text(session.pack, roles.park_name, ""))
    session.check_now()
    assert session.findings == run_checks(session.view)
