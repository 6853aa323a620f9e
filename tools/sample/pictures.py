# ruff: noqa: E501  (one shape is one line)
"""The sample's maps, diagrams and stand-ins for scans; their figures come from the plan."""

from __future__ import annotations

from tools.sample.conventions import PARK
from tools.sample.drawing import AMBER, BLUE, GREEN, GREY, INK, PALE, ROSE, Sheet
from tools.sample.numbers import Numbers

WIDE = (2000, 1400)
# The park from north to south: name, box on the plan, colour, what stands there.
_DISTRICTS = (
    ("化工片区", (520, 240, 1120, 520), ROSE, "恒泰氯碱、启元精细化工\n海澜助剂、益清水处理剂"),
    ("新能源装备片区", (1140, 240, 1560, 700), BLUE, "晶曜光伏、恒储储能\n铭安电缆、科铸轻合金"),
    ("热电片区", (520, 540, 760, 700), AMBER, "清源热电\n环清水务"),
    ("造纸片区", (780, 540, 1120, 700), GREEN, "丰泽、嘉禾、瑞华"),
    ("食品片区", (520, 720, 940, 890), GREEN, "禾丰、田园、泉润、绿洲"),
    ("城南片区", (960, 720, 1560, 890), GREY, "固源建材、盘活地块0.68 km²"),
    ("建陶片区", (520, 910, 1560, 1110), AMBER, "金穗陶瓷、宏岩陶瓷、新禹建陶\n兰溪卫浴、岩釉材料"),
)


def _frame(title: str) -> Sheet:
    """River, roads and railway around the park."""
    sheet = Sheet(*WIDE, title)
    for x in (400, 415):
        sheet.line((x, 150), (x + 20, 1330), BLUE, 8)
    sheet.text((350, 640), "柳\n溪\n河", 34, BLUE)
    sheet.line((440, 190), (1900, 190), INK, 6, dashed=True)
    sheet.text((1700, 160), "澄云铁路", 28, GREY)
    sheet.line((1610, 150), (1610, 1330), GREY, 12)
    sheet.text((1660, 760), "望\n泽\n大\n道", 30, GREY)
    sheet.line((440, 1160), (1900, 1160), GREY, 12)
    sheet.text((1180, 1194), "沿河南路", 30, GREY)
    sheet.draw.rectangle((480, 215, 1590, 1135), outline=ROSE, width=6)
    sheet.compass((1840, 330), "0        1 km")
    return sheet


def _districts(sheet: Sheet, *, detailed: bool = True) -> None:
    for name, box, colour, words in _DISTRICTS:
        sheet.box(box, f"{name}\n{words}" if detailed else name, colour, 27)


def location_map() -> Sheet:
    """区位图."""
    sheet = Sheet(*WIDE, f"{PARK}区位图")
    sheet.draw.rectangle((120, 130, 1880, 1320), outline=GREY, width=3)
    for start, end in (
        ((860, 130), (820, 640)),
        ((820, 640), (900, 1000)),
        ((900, 1000), (860, 1320)),
    ):
        sheet.line(start, end, BLUE, 16)
    sheet.text((770, 1180), "柳溪河", 32, BLUE)
    sheet.line((120, 330), (1880, 330), INK, 6, dashed=True)
    sheet.text((1650, 298), "澄云铁路", 28, GREY)
    sheet.line((120, 960), (1880, 900), AMBER, 12)
    sheet.text((1640, 862), "澄宁高速", 28, AMBER)
    sheet.box((900, 360, 1220, 700), "清源经济开发区\n21.36 km²", ROSE, 32)
    sheet.box((330, 780, 650, 980), "云泽市中心城区", GREEN, 30)
    sheet.box((1480, 480, 1760, 640), "澄川市区方向\n46 km", GREY, 28)
    sheet.box((560, 420, 790, 520), "云泽港作业区", BLUE, 26)
    sheet.box((940, 1120, 1300, 1220), "城南水厂取水口", BLUE, 26)
    sheet.box((1290, 400, 1440, 480), "望泽社区", GREY, 24)
    sheet.box((920, 740, 1120, 820), "柳溪镇", GREY, 26)
    sheet.arrow((600, 770), (600, 620), (890, 620), words="7 km", colour=GREEN)
    sheet.arrow((1180, 710), (1180, 1110), colour=BLUE)
    sheet.text((1194, 1040), "下游14 km", 25, BLUE, "lm")
    sheet.compass((1740, 1180), "0        5 km")
    return sheet


