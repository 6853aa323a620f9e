"""Claims: the numbers of a text that name a quantity the plan knows, and whether they agree.

Precision before reach: between the beginning of a clause and the name of a quantity only words may
stand that change nothing; a number that could mean something else says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from operator import add

from forms.calendar import Calendar
from forms.conversion import conversions_of
from forms.listed import Listed, is_listing, listed_in, names_in, without_years, years_in
from forms.prose_figures import (
    NO_YEAR,
    PERIOD,
    Written,
    agrees,
    half_width,
    hedges_before,
    numbers_in,
    year_of,
)
from forms.quantities import Known
from forms.schema import Pack

_LONGEST_NAME = 24
_LOOKED_BACK = 600  # characters before a clause that may say its year or its subject
_HEAD, _TAIL = 200, 60  # characters of the clause before and after a number
_SENTENCE = re.compile(r"[^。；;！？!?\n]+")
_CLAUSE = re.compile(r"[^，：:,]+(?:(?<=[0-9]),(?=[0-9]{3})[^，：:,]+)*")
_BRACKET = re.compile(r"（[^（）\n]*）|\([^()\n]*\)|〔[^〔〕\n]*〕|《[^《》\n]*》|【[^【】\n]*】")
_OPEN_BRACKETS = "（(〔《【"
_YEAR_ALONE = re.compile(r"[（(](?:[0-9]{4}年[末底]?|基准年|目标年)[）)]")
_WHEN = r"(?:(?:19|20)[0-9]{2}年|基准年|现状年|目标年|规划期末|规划末年)[末底度]?"
_TO = (
    r"(?:达到|增加到|增至|增长到|增长至|提高到|提高至|提升到|提升至|上升到|升至|降到|降至|下降到|下降至"
    r"|降低到|降低至|减少到|减少至|减至|恢复到|扩大到|变为|控制在|增加至|回升到|上升至|提升为)"
)
_LINK = re.compile(
    rf"(?:[ :：=\u00a0⟨⟩]|{_WHEN}|{_TO}|合计|总计|共计|共有|共|累计|分别|仅|为|是|有|实现|预计|已"
    rf"|可|将|{'|'.join(sorted(hedges_before(), key=len, reverse=True))}|达)++$"
)
_FROM = re.compile(rf"(?:由|从)(?P<when>{_WHEN})?的?$")
_OPENING = re.compile(
    rf"(?:[ \u00a0、]|{_WHEN}|截至|到|至|在|全园区|本园区|园区|全区|本方案|方案|实施后|建成后"
    r"|规划|储备|建成达产后|建成投产后|建成并达产后|投产后|通过|经|全面|包括|包含|涉及|取用|取|规划期内|年度|当年"
    r"|完成后|全部|重点项目|项目|达产后|每年|年末|年底|末|底|年|共|可|将|预计|总体|届时|力争|确保|使|已|实现|完成|形成"
    r"|计划|安排|实施|谋划|筛选出|筛选|提出|确定|列入|拥有|现有|有|的|和|及|以及|与|同时|并|且|也|上述|前述)*+"
)
_MOVED = re.compile(
    r"(?:(?:较|比|与)(?P<than>基准年|现状年|(?:19|20)[0-9]{2}年)(?:相比)?(?:累计)?)?"
    r"(?:累计|共|将|可|再|预计|分别)*(?P<way>下降|降低|减少|提高|提升|增长|增加|上升)$"
)
_FALLS = ("下降", "降低", "减少")
_VERB = re.compile(r"(减排|少排|排放)")
_OTHERS = re.compile(
    r"公司|集团|企业|厂|[一二三]期|项目|工程|生产线|装置|片区|车间|机组|锅炉|窑|该|某|每|单个|其他"
    r"|全[市省县国州]|[市省县](?!县?资金|级)|人均|户均|批复|行业|标杆|同类|先进"
)
_OURS = re.compile(r"园区|全区|本方案|合计|总计|共计")
_OURS_BEFORE = re.compile(r"园区|全区|本方案")
_SUMMED = re.compile("合计|总计|共计")
_PART = "其中"
BLANK = "\u00a0"  # what stands in for brackets
PARK = ("园区", "全区")
_GOES_ON = ("；", ";")
_STOPS = re.compile(r"[，,]")
_COMPARED = re.compile(r"(?:占|较|比)[^，；]{0,60}[，；]")
_TO_END = re.compile(
    rf"(?:[ \u00a0]|到{_WHEN})*{_TO}(?:[ \u00a0]|{_WHEN}的?)*(?:{'|'.join(hedges_before())})?"
)
_PARK = re.compile("|".join(PARK))
_BEHIND = re.compile(r"(?:的)?([^、，]+?)(?=、|$)")


@dataclass(frozen=True, slots=True)
class Claim:
    """A number of a text that names a quantity, with the value it names."""

    written: Written
    known: Known
    year: int
    agrees: bool
    is_reversed: bool = False  # a rate told as falling that rises, or the other way round


@dataclass(frozen=True, slots=True)
class _Spot:
    """A number in its sentence, and what stands before and after it in the clause."""

    line: str
    written: Written
    begin: int  # of the clause
    head: str  # of the clause, up to the number
    tail: str  # of the clause, after the number


@dataclass(slots=True)
class _Subject:
    """What a sentence is speaking of so far."""

    settled: int  # what stands before this place has been understood
    blocked: int = -1  # the clause whose enumeration names something unknown
    is_foreign: bool = False  # somebody else's figures are told
    name: str = ""
    label: str = ""
    rising: str = ""  # the name of a number that began 由…到…
    rising_end: int = -1
    is_whole: bool = False  # from the base year to the target year


@dataclass(frozen=True, slots=True)
class _Named:
    """The name a number was found to have, and how it is spoken of."""

    name: str
    year: int
    is_rate: bool = False
    is_part: bool = False
    falls: bool = False  # a rate: told as falling
    is_own: bool = False  # in the prose of a row: the row's own figure is meant


class Linter:
    """Reads texts against the known quantities of one plan."""

    def __init__(self, quantities: tuple[Known, ...], calendar: Calendar, pack: Pack) -> None:
        self._calendar = calendar
        self._by_name = _named(quantities)
        self._own: dict[str, list[Known]] | None = None  # in the prose of a row: the row's own
        self.names = frozenset(self._by_name)
        self.consulted: set[str] = set()  # the names of which the values were looked at
        self._conversions = conversions_of(pack)
        self._reader, self._spotter = self._conversions.reader, self._conversions.spotter
        self._of_park = re.compile(
            rf"(?:{'|'.join(PARK)})[^。！？!?\n]*?(?:{self._spotter.pattern})"
        )

    def in_row(self, own: tuple[Known, ...]) -> Linter:
        """The same reader for the prose of a row, where names mean the row's own figures first."""
        reader = self.fresh()
        reader._own = _named(own)
        return reader

    def updated(self, before: tuple[Known, ...], now: tuple[Known, ...]) -> Linter | None:
        """The same reader after some values changed; None when other quantities are known now."""
        if len(before) != len(now):
            return None
        changed = [(old, new) for old, new in zip(before, now, strict=True) if old is not new]
        if any(old.address != new.address or old.names != new.names for old, new in changed):
            return None
        reader = self.fresh()
        reader._by_name = dict(self._by_name)
        for old, new in changed:
            for name in new.names:
                meant = reader._by_name[name]
                reader._by_name[name] = [new if known is old else known for known in meant]
        return reader

    def fresh(self) -> Linter:
        """The same reader, that has consulted nothing yet."""
        reader = copy(self)
        reader.consulted = set()
        return reader

    def meant(self, name: str) -> list[Known]:
        """The quantities of the plan that a name may mean."""
        return self._by_name.get(name, [])

    def may_tell_of_park(self, text: str, names: frozenset[str]) -> bool:
        """Whether a number stands behind a word for the whole park, so that it may be its own.

        `names`: those of the plan's quantities; one of them must stand beside a number.
        """
        plain = without_brackets(half_width(text))
        if self._of_park.search(plain) is None:
            return False
        told = "，".join(self._with_numbers(plain)).replace(BLANK, "")
        if is_listing(told):
            return True
        begun = _by_beginning(names)
        pairs = begun.keys() & {*told, *map(add, told, told[1:])}
        return any(name in told for pair in pairs for name in begun[pair])

    def _with_numbers(self, plain: str) -> Iterator[str]:
        """The clauses that hold a number."""
        for part in _SENTENCE.findall(plain):
            if self._spotter.search(part):
                yield from filter(self._spotter.search, _CLAUSE.findall(part))

    def claims(self, text: str) -> Iterator[Claim]:
        """Every number of a text that names a known quantity, from left to right."""
        start = 0
        for original in text.split("\n"):
            line = _plain(half_width(original))
            subject = _Subject(0)
            for part in _SENTENCE.finditer(line):
                if line[part.start() - 1 : part.start()] not in _GOES_ON:
                    subject = _Subject(part.start())
                subject.settled = part.start()
                if self._spotter.search(part[0]):  # most sentences hold no figure at all
                    yield from self._in_part(line, part, subject, start)
            start += len(original) + 1

    def _in_part(
        self, line: str, part: re.Match[str], subject: _Subject, offset: int
    ) -> Iterator[Claim]:
        for clause in _CLAUSE.finditer(line, part.start(), part.end()):
            if not self._spotter.search(clause[0]):
                continue
            if not (subject.name or subject.rising or self._names_something(clause[0])):
                continue
            listed = listed_in(clause[0], self._reader)
            if listed:
                yield from self._in_list(line, clause, subject, listed, offset)
            for written in numbers_in(clause[0], self._reader):
                if listed and len(listed.head) <= written.start < listed.end:
                    continue
                head, tail = _around(clause[0], written)
                spot = _Spot(line, written, clause.start(), head.replace(BLANK, ""), tail)
                named = self._named(spot, subject)
                claim = self._judged(spot, subject, named, offset) if named else None
                if claim is None:
                    subject.blocked = clause.start()
                    continue
                subject.settled = clause.start() + written.end
                if (behind := _BEHIND.match(tail)) and named and behind[1] == named.name:
                    subject.settled += behind.end()
                subject.label, subject.name = claim.known.label, named.name if named else ""
                yield claim

    def _names_something(self, clause: str) -> bool:
        """Whether a clause may hold a name; told quickly of a row alone, which has few of them."""
        if self._own is None or self._by_name:
            return True
        plain = clause.replace(BLANK, "")
        return any(map(plain.__contains__, self._own))

    def _in_list(
        self, line: str, clause: re.Match[str], subject: _Subject, listed: Listed, offset: int
    ) -> Iterator[Claim]:
        """The claims of numbers told one by one, when every one of them has its name."""
        head, count = listed.head.replace(BLANK, ""), len(listed.numbers)
        years = years_in(head, count)
        if years:
            name, before = self._name_at_end(without_years(head))
            names = (name,) * count
        else:
            shared = names_in(head, count, self._is_known)
            before, names = (shared.before, shared.names) if shared else ("", ())
        spots = [
            _Spot(line, written, clause.start(), head, clause[0][written.end :][:_TAIL])
            for written in listed.numbers
        ]
        named = self._allowed(spots[0], subject, names[0], before) if names and names[0] else None
        for position, spot in enumerate(spots if named else ()):
            year = years[position] if years else self._year(spot)
            told = _Named(names[position], year, is_own=named is not None and named.is_own)
            claim = self._judged(spot, subject, told, offset)
            if claim:
                yield claim
        subject.settled = clause.start() + listed.end

    def _is_known(self, name: str) -> bool:
        return name in self._by_name or (self._own is not None and name in self._own)

    def _named(self, spot: _Spot, subject: _Subject) -> _Named | None:
        end_of_first = subject.rising_end
        if subject.rising and _TO_END.fullmatch(spot.line[end_of_first : _start(spot)]):
            name, subject.rising = subject.rising, ""
            return _Named(name, self._year(spot))
        if spot.written.unit == "%" and (moved := _MOVED.search(spot.head)):
            than = year_of("", moved["than"] or "基准年", self._calendar)
            if than != self._calendar.base:
                return None  # from another year on
            stem = spot.head[: moved.start()]
            spot = replace(spot, head=stem + spot.head[moved.start("way") :])
            named = self._moved(spot, subject, stem)
            return replace(named, falls=moved["way"] in _FALLS) if named else None
        head, since = spot.head, _FROM.search(spot.head)
        if since:
            head = head[: since.start()]
        name, before = self._name_at_end(head)
        if not name:
            return self._named_behind(spot, subject)
        named = self._allowed(spot, subject, name, before)
        return self._from(spot, subject, named, since["when"] or "") if named and since else named

    def _from(self, spot: _Spot, subject: _Subject, named: _Named, when: str) -> _Named | None:
        subject.rising, subject.rising_end = named.name, spot.begin + spot.written.end
        subject.settled = subject.rising_end
        year = year_of("", when, self._calendar) if when else NO_YEAR
        is_promise = named.year in (self._calendar.target, PERIOD)
        if year == NO_YEAR and is_promise:
            year = self._calendar.base
        subject.is_whole = is_promise and year == self._calendar.base
        return _Named(named.name, year) if year else None

    def _moved(self, spot: _Spot, subject: _Subject, stem: str) -> _Named | None:
        name, before = self._name_at_end(stem)
        if name:
            named = self._allowed(spot, subject, name, before)
            return replace(named, name=name, is_rate=True) if named else None
        if not stem and subject.name and subject.is_whole:
            return _Named(subject.name, self._year(spot), is_rate=True)
        return None

    def _named_behind(self, spot: _Spot, subject: _Subject) -> _Named | None:
        behind = _BEHIND.match(spot.tail)
        if behind is None or not self._is_known(behind[1]):
            return None
        head = spot.head[_link_start(spot.head) :]
        return self._allowed(spot, subject, behind[1], spot.head[: len(spot.head) - len(head)])

    def _allowed(self, spot: _Spot, subject: _Subject, name: str, before: str) -> _Named | None:
        """The name, when nothing before it in the sentence gives it another meaning."""
        first, comma, item = before.rpartition("、")
        is_part = item.startswith(_PART)
        opening = item.removeprefix(_PART)
        verbs = _VERB.findall(first) if comma else []
        if comma and verbs:
            name = f"{verbs[-1]}{name}"
        if not _OPENING.fullmatch(opening):
            subject.is_foreign = True
        if subject.is_foreign or not self._is_known(name) or spot.tail.startswith("的"):
            return None
        if comma and subject.blocked == spot.begin:
            return None
        since = max(subject.settled, spot.begin - _LOOKED_BACK)
        earlier = _COMPARED.sub("", spot.line[since : spot.begin]).replace(BLANK, "")
        is_ours = bool(_OURS_BEFORE.search(earlier)) and not _OTHERS.search(earlier)
        is_sum = _SUMMED.match(spot.head[len(before) + len(name) :])
        if is_sum and not (is_ours or _OURS.search(opening)):
            return None  # the sum of what was just spoken of, which need not be the park
        if not (is_ours or _OURS.search(opening) or _OPENING.fullmatch(_STOPS.sub("", earlier))):
            return None
        of_park = bool(_PARK.search(opening) or _PARK.search(earlier))
        is_own = self._own is not None and not of_park
        if self._own is not None and not of_park and name not in self._own:
            return None  # a row tells of itself
        return _Named(name, self._year(spot), is_part=is_part, is_own=is_own)

    def _year(self, spot: _Spot) -> int:
        return year_of(
            spot.line[max(0, spot.begin - _LOOKED_BACK) : spot.begin], spot.head, self._calendar
        )

    def _name_at_end(self, head: str) -> tuple[str, str]:
        """The longest known name before the linking words at the end, and what is before it."""
        for cut in range(len(head), _link_start(head) - 1, -1):
            if cut < len(head) and not _LINK.fullmatch(head[cut:]):
                continue
            for start in range(max(0, cut - _LONGEST_NAME), cut - 1):
                if self._is_known(head[start:cut]):
                    return head[start:cut], head[:start]
        return "", head

    def _judged(self, spot: _Spot, subject: _Subject, named: _Named, offset: int) -> Claim | None:
        fitting: list[tuple[Known, Decimal]] = []
        meant = self._own if named.is_own and self._own is not None else self._by_name
        if meant is self._by_name:
            self.consulted.add(named.name)
        for known in meant.get(named.name, ()):
            times = self._conversions.times(known.unit, spot.written.unit)
            if known.is_rate != named.is_rate or named.year not in known.years or times is None:
                continue
            if not named.is_part or (known.part_of and known.part_of == subject.label):
                fitting.append((known, times))
        if not fitting:
            return None
        place = offset + spot.begin
        written = replace(
            spot.written, start=place + spot.written.start, end=place + spot.written.end
        )
        for known, times in fitting:
            value = known.value
            if known.is_rate:
                value = -value if named.falls else value
            if agrees(written, value, times, known.decimals):
                return Claim(written, known, named.year, agrees=True)
        amounts = [known.value * times for known, times in fitting]
        if max(amounts) - min(amounts) > abs(max(amounts)) / 100:
            return None  # one name for different things
        known = fitting[0][0]
        is_reversed = known.is_rate and known.value != 0 and (known.value < 0) != named.falls
        return Claim(written, known, named.year, agrees=False, is_reversed=is_reversed)


