"""House styles: a file that names what differs, refused whole when anything in it is no good."""

from __future__ import annotations

import pytest

from exporters import docx, pdf
from exporters.document import RowRole, TextRole
from exporters.look import Face, Look, Setting
from exporters.looks import LookError, look_from_file, look_from_toml, official_look
from exporters.pdf import FontChoice
from resources import read_text
from tests.exporters import volume
from tests.exporters.docx.reading import WordFile
from tests.exporters.pdf.reading import paragraph, rendered, rows_of, signs_on

OFFICIAL = read_text("looks/gb-9704.toml")
PROVINCE = """
name = "某省版式"
based_on = "gb-9704"
latin = "Arial"

[fonts]
fangsong = "方正仿宋_GBK"

[page]
left_mm = 30
right_mm = 30
top_mm = 40

[text.body]
size_pt = 14
line_pt = 26

[table]
size_pt = 12
row_faces = { total = "kai" }
"""


def based(text: str) -> Look:
    return look_from_toml(f'name = "试"\nbased_on = "gb-9704"\n{text}', "版式.toml")


def complaint(text: str) -> str:
    with pytest.raises(LookError) as found:
        look_from_toml(text, "版式.toml")
    assert "版式.toml" in str(found.value)
    return str(found.value)


def test_that_the_official_look_is_the_standard_itself():
    page = official_look().page

    assert (page.text_width_mm, page.text_height_mm) == (156, 225)
    assert (page.lines, page.characters, page.body_size_pt) == (22, 28, 16)


def test_that_a_house_style_names_only_what_differs():
    made, official = look_from_toml(PROVINCE, "省.toml"), official_look()

    assert made.name == "某省版式"
    assert (made.fonts[Face.FANGSONG], made.fonts[Face.HEI]) == ("方正仿宋_GBK", "黑体")
    assert (made.page.left_mm, made.page.bottom_mm) == (30, official.page.bottom_mm)
    assert made.text[TextRole.BODY].size_pt == 14
    assert made.text[TextRole.BODY].first_indent == official.text[TextRole.BODY].first_indent
    assert made.table.row_faces[RowRole.TOTAL] is Face.KAI
    assert made.table.row_faces[RowRole.NORMAL] is official.table.row_faces[RowRole.NORMAL]
    assert made.headings == official.headings


def test_that_a_style_that_says_nothing_else_looks_official():
    made = based("")

    assert (made.page, made.text, made.table) == (
        official_look().page,
        official_look().text,
        official_look().table,
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("colour = 1", ("colour",)),
        ("[page]\nmargin_mm = 3", ("page", "margin_mm")),
        ("[text.body]\nsize = 3", ("text.body", "size")),
        ("[text.foot]\nsize_pt = 3", ("text", "foot")),
        ("[headings.5]\nsize_pt = 3", ("headings", "5")),
    ],
)
def test_that_what_a_style_does_not_know_it_refuses_by_name(text, words):
    with pytest.raises(LookError) as found:
        based(text)

    assert all(word in str(found.value) for word in words), found.value


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('[page]\nleft_mm = "28"', "page.left_mm"),
        ("[page]\nleft_mm = -1", "page.left_mm"),
        ("[page]\nleft_mm = 20000", "page.left_mm"),
        ("[page]\nleft_mm = true", "page.left_mm"),
        ("[page]\nleft_mm = nan", "page.left_mm"),
        ("[text.body]\nkeep_with_next = 1", "text.body.keep_with_next"),
        ("[page]\nleft_mm = 100\nright_mm = 100", "page"),
        ("[page]\ntop_mm = 150\nbottom_mm = 140", "page"),
        ("[page]\nlines = 0", "page.lines"),
        ("[page]\nlines = 22.5", "page.lines"),
        ("[text.body]\nsize_pt = 0", "text.body.size_pt"),
        ("[table]\nwide_size_pt = 0", "table.wide_size_pt"),
        ('[text.body]\nface = "彩云"', "text.body.face"),
        ('[text.body]\nsetting = "middle"', "text.body.setting"),
        ('strong_face = "bold"', "strong_face"),
        ('latin = ""', "latin"),
    ],
)
def test_that_a_bad_value_is_refused_by_its_key(text, key):
    with pytest.raises(LookError) as found:
        based(text)

    assert key in str(found.value)


def test_that_a_style_without_a_base_must_be_whole():
    table = OFFICIAL.replace("[table]", "[tabel]")
    caption = OFFICIAL.replace("[caption]", "[captoin]")

    assert "tabel" in complaint(table)
    assert "captoin" in complaint(caption)
    assert "缺少这一节" in complaint('name = "空"')
    assert "line_pt" in complaint(OFFICIAL.replace("line_pt = 44", ""))


def test_that_a_base_that_does_not_exist_is_refused():
    assert "“iso”" in complaint('name = "试"\nbased_on = "iso"')


def test_that_a_text_that_is_no_toml_is_refused():
    assert "写法有误" in complaint("name = ")


def test_that_a_file_that_cannot_be_read_is_refused(tmp_path):
    scrambled = tmp_path / "乱码.toml"
    scrambled.write_bytes(PROVINCE.encode("gbk"))

    for path in (tmp_path / "没有.toml", tmp_path, scrambled):
        with pytest.raises(LookError, match=path.name):
            look_from_file(path)


def test_that_a_file_saved_by_notepad_is_read(tmp_path):
    path = tmp_path / "省.toml"
    path.write_text(PROVINCE, encoding="utf-8-sig")

    assert look_from_file(path) == look_from_toml(PROVINCE, "省.toml")


def test_that_a_house_style_moves_the_margins_of_the_pdf():
    body = paragraph("循环化改造" * 40)
    plain = rows_of(signs_on(rendered(body), 0))[0]
    look = look_from_toml(PROVINCE, "省.toml")
    document = volume.Document("试", (volume.Part(volume.PartRole.BODY, (body,)),))
    made = pdf.render(document, look=look, fonts=FontChoice.bundled(look))
    moved = rows_of(signs_on(made, 0))

    assert len(plain) == 26  # 28 characters less the indent of two
    assert moved[1][0].left == pytest.approx(30, abs=0.5)
    assert len(moved[1]) == int(150 / (14 * 25.4 / 72))
    assert any("方正仿宋_GBK" in sentence for sentence in made.substitutions)


def test_that_a_house_style_moves_fonts_and_margins_of_the_word_file():
    document = volume.Document(
        "试", (volume.Part(volume.PartRole.BODY, (paragraph("正文。"), volume.projects_table())),)
    )
    look = look_from_toml(PROVINCE, "省.toml")
    made = WordFile(docx.render(document, volume.PageMap(), look=look))
    styles = made.parts["word/styles.xml"].decode()
    official = WordFile(docx.render(document, volume.PageMap()))
    before = official.parts["word/styles.xml"].decode()

    assert "方正仿宋_GBK" in styles
    assert "方正仿宋_GBK" not in before
    assert 'w:ascii="Arial"' in styles
    assert made.sections[0].margins_mm == pytest.approx((40, 30, 35, 30), abs=0.1)


def test_that_every_setting_of_a_paragraph_can_be_asked_for():
    for setting in Setting:
        assert based(f'[text.body]\nsetting = "{setting.value}"').text[TextRole.BODY].setting is (
            setting
        )
