"""Numbers that look random and are the same everywhere: SplitMix64, started from a text by FNV-1a.

Nothing of Python's own `random` or `hash` is used, so a seed means the same exercise on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
BITS = (1 << 64) - 1
START, PRIME = 0xCBF29CE484222325, 0x100000001B3  # FNV-1a, 64 bits
STRIDE, FIRST, SECOND = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB  # SplitMix64


class Dice:
    """A stream of whole numbers of 64 bits that a text begins.

    >>> Dice("chain 2 7").below(100), Dice("chain 2 7").below(100)
    (73, 73)
    """

    def __init__(self, text: str) -> None:
        state = START
        for byte in text.encode():
            state = (state ^ byte) * PRIME & BITS
        self.state = state

    def next(self) -> int:
        """The next number of the stream."""
        self.state = (self.state + STRIDE) & BITS
        mixed = (self.state ^ self.state >> 30) * FIRST & BITS
        mixed = (mixed ^ mixed >> 27) * SECOND & BITS
        return mixed ^ mixed >> 31

    def below(self, end: int) -> int:
        """A number from 0 to end - 1."""
        return self.next() % end

    def choice(self, items: Sequence[T]) -> T:
        """One of the items."""
        return items[self.below(len(items))]