def boundary() -> Sheet:
    """四至范围图."""
    sheet = _frame(f"{PARK}四至范围图")
    sheet.draw.rectangle((480, 215, 1590, 1135), PALE, ROSE, 8)
    sheet.text((1035, 640), "园区核准范围\n21.36 km²", 44)
    for at, words in (
        ((1035, 260), "北至澄云铁路"),
        ((1035, 1095), "南至沿河南路"),
        ((620, 640), "西至柳溪河\n东岸防护绿带"),
        ((1470, 640), "东至望泽大道"),
    ):
        sheet.text(at, words, 30, ROSE)
    return sheet


def layout() -> Sheet:
    """产业布局图."""
    sheet = _frame(f"{PARK}产业布局图（2025年）")
    _districts(sheet)
    return sheet


_SITES = {
    "p01": (560, 1070), "p02": (1060, 490), "p03": (1230, 750), "p04": (820, 860), "p05": (640, 275), "p06": (1330, 750),
    "p07": (1060, 380), "p08": (820, 575), "p09": (1430, 750), "p10": (980, 945), "p11": (760, 945), "p12": (570, 375),
    "p13": (555, 575), "p14": (930, 575), "p15": (1350, 290), "p16": (570, 755), "p17": (725, 665), "p18": (1040, 575),
    "p19": (1020, 865), "p20": (570, 490), "p21": (780, 490), "p22": (1180, 945), "p23": (1520, 750), "p24": (1350, 650),
}  # fmt: skip


def project_layout(n: Numbers) -> Sheet:
    """重点项目分布图."""
    sheet = _frame(f"{PARK}重点项目分布图（2026—2030年）")
    _districts(sheet, detailed=False)
    colours = {"layout": GREY, "chain": GREEN, "carbon": ROSE, "resource": BLUE, "pollution": AMBER}
    for address in n.cells("projects/list", "task"):
        x, y = _SITES[address.row]
        sheet.draw.ellipse(
            (x - 26, y - 26, x + 26, y + 26), colours[str(n.view.value(address))], INK, 2
        )
        sheet.text((x, y), str(int(address.row[1:])), 28, "#ffffff")
    words = ("空间布局4个", "循环链接5个", "节能降碳7个", "资源利用4个", "污染治理4个")
    for number, (colour, text) in enumerate(zip(colours.values(), words, strict=True)):
        sheet.draw.ellipse((1710, 560 + number * 50, 1742, 592 + number * 50), colour)
        sheet.text((1756, 576 + number * 50), text, 26, INK, "lm")
    sheet.text(
        (1010, 1275),
        "图中编号为重点项目汇总表序号；\n屋顶光伏（15）和监测平台（24）覆盖全园区，标注为主要位置。",
        24,
        GREY,
    )
    return sheet


def pipe_network() -> Sheet:
    """管网图."""
    sheet = _frame(f"{PARK}供热、中水与公共管廊管网图")
    _districts(sheet, detailed=False)
    heat, new = ROSE, True
    sheet.arrow((640, 530), (640, 430), colour=heat)
    sheet.arrow((760, 640), (850, 640), colour=heat)
    sheet.arrow((600, 700), (600, 1070), words="供热主干管9.8 km", colour=heat, dashed=new)
    sheet.arrow((600, 1070), (1480, 1070), colour=heat, dashed=new)
    sheet.arrow((720, 700), (720, 715), (1040, 715), (1040, 660), colour=BLUE, dashed=new)
    sheet.text((1180, 748), "中水管14.8 km", 26, BLUE)
    sheet.line((540, 330), (700, 330), GREEN, 10)
    sheet.line((700, 330), (1100, 330), GREEN, 10, dashed=True)
    sheet.text((820, 300), "公共管廊 既有1.6 km、新建6.8 km", 24, GREEN)
    sheet.legend((1710, 560), ((ROSE, "蒸汽管网"), (BLUE, "中水管网"), (GREEN, "公共管廊")))
    sheet.text((1810, 730), "实线现状\n虚线拟建", 25, GREY)
    return sheet


