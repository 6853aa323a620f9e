# ruff: noqa: E501  (one indicator is one line)
"""第五章: what the target year is reckoned from, and the words beside the indicators."""

from __future__ import annotations

from decimal import Decimal

from tools.sample import conventions as use
from tools.sample.decimals import dec, rounded, stored
from tools.sample.numbers import Numbers
from tools.sample.projects import heat_gained

TARGET_GDP, TARGET_IAV = dec("255.70"), dec("216.80")

# name, energy tce, co2 t, water 万m³, waste t, of it used t, wastewater 万t, SO2 NOx PM VOC COD NH3-N t
_NEW_PLANTS = (
    ("恒储储能8 GWh/a储能电池", "82000 158000 40 3000 2800 10", "1.2 14.6 3.8 12.4 3.80 0.26"),
    ("启元精细化工6万t/a环氧氯丙烷", "64000 137000 60 12000 9200 20", "6.4 18.2 4.6 16.8 7.60 0.52"),
    ("嘉禾纸业20万t/a食品级包装纸", "59000 126000 270 62000 56000 178", "14.8 26.4 7.2 2.2 67.64 4.63"),
    ("禾丰淀粉糖15万t/a功能糖", "28000 57000 110 15000 14000 64", "3.6 6.8 2.4 1.6 24.32 1.66"),
    ("双氧水、轻质碳酸钙、发泡陶瓷、高盐废水处理等补链和治污项目运行", "9600 25400 18 0 0 4", "0.4 1.2 0.6 1.8 1.52 0.10"),
)  # fmt: skip
_MAIN = (
    "added_energy",
    "added_co2",
    "added_water",
    "added_waste",
    "added_waste_utilised",
    "added_wastewater",
)
_AIR_AND_WATER = ("so2", "nox", "pm", "voc", "cod", "nh3n")


def plants() -> list[tuple[str, dict[str, Decimal]]]:
    """Each new plant with what it adds."""
    return [
        (name, dict(zip((*_MAIN, *_AIR_AND_WATER), map(dec, f"{a} {b}".split()), strict=True)))
        for name, a, b in _NEW_PLANTS
    ]


def added(key: str) -> Decimal:
    """What all new plants add of one thing."""
    return sum((figures[key] for _, figures in plants()), Decimal(0))


def targets(n: Numbers) -> dict[str, object]:
    """目标年测算依据 without the explanation."""
    renewable = n.value("energy/totals/renewable/2025") + rounded(
        (7140 + dec(24000)) * use.POWER_TCE
    )
    gas = dec(15800) - 1600 + 4200
    sewage = (
        n.value("water/supply/sewage_treated/2025")
        - (n.value("benefit_summary/total_cut_wastewater") - 220)
        + added("added_wastewater")
    )
    found: dict[str, Decimal] = {
        "target_gdp": TARGET_GDP,
        "target_iav": TARGET_IAV,
        **{key: added(key) for key in _MAIN},
        **{f"added_{key}": added(key) for key in _AIR_AND_WATER},
        "target_renewable": rounded(renewable),
        "target_clean": rounded(renewable + gas * use.GAS_TCE),
        "target_heat_available": dec(104000),
        "target_heat_used": dec(46200) + heat_gained(),
        "target_reused": dec(37600),
        "target_reclaimed": n.value("water/supply/reclaimed/2025") + 220,
        "target_sewage": sewage,
        "target_unconventional": dec(46),
        "target_waste_stock": dec(30000),
        "target_built_land": dec("17.90"),
    }
    return {key: stored(figure) for key, figure in found.items()}


