"""How long a term will be: the nodes of the tree as it is written."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from adcli.simplify.kinds import ATOM, FUN, NUM, PRODUCT, TOWER, Number, size

if TYPE_CHECKING:
    from adcli.simplify.terms import Terms


def cost_of(terms: Terms, kind: int, data: Any) -> int:
    """The number of nodes of a term as a tree."""
    if kind == NUM:
        return 1 if type(data) is int else 3
    if kind == ATOM:
        return 1
    if kind == FUN:
        return int(1 + sum(terms.cost[arg] for arg in data[1]))
    if kind == PRODUCT:
        return cost_of_product(terms, *data)
    if kind == TOWER:
        base, top = data
        return int(1 + terms.cost[top] + (0 if base == terms.e else terms.cost[base]))
    constant, parts = data
    found = sum(cost_of_multiple(terms, term, size(count)) for term, count in parts) + len(parts) - 1
    if constant:
        found += 2 if type(constant) is int else 4
    minus = constant <= 0 and all(count < 0 for _, count in parts)
    return int(found + minus)


def cost_of_multiple(terms: Terms, term: int, count: Number) -> int:
    """The nodes of a positive multiple of a term."""
    return terms.cost[term] if count == 1 else cost_of_product(terms, count, terms.factors(term)[1])


def cost_of_product(terms: Terms, coefficient: Number, factors: Iterable[tuple[int, Number]]) -> int:
    """The nodes of a product as it is written: as a fraction, with the powers of a base joined."""
    above = below = many_above = many_below = 0
    towers: dict[int, list[int]] = {}
    for base, exponent in factors:
        if terms.kind[base] == TOWER:
            bottom, top = terms.data[base]
            cost = cost_of_multiple(terms, top, size(exponent))
            towers.setdefault(bottom, []).append(cost if exponent > 0 else cost + 1)
        elif exponent > 0:
            above += terms.cost[base] + cost_of_exponent(exponent)
            many_above += 1
        else:
            below += terms.cost[base] + cost_of_exponent(-exponent)
            many_below += 1
    for bottom, costs in towers.items():
        above += 1 + sum(costs) + len(costs) - 1 + (0 if bottom == terms.e else terms.cost[bottom])
        many_above += 1
    top, bottom = size(coefficient.numerator), coefficient.denominator
    if top != 1 or not many_above:
        above += 1
        many_above += 1
    elif coefficient < 0:
        above += 1
    if bottom != 1:
        below += 1
        many_below += 1
    return above + many_above - 1 + (below + many_below if many_below else 0)


def cost_of_exponent(exponent: Number) -> int:
    """The nodes that a positive exponent adds."""
    if exponent == 1:
        return 0
    if exponent == Fraction(1, 2):
        return 1
    return 2 if type(exponent) is int else 4
