"""The sample plan: whole, free of findings, in agreement with itself and with its builder."""

from __future__ import annotations

import json
import re
from collections import Counter
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest

from forms.address import Address, parse_address
from forms.checks import run_checks
from forms.gaps import complete_plan
from forms.inline.reading import filled, read_text
from forms.loading import load_pack
from forms.plan_json import plan_from_json, plan_to_json
from forms.schema import Field, IndicatorTable, Pack, Severity, Table
from forms.slots import SlotKey
from forms.view import PlanView, evaluate
from tools.build_sample import as_text, build
from tools.sample import conventions as use

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "packs" / "ndrc-2021-1004"
SAMPLE = FOLDER / "sample.json"
PICTURES = FOLDER / "pictures"

# Fields that are right to be empty: reasons for changes the sample does not make.
EMPTY = {"scope/grid_reason", "scope/heat_reason", "industry/chain_figure"}


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(FOLDER)


@pytest.fixture(scope="module")
def data() -> dict:
    return json.loads(SAMPLE.read_text(encoding="utf-8"), parse_float=Decimal)


@pytest.fixture(scope="module")
def view(pack, data) -> PlanView:
    return evaluate(pack, plan_from_json(pack, data))


@pytest.fixture(scope="module")
def built(pack) -> tuple[dict, dict[str, bytes]]:
    return build(pack)


def number(view: PlanView, address: str) -> Decimal:
    found = view.number(parse_address(address))
    assert found is not None, f"{address} is empty"
    return found


def prose(view: PlanView) -> dict[str, str]:
    """Every narrative field by address, as it is read."""
    return {
        str(address): filled(view, text)
        for address, text in view.answers.values()
        if isinstance(text, str) and not address.row and len(text) > 60
    }


# -- Whole ---------------------------------------------------------------------------------------


def test_that_the_sample_has_no_finding(view):
    found = [f"{finding.rule} {finding.sentence}" for finding in run_checks(view)]
    grave = [f.sentence for f in run_checks(view) if f.severity is Severity.MUST]

    assert grave == []
    assert found == []


def test_that_nothing_asked_for_is_missing(view):
    completion = complete_plan(view)

    assert completion.gaps == 0
    assert completion.percent == 100


def test_that_every_visible_field_and_table_is_filled(pack, view):
    empty = {
        f"{section.key}/{item.key}"
        for section in pack.sections()
        if view.shows_section(section)
        for item in section.items
        if isinstance(item, Field | Table) and view.shows_item(item)
        if not (
            view.rows(Address(section.key, item.key))
            if isinstance(item, Table)
            else view.text(Address(section.key, item.key))
            or view.value(Address(section.key, item.key)) is not None
        )
    }

    assert empty == EMPTY


def test_that_every_indicator_has_its_values_and_its_source(pack, view):
    home = Address("outcomes", "indicators")
    item = pack.index.items["outcomes", "indicators"]
    assert isinstance(item, IndicatorTable)
    for row in item.rows:
        for side in ("base", "target", "source") if row.has_base else ("target", "source"):
            assert view.value(home.at(row.key, side)) is not None, f"{row.label} {side}"


def test_that_24_projects_serve_five_tasks(view):
    table = Address("projects", "list")
    rows = view.rows(table)
    tasks = Counter(view.value(table.at(row, "task")) for row in rows)

    assert len(rows) == 24
    assert set(tasks) == {"layout", "chain", "carbon", "resource", "pollution"}
    assert min(tasks.values()) >= 3


def test_that_three_years_and_24_enterprises_are_listed(view):
    assert view.calendar.history == 3
    assert (view.calendar.base, view.calendar.target) == (2025, 2030)
    assert len(view.rows(Address("enterprises", "key_enterprises"))) == 24


def test_that_the_sample_comes_back_from_json_unchanged(pack, data, view):
    assert plan_to_json(pack, view.answers)["sections"] == data["sections"]


# -- Consistent ----------------------------------------------------------------------------------


def test_that_money_adds_up_to_the_last_digit(view):
    table = Address("projects", "list")
    for row in view.rows(table):
        total = view.number(table.at(row, "invest_total"))
        sources = [
            view.number(table.at(row, f"src_{key}"))
            for key in ("own", "loan", "central", "province", "city", "other")
        ]
        years = [view.number(table.at(row, "invest", year)) for year in range(2026, 2031)]
        years.append(view.number(table.at(row, "invest_done")))

        assert sum(part for part in sources if part is not None) == total, row
        assert sum(part for part in years if part is not None) == total, row


def test_that_project_benefits_are_said_as_they_are_counted(view):
    """Each counted figure stands in the reckoning of its project."""
    table = Address("projects", "list")
    columns = ("save_energy", "save_water", "cut_co2", "cut_waste", "use_waste", "cut_nox")
    for row in view.rows(table):
        said = str(view.value(table.at(row, "benefit_basis")))
        for column in columns:
            figure = view.number(table.at(row, column))
            if figure is not None:
                assert f"{figure.normalize():f}" in said, f"{row} {column} {figure}"


def test_that_the_factors_of_the_reckonings_are_those_of_the_plan(view):
    balance = {view.value(a): a.row for a in _cells(view, "energy/balance", "fuel")}
    for fuel, tce, co2 in (
        ("raw_coal", use.COAL_TCE, use.COAL_CO2),
        ("natural_gas", use.GAS_TCE, use.GAS_CO2),
        ("electricity_eq", use.POWER_TCE, use.POWER_CO2),
        ("diesel", use.DIESEL_TCE, use.DIESEL_CO2),
    ):
        home = f"energy/balance/{balance[fuel]}"
        assert number(view, f"{home}/coefficient") == tce
        assert number(view, f"{home}/co2_factor") == co2