def _named(quantities: tuple[Known, ...]) -> dict[str, list[Known]]:
    found: dict[str, list[Known]] = {}
    for known in quantities:
        for name in known.names:
            found.setdefault(name, []).append(known)
    return found


def _start(spot: _Spot) -> int:
    return spot.begin + spot.written.start


def _around(clause: str, written: Written) -> tuple[str, str]:
    before, after = max(0, written.start - _HEAD), written.end + _TAIL
    return clause[before : written.start], clause[written.end : after]


def _link_start(head: str) -> int:
    found = _LINK.search(head)
    return found.start() if found else len(head)


@lru_cache(maxsize=4)
def _by_beginning(names: frozenset[str]) -> dict[str, list[str]]:
    """The names by their first two letters, which are quicker to look for than all of them."""
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(name[:2], []).append(name)
    return found


def without_brackets(text: str) -> str:
    """The text with what stands in brackets blanked, each character in its place."""
    for _ in range(2):  # one in another
        if any(sign in text for sign in _OPEN_BRACKETS):
            text = _BRACKET.sub(lambda found: BLANK * len(found[0]), text)
    return text


def _plain(line: str) -> str:
    """The line with what stands in brackets blanked, except a year alone."""

    def blanked(found: re.Match[str]) -> str:
        if _YEAR_ALONE.fullmatch(found[0]):
            return f"⟨{found[0][1:-1]}⟩"
        return BLANK * len(found[0])

    return _BRACKET.sub(blanked, _BRACKET.sub(blanked, line))
