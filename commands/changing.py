"""The verb that changes a plan file: set, one or many values in one revision."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from commands.plans import CommandError, read, with_answers, write
from forms.address import Address, parse_address
from forms.answers import Answers
from forms.changes import difference
from forms.edits import AddRow, Edit, RemoveRow, SetValue, apply_edit, set_from_text
from forms.kinds import Image
from forms.places import locate
from forms.schema import Pack
from importers.errors import ReceivedError
from importers.reader import take_picture

_ADD, _REMOVE = "+", "-"
_MOST_PICTURE_BYTES = 60 << 20


def set_values(arguments: Namespace) -> int:
    """Set values, add rows (ADDRESS=+) and remove rows (ADDRESS=-) in a plan file."""
    plan = read(arguments.file)
    before = plan.file.answers
    answers, pictures = apply_assignments(plan.pack, before, arguments.assignments)
    if not difference(before, answers, ""):
        print("内容没有变化，未写入。")
        return 0
    path = write(arguments.file, with_answers(plan, answers, pictures), plan.file)
    print(f"已写入 {len(arguments.assignments)} 项：{path}")
    return 0


def apply_assignments(
    pack: Pack, answers: Answers, assignments: list[str]
) -> tuple[Answers, dict[str, bytes]]:
    """The answers after ADDRESS=VALUE assignments, and the pictures they bring in."""
    pictures: dict[str, bytes] = {}
    for assignment in assignments:
        name, mark, text = assignment.partition("=")
        if not mark:
            raise CommandError(f"“{assignment}”应写作 地址=值。")
        edit = _edit(pack, answers, parse_address(name), text, pictures)
        answers = apply_edit(pack, answers, edit).answers
    return answers, pictures


def _edit(
    pack: Pack, answers: Answers, address: Address, text: str, pictures: dict[str, bytes]
) -> Edit:
    if address.row and not address.column and text == _ADD:
        return AddRow(address.table, address.row)
    if address.row and not address.column and text == _REMOVE:
        return RemoveRow(address)
    if isinstance(locate(pack, address).kind, Image) and text:
        return _picture(address, Path(text), pictures)
    return set_from_text(pack, address, text, answers)


def _picture(address: Address, path: Path, pictures: dict[str, bytes]) -> Edit:
    try:
        if path.stat().st_size > _MOST_PICTURE_BYTES:
            raise CommandError(f"图片“{path.name}”超过 60 MB，请缩小后重试。")
        content = path.read_bytes()
    except OSError as error:
        raise CommandError(f"读不到图片“{path}”，请核对文件名和权限。") from error
    try:
        picture, kept = take_picture(content, path.name)
    except ReceivedError as error:
        raise CommandError(str(error)) from error
    pictures[picture.sha256] = kept
    return SetValue(address, picture)
