# ruff: noqa: E501  (a project's text is one line)
"""第四章: the 24 projects, their money and their benefits."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from tools.sample.benefits import Benefits
from tools.sample.decimals import dec
from tools.sample.money import by_plan_year, by_source
from tools.sample.project_texts import CONTENT

ECONOMY, BUILD, GREEN = "经济发展局", "规划建设局", "生态环境分局"
BUILDER = "云泽清源园区建设发展有限公司"
HEAT_PLANT = "云泽清源热电有限公司"
WATER_WORKS = "云泽环清水务有限公司"


@dataclass(frozen=True)
class Project:
    """One project as its owner filed it."""

    row: str
    name: str
    owner: str
    task: str
    category: str
    nature: str
    site: str
    responsible: str
    period: str  # start, finish, year of full output
    papers: str  # filing, eia, energy review, land: d(one) g(oing) x (not needed) n(ot yet)
    total: int
    loan: int  # percent
    benefits: Benefits
    also: tuple[str, ...] = ()
    public: dict[str, int] = field(default_factory=dict)
    done: int = 0
    gain: tuple[int, int] | None = None  # 新增产值, 新增利税
    is_building: bool = False
    filed: str = "2603"  # year and month in the number of the filing

    def columns(self, number: int) -> dict[str, object]:
        """The row of the project table."""
        start, finish, full = self.period.split()
        papers = [_STATES[letter] for letter in self.papers]
        states = dict(zip(("filing", "eia", "energy_review", "land_use"), papers, strict=True))
        row: dict[str, object] = {
            "id": self.row,
            "name": self.name,
            "owner": self.owner,
            "task": self.task,
            "category": self.category,
            "nature": self.nature,
            "site": self.site,
            "responsible": self.responsible,
            "content": CONTENT[self.row],
            "start_month": start,
            "finish_month": finish,
            "full_year": int(full),
            "status": "building" if self.is_building else "preliminary",
            **states,
            "invest_total": str(self.total),
            **by_source(self.total, self.loan, **self.public),
            "invest": by_plan_year(self.total, self.done, start, finish),
            **self.benefits.columns(),
        }
        if states["filing"] == "done":
            row["filing_number"] = (
                f"{self.filed}-990381-04-0{1 + number % 2}-{417263 + number * 7919 % 99991}"
            )
        if self.also:
            row["other_tasks"] = list(self.also)
        if self.done:
            row["invest_done"] = str(self.done)
        if self.gain:
            row["add_output"], row["add_profit"] = map(str, self.gain)
        return row


_STATES = {"d": "done", "g": "doing", "x": "not_needed", "n": "not_done"}


def rows() -> list[dict[str, object]]:
    """All projects in the order of the tasks."""
    return [project.columns(number) for number, project in enumerate(PROJECTS, start=1)]


def heat_gained() -> Decimal:
    """Waste heat the projects newly use, tce."""
    return sum((project.benefits.heat for project in PROJECTS), Decimal(0))


SLAG_USED = dec(48000)
BOUND_CO2 = SLAG_USED * dec("0.85") * 44 / 74

PROJECTS = (
    Project(
        "p01", "清源热电供热管网南延及分散锅炉替代工程", HEAT_PLANT, "layout", "public_facility", "continued",
        "热电厂至建陶片区、食品片区沿线", BUILD, "2025-09 2027-10 2028", "dddd", 14600, 45,
        Benefits().boilers("38000", "0.72")
        .count("cut_so2", "46.80", "替代11台锅炉改造前后排放量之差，60.40－13.60")
        .count("cut_nox", "58.20", "同上，84.60－26.40").count("cut_pm", "24.60", "同上，29.90－5.30"),
        also=("carbon", "pollution"), public={"central": 1800, "city": 900}, done=2400, is_building=True, filed="2506",
    ),
    Project(
        "p02", "化工片区公共管廊及工业气体管网工程", BUILDER, "layout", "public_facility", "new",
        "化工片区纬二路、经五路", BUILD, "2026-09 2028-06 2029", "dgxg", 16800, 50,
        Benefits().diesel("420", "烧碱、盐酸、蒸汽凝水由汽车改为管道输送，少用柴油")
        .count("cut_voc", "6.20", "装卸环节无组织排放核算，8.90－2.70"),
        also=("chain",), public={"city": 1600, "other": 2400},
    ),
    Project(
        "p03", "城南低效用地盘活及循环产业标准厂房建设项目", BUILDER, "layout", "public_facility", "renovation",
        "城南片区原水泥制品厂地块", BUILD, "2026-10 2030-03 2030", "gngg", 16500, 55,
        Benefits().note("本项目盘活低效用地0.68 km²，建设标准厂房18.6万m²，供发泡陶瓷、轻质碳酸钙、活性炭再生等补链项目入驻；节约与减排量已在各入驻项目中计算，本项目不重复计列，只计租售形成的产值和税收"),
        also=("chain",), public={"city": 1500}, gain=(5600, 1250),
    ),
    Project(
        "p04", "园区分质供水管网及漏损治理工程", WATER_WORKS, "layout", "public_facility", "renovation",
        "化工、造纸、建陶片区", BUILD, "2026-10 2028-09 2029", "ddxd", 14200, 40,
        Benefits().count("save_water", "62.00", "管网漏损率由9.6%降到5.2%，1409万m³×（9.6%－5.2%），取整")
        .power("180", "加压泵站变频节电"),
        also=("resource",), public={"city": 1700, "province": 600},
    ),
    Project(
        "p05", "副产氢气制双氧水补链项目", "云泽启元精细化工有限公司", "chain", "key_link", "new",
        "化工片区纬三路以北", ECONOMY, "2027-03 2028-12 2029", "dgdd", 22800, 50,
        Benefits().steam("3.2", "氧化、氢化反应热副产0.6 MPa蒸汽并入热网")
        .note("接收恒泰氯碱放空氢气2050万m³/a，每吨27.5%双氧水耗氢约205 m³，氢气作原料利用，不计节能量；本项目运行用能已计入目标年新增用能"),
        also=("carbon",), gain=(13800, 3620),
    ),
    Project(
        "p06", "电石渣与热电烟气制轻质碳酸钙项目", "云泽碳钙新材料有限公司", "chain", "key_link", "new",
        "城南标准厂房区", ECONOMY, "2027-12 2029-06 2030", "ggxd", 15600, 50,
        Benefits().count("use_waste", "48000", "当年未利用电石渣22000＋往年贮存26000")
        .fixed_co2(BOUND_CO2, "二氧化碳固定量＝48000 t×有效氢氧化钙85%×44÷74＝"),
        also=("resource", "carbon"), public={"province": 800}, gain=(9800, 2460),
    ),
    Project(
        "p07", "副产盐酸制聚合氯化铝扩建项目", "云泽益清水处理剂有限公司", "chain", "key_link", "extension",
        "化工片区经六路东侧", ECONOMY, "2026-08 2027-12 2028", "ddxx", 9800, 45,
        Benefits().count("cut_waste", "3800", "少中和副产盐酸2.6万t/a，每吨产生中和渣0.146 t，取整")
        .count("cut_wastewater", "12.40", "中和稀释废水4.77 m³/t×2.6万t")
        .count("cut_cod", "4.96", "12.40万t×40 mg/L").count("cut_nh3n", "0.31", "12.40万t×2.5 mg/L"),
        also=("resource",), gain=(7600, 1540),
    ),
    Project(
        "p08", "造纸浆渣污泥与生物质耦合供热改造项目", "云泽丰泽纸业有限公司", "chain", "resource_use", "technical",
        "丰泽纸业厂区", ECONOMY, "2026-11 2028-05 2028", "dgdx", 17400, 50,
        Benefits().coal("7700", "浆渣、污泥入炉20000 t×8.8 GJ/t×锅炉效率修正0.898，替代原煤")
        .count("use_waste", "20000", "浆渣6000＋污泥14000").count("cut_so2", "9.80", "自备锅炉改造前后，31.20－21.40"),
        also=("resource", "carbon"), gain=(1980, 1120),
    ),
    Project(
        "p09", "陶瓷抛光渣制发泡陶瓷隔墙板项目", "云泽金穗陶瓷有限公司", "chain", "key_link", "new",
        "城南标准厂房区", ECONOMY, "2027-12 2029-06 2029", "gggd", 14600, 45,
        Benefits().count("use_waste", "16000", "年产发泡陶瓷板5万m³×每立方米耗抛光渣0.32 t"),
        also=("resource",), gain=(12600, 2380),
    ),
    Project(
        "p10", "宏岩陶瓷窑炉余热梯级利用与富氧燃烧改造项目", "云泽宏岩陶瓷有限公司", "carbon", "energy_saving", "technical",
        "宏岩陶瓷厂区", ECONOMY, "2026-08 2027-11 2028", "ddxx", 9600, 40,
        Benefits().gas("820", "4条窑炉烟气余热用于干燥、助燃风预热并采用30%富氧燃烧，年节约天然气", is_heat=True)
        .count("cut_nox", "48.60", "烟气量减少及低氮燃烧，152.30－103.70"),
        also=("pollution",),
    ),
    Project(
        "p11", "金穗陶瓷干法制粉及宽体窑节能改造项目", "云泽金穗陶瓷有限公司", "carbon", "energy_saving", "technical",
        "金穗陶瓷厂区", ECONOMY, "2027-03 2028-10 2029", "dgdx", 15800, 50,
        Benefits().gas("780", "干法制粉取消喷雾干燥塔2座、窄窑改宽体窑2条，年节约天然气")
        .count("save_water", "8.70", "干法制粉吨粉少用水0.29 m³×30万t")
        .count("cut_nox", "42.40", "喷雾干燥塔停用，136.50－94.10").count("cut_pm", "28.40", "同上，64.20－35.80"),
        also=("resource", "pollution"), public={"province": 600},
    ),
    Project(
        "p12", "恒泰氯碱膜极距电解槽及合成余热利用改造项目", "云泽恒泰氯碱化工有限公司", "carbon", "energy_saving", "technical",
        "恒泰氯碱厂区", ECONOMY, "2026-02 2027-09 2028", "dddx", 16400, 45,
        Benefits().power("3540", "膜极距电解槽吨碱节电118 kWh×30万t，年节电")
        .steam("8.2", "氯化氢合成炉改副产蒸汽型，年副产蒸汽"),
        public={"central": 2400}, is_building=True, filed="2510",
    ),
    Project(
        "p13", "清源热电机组背压化与能量梯级利用改造项目", HEAT_PLANT, "carbon", "energy_saving", "technical",
        "热电厂区", ECONOMY, "2026-03 2028-09 2029", "dddx", 22600, 55,
        Benefits().coal("34000", "1台50 MW抽凝机组改背压、低压缸零出力运行及锅炉空预器改造，年节约原煤")
        .count("cut_so2", "28.60", "按耗煤减少比例核算，211.40－182.80").count("cut_nox", "44.20", "同上，312.60－268.40")
        .count("cut_pm", "8.40", "同上，58.30－49.90"),
        also=("layout",), public={"central": 3000}, is_building=True, filed="2511",
    ),
    Project(
        "p14", "嘉禾纸业热泵通汽与冷凝水回收改造项目", "云泽嘉禾纸业有限公司", "carbon", "energy_saving", "technical",
        "嘉禾纸业厂区", ECONOMY, "2027-01 2028-03 2028", "ddxx", 8900, 40,
        Benefits().steam("6.8", "两台纸机热泵通汽、袋区通风余热回收，年节约蒸汽", is_heat=True)
        .power("1240", "真空系统改透平风机，年节电").count("save_water", "24.00", "冷凝水回收率由62%提高到88%，替代脱盐水"),
        also=("resource",),
    ),
    Project(
        "p15", "园区屋顶分布式光伏及储能项目", "云泽晶曜光伏科技有限公司", "carbon", "energy_saving", "new",
        "全园区42户企业屋顶", ECONOMY, "2026-07 2029-06 2029", "dxxx", 23800, 65,
        Benefits().sunlight("7140", "新增装机68 MW×等效利用1050 h，年发电"),
        gain=(4300, 1680),
    ),
    Project(
        "p16", "禾丰淀粉糖蒸发系统机械蒸汽再压缩改造项目", "云泽禾丰淀粉糖有限公司", "carbon", "energy_saving", "technical",
        "禾丰淀粉糖厂区", ECONOMY, "2026-12 2027-12 2028", "ddxx", 7800, 40,
        Benefits().steam("14.2", "四效蒸发改机械蒸汽再压缩，年节约蒸汽", is_heat=False)
        .power("2300", "压缩机年新增用电", sign=-1).count("save_water", "11.50", "循环冷却补水减少"),
        also=("resource",),
    ),
    Project(
        "p17", "园区再生水厂扩建及中水管网工程", WATER_WORKS, "resource", "public_facility", "extension",
        "园区污水处理厂东侧", GREEN, "2026-04 2028-06 2029", "dddd", 15800, 45,
        Benefits().count("save_water", "220.00", "再生水供水增量，等量替代热电、造纸企业新鲜水")
        .count("cut_wastewater", "220.00", "再生水增量即外排减少量")
        .count("cut_cod", "83.60", "220.00万t×38 mg/L").count("cut_nh3n", "5.72", "220.00万t×2.6 mg/L"),
        also=("pollution",), public={"central": 2600, "city": 800}, is_building=True, filed="2512",
    ),
    Project(
        "p18", "丰泽纸业白水封闭循环与中段水深度回用项目", "云泽丰泽纸业有限公司", "resource", "resource_use", "technical",
        "丰泽纸业厂区", ECONOMY, "2027-04 2028-08 2029", "dgxx", 9400, 40,
        Benefits().count("save_water", "86.00", "吨纸取水由10.9 m³降到8.4 m³，34.2万t×2.5 m³，取整")
        .count("cut_wastewater", "78.00", "回用后少排中段水").count("cut_waste", "2000", "多盘回收细小纤维，少产污泥")
        .count("cut_cod", "29.64", "78.00万t×38 mg/L").count("cut_nh3n", "2.03", "78.00万t×2.6 mg/L"),
        also=("pollution",),
    ),
    Project(
        "p19", "脱硫石膏煅烧制建筑石膏粉项目", "云泽固源建材有限公司", "resource", "resource_use", "continued",
        "固源建材厂区", ECONOMY, "2025-11 2027-05 2027", "ddxx", 8600, 40,
        Benefits().count("use_waste", "18000", "当年处置、贮存的21000 t中可利用部分"),
        also=("chain",), done=860, gain=(5200, 980), is_building=True, filed="2508",
    ),
    Project(
        "p20", "恒泰氯碱盐泥减量与膜法除硝改造项目", "云泽恒泰氯碱化工有限公司", "resource", "resource_use", "technical",
        "恒泰氯碱厂区", ECONOMY, "2027-05 2028-06 2028", "ddxx", 6800, 40,
        Benefits().count("cut_waste", "6400", "膜法除硝取代氯化钡法，吨碱盐泥减少0.0213 t×30万t，取整")
        .count("save_water", "9.80", "洗泥水回用"),
    ),
    Project(
        "p21", "高盐废水分质处理与副产盐回用项目", WATER_WORKS, "pollution", "pollution_control", "new",
        "化工片区污水预处理中心", GREEN, "2027-02 2028-12 2029", "dgdd", 16500, 45,
        Benefits().count("save_water", "32.00", "膜产水回用于恒泰氯碱化盐")
        .count("cut_wastewater", "46.00", "高盐废水不再外排").count("cut_cod", "17.48", "46.00万t×38 mg/L")
        .count("cut_nh3n", "1.20", "46.00万t×2.6 mg/L")
        .note("分盐得氯化钠约9600 t/a回用电解、硫酸钠约2100 t/a外售，运行用电约980万kWh/a已计入目标年新增用能"),
        also=("resource",), public={"province": 1200, "city": 600},
    ),
    Project(
        "p22", "建陶片区窑炉烟气超低排放改造项目", "云泽新禹建陶有限公司", "pollution", "pollution_control", "technical",
        "金穗、宏岩、新禹陶瓷厂区", GREEN, "2026-10 2028-04 2028", "ddxx", 12800, 40,
        Benefits().count("cut_nox", "186.00", "9条窑炉出口浓度由98降到50 mg/m³，按年烟气量核算，已扣除宏岩、金穗节能改造项目所计部分")
        .count("cut_so2", "42.00", "由36降到25 mg/m³核算").count("cut_pm", "52.00", "由18降到10 mg/m³并治理料仓无组织排放"),
    ),
    Project(
        "p23", "挥发性有机物治理绿岛与活性炭集中再生中心项目", BUILDER, "pollution", "public_facility", "new",
        "城南标准厂房区", GREEN, "2027-12 2029-03 2029", "ggxd", 8400, 45,
        Benefits().count("cut_voc", "118.00", "26户企业收集率由71%提高到88%、去除率由58%提高到86%，按产生量核算")
        .note("再生活性炭3000 t/a替代一次性活性炭，所减少的危险废物不计入一般工业固体废物减排量"),
        public={"city": 900}, gain=(2600, 640),
    ),
    Project(
        "p24", "园区能源环境碳一体化监测管理平台", BUILDER, "pollution", "capacity", "new",
        "园区管委会及42户重点企业", GREEN, "2026-09 2027-09 2027", "dxxx", 4600, 0,
        Benefits().note("本项目为监测管理能力建设，覆盖42户重点企业能耗、用水、废水、废气和碳排放数据，没有可直接计量的节约和减排量，故不计列效益；其作用体现为各项目成效的计量与核查"),
        also=("carbon",), public={"city": 2000},
    ),
)  # fmt: skip
