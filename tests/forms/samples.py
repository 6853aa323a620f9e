"""Views of the sample plan, with some values typed otherwise."""

from __future__ import annotations

from functools import cache

from commands.making import sample_plan
from forms.address import parse_address
from forms.answers import Answers
from forms.edits import SetValue, apply_edit, set_from_text
from forms.loading import open_pack
from forms.view import PlanView, evaluate

PACK = open_pack("ndrc-2021-1004")


@cache
def sample_answers() -> Answers:
    """The answers of the sample plan."""
    return sample_plan().answers


def sample_view(**typed: str | None) -> PlanView:
    """The sample plan with some texts typed, `__` for "/"; None empties a value."""
    answers = sample_answers()
    for key, text in typed.items():
        address = parse_address(key.replace("__", "/"))
        edit = SetValue(address, None) if text is None else set_from_text(PACK, address, text)
        answers = apply_edit(PACK, answers, edit).answers
    return evaluate(PACK, answers)
