"""A job of the kill rig, some steps of it, to be traced: power_work.py JOB FOLDER STEPS."""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.reliability.kill_jobs import JOBS


def main() -> None:
    name, folder, steps = sys.argv[1:]

    def tell(number: int) -> None:
        os.write(1, b"TELL %d\n" % number)
        if number + 1 >= int(steps):
            os._exit(0)  # the power goes: nothing is closed

    JOBS[name].work(Path(folder), tell)


main()
