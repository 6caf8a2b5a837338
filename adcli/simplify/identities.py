"""Identities of the trigonometric and hyperbolic functions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import comb

from adcli.simplify.kinds import FUN, PRODUCT, Number, whole
from adcli.simplify.terms import Terms

# f(u)^2 = a + b·g(u)^2
SQUARES: dict[str, tuple[str, int, int]] = {
    "sin": ("cos", 1, -1), "cos": ("sin", 1, -1),
    "sec": ("tan", 1, 1), "tan": ("sec", -1, 1),
    "csc": ("cot", 1, 1), "cot": ("csc", -1, 1),
    "cosh": ("sinh", 1, 1), "sinh": ("cosh", -1, 1),
    "sech": ("tanh", 1, -1), "tanh": ("sech", 1, -1),
    "csch": ("coth", -1, 1), "coth": ("csch", 1, 1),
}  # fmt: skip
# In powers of sine and cosine.
CIRCULAR = {"sin": (1, 0), "cos": (0, 1), "tan": (1, -1), "cot": (-1, 1), "sec": (0, -1), "csc": (-1, 0)}
PLAINER = frozenset({"cos", "sec", "csc", "cosh", "sech", "csch"})
MOST_OPENED = 3000  # terms of a sum on the way to another function
HYPERBOLIC = {f"{name}h": powers for name, powers in CIRCULAR.items()}
Parts = dict[int, Number]


def reduced(terms: Terms, term: int) -> int:
    """A sum in which squares such as sin² + cos² are gone, where that makes it shorter by terms."""
    constant, parts = terms.parts(term)
    one = terms.number(1)
    found: Parts = dict(parts)
    if constant:
        found[one] = constant
    while (better := one_step(terms, found, one)) is not None:
        found = better
    return terms.sum(found.items())


def in_one_function(terms: Terms, term: int) -> Iterator[int]:
    """A sum with the squares of one function in terms of another, as cos(u)² = 1 - sin(u)², by function."""
    for name in sorted(squared(terms, term)):
        yield without_squares(terms, term, name)


def plainest(terms: Terms, term: int) -> int:
    """A sum without squares of cos, sec, csc and their hyperbolic kin."""
    for name in sorted(squared(terms, term) & PLAINER):
        term = without_squares(terms, term, name)
    return term


def squared(terms: Terms, term: int) -> set[str]:
    """The functions whose squares are in the terms of a sum, if they have an identity."""
    return {
        terms.data[base][0]
        for part, _ in terms.parts(term)[1]
        for base, power in terms.factors(part)[1]
        if power >= 2 and terms.kind[base] == FUN and whole(power)
    } & SQUARES.keys()


def without_squares(terms: Terms, term: int, name: str) -> int:
    """A sum with the squares of one function in terms of its partner; as it is where that is too long."""
    constant, parts = terms.parts(term)
    other, a, b = SQUARES[name]
    found: list[tuple[int, Number]] = []
    for part, times in parts:
        opened = [(part, times)]
        for base, power in terms.factors(part)[1]:
            if terms.kind[base] == FUN and terms.data[base][0] == name and whole(power) and power >= 2:
                half = int(power) // 2
                partner = terms.intern(FUN, (other, terms.data[base][1]))
                opened = [
                    (terms.product([(one, 1), (base, -2 * half), (partner, 2 * k)]),
                     count * comb(half, k) * a ** (half - k) * b**k)
                    for one, count in opened
                    for k in range(half + 1)
                ]  # fmt: skip
        found += opened
        if len(found) > MOST_OPENED:
            return term
    return terms.sum(found, constant)


def one_step(terms: Terms, found: Parts, one: int) -> Parts | None:
    """The parts after the first identity that leaves fewer of them."""
    for term, times in found.items():
        _, factors = (1, ()) if term == one else terms.factors(term)
        for base, exponent in factors:
            if terms.kind[base] != FUN or not whole(exponent) or exponent < 2:
                continue
            name, args = terms.data[base]
            if name not in SQUARES:
                continue
            other, a, b = SQUARES[name]
            rest = terms.product([(term, 1), (base, -2)])
            partner = terms.intern(FUN, (other, args))
            with_partner = terms.product([(rest, 1), (partner, 2)])
            if rest in found or with_partner in found:
                made = dict(found)
                del made[term]
                for new, count in ((rest, a * times), (with_partner, b * times)):
                    made[new] = made.get(new, 0) + count
                made = {key: count for key, count in made.items() if count}
                if len(made) < len(found):
                    return made
            if name == "cos" and found.get(with_partner) == -times:
                double = terms.function("cos", (terms.sum([(args[0], 2)]),))
                made = {key: count for key, count in found.items() if key not in (term, with_partner)}
                new = terms.product([(rest, 1), (double, 1)])
                made[new] = made.get(new, 0) + times
                return made
    return None


def shortest_quotients(terms: Terms, term: int, *, reciprocals: bool) -> int:
    """A product with its sines and cosines of one argument joined: sin/cos = tan, double angles.

    `reciprocals` allows secants and cosecants where there were none.
    """
    best = term
    for family, suffix in ((CIRCULAR, ""), (HYPERBOLIC, "h")):
        for args, group in groups_of(terms, best, family).items():
            if len(group) > 1 or group[0][1] < 0:
                known = family, suffix, args, group
                candidates = [best, *rewritten(terms, best, *known, reciprocals=reciprocals)]
                best = min(candidates, key=terms.cost.__getitem__)
    return best


def groups_of(
    terms: Terms, term: int, family: Mapping[str, tuple[int, int]]
) -> dict[tuple[int, ...], list[tuple[int, Number]]]:
    """The factors of a product that are functions of a family, by their argument."""
    groups: dict[tuple[int, ...], list[tuple[int, Number]]] = {}
    if terms.kind[term] == PRODUCT:
        for base, exponent in terms.data[term][1]:
            if terms.kind[base] == FUN and terms.data[base][0] in family and whole(exponent):
                groups.setdefault(terms.data[base][1], []).append((base, exponent))
    return groups


def rewritten(
    terms: Terms,
    term: int,
    family: Mapping[str, tuple[int, int]],
    suffix: str,
    args: tuple[int, ...],
    group: list[tuple[int, Number]],
    *,
    reciprocals: bool,
) -> Iterator[int]:
    """A product with the functions of one argument written in other ways."""
    coefficient, factors = terms.factors(term)
    if not set(group) <= set(factors):
        return  # another argument's rewriting has taken them
    rest = [pair for pair in factors if pair not in group]
    s = sum(family[terms.data[base][0]][0] * exponent for base, exponent in group)
    c = sum(family[terms.data[base][0]][1] * exponent for base, exponent in group)
    names = {terms.data[base][0] for base, _ in group}
    others = reciprocals or not names <= {f"sin{suffix}", f"cos{suffix}"}
    for way in ways(s, c, reciprocals=others):
        made = [(terms.intern(FUN, (name + suffix, args)), power) for name, power in way.items() if power]
        yield terms.product([*rest, *made], coefficient)
    if s == c and s:
        double = terms.function(f"sin{suffix}", (terms.sum([(args[0], 2)]),))
        yield terms.product([*rest, (double, s), (terms.number(2), -s)], coefficient)


def ways(s: Number, c: Number, *, reciprocals: bool) -> Iterator[dict[str, Number]]:
    """sin^s·cos^c in other functions of the same argument, each to a positive power but sine and cosine."""
    yield {"sin": s, "cos": c}
    if s > 0 > c:
        shared = min(s, -c)
        yield {"tan": shared, "sin": s - shared, "cos": c + shared}
    if c > 0 > s:
        shared = min(c, -s)
        yield {"cot": shared, "sin": s + shared, "cos": c - shared}
    if reciprocals and c < 0 <= s <= -c:
        yield {"tan": s, "sec": -c - s}
    if reciprocals and s < 0 <= c <= -s:
        yield {"cot": c, "csc": -s - c}
