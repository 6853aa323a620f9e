# ruff: noqa: E501  (one paragraph is one line)
"""编制说明、园区概况至主导产业: the narratives up to the enterprises."""

from __future__ import annotations

from tools.sample.conventions import SHORT
from tools.sample.decimals import dec, shown
from tools.sample.numbers import Numbers

Texts = dict[str, str]


def texts(n: Numbers) -> Texts:
    """Narratives by address."""
    return {
        "pledge/pledge_text": "本单位郑重承诺：《云泽市清源经济开发区循环化改造实施方案（2026—2030年）》所填报的园区数据、项目信息及全部附件真实、准确、完整，数据口径与编制说明一致，无虚报、重复计算和隐瞒。方案批准后，本单位按方案组织实施，未经原审核机关同意不调整项目和指标。如有不实，愿承担相应责任。",
        "scope/boundary": f"东至望泽大道，南至沿河南路，西至柳溪河东岸防护绿带，北至澄云铁路。四至围合面积{n.live('scope/boundary_area')}，与省政府核准范围一致，含化工、热电、造纸、食品、城南、建陶、新能源装备7个片区。代管的柳溪镇工业点不在边界内，其企业、能耗和项目均未计入。",
        "scope/data_basis": "经济数据取自云泽市统计局园区统计年报（2023—2025年），生产总值按2025年价格追溯调整。能源数据取自规上工业企业205-1表，与供电、燃气公司结算量和清源热电入厂煤计量台账核对，差异均小于0.5%；规下企业按用电量占比估算，约占园区能耗的2.6%。清源热电向园区外城区供热38万GJ，在“加工转换重复扣除”和“二氧化碳重复扣除”中分别按0.03412 tce/GJ、0.11 tCO2/GJ扣减。用水取自205-4表和水务公司售水量；固体废物和污染物取自基101表、固体废物管理台账与排污许可执行报告，24户重点企业数据由园区统计站逐户现场核对。",
        "overview/location": "园区位于云泽市东北部，距云泽市中心城区7 km、距澄川市区46 km，澄云铁路在园区北缘设货运站，澄宁高速在园区南侧2.5 km处设互通，距柳溪河云泽港作业区4 km。园区地处柳溪河中游东岸，常年主导风向为东北风；下游14 km为云泽市城南水厂取水口，二级保护区上边界距园区排污口11.2 km。化工片区位于园区北部，与最近的居民区望泽社区相距1.8 km，其间设500 m宽防护林带；建陶片区位于南部，与柳溪镇隔沿河南路相望。",
        "overview/history": f"2006年经东海省人民政府批准设立为省级开发区（东政复〔2006〕41号），核准面积12.48 km²；2014年扩区（东政复〔2014〕87号），核准面积增至{n.live('overview/approved_area')}，现行总体规划（2021—2035年）面积{n.live('overview/planned_area')}。2011年化工片区通过省级化工集中区认定，2021年通过化工园区复核认定，安全风险等级为D级。2017年列入东海省园区循环化改造试点，2021年通过省级验收；2023年获评省级绿色园区。截至2025年底已开发{n.live('overview/developed_area')}。",
        "overview/governance": "园区管委会为云泽市人民政府派出机构（副处级），内设党政办公室、经济发展局、规划建设局、财政金融局、企业服务局、应急管理局6个部门，云泽市生态环境局、统计局、自然资源局分别派驻清源分局、统计站和自然资源所。循环化改造由经济发展局牵头，节能降碳和项目调度由其承担；固体废物、废水和废气治理由生态环境分局承担；园区统计由统计站承担。云泽清源园区建设发展有限公司负责标准厂房、公共管廊和监测平台，云泽清源热电、云泽环清水务分别负责供热和供排水。",
        "economy/economy_text": f"2025年园区实现地区生产总值{n.live('economy/output/gdp/2025')}，占云泽市的38.6%，2023—2025年年均增长{n.growth('economy/output/gdp')}%^[按2025年价格计算，扣除价格变动的影响。]；工业总产值{n.live('economy/output/gross_output/2025')}，工业增加值{n.live('economy/output/industrial_added_value/2025')}，税收{n.live('economy/output/tax_revenue/2025')}。年末入园企业{n.live('economy/output/enterprises/2025')}，其中规模以上工业企业{n.live('economy/output/large_enterprises/2025')}，从业人员{n.live('economy/output/employees/2025')}。2024年固定资产投资降至{n.live('economy/output/fixed_investment/2024')}，原因是晶曜光伏二期于上年竣工、恒储储能二期尚未开工；2025年恢复到{n.live('economy/output/fixed_investment/2025')}。以人均计，劳动生产率为{shown(n.value('economy/output/gdp/2025') * 10000 / n.value('economy/output/employees/2025'))}万元/人。历年数据见{{{{@economy/output}}}}。",
        "industry/industry_text": f"园区以氯碱化工、建筑陶瓷、造纸及纸制品为三大主导产业，2025年产值合计{shown(n.total(f'industry/leading_industries/i0{i}/output_value' for i in (1, 2, 3)))}亿元，占工业总产值的{shown(n.total(f'industry/leading_industries/i0{i}/share' for i in (1, 2, 3)), 1)}%（{{{{@industry/leading_industries}}}}），物料走向见{{{{@industry/chain_diagram}}}}。\n\n氯碱链：恒泰氯碱用原盐44.8万t、电石33.6万t，产烧碱28.6万t、聚氯乙烯22.4万t；烧碱有6.9万t供园内造纸、食品企业，聚氯乙烯有5.8万t由盛达塑胶加工成型材；氯气经启元精细化工制甲烷氯化物7.4万t，联产盐酸6.2万t，其中3.6万t供益清水处理剂，2.6万t石灰中和后排放。乙炔工序产电石渣31.8万t，6.4万t供清源热电脱硫，23.2万t外运水泥厂。电解副产氢气8008万m³，5908万m³用于合成盐酸和锅炉掺烧，2100万m³放空，是主要缺失环节。\n\n建陶链：金穗、宏岩、新禹三户年产陶瓷砖5560万m²，熔块、釉料由岩釉材料就近供应，减水剂由海澜助剂供应；废坯、废砖回用率97.6%，抛光渣8.6万t仅6.4万t得到利用，缺少高掺量利用企业。\n\n造纸链：丰泽、嘉禾、瑞华三户用废纸67.6万t，产纸及纸板61.4万t，蒸汽全部来自清源热电和自备锅炉，填料碳酸钙5.6万t、漂白用双氧水2.1万t全部外购，而园区恰有电石渣和放空氢气两种原料，缺少中间加工环节。",
        "enterprises/enterprises_text": f"按年综合能源消费量4000 tce以上或年取水量3万m³以上并兼顾产值筛选，共24户。2025年产值合计{shown(n.column('enterprises/key_enterprises', 'output_value') / 10000)}亿元，占园区工业总产值的{shown(n.column('enterprises/key_enterprises', 'output_value') / n.value('economy/output/gross_output/2025') / 100, 1)}%；综合能耗合计{shown(n.column('enterprises/key_enterprises', 'energy') / 10000)}万tce，占园区综合能源消费量的{shown(n.column('enterprises/key_enterprises', 'energy') / n.value('energy/totals/energy_total/2025') * 100, 1)}%；取水量合计{shown(n.column('enterprises/key_enterprises', 'water'))}万m³，占园区新鲜水的{shown(n.column('enterprises/key_enterprises', 'water') / n.value('water/supply/fresh_total/2025') * 100, 1)}%；固体废物产生量合计{shown(n.column('enterprises/key_enterprises', 'waste_generated') / 10000)}万t，占{shown(n.column('enterprises/key_enterprises', 'waste_generated') / n.value('waste/generated_total') * 100, 1)}%。热电企业的综合能耗为扣除对外供热供电后的净值。",
        "guiding/guiding_thought": f"深入贯彻党中央、国务院关于碳达峰碳中和、发展循环经济的决策部署，按照国家发展改革委办公厅、工业和信息化部办公厅发改办环资〔2021〕1004号文件明确的五项任务，衔接《2030年前碳达峰行动方案》和东海省“十五五”节能降碳要求，立足{SHORT}氯碱化工、建筑陶瓷、造纸三业并存且共用一座热电厂的产业基础，针对副产氢气放空、抛光渣和脱硫石膏利用不足、南部建陶片区供热分散、再生水回用率仅{n('water/supply/reclaimed_rate/2025', 1)}%四个突出矛盾，以“氢、钙、汽、水”四条物料流的园区内循环为主线，坚持一园一策，统筹空间布局、产业链接、节能降碳、资源利用和污染治理，到2030年把园区建成三业物料互供、能量梯级利用、污水分质回用的省级循环化改造先行园区。",
        "principle/principles": "坚持一园一策、物料先行。所列项目以2025年园区物质流核算为依据，先算清电石渣、氢气、蒸汽、抛光渣、污水五种物料的余缺，再定补链和利用项目，与园区现有物料无关的项目不列入。\n\n坚持系统布局、共用优先。用汽、用水、治污能由公共设施承担的，不再新建企业自备设施；新入园项目应说明原料取自园内哪户、副产物供给哪户，并接入集中供热和中水管网。\n\n坚持企业主体、政府搭台。生产环节的改造由企业投资建设并对成效负责，管委会承担管廊、标准厂房、监测平台等公共部分，落实土地、资金和统计计量。\n\n坚持减污降碳、一举多得。同等条件下优先安排兼有节能、节水和减污效益的项目，节能量和减排量只在一个项目中计算，不重复计列。\n\n坚持可计量、可核查。每个项目设效益计量点，数据接入园区能源环境碳一体化平台，未经计量核实的成效不计入完成情况。",
        "goals/goals_text": f"到2030年，园区建成氯碱—双氧水—造纸、电石渣—轻质碳酸钙—造纸、抛光渣—发泡陶瓷三条循环链，副产氢气利用率达到99.4%，电石渣和往年堆存实现边产边用；集中供热覆盖率提高到93.6%，11台分散燃煤锅炉全部拆除；再生水覆盖9户主要用水企业，能源环境碳一体化平台接入42户重点企业。园区单位生产总值能耗由{n.side('energy_intensity', 'base')}下降到{n.side('energy_intensity', 'target')}，下降{n.side('energy_intensity', 'rate')}；单位生产总值用水量下降到{n.side('water_intensity', 'target')}，下降{n.side('water_intensity', 'rate')}；固体废物综合利用率由{n.side('solid_waste_util_rate', 'base')}提高到{n.side('solid_waste_util_rate', 'target')}；年节能{n.side('energy_saving', 'target', '万tce', 2)}、节水{n.side('water_saving', 'target', '万m³')}、减排二氧化碳{n.side('co2_reduction', 'target', '万t', 2)}。分阶段看，2028年底建成项目{_finished(n, 2028)}个，其节能量占规划值的{_saved(n, 2028)}%，其余补链、用地类项目2030年底前建成达产。",
    }


def _finished(n: Numbers, year: int) -> int:
    """How many projects are finished by the end of a year."""
    return sum(month.year <= year for month in n.months("finish_month"))


def _saved(n: Numbers, year: int) -> str:
    """The share of the energy saving that projects finished by then bring, in percent."""
    cells = n.cells("projects/list", "save_energy")
    done = [
        cell
        for cell, month in zip(cells, n.months("finish_month"), strict=True)
        if month.year <= year
    ]
    part = sum((n.view.number(cell) or dec(0) for cell in done), dec(0))
    return shown(part / n.value("benefit_summary/total_save_energy") * 100, 1)
