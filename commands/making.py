"""Verbs that make a plan file: sample, new, load."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import resources
from commands.changing import apply_assignments
from commands.plan_data import parse, read_plan_data
from commands.plans import CommandError, check_target, new_file, write
from forms.address import Address
from forms.answers import Answers, answers_of
from forms.edits import seed_answers
from forms.encoding import decimal_text
from forms.kinds import Reference
from forms.loading import open_pack
from forms.places import slot_at
from forms.plan_json import plan_from_json
from forms.schema import Pack, Table
from forms.values import Value
from storage import PlanFile
from storage.media import picture_name

DEFAULT_PACK = "ndrc-2021-1004"
MOST_PROJECTS = 20_000
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_MORE = Decimal("0.01")  # of each benefit, from copy to copy
_SAMPLE_ID = "00000000-sample"


def sample(arguments: Namespace) -> int:
    """Write the sample plan, scaled to so many projects."""
    check_target(Path(arguments.out))
    path = write(arguments.out, sample_plan(arguments.projects))
    print(f"示例方案已写入 {path}")
    return 0


def new(arguments: Namespace) -> int:
    """Write a new plan with the rows its pack offers and the values given."""
    check_target(Path(arguments.out))
    pack = open_pack(arguments.pack)
    answers, pictures = apply_assignments(pack, seed_answers(pack), arguments.set)
    path = write(arguments.out, new_file(pack, answers, pictures))
    print(f"新方案已写入 {path}")
    return 0


def load(arguments: Namespace) -> int:
    """Write a plan file from JSON data."""
    source, target = Path(arguments.json), Path(arguments.out)
    check_target(target, source)
    path = write(arguments.out, read_plan_data(source))
    print(f"方案已写入 {path}")
    return 0


def sample_plan(projects: int | None = None, pack_id: str = DEFAULT_PACK) -> PlanFile:
    """The pack's sample plan; `projects` repeats or cuts its projects to that number."""
    pack = open_pack(pack_id)
    try:
        text = resources.read_text(f"packs/{pack_id}/sample.json")
    except FileNotFoundError as error:
        raise CommandError(f"政策包“{pack_id}”没有示例方案，请用 new 新建。") from error
    answers = plan_from_json(pack, parse(text))
    if projects is not None:
        answers = scaled(pack, answers, projects)
    folder = resources.path(f"packs/{pack_id}/pictures")
    contents = (path.read_bytes() for path in sorted(folder.glob("*")))
    file = new_file(pack, answers, {picture_name(content): content for content in contents})
    return replace(file, meta=replace(file.meta, plan_id=_SAMPLE_ID))


def scaled(pack: Pack, answers: Answers, count: int) -> Answers:
    """The plan with so many projects: copies of its own, each named by its round."""
    home = pack.roles.projects
    table = pack.index.items[home.section, home.item]
    originals = answers.order(home)
    if not isinstance(table, Table) or not originals:
        return answers
    rows = tuple(
        original if not round_ else f"{original}n{round_ + 1}"
        for round_, original in (
            (number // len(originals), originals[number % len(originals)])
            for number in range(count)
        )
    )
    orders = [(address, order) for address, order in answers.orders() if address != home]
    values = [*_others(pack, answers, set(rows)), *_copies(pack, answers, table, rows)]
    return answers_of(values, [*orders, (home, rows)] if rows else orders)


def _others(pack: Pack, answers: Answers, rows: set[str]) -> Iterator[tuple[Address, Value]]:
    """Everything outside the projects, without references to projects that are gone."""
    home = pack.roles.projects
    for address, value in answers.values():
        slot = slot_at(pack, address)
        points = slot is not None and slot.kind == Reference(str(home))
        if address.table != home and not (points and value not in rows):
            yield address, value


def _copies(
    pack: Pack, answers: Answers, table: Table, rows: tuple[str, ...]
) -> Iterator[tuple[Address, Value]]:
    home = pack.roles.projects
    originals = answers.order(home)
    for number, row in enumerate(rows):
        original, round_ = originals[number % len(originals)], number // len(originals)
        values = answers.row_values(home.at_row(original))
        told = _told_anew(pack, values, round_)
        for address, value in values.items():
            named = address.column == table.naming
            yield (
                home.at(row, address.column, address.year),
                _in_round(pack, address.column, value, round_, told, named=named),
            )


def _told_anew(pack: Pack, values: dict[Address, Value], round_: int) -> dict[str, str]:
    """The benefits of a project as its prose writes them, each with that of its copy."""
    benefits = pack.double_counting.benefits if pack.double_counting else ()
    amounts = (value for place, value in values.items() if place.column in benefits)
    return {
        decimal_text(amount): decimal_text(amount + _MORE * round_)
        for amount in amounts
        if isinstance(amount, Decimal) and round_
    }


def _in_round(
    pack: Pack, column: str, value: Value, round_: int, told: dict[str, str], *, named: bool
) -> Value:
    """A copy is named by its round, and its benefits are its own: a little more each time."""
    benefits = pack.double_counting.benefits if pack.double_counting else ()
    if round_ and named:
        return f"{value}（{round_ + 1}期）"
    if round_ and column in benefits and isinstance(value, Decimal):
        return value + _MORE * round_
    if told and isinstance(value, str):
        return _NUMBER.sub(lambda found: told.get(found[0], found[0]), value)
    return value
