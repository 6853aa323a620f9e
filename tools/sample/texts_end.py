# ruff: noqa: E501  (one paragraph is one line)
"""第四至七章: projects, outcomes, organisation and safeguards in words."""

from __future__ import annotations

from tools.sample import outlook
from tools.sample.decimals import dec, rounded, shown
from tools.sample.numbers import Numbers

LABELS = {
    "layout": "优化产业空间布局",
    "chain": "促进产业循环链接",
    "carbon": "推动节能降碳",
    "resource": "推进资源高效利用、综合利用",
    "pollution": "加强污染集中治理",
}


def texts(n: Numbers) -> dict[str, str]:
    """Narratives by address."""
    return {**_projects(n), **_outcomes(n), **_organisation(n), **_safeguards(n)}


def _yi(figure: object) -> str:
    """万元 worded as 亿元."""
    return shown(dec(str(figure)) / 10000)


def _source(n: Numbers, key: str) -> str:
    return _yi(n.column("projects/list", f"src_{key}"))


def _projects(n: Numbers) -> dict[str, str]:
    parts = [f"{LABELS[t]}{n.projects(t)[0]}个、{_yi(n.projects(t)[1])}亿元" for t in LABELS]
    building = sum(n.view.value(a) == "building" for a in n.cells("projects/list", "status"))
    count = n.live("project_summary/project_count")
    invest = n.live("project_summary/invest_sum", "亿元", 2)
    public = sum(n.column("projects/list", f"src_{k}") for k in ("central", "province", "city"))
    total = n.value("project_summary/invest_sum")
    return {
        "projects/projects_intro": f"经企业申报、管委会逐户核实物料数据、专家论证三道程序，从41个意向项目中筛选出{count}重点项目，总投资{invest}，其中{'；'.join(parts)}。筛选时剔除了单纯扩大产能、选址在边界外和2025年底前已建成的项目17个。项目中{building}个已在建，其余按前期深度分两批开工：2026年下半年开工以公共管廊、供水管网、窑炉改造为主的第一批，2027年开工双氧水、轻质碳酸钙、高盐废水等补链和治污项目；除城南标准厂房二期于2030年3月竣工外，其余2029年6月前竣工，2030年全部达产。项目内容和手续见{{{{@annex.projects}}}}，分年投资见{{{{@annex.investment}}}}，效益见{{{{@annex.benefits}}}}。",
        "project_summary/funding_note": f"总投资{invest}，其中企业自筹{_source(n, 'own')}亿元，占{shown(n.column('projects/list', 'src_own') / total * 100, 1)}%，来自企业自有资金和留存利润，已列入各企业2026—2028年投资计划；银行贷款{_source(n, 'loan')}亿元，占{shown(n.column('projects/list', 'src_loan') / total * 100, 1)}%，在建项目的贷款合同已签订，其余已与2家银行达成意向；财政资金合计{_yi(public)}亿元，其中中央资金{_source(n, 'central')}亿元、省级资金{_source(n, 'province')}亿元、市县资金{_source(n, 'city')}亿元；其他资金{_source(n, 'other')}亿元，为管廊使用企业入股资金。拟申报中央资金的为供热管网南延、氯碱电解改造、热电背压化和再生水厂扩建4个项目，备案、环评、节能审查和用地手续均已齐备或不需办理，尚未完工。供热、供水、管廊由运营单位投资，以供热费、水费和管位租金回收；上级资金未落实时，由项目单位以自有资金和贷款补足，不影响建设内容。",
    }


