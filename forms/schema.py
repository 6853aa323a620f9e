"""The description of a plan as a pack gives it: typed, frozen, checked once at loading.

Everything a planner sees, writes or prints is described here as data; the code that shows, checks,
stores and prints it switches on these types and on `forms.kinds`, never on a key.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Protocol, TypeAlias, TypeVar

from forms.address import Address
from forms.conditions import Condition
from forms.diagram_sources import DiagramSource
from forms.factors import FactorSet
from forms.formula import Formula
from forms.kinds import Kind
from forms.roles import DoubleCounting, Roles
from forms.units import Units

if TYPE_CHECKING:
    from forms.conversion import Conversions
    from forms.dependence import RuleInputs, Use
    from forms.slots import Slot


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


_T = TypeVar("_T", bound=_Keyed)


def next_of(items: Iterable[_T], key: str) -> _T:
    """The one with this key; KeyError when there is none."""
    for item in items:
        if item.key == key:
            return item
    raise KeyError(key)


class Mark(Enum):
    """Who asks for a value."""

    NOTICE = "N"  # named by the notice: must be filled
    REVIEW = "R"  # a reviewer will ask for it: should be filled
    OPTIONAL = "O"


class Period(Enum):
    """Which years a yearly column or year table has."""

    HISTORY = "history"  # up to and with the base year
    PLAN = "plan"  # after the base year up to and with the target year


class Place(Enum):
    """In which part of the volume a section is printed."""

    COVER = "cover"
    TITLE_PAGE = "title_page"  # 扉页, below what the cover says
    FRONT = "front"
    BODY = "body"
    ANNEX = "annex"
    NOWHERE = "nowhere"  # kept aside: no page, not asked for, not printed


class FieldPrint(Enum):
    """How a field is printed."""

    AUTO = "auto"  # prose as paragraphs, pictures as figures, the rest in the group's table
    COVER_TITLE = "cover_title"
    COVER_LINE = "cover_line"
    COVER_NOTE = "cover_note"
    SIGNATURE = "signature"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Guidance:
    """What stands beside a field: what to write, an example, the source to cite."""

    write: str
    example: str
    source: str = ""
    clauses: tuple[str, ...] = ()
    mistakes: str = ""
    outline: tuple[str, ...] = ()  # headings a longer text may begin with; prose only


@dataclass(frozen=True, slots=True)
class Computed:
    """A formula behind a value; when `overridable`, a typed value replaces its result."""

    formula: Formula
    overridable: bool = False
    reason: str = ""  # key of the sibling (field or column) holding the reason for overriding


@dataclass(frozen=True, slots=True)
class Field:
    """One value of a section."""

    key: str
    label: str
    kind: Kind
    guidance: Guidance
    mark: Mark = Mark.OPTIONAL
    group: str = ""
    show_when: Condition | None = None
    computed: Computed | None = None
    default: str = ""  # a constant or a template with {address} in it
    printed: FieldPrint = FieldPrint.AUTO
    decisive: bool = False  # a choice on which many figures rest: typed from the start


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table, yearly when `years` is set."""

    key: str
    label: str
    kind: Kind
    guidance: Guidance
    mark: Mark = Mark.OPTIONAL
    group: str = ""
    years: Period | None = None
    show_when: Condition | None = None  # about the same row: addresses start with "./"
    computed: Computed | None = None
    default: str = ""
    total: bool = False  # summed in the 合计 row
    width: int = 10  # share of a printed table's width, in characters


class PrintStyle(Enum):
    """The shape of a printed table."""

    GRID = "grid"
    RECORDS = "records"  # one titled block a row, for long texts


