"""How wide each column of a table is: as the author asked, but no word or number cut in two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from exporters.look import TableLook
from exporters.pdf.prepared import SetText, widest_word

_SMALLEST_PT = 6.0
_TIGHT_PADDING_PT = 1.5
_LONGEST_WORD_EM = 14.0  # a longer one, such as an address, may be cut inside
_COMFORT_EM = 3.0  # a column of Han narrower than this reads like a tape
_SLACK_PT = 0.02


@dataclass(frozen=True, slots=True)
class Demand:
    """A cell that claims room in its columns."""

    column: int
    columns: int
    texts: tuple[SetText, ...]
    pad: float = 0.0  # em beside the text


@dataclass(frozen=True, slots=True)
class Fit:
    """The outcome, in points."""

    widths: tuple[float, ...]
    size: float
    padding: float


def column_widths(
    shares: Sequence[int], demands: Sequence[Demand], measure: float, look: TableLook
) -> Fit:
    """Widths proportional to the shares, mended so that words fit; type shrinks if they cannot."""
    words, comfort = _needs(len(shares), demands)
    count = len(shares)
    size, padding = look.size_for(count), look.padding_pt
    if sum(words) * size + 2 * padding * count > measure:
        padding = _TIGHT_PADDING_PT
    room = measure - 2 * padding * count
    if sum(words) * size > room:
        size = max(room / sum(words), _SMALLEST_PT)
    wishes = [measure * share / sum(shares) for share in shares]
    for needs in (comfort, words):
        least = [need * size + 2 * padding + _SLACK_PT for need in needs]
        if sum(least) <= measure:
            return Fit(tuple(_mended(wishes, least)), size, padding)
    least = [need * size + 2 * padding for need in words]
    return Fit(tuple(width * measure / sum(least) for width in least), size, padding)


def _needs(count: int, demands: Sequence[Demand]) -> tuple[list[float], list[float]]:
    """The least width of each column in em, for its words and to be read with ease.

    Spanning cells widen their last column if they must.
    """
    words, comfort = [1.0] * count, [1.0] * count
    for demand in sorted(demands, key=lambda demand: demand.columns):
        first, columns = demand.column, demand.columns
        whole = max([text.width for text in demand.texts], default=0.0)
        if columns == 1 and whole + demand.pad <= words[first]:  # no word is wider than its text
            continue
        word = min(widest_word(demand.texts), _LONGEST_WORD_EM)
        eased = max(word, min(whole, _COMFORT_EM))
        for needs, need in ((words, word), (comfort, eased)):
            missing = need + demand.pad - sum(needs[first : first + columns])
            if missing > 0:
                needs[first + columns - 1] += missing
    return words, comfort


def _mended(wishes: Sequence[float], least: Sequence[float]) -> list[float]:
    """The wishes with each short column raised to its least, paid by those with room to spare."""
    widths = list(wishes)
    for _ in range(len(widths)):
        lacking = sum(max(need - width, 0.0) for width, need in zip(widths, least, strict=True))
        if lacking <= _SLACK_PT:
            break
        spare = sum(max(width - need, 0.0) for width, need in zip(widths, least, strict=True))
        keep = max(1 - lacking / spare, 0.0)
        widths = [
            need if width <= need else need + (width - need) * keep
            for width, need in zip(widths, least, strict=True)
        ]
    return widths
