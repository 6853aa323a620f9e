"""A program that saves without end, to be killed: prints each number once it is acknowledged.

usage: autosave_loop.py FOLDER honest|hasty   (hasty acknowledges before it is true)
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from forms.address import Address
from forms.changes import ChangeSet, ValueChange
from storage.draft import Draft

PLACES = [Address("loop", name) for name in ("one", "two", "three")]


def main() -> None:
    folder, manner = Path(sys.argv[1]), sys.argv[2]
    with Draft.open(folder) as draft:
        last = None
        for number in range(1_000_000):
            changes = tuple(ValueChange(place, last, number) for place in PLACES)
            if manner == "hasty":
                print(number, flush=True)
                time.sleep(0.002)
            action = ChangeSet("输入", changes)
            draft.commit(action, who="王工", source="typed", at=datetime.now(UTC))
            if manner == "honest":
                print(number, flush=True)
            last = number


main()
