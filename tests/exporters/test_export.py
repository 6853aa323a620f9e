"""What an export leaves behind in the program that asked for it."""

from __future__ import annotations

import gc

import pytest

from commands.making import DEFAULT_PACK
from exporters.export import Format, Source, export_plan
from forms.edits import seed_answers
from forms.loading import open_pack
from forms.view import evaluate


class Cancelled(Exception):
    pass


def test_that_memory_is_tidied_again_after_an_export_that_was_cancelled() -> None:
    pack = open_pack(DEFAULT_PACK)
    source = Source(evaluate(pack, seed_answers(pack)), {}.__getitem__)
    tidied: list[bool] = []

    def cancel(what: str, done: int, total: int) -> None:
        tidied.append(gc.isenabled())
        raise Cancelled

    with pytest.raises(Cancelled):
        export_plan(source, (Format.PDF,), cancel)
    assert tidied == [False]
    assert gc.isenabled()
