"""What a window is made of; main wires it, tests wire it otherwise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from storage.plan_file import PlanFile
from ui.drafting import Desk
from ui.exporting import Exporter, Foresight
from ui.jobs import Jobs
from ui.settings import SettingsFile
from ui.workbench import PageMaker


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a window; all but the jobs are the same in every window."""

    desk: Desk
    settings: SettingsFile
    jobs: Jobs
    exporter: Exporter
    make_page: PageMaker
    version: str
    sample: Callable[[], PlanFile] | None = None
    foresight: Foresight | None = None  # says how many pages an export will take
