"""Quick looks at the prose of rows: none passes over what a full reading would find."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from commands.making import DEFAULT_PACK, sample_plan
from forms.address import Address
from forms.checks import run_checks
from forms.checks.finding import Step
from forms.checks.own_figures import doubtful, own_figures
from forms.checks.workings import benefits_and_workings
from forms.claims import Linter
from forms.conversion import conversions_of
from forms.edits import SetValue, apply_edits
from forms.kinds import Narrative, Quantity
from forms.loading import open_pack
from forms.prose_figures import half_width, numbers_in
from forms.quantities import known_in_row, own_names
from forms.schema import Field, Table
from forms.values import Value
from forms.view import PlanView, evaluate

PACK = open_pack(DEFAULT_PACK)
HOME = PACK.roles.projects
TABLE = PACK.index.items[HOME.section, HOME.item]
assert isinstance(TABLE, Table)
PROSE = [column.key for column in TABLE.columns if isinstance(column.kind, Narrative)]
FIGURES = [
    column
    for column in TABLE.columns
    if isinstance(column.kind, Quantity) and not column.years and not column.computed
]
SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example)
SEVERAL = settings(max_examples=300, suppress_health_check=SLOW, deadline=None)
FEW = settings(max_examples=25, suppress_health_check=SLOW, deadline=None)
WIDE = "；ＡＢ"  # makes the whole row be read, and says nothing

NAMES = ["节能量", "节能", "减排二氧化碳", "二氧化碳", "二氧化硫", "固体废物减量", "废水减排"]
UNITS = ["tce", "吨标准煤", "t", "吨", "万t", "t/a", "tCO2/a", "万m³", "mg/m³", "%", "台", "万元"]
NUMBERS = ["46.8", "4935", "12.41", "3", "１２．５", "三", "1,234", "百分之五", "46.80"]
WORDS = [
    *("园区", "其中", "由", "从", "到", "分别为", "约", "不超过", "年", "较基准年", "合计", "和"),
    *(
        "、",
        "，",
        "。",
        "；",
        "：",
        "\n",
        " ",
        "\u00a0",
        "（",
        "）",
        "＝",
        "×",
        "÷",
        "—",
        "第",
        "x",
    ),
    *("XX", "待补充", "……", "南山经济开发区", "到2019年达到", "力争2040年实现", "1-6月", "上半年"),
    *("“十三五”期间将", "×0.5703", "{{", "{{a/b}}", "《", "》"),
]
TEXTS = st.lists(st.sampled_from([*NAMES, *NUMBERS, *UNITS, *WORDS]), min_size=1, max_size=14).map(
    "".join
)
PARTS = st.lists(
    st.tuples(*map(st.sampled_from, (NAMES, ["", "约", "×3＝", "：同上，", "第"], NUMBERS, UNITS))),
    min_size=1,
    max_size=3,
).map(lambda parts: ["".join(part) for part in parts])
CLAUSES = st.builds(str.join, st.sampled_from("，、"), PARTS)


@lru_cache(maxsize=1)
def sample() -> PlanView:
    view = evaluate(PACK, sample_plan().answers)
    run_checks(view)
    return view


def with_values(values: dict[Address, Value | None]) -> PlanView:
    """The sample plan with these cells; all else was read before."""
    before = sample()
    edits = tuple(SetValue(place, value) for place, value in values.items())
    return evaluate(PACK, apply_edits(PACK, before.answers, edits, "改写").answers, before)


@given(TEXTS | CLAUSES)
def test_that_a_number_with_a_unit_is_spotted_before_it_is_read(text):
    spoken = conversions_of(PACK)
    plain = half_width(text)
    for written in numbers_in(plain, spoken.reader):
        assert spoken.spotter.search(plain, written.start)


@SEVERAL
@given(CLAUSES | TEXTS, st.sampled_from(["46.8", "4935", "12.41", "3", "12.5"]))
@example("氨氮减排量：16万t×2.1 mg29.84 t/a", "29.84")
@example("（节能）（甲）量4935（约）tce，节（乙）能46.8 tce", "4935")
@example("节能量46.8 tce、减排二氧化碳3 t", "46.8")
@example("二氧化硫、氮氧化物分别为3、46.8 t", "46.8")
def test_that_prose_which_differs_from_its_row_is_doubted(text, amount):
    view = sample()
    row = view.rows(HOME)[0]
    cells = {(column.key, 0): Decimal(amount) for column in FIGURES}
    place = HOME.at(row, PROSE[0])
    filled = with_values({HOME.at(row, key): value for (key, _), value in cells.items()})
    own = known_in_row(filled, place, text)
    linter = Linter((), view.calendar, PACK).in_row(own)
    differs = bool(own) and any(not claim.agrees for claim in linter.claims(text))
    figures = own_figures(own_names(filled, HOME), conversions_of(PACK))
    doubted = list(doubtful(figures, {row: cells}, [row], [text]))
    assert not differs or doubted == [0]


def rules_at(place: Address, steps: Iterable[Step], *groups: str) -> list[str]:
    """The rules of these groups that find something at a place."""
    findings = (step for step in steps if step is not None and place in step.places)
    return sorted(finding.rule for finding in findings if finding.rule.startswith(groups))


@FEW
@given(TEXTS)
@example("固废减量由2025年的3 t到2019年达到46.8 t")
@example("本项目位于南山经济开发区")
def test_that_the_prose_of_a_row_is_searched_like_that_of_a_field(text):
    field = next(
        Address(section.key, item.key)
        for section in PACK.sections()
        for item in section.items
        if isinstance(item, Field) and isinstance(item.kind, Narrative)
    )
    cell = HOME.at(sample().rows(HOME)[0], PROSE[0])
    stored = text.strip() or "无"
    groups = ("LFT-1", "LFT-001", "LIV", "TIM-1", "PRS-011")
    in_row = rules_at(cell, run_checks(with_values({cell: stored})), *groups)
    assert in_row == rules_at(field, run_checks(with_values({field: stored})), *groups)


@FEW
@given(CLAUSES | TEXTS, st.sampled_from(["46.8", "4935", "12.41", None]))
@example("氨氮减排量：16万t×2.1 mg29.84 t/a", "29.84")
def test_that_a_working_is_judged_the_same_at_a_glance_and_in_full(text, amount):
    row = sample().rows(HOME)[0]
    value = None if amount is None else Decimal(amount)
    cells: dict[Address, Value | None] = {HOME.at(row, column.key): value for column in FIGURES}
    place = HOME.at(row, PROSE[-1])
    stored = text.strip() or "无"
    glance = with_values({**cells, place: stored})
    full = with_values({**cells, place: stored + WIDE})
    at_a_glance = rules_at(place, benefits_and_workings(glance), "PRS-02")
    assert at_a_glance == rules_at(place, benefits_and_workings(full), "PRS-02")
