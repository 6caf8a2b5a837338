"""The Taylor test: how fast the remainder f(x + h) - f(x) - h·g shrinks tells whether g is the derivative.

Of a right g the remainder is of order h², of a wrong one of order h: no tolerance decides, a slope does.
Where the slopes from both sides differ for every h the point is a kink; where they grow, there is none.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from statistics import linear_regression
from typing import Literal, NamedTuple

Exactly = Callable[[Fraction], Fraction]  # an ArithmeticError where there is no value
Verdict = Literal["right", "wrong", "kink", "steep", "undecided"]

SHRINK = 8  # from one step to the next
STEPS = 13  # as many as floats resolve
CLEAR = 100  # times the noise, from where on a remainder is no noise
FITTED = 3  # of the smallest clear remainders
BETWEEN = 1.25  # orders below are 1; above, f has the claimed slope
LASTS = 0.5  # of a difference of slopes that does not shrink with h
LOST = 1e-6  # noise above so much of the change of f hides all
GROWS = 1.5  # a slope that grows so much when h shrinks has no limit


class Remainder(NamedTuple):
    """The larger remainder of both sides at a step; None where neither side has a value."""

    h: float
    size: float | None


class Tested(NamedTuple):
    """What the test says of one derivative: its verdict, the order, both slopes, and the remainders."""

    verdict: Verdict
    order: float | None
    left: float | None
    right: float | None
    remainders: tuple[Remainder, ...]


class Sides(NamedTuple):
    """A step, and the values on both sides of the point, as far as they exist."""

    h: Fraction
    below: Fraction | None
    above: Fraction | None


def taylor_test(f: Exactly, x: Fraction, slope: Fraction, noise: float, steps: int = STEPS) -> Tested:
    """Whether `slope` is the derivative of f at x; values of f are right to within `noise`."""
    scale = Fraction(2) ** max(0, math.frexp(float(x))[1])
    here = f(x)
    sides = [
        Sides(h, tried(f, x - h), tried(f, x + h)) for h in (scale / SHRINK**k for k in range(1, steps + 1))
    ]
    remainders = tuple(Remainder(float(side.h), remainder(side, here, slope)) for side in sides)
    left = [(side.h, (here - side.below) / side.h) for side in sides if side.below is not None]
    right = [(side.h, (side.above - here) / side.h) for side in sides if side.above is not None]
    shown = [float(clear(slopes, noise)) if slopes else None for slopes in (left, right)]
    order = order_of(remainders, noise)
    change = max(abs(here), abs(slope) * sides[0].h)
    hidden = CLEAR * noise > LOST * change and any(size for _, size in remainders)
    verdict = judged(order, remainders, kind(left, right, noise), hidden=hidden)
    return Tested(verdict, order, shown[0], shown[1], remainders)


def tried(f: Exactly, x: Fraction) -> Fraction | None:
    """The value, or None where there is none."""
    try:
        return f(x)
    except ArithmeticError:
        return None


def remainder(side: Sides, here: Fraction, slope: Fraction) -> float | None:
    """The larger one of both sides."""
    sizes = [
        abs(value - here - step * slope)
        for value, step in ((side.below, -side.h), (side.above, side.h))
        if value is not None
    ]
    return as_float(max(sizes)) if sizes else None


def as_float(size: Fraction) -> float | None:
    """The nearest float; None beyond them."""
    try:
        return float(size)
    except OverflowError:
        return None


def order_of(remainders: Sequence[Remainder], noise: float) -> float | None:
    """The power of h that the smallest clear remainders shrink with; None where none is clear."""
    clear_ones = [(h, size) for h, size in remainders if size is not None and size > CLEAR * noise]
    last = [(math.log(h), math.log(size)) for h, size in clear_ones[-FITTED:]]
    return linear_regression(*zip(*last, strict=True)).slope if len(last) >= 2 else None


def clear(slopes: Sequence[tuple[Fraction, Fraction]], noise: float) -> Fraction:
    """The one-sided slope at the smallest step at which noise leaves it in peace."""
    least = math.sqrt(noise)
    return [slope for h, slope in slopes if h >= least or h == slopes[0][0]][-1]


def kind(
    left: Sequence[tuple[Fraction, Fraction]], right: Sequence[tuple[Fraction, Fraction]], noise: float
) -> Verdict | None:
    """A kink, a slope without limit, or None for a point that is smooth as far as the steps tell."""
    least = math.sqrt(noise)
    for side in (left, right):
        sizes = [abs(slope) for h, slope in side if h >= least]
        if len(sizes) >= FITTED and all(b > GROWS * a > 0 for a, b in pairwise(sizes[-FITTED:])):
            return "steep"
    below = dict(left)
    gaps = [(h, abs(slope - below[h])) for h, slope in right if h in below and h >= least]
    last = [gap for h, gap in gaps if gap > CLEAR * noise / h][-2:]
    if len(last) == 2 and last[1] > LASTS * last[0] and gaps[-1][1] == last[1]:
        return "kink"
    return None


def judged(
    order: float | None, remainders: Sequence[Remainder], found: Verdict | None, *, hidden: bool
) -> Verdict:
    """The verdict: a point without a derivative first, then the order."""
    if found is not None:
        return found
    known = [size for _, size in remainders if size is not None]
    if len(known) < FITTED:
        return "undecided"
    if order is None:
        return "undecided" if hidden else "right"  # nothing is left but noise
    return "right" if order > BETWEEN else "wrong"
