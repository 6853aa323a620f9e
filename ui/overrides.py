"""Lets an error in a method that Qt calls be told like any other, where it would end the program.

PySide puts its own words before the message of such an error. What Python raised in C, such as a
text that is no number or a widget that is gone, is not an error yet but its bare message; PySide
takes it for one, and the program falls. What was caught once is whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from types import FunctionType
from typing import ParamSpec, TypeVar

from PySide6.QtCore import QObject

_Taken = ParamSpec("_Taken")
_Given = TypeVar("_Given")
_ANSWERED = [0]


def guard_overrides() -> None:
    """Guard the classes of Qt that are made from now on; none can be forgotten."""
    QObject.__init_subclass__ = classmethod(_guard)  # type: ignore[assignment]


def _guard(made: type[QObject], **named: object) -> None:
    super(QObject, made).__init_subclass__(**named)  # others stand behind it, as typing.Generic
    for name, method in tuple(overrides(made)):
        setattr(made, name, _guarded(method))


def overrides(made: type) -> Iterator[tuple[str, FunctionType]]:
    """The methods of a class that stand in the place of one of Qt's."""
    of_qt = [vars(base) for base in made.__mro__ if base.__module__.startswith("PySide6.")]
    for name, method in vars(made).items():
        is_ours = isinstance(method, FunctionType) and not name.startswith("__")
        if is_ours and any(name in base for base in of_qt):
            yield name, method


def count_answers() -> int:
    """How often a method of ours was called by Qt so far: it grows while Qt is busy with us."""
    return _ANSWERED[0]


def _guarded(method: Callable[_Taken, _Given]) -> Callable[_Taken, _Given]:
    @wraps(method)
    def answer(*args: _Taken.args, **named: _Taken.kwargs) -> _Given:
        _ANSWERED[0] += 1
        try:
            return method(*args, **named)
        except BaseException:
            raise

    return answer
