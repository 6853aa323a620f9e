# ruff: noqa: E501  (one row of a table is one line)
"""第一章的基础数据: economy, energy, water, land, emissions of the invented park."""

from __future__ import annotations

from tools.sample import conventions as use
from tools.sample.decimals import HISTORY, by_year

Row = dict[str, object]


def sections() -> dict[str, dict[str, object]]:
    """The figures of chapter 1 that are not lists of enterprises or wastes."""
    return {
        "overview": {"planned_area": "26.8", "approved_area": "21.36", "developed_area": "17.42"},
        "economy": {"output": _history(_ECONOMY)},
        "industry": {"leading_industries": _industries()},
        "energy": {"balance": _balance(), "totals": _history(_TOTALS)},
        "water": {"supply": _history(_WATER)},
        "land": {
            "built_land": "16.35",
            "industrial_land": "11.28",
            "idle_land": "0.92",
            "materials": _materials(),
        },
        "waste": {"stock_accumulated": "486000"},
        "pollution": {"emissions": _history(_EMISSIONS)},
    }


def _history(lines: dict[str, str]) -> dict[str, dict[str, str]]:
    return {key: by_year(HISTORY, line) for key, line in lines.items()}


_ECONOMY = {
    "gdp": "161.30 173.80 186.60",
    "gross_output": "556.80 598.40 642.50",
    "industrial_added_value": "136.70 147.30 158.20",
    "tax_revenue": "17.12 18.45 19.86",
    "fixed_investment": "46.80 43.60 52.30",
    "employees": "36200 37500 38600",
    "enterprises": "278 296 312",
    "large_enterprises": "95 101 106",
}
_TOTALS = {
    "conversion_deduction": "12300.26 12607.34 12965.60",
    "feedstock": "0 0 0",
    "clean": "205567.04 230026.00 245971.47",  # replaced by the sum of its parts below
    "waste_heat_available": "92400 95800 98600",
    "waste_heat_used": "37900 42300 46200",
    "co2_deduction": "39655 40645 41800",
    "co2_process": "44100 46300 47800",
}
_WATER = {
    "surface": "1052.30 1066.80 1080.40",
    "ground": "0 0 0",
    "tap": "1318.50 1361.20 1396.60",
    "other_fresh": "10.40 11.20 12.00",
    "industrial_fresh": "2146.80 2194.50 2236.00",
    "reclaimed": "168.00 204.00 232.00",
    "unconventional": "12.40 15.20 18.60",
    "reused": "25900 27400 28600",
    "sewage_treated": "1418.00 1457.00 1486.00",
    "wastewater": "1296.00 1300.00 1302.00",
}
_EMISSIONS = {
    "cod": "531.36 513.50 494.76",
    "ammonia_nitrogen": "38.88 36.40 33.85",
    "total_nitrogen": "162.00 156.00 149.73",
    "total_phosphorus": "4.92 4.68 4.43",
    "so2": "486.30 448.20 412.60",
    "nox": "1568.40 1472.60 1386.40",
    "particulates": "562.80 521.50 486.20",
    "vocs": "612.50 574.20 538.70",
}


def _industries() -> list[Row]:
    rows = [
        ("i01", "氯碱化工（C26）", "172.4", "云泽恒泰氯碱、云泽启元精细化工、云泽海澜助剂",
         "离子膜烧碱30万t/a、聚氯乙烯24万t/a、甲烷氯化物8万t/a"),
        ("i02", "建筑陶瓷（C30）", "128.6", "云泽金穗陶瓷、云泽宏岩陶瓷、云泽新禹建陶",
         "陶瓷砖6200万m²/a、卫生陶瓷260万件/a"),
        ("i03", "造纸及纸制品（C22）", "118.3", "云泽丰泽纸业、云泽嘉禾纸业、云泽瑞华特种纸",
         "包装纸板62万t/a、特种纸6万t/a"),
        ("i04", "食品加工（C13、C14、C15）", "86.5", "云泽禾丰淀粉糖、云泽田园食品、云泽泉润饮料",
         "淀粉糖30万t/a、饮料45万t/a、配合饲料18万t/a"),
        ("i05", "新能源装备（C38）", "94.2", "云泽晶曜光伏、云泽恒储储能、云泽科铸轻合金",
         "光伏组件3.2 GW/a、储能系统4 GWh/a、铝合金支架6万t/a"),
        ("i06", "其他产业", "42.5", "云泽清源热电、云泽固源建材、云泽环清水务",
         "热电联产、新型建材、水务与包装印刷"),
    ]  # fmt: skip
    names = ("id", "industry", "output_value", "representatives", "products")
    return [dict(zip(names, row, strict=True)) for row in rows]


