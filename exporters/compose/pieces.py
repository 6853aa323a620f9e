"""The pieces a volume is made of, by the names they are chosen by: 封面与扉页, 正文, 附表 …."""

from __future__ import annotations

from dataclasses import dataclass

from exporters.compose.annexes import annex_labels
from forms.schema import Place
from forms.view import PlanView

COVER = "封面与扉页"
FRONT = "承诺与编制说明"
BODY = "正文"


def pieces(view: PlanView) -> tuple[str, ...]:
    """What the plan could be printed of now, in print order; annexes by their kinds."""
    return pieces_and_workbooks(view)[0]


def workbook_names(view: PlanView) -> tuple[str, ...]:
    """The workbooks of their own the plan has tables for, in the order of the pack."""
    return pieces_and_workbooks(view)[1]


def pieces_and_workbooks(view: PlanView) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Both; what there is to print in annexes takes long to find in a large plan."""
    places = {section.place for section in view.pack.sections() if view.shows_section(section)}
    before = [
        name
        for name, place in ((COVER, Place.COVER), (FRONT, Place.FRONT), (BODY, Place.BODY))
        if place in places
    ]
    labels = annex_labels(view)
    annexes = [annex for annex in view.pack.annexes if annex.key in labels]
    workbooks = dict.fromkeys(annex.workbook for annex in annexes if annex.workbook)
    return (*before, *dict.fromkeys(annex.kind for annex in annexes)), tuple(workbooks)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the annexes of a plan stand, seen from its main volume."""

    labels: dict[str, str]  # of every annex the plan has, by key
    printed: tuple[str, ...]  # keys of those that are printed
    away: dict[str, str]  # how one refers to those that are not in the main volume


def standing(view: PlanView, left_out: frozenset[str], other_volume: str) -> Standing:
    """Labels stay whatever is left out; `other_volume` names where annexes stand, "" for here."""
    labels = annex_labels(view)
    kinds = {annex.key: annex.kind for annex in view.pack.annexes}
    printed = tuple(key for key in labels if kinds[key] not in left_out)
    away = {key: "{0}（本册未附）" for key in labels if key not in printed}
    if other_volume:
        away |= dict.fromkeys(printed, f"{other_volume}{{0}}")
    return Standing(labels, printed, away)
