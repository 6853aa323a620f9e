"""An argument parser that speaks Chinese and answers a mistake with one sentence."""

from __future__ import annotations

import re
from argparse import (
    ArgumentParser,
    ArgumentTypeError,
    HelpFormatter,
    RawDescriptionHelpFormatter,
)
from collections.abc import Callable
from typing import NoReturn

from typing_extensions import override

from commands.plans import CommandError

_WIDTH = 100
_HELP_COLUMN = 34
_LONGEST_NUMBER = 9

# What argparse says in English, and how we say it; anything else is passed on as it is.
_SENTENCES = (
    (r"the following arguments are required: (.+)", "缺少 {0}"),
    (r"unrecognized arguments: (.+)", "不认识“{0}”"),
    (r"argument (.+?): expected .*", "{0} 后面缺少内容"),
    (r"argument (.+?): ignored explicit argument '(.*)'", "{0} 后面不能带“{1}”"),
    (r"argument (.+?): (.+)", "{0} {1}"),
)


class Parser(ArgumentParser):
    """The arguments of one verb; a mistake becomes a `CommandError`."""

    def __init__(self, prog: str, usage: str, description: str) -> None:
        super().__init__(
            prog=prog,
            usage=f"{prog} {usage}",
            description=description,
            formatter_class=_formatter,
            add_help=False,
            allow_abbrev=False,
        )
        self._placed = self.add_argument_group("参数")
        self._named = self.add_argument_group("选项")
        self._named.add_argument("-h", "--help", action="help", help="显示这份说明")

    def place(self, name: str, metavar: str, words: str) -> None:
        """An argument known by its place."""
        self._placed.add_argument(name, metavar=metavar, help=words)

    def places(self, name: str, metavar: str, words: str) -> None:
        """One or more arguments known by their place."""
        self._placed.add_argument(name, metavar=metavar, help=words, nargs="+")

    def option(self, name: str, metavar: str, words: str, default: str | None = None) -> None:
        """An option with a value."""
        self._named.add_argument(name, metavar=metavar, help=words, default=default)

    def number(self, name: str, metavar: str, words: str, most: int) -> None:
        """An option with a whole number from 0 to `most`."""
        self._named.add_argument(name, metavar=metavar, help=words, type=_up_to(most))

    def options(self, name: str, metavar: str, words: str) -> None:
        """An option with one or more values, which may be given several times."""
        self._named.add_argument(
            name, metavar=metavar, help=words, action="extend", nargs="+", default=[]
        )

    def switch(self, name: str, words: str) -> None:
        """An option without a value."""
        self._named.add_argument(name, help=words, action="store_true")

    @override
    def format_usage(self) -> str:
        """The line that shows how to call the verb."""
        return _in_chinese(super().format_usage())

    @override
    def format_help(self) -> str:
        """The whole help of the verb."""
        return _in_chinese(super().format_help())

    @override
    def error(self, message: str) -> NoReturn:
        """Leave with the mistake, said in one sentence."""
        raise CommandError(f"参数有误：{_sentence(message)}。用法见 {self.prog} --help。")


def _formatter(prog: str) -> HelpFormatter:
    return RawDescriptionHelpFormatter(prog, max_help_position=_HELP_COLUMN, width=_WIDTH)


def _in_chinese(text: str) -> str:
    return text.replace("usage: ", "用法：", 1)


def _up_to(most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        plain = text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER
        if not plain or int(text) > most:
            raise ArgumentTypeError(f"应为 0 至 {most} 的整数，不能是“{text}”")
        return int(text)

    return read


def _sentence(message: str) -> str:
    for pattern, words in _SENTENCES:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return words.format(*found.groups())
    return message
