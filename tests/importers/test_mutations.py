"""Good files with a few bytes changed: always data or a sentence, never anything else (S2)."""

from __future__ import annotations

import io
import random
import time
import zipfile

import pytest
from docx import Document
from PIL import Image

from importers.errors import Refused
from importers.guard.deadline import Deadline
from importers.guard.markup import check_markup
from importers.guard.package import check_other_parts, open_package
from importers.guard.pictures import clean_picture
from importers.guard.sorts import check_sort
from importers.reading.word import read_words
from importers.reading.workbook import read_workbook
from storage.errors import StorageError
from storage.plan_file import read_plan
from tests.importers.enterprise_books import books
from tests.importers.hostile_plans import good as good_plan
from tests.importers.packages import packed
from tests.reliability.counts import record

WISHED = 10_000
SECONDS = 110
SLOWEST = 5


def take(sort: str, content: bytes) -> bool:
    """Read as the worker does; whether it was taken. Anything but a refusal comes through."""
    try:
        if sort == "picture":
            clean_picture(content)
        elif sort == "plan":
            read_plan(content)
        else:
            check_sort(content, f"x.{sort}", sort)
            package = open_package(content, sort, Deadline(3_800))
            tally = check_markup(package)
            check_other_parts(package)
            (read_workbook if sort == "xlsx" else read_words)(package, tally.outside)
    except (Refused, StorageError, MemoryError):
        return False
    return True


def originals() -> list[tuple[str, bytes]]:
    document = Document()
    document.add_heading("概况", 1)
    document.add_paragraph("园区。", "List Bullet")
    document.add_table(3, 3)
    out = io.BytesIO()
    document.save(out)
    pictures = []
    for kind in ("PNG", "JPEG", "GIF", "BMP", "TIFF"):
        made = io.BytesIO()
        Image.effect_noise((24, 24), 50).save(made, kind)
        pictures.append(("picture", made.getvalue()))
    workbooks = [("xlsx", book.content) for book, _ in zip(books(), range(4), strict=False)]
    return [*workbooks, ("docx", out.getvalue()), *pictures, ("plan", good_plan())]


def mutated(content: bytes, sort: str, chance: random.Random) -> bytes:
    """A few bytes of the file changed, or, in every other package, of the XML inside."""
    if sort in ("xlsx", "docx") and chance.random() < 0.5:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts: dict[str, str | bytes] = {
                name: archive.read(name) for name in archive.namelist()
            }
        name = chance.choice(list(parts))
        part = parts[name]
        assert isinstance(part, bytes)
        parts[name] = _bitten(part, chance)
        return packed(parts)
    return _bitten(content, chance)


def _bitten(content: bytes, chance: random.Random) -> bytes:
    bitten = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 8))):
        if not bitten:
            break
        at = chance.randrange(len(bitten))
        match chance.randrange(5):
            case 0:
                bitten[at] ^= 1 << chance.randrange(8)
            case 1:
                bitten[at] = chance.choice(b"\x00\xff<>&\"'/0 9")
            case 2:
                del bitten[at : at + chance.randrange(1, 40)]
            case 3:
                bitten[at:at] = bitten[at : at + chance.randrange(1, 40)]
            case _:
                bitten[at:at] = chance.choice(
                    (b"9" * 30, b"<a>", b"</c>", b"-", b"&#0;", b"\xed\xa0\x80")
                )
    return bytes(bitten)


def run(count: int, seconds: int) -> tuple[int, int, float]:
    """Mutate and read: how many, how many were taken, and the slowest in seconds."""
    chance, files = random.Random(2026), originals()
    until, slowest, done, taken = time.monotonic() + seconds, 0.0, 0, 0
    while done < count and time.monotonic() < until:
        sort, content = files[done % len(files)]
        before = time.monotonic()
        taken += take(sort, mutated(content, sort, chance))
        slowest = max(slowest, time.monotonic() - before)
        done += 1
    return done, taken, slowest


def test_that_a_few_hundred_mutations_give_data_or_a_sentence():
    done, taken, slowest = run(300, 20)

    assert done >= 50
    assert 0 < taken < done
    assert slowest < SLOWEST


@pytest.mark.long
def test_that_ten_thousand_mutations_give_data_or_a_sentence():
    done, taken, slowest = run(WISHED, SECONDS)

    assert slowest < SLOWEST
    record(
        "S2", f"{done:,} mutations: {taken:,} taken, the others refused; slowest {slowest:.1f} s"
    )
