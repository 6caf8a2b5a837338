"""Where a formula is defined: conditions on terms, as they are met while a graph is read."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from adcli.simplify.kinds import FUN, NOT_NEGATIVE, NUM, POSITIVE, PRODUCT, SUM, TOWER, Number, whole
from adcli.simplify.roots import rational_power
from adcli.simplify.signs import sign_of_power
from adcli.simplify.terms import Terms

# What a term must be: other than 0, at least 0, or both; MOST is kept of a term whose negative is at least 0;
# BROKEN is no whole number.
NONZERO, LEAST, ABOVE, MOST, BROKEN = 1, 2, 3, 4, 8
# These have the sign of their argument.
SAME_SIGN = frozenset({"sinh", "tanh", "asinh", "atanh", "atan", "asin", "cbrt"})
WRITTEN = {NONZERO: "≠", LEAST: "≥", ABOVE: ">"}
TURNED = {"≠": "≠", "≥": "≤", ">": "<"}


class Domain:
    """The conditions of all operations that were read; with `smooth` also those of kinks."""

    def __init__(self, terms: Terms, *, smooth: bool) -> None:
        self.terms = terms
        self.smooth = smooth
        self.found: dict[int, int] = {}
        self.firm: set[int] = set()  # the terms that not only kinks ask for
        self.at_kink = False

    def join(self, other: Domain) -> None:
        """Take over the conditions of another domain."""
        for term, flags in other.found.items():
            self.found[term] = self.found.get(term, 0) | flags

    def divisor(self, term: int) -> None:
        """A term that something is divided by."""
        self.need(term, NONZERO)

    def operation(self, op: str, args: tuple[int, ...]) -> None:
        """What an operation asks of its arguments."""
        if op in NEEDS:
            NEEDS[op](self, *args)
        elif self.smooth and op in BENDS:
            self.at_kink = True
            BENDS[op](self, *args)
            self.at_kink = False

    def jump(self, op: str, args: tuple[int, ...]) -> None:
        """Where an operation with the slope 0 has none, because it jumps there."""
        JUMPS[op](self, *args)

    def power(self, base: int, exponent: int) -> None:
        """A power with a fixed exponent; where it varies, people take the base to be positive."""
        if self.terms.kind[exponent] == NUM:
            number = self.terms.data[exponent]
            self.need(base, (0 if whole(number) else LEAST) | (NONZERO if number < 0 else 0))

    def between(self, u: int, flags: int) -> None:
        """-1 ≤ u ≤ 1, or -1 < u < 1."""
        self.need(self.less_square(u), flags)

    def shifted(self, u: int, number: Number, flags: int, sign: int = 1) -> None:
        """A condition on u + number, or on its negative."""
        self.need(self.terms.sum([(u, sign)], number), flags)

    def less_square(self, u: int) -> int:
        """1 - u²."""
        return self.terms.sum([(self.terms.product([(u, 2)]), -1)], 1)

    def between_wholes(self, term: int, shift: Number) -> None:
        """A condition: term + shift is no whole number. That of -x - 3 is that of x."""
        terms = self.terms
        constant, parts = terms.parts(term)
        if terms.varies[term]:
            sign = 1 if parts[-1][1] > 0 else -1
            rest = terms.sum((part, sign * times) for part, times in parts)
            term = terms.sum([(rest, 1)], sign * (constant + shift) % 1)
            self.found[term] = self.found.get(term, 0) | BROKEN

    def need(self, term: int, flags: int) -> None:
        """Take down a condition in the simplest terms that say the same."""
        terms = self.terms
        work = [(term, flags)]
        while work:
            term, flags = work.pop()
            kind, data = terms.kind[term], terms.data[term]
            if terms.sign[term] == POSITIVE or not terms.varies[term]:
                continue
            if terms.sign[term] == NOT_NEGATIVE:
                flags &= NONZERO
            if not flags:
                continue
            if kind == PRODUCT:
                work += self.of_product(term, flags)
            elif kind == FUN and (data[0] in SAME_SIGN or (data[0] == "abs" and flags == NONZERO)):
                work.append((data[1][0], flags))
            elif kind == TOWER and flags == NONZERO:
                work.append((data[0], NONZERO))
            elif kind == FUN and data[0] == "ln":
                work.append((terms.sum([(data[1][0], 1)], -1), flags))
            else:
                self.keep(term, flags)

    def keep(self, term: int, flags: int) -> None:
        """Take down a condition; that of a term and that of its negative go together."""
        terms = self.terms
        content = terms.content(term) if terms.kind[term] == SUM else terms.factors(term)[0]
        if content != 1:
            term = terms.product([(term, 1)], Fraction(1) / content)
        if content < 0 and flags & LEAST:
            flags = flags & NONZERO | MOST
        if not self.at_kink:
            self.firm.add(term)
        self.found[term] = self.found.get(term, 0) | flags

    def of_product(self, term: int, flags: int) -> list[tuple[int, int]]:
        """The conditions of a product as conditions of its factors."""
        terms = self.terms
        coefficient, factors = terms.data[term]
        found = []
        left: list[tuple[int, Number]] = []
        for base, exponent in factors:
            if flags & NONZERO and exponent > 0:
                found.append((base, NONZERO))
            if flags & LEAST and sign_of_power(terms, base, exponent) == 0:
                left.append((base, 1))
        if not flags & LEAST:
            return found
        if len(left) == 1 and coefficient > 0:
            return [pair for pair in found if pair[0] != left[0][0]] + [(left[0][0], flags)]
        if left:
            self.keep(terms.product(left, 1 if coefficient > 0 else -1), flags)
        return found


def of_logarithm(domain: Domain, u: int, b: int) -> None:
    """The logarithm of u to the base b."""
    domain.need(u, ABOVE)
    domain.need(b, ABOVE)
    domain.shifted(b, -1, NONZERO)


def of_acosh(domain: Domain, u: int) -> None:
    """U ≥ 1, so that u² ≥ 1 too."""
    domain.shifted(u, -1, LEAST)
    domain.need(domain.terms.product([(domain.less_square(u), 1)], -1), LEAST)


def of_logit(domain: Domain, u: int) -> None:
    """0 < u < 1."""
    domain.need(u, ABOVE)
    domain.shifted(u, 1, ABOVE, -1)


def above(domain: Domain, u: int) -> None:
    """An argument greater than 0."""
    domain.need(u, ABOVE)


def nonzero(domain: Domain, u: int) -> None:
    """An argument other than 0."""
    domain.need(u, NONZERO)


def no_pole(name: str) -> Callable[..., None]:
    """A function of the argument that must not be 0."""
    return lambda domain, u: domain.need(domain.terms.function(name, (u,)), NONZERO)


NEEDS: dict[str, Callable[..., None]] = {
    **dict.fromkeys(("ln", "log10", "log2"), above),
    **dict.fromkeys(("coth", "csch"), nonzero),
    **dict.fromkeys(("tan", "sec"), no_pole("cos")),
    **dict.fromkeys(("cot", "csc"), no_pole("sin")),
    **dict.fromkeys(("asin", "acos"), lambda domain, u: domain.between(u, LEAST)),
    "atanh": lambda domain, u: domain.between(u, ABOVE),
    "sqrt": lambda domain, u: domain.need(u, LEAST),
    "pow": Domain.power,
    "log": of_logarithm,
    "log1p": lambda domain, u: domain.shifted(u, 1, ABOVE),
    "acosh": of_acosh,
    "logit": of_logit,
}
# In the slope of a kink or jump these say where it is.
BENDS: dict[str, Callable[..., None]] = {
    **dict.fromkeys(("sign", "step"), nonzero),
    **dict.fromkeys(
        ("lt", "le", "gt", "ge", "eq", "ne"),
        lambda domain, u, v: domain.need(domain.terms.sum([(u, 1), (v, -1)]), NONZERO),
    ),
}

JUMPS: dict[str, Callable[..., None]] = {
    **BENDS,
    **dict.fromkeys(("floor", "ceil"), lambda domain, u: domain.between_wholes(u, 0)),
    "round": lambda domain, u: domain.between_wholes(u, Fraction(1, 2)),
}

# A function with one of these, or a formula with one of the last, need not be continuous.
UNEVEN = frozenset({"atan2", "stop", "hypot_slope", "leaky_slope", "tie_share"})
BREAKING = UNEVEN.union(JUMPS, ("select",))


def assumed(before: Domain, after: Domain) -> list[tuple[int, int]]:
    """The conditions of `after` that `before` does not have already, in their full strength."""
    terms = before.terms
    known = {
        term: before.found.get(term, 0) | after.found.get(term, 0) for term in (*before.found, *after.found)
    }
    return [
        (term, known[term])
        for term, flags in after.found.items()
        if flags & ~before.found.get(term, 0) and not follows(terms, term, known)
    ]


def follows(terms: Terms, term: int, known: dict[int, int]) -> bool:
    """Whether a sum is positive because no term can be negative, and one is known to be positive."""
    if terms.kind[term] != SUM or known[term] & MOST:
        return False
    constant, parts = terms.data[term]
    strict = constant > 0
    for part, times in parts:
        signs = [
            POSITIVE if known.get(base, 0) == ABOVE else NOT_NEGATIVE if known.get(base, 0) & LEAST else 0
            for base, _ in terms.factors(part)[1]
        ]
        signs = [
            max(sign, POSITIVE if power and known.get(factor[0], 0) & NONZERO else power)
            for sign, factor in zip(signs, terms.factors(part)[1], strict=True)
            for power in (sign_of_power(terms, *factor),)
        ]
        if times < 0 or not min(signs):
            return False
        strict |= min(signs) == POSITIVE
    return bool(strict and constant >= 0)


def sides(terms: Terms, term: int, flags: int) -> tuple[int, str, int]:
    """A condition as left side, sign and right side: 1 - x² > 0 is x² < 1."""
    sign = WRITTEN[flags & NONZERO | (LEAST if flags & (LEAST | MOST) else 0)]
    constant, parts = terms.parts(term)
    if flags & MOST:
        sign = TURNED[sign]
    above = [(part, times) for part, times in parts if times > 0]
    below = [(part, -times) for part, times in parts if times < 0]
    if not above:
        above, below, constant, sign = below, [], -constant, TURNED[sign]
    if len(above) == 1 and not below:
        scale = Fraction(1) / above[0][1]
        above, constant = [(above[0][0], 1)], constant * scale
    return terms.sum(above), sign, terms.sum(below, -constant)


def rooted(terms: Terms, left: int, right: int) -> tuple[int, int] | None:
    """The bases of two squares; None where one is no square of a term or a number."""
    _, factors = terms.factors(left)
    if len(factors) != 1 or factors[0][1] != 2 or terms.kind[right] != NUM or terms.data[right] <= 0:
        return None
    number, roots = rational_power(terms.data[right], Fraction(1, 2))
    return None if roots else (factors[0][0], terms.number(number))
