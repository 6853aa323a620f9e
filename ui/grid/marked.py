"""What is marked in a sheet and why: entries that are not taken, and findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.address import Address
from forms.schema import Severity
from ui.fields.remarks import remark_sentence
from ui.text import tr

if TYPE_CHECKING:
    from ui.grid.sheet_model import SheetModel


def marked(model: SheetModel) -> set[Address]:
    """The values that are refused or have findings."""
    return {*model.refused, *model.remarks}


def is_grave(model: SheetModel) -> bool:
    """Whether something marked must be mended, not only should."""
    found = (finding for listed in model.remarks.values() for finding in listed)
    return bool(model.refused) or any(each.severity is Severity.MUST for each in found)


def said_of(model: SheetModel, address: Address) -> list[str]:
    """Why a value is marked: the entry that is not taken, then the findings."""
    said = [remark_sentence(finding) for finding in model.remarks.get(address, ())]
    refused = model.refused.get(address)
    if refused is not None:
        said.insert(0, tr("● 未采纳：{why}").format(why=refused.why))
    return said
