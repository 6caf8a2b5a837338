"""The order of a textbook: of the terms of a sum, the factors of a product, and the signs before them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from adcli.simplify.kinds import ATOM, FUN, INPUT_MARK, NUM, SUM, TOWER, Number, size, whole
from adcli.simplify.terms import Terms

RANKS = {
    name: rank
    for rank, name in enumerate((
        "ln", "log", "log10", "log2", "sin", "cos", "sec", "csc", "tan", "cot", "asin", "acos", "atan",
        "acot", "sinh", "cosh", "sech", "csch", "tanh", "coth", "asinh", "acosh", "atanh",
    ))
}  # fmt: skip
HALF = Fraction(1, 2)
Pairs = Sequence[tuple[int, Number]]


class Order:
    """The places of inputs and terms, and how a product is turned so that no minus stands in front."""

    def __init__(self, terms: Terms, inputs: Sequence[str]) -> None:
        self.terms = terms
        self.place = {INPUT_MARK + name: place for place, name in enumerate(sorted(inputs, key=str.lower))}
        self.orders: dict[int, tuple[Any, ...]] = {}
        self.typed: set[int] = set()  # differences as the function has them

    def ordered(self, parts: Pairs) -> list[tuple[int, Number]]:
        """The terms of a sum in the order of a textbook."""
        return sorted(parts, key=lambda pair: self.order(pair[0]))

    def order(self, term: int) -> tuple[Any, ...]:
        """A key: falling degree, then x before y, then functions by name."""
        if term not in self.orders:
            terms = self.terms
            degree: Number = 0
            powers: list[Number] = [0] * len(self.place)
            names = []
            for base, exponent in terms.factors(term)[1]:
                kind, data = terms.kind[base], terms.data[base]
                if kind == ATOM and data in self.place:
                    degree += exponent
                    powers[self.place[data]] -= exponent
                elif kind == FUN:
                    names.append(RANKS.get(data[0], len(RANKS)))
                elif kind == TOWER:
                    names.append(-1)
            functions = tuple(sorted(names)) or (len(RANKS) + 1,)  # x·ln(x) + x
            self.orders[term] = (-degree, tuple(powers), functions, term)
        return self.orders[term]

    def rank(self, factor: tuple[int, Any]) -> tuple[Any, ...]:
        """A key for factors: numbers, constants, inputs, polynomials, exponentials, functions, other sums."""
        base, exponent = factor
        terms = self.terms
        kind, data = terms.kind[base], terms.data[base]
        if isinstance(exponent, Top):
            return (5, base, exponent.term)
        if kind == NUM:
            return (0, base)
        if not terms.varies[base] and kind != FUN:
            return (1 if kind == ATOM else 2, base)
        if kind == ATOM:
            return (3, self.place[data])
        if kind == FUN:
            args = tuple(map(self.order, data[1]))
            return (6, terms.varies[base], RANKS.get(data[0], len(RANKS)), args, base)
        return (7 if terms.calls[base] else 4, base)

    def upright(self, coefficient: Number, factors: Pairs) -> tuple[Number, Pairs]:
        """The same product, without a minus in front where a difference can be turned instead."""
        coefficient, factors = self.oriented(coefficient, factors)
        if coefficient > 0:
            return coefficient, factors
        for place, (base, exponent) in enumerate(factors):
            if exponent < 0 and base in self.typed:
                continue
            if self.terms.kind[base] == SUM and whole(exponent) and exponent % 2 and self.mixed(base):
                turned = [*factors]
                turned[place] = (self.turned(base), exponent)
                return -coefficient, turned
        return coefficient, factors

    def oriented(self, coefficient: Number, factors: Pairs) -> tuple[Number, Pairs]:
        """The same product, every sum in it with a positive first term, or as the function has it."""
        found = []
        coefficient, factors = self.rooted(coefficient, factors)
        for base, exponent in factors:
            kept = base
            if self.terms.kind[base] == SUM and whole(exponent) and self.against(base, exponent):
                kept = self.turned(base)
                coefficient = -coefficient if exponent % 2 else coefficient
            found.append((kept, exponent))
        for place, (base, exponent) in enumerate(found):
            if exponent == 1 and size(coefficient) != 1 and self.takes(base, coefficient):
                found[place] = self.terms.scaled(base, size(coefficient)), 1
                return 1 if coefficient > 0 else -1, found
        return coefficient, found

    def against(self, term: int, exponent: Number) -> bool:
        """Whether a sum is to be turned. As it was typed it stands below, and in even powers."""
        if self.typed and (exponent < 0 or exponent % 2 == 0):
            here, turned = term in self.typed, self.turned(term) in self.typed
            if here != turned:
                return turned
        return self.leading(term) < 0

    def rooted(self, coefficient: Number, factors: Pairs) -> tuple[Number, Pairs]:
        """The same product with √2/(2·√π) as 1/√(2·π)."""
        terms = self.terms
        below = {
            base
            for base, exponent in factors
            if exponent == -HALF and terms.kind[base] == ATOM and not terms.varies[base]
        }
        for base, exponent in factors:
            number = terms.data[base] if terms.kind[base] == NUM and exponent == HALF else 0
            if below and number and coefficient.denominator % number == 0:
                kept = [pair for pair in factors if pair[0] != base and pair[0] not in below]
                inside = terms.product([(base, 1), *((constant, 1) for constant in below)])
                return coefficient * number, [*kept, (inside, -HALF)]
        return coefficient, factors

    def takes(self, term: int, coefficient: Number) -> bool:
        """Whether a sum hides a whole factor in its coefficients: 2·(3x² + 4x + 5) is 6x² + 8x + 10."""
        if self.terms.kind[term] != SUM or not isinstance(coefficient, int):
            return False
        parts = self.terms.data[term][1]
        return len(parts) > 2 and all(whole(times) and size(times) != 1 for _, times in parts)

    def turned(self, term: int) -> int:
        """A sum with all signs changed."""
        constant, parts = self.terms.data[term]
        return self.terms.intern(SUM, (-constant, tuple((part, -times) for part, times in parts)))

    def leading(self, term: int) -> Number:
        """The coefficient of a sum's first term."""
        parts = self.terms.data[term][1]
        return min(parts, key=lambda pair: self.order(pair[0]))[1]  # type: ignore[no-any-return]  # a number

    def mixed(self, term: int) -> bool:
        """Whether a sum has terms of both signs."""
        constant, parts = self.terms.data[term]
        signs = {times > 0 for _, times in parts} | ({constant > 0} if constant else set())
        return len(signs) == 2


class Top:
    """An exponent that is a term."""

    __slots__ = ("term",)

    def __init__(self, term: int) -> None:
        self.term = term