def _outcomes(n: Numbers) -> dict[str, str]:
    i = n.indicator
    growth = _yearly(outlook.TARGET_GDP / n.value("economy/output/gdp/2025"))
    plants = "；".join(
        f"{name}，用能{shown(f['added_energy'] / 10000)}万tce、新鲜水{shown(f['added_water'])}万m³、固体废物{shown(f['added_waste'] / 10000)}万t、废水{shown(f['added_wastewater'])}万t"
        for name, f in outlook.plants()[:-1]
    )
    own_name, own = outlook.plants()[-1]
    in_plant = n.value("benefit_summary/total_cut_wastewater") - 220
    save = n.value("outcomes/indicators/energy_saving/target")
    water, waste = (
        n.value("outcomes/indicators/water_saving/target"),
        n.value("benefit_summary/total_use_waste"),
    )
    coal_money = rounded(save * 1050 / 100_000_000)
    return {
        "targets/targets_note": f"生产总值由基准年{n('economy/output/gdp/2025')}亿元增长到{n('targets/target_gdp')}亿元（2025年价），年均增长{growth}%，低于2023—2025年实际增速，与园区“十五五”发展规划一致；工业增加值{n('targets/target_iav')}亿元。\n\n新增产能为4个已备案或已列入规划的项目：{plants}。另计{own_name}用能{shown(own['added_energy'] / 10000)}万tce、新鲜水{shown(own['added_water'])}万m³、废水{shown(own['added_wastewater'])}万t。以上合计用能{n.wan('targets/added_energy')}万tce、二氧化碳{n.wan('targets/added_co2')}万t。其余企业产能按基准年不变。\n\n目标年综合能源消费量＝{n('energy/totals/energy_total/2025')}－{n('benefit_summary/total_save_energy')}＋{n('targets/added_energy')}＝{n('targets/target_energy')} tce；新鲜水＝{n('water/supply/fresh_total/2025')}－{n('benefit_summary/total_save_water')}＋{n('targets/added_water')}＝{n('targets/target_water')}万m³。可再生能源为基准年{n('energy/totals/renewable/2025')} tce，加新增光伏7140万kWh、新增绿电2.4亿kWh；天然气按基准年1.58亿m³减节约0.16亿m³、加新增产能0.42亿m³。可利用余热随新增产能略增到10.4万tce，已利用量加各余热项目新增量{shown(n.value('targets/target_heat_used') - n.value('energy/totals/waste_heat_used/2025'))} tce。污水集中处理量＝{n('water/supply/sewage_treated/2025')}－企业内部减排{shown(in_plant)}＋新增{n('targets/added_wastewater')}＝{n('targets/target_sewage')}万m³；再生水＝{n('water/supply/reclaimed/2025')}＋扩建项目220＝{n('targets/target_reclaimed')}万m³。综合利用往年贮存量3万t，为轻质碳酸钙项目消化堆存电石渣2.6万t和继续利用堆存粉煤灰0.4万t。二氧化硫等6项污染物的目标年值在自动值上加新增产能排放，算式见指标表理由。",
        "outcomes/outcomes_intro": f"方案实施后，到2030年园区每年可节能{n.side('energy_saving', 'target', '万tce', 2)}，相当于基准年综合能源消费量的{shown(save / n.value('energy/totals/energy_total/2025') * 100, 1)}%；节水{n.side('water_saving', 'target', '万m³')}，减排二氧化碳{n.side('co2_reduction', 'target', '万t', 2)}、固体废物{_wan(n, 'solid_waste_reduction')}万t、废水{i('wastewater_reduction', 'target')}万t；减排二氧化硫{n.side('so2_reduction', 'target', 't')}、氮氧化物{n.side('nox_reduction', 'target', 't')}、颗粒物{n.side('pm_reduction', 'target', 't')}、挥发性有机物{n.side('voc_reduction', 'target', 't')}。单位生产总值能耗下降{n.rate('energy_intensity')}%，单位生产总值用水量下降{n.rate('water_intensity')}%，单位生产总值二氧化碳排放下降{n.side('co2_intensity', 'rate')}，固体废物综合利用率提高到{n.side('solid_waste_util_rate', 'target')}。以上节约和减排量为全部项目达产后的年值，按项目法汇总，电力按当量值；测算依据见{{{{@targets}}}}，各项目的贡献见{{{{@annex.contributions}}}}。",
        "benefits_text/economic_benefit": f"项目全部达产后年新增产值{_yi(n.value('benefit_summary/total_add_output'))}亿元、利税{_yi(n.value('benefit_summary/total_add_profit'))}亿元。节能{_wan(n, 'energy_saving')}万tce，按综合价1050元/tce计，年节约用能费用约{coal_money}亿元；节水{shown(water)}万m³，按3.6元/m³计，年节约水费约{shown(water * dec('3.6'), 0)}万元；新增利用固体废物{shown(waste / 10000)}万t，按填埋处置费85元/t计，年减少处置费约{shown(waste * 85 / 10000, 0)}万元。造纸企业就近使用双氧水和碳酸钙，每年减少运费约760万元。节约的用能、用水费用属企业成本下降，未计入上述新增利税。",
        "benefits_text/social_benefit": "项目建设期高峰用工约2400人，建成后新增就业岗位约620个，其中固体废物利用和补链企业岗位380个。拆除11台分散燃煤锅炉，柳溪镇1.2 km范围内不再有燃煤烟囱；烧碱、盐酸等由汽车改为管道输送，每年减少危险化学品运输约1.1万车次，化工片区交通安全风险明显降低。活性炭集中再生使26户中小企业年均治理费用下降约35%。氯碱副产氢气和电石渣供造纸企业的做法，可供同时布局化工与造纸的园区借鉴。",
        "benefits_text/environmental_benefit": f"每年减排二氧化碳{_wan(n, 'co2_reduction')}万t、二氧化硫{i('so2_reduction', 'target')} t、氮氧化物{i('nox_reduction', 'target')} t、颗粒物{i('pm_reduction', 'target')} t、挥发性有机物{i('voc_reduction', 'target')} t；少排废水{i('wastewater_reduction', 'target')}万t、化学需氧量{n('benefit_summary/total_cut_cod')} t、氨氮{n('benefit_summary/total_cut_nh3n')} t，计入新增产能后化学需氧量排放由{i('cod', 'base')} t变为{i('cod', 'target')} t。减少固体废物处置和堆存{_wan(n, 'solid_waste_reduction')}万t，贮存场使用年限由2029年延长到2035年以后。年少取新鲜水{i('water_saving', 'target')}万m³，可使柳溪河枯水期下泄流量增加约0.14 m³/s；氮氧化物和挥发性有机物同步下降，有利于遏制夏季臭氧超标。",
    }


