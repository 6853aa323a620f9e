"""What the cover says, read for what goes with the volume: watermark, spine, copies list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from forms.address import Address
from forms.heading_numbers import chinese_number
from forms.kinds import Choice
from forms.schema import Field, FieldPrint, Place
from forms.values import YearMonth
from forms.view import PlanView

DRAFT_MARKS = ("征求意见稿", "送审稿", "草稿")
_HAN_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")


@dataclass(frozen=True, slots=True)
class CoverTexts:
    """Title, draft stage, month in Han numerals and compiler; "" for what is not filled in."""

    title: str
    stage: str
    month: str
    compiler: str


def cover_texts(view: PlanView) -> CoverTexts:
    """The texts of the cover of a plan."""
    roles = view.pack.roles
    return CoverTexts(
        view.text(roles.plan_title), draft_stage(view), _month(view), view.text(roles.compiler)
    )


def draft_stage(view: PlanView) -> str:
    """The draft stage below the title, such as 送审稿; "" when the cover names none."""
    stages = (
        view.text(address)
        for item, address in _cover_fields(view)
        if item.printed is FieldPrint.COVER_NOTE and isinstance(item.kind, Choice)
    )
    return next(stages, "")


def draft_marks(view: PlanView) -> tuple[str, ...]:
    """The watermarks offered: the plan's own stage first."""
    return tuple(dict.fromkeys(filter(None, (draft_stage(view), *DRAFT_MARKS))))


def _month(view: PlanView) -> str:
    values = (view.value(address) for _, address in _cover_fields(view))
    month = next((value for value in values if isinstance(value, YearMonth)), None)
    if month is None:
        return ""
    return f"{str(month.year).translate(_HAN_DIGITS)}年{chinese_number(month.month)}月"


def _cover_fields(view: PlanView) -> Iterator[tuple[Field, Address]]:
    for section in view.pack.sections():
        if section.place is Place.COVER and view.shows_section(section):
            for item in section.items:
                if isinstance(item, Field) and view.shows_item(item):
                    yield item, Address(section.key, item.key)
