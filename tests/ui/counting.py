"""The words of a plan counted at once, which the window counts bit by bit."""

from __future__ import annotations

from ui.progress import WordCount


def count_words(view):
    count = WordCount()
    for _ in count.steps(view):
        pass
    return count.total