def chain() -> Sheet:
    """产业链图."""
    sheet = Sheet(*WIDE, f"{PARK}产业循环链接图")
    sheet.box((90, 190, 330, 330), "原盐44.8万t\n电石33.6万t", GREY)
    sheet.box((500, 170, 860, 350), "恒泰氯碱\n烧碱28.6万t\n聚氯乙烯22.4万t", ROSE)
    sheet.box((1080, 150, 1400, 250), "盛达塑胶 型材", ROSE)
    sheet.box((1080, 300, 1400, 420), "启元精细化工\n甲烷氯化物7.4万t", ROSE)
    sheet.box((1600, 300, 1900, 420), "益清水处理剂\n聚合氯化铝", ROSE)
    sheet.box((1080, 490, 1400, 600), "双氧水10万t/a\n（拟建）", GREEN)
    sheet.box((500, 640, 860, 760), "轻质碳酸钙6万t/a\n（拟建）", GREEN)
    sheet.box((90, 860, 330, 1000), "废纸67.6万t", GREY)
    sheet.box((1080, 760, 1400, 920), "丰泽、嘉禾、瑞华\n纸及纸板61.4万t", BLUE)
    sheet.box((500, 880, 860, 1040), "清源热电\n供热982万GJ", AMBER)
    sheet.box((1600, 860, 1900, 1000), "固源建材\n砌块、石膏粉", GREEN)
    sheet.box((1080, 1130, 1400, 1290), "金穗、宏岩、新禹\n陶瓷砖5560万m²", BLUE)
    sheet.box((1600, 1150, 1900, 1270), "发泡陶瓷5万m³/a\n（拟建）", GREEN)
    sheet.box((90, 1130, 330, 1270), "黏土砂料\n115.2万t", GREY)
    sheet.arrow((330, 260), (500, 260))
    sheet.arrow((860, 200), (1080, 200), words="PVC 5.8万t")
    sheet.arrow((860, 330), (1080, 330), words="氯气")
    sheet.arrow((1400, 360), (1600, 360), words="盐酸3.6万t")
    sheet.arrow(
        (820, 350), (820, 540), (1080, 540), words="氢气2050万m³", colour=GREEN, dashed=True
    )
    sheet.arrow((600, 350), (600, 640), words="电石渣4.8万t", colour=GREEN, dashed=True)
    sheet.arrow((540, 350), (540, 600), (430, 600), (430, 960), (500, 960), words="电石渣\n6.4万t")
    sheet.arrow((680, 880), (680, 760), words="烟气CO2", colour=GREEN, dashed=True)
    sheet.arrow((1240, 600), (1240, 760), words="漂白2.1万t", colour=GREEN, dashed=True)
    sheet.arrow(
        (860, 700), (960, 700), (960, 800), (1080, 800), words="填料", colour=GREEN, dashed=True
    )
    sheet.arrow((330, 930), (440, 930), (440, 1080), (1020, 1080), (1020, 890), (1080, 890))
    sheet.arrow((860, 920), (990, 920), (990, 860), (1080, 860), words="蒸汽")
    sheet.arrow((860, 980), (1600, 980), words="灰渣15.4万t、石膏1.8万t（拟建）")
    sheet.arrow((330, 1200), (1080, 1200))
    sheet.arrow(
        (700, 1040), (700, 1160), (1080, 1160), words="蒸汽（拟建）", colour=GREEN, dashed=True
    )
    sheet.arrow((1400, 1210), (1600, 1210), words="抛光渣1.6万t", colour=GREEN, dashed=True)
    sheet.arrow((1500, 1150), (1500, 1060), (1700, 1060), (1700, 1000), words="4.1万t")
    sheet.line((1400, 1150), (1500, 1150))
    sheet.text(
        (1000, 1360),
        "实线为已有链接，虚线为2026—2030年拟建链接；物料量为2025年或项目达产年数。",
        26,
        GREY,
    )
    return sheet