def _wan(n: Numbers, indicator: str) -> str:
    return n.wan(f"outcomes/indicators/{indicator}/target")


def _yearly(ratio: object) -> str:
    return shown((dec(str(ratio)) ** (dec(1) / 5) - 1) * 100, 1)


def _organisation(n: Numbers) -> dict[str, str]:
    ends = [month.year for month in n.months("finish_month")]
    starts = [month.year for month in n.months("start_month")]
    return {
        "leadership/mechanism": "领导小组每季度召开一次会议，审议项目进展、资金安排和要素保障；办公室实行月调度，24个项目建设单位每月5日前通过园区平台填报投资、形象进度和问题，能由部门解决的5个工作日内答复，跨部门事项10个工作日内提交专题会。进度滞后超过一个季度的项目由分管副主任包联。聘请化工、热能、造纸、陶瓷、环保、统计专家9名组成技术组，每半年对项目技术路线、节能减排量计量和物料平衡复核一次。涉及用地、能耗和环境容量等市级以上事项，通过澄川市发展循环经济工作联席会议协调。",
        "schedule/schedule_text": f"第一阶段（2026年）：完成方案审核和项目前期，连同2025年已开工的2个项目，年底前开工{sum(y <= 2026 for y in starts)}个。第二阶段（2027—2029年）：集中建设，新开工{sum(y >= 2027 for y in starts)}个，2027年竣工{ends.count(2027)}个，2028年竣工{ends.count(2028)}个，2029年竣工{ends.count(2029)}个；2028年下半年开展中期评估。第三阶段（2030年）：城南标准厂房竣工，全部项目达产，完成计量核实和自评估，申请省级评估验收。",
        "monitoring/monitoring_text": "以本方案预期成效指标为核心，建立能源、水、固体废物、污染物、项目五本台账。24户重点企业每月10日前通过园区平台填报，园区统计站会同生态环境分局每季度核对一次：能源与205-1表、供能单位结算量核对，用水与205-4表和水务公司售水量核对，固体废物与基101表和转移凭证核对，差异超过3%的5个工作日内查明原因。24个项目在竣工前安装独立计量仪表，节能量、节水量以改造前后12个月计量数据对比核定。一体化平台2027年9月投运后，42户企业能耗、取水、排口数据自动采集，人工填报逐步改为核对确认。基准年数据封存备查，口径和因子版本在实施期内不变。",
        "monitoring/annual_report": "领导小组办公室每年11月启动年度总结，12月10日前形成园区循环化改造年度报告初稿，内容包括工作进展（项目开工、竣工、投资完成情况）、成效（各项指标年度值和完成率）、经验做法、存在的困难和建议四个部分，附项目和指标完成情况表；经管委会审定、统计站和生态环境分局会签数据后，于12月25日前报东海省发展改革委、省工业和信息化厅，并抄送澄川市、云泽市有关部门。",
        "evaluation/evaluation_text": "2028年下半年委托第三方开展中期评估，评估指标完成率、项目完成率、投资完成率和物料循环链运行情况，结果报省级主管部门。项目建设内容、建设单位发生变化，或投资变动超过20%的，由建设单位提出、技术组论证、管委会研究后，按原程序报省发展改革委、省工业和信息化厅同意，未经同意不得替换；调出项目的节能减排量由新增项目补足。2030年9月底前完成自评估，一项目一档整理备案、环评、节能审查、竣工验收、计量记录、利用协议和转移凭证，连同能源、水、固体废物台账和监测报告备查，2030年12月底前提出省级成效评估和验收申请。",
    }


