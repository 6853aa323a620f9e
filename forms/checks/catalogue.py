"""Every check by group: what reports and docs say was looked at, also where nothing was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from forms.checks.finding import Finding
from forms.schema import Pack, RuleGroup, RulePoint, Severity

_BOTH = (Severity.MUST, Severity.SHOULD)
_SHOULD = (Severity.SHOULD,)
_MUST = (Severity.MUST,)


@dataclass(frozen=True, slots=True)
class CheckedRule:
    """One rule: its key, how grave its findings are, and what it says."""

    key: str
    severities: tuple[Severity, ...]
    says: str


@dataclass(frozen=True, slots=True)
class GroupRun:
    """One group of checks as it was run over a plan."""

    group: RuleGroup
    rules: int
    findings: int


# The checks that are code; those that are formulas stand in the pack.
CODE_RULES = (
    CheckedRule("REQ-001", _BOTH, "节中有必填、应填的内容空缺。"),
    CheckedRule("REQ-002", _BOTH, "表中一行有必填、应填的内容空缺。"),
    CheckedRule("REQ-003", _BOTH, "应有内容的表没有任何行。"),
    CheckedRule("LIM-001", _MUST, "保存的值不合类型或超出限值。"),
    CheckedRule("LIM-002", _SHOULD, "保留有方案年度之外的数据。"),
    CheckedRule("PLA-101", _SHOULD, "历年数据相邻两年相差悬殊。"),
    CheckedRule("PLA-102", _SHOULD, "历年数据相邻两年约差10、100、1000、10000倍，疑为单位错位。"),
    CheckedRule("PLA-103", _SHOULD, "历年数据中间断年。"),
    CheckedRule("PLA-105", _SHOULD, "历年数据中一年的两位数字疑似颠倒。"),
    CheckedRule("PLA-104", _SHOULD, "指标的变化大到不合常理。"),
    CheckedRule("COV-101", _MUST, "通知的一条条文在正文中没有内容作答。"),
    CheckedRule("DBL-101", _SHOULD, "一张表中有几行同名。"),
    CheckedRule("DBL-102", _SHOULD, "同一建设单位的几个项目有完全相同的效益。"),
    CheckedRule("DBL-103", _SHOULD, "几个项目有完全相同的效益。"),
    CheckedRule("DBL-104", _SHOULD, "同一笔量在两个项目中计作两项效益。"),
    CheckedRule("DBL-105", _SHOULD, "总项目与其子项目同时计列效益。"),
    CheckedRule("DBL-106", _SHOULD, "二氧化碳减排量超过节约的能源所能减少的。"),
    CheckedRule("DBL-107", _SHOULD, "两个项目的名称几乎相同。"),
    CheckedRule("PRS-001", _SHOULD, "正文中的数与方案数据不一致。"),
    CheckedRule("PRS-011", _SHOULD, "正文“其中”各项之和与总数不符。"),
    CheckedRule("PRS-021", _SHOULD, "测算过程算得的效益没有填入表中。"),
    CheckedRule("PRS-022", _SHOULD, "测算过程算得的效益与表中的数不一致。"),
    CheckedRule("IDN-101", _SHOULD, "测算过程用了口径说明以外的公布因子。"),
    CheckedRule("LIV-001", _MUST, "正文中的活数字没有来源。"),
    CheckedRule("LIV-002", _MUST, "正文中的活数字还没有数。"),
    CheckedRule("LIV-003", _SHOULD, "活数字前的“提高”“下降”与数据相反。"),
    CheckedRule("REF-001", _MUST, "正文中的引用没有所指。"),
    CheckedRule("REF-002", _MUST, "正文中引用的表、图还没有内容，不会印出。"),
    CheckedRule("NTE-001", _SHOULD, "正文中的脚注没有文字。"),
    CheckedRule("TIM-101", _SHOULD, "把几个月的数填作全年数。"),
    CheckedRule("LFT-001", _MUST, "文字中留有“XX”“待补充”等占位文字。"),
    CheckedRule("LFT-002", _SHOULD, "两处正文有一段完全相同。"),
    CheckedRule("LFT-101", _SHOULD, "正文写有其他园区的名称。"),
    CheckedRule("LFT-102", _SHOULD, "正文把基准年及以前的年份写作目标。"),
    CheckedRule("LFT-103", _SHOULD, "正文的目标定在目标年以后。"),
    CheckedRule("LFT-104", _SHOULD, "正文把已结束的五年规划写作今后的安排。"),
    CheckedRule("EVD-101", _MUST, "采用的因子还没有对照标准原文核对。"),
    CheckedRule("RSN-001", _SHOULD, "没有采用自动计算的值，也没有说明理由。"),
)


def all_rules(pack: Pack) -> Iterator[CheckedRule]:
    """Every rule that is run over plans of a pack: the program's own, then the pack's."""
    yield from CODE_RULES
    for rule in pack.rules:
        yield CheckedRule(rule.key, (rule.severity,), rule.sentence)


def point_of(pack: Pack, rule: str) -> tuple[RuleGroup, RulePoint] | None:
    """The group and the point a rule stands under; None when the pack names neither."""
    for group in pack.rule_groups:
        for point in group.points:
            if any(rule.startswith(key) for key in point.rules):
                return group, point
    return None


def runs(pack: Pack, findings: Iterable[Finding]) -> tuple[GroupRun, ...]:
    """Each group with the number of its rules and of their findings, dismissed ones too."""
    ruled = Counter(_group(pack, rule.key) for rule in all_rules(pack))
    found = Counter(_group(pack, finding.rule) for finding in findings)
    return tuple(GroupRun(group, ruled[group.key], found[group.key]) for group in pack.rule_groups)


def _group(pack: Pack, rule: str) -> str:
    found = point_of(pack, rule)
    return found[0].key if found else ""
