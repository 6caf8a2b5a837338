"""Where a line may end: at a gap, but not inside of a short array, so that its entries stay together."""

from __future__ import annotations

import re
from collections.abc import Iterator

ARRAY = re.compile(r"\[(?:[^\[\]]|\[[^\[\]]*\])*\]")
ROW = re.compile(r"\[[^\[\]]*\]")
LONGEST = 40  # characters of an array, or of a row of it, that stays whole


def words(text: str, gap: re.Pattern[str]) -> Iterator[str]:
    """The text cut at its gaps.

    >>> list(words("at W = [[1, 2], [3, 4]], x = [5, 6]", re.compile("(?<=,) ")))
    ['at W = [[1, 2], [3, 4]],', 'x = [5, 6]']
    """
    kept = unbroken(text)
    inside = next(kept, None)
    start = 0
    for found in gap.finditer(text):
        while inside is not None and inside[1] <= found.start():
            inside = next(kept, None)
        if inside is None or found.start() < inside[0]:
            yield text[start : found.start()]
            start = found.end()
    yield text[start:]


def unbroken(text: str) -> Iterator[tuple[int, int]]:
    """The places of short arrays, and of short rows of longer ones."""
    for found in ARRAY.finditer(text):
        parts = [found] if len(found[0]) <= LONGEST else ROW.finditer(text, found.start() + 1, found.end())
        yield from (part.span() for part in parts if len(part[0]) <= LONGEST)
