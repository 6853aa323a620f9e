"""Plans for the tests of the verbs."""

from __future__ import annotations

import pytest

from commands import run
from commands.making import DEFAULT_PACK
from forms.loading import open_pack
from tests.commands.filling import assignments, picture


@pytest.fixture(scope="session")
def pack():
    """The pack every plan here is made of."""
    return open_pack(DEFAULT_PACK)


@pytest.fixture(scope="session")
def full_plan(tmp_path_factory, pack):
    """A plan with a value at every place, pictures too; tests must not write to it."""
    folder = tmp_path_factory.mktemp("full")
    drawing = folder / "区位图.png"
    drawing.write_bytes(picture())
    plan = folder / "青湖.yuance"
    assert run(["new", str(plan), "--set", *assignments(pack, drawing)]) == 0
    return plan


@pytest.fixture
def plan(tmp_path):
    """A small plan alone in its folder."""
    path = tmp_path / "方案.yuance"
    named = ["cover/park_name=青湖经济技术开发区", "projects/list/p1=+"]
    assert run(["new", str(path), "--set", *named]) == 0
    return path
