"""A power series whose coefficients are computed when they are asked for, each once.

So a rule may be called with the series that it defines: coefficient k of it asks only for lower ones.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class Growing:
    """The coefficients known so far, and `more(k)`, which gives the next one (without it they are 0).

    They are floats or exact numbers; a 0 that is no coefficient's value is an int, which suits both.

    `memo` holds the functions of this series that somebody asked for: sin(x) needs cos(x), which
    needs sin(x) again.
    """

    __slots__ = ("known", "memo", "more")

    def __init__(self, known: list[Any], more: Callable[[int], Any] | None = None) -> None:
        self.known = known
        self.more = more
        self.memo: dict[tuple[Any, ...], Growing] = {}

    def __getitem__(self, k: int) -> Any:
        known, more = self.known, self.more
        while len(known) <= k:
            known.append(more(len(known)) if more else 0)
        return known[k]

    def __neg__(self) -> Growing:
        return Growing([], lambda k: -self[k])

    def __add__(self, other: Any) -> Growing:
        if isinstance(other, Growing):
            return Growing([], lambda k: self[k] + other[k])
        return Growing([], lambda k: self[k] if k else self[0] + other)

    __radd__ = __add__

    def __sub__(self, other: Any) -> Growing:
        return self.__add__(-other)

    def __rsub__(self, other: Any) -> Growing:
        return self.__neg__().__add__(other)

    def __mul__(self, other: Any) -> Growing:
        if isinstance(other, Growing):
            return Growing([], lambda k: sum(self[j] * other[k - j] for j in range(k + 1)))
        return Growing([], lambda k: self[k] * other)

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Growing:
        if isinstance(other, Growing):
            return quotient(self, other)
        return Growing([], lambda k: self[k] / other)

    def __rtruediv__(self, other: Any) -> Growing:
        return quotient(Growing([other]), self)


def quotient(numerator: Growing, divisor: Growing) -> Growing:
    """The series z with z·divisor = numerator."""
    z = Growing([])
    z.more = lambda k: (numerator[k] - sum(divisor[j] * z[k - j] for j in range(1, k + 1))) / divisor[0]
    return z