def material_flow(n: Numbers) -> Sheet:
    """物质流图."""
    sheet = Sheet(*WIDE, f"{PARK}物质流图（2025年）")
    inputs = [
        (
            str(n.view.text(n.cells("land/materials", "name")[k])),
            n.wan(f"land/materials/m0{k + 1}/amount/2025"),
        )
        for k in range(8)
    ]
    inputs.append(("原煤", n.wan("energy/balance/f01/amount/2025")))
    sheet.text((250, 150), "输入（万t）", 32, GREY)
    for number, (name, amount) in enumerate(inputs):
        top = 190 + number * 122
        sheet.box((70, top, 470, top + 96), f"{name}\n{amount}", GREY, 26)
        sheet.arrow((470, top + 48), (720, top + 48), colour=GREY)
    sheet.box(
        (720, 190, 1180, 1262),
        "园区生产系统\n\n氯碱化工\n建筑陶瓷\n造纸及纸制品\n食品加工\n新能源装备\n热电联产",
        BLUE,
        34,
    )
    waste = n.wan("waste/generated_total")
    sheet.arrow((1180, 320), (1480, 320), words="产品")
    sheet.box((1480, 230, 1900, 410), "纸及纸板61.4万t\n陶瓷砖5560万m²\n烧碱28.6万t等", GREEN, 28)
    sheet.arrow((1180, 640), (1480, 640), words=f"固体废物\n{waste}万t")
    sheet.box(
        (1480, 560, 1900, 720),
        f"综合利用{n.wan('waste/utilised_total')}万t\n利用率{n('waste/rate')}%",
        GREEN,
        28,
    )
    sheet.arrow((1690, 720), (1690, 830))
    sheet.box(
        (1480, 830, 1900, 950),
        f"处置{n.wan('waste/disposed_total')}万t\n贮存{n.wan('waste/stored_total')}万t",
        AMBER,
        28,
    )
    sheet.arrow((1180, 1110), (1480, 1110), words="排放")
    sheet.box(
        (1480, 1030, 1900, 1190),
        f"废水{n('pollution/emissions/wastewater/2025')}万t\n二氧化碳{n.wan('energy/totals/co2_total/2025')}万t",
        ROSE,
        28,
    )
    sheet.arrow((1480, 680), (1330, 680), (1330, 800), (1180, 800), words="园内回用", colour=GREEN)
    return sheet


def energy_flow(n: Numbers) -> Sheet:
    """能流图."""
    sheet = Sheet(*WIDE, f"{PARK}能流图（2025年，万tce）")
    rows = n.cells("energy/balance", "fuel")
    for number, address in enumerate(rows):
        top, tce = 180 + number * 124, n.wan(f"energy/balance/{address.row}/tce/2025")
        sheet.box(
            (70, top, 470, top + 96),
            f"{n.view.text(address)}\n{tce}",
            AMBER if number in (0, 1, 2, 7, 8) else GREEN,
            26,
        )
        sheet.arrow((470, top + 48), (700, top + 48), colour=GREY)
    total = n.wan("energy/totals/energy_total/2025")
    sheet.box(
        (700, 180, 1020, 1268),
        f"扣减前合计\n{n.wan('energy/totals/gross_tce/2025')}\n\n对园外供热\n扣减{n.wan('energy/totals/conversion_deduction/2025')}\n\n综合能源\n消费量\n{total}",
        BLUE,
        32,
    )
    uses = (
        ("氯碱化工", ("e01", "e11", "e12", "e13", "e14")),
        ("建筑陶瓷", ("e06", "e07", "e08", "e09", "e10")),
        ("造纸", ("e03", "e04", "e05")),
        ("热电（净）", ("e02",)),
        ("食品加工", ("e15", "e16", "e17", "e18")),
        ("新能源装备", ("e19", "e20", "e21", "e22")),
        ("建材与水务", ("e23", "e24")),
    )
    for number, (name, members) in enumerate(uses):
        top = 180 + number * 128
        amount = n.total(f"enterprises/key_enterprises/{e}/energy" for e in members) / 10000
        sheet.arrow((1020, top + 50), (1420, top + 50), words=f"{amount:.2f}", colour=GREY)
        sheet.box((1420, top, 1880, top + 100), name, BLUE, 30)
    rest = (
        n.value("energy/totals/energy_total/2025")
        - n.column("enterprises/key_enterprises", "energy")
    ) / 10000
    sheet.arrow((1020, 1126), (1420, 1126), words=f"{rest:.2f}", colour=GREY)
    sheet.box((1420, 1076, 1880, 1176), "其他单位", GREY, 30)
    sheet.text(
        (1650, 1250),
        f"可利用余热{n.wan('energy/totals/waste_heat_available/2025')}，已利用{n.wan('energy/totals/waste_heat_used/2025')}",
        28,
        ROSE,
    )
    return sheet


