"""A whole volume: contents, bookmarks, page map, pictures, and the same bytes every time."""

from __future__ import annotations

import io
import subprocess
import sys

import pypdf
import pytest
from PIL import Image

from exporters.document import (
    Caption,
    Contents,
    Document,
    Figure,
    Heading,
    PageMap,
    Part,
    PartRole,
)
from exporters.pdf import FontChoice, PdfFile, render
from tests.exporters import volume
from tests.exporters.pdf.reading import (
    pages_by_pdfium,
    pages_by_pypdf,
    paragraph,
    rendered,
    squashed,
)
from tests.exporters.pdf.test_lines import texts

NUMBERS = "一二三四五六七八九十"


def long_plan() -> Document:
    blocks: list[Heading | object] = []
    for chapter in range(8):
        blocks.append(Heading(1, f"{NUMBERS[chapter]}、", f"第{chapter}章标题", f"c{chapter}"))
        for section in range(3):
            anchor = f"c{chapter}s{section}"
            blocks.append(Heading(2, f"（{NUMBERS[section]}）", f"小节{chapter}{section}", anchor))
            blocks += [paragraph(text) for text in texts(4)]
            blocks.append(Heading(4, "（1）", f"细目{chapter}{section}", f"{anchor}x"))
    return Document(
        "长方案",
        (
            Part(PartRole.FRONT, (Contents(depth=2),)),
            Part(PartRole.BODY, tuple(blocks)),  # type: ignore[arg-type]
        ),
    )


@pytest.fixture(scope="module")
def plan() -> PdfFile:
    return render(long_plan(), fonts=FontChoice.bundled())


def test_each_heading_stands_on_the_page_the_map_says(plan: PdfFile) -> None:
    labels = pypdf.PdfReader(io.BytesIO(plan.content)).page_labels
    pages = dict(zip(labels, pages_by_pdfium(plan), strict=True))
    for heading in long_plan().headings():
        assert heading.text in pages[plan.pages.page_of(heading.anchor)]


def test_the_contents_name_the_page_of_each_heading_down_to_their_depth(plan: PdfFile) -> None:
    pages = pages_by_pdfium(plan)
    first_of_body = next(at for at, page in enumerate(pages) if page.endswith("— 1 —"))
    lines = [line for page in pages[:first_of_body] for line in page.split("\n")]
    entries = [squashed(line).replace("……", "") for line in lines if not line.startswith("—")]
    assert entries == [
        "目录",
        *(
            f"{heading.number}{heading.text}{plan.pages.page_of(heading.anchor)}"
            for heading in long_plan().headings()
            if heading.level <= 2
        ),
    ]


def test_contents_lead_to_their_headings(plan: PdfFile) -> None:
    reader = pypdf.PdfReader(io.BytesIO(plan.content))
    links = [link.get_object() for page in reader.pages for link in page.get("/Annots", ())]
    labels = {
        page.indirect_reference: label
        for page, label in zip(reader.pages, reader.page_labels, strict=True)
    }
    assert [labels[list.__getitem__(link["/Dest"], 0)] for link in links] == [
        plan.pages.page_of(heading.anchor)
        for heading in long_plan().headings()
        if heading.level <= 2
    ]


def test_bookmarks_follow_the_headings(plan: PdfFile) -> None:
    def flat(entries, depth=0):
        for entry in entries:
            if isinstance(entry, list):
                yield from flat(entry, depth + 1)
            else:
                yield depth, entry.title

    found = list(flat(pypdf.PdfReader(io.BytesIO(plan.content)).outline))
    assert found[:3] == [(0, "一、第0章标题"), (1, "（一）小节00"), (2, "（1）细目00")]
    assert len(found) == sum(1 for _ in long_plan().headings())


def test_the_same_document_gives_the_same_bytes(plan: PdfFile) -> None:
    assert render(long_plan(), fonts=FontChoice.bundled()).content == plan.content


