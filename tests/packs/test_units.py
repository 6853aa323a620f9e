"""Formulas that mix units are refused before anyone plans with them; the right ones are not."""

from __future__ import annotations

import shutil
from decimal import Decimal

import pytest

from forms.address import parse_address
from forms.edits import set_from_text
from forms.loading import PackError, load_pack
from forms.view import evaluate
from tests.forms import plans
from tests.packs.loading import REAL, changed

PARK = "chapters/park.toml"
OUTCOMES = "chapters/outcomes.toml"
WORKS = "chapters/projects.toml"
RULES = "rules.toml"
TOTAL = '"sum([energy/balance/*/tce/@base])"'  # energy/total, tce
SMALL_MONEY = "'to([outcomes/output], \"万元\")'"  # outcomes/output_small, 万元
SHARE = 'key = "share"'  # overview/share, %
COEFFICIENT = 'row_unit = "{fuel.unit}"'
AMOUNT = 'row_unit = "tce/({fuel.unit})"'
LEFT, WHEN = 'left = "[./total]"', 'when = "[./total] > 0"'
BY_COLUMNS = 'columns = ["own", "loan"]\n'
ENERGY, MONEY = "energy/total", "outcomes/output_small"


def tce(formula):
    """Another formula in the place of 综合能耗, which is in tce."""
    return PARK, TOTAL, f"'{formula}'", ENERGY


def money(formula):
    """Another formula in the place of an amount in 万元."""
    return OUTCOMES, SMALL_MONEY, f"'{formula}'", MONEY


def share(formula):
    """A formula for 已开发比例, which is in %."""
    return PARK, SHARE, f"{SHARE}\n  formula = '{formula}'", "overview/share"


