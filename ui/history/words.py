"""Actions and moments in words: source, day, time."""

from __future__ import annotations

from datetime import date, datetime

from storage.change_log import Action
from ui.text import tr

_WEEKDAYS = "一二三四五六日"


def source_words(source: str) -> str:
    """Where an action came from, as people say it."""
    words = {
        "new": tr("新建"),
        "typed": tr("录入"),
        "more": tr("录入"),
        "undo": tr("撤销"),
        "redo": tr("重做"),
        "import": tr("导入"),
        "merge": tr("合并"),
        "restore": tr("恢复"),
        "command": tr("命令"),
    }
    return words.get(source, source)


def day_of(action: Action) -> date:
    """The day of an action on this machine's clock."""
    return action.at.astimezone().date()


def day_words(day: date, today: date) -> str:
    """A day as people say it: 今天, 昨天, or the date with its weekday."""
    plain = tr("{0}月{1}日").format(day.month, day.day)
    if day.year != today.year:
        plain = tr("{0}年{1}").format(day.year, plain)
    weekday = tr("星期{0}").format(_WEEKDAYS[day.weekday()])
    near = {0: tr("今天"), 1: tr("昨天")}.get((today - day).days)
    return f"{near}　{plain}　{weekday}" if near else f"{plain}　{weekday}"


def clock_words(action: Action) -> str:
    """The time of an action to the minute."""
    return f"{action.at.astimezone():%H:%M}"


def moment_words(action: Action, today: date | None = None) -> str:
    """A moment of the plan: its day and time."""
    here = today or datetime.now().astimezone().date()
    day = day_of(action)
    plain = tr("{0}月{1}日").format(day.month, day.day)
    year = "" if day.year == here.year else tr("{0}年").format(day.year)
    return f"{year}{plain} {clock_words(action)}"