def test_that_water_and_waste_balance(view):
    for year in (2023, 2024, 2025):
        treated, reclaimed, out = (
            number(view, f"water/supply/{row}/{year}")
            for row in ("sewage_treated", "reclaimed", "wastewater")
        )
        assert 40 <= out - (treated - reclaimed) <= 50  # clean water let out directly
    made = number(view, "waste/generated_total")
    used = number(view, "waste/utilised_total") - number(view, "waste/utilised_stock_total")
    left = number(view, "waste/disposed_total") + number(view, "waste/stored_total")

    assert made == used + left


@pytest.mark.parametrize(
    ("narrative", "address", "scale", "unit"),
    [
        ("economy/economy_text", "economy/output/gdp/2025", 1, "亿元"),
        ("economy/economy_text", "economy/output/large_enterprises/2025", 1, "家"),
        ("energy/energy_text", "energy/totals/energy_total/2025", 10000, "万tce"),
        ("energy/energy_text", "energy/totals/co2_total/2025", 10000, "万t"),
        ("water/water_text", "water/supply/fresh_total/2025", 1, "万m³"),
        ("water/water_text", "water/supply/reuse_rate/2025", 1, "%"),
        ("waste/waste_text", "waste/generated_total", 10000, "万t"),
        ("waste/waste_text", "waste/rate", 1, "%"),
        ("pollution/pollution_text", "pollution/emissions/nox/2025", 1, " t"),
        ("projects/projects_intro", "project_summary/invest_sum", 10000, "亿元"),
        ("project_summary/funding_note", "project_summary/invest_sum", 10000, "亿元"),
        ("goals/goals_text", "outcomes/indicators/energy_saving/target", 10000, "万tce"),
        ("outcomes/outcomes_intro", "outcomes/indicators/co2_reduction/target", 10000, "万t"),
        ("outcomes/outcomes_intro", "outcomes/indicators/water_saving/target", 1, "万m³"),
        ("targets/targets_note", "targets/target_energy", 1, " tce"),
        ("targets/targets_note", "targets/target_sewage", 1, "万m³"),
    ],
)
def test_that_the_prose_says_what_the_data_says(view, narrative, address, scale, unit):
    figure = round(number(view, address) / scale, 2).normalize()

    assert f"{figure:f}{unit}" in read_text(view, parse_address(narrative))


def test_that_the_number_of_projects_and_measures_is_right_in_the_prose(view):
    measures = sum(
        len(view.rows(Address(f"task_{task}", "measures")))
        for task in ("layout", "chain", "carbon", "resource", "pollution")
    )
    pledge = prose(view)["organisation_assurance/organisation_safeguard"]

    assert f"24个项目和{measures}条措施" in pledge
    assert (
        f"筛选出{len(view.rows(Address('projects', 'list')))}个"
        in prose(view)["projects/projects_intro"]
    )


def test_that_a_scanned_filing_is_the_one_of_its_project(view):
    table = Address("scans", "documents")
    filings = [row for row in view.rows(table) if view.value(table.at(row, "kind")) == "filing"]

    assert filings
    for row in filings:
        project = Address("projects", "list", str(view.value(table.at(row, "project"))))
        stated = view.value(project.table.at(project.row, "filing_number"))
        assert view.value(table.at(row, "number")) == stated


def test_that_the_prose_has_no_leftovers_and_repeats_no_paragraph(view):
    texts = prose(view)
    paragraphs = Counter(part for text in texts.values() for part in text.split("\n") if part)

    assert not [
        name for name, text in texts.items() if re.search(r"X{2,}|×{2}|TBD|待补|\{|\}|None", text)
    ]
    assert not [part for part, count in paragraphs.items() if count > 1]


def test_that_every_narrative_is_written_out(pack, view):
    """Between half and somewhat over twice the advised length."""
    short_or_long = {
        name: len(text)
        for name, text in prose(view).items()
        if (target := _target(pack, name)) and not target * 0.4 <= len(text) <= target * 2.4
    }

    assert short_or_long == {}


# -- Made by its builder -------------------------------------------------------------------------


def test_that_the_file_is_what_the_builder_makes(built):
    """Run `python3 -m tools.build_sample` when this fails."""
    made, _ = built

    assert as_text(made) == SAMPLE.read_bytes().decode("utf-8")


def test_that_the_pictures_are_those_of_the_builder(built):
    _, drawn = built
    kept = {path.name: path.read_bytes() for path in PICTURES.iterdir()}

    assert kept == drawn


def test_that_the_files_stay_small(data):
    assert SAMPLE.stat().st_size < 400_000
    for path in PICTURES.iterdir():
        content = path.read_bytes()
        assert len(content) <= 60_000
        assert sha256(content).hexdigest() == path.name


def test_that_every_picture_is_used_and_there(data):
    named = set(re.findall(r'"sha256": "([0-9a-f]{64})"', as_text(data)))

    assert named == {path.name for path in PICTURES.iterdir()}


def _cells(view: PlanView, table: str, column: str) -> list[Address]:
    home = parse_address(table)
    return [home.at(row, column) for row in view.rows(home)]


def _target(pack: Pack, name: str) -> int:
    section, _, item = name.partition("/")
    key: SlotKey = (section, item, "")
    return getattr(pack.index.slots[key].kind, "target", 0)