def _fuel(row: str, fuel: str, amounts: str, source: str, **typed: str) -> Row:
    amount = by_year(HISTORY, amounts)
    return {"id": row, "fuel": fuel, "amount": amount, "data_source": source, **typed}


def _balance() -> list[Row]:
    return [
        _fuel(
            "f01", "raw_coal", "752000 768000 780000",
            "205-1表，与清源热电、丰泽纸业入厂煤计量台账核对",
            coefficient=str(use.COAL_TCE), co2_factor=str(use.COAL_CO2),
            coefficient_reason="2025年入厂煤低位发热量加权平均20.52 GJ/t，÷29.3076折0.70016",
            co2_reason="20.52 GJ/t×0.0261 tC/GJ×0.93×44÷12，含碳量、氧化率取指南烟煤缺省值",
        ),
        _fuel("f02", "natural_gas", "13850 14900 15800", "205-1表，与云泽燃气公司结算量核对，差异0.3%"),
        _fuel("f03", "electricity_eq", "131500 139200 146000", "供电公司结算电量（自省电网净购入，不含绿电）"),
        _fuel("f04", "green_power", "1800 3900 6000", "绿电交易结算单、绿证核发凭证"),
        _fuel("f05", "own_power", "2600 3900 5200", "屋顶光伏发电计量（扣除余电上网）"),
        _fuel(
            "f06", "biomass", "31000 35000 38000", "禾丰淀粉糖、瑞华特种纸生物质锅炉入炉台账",
            coefficient=str(use.BIOMASS_TCE),
            coefficient_reason="2025年成型生物质低位发热量检测均值14.65 GJ/t，÷29.3076折0.49987",
        ),
        _fuel(
            "f07", "biogas", "335 380 420", "禾丰淀粉糖厌氧站沼气流量计",
            coefficient=str(use.BIOGAS_TCE),
            coefficient_reason="2025年沼气低位发热量检测均值21.45 MJ/m³，折214.50 GJ/万m³÷29.3076",
        ),
        _fuel("f08", "diesel", "7150 6980 6800", "205-1表，场内车辆与叉车加油台账"),
        _fuel("f09", "lpg", "1260 1230 1200", "205-1表，食品企业气瓶组购进记录"),
    ]  # fmt: skip


def _materials() -> list[Row]:
    rows = [
        ("m01", "原盐", "t", "421000 436000 448000", "省外铁路运输82%，省内18%"),
        ("m02", "电石", "t", "318000 327000 336000", "省外采购，汽车与铁路联运"),
        ("m03", "陶瓷用黏土、砂料", "t", "1086000 1124000 1152000", "市内矿山71%，省内其他地区29%"),
        ("m04", "废纸（再生）", "t", "612000 648000 676000", "省内回收网点64%，省外36%"),
        ("m05", "玉米", "t", "402000 418000 430000", "省外铁路运输"),
        ("m06", "甲醇", "t", "43600 45100 46200", "省外采购"),
        ("m07", "石灰石", "t", "58600 60200 61500", "市内矿山"),
        ("m08", "铝型材坯料（含再生铝）", "t", "52400 57800 61300", "省内采购，再生铝占38%"),
    ]
    names = ("id", "name", "unit", "amount", "origin")
    return [
        dict(zip(names, (*row[:3], by_year(HISTORY, row[3]), row[4]), strict=True)) for row in rows
    ]
