"""What is exported: the evaluated plan, its pictures, and the ids and facts to print in."""

from __future__ import annotations

from dataclasses import dataclass

from exporters.compose.check_report import ReportFacts
from exporters.compose.setting import PictureBytes
from forms.view import PlanView


@dataclass(frozen=True, slots=True)
class Source:
    """The plan to be printed; `facts` are needed where the check report is printed with it."""

    view: PlanView
    pictures: PictureBytes
    plan_id: str = ""
    export_id: str = ""
    facts: ReportFacts | None = None