MISTAKES = {
    "coal and money added": (
        *tce("[outcomes/output_small] + sum([works/list/*/saving])"),
        "[outcomes/output_small]（万元）与“tce”不能相加",
    ),
    "money taken from coal": (
        *tce("sum([works/list/*/saving]) - [outcomes/output_small]"),
        "与[outcomes/output_small]（万元）不能相减",
    ),
    "亿元 and 万元 added as they are": (
        *money("[outcomes/output] + sum([works/list/*/own])"),
        '[outcomes/output]（亿元）与“万元”不能相加，请用 to(…, "万元") 换算',
    ),
    "two columns of different units in one sum": (
        *money("sum([works/list/*/own], [works/list/*/saving])"),
        "[works/list/*/own]（万元）与[works/list/*/saving]（tce）不能相加",
    ),
    "the smaller of two different things": (
        *tce("min(sum([works/list/*/saving]), [outcomes/output_small])"),
        "不能比大小",
    ),
    "either coal or money": (
        *tce('if([cover/level] = "national", sum([works/list/*/saving]), [outcomes/output])'),
        "不能作为同一个 if 的两项",
    ),
    "a formula of another unit than its value": (
        *tce("[outcomes/output_small]"),
        "公式得出的单位是“万元”，而此处应为“tce”",
    ),
    "亿元 in the place of 万元": (
        *money("[outcomes/output]"),
        '公式得出的单位是“亿元”，而此处应为“万元”，请用 to(…, "万元") 换算',
    ),
    "a factor of ten thousand by hand": (
        *money("[outcomes/output] * 10000"),
        "不要自己乘倍数",
    ),
    "a hundred instead of per cent": (
        *share("[outcomes/output_small] / sum([works/list/*/own]) * 100"),
        '而此处应为“%”，请用 to(…, "%") 换算，不要自己乘倍数',
    ),
    "a share that is a ratio of different things": (
        *share("[outcomes/output] / [energy/total]"),
        "公式得出的单位是“亿元/tce”，而此处应为“%”",
    ),
    "a bare number added": (
        *tce("sum([works/list/*/saving]) + 5"),
        '5（不带单位的数）不能相加，请写 quantity(数, "tce")',
    ),
    "a bare number as the whole value": (
        *tce("5"),
        '公式得出的单位是“不带单位的数”，而此处应为“tce”，请写 quantity(数, "tce")',
    ),
    "a number of things as tonnes": (
        *tce("count([works/list/*/name])"),
        "公式得出的单位是“个数”，而此处应为“tce”",
    ),
    "a conversion into another quantity": (
        *money('to([energy/total], "万元")'),
        "[energy/total]（tce）不能换算成 万元：不是同一种量",
    ),
    "a conversion into a unit nobody knows": (
        *money('to([outcomes/output], "万圆")'),
        "不认识单位“万圆”",
    ),
    "a quantity in a unit nobody knows": (
        *tce('quantity(5, "TCE")'),
        "不认识单位“TCE”",
    ),
    "a conversion without a unit": (
        *money("to([outcomes/output], 10000)"),
        "to 的第二项应为带引号的单位",
    ),
    "a quantity that is no number": (
        *money('quantity([outcomes/output], "万元")'),
        "quantity 的第一项应为一个数",
    ),
    "prose in a sum": (
        *tce("[cover/park_name] + sum([works/list/*/saving])"),
        "[cover/park_name]（文字）与“tce”不能相加",
    ),
    "prose times a number": (
        *tce("[cover/park_name] * 2"),
        "文字不能参与加减乘除",
    ),
    "amounts of different fuels summed": (
        *tce("sum([energy/balance/*/amount/@base])"),
        "“实物量”各行单位不同，只能在本行内计算，或在 sum 中用 where 限定“fuel”的一项",
    ),
    "a row compared with the whole column": (
        PARK,
        '"[./amount/@year] * [./coefficient]"',
        '"[./amount/@year] / sum([energy/balance/*/amount/@year]) * quantity(1, \\"tce\\")"',
        "energy/balance/tce",
        "“实物量”各行单位不同",
    ),
    "the amount of one fuel as coal equivalent": (
        *tce('sum([energy/balance/*/amount/@base], where([energy/balance/*/fuel], "coal"))'),
        "公式得出的单位是“t”，而此处应为“tce”",
    ),
    "a total over different units": (
        PARK,
        AMOUNT,
        f"{AMOUNT}\n    total = true",
        "energy/balance",
        "“实物量”各行单位不同，不能有合计",
    ),
    "a coefficient for one fuel only": (
        PARK,
        COEFFICIENT,
        'unit = "tce/t"',
        "energy/balance/coefficient",
        "因子集“energy”中可取的各行单位不一：tce/",
    ),
    "an amount whose unit does not suit its coefficient": (
        PARK,
        AMOUNT,
        'unit = "t"',
        "energy/balance/tce",
        "选“天然气”时，公式得出的单位是“t·tce/万m³”",
    ),
    "a row unit of a column that is no choice": (
        PARK,
        AMOUNT,
        'row_unit = "{note.unit}"',
        "energy/balance/amount",
        "row_unit 中的“note”不是本表的单选列",
    ),
    "a row unit nobody gave": (
        PARK,
        AMOUNT,
        'row_unit = "{fuel.size}"',
        "energy/balance/amount",
        "选“原煤”时，选项“coal”没有属性“size”",
    ),
    "a unit for all rows and one for each": (
        PARK,
        AMOUNT,
        f'{AMOUNT}\n    unit = "t"',
        "row_unit",
        "unit 与 row_unit 只能写一个",
    ),
    "a factor that is not there": (
        PARK,
        "'factor(\"energy\", [./fuel])'",
        '\'factor("energy", "wood")\'',
        "energy/balance/coefficient",
        "因子集“energy”没有“wood”一项",
    ),
    "a factor in a unit nobody knows": (
        "factors/energy.csv",
        "0.7143,tce/t",
        "0.7143,tce/吨",
        "energy/coal",
        "不认识单位“吨”",
    ),
    "a value in a unit nobody knows": (
        PARK,
        'unit = "km²"',
        'unit = "km2"',
        "overview/area",
        "不认识单位“km2”，相近的有：km²",
    ),
    "a rule between coal and money": (
        RULES,
        'right = "sum([./own], [./loan])"',
        'right = "[./saving]"',
        "SUM-001",
        "[./total]（万元）与[./saving]（tce）不能比较",
    ),
    "a rule between 万元 and 亿元": (
        RULES,
        'right = "sum([./own], [./loan])"',
        'right = "[outcomes/output]"',
        "SUM-001",
        '不能比较，请用 to(…, "亿元") 换算',
    ),
    "a threshold that forgets its unit": (
        RULES,
        'right = "sum([./own], [./loan])"',
        'right = "[./saving] * 30"',
        "SUM-001",
        "[./total]（万元）与“tce”不能比较",
    ),
    "a rule on terms that compare coal and money": (
        RULES,
        WHEN,
        'when = "[./total] > [./saving]"',
        "SUM-002",
        "不能比较",
    ),
    "a rule that compares an amount with a word": (
        RULES,
        WHEN,
        'when = "[./total] = [./name]"',
        "SUM-002",
        "[./total]（万元）与[./name]（文字）不能比较",
    ),
    "a summary of columns of different units": (
        WORKS,
        BY_COLUMNS,
        BY_COLUMNS.replace("loan", "saving"),
        "works/by_source",
        "“自筹”为 万元，“节能量”为 tce",
    ),
    "a pack that declares no units": (
        "pack.toml",
        'base = ["元", "t", "m", "tce"]',
        "base = []",
        "units",
        "不认识单位",
    ),
    "a unit declared twice": (
        "pack.toml",
        '"km" = "1000 m"',
        '"t" = "1000 m"',
        "units",
        "单位“t”重复",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_that_a_pack_is_refused_for(name, tmp_path):
    file, old, new, key, reason = MISTAKES[name]

    with pytest.raises(PackError) as refused:
        load_pack(changed(tmp_path, file, old, new))

    assert key in refused.value.key
    assert reason in refused.value.reason
    assert refused.value.file


def test_that_the_refusal_names_file_value_and_formula(tmp_path):
    with pytest.raises(PackError) as refused:
        load_pack(changed(tmp_path, PARK, TOTAL, '"[outcomes/output_small]"'))

    assert str(refused.value) == (
        "chapters/park.toml：energy/total：公式得出的单位是“万元”，而此处应为“tce”："
        "[outcomes/output_small]"
    )


def test_that_a_conversion_is_the_same_in_every_row(tmp_path):
    old = '"[./amount/@year] * [./coefficient]"'
    new = '\'to([./amount/@year], "t") * quantity(1, "tce/t")\''
    folder = changed(tmp_path, PARK, old, new)
    factors = folder / "factors" / "energy.csv"
    text = factors.read_text(encoding="utf-8")
    factors.write_text(text.replace("tce/万m³", "tce/万t"), encoding="utf-8")

    with pytest.raises(PackError, match="to 要换算的单位各行不同"):
        load_pack(folder)


RIGHT = {
    "a sum in one unit": (*tce("sum([works/list/*/saving]) + sum([works/list/*/saving])"), "61"),
    "nothing times something": (*tce("0 * [outcomes/output]"), "0"),
    "nothing at all": (*tce("0"), "0"),
    "zero where there is none": (
        *tce('if([cover/level] = "national", 0, sum([works/list/*/saving]))'),
        "30.5",
    ),
    "a quantity of its own": (*tce('quantity(5, "tce")'), "5"),
    "a quantity in a larger unit": (*tce('to(quantity(5, "万tce"), "tce")'), "50000"),
    "a density": (
        *tce('sum([works/list/*/own]) * quantity(2, "tce/万元")'),
        "520",
    ),
    "a ratio in per cent": (
        *share('to([outcomes/output] / ([outcomes/output] + [outcomes/output]), "%")'),
        "50",
    ),
    "a converted quotient": (
        *money('to([outcomes/output] / quantity(4, "t") * quantity(2, "t"), "万元")'),
        "60000",
    ),
    "the amount of one fuel": (
        *tce(
            'sum([energy/balance/*/amount/@base], where([energy/balance/*/fuel], "gas"))'
            ' * quantity(2, "tce/万m³")'
        ),
        "20",
    ),
}


@pytest.mark.parametrize("name", RIGHT)
def test_that_a_formula_may_say(name, tmp_path):
    file, old, new, key, value = RIGHT[name]
    pack = load_pack(changed(tmp_path, file, old, new))

    typed = {address: text for address, text in plans.TYPED.items() if address != key}
    assert evaluate(pack, plans.plan(pack, typed)).value(parse_address(key)) == Decimal(value)


@pytest.mark.parametrize(
    "right",
    [
        "30",
        "0",
        '[./saving] * quantity(30, \\"万元/tce\\")',
        'to([outcomes/output], \\"万元\\") / 3',
    ],
)
def test_that_a_rule_may_hold_an_amount_against(right, tmp_path):
    load_pack(changed(tmp_path, RULES, 'right = "sum([./own], [./loan])"', f'right = "{right}"'))


def real(tmp_path, file, old, new):
    """A copy of the pack of the notice in which one passage reads otherwise."""
    folder = tmp_path / "pack"
    shutil.copytree(REAL, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        (
            "vocabularies.toml",
            'label = "柴油", attributes = { unit = "t"',
            'label = "柴油", attributes = { unit = "万m³"',
            "选“柴油”时，公式得出的单位是“tce/t”，而此处应为“tce/万m³”",
        ),
        (
            "vocabularies.toml",
            'label = "热力", attributes = { unit = "GJ"',
            'label = "热力", attributes = { unit = "t"',
            "选“热力”时",
        ),
        (
            "chapters/baseline.toml",
            'to([scope/grid_factor], "tCO2/万kWh")',
            "[scope/grid_factor]",
            "选“电力”时，公式得出的单位是“kgCO2/kWh”，而此处应为“tCO2/万kWh”",
        ),
        (
            "factors/fuel_co2.csv",
            "3.1451,tCO2/t",
            "3.1451,kgCO2/t",
            "选“柴油”时，因子集“fuel_co2”中可取的各行单位不一",
        ),
        (
            "factors/grid_electricity_co2.csv",
            "0.5306,kgCO2/kWh",
            "0.5306,tCO2/kWh",
            "因子集“grid_co2”中可取的各行单位不一",
        ),
    ],
)
def test_that_each_fuel_is_checked_with_its_own_coefficients(tmp_path, file, old, new, reason):
    with pytest.raises(PackError) as refused:
        load_pack(real(tmp_path, file, old, new))

    assert reason in refused.value.reason


def test_that_a_grid_factor_is_converted_into_the_unit_of_the_energy_table():
    pack = load_pack(REAL)
    answers = plans.plan(
        pack,
        {
            "period/base_year": "2025",
            "scope/grid_factor": "0.5827",
            "energy/balance/p/fuel": "electricity_eq",
            "energy/balance/p/amount/2025": "100",
        },
    )

    seen = evaluate(pack, answers)

    assert seen.value(parse_address("energy/balance/p/co2_factor")) == Decimal("5.827")
    assert seen.value(parse_address("energy/balance/p/co2/2025")) == Decimal("582.7")


def test_that_a_value_may_be_typed_in_any_unit_of_its_quantity():
    pack = load_pack(REAL)
    saved = pack.roles.projects.at("p1", "save_energy")

    for typed, value in (("1.5万tce", "15000"), ("2 kgce", "0.002"), ("3 tce/a", "3")):
        assert set_from_text(pack, saved, typed).value == Decimal(value)
