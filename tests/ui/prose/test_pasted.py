"""What Word, WPS, Excel and browsers put on the clipboard comes in as prose and nothing else."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from forms.narrative import ProseTable, read_prose
from forms.prose_lines import read_lines, write_lines
from ui.prose.office_pictures import office_picture
from ui.prose.pasted_html import html_to_prose
from ui.prose.pasted_lines import cells_of, shaped_text

FOLDER = Path(__file__).parent / "pasted"
TAGS = ("p", "table", "tr", "td", "ol", "li", "h1", "sup", "div")
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def pasted(name, keep=lambda content: ""):
    return html_to_prose((FOLDER / f"{name}.html").read_text("utf-8"), keep).split("\n")


def test_that_word_brings_headings_lists_tables_and_footnotes():
    assert pasted("word") == [
        "# 园区概况",
        "园区位于东部，规划面积12.5平方公里，已形成化工、建材两大主导产业^[据园区总体规划（2021）。]。",
        "## 资源产出",
        "1. 余热利用，年节能约3000吨标准煤；",
        "2. 废水回用，用水量30 m³/d。",
        "- 固废资源化",
        "| 指标 | 数值 |  |",
        "|---|---|---|",
        "| 产值 | 12,345 | 万元 |",
        "|  | 1\\|2 |  |",
    ]


def test_that_wps_brings_numbered_lines_as_headings():
    assert pasted("wps") == [
        "# 主要任务",
        "围绕“减量化、再利用、资源化”，推进以下工作。",
        "## 提升产业链关联度",
        "到2027年，主要资源产出率提高18%。",
        "## 推进能源梯级利用",
        "建设集中供热。",
    ]


def test_that_cells_of_excel_are_a_table_without_hidden_rows():
    (table,) = read_prose("\n".join(pasted("excel")))

    assert table == ProseTable(
        (("企业", "能耗 (吨标煤)", "占比"), ("甲公司", "1,234.50", "12%")),
    )


def test_that_a_browser_brings_words_only():
    assert pasted("browser") == [
        "# 循环化改造",
        "为落实国家要求，印发通知。",
        "第二行 CO₂",
        "## 工作要求",
        "1. 摸清家底",
        "2. 建立台账",
        "其次",
        "1. 重新编号",
        "- 甲",
        "- 甲一",
        "1 < 2 & {{不存在}}",
    ]


def test_that_pictures_come_in_as_bytes_and_no_reference_is_followed(png):
    kept = []

    def keep(content):
        kept.append(content)
        return f"![]({'0' * 64})" if content else ""

    data = base64.b64encode(png).decode()
    html = f'<p>前<img src="data:image/png;base64,{data}">后</p><img src="file:///a.png">'

    assert html_to_prose(html, keep).split("\n") == ["前", f"![]({'0' * 64})", "后"]
    assert kept == [png, b""]


def test_that_pictures_in_cells_stand_below_their_table(png):
    data = base64.b64encode(png).decode()
    picture = f'<img src="data:image/png;base64,{data}">'
    html = f"<table><tr><td>{picture}</td><td>乙</td></tr><tr><td>甲</td><td>丙</td></tr></table>"

    lines = html_to_prose(f"{html}<p>后</p>", lambda content: f"![]({'0' * 64})").split("\n")

    assert lines[-2:] == [f"![]({'0' * 64})", "后"]


def test_that_pictures_word_and_wps_lay_aside_come_in_and_no_other_file(png, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    for folder in ("msohtmlclip1/01", "ksohtml", "elsewhere"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "图 1.png").write_bytes(png)
    word, wps, other = (
        office_picture((tmp_path / folder / "图 1.png").as_uri())
        for folder in ("msohtmlclip1/01", "ksohtml", "elsewhere")
    )

    assert (word, wps, other) == (png, png, b"")
    for source in (
        (tmp_path / "msohtmlclip1/../elsewhere/图 1.png").as_uri(),
        (tmp_path / "msohtmlclip1/nothing.png").as_uri(),
        tmp_path.as_uri(),
        "file://server/msohtmlclip1/a.png",
        f"file:///{tmp_path / 'msohtmlclip1/01/图 1.png'}",  # of a machine in the network
        f"/{tmp_path / 'msohtmlclip1/01/图 1.png'}",
        "http://example.org/msohtmlclip1/a.png",
        "",
    ):
        assert office_picture(source) == b""


def test_that_what_word_adds_about_a_picture_takes_no_words_with_it():
    html = (
        "<p>前<!--[if gte vml 1]><v:shape><v:imagedata src='a.png'/></v:shape><![endif]-->"
        "<![if !vml]><img src='a.png'><![endif]>后</p><p>下一段</p>"
        "<p>又<!--[if gte vml 1]><v:shape/><![endif]-->图<!--EndFragment--></p>"
        "<p><!--[if !supportLists]--><span>尾</span><!--[endif]--></p>"
    )

    assert html_to_prose(html, lambda content: "").split("\n") == ["前后", "下一段", "又图", "尾"]


@pytest.mark.parametrize(
    "html",
    [
        "<![if x]><![endif]><![bad ",
        "<table><td>孤",
        "</table></td></p>",
        "<table><tr><td colspan=99999 rowspan=99999>大</td></tr></table>",
        "<p" * 500,
        "<div>" * 3000 + "深" + "</div>" * 3000,
        "<img src='data:image/png;base64,@@@'>",
        "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]>&a;",
    ],
)
def test_that_broken_html_is_read_as_far_as_it_goes(html):
    assert len(html_to_prose(html, lambda content: "")) < 4000


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [f"<{end}{tag}>" for tag in TAGS for end in ("", "/")]
            + ["<br>", "<img>", "字", "1.", "（一）", "<!--", "-->", "<![if>", "&nbsp;", "\n", " "]
        ),
        max_size=30,
    )
)
def test_that_whatever_is_pasted_is_prose_that_reads_and_writes_alike(parts):
    text = html_to_prose("".join(parts), lambda content: "")

    assert write_lines(read_lines(text)) == text


def test_that_copied_cells_without_html_are_a_table_too():
    assert cells_of('甲\t"乙\n丙"\r\n1\t2\r\n') == (("甲", "乙 丙"), ("1", "2"))
    assert cells_of("只有一行\t两格") == ()
    assert cells_of("行\n行") == ()


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("（一）概况\n正文。", "# 概况\n正文。"),
        ("一、概况\n正文。", "# 概况\n正文。"),
        ("1.任务\n正文。\n2.任务\n正文。", "## 任务\n正文。\n## 任务\n正文。"),
        ("1.甲；\n2.乙；\n3.丙。", "1. 甲；\n2. 乙；\n3. 丙。"),
        ("（一）这是一个很长的段落，它从编号开始，却是一整句话，不是标题。\n后文",) * 2,
        ("3.5亿元\n2021.3", "3.5亿元\n2021.3"),
        ("• 甲\n• 乙", "- 甲\n- 乙"),
        ("（一）孤行", "（一）孤行"),
    ],
)
def test_that_numbered_lines_of_plain_text_find_their_shape(text, stored):
    assert shaped_text(text) == stored


# -- In the editor ---------------------------------------------------------------------------------


def put_on_clipboard(html="", text="", image=None):
    data = QMimeData()
    if html:
        data.setHtml(html)
    if text:
        data.setText(text)
    if image is not None:
        data.setImageData(image)
    QApplication.clipboard().setMimeData(data)


def test_that_a_paste_is_one_step_of_undo_and_what_it_says(edit, stored, session):
    put_on_clipboard(html=(FOLDER / "word.html").read_text("utf-8"), text="别的")
    edit.paste()

    assert stored().startswith("# 园区概况\n园区位于东部")
    session.undo_stack.undo()
    assert stored() is None
    assert edit.toPlainText() == ""


def test_that_pasting_plain_brings_letters_only(edit, stored, keys):
    put_on_clipboard(html="<h1>标题</h1>", text="（一）标题\n1. 甲")
    keys(Qt.Key.Key_V, modifier=CTRL_SHIFT)

    assert edit.toPlainText().startswith("（一）标题\n")


def test_that_a_pasted_picture_stands_in_the_text(edit, stored, session):
    image = QImage(8, 6, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    put_on_clipboard(image=image)
    edit.paste()

    (sha256,) = session.pictures.kept
    assert stored() == f"![]({sha256})"


def test_that_pictures_that_did_not_come_along_are_told(edit, editor, stored):
    put_on_clipboard(
        html="<p>前</p><img src='file:///C:/a.png'><img src='http://example.org/b.png'>"
        "<img width=1 height=1 src='http://example.org/space.gif'>"
    )
    edit.paste()

    assert stored() == "前"
    assert editor.fault.startswith("有 2 张图片没有随文字复制过来")


def test_that_foreign_marks_that_name_nothing_stay_text(edit, stored):
    put_on_clipboard(html="<p>见{{nothing/here}}</p>")
    edit.paste()

    assert stored() == "见｛｛nothing/here｝｝"
