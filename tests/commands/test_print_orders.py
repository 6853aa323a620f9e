"""export's options: each asks for what it says, and a slip is one line and no file."""

from __future__ import annotations

import openpyxl
import pypdfium2
import pytest

from commands import run
from tests.commands.verbs import within

EVERYTHING = ("封面与扉页", "承诺与编制说明", "正文", "附表", "附图", "附件")
STYLE = 'name = "某省版式"\nbased_on = "gb-9704"\n[page]\ntop_mm = 60\n'


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """The sample plan; tests must not write to it."""
    path = tmp_path_factory.mktemp("sample") / "示例.yuance"
    assert run(["sample", str(path)]) == 0
    return path


@pytest.fixture
def exported(sample, tmp_path, capsys):
    """Export into an empty folder; the names of the files made and what was said of them."""

    def export(*options: str):
        placed = [str(tmp_path / each[1:]) if each.startswith("@") else each for each in options]
        placed = [each.replace("=@", f"={tmp_path}/") if "=@" in each else each for each in placed]
        done = within(capsys, "export", sample, *placed)
        return done, sorted(path.name for path in tmp_path.iterdir())

    return export


def page_count(path) -> int:
    document = pypdfium2.PdfDocument(path)
    try:
        return len(document)
    finally:
        document.close()


def text_of(path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        texts = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return "".join("".join(texts).split())


@pytest.mark.long
def test_that_an_annex_volume_lies_beside_the_body(exported, tmp_path):
    done, names = exported("--pdf", "@方案.pdf", "--annex-volume", "--duplex")

    assert done.code == 0
    assert names == ["方案.pdf", "方案_附件册.pdf"]
    assert page_count(tmp_path / "方案_附件册.pdf") > 20
    assert "见附件册附表7" in text_of(tmp_path / "方案.pdf")


@pytest.mark.long
def test_that_everything_for_handing_in_is_made_in_one_go(exported, tmp_path):
    done, names = exported(
        *("--pdf", "@方案.pdf", "--report", "@校核.pdf", "--copies", "@清单.pdf"),
        *("--receiver", "青湖县发展和改革局", "--number", "6"),
        *("--workbook", "重点项目=@项目.xlsx", "预期成效指标=@指标.xlsx"),
        *("--without", "附图", "附件", "--watermark", "征求意见稿"),
    )

    assert done.code == 0, done.err
    assert names == sorted(["方案.pdf", "校核.pdf", "清单.pdf", "项目.xlsx", "指标.xlsx"])
    listed = text_of(tmp_path / "清单.pdf")
    assert "青湖县发展和改革局" in listed
    assert f"实施方案纸质6{page_count(tmp_path / '方案.pdf')}" in listed
    assert "提示：未印入的部分：附图、附件没有印入" in done.err
    sheets = openpyxl.load_workbook(tmp_path / "项目.xlsx").sheetnames
    assert any("重点项目汇总表" in name for name in sheets)
    assert not any("指标" in name for name in sheets)


@pytest.mark.long
def test_that_the_report_can_be_bound_in_front(exported, tmp_path):
    done, names = exported("--pdf", "@方案.pdf", "--report-bound")

    assert (done.code, names) == (0, ["方案.pdf"])
    assert text_of(tmp_path / "方案.pdf").startswith("校核报告")


@pytest.mark.long
def test_that_a_house_style_is_used(exported, tmp_path, sample, capsys):
    (tmp_path / "省.toml").write_text(STYLE, encoding="utf-8")
    done, _ = exported("--pdf", "@宽.pdf", "--look", "@省.toml", "--without", "附件")
    exported("--pdf", "@国标.pdf", "--without", "附件")

    assert done.code == 0
    assert page_count(tmp_path / "宽.pdf") > page_count(tmp_path / "国标.pdf")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--duplex"], "请至少指定"),
        (["--pdf", "@a.pdf", "--without", "附录"], "没有部分“附录”，可写：封面与扉页"),
        (["--workbook", "企业=@a.xlsx"], "没有工作簿“企业”，可写：重点项目、预期成效指标"),
        (["--workbook", "重点项目"], "应写成 名称=文件"),
        (["--report", "@a.txt"], "校核报告“a.txt”的扩展名"),
        (["--spine", "@a.xlsx"], "书脊“a.xlsx”的扩展名"),
        (["--copies", "@a"], "报送清单“a”的扩展名"),
        (["--copies", "@a.pdf", "--number", "0"], "份数至少为 1"),
        (["--copies", "@a.pdf", "--number", "一"], "应为 0 至 99 的整数"),
        (["--spine", "@a.pdf", "--thickness", "0"], "书脊厚度应在 1 至 100"),
        (["--pdf", "@a.pdf", "--report", "@b.pdf", "--report-bound"], "只能"),
        (["--xlsx", "@a.xlsx", "--report-bound"], "装在卷首"),
        (["--pdf", "@a.pdf", "--look", "@没有.toml"], "版式文件“没有.toml”无法读取"),
        (["--pdf", "@a.pdf", "--annex-volume", "--report", "@a_附件册.pdf"], "同一个文件名"),
        (["--pdf", "@a.pdf", "--copies", "@a.pdf"], "同一个文件名"),
        (
            [
                "--pdf",
                "@a.pdf",
                "--without",
                *["封面与扉页", "承诺与编制说明", "正文", "附表", "附图", "附件"],
            ],
            "没有可印的内容",
        ),
    ],
)
def test_that_a_slip_is_one_line_and_no_file(exported, options, words):
    done, names = exported(*options)

    assert words in done.complaint
    assert names == []


def test_that_the_help_names_every_option(capsys):
    said = within(capsys, "export", "--help").out

    for option in (
        *("--docx", "--pdf", "--xlsx", "--workbook", "--report", "--report-bound", "--spine"),
        *("--thickness", "--copies", "--receiver", "--number", "--without", "--watermark"),
        *("--duplex", "--annex-volume", "--charts-as-pictures", "--look"),
    ):
        assert option in said
