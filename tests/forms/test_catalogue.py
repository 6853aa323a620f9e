"""Every check has its group, and the table of checks in the docs is what the rules say."""

from __future__ import annotations

import os
import re
from pathlib import Path

from forms.checks import run_checks
from forms.checks.catalogue import CODE_RULES, all_rules, point_of, runs
from forms.loading import open_pack
from forms.schema import Severity
from forms.view import evaluate

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "docs" / "checks.md"
PACK = open_pack("ndrc-2021-1004")
UPDATE = "YUANCE_UPDATE_GOLDENS"
GROUPS = 11
_KEY = re.compile(r'"([A-Z]{3}-\d{3})"')
_PLACEHOLDER = re.compile(r"\{\w+\}")
_WORDS = {Severity.MUST: "必须改", Severity.SHOULD: "建议改"}
_HEAD = """\
# Checks

Made by `tests/forms/test_catalogue.py` from the rules themselves; do not edit. A plan is checked
in eleven groups. 必须改 must be mended; 建议改 may be left as it is with a reason. Keys are never
reused.
"""


def table() -> str:
    """The whole page: each group with its points, and under them its rules."""
    lines = [_HEAD]
    rules = sorted(all_rules(PACK), key=lambda rule: rule.key)
    for number, group in enumerate(PACK.rule_groups, start=1):
        lines += [f"## {number}　{group.title}", "", "| 要点 | 规则 | 级别 | 发现什么 |"]
        lines.append("| --- | --- | --- | --- |")
        for point in group.points:
            for rule in rules:
                if point_of(PACK, rule.key) == (group, point):
                    grave = "、".join(_WORDS[severity] for severity in rule.severities)
                    says = _PLACEHOLDER.sub("…", rule.says)
                    lines.append(f"| {point.says} | {rule.key} | {grave} | {says} |")
        lines.append("")
    return "\n".join(lines)


def test_that_the_table_of_checks_is_what_the_rules_say():
    made = table()
    if os.environ.get(UPDATE):
        TABLE.write_text(made, encoding="utf-8")
    assert TABLE.read_text(encoding="utf-8") == made, f"run once with {UPDATE}=1"


def test_that_there_are_eleven_groups_and_every_rule_stands_in_one():
    assert len(PACK.rule_groups) == GROUPS
    assert [rule.key for rule in all_rules(PACK) if point_of(PACK, rule.key) is None] == []


def test_that_every_point_has_a_rule():
    points = {point_of(PACK, rule.key) for rule in all_rules(PACK)}
    wanted = [(group, point) for group in PACK.rule_groups for point in group.points]

    assert [point.says for group, point in wanted if (group, point) not in points] == []


def test_that_every_rule_of_the_code_is_in_the_catalogue_and_no_key_is_used_twice():
    spelled: set[str] = set()
    for file in (ROOT / "forms" / "checks").glob("*.py"):
        if file.name != "catalogue.py":
            spelled |= set(_KEY.findall(file.read_text(encoding="utf-8")))
    keys = [rule.key for rule in all_rules(PACK)]

    assert spelled == {rule.key for rule in CODE_RULES}
    assert len(keys) == len(set(keys))


def test_that_each_group_tells_how_many_rules_were_run_and_what_they_found():
    from forms.answers import Answers

    findings = run_checks(evaluate(PACK, Answers()))
    told = runs(PACK, findings)

    assert sum(run.rules for run in told) == len(list(all_rules(PACK)))
    assert sum(run.findings for run in told) == len(findings)
    assert told[0].findings > 0
