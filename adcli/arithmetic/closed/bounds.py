"""Where a closed form lies: intervals of rising precision, until a question about it is decided."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any

from adcli.arithmetic import Undecided
from adcli.arithmetic.closed.terms import LN, PI, E, Sum

if TYPE_CHECKING:
    from adcli.arithmetic.closed.number import Closed

FIRST, LAST = 64, 16_384  # bits


@cache
def intervals() -> Any:
    """A context of mpmath's intervals of our own: its precision is nobody else's."""
    from mpmath.ctx_iv import MPIntervalContext  # only closed forms need it

    return MPIntervalContext()


def enclosures(x: Closed) -> Iterator[Any]:
    """Intervals that hold the number, each at twice the precision of the one before."""
    iv = intervals()
    bits = FIRST
    while bits <= LAST:
        iv.prec = bits
        top, bottom = total(x.top), total(x.bottom)
        if not (bottom.a <= 0 <= bottom.b):
            yield top / bottom
        bits *= 2


def total(x: Sum) -> Any:
    """An interval that holds a sum."""
    iv = intervals()
    found = iv.mpf(0)
    for monomial, coefficient in x.items():
        term = rational(coefficient)
        for (kind, which), exponent in monomial:
            if kind == E:
                term *= iv.exp(value(exponent))
            else:
                base = iv.pi if kind == PI else iv.mpf(which or iv.pi)
                base = iv.log(base) if kind == LN else base
                term *= iv.exp(iv.log(base) * rational(exponent))
        found += term
    return found


def value(x: Fraction | Closed) -> Any:
    """An interval that holds a number at the present precision; of an exponent it is found once."""
    if isinstance(x, Fraction):
        return rational(x)
    bits = intervals().prec
    if x.held is None or x.held[0] != bits:
        x.held = bits, total(x.top) / total(x.bottom)
    return x.held[1]


def rational(x: Fraction) -> Any:
    """An interval that holds a fraction."""
    iv = intervals()
    return iv.mpf(x.numerator) / iv.mpf(x.denominator)


def decided(x: Closed, question: Callable[[Any, Any], Any]) -> Any:
    """The first answer other than None to a question about the lower and the upper end; else Undecided."""
    for found in enclosures(x):
        answer = question(found.a, found.b)
        if answer is not None:
            return answer
    raise Undecided(f"cannot tell the side of {x}: it is 0, or nearer to it than {LAST} bits show")


def sign(x: Closed) -> int:
    """-1 or 1."""

    def side(low: Any, high: Any) -> int | None:
        return 1 if low > 0 else -1 if high < 0 else None

    found: int = decided(x, side)
    return found


def floor(x: Closed) -> int:
    """The largest whole number below."""
    import mpmath

    def whole(low: Any, high: Any) -> int | None:
        below, above = (int(mpmath.floor(mpmath.mpf(end.a))) for end in (low, high))
        return below if below == above else None

    with mpmath.workprec(LAST):
        found: int = decided(x, whole)
    return found


def nearest(x: Closed) -> float:
    """The float next to it; OverflowError where there is none."""
    import mpmath

    def near(low: Any, high: Any) -> float | None:
        below, above = (float(mpmath.mpf(end.a)) for end in (low, high))
        return below if below == above else None

    with mpmath.workprec(LAST):
        found: float = decided(x, near)
    if math.isinf(found):
        raise OverflowError("the number is too large for a float")
    return found
