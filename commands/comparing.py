"""Verbs that compare: what differs between two plan files, and what happened to a plan."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import assert_never

from commands.plans import CommandError, read
from commands.reporting import print_json
from forms.answers import Answers
from forms.changes import apply_changes
from forms.comparing import Difference, Sort, compare, differences
from forms.loading import open_pack
from forms.plan_json import Json
from forms.schema import Pack
from forms.view import evaluate
from forms.word_difference import Fate, Piece
from storage import Draft, HistoryEntry, Library
from storage.database import DRAFT_NAME
from storage.errors import DraftMissing
from storage.history import whole_history

_AROUND = 12  # characters of what stayed, on both sides of a change
SOURCE_WORDS = {
    "new": "新建",
    "typed": "录入",
    "more": "录入",
    "undo": "撤销",
    "redo": "重做",
    "import": "导入",
    "merge": "合并",
    "restore": "恢复",
    "command": "命令",
}


def diff(arguments: Namespace) -> int:
    """Print what differs between two plan files; 1 when anything does."""
    one, other = read(arguments.one), read(arguments.other)
    if one.pack.id != other.pack.id:
        raise CommandError(
            f"两个方案所用的政策包不同（{one.pack.id}、{other.pack.id}），不能逐项比较，"
            "请选择同一政策包的方案。"
        )
    found = compare(one.view, other.view)
    if arguments.json:
        print_json([_json(each) for each in found])
    else:
        print(f"不同之处 {len(found)} 项。" if found else "两个方案的内容相同。")
        for line in _lines(found):
            print(line)
    return 1 if found else 0


def show_history(arguments: Namespace) -> int:
    """Print the actions of a draft, the newest first, each with what it changed."""
    since = _since(arguments.since)
    with Draft.open(_draft_folder(Path(arguments.plan))) as draft:
        pack = open_pack(draft.meta.pack_id)
        section = _section(pack, arguments.section)
        told = (
            each
            for each in _told(pack, draft.load().answers, whole_history(draft))
            if (not arguments.who or each.entry.action.who == arguments.who)
            and (since is None or each.entry.action.at >= since)
            and (not section or any(d.address.section == section for d in each.found))
        )
        if arguments.json:
            print_json([_entry_json(each) for each in told])
        else:
            _print_entries(told)
    return 0


def _print_entries(told: Iterable[_Told]) -> None:
    count = 0
    for each in told:
        count += 1
        print(_heading(each.entry))
        for line in _lines(each.found):
            print(f"\t{line}")
    print(f"修改记录共 {count} 条，新的在前。")


@dataclass(frozen=True, slots=True)
class _Told:
    entry: HistoryEntry
    found: tuple[Difference, ...]


def _told(pack: Pack, answers: Answers, entries: Iterable[HistoryEntry]) -> Iterator[_Told]:
    after = evaluate(pack, answers)
    for entry in entries:
        before = evaluate(pack, apply_changes(after.answers, entry.changes.inverted()), after)
        yield _Told(entry, differences(before, after, entry.changes))
        after = before


def _draft_folder(path: Path) -> Path:
    if path.is_dir():
        if not (path / DRAFT_NAME).is_file():
            raise DraftMissing(path)
        return path
    plan = read(str(path)).file
    folder = Library().root / plan.meta.plan_id
    if not (folder / DRAFT_NAME).is_file():
        title = plan.meta.title or "未命名方案"
        raise CommandError(
            f"方案文件不带修改记录，本机也没有“{title}”的草稿；请在编制它的电脑上运行，"
            "或指定草稿文件夹。"
        )
    return folder


def _section(pack: Pack, wanted: str | None) -> str:
    if not wanted:
        return ""
    for section in pack.sections():
        if wanted in (section.key, section.title):
            return section.key
    raise CommandError(f"方案中没有“{wanted}”一节，可写节的键或标题，用 addresses 列出全部地址。")


def _since(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).astimezone()
    except ValueError as error:
        raise CommandError(f"“{text}”不是日期，请写成 2026-03-01 的样子。") from error


def _heading(entry: HistoryEntry) -> str:
    action = entry.action
    when = f"{action.at.astimezone():%Y-%m-%d %H:%M:%S}"
    damaged = f"（{entry.damaged} 处记录已损坏）" if entry.damaged else ""
    source = SOURCE_WORDS.get(action.source, action.source)
    return "\t".join((str(action.revision), when, action.who, source, f"{action.label}{damaged}"))


def _lines(found: tuple[Difference, ...]) -> Iterator[str]:
    for each in found:
        yield "\t".join((each.section, each.place, _change_words(each), str(each.address)))


def _change_words(each: Difference) -> str:
    match each.sort:
        case Sort.ROW_ADDED:
            words = f"新增：{each.after}"
        case Sort.ROW_REMOVED:
            words = f"删除：{each.before}"
        case Sort.ROW_MOVED:
            words = f"移动：{each.before} → {each.after}"
        case Sort.VALUE if each.is_text and each.before and each.after:
            words = "".join(_marked(each.pieces))
        case Sort.VALUE:
            words = " → ".join(each.said(side) or "（空）" for side in (each.before, each.after))
        case _:
            assert_never(each.sort)
    return words.replace("\n", "⏎").replace("\t", " ")


def _marked(pieces: tuple[Piece, ...]) -> Iterator[str]:
    for number, piece in enumerate(pieces):
        match piece.fate:
            case Fate.REMOVED:
                yield f"[-{piece.text}-]"
            case Fate.ADDED:
                yield f"{{+{piece.text}+}}"
            case Fate.SAME:
                yield _shortened(piece.text, number == 0, number == len(pieces) - 1)
            case _:
                assert_never(piece.fate)


def _shortened(text: str, is_first: bool, is_last: bool) -> str:
    if len(text) <= 2 * _AROUND + 1:
        return text
    head = "" if is_first else text[:_AROUND]
    return f"{head}…{'' if is_last else text[-_AROUND:]}"


def _json(each: Difference) -> dict[str, Json]:
    pieces: list[Json] = [{"fate": p.fate.value, "text": p.text} for p in each.pieces]
    return {
        "address": str(each.address),
        "sort": each.sort.value,
        "section": each.section,
        "place": each.place,
        "before": each.before,
        "after": each.after,
        "unit": each.unit,
        "pieces": pieces,
    }


def _entry_json(each: _Told) -> dict[str, Json]:
    action = each.entry.action
    changes: list[Json] = [_json(found) for found in each.found]
    return {
        "revision": action.revision,
        "at": action.at.isoformat(),
        "who": action.who,
        "source": action.source,
        "label": action.label,
        "root": action.root,
        "damaged": each.entry.damaged,
        "changes": changes,
    }
