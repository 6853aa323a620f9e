"""The sample plan in a session, with a fixed day and a name that is remembered."""

from __future__ import annotations

from datetime import date

import pytest

from tests.forms import samples
from tests.ui.fields.plans import *  # noqa: F403
from tests.ui.fields.plans import Shelf
from ui.session import PlanSession
from ui.signing import Signing

DAY = date(2026, 5, 20)


@pytest.fixture(scope="session")
def pack():
    return samples.PACK


@pytest.fixture
def remembered():
    """The names this machine was asked to remember."""
    return []


@pytest.fixture
def session(remembered):
    made = PlanSession(samples.PACK, samples.sample_answers(), Shelf())
    made.signing = Signing("", remembered.append, lambda: DAY)
    made.check_now()
    return made


@pytest.fixture
def scope(open_page, session):
    """The page of 口径说明."""
    return open_page(session, "scope")
