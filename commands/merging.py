"""The verb that puts two versions of one plan file together: merge."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from commands.plans import CommandError, OpenPlan, check_target, read, with_answers, write
from forms.answers import Answers
from forms.comparing import differences
from forms.merging import Conflict, Merged, Pick, choices_for, keeping_both, merge
from forms.merging.wording import Wording
from forms.view import evaluate
from storage import PlanFile, PlanFileError, open_plan
from storage.lineage import lineage_of, stand, woven

TAKES = ("mine", "theirs", "both")
_LONGEST = 160


def merge_files(arguments: Namespace) -> int:
    """Merge two plan files; 1, with nothing written, while conflicts are not chosen."""
    names = [arguments.mine, arguments.theirs, *([arguments.base] if arguments.base else [])]
    target, take = Path(arguments.out), _take(arguments.take)
    check_target(target, *map(Path, names))
    mine, theirs, *bases = [read(name) for name in names]
    for other, name in zip((theirs, *bases), names[1:], strict=True):
        _check_same_plan(mine, other, name)
    known = [each.file for each in (mine, theirs, *bases)]
    _check_replaceable(target, known)
    base = bases[0].file.answers if bases else _base(mine.file, theirs.file)
    merged = merge(mine.pack, base, mine.file.answers, theirs.file.answers)
    picks = _picks(merged, take)
    print("\n".join(_report(mine, merged, picks)))
    if len(picks) < len(merged.conflicts):
        left = len(merged.conflicts) - len(picks)
        print(f"还有 {left} 处冲突没有选定，未写入。{_remedy(take)}")
        return 1
    plan = with_answers(mine, merged.chosen(picks), theirs.file.pictures)
    lines = ((each.meta.root, *each.ancestors) for each in (mine.file, theirs.file))
    path = write(arguments.out, replace(plan, lineage=lineage_of(woven(*lines))))
    print(f"已合并：{path}")
    return 0


def _take(given: str | None) -> str:
    if given is not None and given not in TAKES:
        raise CommandError(f"--take 应为 {'、'.join(TAKES)} 之一，不能是“{given}”。")
    return given or ""


def _check_same_plan(mine: OpenPlan, other: OpenPlan, name: str) -> None:
    ours, others = mine.file.meta, other.file.meta
    if (ours.plan_id, ours.pack_id) != (others.plan_id, others.pack_id):
        raise CommandError(
            f"“{name}”是另一个方案（{others.title or '未命名'}），只能合并同一方案的两个版本。"
        )


def _check_replaceable(target: Path, known: list[PlanFile]) -> None:
    """Refuse to replace a plan file that neither of the versions comes from."""
    if not target.exists():
        return
    with suppress(PlanFileError):
        old = open_plan(target).meta
        roots = {root for file in known for root in (file.meta.root, *file.ancestors)}
        if old.plan_id != known[0].meta.plan_id or old.root not in roots:
            raise CommandError(f"“{target}”已有另一个版本或另一个方案，请换一个文件名。")


def _base(mine: PlanFile, theirs: PlanFile) -> Answers | None:
    """The common version, where one of the two is it; else it has to be given."""
    known = (mine.meta.root, *mine.ancestors)
    match stand(mine.meta.root, known, theirs.meta.root, theirs.ancestors):
        case "same" | "draft newer":
            return theirs.answers
        case "file newer":
            return mine.answers
        case "both changed" | "unknown":
            return None


def _picks(merged: Merged, take: str) -> dict[int, Pick]:
    picks: dict[int, Pick] = {}
    for number, conflict in enumerate(merged.conflicts):
        pick = _pick(conflict, take)
        if pick is not None:
            picks[number] = pick
    return picks


def _pick(conflict: Conflict, take: str) -> Pick | None:
    if take == "both":
        return keeping_both(conflict)
    return next((choice for choice in choices_for(conflict) if choice == take), None)


def _report(mine: OpenPlan, merged: Merged, picks: dict[int, Pick]) -> Iterator[str]:
    taken = merged.taken()
    yield f"取自对方的修改 {len(taken.changes)} 处，冲突 {len(merged.conflicts)} 处。"
    wording = Wording(mine.pack, merged)
    after = evaluate(mine.pack, merged.answers)
    for each in differences(wording.mine, after, taken):
        said = _short(each.said(each.after)) or "（清空或删除）"
        yield f"取用\t{each.address}\t{each.section} › {each.place}\t{said}"
    words = {"mine": "用我的", "theirs": "用对方的", "both": "两者都留", None: "未选定"}
    for number, conflict in enumerate(merged.conflicts):
        told = wording.versions(conflict)
        place = f"{wording.section(conflict)} › {wording.place(conflict)}"
        yield f"冲突\t{conflict.address}\t{place}\t{words[picks.get(number)]}"
        for name, text in (("共同", told.base), ("我的", told.mine), ("对方", told.theirs)):
            yield f"\t{name}\t{_short(text)}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def _remedy(take: str) -> str:
    if take == "both":
        return "同一个值不能两者都留，请改用 --take mine 或 --take theirs，或在窗口中逐处选定。"
    return "请用 --take mine、theirs 或 both 选定，或在窗口中逐处选定。"