@dataclass(frozen=True, slots=True)
class TablePrint:
    """One printed table made of a table's columns."""

    title: str
    columns: tuple[str, ...]
    style: PrintStyle = PrintStyle.GRID
    annex: str = ""  # key of the annex; "" prints it in the section
    repeats: tuple[str, ...] = ()  # columns already printed elsewhere, repeated to name the row
    group_by: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of any number of rows."""

    key: str
    label: str
    row_name: str
    columns: tuple[Column, ...]
    guidance: Guidance
    mark: Mark = Mark.OPTIONAL
    show_when: Condition | None = None
    prints: tuple[TablePrint, ...] = ()
    naming: str = ""  # the column that names a row to people
    grid: bool = False  # a large table: a sheet with a form beside it
    seeds: tuple[tuple[tuple[str, str], ...], ...] = ()  # rows offered to a new plan

    def column(self, key: str) -> Column:
        """The column with this key; KeyError when there is none."""
        return next_of(self.columns, key)


@dataclass(frozen=True, slots=True)
class YearRow:
    """One quantity of a year table; `of_which` marks a part of the row named there."""

    key: str
    label: str
    kind: Kind
    guidance: Guidance
    mark: Mark = Mark.OPTIONAL
    group: str = ""
    computed: Computed | None = None
    of_which: str = ""


@dataclass(frozen=True, slots=True)
class YearTable:
    """Quantities by year."""

    key: str
    label: str
    rows: tuple[YearRow, ...]
    years: Period
    guidance: Guidance
    mark: Mark = Mark.OPTIONAL
    show_when: Condition | None = None
    annex: str = ""

    def row(self, key: str) -> YearRow:
        """The row with this key; KeyError when there is none."""
        return next_of(self.rows, key)


class Direction(Enum):
    """Which way an indicator should move."""

    HIGHER = "higher"
    LOWER = "lower"


@dataclass(frozen=True, slots=True)
class Indicator:
    """A row of the indicator table; base and target are formulas that a typed value overrides."""

    key: str
    label: str
    category: str
    kind: Kind
    guidance: Guidance
    mark: Mark
    direction: Direction
    method: str  # 计算式 as printed
    base: Formula | None = None
    target: Formula | None = None
    has_base: bool = True  # savings have no base value


INDICATOR_BASE = "base"
INDICATOR_TARGET = "target"
INDICATOR_CHANGE = "change"
INDICATOR_RATE = "rate"
INDICATOR_SOURCE = "source"
INDICATOR_NOTE = "note"
INDICATOR_REASON = "reason"
INDICATOR_TEXTS = (INDICATOR_SOURCE, INDICATOR_NOTE, INDICATOR_REASON)


@dataclass(frozen=True, slots=True)
class IndicatorTable:
    """预期成效: the fixed list of indicators with base, target, change and rate."""

    key: str
    label: str
    rows: tuple[Indicator, ...]
    guidance: Guidance
    mark: Mark = Mark.NOTICE
    show_when: Condition | None = None
    annex: str = ""

    def row(self, key: str) -> Indicator:
        """The indicator with this key; KeyError when there is none."""
        return next_of(self.rows, key)


class GroupKind(Enum):
    """What a summary has one row for."""

    CHOICE = "choice"  # each option of a choice column
    YEAR = "year"  # each year of a yearly column
    COLUMNS = "columns"  # each of several amount columns


@dataclass(frozen=True, slots=True)
class Summary:
    """A computed overview of another table: count, sum and share by option, year or column."""

    key: str
    label: str
    source: Address
    by: GroupKind
    columns: tuple[str, ...]  # the choice, the yearly column, or the amount columns
    amounts: tuple[str, ...]  # what is summed for CHOICE; ignored otherwise
    guidance: Guidance
    extra: str = ""  # YEAR: a column for what is not tied to a year
    show_when: Condition | None = None
    annex: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows of another table that belong here, shown and never retyped."""

    key: str
    label: str
    source: Address
    where: tuple[str, str]  # column, option
    columns: tuple[str, ...]
    guidance: Guidance
    show_when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Diagram:
    """A figure drawn from what the plan holds; hidden while there is nothing to draw."""

    key: str
    label: str  # its caption
    source: DiagramSource
    guidance: Guidance
    note: str = ""  # printed below it: where the figures come from, how to read it
    show_when: Condition | None = None


Item: TypeAlias = Field | Table | YearTable | IndicatorTable | Summary | Listing | Diagram


