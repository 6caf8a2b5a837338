"""Curves of a function and its derivatives over a range: where to look, and where a curve is broken.

Intervals are halved where a curve bends. Where one does not come down as its interval shrinks it jumps, has
a pole, or its domain ends; there the curve has a gap, and no vertical line.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from adcli import sweep
from adcli.arithmetic.real import REAL
from adcli.arithmetic.series import coefficient, series
from adcli.errors import AdcliError
from adcli.explain import kinks
from adcli.graph import only
from adcli.higher import moving
from adcli.language.program import Program
from adcli.running import explained, linearized, placed

FIRST = 120  # intervals to begin with
MOST = 3000  # points of a curve
BEND = 0.002  # how far from its chord a curve may pass, of the height of the picture
STEEP = 0.05  # a step of this part of the height is looked into
HALVINGS = 48
STAYS = 0.6  # of a difference at the end of the halving: it is a jump
NEAR = 1e-9  # of the range: gaps as near as this are one
NEARER = 1e-6  # of an interval: a pole shows there
BIG = 1e3  # times what is beside it is a pole's
SHOWN = 0.04  # the part of the values at either end that does not count for the height
Values = tuple[float | None, ...]  # of f, f′, f″, …; None where there is none
Function = Callable[[float], Values]


class Gap(NamedTuple):
    """A place where curve `order` is broken: "pole", "jump", "kink", "edge" (of the domain) or "hole"."""

    x: float
    order: int
    kind: str


class Curves(NamedTuple):
    """The points of f and its derivatives: `ys[order][place]` at `xs[place]`, and their gaps.

    `heights` has the lower and the upper end of each curve's picture.
    """

    xs: list[float]
    ys: list[list[float | None]]
    gaps: list[Gap]
    heights: list[tuple[float, float]]


def derivatives(program: Program, fixed: Mapping[str, float], name: str, output: str, order: int) -> Function:
    """The function from an input's number to the output and its derivatives up to an order.

    Where a step has a kink its derivatives are None.
    """

    def at(x: float) -> Values:
        none = (None,) * (order + 1)
        try:
            run, point = placed(program, {**fixed, name: x})
            node = run.outputs[output]
            column = run.inputs.index(name) if name in run.inputs else None
            if column is None or not order:
                with explained(run, point):
                    value = sweep.evaluate(run.graph, REAL, point)[node]
                return (value, *([0.0] * order))
            lin = linearized(run, point, [], [node])
        except AdcliError:
            return none
        value = lin.primals[node]
        try:
            lin = linearized(run, point, [column], [node])
            kinked = [kink.order for _, kink in kinks(run, lin, [node], order)]
            with explained(run, point, "derivative"):
                start = moving(run, point, {column: 1.0}, order, REAL)
                found = sweep.evaluate(only(run.graph, [node]), series(order, REAL), start)[node]
        except AdcliError:
            return (value, *none[1:])
        least = min(kinked, default=order + 1)
        slopes = (coefficient(found, k) * math.factorial(k) for k in range(1, order + 1))
        return (value, *(s if k < least else None for k, s in enumerate(slopes, 1)))

    return at


def curves(function: Function, begin: float, end: float, order: int) -> Curves:
    """The curves of a function between two ends, finer where they bend, with their gaps."""
    known: dict[float, Values] = {}

    def at(x: float) -> Values:
        if x not in known:
            known[x] = function(x)
        return known[x]

    step = (end - begin) / FIRST
    grid = [begin + step * k for k in range(FIRST)] + [end]
    for x in grid:
        at(x)

    def look(x: float) -> Values:  # a place that is not to be a point of the curves
        return known[x] if x in known else function(x)

    near = NEAR * (end - begin)
    trimmed = [height([known[x][k] for x in grid]) for k in range(order + 1)]
    coarse = inherited(gaps_of(known, look, grid, trimmed), order, near)
    poles = {gap.order for gap in coarse if gap.kind == "pole"}
    heights = [ends if k in poles else whole([known[x][k] for x in grid]) for k, ends in enumerate(trimmed)]
    todo = deque(pairwise(grid))
    while todo and len(known) < MOST:
        left, right = todo.popleft()
        middle = (left + right) / 2
        if right - left < step / 64:
            continue
        if bends(at(left), at(middle), at(right), heights):
            todo += [(left, middle), (middle, right)]
    xs = sorted(known)
    gaps = inherited(gaps_of(known, look, xs, trimmed), order, near)
    for gap in gaps:
        if gap.kind == "edge":  # a curve goes on as far as its domain
            beside = (gap.x, gap.x - near, gap.x + near)
            at(next((x for x in beside if begin <= x <= end and look(x)[gap.order] is not None), gap.x))
    xs = sorted(known)
    return with_gaps({x: known[x] for x in xs}, gaps, order)._replace(heights=heights)


def gaps_of(
    known: Mapping[float, Values], at: Function, xs: Sequence[float], heights: Sequence[tuple[float, float]]
) -> list[Gap]:
    """The gaps of every curve between neighbours of `xs`."""
    gaps: list[Gap] = []
    for k, ends in enumerate(heights):
        for place, (left, right) in enumerate(pairwise(xs)):
            after = xs[place + 2] if place + 2 < len(xs) else right
            gap = hole(known, at, left, right, after, k) or broken(at, left, right, k, ends)
            if gap is not None and not (k and at_end(known, xs, left, right, k)):
                gaps.append(gap)
    return merged(gaps, NEAR * (xs[-1] - xs[0]))


def at_end(known: Mapping[float, Values], xs: Sequence[float], left: float, right: float, k: int) -> bool:
    """Whether it is an end of the range alone that has a value and no k-th derivative."""
    ends = [x for x in (xs[0], xs[-1]) if x in (left, right)]
    return any(known[x][k] is None and known[x][0] is not None for x in ends)


def inherited(gaps: Sequence[Gap], order: int, apart: float) -> list[Gap]:
    """The gaps with those of derivatives where a lower curve is broken; other jumps of a slope are kinks."""
    found: list[Gap] = []
    for k in range(order + 1):
        own = [gap for gap in gaps if gap.order == k]
        below = [gap._replace(order=k) for gap in found if gap.order == k - 1]
        near = [any(abs(gap.x - lower.x) <= apart for lower in below) for gap in own]
        fresh = [gap for gap, known in zip(own, near, strict=True) if not known]
        found += below
        found += [gap._replace(kind="kink") if k and gap.kind == "jump" else gap for gap in fresh]
    return sorted(found, key=lambda gap: (gap.order, gap.x))


def whole(values: Sequence[float | None]) -> tuple[float, float]:
    """The lower and the upper end of all values."""
    found = [value for value in values if value is not None] or [0.0, 1.0]
    return min(found), max(found)


def hole(
    known: Mapping[float, Values], at: Function, left: float, x: float, right: float, k: int
) -> Gap | None:
    """The gap at x alone: both neighbours have a value."""
    a, m, b = known[left][k], known[x][k], known[right][k]
    if m is not None or a is None or b is None:
        return None
    if k and known[x][0] is not None:
        return Gap(x, k, "kink")
    near = at(x + NEARER * (right - x))[k]
    return Gap(x, k, "pole" if near is None or abs(near) > BIG * abs(b) else "hole")


def height(values: Sequence[float | None]) -> tuple[float, float]:
    """The lower and the upper end of a picture of these values; poles do not count.

    >>> height([0.0, 1.0, 2.0])
    (0.0, 2.0)
    """
    found = sorted(value for value in values if value is not None and math.isfinite(value))
    if not found:
        return 0.0, 1.0
    cut = int(len(found) * SHOWN) + 1 if len(found) > 20 else 0
    low, high = found[cut], found[-1 - cut]
    room = 0.5 * (high - low)
    return max(found[0], low - room), min(found[-1], high + room)


def bends(left: Values, middle: Values, right: Values, heights: Sequence[tuple[float, float]]) -> bool:
    """Whether a curve passes its chord too far away, inside the picture, or begins or ends here."""
    for a, m, b, (low, high) in zip(left, middle, right, heights, strict=True):
        if a is None or m is None or b is None:
            if not (a is None and m is None and b is None):
                return True
            continue
        inside = min(a, m, b) <= high and max(a, m, b) >= low
        if inside and abs(m - (a + b) / 2) > BEND * (high - low):
            return True
    return False


def broken(
    at: Callable[[float], Values], left: float, right: float, k: int, ends: tuple[float, float]
) -> Gap | None:
    """The gap of curve k between two neighbouring points; None where it is whole."""
    a, b = at(left)[k], at(right)[k]
    if a is None and b is None:
        return None
    if a is None or b is None:
        return Gap(edge(at, left, right, k), k, "edge")
    first = abs(b - a)
    if first <= STEEP * (ends[1] - ends[0]) or not first:
        return None
    for _ in range(HALVINGS):
        middle = (left + right) / 2
        if not left < middle < right:
            break
        m = at(middle)[k]
        if m is None:
            return Gap(middle, k, grown(a, b, first, ends))
        if abs(m - a) >= abs(b - m):
            right, b = middle, m
        else:
            left, a = middle, m
    if abs(b - a) <= STAYS * first:
        return None
    return Gap((left + right) / 2, k, grown(a, b, first, ends))


def grown(a: float, b: float, first: float, ends: tuple[float, float]) -> str:
    """A pole where the difference of both sides grew from the `first` one, or is far beyond the picture."""
    far = max(abs(a), abs(b)) > BIG * (ends[1] - ends[0])
    return "pole" if far or abs(b - a) > 2 * first else "jump"


def edge(at: Callable[[float], Values], left: float, right: float, k: int) -> float:
    """Where a domain begins or ends, between a point that has a value and one that has none."""
    begins = at(left)[k] is None
    for _ in range(HALVINGS):
        middle = (left + right) / 2
        if not left < middle < right:
            break
        if (at(middle)[k] is None) == begins:
            left = middle
        else:
            right = middle
    return right if begins else left


def with_gaps(known: Mapping[float, Values], gaps: Sequence[Gap], order: int) -> Curves:
    """The points in order, with a None between the two sides of every gap."""
    cuts = {gap.x for gap in gaps if gap.kind != "edge"}
    xs = sorted({*known, *cuts})
    ys = [[known[x][k] if x in known else None for x in xs] for k in range(order + 1)]
    places = {x: place for place, x in enumerate(xs)}
    for gap in gaps:
        if gap.kind not in ("edge", "hole", "kink"):
            ys[gap.order][places[gap.x]] = None
    # A cut of one curve lies on the others: they are whole there.
    for k, row in enumerate(ys):
        own = {gap.x for gap in gaps if gap.order == k}
        for x in cuts - own:
            place = places[x]
            if row[place] is None and 0 < place < len(xs) - 1:
                before, after = row[place - 1], row[place + 1]
                if before is not None and after is not None:
                    row[place] = (before + after) / 2
    return Curves(xs, ys, list(gaps), [])


def merged(gaps: Sequence[Gap], apart: float) -> list[Gap]:
    """Every place once for each curve: the two sides of a hole are one."""
    found: list[Gap] = []
    for gap in sorted(gaps, key=lambda gap: (gap.order, gap.x)):
        last = found[-1] if found else None
        if last is not None and last.order == gap.order and abs(last.x - gap.x) <= apart:
            if last.kind == "edge":
                found[-1] = gap
            continue
        found.append(gap._replace(x=gap.x if abs(gap.x) > apart else 0.0))
    return found
