"""Where a formula is defined: conditions on terms, as they are met while a graph is read."""

from __future__ import annotations

from fractions import Fraction

from adcli.simplify.kinds import FUN, NOT_NEGATIVE, NUM, POSITIVE, PRODUCT, SUM, TOWER, Number, whole
from adcli.simplify.roots import rational_power
from adcli.simplify.signs import sign_of_power
from adcli.simplify.terms import Terms

# What a term must be: other than 0, at least 0, or both; MOST is kept of a term whose negative is at least 0.
NONZERO, LEAST, ABOVE, MOST = 1, 2, 3, 4
COMPARED = frozenset({"lt", "le", "gt", "ge", "eq", "ne"})
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

    def divisor(self, term: int) -> None:
        """A term that something is divided by."""
        self.need(term, NONZERO)

    def operation(self, op: str, args: tuple[int, ...]) -> None:
        """What an operation asks of its arguments."""
        terms, u = self.terms, args[0]
        if op in ("ln", "log10", "log2"):
            self.need(u, ABOVE)
        elif op == "log":
            self.need(u, ABOVE)
            self.need(args[1], ABOVE)
            self.need(terms.sum([(args[1], 1)], -1), NONZERO)
        elif op == "log1p":
            self.need(terms.sum([(u, 1)], 1), ABOVE)
        elif op == "sqrt":
            self.need(u, LEAST)
        elif op == "pow" and terms.kind[args[1]] == NUM:
            exponent = terms.data[args[1]]
            flags = (0 if whole(exponent) else LEAST) | (NONZERO if exponent < 0 else 0)
            if flags:
                self.need(u, flags)
        elif op in ("asin", "acos", "atanh"):
            self.need(self.less_square(u), ABOVE if op == "atanh" else LEAST)
        elif op == "acosh":
            self.need(terms.sum([(u, 1)], -1), LEAST)
            self.need(terms.product([(self.less_square(u), 1)], -1), LEAST)
        elif op == "logit":
            self.need(u, ABOVE)
            self.need(terms.sum([(u, -1)], 1), ABOVE)
        elif op in ("tan", "sec"):
            self.need(terms.function("cos", (u,)), NONZERO)
        elif op in ("cot", "csc"):
            self.need(terms.function("sin", (u,)), NONZERO)
        elif op in ("coth", "csch") or (self.smooth and op in ("sign", "step")):
            self.need(u, NONZERO)
        elif self.smooth and op in COMPARED:
            self.need(terms.sum([(u, 1), (args[1], -1)]), NONZERO)

    def less_square(self, u: int) -> int:
        """1 - u²."""
        return self.terms.sum([(self.terms.product([(u, 2)]), -1)], 1)

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
                work.append((terms.sum([(data[1][0], 1)], -1), NONZERO))
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
    """Whether a sum is positive because each of its terms is known not to be negative, and one to be positive."""
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
    return strict and constant >= 0


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