@dataclass(frozen=True, slots=True)
class Section:
    """A page of the window and a passage of the plan."""

    key: str
    title: str
    purpose: str
    items: tuple[Item, ...]
    clauses: tuple[str, ...] = ()
    show_when: Condition | None = None
    place: Place = Place.BODY
    points: tuple[str, ...] = ()  # content points of the clause to cover
    headed: bool = True  # False: its content follows the chapter's heading directly
    new_page: bool = True  # in the front matter: False follows the section before

    def item(self, key: str) -> Item:
        """The item with this key; KeyError when there is none."""
        return next_of(self.items, key)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of the plan."""

    key: str
    title: str
    sections: tuple[Section, ...]
    place: Place = Place.BODY


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a vocabulary; `attributes` feed formulas."""

    key: str
    label: str
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A closed list of choices."""

    key: str
    title: str
    options: tuple[Option, ...]

    def option(self, key: str) -> Option | None:
        """The option with this key, if any."""
        return next((option for option in self.options if option.key == key), None)

    def label(self, key: str) -> str:
        """What people read for an option; the key itself when it is unknown."""
        option = self.option(key)
        return option.label if option else key


@dataclass(frozen=True, slots=True)
class Clause:
    """A passage of the notice that sections answer."""

    key: str
    number: str
    title: str
    text: str


class AnnexContent(Enum):
    """What fills an annex."""

    ITEMS = "items"  # what the items of the pack print into it
    RESPONSE = "response"  # 条文响应表
    WORKING = "working"  # 测算过程
    CONTRIBUTIONS = "contributions"  # 各项目对预期成效的贡献


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex at the end of the volume, in print order."""

    key: str
    title: str
    kind: str  # 附表, 附图 or 附件
    landscape: bool = False
    content: AnnexContent = AnnexContent.ITEMS
    workbook: str = ""  # the name of the workbook of its own that has its tables too


class Severity(Enum):
    """How grave a finding is."""

    MUST = "must"  # 必须改
    SHOULD = "should"  # 建议改


@dataclass(frozen=True, slots=True)
class Rule:
    """A comparison that must hold, for the plan or for each row of a table or year of a year table.

    `{left}`, `{right}` and `{row}` in `sentence` are the two numbers and the row's name.
    """

    key: str
    severity: Severity
    sentence: str
    remedy: str
    left: Formula
    operator: str  # one of = <= >= < >
    right: Formula
    scope: Address | None = None  # a table: the rule is asked for each row
    years: Period | None = None  # asked for each year
    tolerance: str = "0"
    places: tuple[str, ...] = ()  # references to jump to
    clause: str = ""
    when: Formula | None = None


@dataclass(frozen=True, slots=True)
class RulePoint:
    """One thing a group of checks looks at; `rules` are rule keys, or their beginnings (SUM)."""

    says: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleGroup:
    """A group of checks, as reports and docs name it."""

    key: str
    title: str
    points: tuple[RulePoint, ...]


@dataclass(frozen=True, slots=True)
class Pack:
    """One policy pack: the whole description of one sort of plan."""

    id: str
    version: int
    title: str
    notice: str
    variables: tuple[tuple[str, str], ...]
    chapters: tuple[Chapter, ...]
    vocabularies: tuple[Vocabulary, ...]
    clauses: tuple[Clause, ...]
    annexes: tuple[Annex, ...]
    factor_sets: tuple[FactorSet, ...]
    units: Units
    conversions: tuple[tuple[str, str, str], ...]  # from unit, to unit, multiply by
    synonyms: tuple[tuple[str, ...], ...]  # words that mean the same in the name of a quantity
    rules: tuple[Rule, ...]
    roles: Roles
    retired: tuple[tuple[str, str], ...]  # address once released, what became of it
    rule_groups: tuple[RuleGroup, ...]
    index: PackIndex = field(compare=False, repr=False)
    double_counting: DoubleCounting | None = None

    def sections(self) -> tuple[Section, ...]:
        """Every section in print order."""
        return tuple(section for chapter in self.chapters for section in chapter.sections)

    def variable(self, key: str) -> str:
        """A variable of the pack; KeyError when it has none of that name."""
        return dict(self.variables)[key]


@dataclass(slots=True)
class PackIndex:
    """Look-up tables of a pack, filled once by the loader."""

    sections: dict[str, Section] = field(default_factory=dict[str, Section])
    items: dict[tuple[str, str], Item] = field(default_factory=dict[tuple[str, str], Item])
    slots: dict[tuple[str, str, str], Slot] = field(
        default_factory=dict[tuple[str, str, str], "Slot"]
    )
    uses: dict[tuple[str, str, str], tuple[Use, ...]] = field(
        default_factory=dict[tuple[str, str, str], "tuple[Use, ...]"]
    )
    slots_behind: dict[tuple[str, str, str], frozenset[tuple[str, str, str]]] = field(
        default_factory=dict[tuple[str, str, str], frozenset[tuple[str, str, str]]]
    )
    spoken: Conversions | None = None
    rule_inputs: dict[str, RuleInputs] = field(default_factory=dict[str, "RuleInputs"])
    vocabularies: dict[str, Vocabulary] = field(default_factory=dict[str, Vocabulary])
    factor_sets: dict[str, FactorSet] = field(default_factory=dict[str, FactorSet])
    clauses: dict[str, Clause] = field(default_factory=dict[str, Clause])
    conversions: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