_SUMMED = "项目表达产年效益合计；各项目可行性研究报告、节能报告、环评文件"
_SOURCES = {
    "energy_saving": _SUMMED, "water_saving": _SUMMED, "co2_reduction": _SUMMED,
    "solid_waste_reduction": "项目表合计；固体废物管理台账、利用协议",
    "wastewater_reduction": _SUMMED,
    "so2_reduction": "项目表合计；环评文件、排污许可执行报告",
    "nox_reduction": "项目表合计；环评文件、排污许可执行报告",
    "pm_reduction": "项目表合计；环评文件、排污许可执行报告",
    "voc_reduction": "项目表合计；环评文件、LDAR台账",
    "energy_intensity": "205-1表；园区统计年报（2025年价）",
    "water_intensity": "205-4表；园区统计年报（2025年价）",
    "iav_energy": "205-1表；园区工业统计年报", "iav_water": "205-4表；园区工业统计年报",
    "energy_output": "由综合能源消费量和生产总值计算", "water_output": "由工业增加值和工业用新鲜水量计算",
    "land_output": "国土变更调查、土地集约利用评价", "resource_output": "园区物质流核算资料、企业原材料台账",
    "solid_waste_util_rate": "基101表、固体废物管理台账", "general_sw_util": "基101表、固体废物管理台账",
    "industrial_water_reuse": "205-4表、企业水平衡测试报告", "reclaimed_rate": "污水处理厂、再生水站运行月报",
    "waste_heat_rate": "2025年园区余热资源调查报告", "renewable_share": "205-1表、绿电交易结算单",
    "clean_energy_share": "205-1表、供气供电结算数据", "unit_energy_carbon": "由二氧化碳排放量和综合能源消费量计算",
    "co2_intensity": "由二氧化碳排放量和生产总值计算", "total_energy": "205-1表汇总", "park_co2": "能源消费平衡表、企业碳排放核查报告",
    "wastewater_per_iav": "基101表、污水处理厂在线监测", "sw_per_iav": "基101表、固体废物管理台账",
    "so2": "基101表、烟气在线监测", "nox": "基101表、烟气在线监测", "pm": "基101表、排污许可执行报告",
    "voc": "基101表、LDAR台账", "cod": "基101表、污水处理厂在线监测", "nh3n": "基101表、污水处理厂在线监测",
}  # fmt: skip
_NOTES = {
    "energy_saving": "年值，项目法；电力按当量值",
    "co2_reduction": "含光伏替代网电和轻质碳酸钙工艺固碳，这两部分不产生节能量",
    "solid_waste_reduction": "固体废物减量与新增综合利用量之和",
    "water_intensity": "用水量取取水量（新鲜水）",
    "resource_output": "主要物质资源含原盐、电石、黏土砂料、废纸、玉米、甲醇、石灰石、铝坯料和原煤",
    "general_sw_util": "口径为一般工业固体废物，与上项一致",
    "clean_energy_share": "清洁能源含可再生能源和天然气，不含网购电力",
    "renewable_share": "含自发自用光伏、外购绿电、生物质和沼气",
    "total_energy": "新增产能投产后总量上升，强度下降",
    "park_co2": "基准年与目标年采用同一电力因子",
}


def indicators(n: Numbers) -> dict[str, dict[str, str]]:
    """Sources and notes of every indicator, and the figures no formula gives."""
    found: dict[str, dict[str, str]] = {key: {"source": text} for key, text in _SOURCES.items()}
    for key, text in _NOTES.items():
        found[key]["note"] = text
    found["resource_output"].update(_resource_output(n))
    return found


def _resource_output(n: Numbers) -> dict[str, str]:
    rows = [f"land/materials/m0{number}/amount/2025" for number in range(1, 9)]
    tonnes = n.total(rows) + n.value("energy/balance/f01/amount/2025")
    base = n.value("economy/output/gdp/2025") * 100_000_000 / tonnes
    return {"base": stored(rounded(base)), "target": stored(rounded(base * dec("1.218")))}


def own_indicators() -> list[dict[str, str]]:
    """园区自选指标."""
    rows = [
        (
            "o01",
            "电石渣综合利用率",
            "%",
            "93.08",
            "100",
            "综合利用量÷产生量×100%",
            "固体废物管理台账",
        ),
        (
            "o02",
            "副产氢气利用率",
            "%",
            "73.8",
            "99.4",
            "利用量÷副产量×100%",
            "恒泰氯碱氢气计量台账",
        ),
        (
            "o03",
            "集中供热覆盖率",
            "%",
            "78.2",
            "93.6",
            "集中供热用户数÷用汽企业数×100%",
            "清源热电用户台账",
        ),
        (
            "o04",
            "陶瓷抛光渣综合利用率",
            "%",
            "74.42",
            "93.02",
            "综合利用量÷产生量×100%",
            "固体废物管理台账",
        ),
        (
            "o05",
            "屋顶光伏装机容量",
            "MW",
            "49.5",
            "117.5",
            "并网装机容量合计",
            "供电公司并网验收资料",
        ),
    ]
    names = ("id", "name", "unit", "base", "target", "method", "source")
    higher = {"direction": "higher"}
    return [{**dict(zip(names, row, strict=True)), **higher} for row in rows]
