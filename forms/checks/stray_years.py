"""Stray years: prose that promises something for a year outside the period of the plan."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from forms.address import Address
from forms.checks.finding import Finding, Step
from forms.checks.narratives import called, holding, narratives
from forms.checks.prose_text import without_titles
from forms.inline.marks import apart
from forms.schema import Severity
from forms.view import PlanView

RULE_PAST = "LFT-102"
RULE_BEYOND = "LFT-103"
RULE_CYCLE = "LFT-104"
_CLAUSE = re.compile(r"[^。；！？\n]+")
_UNTIL = re.compile(
    r"(?<![延移推迟续])(?:到|至|截至|力争|争取)((?:19|20)\d\d)年(?:底|末|前|年底|年末)?"
)
_CYCLE = re.compile(r"[“\"]?(十[一二三四五六七八九]|十)五[”\"]?(?:期间|时期|末)")
_QUICK = re.compile('[到至取争五](?:19|20|[”"期时末])')
_PROMISE = re.compile(
    r"达到|实现|建成|降至|降到|降低到|下降到|提高到|提升到|增加到|控制在|不低于|不高于"
    r"|力争|争取|确保|完成|年(?:可)?(?:节能|节水|减排)|率[0-9]"
)
_STILL_TO_COME = re.compile(r"达到|降至|降到|降低到|提高到|控制在|不低于|不高于|力争|争取|确保")
_PLANNED = re.compile(
    r"将(?:要|会|进一步|继续|大力|加快|重点|全面|新|建|实)|力争|争取|确保|计划(?:新|建|投|实|完)|拟|目标是"
)
_HAPPENED = re.compile(r"已|了|当时|实际|累计完成|曾|先后|以来|原规划|规划要求|同比")
_CITED = re.compile(r"提出|要求|明确|规定|下达|印发|曾")
_OUTLOOK = re.compile(
    r"展望|远景|远期|中长期|碳达峰|碳中和|规划(?:期|年限)|总体规划|使用年限|服务期|国家|全国|全省"
)
_DIGITS = "零一二三四五六七八九十"
_ELEVENTH = 11, 2006  # 十一五 began in 2006; each lasts five years


def stray_years(view: PlanView) -> Iterator[Step]:
    """A finding for each promise of the prose whose year or cycle lies outside the period."""
    period = (view.calendar.base, view.calendar.target)
    if not all(period):
        return
    for told in narratives(view, RULE_PAST, None, holding(_QUICK, _may_promise)):
        yield None
        if told is not None:
            text = apart(told.text)
            given = (text, period, called(view, told))
            read = partial(_in_text, told.address, given[2], text, period)
            yield from view.once(RULE_PAST, told.address, given, read)


def _may_promise(text: str) -> bool:
    return _UNTIL.search(text) is not None or _CYCLE.search(text) is not None


def _in_text(
    address: Address, name: str, text: str, period: tuple[int, int]
) -> tuple[Finding, ...]:
    found: list[Finding] = []
    if _may_promise(text):
        for match in _CLAUSE.finditer(without_titles(text)):
            found += _promises(address, name, match[0], period)
            found += _old_cycles(address, name, match[0], period[0])
    return tuple(found)


def _promises(
    address: Address, name: str, clause: str, period: tuple[int, int]
) -> Iterator[Finding]:
    base, target = period
    for match in _UNTIL.finditer(clause):
        year, rest = int(match[1]), clause[match.end() :]
        cited = _CITED.search(clause[: match.start()])
        if cited or not _PROMISE.search(rest) or _HAPPENED.search(rest):
            continue
        said = f"{name}中“{_quoted(clause, match.start())}”"
        if year <= base and _STILL_TO_COME.search(rest) and not match[0].startswith("截至"):
            told = f"{said}把 {year} 年写作目标，而方案的基准年是 {base} 年。"
            yield _finding(RULE_PAST, address, told)
        elif year > target and not _OUTLOOK.search(clause):
            told = f"{said}的目标定在 {year} 年，晚于方案的目标年 {target} 年。"
            yield _finding(RULE_BEYOND, address, told)


def _old_cycles(address: Address, name: str, clause: str, base: int) -> Iterator[Finding]:
    for match in _CYCLE.finditer(clause):
        number = 10 + _DIGITS.index(match[1][1]) if len(match[1]) > 1 else 10
        first = _ELEVENTH[1] + 5 * (number - _ELEVENTH[0])
        rest = clause[match.end() :]
        is_past = first + 4 < base and number >= _ELEVENTH[0]
        if is_past and _PLANNED.search(rest) and not _HAPPENED.search(clause):
            said = f"{name}中“{_quoted(clause, match.start())}”"
            end = f"“{match[1]}五”到 {first + 4} 年为止，早于方案的基准年 {base} 年"
            yield _finding(RULE_CYCLE, address, f"{said}仍把它写作今后的安排：{end}。")


def _quoted(clause: str, start: int) -> str:
    words = clause[start : start + 24].strip()
    return words + ("…" if len(clause) > start + 24 else "")


def _finding(rule: str, address: Address, sentence: str) -> Finding:
    remedy = "核对是否套用了旧方案的文字；改为方案期内的年份，属历史情况的写明已经完成。"
    return Finding(rule, Severity.SHOULD, sentence, remedy, (address,))
