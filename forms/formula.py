"""Formulas as pack data: their text is parsed once into a tree of frozen nodes.

The language is described in docs/pack-format.md; evaluation is in `forms.figures`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias, assert_never


class FormulaError(ValueError):
    """The text is not a formula; the message says what was met and where."""


@dataclass(frozen=True, slots=True)
class Number:
    """A constant."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Literal:
    """A text constant, such as the key of an option."""

    text: str


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference by address pattern; `section` is "." for the same row.

    `row` and `column` may be "*" (all rows), `year` is a number, "*" or one of @base @target @year
    @prev @first.
    """

    section: str
    item: str
    row: str = ""
    column: str = ""
    year: str = ""

    def __str__(self) -> str:
        """The reference as written in formulas."""
        parts = (self.section, self.item, self.row, self.column, self.year)
        return "[" + "/".join(part for part in parts if part) + "]"

    @property
    def is_local(self) -> bool:
        """Whether it means a cell of the same row."""
        return self.section == "."

    @property
    def is_many(self) -> bool:
        """Whether it means several cells."""
        return "*" in (self.row, self.year)


@dataclass(frozen=True, slots=True)
class Negated:
    """The negative of an expression."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Binary:
    """Arithmetic, comparison, or `and`/`or` of two expressions."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Call:
    """A function of the formula language."""

    name: str
    arguments: tuple[Node, ...]


Node: TypeAlias = Number | Literal | Ref | Negated | Binary | Call


@dataclass(frozen=True, slots=True)
class Formula:
    """A parsed formula and the text it came from."""

    text: str
    node: Node

    def references(self) -> tuple[Ref, ...]:
        """Every reference in the formula, in reading order."""
        return tuple(references_in(self.node))


# name: least and greatest number of arguments (None: any)
FUNCTIONS: dict[str, tuple[int, int | None]] = {
    "sum": (1, None),
    "count": (1, 2),
    "where": (2, 2),
    "or_zero": (1, 1),
    "if": (3, 3),
    "to": (2, 2),
    "quantity": (2, 2),
    "factor": (2, None),
    "attribute": (2, 2),
    "months": (1, 1),
    "first_year": (1, 1),
    "last_year": (1, 1),
    "abs": (1, 1),
    "min": (2, None),
    "max": (2, None),
    "round": (2, 2),
    "not": (1, 1),
}

_TOKEN = re.compile(
    r"\s*(?:(?P<ref>\[[^\]\s]+\])|(?P<number>[0-9]+(?:\.[0-9]+)?)|(?P<text>\"[^\"]*\")"
    r"|(?P<name>[a-z_]+)|(?P<op><=|>=|!=|[-+*/(),=<>])|(?P<end>$))"
)
_YEAR = re.compile(r"@(base|target|year|prev|first)|[12][0-9]{3}|\*")
_LEVELS = (("or",), ("and",), ("=", "!=", "<", "<=", ">", ">="), ("+", "-"), ("*", "/"))
_BINDING = {operator: level for level, row in enumerate(_LEVELS, start=1) for operator in row}


def parse_formula(text: str) -> Formula:
    """Read a formula; `FormulaError` says what is wrong."""
    reader = _Reader(text)
    node = reader.expression(0)
    if reader.kind != "end":
        raise FormulaError(f"“{reader.token}”之后的内容多余：{text}")
    return Formula(text, node)


def parse_reference(text: str) -> Ref:
    """Read one bracketed reference."""
    node = parse_formula(text).node
    if not isinstance(node, Ref):
        raise FormulaError(f"“{text}”不是引用，应写作 [章节/项目]。")
    return node


def references_in(node: Node) -> Iterator[Ref]:
    """Every reference in an expression, in reading order."""
    match node:
        case Ref():
            yield node
        case Negated():
            yield from references_in(node.operand)
        case Binary():
            yield from references_in(node.left)
            yield from references_in(node.right)
        case Call():
            for argument in node.arguments:
                yield from references_in(argument)
        case Number() | Literal():
            return
        case _:
            assert_never(node)


class _Reader:
    """A precedence-climbing reader over the tokens of one formula."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._position = 0
        self.kind = ""
        self.token = ""
        self._advance()

    def expression(self, least: int) -> Node:
        """An expression whose operators bind at least so tightly."""
        left = self._operand()
        while (binding := _BINDING.get(self.token, 0)) > least and self.kind in ("op", "name"):
            operator = self._take()
            left = Binary(operator, left, self.expression(binding))
        return left

    def _operand(self) -> Node:
        match self.kind:
            case "number":
                return Number(Decimal(self._take()))
            case "text":
                return Literal(self._take()[1:-1])
            case "ref":
                return _reference(self._take())
            case "name":
                return self._call()
            case "op" if self.token == "-":
                self._take()
                return Negated(self.expression(len(_LEVELS)))
            case "op" if self.token == "(":
                self._take()
                node = self.expression(0)
                self._expect(")")
                return node
            case _:
                raise FormulaError(f"此处应为数、引用或函数，却是“{self.token}”：{self._text}")

    def _call(self) -> Node:
        name = self._take()
        if name not in FUNCTIONS:
            raise FormulaError(f"没有函数“{name}”：{self._text}")
        self._expect("(")
        arguments = [self.expression(0)]
        while self.token == ",":
            self._take()
            arguments.append(self.expression(0))
        self._expect(")")
        least, most = FUNCTIONS[name]
        if len(arguments) < least or (most is not None and len(arguments) > most):
            raise FormulaError(f"函数“{name}”的参数个数不对：{self._text}")
        return Call(name, tuple(arguments))

    def _expect(self, token: str) -> None:
        if self.token != token:
            raise FormulaError(f"此处应为“{token}”，却是“{self.token}”：{self._text}")
        self._take()

    def _take(self) -> str:
        token = self.token
        self._advance()
        return token

    def _advance(self) -> None:
        found = _TOKEN.match(self._text, self._position)
        if found is None:
            raise FormulaError(f"第 {self._position + 1} 个字符起不能识别：{self._text}")
        self._position = found.end()
        self.kind = found.lastgroup or "end"
        self.token = found[self.kind]


def _reference(token: str) -> Ref:
    parts = token[1:-1].split("/")
    if not 2 <= len(parts) <= 5:
        raise FormulaError(f"引用 {token} 应为 2 至 5 段。")
    year = ""
    if len(parts) > 2 and _YEAR.fullmatch(parts[-1]):
        year = parts.pop()
    if len(parts) > 4:
        raise FormulaError(f"引用 {token} 的最后一段应为年份。")
    section, item, row, column = (*parts, "", "")[:4]
    return Ref(section, item, row, column, year)
