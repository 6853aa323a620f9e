"""A pack that cannot be right is refused before anyone writes a plan with it."""

from __future__ import annotations

import re
import shutil

import pytest

from forms.address import parse_address
from forms.inline.reading import read_text
from forms.kinds import Quantity
from forms.loading import PackError, load_pack, open_pack, pack_ids
from forms.schema import Field, PrintStyle, Table
from forms.view import evaluate
from tests.forms.plans import plan
from tests.packs.loading import REAL, SMALL, changed, small_pack

PARK = "chapters/park.toml"
COVER = "chapters/cover.toml"
WORKS = "chapters/projects.toml"
OUTCOMES = "chapters/outcomes.toml"
FIELD = 'key = "area"'
GUIDE = 'guide = { write = "填面积。", example = "12.5" }'
RANK = "formula = 'attribute([cover/level], \"rank\")'"
TOTAL = 'formula = "[water/supply/surface/@year] + or_zero([water/supply/ground/@year])"'
TCE = 'formula = "[./amount/@year] * [./coefficient]"'
ENERGY_TOTAL = 'formula = "sum([energy/balance/*/tce/@base])"'
PREVIOUS = "formula = '[water/supply/total/@prev] + quantity(1, \"万m³\")'"
SHOWN = 'show_when = { is = ["period/with_text", "yes"] }'
CELL_SHOWN = 'show_when = { is = ["./approved", "yes"] }'

