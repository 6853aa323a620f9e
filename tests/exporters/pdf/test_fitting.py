"""A paragraph broken as a whole, against every way of breaking it weighed from front to back."""

from __future__ import annotations

import random
from itertools import chain, pairwise

import pytest

from exporters.look import Face
from exporters.pdf.fitting import fitted, lines_from
from exporters.pdf.fonts import FontChoice
from exporters.pdf.glyphs import GlyphCase
from exporters.pdf.prepared import SetText, prepare

PIECES = (
    "园区管委会统筹推进中水回用工程，",
    "年利用固废1,200吨、节约标准煤86吨；",
    "“谁受益、谁负担”——写入《核算办法》：",
    "综合能耗下降18.5%（当量值），",
    "Combined Heat and Power机组（ISO 14001认证）按期投运。",
    "　　 空 格 也 是 字 符 。",
)


@pytest.fixture(scope="module")
def texts() -> list[SetText]:
    case = GlyphCase(FontChoice.bundled())
    chance = random.Random(7)
    runs = ("".join(chance.choices(PIECES, k=chance.randint(2, 9))) for _ in range(60))
    return [prepare(case, ((run, Face.FANGSONG),))[0] for run in runs]


def every_way_weighed(text: SetText, measure: float, indent: float) -> list[tuple[int, int]] | None:
    best: dict[int, tuple[float, tuple[tuple[int, int], ...]]] = {0: (0.0, ())}
    for start in range(len(text.text)):
        if start not in best:
            continue
        cost, lines = best[start]
        for way in chain(*lines_from(text, start, measure if start else measure - indent)):
            follows = text.skip_blanks(way.end)
            if follows not in best or cost + way.cost < best[follows][0]:
                best[follows] = cost + way.cost, (*lines, (start, way.end))
    whole = best.get(len(text.text))
    return list(whole[1]) if whole else None


@pytest.mark.parametrize("measure", [6.0, 13.5, 28.0])
def test_that_no_way_of_breaking_a_paragraph_shows_less(
    texts: list[SetText], measure: float
) -> None:
    for text in texts:
        lines = fitted(text, measure, 2.0)
        found = [(line.start, line.end) for line in lines] if lines else None
        assert found == every_way_weighed(text, measure, 2.0)


def test_that_lines_come_in_the_order_of_what_they_cost(texts: list[SetText]) -> None:
    for text in texts:
        for start in range(0, len(text.text), 7):
            for group in lines_from(text, start, 13.5):
                costs = [way.cost for way in group]
                assert all(one <= next_one for one, next_one in pairwise(costs))


def test_that_a_word_wider_than_the_measure_leaves_no_way() -> None:
    case = GlyphCase(FontChoice.bundled())
    (text,) = prepare(case, (("Supercalifragilistic" * 3, Face.FANGSONG),))
    assert fitted(text, 10.0, 0.0) is None
