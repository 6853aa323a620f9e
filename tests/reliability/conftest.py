"""What the rigs share: a folder that is quick to write to."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest

MEMORY = Path("/dev/shm")


@pytest.fixture
def memory():
    """A folder in memory where there is one: thousands of states are written and opened."""
    place = tempfile.mkdtemp(prefix="yuance-power-", dir=MEMORY if MEMORY.is_dir() else None)
    yield Path(place)
    shutil.rmtree(place)