def test_bytes_do_not_depend_on_the_process() -> None:
    script = (
        "import hashlib; from tests.exporters import volume;"
        "from exporters.pdf import FontChoice, render;"
        "f = render(volume.document(), fonts=FontChoice.bundled());"
        "print(hashlib.sha256(f.content).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            check=True,
            text=True,
            env={"PYTHONPATH": ".", "PYTHONHASHSEED": seed, "PATH": ""},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_the_shared_sample_reads_back_with_every_block() -> None:
    document = volume.document()
    file = render(document, fonts=FontChoice.bundled())
    for read in (pages_by_pdfium, pages_by_pypdf):
        text = squashed("".join(read(file)))
        for heading in document.headings():
            assert squashed(heading.number + heading.text) in text
        for word in (
            "余热回收改造",
            "单位：万元",
            "2230.50",
            "注：投资按当年价格计。",
            "图1-1区位图",
        ):
            assert squashed(word) in text


def figure(content: bytes, width: int = 60, height: int = 40) -> Figure:
    return Figure(content, "image/png", width, height, Caption("图1-1", "流程", "f"), "流程")


@pytest.mark.parametrize(
    ("mode", "kind"),
    [
        *(("RGB", "PNG"), ("RGBA", "PNG"), ("L", "PNG"), ("P", "PNG"), ("1", "PNG")),
        *(("I;16", "PNG"), ("RGB", "JPEG"), ("L", "JPEG"), ("CMYK", "JPEG")),
    ],
)
def test_pictures_of_every_usual_kind_are_printed(mode: str, kind: str) -> None:
    target = io.BytesIO()
    colour = {"1": 1, "L": 90, "I;16": 30000, "P": 3}.get(mode, "green")
    Image.new(mode, (60, 40), colour).save(target, kind)
    file = rendered(figure(target.getvalue()))
    assert file.notices == ()
    assert len(pypdf.PdfReader(io.BytesIO(file.content)).pages[0].images) == 1


def test_a_picture_is_scaled_into_the_text_and_below_the_height_limit() -> None:
    target = io.BytesIO()
    Image.new("RGB", (3000, 4000), "green").save(target, "PNG")
    file = rendered(figure(target.getvalue(), 3000, 4000))
    image = pypdf.PdfReader(io.BytesIO(file.content)).pages[0].images[0].image
    assert image is not None
    assert image.width == int(110 * 3 / 4 / 25.4 * 300)


def test_picture_and_caption_stay_together() -> None:
    target = io.BytesIO()
    Image.new("RGB", (600, 400), "green").save(target, "PNG")
    for lines in range(8, 22):
        file = rendered(
            *(paragraph("行") for _ in range(lines)), figure(target.getvalue(), 600, 400)
        )
        reader = pypdf.PdfReader(io.BytesIO(file.content))
        (page,) = [number for number, each in enumerate(reader.pages) if each.images]
        assert str(page + 1) == file.pages.page_of("f")


@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n broken"])
def test_a_broken_picture_leaves_a_frame_and_a_notice(content: bytes) -> None:
    file = rendered(figure(content), paragraph("其后"))
    assert file.notices == ("有 1 张图片无法读取，PDF 中只留了空框。",)
    assert "其后" in pages_by_pdfium(file)[0]


def test_progress_rises_to_the_end() -> None:
    told: list[tuple[int, int]] = []
    render(volume.document(), fonts=FontChoice.bundled(), progress=lambda *at: told.append(at))
    assert told == sorted(told)
    assert told[-1] == (100, 100)


def test_a_render_can_be_cancelled_through_its_progress() -> None:
    class Cancelled(Exception):
        pass

    def cancel(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        render(volume.document(), fonts=FontChoice.bundled(), progress=cancel)


def test_an_anchor_nobody_printed_has_no_page() -> None:
    assert PageMap().page_of("nowhere") == ""