BAD: dict[str, tuple[str, str, str, str, str]] = {
    # name: file, passage, what stands there instead, key of the error, reason
    "an unknown key": (PARK, FIELD, FIELD + '\n  colour = "red"', "area", "不认识的键：colour"),
    "an unknown key of the pack": (
        "pack.toml",
        "version = 1",
        "version = 1\nx = 1",
        "",
        "不认识的键：x",
    ),
    "an unknown key of a guide": (
        PARK,
        GUIDE,
        GUIDE.replace(" }", ', x = "" }'),
        "guide",
        "不认识的键：x",
    ),
    "a missing label": (PARK, 'label = "规划面积"', "", "area", "缺少此键"),
    "an empty label": (PARK, 'label = "规划面积"', 'label = " "', "label", "不能为空"),
    "a number as label": (PARK, 'label = "规划面积"', "label = 3", "label", "应为文字"),
    "a key in capitals": (PARK, FIELD, 'key = "Area"', "key", "不是合规的键"),
    "an unknown kind": (PARK, 'kind = "image"', 'kind = "photo"', "kind", "没有“photo”这种类型"),
    "an unknown type": (PARK, 'type = "year_table"', 'type = "grid"', "type", "没有“grid”这种项目"),
    "an unknown mark": (PARK, 'mark = "N"', 'mark = "X"', "mark", "N、R、O 之一"),
    "a float as limit": (PARK, 'max = "999.5"', "max = 999.5", "max", "整数或带引号的文字"),
    "a float as digits": (PARK, "decimals = 2", "decimals = 2.0", "decimals", "应为整数"),
    "a limit that is no number": (PARK, 'max = "999.5"', 'max = "big"', "max", "不是数值"),
    "limits the wrong way round": (PARK, "min = 0", "min = 1000", "area", "min 大于 max"),
    "negative digits": (PARK, "decimals = 2", "decimals = -1", "area", "decimals 不能为负"),
    "a missing guide": (PARK, GUIDE, "", "area", "缺少指引"),
    "a guide without an example": (PARK, GUIDE, 'guide = { write = "填" }', "example", "缺少此键"),
    "a section key used twice": (
        PARK,
        'key = "water"\ntitle',
        'key = "overview"\ntitle',
        "overview",
        "章节键重复",
    ),
    "an item key used twice": (PARK, 'key = "share"', FIELD, "area", "项目键重复"),
    "a column key used twice": (WORKS, 'key = "loan"', 'key = "own"', "works/list", "键重复：own"),
    "a row key used twice": (
        PARK,
        'key = "ground"',
        'key = "surface"',
        "water/supply",
        "键重复：surface",
    ),
    "an indicator key used twice": (
        OUTCOMES,
        'key = "intensity"',
        'key = "saving"',
        "indicators",
        "键重复：saving",
    ),
    "a vocabulary used twice": (
        "vocabularies.toml",
        'key = "task"',
        'key = "level"',
        "level",
        "词表键重复",
    ),
    "an option used twice": (
        "vocabularies.toml",
        '"province"',
        '"national"',
        "options",
        "选项键重复",
    ),
    "a vocabulary without options": (
        "vocabularies.toml",
        'factor_set = "energy"',
        "",
        "options",
        "词表没有选项",
    ),
    "a clause used twice": ("clauses.toml", 'key = "c2"', 'key = "c1"', "c1", "条款键重复"),
    "a rule used twice": (
        "rules.toml",
        'key = "SUM-002"',
        'key = "SUM-001"',
        "SUM-001",
        "规则键重复",
    ),
    "an annex used twice": (
        "pack.toml",
        'key = "maps"',
        'key = "water"',
        "annexes",
        "键重复：water",
    ),
    "a chapter used twice": (
        "pack.toml",
        '"annexes"]',
        '"annexes", "cover"]',
        "cover",
        "章节键重复",
    ),
    "a conversion used twice": (
        "pack.toml",
        'from = "GJ"\nto = "tce"',
        'from = "tce"\nto = "GJ"',
        "tce",
        "换算重复",
    ),
    "a conversion by nothing": ("pack.toml", '"0.03412"', '"0"', "multiply", "应为正数"),
    "a chapter without a file": ("pack.toml", '"outcomes"', '"outcome"', "", "文件不存在"),
    "a file that is no TOML": (PARK, "[[sections]]", "[[sections", "", "不是有效的 TOML"),
    "a vocabulary nobody wrote": (
        PARK,
        'vocabulary = "task"',
        'vocabulary = "tasks"',
        "overview/tasks",
        "没有词表“tasks”",
    ),
    "a clause nobody wrote": (
        PARK,
        'clauses = ["c1"]',
        'clauses = ["c9"]',
        "overview",
        "没有条款“c9”",
    ),
    "a guide's clause nobody wrote": (
        PARK,
        'clauses = ["c1"], mistakes',
        'clauses = ["c9"], mistakes',
        "overview/location",
        "没有条款“c9”",
    ),
    "a rule's clause nobody wrote": (
        "rules.toml",
        'clause = "c2"',
        'clause = "c9"',
        "SUM-001",
        "没有条款“c9”",
    ),
    "an annex nobody wrote": (
        PARK,
        'annex = "water"',
        'annex = "air"',
        "water/supply",
        "没有附件“air”",
    ),
    "a print's annex nobody wrote": (
        WORKS,
        'annex = "works"',
        'annex = "air"',
        "works/list",
        "没有附件“air”",
    ),
    "a factor set nobody wrote": (
        "vocabularies.toml",
        'factor_set = "energy"',
        'factor_set = "heat"',
        "factor_set",
        "没有因子集“heat”",
    ),
    "a condition on nothing": (
        PARK,
        SHOWN,
        SHOWN.replace("with_text", "with_none"),
        "overview/history",
        "不是单项",
    ),
    "a condition on a cell": (
        PARK,
        SHOWN,
        'show_when = { filled = "water/supply/total/2023" }',
        "overview/history",
        "不是单项",
    ),
    "a condition on no option": (
        PARK,
        SHOWN,
        SHOWN.replace('"yes"', '"perhaps"'),
        "overview/history",
        "应为 yes 或 no",
    ),
    "a condition on no option of a list": (
        PARK,
        SHOWN,
        'show_when = { one_of = ["cover/level", "town"] }',
        "overview/history",
        "没有选项“town”",
    ),
    "a condition without a shape": (
        PARK,
        SHOWN,
        'show_when = "yes"',
        "show_when",
        "只有一个键的表",
    ),
    "a condition of two keys": (
        PARK,
        SHOWN,
        'show_when = { filled = "cover/level", not = {} }',
        "show_when",
        "只有一个键的表",
    ),
    "a condition nobody knows": (
        PARK,
        SHOWN,
        'show_when = { like = ["cover/level", "x"] }',
        "show_when",
        "没有“like”这种条件",
    ),
    "a condition without a value": (
        PARK,
        SHOWN,
        'show_when = { is = ["cover/level"] }',
        "show_when",
        "应为地址和选项",
    ),
    "a condition on half an address": (
        PARK,
        SHOWN,
        'show_when = { filled = "cover" }',
        "overview/history",
        "2 至 5 段",
    ),
    "a condition on no column": (
        WORKS,
        CELL_SHOWN,
        CELL_SHOWN.replace("approved", "refused"),
        "works/list",
        "条件中的列“refused”",
    ),
    "a condition on no option of a column": (
        WORKS,
        CELL_SHOWN,
        CELL_SHOWN.replace('"yes"', '"ja"'),
        "works/list",
        "应为 yes 或 no",
    ),
    "a formula that does not parse": (
        PARK,
        TOTAL,
        'formula = "1 +"',
        "formula",
        "此处应为数、引用或函数",
    ),
    "a formula on nothing": (
        PARK,
        TOTAL,
        'formula = "[water/supply/rain/@year]"',
        "water/supply/total",
        "公式引用了不存在的值",
    ),
    "a formula without its year": (
        PARK,
        TOTAL,
        'formula = "[water/supply/surface]"',
        "water/supply/total",
        "年份不对",
    ),
    "a formula with a year too many": (
        PARK,
        TOTAL,
        'formula = "[overview/area/@year]"',
        "water/supply/total",
        "年份不对",
    ),
    "this year where there is none": (
        PARK,
        ENERGY_TOTAL,
        'formula = "[water/supply/total/@year]"',
        "energy/total",
        "此处没有年份",
    ),
    "many cells outside a sum": (
        PARK,
        ENERGY_TOTAL,
        'formula = "[energy/balance/*/tce/@base] * 2"',
        "energy/total",
        "只能用在 sum 或 count",
    ),
    "the same row where there are no rows": (
        PARK,
        TOTAL,
        'formula = "[./surface/@year]"',
        "water/supply/total",
        "公式引用了不存在的值",
    ),
    "a choice of rows outside a sum": (
        PARK,
        TCE,
        'formula = "where([./fuel], 1)"',
        "tce",
        "where 只能用在 sum",
    ),
    "the last year of a value without years": (
        PARK,
        TCE,
        'formula = "last_year([./coefficient])"',
        "tce",
        "last_year 应为一个分年的引用",
    ),
    "an unknown function": (
        PARK,
        TCE,
        'formula = "root([./coefficient])"',
        "formula",
        "没有函数“root”",
    ),
    "an unknown factor set": (
        PARK,
        "'factor(\"energy\", [./fuel])'",
        "'factor(\"heat\", [./fuel])'",
        "coefficient",
        "已有的因子集",
    ),
    "an unknown attribute": (
        PARK,
        RANK,
        RANK.replace('"rank"', '"size"'),
        "overview/rank",
        "没有属性“size”",
    ),
    "an unknown conversion": (
        OUTCOMES,
        '"万元")',
        '"t")',
        "outcomes/output_small",
        "[outcomes/output]（亿元）不能换算成 t：不是同一种量",
    ),
    "a circle": (
        PARK,
        ENERGY_TOTAL,
        'formula = "[energy/total] + 1"',
        "energy/total",
        "公式循环引用",
    ),
    "overriding without a formula": (
        PARK,
        FIELD,
        FIELD + "\noverridable = true",
        "area",
        "没有公式",
    ),
    "a reason that is no sibling": (
        OUTCOMES,
        'reason = "output_reason"',
        'reason = "why"',
        "output_small",
        "理由“why”不存在",
    ),
    "a default that is no value": (
        COVER,
        'default = "2025"',
        'default = "soon"',
        "period/base_year",
        "不是年份",
    ),
    "a default on nothing": (
        COVER,
        "{cover/park_name}",
        "{cover/park}",
        "cover/plan_title",
        "默认值引用了不存在的“cover/park”",
    ),
    "a default with a live figure on nothing": (
        COVER,
        'default = "《{cover/plan_title}》数据真实。"',
        'default = "《{cover/plan_title}》节能{{outcomes/saving}}。"',
        "text",
        "默认值中的活数字“{{outcomes/saving}}”没有对应的数",
    ),
    "a default on no variable": (
        COVER,
        "{pack/cycle}",
        "{pack/circle}",
        "cover/plan_title",
        "默认值引用了不存在的“pack/circle”",
    ),
    "a table without columns": (
        PARK,
        '[[sections.items.columns]]\n    key = "fuel"',
        '[[sections.items.column]]\n    key = "fuel"',
        "",
        "",
    ),
    "a column printed never": (
        WORKS,
        'columns = ["content"]',
        "columns = []",
        "works/list",
        "每列应恰好打印一次：content",
    ),
    "a column printed twice": (
        WORKS,
        'columns = ["content"]',
        'columns = ["content", "task"]',
        "works/list",
        "每列应恰好打印一次：task",
    ),
    "a print of no column": (
        WORKS,
        'columns = ["content"]',
        'columns = ["contents"]',
        "works/list",
        "打印列“contents”不存在",
    ),
    "a repeat of no column": (
        WORKS,
        'repeats = ["name"]',
        'repeats = ["nam"]',
        "works/list",
        "打印列“nam”不存在",
    ),
    "a group by no choice": (
        WORKS,
        'group_by = "task"',
        'group_by = "name"',
        "works/list",
        "分组列“name”应为单选",
    ),
    "an unknown style": (
        WORKS,
        'style = "records"',
        'style = "poem"',
        "style",
        "grid、records 之一",
    ),
    "a name from no column": (
        PARK,
        'naming = "fuel"',
        'naming = "kind"',
        "energy/balance",
        "命名列“kind”不存在",
    ),
    "a column called id": (WORKS, 'key = "saving"', 'key = "id"', "", ""),
    "a seed in no column": (
        PARK,
        'seeds = [{ fuel = "coal" }',
        'seeds = [{ kind = "coal" }',
        "energy/balance",
        "预置行的列“kind”不存在",
    ),
    "a seed that is no option": (
        PARK,
        'seeds = [{ fuel = "coal" }',
        'seeds = [{ fuel = "wood" }',
        "energy/balance",
        "不在“能源品种”的选项中",
    ),
    "a float as seed": (
        PARK,
        'seeds = [{ fuel = "coal" }',
        "seeds = [{ note = 1.5 }",
        "seeds",
        "应为文字",
    ),
    "a seed of a computed column": (
        PARK,
        'seeds = [{ fuel = "coal" }',
        'seeds = [{ tce = "1" }',
        "energy/balance",
        "预置行不能填“tce”列",
    ),
    "seeds that are no list": (
        PARK,
        'seeds = [{ fuel = "coal" }, { fuel = "gas", note = "管道气" }]',
        'seeds = "coal"',
        "seeds",
        "应为表的列表",
    ),
    "a part of no row": (
        PARK,
        'of_which = "total"',
        'of_which = "all"',
        "water/supply",
        "其中所属行“all”不存在",
    ),
    "a summary of no table": (
        WORKS,
        'source = "works/list"',
        'source = "water/supply"',
        "works/by_task",
        "不是表格",
    ),
    "a summary by no column": (
        WORKS,
        'amounts = ["total"]',
        'amounts = ["sum"]',
        "works/by_task",
        "汇总列“sum”不存在",
    ),
    "a summary by no choice": (
        WORKS,
        'columns = ["task"]\n  amounts',
        'columns = ["name"]\n  amounts',
        "works/by_task",
        "columns 与 by 不符",
    ),
    "a summary of texts": (
        WORKS,
        'amounts = ["total"]',
        'amounts = ["name"]',
        "works/by_task",
        "应为数值",
    ),
    "a yearly summary of no years": (
        WORKS,
        'columns = ["invest"]',
        'columns = ["total"]',
        "works/by_year",
        "columns 与 by 不符",
    ),
    "a listing of no column": (
        WORKS,
        'columns = ["name", "total"]',
        'columns = ["names"]',
        "works/carbon",
        "清单列“names”不存在",
    ),
    "a listing of no option": (
        WORKS,
        'where = ["task", "carbon"]',
        'where = ["task", "coal"]',
        "works/carbon",
        "没有选项“coal”",
    ),
    "a listing of half a choice": (
        WORKS,
        'where = ["task", "carbon"]',
        'where = ["task"]',
        "where",
        "列和选项两项",
    ),
    "a listing of no side of an indicator": (
        OUTCOMES,
        '"rate"]',
        '"speed"]',
        "outcomes/shown",
        "清单列“speed”不存在",
    ),
    "a reference to no table": (
        "chapters/annexes.toml",
        'table = "works/list"',
        'table = "works/by_task"',
        "project",
        "不是表格",
    ),
    "a factor met twice": ("factors/energy.csv", "gas,天然气", "coal,天然气", "coal", "因子键重复"),
    "a factor column nobody wrote": (
        "factors.toml",
        'value = "tce"',
        'value = "figure"',
        "figure",
        "没有这一列",
    ),
    "a factor file nobody wrote": ("factors.toml", "energy.csv", "coal.csv", "", "因子文件不存在"),
    "factors without a figure": (
        "factors.toml",
        'value = "tce"',
        'value = "note"',
        "file",
        "没有可用的行",
    ),
    "a role on nothing": (
        "pack.toml",
        'level = "cover/level"',
        'level = "cover/rank"',
        "roles",
        "没有地址“cover/rank”",
    ),
    "a role too many": (
        "pack.toml",
        "[roles]",
        '[roles]\nowner = "cover/leader"',
        "roles",
        "不认识的键：owner",
    ),
    "a role too few": ("pack.toml", 'person = "cover/leader"', "", "person", "缺少此键"),
    "projects that are no table": (
        "pack.toml",
        'projects = "works/list"',
        'projects = "cover/level"',
        "roles.projects",
        "应为表格",
    ),
    "a retired address in use": (
        "pack.toml",
        "period/old_year",
        "period/base_year",
        "period/base_year",
        "已停用的地址又被使用",
    ),
    "a rule of no severity": ("rules.toml", '"must"', '"shall"', "severity", "must、should 之一"),
    "a rule of no operator": (
        "rules.toml",
        'operator = "="',
        'operator = "~"',
        "operator",
        "没有比较“~”",
    ),
    "a rule without a side": ("rules.toml", 'left = "[./total]"\n', "", "left", "缺少公式"),
    "a rule on nothing": (
        "rules.toml",
        'left = "[./total]"',
        'left = "[./sum]"',
        "SUM-001",
        "公式引用了不存在的值",
    ),
    "a rule for no table": (
        "rules.toml",
        'scope = "works/list"',
        'scope = "works/lists"',
        "SUM-001",
        "没有表“works/lists”",
    ),
    "a rule that leads nowhere": (
        "rules.toml",
        '"[./own]", "[./loan]"]',
        '"[./owner]"]',
        "SUM-001",
        "places 中的",
    ),
    "a rule without a place": (
        "rules.toml",
        'places = ["[water/supply/total/@year]"]',
        "",
        "WAT-001",
        "应有 places",
    ),
    "a rule whose tolerance is no number": (
        "rules.toml",
        'tolerance = "0.01"',
        'tolerance = "little"',
        "tolerance",
        "不是数值",
    ),
    "a body section outside the body": (
        COVER,
        'place = "cover"',
        'place = "body"',
        "cover",
        "正文的节应在正文的章内",
    ),
    "a number that is decisive": (
        PARK,
        FIELD,
        FIELD + "\n  decisive = true",
        "overview/area",
        "decisive 只能用于单选",
    ),
    "a decisive choice with a default that is worked out": (
        COVER,
        'vocabulary = "level"',
        'vocabulary = "level"\n  decisive = true\n  default = "{cover/park_name}"',
        "cover/level",
        "decisive 的默认值应为固定的选项",
    ),
    "confirmations in a table of another shape": (
        "pack.toml",
        'person = "cover/leader"',
        'person = "cover/leader"\n[roles.confirmations]\ntable = "energy/balance"\n'
        'factor = "fuel"\nvalue = "coefficient"\nunit = "note"\nedition = "note"\n'
        'person = "note"\ndate = "amount"',
        "roles.confirmations",
        "列“amount”不存在或类型不符",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_that_a_pack_is_refused_for(name, tmp_path):
    file, old, new, key, reason = BAD[name]

    with pytest.raises(PackError) as refused:
        load_pack(changed(tmp_path, file, old, new))

    assert key in refused.value.key
    assert reason in refused.value.reason
    assert refused.value.file
    assert str(refused.value).startswith(refused.value.file)


def test_that_the_reason_names_the_file_of_the_slip(tmp_path):
    with pytest.raises(PackError) as refused:
        load_pack(changed(tmp_path, PARK, 'kind = "image"', 'kind = "photo"'))

    assert refused.value.file == PARK
    assert refused.value.key == "sections[overview].items[map].kind"


def test_that_the_circle_is_spelled_out(tmp_path):
    bad = changed(tmp_path, PARK, ENERGY_TOTAL, 'formula = "[outcomes/indicators/intensity/base]"')

    with pytest.raises(PackError, match=r"energy/total → outcomes/.*intensity.base → energy/total"):
        load_pack(bad)


def test_that_the_year_before_is_no_circle(tmp_path):
    load_pack(changed(tmp_path, PARK, TOTAL, PREVIOUS))


def test_that_rows_called_by_each_other_are_refused(tmp_path):
    file = "chapters/annexes.toml"
    folder = changed(tmp_path, file, 'naming = "title"', 'naming = "project"')
    load_pack(folder)  # called by projects, which have names

    text = (folder / file).read_text(encoding="utf-8")
    (folder / file).write_text(text.replace('"works/list"', '"maps/pictures"'), encoding="utf-8")

    with pytest.raises(PackError, match=r"maps/pictures.*绕了一圈没有名称"):
        load_pack(folder)


def test_that_a_folder_without_a_pack_is_refused(tmp_path):
    with pytest.raises(PackError, match=r"pack\.toml：文件不存在"):
        load_pack(tmp_path)


def test_that_a_file_in_another_encoding_is_refused(tmp_path):
    folder = tmp_path / "pack"
    shutil.copytree(SMALL, folder)
    (folder / "clauses.toml").write_bytes("# 条款".encode("gbk"))

    with pytest.raises(PackError, match=r"clauses\.toml：不是有效的 TOML"):
        load_pack(folder)


def test_that_a_pack_that_is_not_at_hand_is_named():
    with pytest.raises(PackError, match="本程序没有这个政策包"):
        open_pack("ndrc-1999")
    assert "ndrc-2021-1004" in pack_ids()


def test_that_a_pack_is_read_once():
    assert open_pack("ndrc-2021-1004") is open_pack("ndrc-2021-1004")


def test_that_the_small_pack_says_what_its_files_say():
    pack = small_pack()
    area = pack.index.items["overview", "area"]
    works = pack.index.items["works", "list"]

    assert isinstance(area, Field)
    assert isinstance(area.kind, Quantity)
    assert str(area.kind.maximum) == "999.5"
    assert isinstance(works, Table)
    assert [shape.style for shape in works.prints][-1] is PrintStyle.RECORDS
    assert works.column("own").group == "资金来源"
    assert pack.variable("cycle") == "“试点”"
    assert pack.index.sections["water"].item("supply").key == "supply"


def test_that_a_table_without_prints_is_printed_with_all_its_columns():
    balance = small_pack().index.items["energy", "balance"]

    assert isinstance(balance, Table)
    assert balance.prints[0].columns == ("fuel", "amount", "coefficient", "tce", "note")


def test_that_factors_keep_their_mark_and_skip_what_has_no_figure():
    energy = small_pack().index.factor_sets["energy"]

    assert [factor.key for factor in energy.factors] == ["coal", "gas"]
    assert [factor.is_confirmed for factor in energy.factors] == [True, False]
    assert energy.factor("steam") is None


def test_that_a_default_keeps_its_live_figures_and_fills_its_templates(tmp_path):
    pack = load_pack(
        changed(
            tmp_path,
            COVER,
            'default = "《{cover/plan_title}》数据真实。"',
            'default = "{cover/park_name}面积{{overview/area}}。"',
        )
    )
    view = evaluate(pack, plan(pack))
    pledge = parse_address("pledge/text")

    assert view.text(pledge) == "青湖园区面积{{overview/area}}。"
    assert read_text(view, pledge) == "青湖园区面积12.50 km²。"


SPEC = """
[double_counting]
table = "projects/list"
owner = "owner"
benefits = ["save_energy", "cut_co2"]
energy = "save_energy"
carbon = "cut_co2"
fuels = "energy/balance"
fuel_energy = "tce"
fuel_carbon = "co2"
"""


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('owner = "owner"', 'owner = "boss"', "没有列“boss”"),
        ('table = "projects/list"', 'table = "projects/none"', "“projects/none”不是表格"),
        ('"save_energy", "cut_co2"]', '"save_energy"]', "benefits 缺少：cut_co2"),
        ('fuel_energy = "tce"', 'fuel_energy = "fuel"', "列“fuel”应为数值"),
        ('"cut_co2"]', '"cut_co2", "counts"]', "列“counts”应为填报的列"),
        ('"cut_co2"]', '"cut_co2", "invest"]', "列“invest”的年份不对"),
        ('fuel_energy = "tce"', "", "double_counting.fuel_energy"),
    ],
)
def test_that_a_double_counting_that_cannot_be_compared_is_refused(tmp_path, old, new, why):
    folder = tmp_path / "pack"
    shutil.copytree(REAL, folder, ignore=shutil.ignore_patterns("pictures", "sample.json"))
    top = folder / "pack.toml"
    text = top.read_text(encoding="utf-8")
    start, end = text.index("[double_counting]"), text.index("# Annexes in print order")
    assert old in SPEC
    spec = SPEC.replace(old, new, 1)
    top.write_text(f"{text[:start]}{spec}\n{text[end:]}", encoding="utf-8")

    with pytest.raises(PackError, match=re.escape(why)):
        load_pack(folder)
