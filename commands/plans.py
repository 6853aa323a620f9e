"""Plan files as the verbs see them: opened with their pack, changed, written back whole."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from forms.answers import Answers
from forms.loading import open_pack
from forms.schema import Pack
from forms.values import Picture
from forms.view import PlanView, evaluate
from resources import version
from storage import PlanFile, PlanMeta, open_plan, root_of, save_plan
from storage.lineage import lineage_of
from storage.meta import new_plan_id


class CommandError(Exception):
    """Bad input to a verb; the message is one Chinese sentence with the remedy."""


@dataclass(frozen=True, slots=True)
class OpenPlan:
    """A plan file read from disk, with the pack that describes it."""

    file: PlanFile
    pack: Pack

    @property
    def view(self) -> PlanView:
        """The evaluated plan."""
        return evaluate(self.pack, self.file.answers)

    def picture(self, sha256: str) -> bytes:
        """The bytes of a picture of the plan."""
        content = self.file.pictures.get(sha256)
        if content is None:
            raise CommandError(f"方案缺少图片 {sha256[:12]}，请重新插入。")
        return content


def read(path: str) -> OpenPlan:
    """Open and verify a plan file; a `StorageError` or `PackError` says what is wrong."""
    if Path(path).is_dir():
        raise CommandError(f"“{path}”是文件夹，请指定其中的方案文件。")
    file = open_plan(Path(path))
    return OpenPlan(file, open_pack(file.meta.pack_id))


def check_target(target: Path, *sources: Path) -> None:
    """Refuse a place that cannot be written, or that is one of the sources, before any work."""
    try:
        folder = target.absolute().parent
        if not folder.is_dir():
            raise CommandError(f"文件夹“{folder}”不存在，请先建立或换一个位置。")
        if target.is_dir() or not os.access(folder, os.W_OK):
            raise CommandError(f"不能写入“{target}”，请换一个位置或检查权限。")
        if any(
            target.exists() and source.exists() and target.samefile(source) for source in sources
        ):
            raise CommandError(f"“{target}”是输入文件，请换一个文件名。")
    except OSError as error:  # the name is too long for the system
        raise CommandError(
            f"不能写入“{target.name}”：{error.strerror}，请换一个文件名。"
        ) from error


def write(path: str, plan: PlanFile, over: PlanFile | None = None) -> Path:
    """Write a plan file whole and verified; the path written.

    `over` is the version that was read there: one that came in between is not replaced.
    """
    replaceable = None if over is None else (over.meta.root,)
    return save_plan(Path(path), plan, replaceable=replaceable)


def new_file(pack: Pack, answers: Answers, pictures: Mapping[str, bytes]) -> PlanFile:
    """A plan file at revision 1 with these answers."""
    now = datetime.now(UTC).replace(microsecond=0)
    view = evaluate(pack, answers)
    meta = PlanMeta(
        plan_id=new_plan_id(),
        pack_id=pack.id,
        pack_version=str(pack.version),
        title=view.text(pack.roles.plan_title),
        park=view.text(pack.roles.park_name),
        revision=1,
        root=str(root_of(answers)),
        parent_root="",
        created=now,
        changed=now,
        program=f"yuance {version()}",
    )
    return PlanFile(meta, answers, _used(answers, pictures))


def with_answers(plan: OpenPlan, answers: Answers, pictures: Mapping[str, bytes]) -> PlanFile:
    """The same plan one revision on, with other answers and perhaps more pictures."""
    view = evaluate(plan.pack, answers)
    old = plan.file.meta
    meta = replace(
        old,
        title=view.text(plan.pack.roles.plan_title),
        park=view.text(plan.pack.roles.park_name),
        revision=old.revision + 1,
        root=str(root_of(answers)),
        parent_root=old.root,
        changed=datetime.now(UTC).replace(microsecond=0),
        program=f"yuance {version()}",
    )
    line = lineage_of(old.root, plan.file.ancestors)
    return PlanFile(meta, answers, _used(answers, {**plan.file.pictures, **pictures}), line)


def _used(answers: Answers, pictures: Mapping[str, bytes]) -> dict[str, bytes]:
    """The pictures some value of the plan refers to; prose names its pictures in its text."""
    values = [value for _, value in answers.values()]
    shown = [value for value in values if isinstance(value, Picture)]
    for picture in shown:
        if picture.sha256 not in pictures:
            raise CommandError(f"缺少图片“{picture.name}”的内容，请一并提供。")
    named = {picture.sha256 for picture in shown}
    prose = [value for value in values if isinstance(value, str)]
    return {
        sha256: content
        for sha256, content in pictures.items()
        if sha256 in named or any(sha256 in text for text in prose)
    }