def _safeguards(n: Numbers) -> dict[str, str]:
    return {
        "organisation_assurance/organisation_safeguard": "管委会主要负责人对方案负总责，与各部门、24个项目建设单位签订责任书，把24个项目和26条措施分解成年度任务清单，细化到季度和责任人。设循环化改造专班，从经济发展局、规划建设局、生态环境分局、统计站各抽调1人集中办公至通过验收。云泽市政府将园区循环化改造列入市政府督查事项，重大问题提请澄川市发展循环经济工作联席会议研究。",
        "policy_assurance/policy_safeguard": "用地上，对列入方案的补链和公共设施项目优先安排计划指标，城南0.68 km²盘活地块只供给固体废物利用和共用治污项目。能耗上，4个新增产能项目的用能由本方案节能量和绿电消纳统筹平衡，未落实节能改造的企业暂停办理新增用能。环境容量上，氮氧化物、挥发性有机物按本方案减排量实行园区内等量或倍量替代。税收上，由税务分局逐户辅导落实资源综合利用增值税即征即退、环境保护和节能节水专用设备企业所得税抵免。审批上，推行区域环评和节能评价成果共享，备案1个工作日内办结，管廊和供热管网实行联合审批。",
        "funding_assurance/funding_safeguard": f"园区财政2026—2029年每年安排循环化改造专项资金2500万元，四年合计1亿元，用于公共设施和能力建设类项目，与项目表中市县资金{_source(n, 'city')}亿元相匹配。与2家银行签订绿色信贷合作协议，授信18亿元，对节能、节水项目给予不高于贷款市场报价利率的优惠。公共管廊引入使用企业入股2400万元，再生水扩建采用特许经营。财政资金实行专账管理、按进度拨付，竣工后开展绩效评价和审计，已享受中央资金的项目不重复安排同级补助。企业自筹未按计划到位的，暂缓安排后续财政资金。",
        "technology_assurance/technology_safeguard": "围绕电石渣深度除杂、抛光渣高掺量发泡、高盐废水分盐、低温余热利用四项关键技术，与2所高校、1家化工设计院共建园区循环经济技术中心，每年立项2—3个，园区承担不高于30%的研发费用。重点项目可行性研究和初步设计须经技术组审查，轻质碳酸钙、发泡陶瓷两项先做中试再定规模。节能诊断、清洁生产审核、碳核算委托具备能力的第三方承担，结果由技术组抽查，抽查比例不低于20%。",
        "talent_assurance/talent_safeguard": "管委会配备循环经济专职人员4名，统计站增配能源统计员1名。年综合能源消费量5000 tce以上的企业设能源管理岗位并备案，重点排污单位设环保负责人，规模以上企业明确碳核算联络员。每年举办能源统计、清洁生产、水平衡测试、碳核算培训4期，参训不少于320人次。与云泽职业技术学校共建化工、热能技能班，每年定向培养60人；对引进的化工、陶瓷、水处理高级工程师给予3年住房补贴并协助子女入学。",
        "supervision_assurance/supervision_safeguard": "循环化改造任务纳入管委会部门年度目标考核，权重10%；企业项目完成情况与园区补助、用能和排污总量指标安排挂钩。每半年督查一次并在园区工作会议通报，连续两次进度滞后20%以上的，约谈建设单位和责任部门负责人；虚报投资、节能量、减排量的，取消补助并依法追责。每年6月在园区网站公开24户重点企业能耗、用水、排放和固体废物利用信息，设举报电话，由企业服务局15个工作日内办结答复。",
        "publicity_assurance/publicity_safeguard": "每年总结2—3个企业间物料循环、蒸汽梯级利用的典型案例，汇编成册报省发展改革委、省工业和信息化厅。2029年承办全省园区循环化改造现场交流会，建设由清源热电、轻质碳酸钙、再生水厂、发泡陶瓷4个点组成的参观线路和一处展示馆。结合全国节能宣传周、六五环境日组织企业开放日，每年接待居民和学生800人次以上；在望泽社区、柳溪镇设信息公示栏，按季度公开环境监测结果。",
    }
