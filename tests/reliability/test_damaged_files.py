"""A damaged document file is refused whole: what is accepted says exactly what was written."""

from __future__ import annotations

import io
import json
import random
import zipfile

import pytest

from storage.archive import pack_archive, read_archive
from storage.errors import StorageError
from storage.plan_file import PlanFile, pack_plan, read_plan
from tests.reliability.counts import record
from tests.reliability.damage import damaged_files
from tests.reliability.kill_jobs import PLACES, plan_of
from tests.storage.plans import same

KINDS = ("bit", "sector", "truncated", "appended", "swapped", "doubled")
FEW, MANY = 40, 400
GOOD = pack_plan(plan_of(7, "the-one-plan", PLACES))
PLAN = read_plan(GOOD)


def equal(found: PlanFile) -> bool:
    return (
        found.meta == PLAN.meta
        and same(found.answers) == same(PLAN.answers)
        and dict(found.pictures) == dict(PLAN.pictures)
    )


def verdicts(contents, reader=read_plan) -> tuple[int, int, int]:
    """How many there were, how many of them were accepted, and how many of these are wrong."""
    tried = accepted = wrong = 0
    for content in contents:
        tried += 1
        try:
            found = reader(content)
        except StorageError:
            continue
        accepted += 1
        wrong += not equal(found)
    return tried, accepted, wrong


@pytest.mark.parametrize("kind", KINDS)
def test_that_no_damaged_file_is_accepted_with_other_content(kind):
    tried, _, wrong = verdicts(damaged_files(kind, GOOD, FEW))

    assert (tried, wrong) == (FEW, 0)


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_that_of_2400_damaged_files_none_is_accepted_with_other_content(kind):
    tried, accepted, wrong = verdicts(damaged_files(kind, GOOD, MANY))

    record("R11", f"{tried} files, {accepted} accepted with equal content, {wrong} wrong", kind)
    assert (tried, wrong) == (MANY, 0)


def altered_manifests(step: int):
    """The manifest with one byte altered at a time, in an archive that is in order again."""
    parts = read_archive(GOOD)
    manifest = parts["manifest.json"]
    chance = random.Random("manifest")
    for at in range(0, len(manifest), step):
        altered = bytearray(manifest)
        altered[at] ^= 1 << chance.randrange(8)
        yield pack_archive({**parts, "manifest.json": bytes(altered)})


def test_that_no_altered_manifest_is_accepted_with_other_content():
    tried, _, wrong = verdicts(altered_manifests(7))

    assert wrong == 0
    assert tried > 50


@pytest.mark.long
def test_that_no_byte_of_the_manifest_can_be_altered():
    tried, accepted, wrong = verdicts(altered_manifests(1))

    record(
        "R11", f"{tried} bytes, {accepted} accepted with equal content, {wrong} wrong", "manifest"
    )
    assert wrong == 0


def test_that_a_reader_without_hashes_would_be_found_out():
    """Known bad: unpacks the archive and believes what it says."""

    def credulous(content: bytes) -> PlanFile:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            plan = json.loads(archive.read("plan.json"))
        return plan_of(int(plan["values"]["loop/one"]["integer"]), "the-one-plan", PLACES)

    parts = read_archive(GOOD)
    forged = pack_archive({**parts, "plan.json": parts["plan.json"].replace(b'"7"', b'"8"')})

    assert verdicts([forged]) == (1, 0, 0)
    assert verdicts([forged], credulous) == (1, 1, 1)
