"""Two people and one plan: files go back and forth, and the common version is always found."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from forms.address import Address
from forms.changes import ChangeSet, ValueChange, difference
from forms.merging import merge
from storage.errors import OtherVersion
from storage.exchange import (
    StillOpen,
    ancestor,
    keep_open,
    known_roots,
    lineage,
    note_merged,
    put_aside,
    relation,
    send_out,
    still_open,
)
from storage.files import Files
from storage.library import Imported, Library, NewPlan
from storage.lineage import MOST_ROOTS, lineage_of
from storage.origin import FOLDER_NAME, KEPT_VERSIONS, keep_version, read_origin, read_version
from storage.plan_file import open_plan, pack_plan, read_plan, save_plan
from tests.storage.plans import NOON, PNG, same, small_plan

NAME, TEXT = Address("park", "name"), Address("park", "text")


class Person:
    """Somebody with a library, one plan and a stick."""

    def __init__(self, name, folder):
        self.name, self.library, self.stick = name, Library(folder / name), folder
        self.folder = folder
        self.has_plan = False
        self.sent = 0

    def open(self):
        return self.library.open(self.folder, person=self.name)

    def begin(self):
        new = NewPlan("national-2021", "1", "方案", answers=small_plan())
        self.folder = self.library.create_plan(new, person=self.name, at=NOON)
        self.has_plan = True
        with self.open() as draft:
            draft.add_picture(PNG, at=NOON)
        return self

    def edit(self, address, value):
        with self.open() as draft:
            change = ValueChange(address, draft.load().answers.get(address), value)
            draft.commit(ChangeSet("输入", (change,)), who=self.name, source="typed", at=NOON)

    def send(self):
        self.sent += 1
        with self.open() as draft:
            return send_out(draft, self.stick / f"{self.name}{self.sent}.yuance")

    def get(self, path):
        """What the window does with a file: new, update, or merge with mine where both changed."""
        file = open_plan(path)
        if not self.has_plan:
            found = self.library.import_plan_file(path, person=self.name)
            assert isinstance(found, Imported)
            self.folder, self.has_plan = found.folder, True
            return "new", ()
        with self.open() as draft:
            how = relation(draft, file)
            if how in ("same", "draft newer"):
                return how, ()
            mine = draft.load().answers
            merged = merge(None, ancestor(draft, file), mine, file.answers)
            changes = difference(mine, merged.answers, "合并")
            draft.commit(changes, who=self.name, source="merge", at=NOON)
            assert note_merged(draft, file, draft.meta.root)
            return how, merged.conflicts

    @property
    def answers(self):
        with self.open() as draft:
            return draft.load().answers


@pytest.fixture
def two(tmp_path):
    return Person("甲", tmp_path).begin(), Person("乙", tmp_path)


def test_that_a_file_that_comes_back_changed_is_newer(two):
    one, other = two
    other.get(one.send())
    other.edit(NAME, "改名")

    assert one.get(other.send())[0] == "file newer"
    assert one.answers.get(NAME) == "改名"


def test_that_changes_on_both_sides_meet_at_the_version_that_was_sent(two):
    one, other = two
    other.get(one.send())
    other.edit(NAME, "改名")
    one.edit(TEXT, "正文")

    assert one.get(other.send()) == ("both changed", ())
    assert (one.answers.get(NAME), one.answers.get(TEXT)) == ("改名", "正文")


def test_that_a_colleague_may_send_twice(two):
    """The second file names the first as its parent, which never was in this library."""
    one, other = two
    other.get(one.send())
    other.edit(NAME, "第一次")
    other.send()
    other.edit(NAME, "第二次")
    one.edit(TEXT, "正文")

    assert one.get(other.send()) == ("both changed", ())
    assert one.answers.get(NAME) == "第二次"


def test_that_what_was_merged_once_is_not_asked_again(two):
    """Mine was kept against theirs; their next file has the same value there, and a new one."""
    one, other = two
    other.get(one.send())
    other.edit(NAME, "他们的")
    one.edit(NAME, "我的")
    first = other.send()
    assert [each.address for each in one.get(first)[1]] == [NAME]
    assert one.get(first)[0] == "draft newer"

    other.edit(TEXT, "补充")
    assert one.get(other.send()) == ("both changed", ())
    assert (one.answers.get(NAME), one.answers.get(TEXT)) == ("我的", "补充")


def test_that_the_merged_plan_is_newer_for_both(two):
    one, other = two
    other.get(one.send())
    other.edit(NAME, "改名")
    one.edit(TEXT, "正文")
    one.get(other.send())

    assert other.get(one.send())[0] == "file newer"
    assert same(one.answers) == same(other.answers)


def test_that_two_people_who_merge_crosswise_end_with_one_plan(two):
    one, other = two
    other.get(one.send())
    one.edit(TEXT, "正文")
    other.edit(NAME, "改名")
    from_one, from_other = one.send(), other.send()
    one.get(from_other)
    other.get(from_one)

    assert same(one.answers) == same(other.answers)
    assert one.get(other.send())[0] in ("same", "both changed", "file newer")
    assert same(one.answers) == same(other.answers)


def test_that_nothing_is_lost_while_files_go_back_and_forth(two):
    """Each writes only fields of their own; in the end both have all that anybody wrote."""
    one, other = two
    other.get(one.send())
    dice, expected = random.Random(5), {}
    for turn in range(10):
        writer, reader = (one, other) if dice.random() < 0.5 else (other, one)
        for _ in range(dice.randint(0, 2)):
            place = Address("park", f"{'a' if writer is one else 'b'}{dice.randrange(4)}")
            expected[place] = f"{writer.name}{turn}{dice.randrange(99)}"
            writer.edit(place, expected[place])
        path = writer.send()
        if dice.random() < 0.7:
            assert reader.get(path)[1] == ()
    one.get(other.send())
    other.get(one.send())

    for person in two:
        assert {place: person.answers.get(place) for place in expected} == expected


def test_that_the_common_version_is_found_without_its_copy(two):
    """From the change log, when the copies beside the draft are gone."""
    one, other = two
    other.get(one.send())
    one.edit(TEXT, "正文")
    for copy in (one.folder / FOLDER_NAME).glob("*.rows"):
        copy.write_bytes(b"damaged")
    other.edit(NAME, "改名")

    with one.open() as draft:
        found = ancestor(draft, open_plan(other.send()))
    assert found is not None
    assert same(found) == same(small_plan())


def test_that_a_file_without_a_common_version_has_none(two):
    one, _ = two
    with one.open() as draft:
        file = draft.to_plan_file()
        stranger = read_plan(pack_plan(file))
        assert ancestor(draft, stranger) is None


# -- What is kept beside the draft ---------------------------------------------------------------


def test_that_a_kept_version_that_does_not_prove_is_as_good_as_absent(two):
    one, _ = two
    root = keep_version(one.folder, small_plan())
    path = one.folder / FOLDER_NAME / f"{root}.rows"
    found = read_version(one.folder, root)
    assert found is not None
    assert same(found) == same(small_plan())
    whole = path.read_bytes()
    for damaged in (b"", whole[: len(whole) // 2], whole[:20] + b"x" + whole[21:]):
        path.write_bytes(damaged)
        assert read_version(one.folder, root) is None


def test_that_lineage_and_kept_versions_stay_bounded(two):
    one, _ = two
    with one.open() as draft:
        for number in range(KEPT_VERSIONS + 3):
            change = ValueChange(NAME, draft.load().answers.get(NAME), f"第{number}稿")
            draft.commit(ChangeSet("改", (change,)), who="甲", source="typed", at=NOON)
            send_out(draft, one.stick / "同一个.yuance")
        assert len(lineage(draft)) == KEPT_VERSIONS + 3
        assert lineage(draft)[0] == draft.meta.root
    assert len(list((one.folder / FOLDER_NAME).glob("*.rows"))) == KEPT_VERSIONS
    assert len(open_plan(one.stick / "同一个.yuance").lineage) == KEPT_VERSIONS + 2
    roots = [f"1-{number:064x}" for number in range(90)]
    assert lineage_of(roots[0], roots) == tuple(roots[:MOST_ROOTS])


def test_that_open_conflicts_outlive_the_session_and_other_exchanges(two):
    one, other = two
    other.get(one.send())
    theirs = small_plan().with_value(NAME, "他们的")
    with one.open() as draft:
        keep_open(draft, StillOpen(small_plan(), theirs, "“乙.yuance”"))
    one.edit(TEXT, "正文")
    one.send()

    with one.open() as draft:
        left = still_open(draft)
        assert left is not None
        assert (left.theirs.get(NAME), left.file) == ("他们的", "“乙.yuance”")
        keep_open(draft, None)
        assert still_open(draft) is None
    assert read_origin(one.folder).lineage


def test_that_a_merge_that_is_not_on_the_disk_is_not_noted(two):
    one, other = two
    other.get(one.send())
    other.edit(NAME, "改名")
    file = open_plan(other.send())

    with one.open() as draft:
        assert not note_merged(draft, file, "9-" + "9" * 64)
        assert file.meta.root not in known_roots(draft)


# -- Before a file is replaced -------------------------------------------------------------------


def test_that_a_version_the_draft_does_not_come_from_is_not_replaced(two):
    one, other = two
    path = one.send()
    other.get(path)
    other.edit(NAME, "改名")
    with other.open() as draft:
        send_out(draft, path)  # comes from what stands there
    theirs = path.read_bytes()
    one.edit(TEXT, "正文")

    with one.open() as draft:
        with pytest.raises(OtherVersion, match="另一个版本") as caught:
            send_out(draft, path)
        assert caught.value.is_same_plan
    assert path.read_bytes() == theirs
    one.get(path)
    with one.open() as draft:
        assert send_out(draft, path) == path, "after the merge it comes from it"


def test_that_a_version_that_comes_in_at_the_last_moment_is_noticed(two):
    one, other = two
    path = one.send()
    other.get(path)
    other.edit(NAME, "改名")
    content = other.send().read_bytes()

    class Interrupted(Files):
        """The other version arrives while ours is being written."""

        def sync(self, handle):
            path.write_bytes(content)
            super().sync(handle)

    one.edit(TEXT, "正文")
    with one.open() as draft:
        plan, known = draft.to_plan_file(), known_roots(draft)
    with pytest.raises(OtherVersion):
        save_plan(path, plan, Interrupted(), known)
    assert path.read_bytes() == content


def test_that_another_plan_is_not_replaced_and_no_plan_is_as_any_file(two, tmp_path):
    one, _ = two
    stranger = Person("丙", tmp_path).begin().send()
    with one.open() as draft:
        with pytest.raises(OtherVersion, match="另一个方案"):
            send_out(draft, stranger)
        (tmp_path / "文本.yuance").write_text("不是方案", encoding="utf-8")
        assert send_out(draft, tmp_path / "文本.yuance") == tmp_path / "文本.yuance"


def test_that_a_file_put_aside_keeps_its_content_under_another_name(two):
    one, _ = two
    path = one.send()
    content = path.read_bytes()

    names = [put_aside(path, NOON).name, put_aside(path, NOON).name]

    assert names == ["甲1(旧 2026-03-01).yuance", "甲1(旧 2026-03-01 2).yuance"]
    assert {(one.stick / name).read_bytes() for name in names} == {content}
    assert put_aside(path, NOON + timedelta(days=1)).name == "甲1(旧 2026-03-02).yuance"


def test_that_pictures_of_a_file_come_along(two):
    one, other = two
    other.get(one.send())
    with other.open() as draft:
        assert draft.picture(next(iter(draft.to_plan_file().pictures))) == PNG
