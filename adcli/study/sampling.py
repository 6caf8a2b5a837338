"""Curves of a function and its derivatives over a range: intervals are halved where a curve bends.

Where it is broken the curve has a gap, and no vertical line.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import deque
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from adcli.answers.higher import moving
from adcli.answers.running import explained, linearized, placed
from adcli.arithmetic.real import REAL
from adcli.arithmetic.series import coefficient, series
from adcli.engine import sweep
from adcli.errors import AdcliError
from adcli.explain import kinks
from adcli.graph import only
from adcli.language.program import Program
from adcli.study.gaps import NEAR, Function, Gap, Values, gaps_of, inherited, jumps_onto

FIRST = 120  # intervals to begin with
MOST = 3000  # points of a curve
BEND = 0.002  # how far from its chord a curve may pass, of the height of the picture
BESIDE = 1e-12  # of the range: a line is cut so near to a value
PART = 0.25  # of a jump: the value in its middle is cut off on both sides
SHOWN = 0.04  # the part of the values at either end that does not count for the height


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
        known.update(points_at(known, look, gap, trimmed[gap.order]))
    xs = sorted(known)
    return with_gaps({x: known[x] for x in xs}, gaps, order)._replace(heights=heights)


def points_at(
    known: Mapping[float, Values], at: Function, gap: Gap, heights: tuple[float, float]
) -> dict[float, Values]:
    """The value at a jump, and the last one of a domain; a curve that jumps there is cut just before it."""
    if gap.kind == "jump":
        return {gap.x: at(gap.x)}
    if gap.kind != "edge":
        return {}
    begin, end = min(known), max(known)
    near = NEAR * (end - begin)
    beside = [x for x in (gap.x, gap.x - near, gap.x + near) if begin <= x <= end]
    x = next((x for x in beside if at(x)[gap.order] is not None), gap.x)
    made = {x: at(x)}
    side = jumps_onto({**known, **made}, at, x, gap.order, heights)
    if side is not None:
        cut = beside_it(x, side, end - begin)
        made[cut] = tuple(None if k == gap.order else y for k, y in enumerate(at(cut)))
    return made


def beside_it(x: float, side: float, wide: float) -> float:
    """A place next to x on that side of it, in a range so wide."""
    shift = BESIDE * wide
    if side < x:
        return min(x - shift, math.nextafter(x, -math.inf))
    return max(x + shift, math.nextafter(x, math.inf))


def whole(values: Sequence[float | None]) -> tuple[float, float]:
    """The lower and the upper end of all values."""
    found = [value for value in values if value is not None] or [0.0, 1.0]
    return min(found), max(found)


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


def with_gaps(known: Mapping[float, Values], gaps: Sequence[Gap], order: int) -> Curves:
    """The points in order, with a None between the two sides of every gap."""
    places = {gap: cuts_of(known, gap) for gap in gaps if gap.kind != "edge"}
    cuts = {x for found in places.values() for x in found}
    xs = sorted({*known, *cuts})
    ys = [[known[x][k] if x in known else None for x in xs] for k in range(order + 1)]
    indices = {x: place for place, x in enumerate(xs)}
    for gap, found in places.items():
        if gap.kind not in ("hole", "kink"):
            for x in found:
                ys[gap.order][indices[x]] = None
    # A cut of one curve lies on the others: they are whole there.
    for k, row in enumerate(ys):
        own = {x for gap, found in places.items() if gap.order == k for x in found}
        for x in cuts - own:
            place = indices[x]
            if row[place] is None and 0 < place < len(xs) - 1:
                before, after = row[place - 1], row[place + 1]
                if before is not None and after is not None:
                    row[place] = (before + after) / 2
    return Curves(xs, ys, list(gaps), [])


def cuts_of(known: Mapping[float, Values], gap: Gap) -> list[float]:
    """Where a line is cut: at the gap; at a jump with a value beside it, so that the value stays."""
    value = known[gap.x][gap.order] if gap.x in known else None
    if value is None or gap.kind != "jump":
        return [gap.x]
    xs = list(known)  # they ascend
    place = bisect_left(xs, gap.x)
    away = [
        (abs(y - value), beside_it(gap.x, xs[other], xs[-1] - xs[0]))
        for other in (place - 1, place + 1)
        if 0 <= other < len(xs) and (y := known[xs[other]][gap.order]) is not None
    ]
    return [x for height, x in away if height > PART * max(away)[0]]
