"""What is said on the way to a plan that can be sealed."""

from __future__ import annotations

from forms.address import Address
from forms.dismissals import Reviewed
from forms.naming import place_name
from forms.places import slot_at
from forms.row_gaps import Asked
from forms.schema import Mark, Severity, Table
from forms.stops import Stop, Way, place_of
from forms.view import PlanView
from ui.fields.standing import lack_sentence, stand
from ui.text import tr


def stop_words(view: PlanView, stop: Stop) -> str:
    """One sentence: what is missing or wrong here, and what to do."""
    if stop.finding is not None:
        return tr("必须改：{0}{1}").format(stop.finding.sentence, stop.finding.remedy)
    assert stop.asked is not None  # a stop is one or the other
    place = place_of(view, stop)
    if place != stop.address:
        words = tr("“{0}”由系统计算，还缺“{1}”，请在这里补填。")
        return words.format(_place(view, stop.address), gap_name(view, place))
    return _gap_words(view, stop.asked)


def rest_words(way: Way) -> str:
    """How much is left, this place among it."""
    if not way.stops:
        return tr("没有缺口了")
    if way.must == len(way.stops):
        return tr("还有 {0} 处，都是必填或必须改").format(way.must)
    if not way.must:
        return tr("还有 {0} 处，都是建议填写").format(len(way.stops))
    return tr("还有 {0} 处，其中必填、必须改 {1} 处").format(len(way.stops), way.must)


def ready_words(reviewed: Reviewed) -> str:
    """That nothing is missing, and what comes next."""
    must, advised = reviewed.count(Severity.MUST), reviewed.count(Severity.SHOULD)
    if must:  # of places that no page shows now
        return tr("已经填齐，但还有必须改 {0} 项，请在“问题”中逐条改正。").format(must)
    if advised:
        words = tr("已经填齐，没有必须改的问题。还有建议改 {0} 项，看过后即可导出、送印盖章。")
        return words.format(advised)
    return tr("已经填齐，也没有问题，可以送印了：导出 PDF 或 Word，打印、签字、盖章。")


def _gap_words(view: PlanView, asked: Asked) -> str:
    item = view.pack.index.items[asked.address.section, asked.address.item]
    if isinstance(item, Table) and not asked.address.row:
        words = tr("“{0}”还没有{1}，{2}：至少写一行。")
        return words.format(item.label, item.row_name, _who_asks(asked.mark))
    place = _place(view, asked.address)
    standing = stand(view, asked.address)
    if standing.has_formula:
        why = lack_sentence(view, standing)
        return tr("“{0}”由系统计算，还算不出。{1}").format(place, f"{why}。" if why else "")
    words = tr("“{0}”还没有填，{1}。").format(place, _who_asks(asked.mark))
    if isinstance(item, Table) and _is_only_offered(view, item, asked.address):
        words += tr("没有{0}的，删去这一行。").format(_row_words(view, asked.address))
    return words


def _is_only_offered(view: PlanView, table: Table, cell: Address) -> bool:
    """Whether a row holds nothing but what the pack put there for a start."""
    offered = {key for seed in table.seeds for key, _ in seed}
    values = view.answers.row_values(cell.table.at_row(cell.row))
    return bool(offered) and all(address.column in offered for address in values)


def _row_words(view: PlanView, cell: Address) -> str:
    return tr("“{0}”").format(view.row_name(cell.table.at_row(cell.row)))


def _place(view: PlanView, address: Address) -> str:
    """A missing value with its section."""
    section, name = view.pack.index.sections[address.section].title, gap_name(view, address)
    return name if name.startswith(section) else f"{section} · {name}"


def gap_name(view: PlanView, address: Address) -> str:
    """What people call a missing value, with its table where it stands in one."""
    item = view.pack.index.items[address.section, address.item]
    name = place_name(view, address)
    return f"{item.label} · {name}" if address.row and slot_at(view.pack, address) else name


def _who_asks(mark: Mark) -> str:
    return tr("通知要求必填") if mark is Mark.NOTICE else tr("评审会问，建议填写")
