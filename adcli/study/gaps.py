"""Where a curve is broken: between two points that do not come together as their interval is halved.

What stays apart jumps, has a pole, or its domain ends; a slope that jumps is a kink.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

STEEP = 0.05  # a step of this part of the height is looked into, to the end
SLIGHT = 0.005  # and of this part as long as it stays: a jump, and no slope
HALVINGS = 48
STAYS = 0.26  # of a difference at the end of the halving: it is a jump, in two halves too, as of sign(x)
NEAR = 1e-9  # of the range: gaps as near as this are one
NEARER = 1e-6  # of an interval: a pole shows there
BIG = 1e3  # times what is beside it is a pole's
Values = tuple[float | None, ...]  # of f, f′, f″, …; None where there is none
Function = Callable[[float], Values]


class Gap(NamedTuple):
    """A place where curve `order` is broken: "pole", "jump", "kink", "edge" (of the domain) or "hole"."""

    x: float
    order: int
    kind: str


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


def jumps_onto(
    known: Mapping[float, Values], at: Function, x: float, k: int, ends: tuple[float, float]
) -> float | None:
    """The neighbour from which the k-th curve jumps on the last point of its domain; None if it does not."""
    xs = sorted(known)
    place = xs.index(x)
    sides = [xs[j] for j in (place - 1, place + 1) if 0 <= j < len(xs) and known[xs[j]][k] is not None]
    if known[x][k] is None or len(sides) != 1:
        return None
    (side,) = sides
    gap = broken(at, min(x, side), max(x, side), k, ends)
    return side if gap is not None and gap.kind == "jump" else None


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
    if first <= SLIGHT * (ends[1] - ends[0]) or not first:
        return None
    steep = first > STEEP * (ends[1] - ends[0])
    for _ in range(HALVINGS):
        if not steep and abs(b - a) <= STAYS * first:
            break
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
    far = max(abs(a), abs(b)) > BIG * (ends[1] - ends[0]) > 0
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
