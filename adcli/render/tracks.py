"""Bends between two layers of a drawing on a screen: which row each horizontal piece gets."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from adcli.render.layers import Link


def tracks(links: Sequence[Link]) -> dict[Link, int] | None:
    """The row of each bent link, from 0: one row for pieces that do not touch, few crossings.

    None when the links cannot be told apart: two that begin where the other ends.
    """
    waiting = [link for link in links if link.start != link.end]
    rows: dict[Link, int] = {}
    while waiting:
        costs = [
            sum(price(link, other) - min(price(other, link), 9) for other in waiting if other is not link)
            for link in waiting
        ]
        cost = min(costs)
        link = waiting[costs.index(cost)]
        if cost == inf:
            return None
        waiting.remove(link)
        rows[link] = 1 + max((row for other, row in rows.items() if meet(other, link)), default=-1)
    return rows


def span(link: Link) -> tuple[int, int]:
    """The columns between which a bent link runs."""
    return min(link.start, link.end), max(link.start, link.end)


def meet(a: Link, b: Link) -> bool:
    """Whether two horizontal pieces would touch in one row."""
    (a_from, a_to), (b_from, b_to) = span(a), span(b)
    return a_from <= b_to + 1 and b_from <= a_to + 1


def price(upper: Link, lower: Link) -> float:
    """How many times two links cross when `upper` bends first; infinite when they would meet."""
    if upper.end == lower.start:
        return inf
    (u_from, u_to), (l_from, l_to) = span(upper), span(lower)
    return (l_from < upper.end < l_to) + (u_from < lower.start < u_to)
