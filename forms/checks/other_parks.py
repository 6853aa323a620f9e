"""Other parks: prose that names development zones unknown to the plan, as copying leaves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from forms.address import Address
from forms.checks.finding import Finding, Step
from forms.checks.narratives import Told, called, holding, narratives
from forms.checks.prose_text import TITLE, without_titles
from forms.kinds import Narrative, Text
from forms.schema import Column, Field, Item, Section, Severity, Table
from forms.standing import standing
from forms.view import PlanView

RULE_PARK = "LFT-101"
_NAMES = "names of the plan"
_PARK = re.compile(
    r"([\u4e00-\u9fff]{2,20}?)"
    r"(经济技术开发区|高新技术产业开发区|高新技术开发区|经济开发区|产业开发区|综合保税区|出口加工区"
    r"|循环经济园区?|化工园区|工业园区|产业园区|工业集中区|开发区|经开区|高新区|保税区|工业园|产业园)"
)
_ENDING = re.compile(
    "开发区|保税区|加工区|循环经济园|化工园|工业园|产业园|集中区|经开区|高新区"  # of any of these
)
# What stands before a name without belonging to it: the name begins behind the last of these.
_BEFORE = re.compile(
    r".*(?:本|该|各|全|与|和|及|或|在|为|对|由|从|向|到|至|是|的|等|把|将|被|给|于|按|据|同|立|准"
    r"|建|入|为|占|约|以|年|月|日|个|类|座|家|处|级|省内|市内|国内|周边|附近|邻近|所在|位于|原|其中|现有|依托|建设|设立|创建|静脉)"
)
# Words that say what sort of park is meant, and name none.
_SORTS = re.compile(
    r"(?:国家|省|市|县|区|级|绿色|生态|示范|试点|化工|化学|循环|经济|工业|产业|高新|技术|先进|特色"
    r"|专业|现代|农业|食品|医药|材料|新型|新能源|装备|制造|电子|信息|物流|综合|静脉|低碳|零碳|智慧"
    r"|重点|一般|其他|其它|同类|多|所有|有关|相关|周边|全国|全省|城南|城北|城东|城西|东部|西部"
    r"|南部|北部|中小|企业|创业|科技|再生资源|再生|资源|加工|建陶|陶瓷|造纸|冶金|钢铁|纺织|返乡)*"
)
_EXAMPLE = re.compile(r"(?:对标|学习|借鉴|参照|参考|考察|例如|比照|赴|先进)[^。；，\n]{0,16}$")
_CORE = 2  # characters of a name that tell one place from another
_LONGEST = 8  # what is longer is a phrase, not a name


def other_parks(view: PlanView) -> Iterator[Step]:
    """One finding for each narrative that names development zones nowhere else in the plan."""
    known = ""
    for told in narratives(view, RULE_PARK, None, holding(_ENDING, _named)):
        yield None
        if told is None:
            continue
        named = view.once(RULE_PARK, told.address, told.text, partial(_named, told.text))
        if named and not known:  # gathered only when some narrative names a zone at all
            known = _known_names(view)
        foreign = tuple(
            name for name, core in named if core[-_CORE:] not in known and core[:_CORE] not in known
        )
        if foreign:
            yield _finding(view, told, foreign)


def _named(text: str) -> tuple[tuple[str, str], ...]:
    """The development zones a text names, each with its name and the core of it."""
    found: dict[str, str] = {}
    if not _PARK.search(text):
        return ()
    for match in _PARK.finditer(without_titles(text)):
        before = text[max(0, match.start() - 20) : match.start()] + match[1]
        core = _BEFORE.sub("", match[1])
        is_name = _CORE <= len(core) <= _LONGEST and not _SORTS.fullmatch(core)
        if is_name and not _EXAMPLE.search(before):
            found[core + match[2]] = core
    return tuple(found.items())


def _known_names(view: PlanView) -> str:
    """Every short text and cited paper of the plan in one: park, places, enterprises, projects."""
    roles = view.pack.roles
    found = [view.text(role) for role in (roles.park_name, roles.plan_title, roles.compiler)]
    for section in view.pack.sections():
        if view.shows_section(section):
            key = section.key
            read = partial(_names_in_section, view, section)
            found.append(view.once(_NAMES, key, standing(view, key), read))
    return "\n".join(found)


def _names_in_section(view: PlanView, section: Section) -> str:
    found: list[str] = []
    for item in section.items:
        found += _names_in(view, item, Address(section.key, item.key))
    return "\n".join(found)


def _names_in(view: PlanView, item: Item, home: Address) -> Iterable[str]:
    if isinstance(item, Field) and isinstance(item.kind, Text):
        return (view.text(home),)
    if isinstance(item, Field) and isinstance(item.kind, Narrative):
        return TITLE.findall(view.text(home))
    if isinstance(item, Table):
        return (_names_in_column(view, home, column) for column in item.columns)
    return ()


def _names_in_column(view: PlanView, home: Address, column: Column) -> str:
    if column.years or column.computed or not isinstance(column.kind, Text | Narrative):
        return ""
    rows = view.rows(home)
    given = (view.figures.column(home, column.key), rows)
    return view.once(_NAMES, (home, column.key), given, partial(_joined, view, home, column, rows))


def _joined(view: PlanView, home: Address, column: Column, rows: Sequence[str]) -> str:
    whole = view.figures.columns.texts(home, column.key, rows).whole
    return whole if isinstance(column.kind, Text) else "\n".join(TITLE.findall(whole))


def _finding(view: PlanView, told: Told, names: tuple[str, ...]) -> Finding:
    named = "、".join(f"“{name}”" for name in names[:3])
    own = view.text(view.pack.roles.park_name)
    return Finding(
        RULE_PARK,
        Severity.SHOULD,
        f"{called(view, told)}中写有{named}，与本园区名称“{own}”不同，可能是套用其他方案时留下的。",
        "核对后改为本园区的名称；确是引用其他园区的，说明理由即可。",
        (told.address,),
    )