def water_balance(n: Numbers) -> Sheet:
    """水平衡图."""
    sheet = Sheet(*WIDE, f"{PARK}水平衡图（2025年，万m³）")
    w = {
        row: n(f"water/supply/{row}/2025")
        for row in (
            "surface",
            "tap",
            "other_fresh",
            "fresh_total",
            "reclaimed",
            "unconventional",
            "reused",
            "sewage_treated",
            "wastewater",
            "industrial_fresh",
        )
    }
    for number, (name, key) in enumerate(
        (
            ("地表水", "surface"),
            ("工业水厂与自来水", "tap"),
            ("外购软化水", "other_fresh"),
            ("雨水等非常规水", "unconventional"),
        )
    ):
        top = 220 + number * 210
        sheet.box((80, top, 480, top + 120), name, BLUE)
        sheet.arrow((480, top + 60), (760, top + 60), words=w[key])
    sheet.box(
        (760, 220, 1160, 970),
        f"园区用水\n\n新鲜水合计\n{w['fresh_total']}\n其中工业\n{w['industrial_fresh']}\n\n重复利用水\n{w['reused']}",
        GREEN,
        34,
    )
    sheet.arrow((1160, 420), (1480, 420), words=w["sewage_treated"])
    sheet.box((1480, 340, 1880, 500), "园区污水处理厂", AMBER)
    loss = n.value("water/supply/use_total/2025") - n.value("water/supply/sewage_treated/2025") - 48
    sheet.arrow((1160, 860), (1480, 860), words=f"{loss:.2f}".rstrip("0").rstrip("."))
    sheet.box((1480, 790, 1880, 930), "蒸发、产品带走与漏损", GREY)
    sheet.arrow((1160, 680), (1480, 680), words="48")
    sheet.box((1480, 610, 1880, 750), "清净下水直排", GREY)
    sheet.arrow((1880, 420), (1940, 420), (1940, 1100), (1880, 1100), colour=ROSE)
    sheet.box((1480, 1040, 1880, 1180), f"外排废水合计\n{w['wastewater']}", ROSE)
    sheet.arrow(
        (1600, 500), (1600, 560), (1230, 560), (1230, 1120), (960, 1120), (960, 970), colour=BLUE
    )
    sheet.text((1095, 1090), f"再生水{w['reclaimed']}", 25, BLUE)
    return sheet


def scan(title: str, number: str, issuer: str, day: str) -> Sheet:
    """A stand-in for a scanned paper."""
    sheet = Sheet(1240, 1754)
    sheet.draw.rectangle((60, 60, 1180, 1694), outline=GREY, width=3)
    sheet.text((620, 200), issuer, 50, ROSE)
    sheet.line((140, 290), (1100, 290), ROSE, 6)
    sheet.text((620, 350), number, 34)
    lines = [title[at : at + 18] for at in range(0, len(title), 18)]
    sheet.text((620, 520), "\n".join(lines), 48)
    for y in range(720, 1270, 62):
        sheet.line((160, y), (1080 if y < 1200 else 640, y), PALE, 14)
    sheet.text((860, 1400), f"{issuer}\n{day}", 34)
    sheet.draw.ellipse((740, 1290, 980, 1530), outline=ROSE, width=6)
    sheet.text((620, 1630), "示例扫描件：内容为虚构，仅供演示", 30, GREY)
    return sheet
