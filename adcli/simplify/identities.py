"""Identities of the trigonometric and hyperbolic functions."""

from __future__ import annotations

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
    """A product with its sines and cosines of one argument joined: sin/cos = tan, 2·sin·cos = sin of the double.

    `reciprocals` allows secants and cosecants where there were none.
    """
    if terms.kind[term] != PRODUCT:
        return term
    best = term
    for family, sine, cosine, suffix in ((CIRCULAR, "sin", "cos", ""), (HYPERBOLIC, "sinh", "cosh", "h")):
        coefficient, factors = terms.factors(best)
        groups: dict[tuple[int, ...], list[tuple[int, Number]]] = {}
        for base, exponent in factors:
            if terms.kind[base] == FUN and terms.data[base][0] in family and whole(exponent):
                groups.setdefault(terms.data[base][1], []).append((base, exponent))
        for args, group in groups.items():
            if len(group) == 1 and group[0][1] > 0:
                continue
            rest = [pair for pair in terms.factors(best)[1] if pair not in group]
            s = sum(family[terms.data[base][0]][0] * exponent for base, exponent in group)
            c = sum(family[terms.data[base][0]][1] * exponent for base, exponent in group)
            own = any(terms.data[base][0] not in (sine, cosine) for base, _ in group)
            ways = [{sine: s, cosine: c}] if own else []
            if s > 0 > c or c > 0 > s:
                shared = min(abs(s), abs(c))
                name = f"tan{suffix}" if s > 0 else f"cot{suffix}"
                sign = 1 if s > 0 else -1
                ways.append({name: shared, sine: s - sign * shared, cosine: c + sign * shared})
            if reciprocals or own:
                if c < 0:
                    ways.append({f"tan{suffix}": s, f"sec{suffix}": -c - s})
                if s < 0:
                    ways.append({f"cot{suffix}": c, f"csc{suffix}": -s - c})
            for way in ways:
                if any(power < 0 for name, power in way.items() if name not in (sine, cosine)):
                    continue
                made = [(terms.intern(FUN, (name, args)), power) for name, power in way.items() if power]
                candidate = terms.product([*rest, *made], coefficient)
                if terms.cost[candidate] < terms.cost[best]:
                    best = candidate
            if s == c > 0:
                double = terms.function(sine, (terms.sum([(args[0], 2)]),))
                half = terms.product([(double, s)], terms.data[terms.product([(terms.number(2), -s)])])
                candidate = terms.product([*rest, (half, 1)], coefficient)
                if terms.cost[candidate] < terms.cost[best]:
                    best = candidate
            if terms.kind[best] != PRODUCT:
                return best
            coefficient = terms.factors(best)[0]
    return best
