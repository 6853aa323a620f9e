"""封面、编制说明和口径: who wrote the sample plan and by which conventions it counts."""

from __future__ import annotations

from decimal import Decimal

from forms.factors_in_use import factors_in_use
from forms.view import PlanView
from tools.sample.decimals import dec

PARK = "云泽市清源经济开发区"
SHORT = "清源经开区"
COMMITTEE = f"{PARK}管理委员会"
PROVINCE = "东海省"
CITY = "澄川市"
COUNTY = "云泽市"
BASE, TARGET = 2025, 2030

# Measured for the sample, so that overriding a factor with a reason is shown once.
COAL_HEAT = dec("20.52")  # GJ/t, coal as fired
COAL_TCE = dec("0.70016")  # COAL_HEAT / 29.3076
COAL_CO2 = dec("1.8263")  # COAL_HEAT * 0.0261 * 0.93 * 44 / 12
BIOMASS_TCE = dec("0.49987")
BIOGAS_TCE = dec("7.31892")

# As the pack's factor sets give them; tests compare.
POWER_TCE = dec("1.229")  # tce/万kWh
POWER_CO2 = dec("6.096")  # tCO2/万kWh
GAS_TCE = dec("13.3")  # tce/万m³
GAS_CO2 = dec("21.6219")  # tCO2/万m³
DIESEL_TCE = dec("1.4571")
DIESEL_CO2 = dec("3.0959")

STEAM_HEAT = dec("2.75")  # GJ/t
CHP_HEAT_RATE = dec("0.0386")  # tce/GJ, 清源热电 2025

GRID_AREA = "2023|全国|全国电力平均二氧化碳排放因子（不包括市场化交易的非化石能源电量）"


def coal_co2(tce: Decimal) -> Decimal:
    """The CO2 of so much coal as fired."""
    return tce / COAL_TCE * COAL_CO2


def sections() -> dict[str, dict[str, object]]:
    """cover, people, pledge, park, period and scope without their narratives."""
    return {
        "cover": {
            "park_name": PARK,
            "park_level": "provincial",
            "plan_title": f"{PARK}循环化改造实施方案（{BASE + 1}—{TARGET}年）",
            "draft_stage": "review",
            "compiler": COMMITTEE,
            "consultant": "东海衡一循环经济咨询有限公司",
            "compiled_month": "2026-06",
        },
        "people": {
            "project_leader": "陆明远（管委会副主任）",
            "contact_name": "许文昭（经济发展局）",
            "contact_phone": "0599-8800 2610",
            "authors": _authors(),
        },
        "pledge": {"pledge_signer": "沈清和", "pledge_date": "2026-06-26"},
        "park": {
            "park_type": "economic",
            "province": PROVINCE,
            "city": CITY,
            "county": COUNTY,
            "approval_body": f"{PROVINCE}人民政府",
            "approval_number": "东政复〔2006〕41号",
            "approval_year": 2006,
        },
        "period": {
            "base_year": BASE,
            "target_year": TARGET,
            "history_years": 3,
            "with_overall": True,
        },
        "scope": {
            "boundary_area": "21.36",
            "coverage": "all",
            "price_basis": "constant",
            "price_year": BASE,
            "water_basis": "intake",
            "waste_basis": "general",
            "air_pollutants": ["so2", "nox", "particulates", "vocs"],
            "air_other": "氯化氢（氯碱化工企业）、氟化物（建筑陶瓷企业）",
            "saving_basis": "annual",
            "saving_method": "project",
            "tce_edition": "GB/T 2589-2020《综合能耗计算通则》附录A",
            "elec_basis": "equal",
            "gas_basis": "upper",
            "heat_basis": "equal",
            "gas_source": "云泽燃气公司2025年低位发热量检测均值38.93 MJ/m³，与标准上限13.3一致",
            "co2_set": "province_2025",
            "grid_area": GRID_AREA,
            "grid_source": "生态环境部、国家统计局《关于发布2023年电力二氧化碳排放因子的公告》"
            "（公告2025年第47号）；外购绿电另计为零排放，故取不包括市场化交易非化石电量的因子",
        },
    }


def factor_checks(view: PlanView) -> list[dict[str, str]]:
    """The factors of the sample that have to be compared with their standards, compared."""
    waiting = [used for used in factors_in_use(view) if not used.factor.is_confirmed]
    return [
        {
            "id": f"k{number:02}",
            "factor": used.option,
            "value": f"{used.factor.value:f}",
            "unit": used.factor.unit,
            "edition": used.factor.edition,
            "person": "戴知行",
            "date": "2026-05-12",
        }
        for number, used in enumerate(waiting, start=1)
    ]


def _authors() -> list[dict[str, str]]:
    bureau, consultant = f"{SHORT}管委会经济发展局", "东海衡一循环经济咨询有限公司"
    rows = [
        ("a01", "许文昭", bureau, "副局长", "总体统筹，第一章、第五章数据审定"),
        ("a02", "罗佳宁", bureau, "统计师", "经济、能源与用水数据"),
        ("a03", "邵一帆", f"{SHORT}管委会规划建设局", "工程师", "空间布局、基础设施"),
        ("a04", "魏思远", "云泽市生态环境局清源分局", "工程师", "固体废物、污染物与第五项任务"),
        ("a05", "戴知行", consultant, "高级工程师", "技术负责人，能源与二氧化碳核算"),
        ("a06", "江若溪", consultant, "工程师", "产业链与物质流分析、第二项和第四项任务"),
        ("a07", "顾承泽", consultant, "注册咨询工程师", "重点项目、投资与效益测算"),
    ]
    names = ("id", "name", "employer", "post", "duty")
    return [dict(zip(names, row, strict=True)) for row in rows]
