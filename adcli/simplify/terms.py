"""Formulas in a canonical form: sums and products know their like terms and like factors.

A term is a number, stored once:

    NUM     an exact number
    ATOM    an input, or one of pi, e, tau
    FUN     a function of terms
    TOWER   base^t, where t is no number: x^y, e^x
    SUM     number + Σ coefficient·term
    PRODUCT coefficient·Π base^exponent, the exponents numbers

Every exponent is a number, because e^(2x + y) is (e^x)^2·(e^y)^1 here; the writer joins them again. What
an operation makes may be defined at more points than its operands were (x·(1/x) is 1), never at fewer.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from fractions import Fraction
from math import gcd, lcm
from typing import Any

from adcli.arithmetic.exact import EXACT
from adcli.simplify.choices import merged
from adcli.simplify.costs import cost_of
from adcli.simplify.kinds import (
    ATOM,
    FUN,
    INPUT_MARK,
    NUM,
    POSITIVE,
    PRODUCT,
    SUM,
    TOWER,
    Number,
    plain,
)
from adcli.simplify.products import Product
from adcli.simplify.signs import sign_of

ODD = frozenset({
    "sin", "tan", "csc", "cot", "asin", "atan", "sinh", "tanh", "csch", "coth", "asinh", "atanh", "erf",
    "cbrt", "sign",
})  # fmt: skip
NAMED = {0: "digamma", 1: "trigamma"}  # polygamma(n, x)
EVEN = frozenset({"cos", "sec", "cosh", "sech", "abs", "sinc", "normpdf"})
LONGEST = 24  # parts of a shared sum or product that are copied into a larger one


class Terms:
    """All terms made so far; equal ones have one id. Ids of parts are smaller than that of the whole."""

    def __init__(self) -> None:
        self.kind: list[int] = []
        self.data: list[Any] = []
        self.cost: list[int] = []  # the nodes of the tree as it will be written
        self.sign: list[int] = []
        self.varies: list[bool] = []  # does it hold an input?
        self.calls: list[bool] = []  # does it hold a function?
        self.chooses = False  # is there any choice?
        self.closed: set[int] = set()  # long sums and products that are not copied into others
        self.contents: dict[int, Number] = {}
        self.index: dict[tuple[int, Any], int] = {}
        self.e = self.atom("e")

    def intern(self, kind: int, data: Any) -> int:
        """The id of a term."""
        key = (kind, data)
        found = self.index.get(key)
        if found is None:
            found = self.index[key] = len(self.kind)
            self.kind.append(kind)
            self.data.append(data)
            inner = self.inner(kind, data)
            varies = kind == ATOM and data[0] == INPUT_MARK
            self.varies.append(varies or any(self.varies[part] for part in inner))
            self.calls.append(kind in (FUN, TOWER) or any(self.calls[part] for part in inner))
            self.chooses |= kind == FUN and data[0] == "select"
            self.sign.append(sign_of(self, kind, data))
            self.cost.append(cost_of(self, kind, data))
        return found

    def inner(self, kind: int, data: Any) -> list[int]:
        """The terms that a term is made of."""
        if kind in (SUM, PRODUCT):
            return [part for part, _ in data[1]]
        return list(data[1] if kind == FUN else data if kind == TOWER else ())

    # Leaves

    def number(self, value: Number) -> int:
        """A number."""
        return self.intern(NUM, plain(value))

    def atom(self, name: str) -> int:
        """A constant by its name."""
        return self.intern(ATOM, name)

    def input(self, name: str) -> int:
        """An input by its name; it is marked, so that one may be called e."""
        return self.intern(ATOM, INPUT_MARK + name)

    # Sums

    def sum(self, parts: Iterable[tuple[int, Number]], constant: Number = 0) -> int:
        """Constant + Σ coefficient·term."""
        found: dict[int, Number] = {}
        for term, times in parts:
            kind, data = self.kind[term], self.data[term]
            if kind == NUM:
                constant += times * data
            elif kind == SUM and term not in self.closed:
                constant += times * data[0]
                for inner, count in data[1]:
                    found[inner] = found.get(inner, 0) + times * count
            elif kind == PRODUCT and data[0] != 1 and term not in self.closed:
                inner = self.bare(term)
                found[inner] = found.get(inner, 0) + times * data[0]
            else:
                found[term] = found.get(term, 0) + times
        return self.collected(found, constant)

    def collected(self, found: dict[int, Number], constant: Number) -> int:
        """The sum of like terms; none of them has a coefficient or is a sum."""
        kept = [(term, plain(times)) for term, times in found.items() if times]
        constant = plain(constant)
        if self.chooses and len(kept) > 1 and (joined := merged(self, kept)) is not None:
            return self.sum(joined, constant)
        if not kept:
            return self.number(constant)
        if len(kept) == 1 and not constant:
            return self.times(*kept[0])
        kept.sort()
        return self.intern(SUM, (constant, tuple(kept)))

    def bare(self, term: int) -> int:
        """A product without its coefficient."""
        _, factors = self.data[term]
        return self.from_factors(1, factors)

    def times(self, term: int, coefficient: Number) -> int:
        """A term, which is neither number nor sum, with a coefficient."""
        if coefficient == 1:
            return term
        if self.kind[term] == PRODUCT:
            own, factors = self.data[term]
            return self.from_factors(own * coefficient, factors)
        return self.intern(PRODUCT, (plain(coefficient), ((term, 1),)))

    def some(self, factors: tuple[tuple[int, Number], ...]) -> int:
        """The product of some factors of a product, in their order; of none, the number 1."""
        return self.from_factors(1, factors) if factors else self.number(1)

    def from_factors(self, coefficient: Number, factors: tuple[tuple[int, Number], ...]) -> int:
        """A product whose factors are in order and in canonical form."""
        if coefficient == 1 and len(factors) == 1 and factors[0][1] == 1:
            return factors[0][0]
        return self.intern(PRODUCT, (plain(coefficient), factors))

    def parts(self, term: int) -> tuple[Number, tuple[tuple[int, Number], ...]]:
        """A term as a sum: its number, and its other terms with their coefficients."""
        kind, data = self.kind[term], self.data[term]
        if kind == SUM:
            return data  # type: ignore[no-any-return]  # what a sum stores
        if kind == NUM:
            return data, ()
        if kind == PRODUCT and data[0] != 1:
            return 0, ((self.bare(term), data[0]),)
        return 0, ((term, 1),)

    # Products

    def factors(self, term: int) -> tuple[Number, tuple[tuple[int, Number], ...]]:
        """A term as a product: its coefficient, and bases with exponents."""
        kind, data = self.kind[term], self.data[term]
        if kind == PRODUCT:
            return data  # type: ignore[no-any-return]  # what a product stores
        return (data, ()) if kind == NUM else (1, ((term, 1),))

    def product(self, parts: Iterable[tuple[int, Number]], coefficient: Number = 1) -> int:
        """coefficient·Π term^exponent.

        Raises ZeroDivisionError for 0^-1, ValueError for the root of a negative number, OverflowError for a
        number that is too long to write.
        """
        return Product(self, coefficient).of(parts)

    def is_choice(self, term: int) -> bool:
        """Whether a term is a choice between two."""
        return self.kind[term] == FUN and self.data[term][0] == "select"

    def content(self, term: int) -> Number:
        """What a sum is divided by to make its coefficients whole and without common divisor.

        It has the sign of the coefficient of the last term.
        """
        if term in self.contents:
            return self.contents[term]
        constant, terms = self.data[term]
        numbers = [count for _, count in terms]
        if constant:
            numbers.append(constant)
        top = gcd(*(number.numerator for number in numbers))
        bottom = lcm(*(number.denominator for number in numbers))
        found = plain(Fraction(top, bottom))
        self.contents[term] = found = found if terms[-1][1] > 0 else -found
        return found

    def divided(self, term: int, number: Number) -> int:
        """A sum divided by a number."""
        return self.scaled(term, Fraction(1) / number)

    def scaled(self, term: int, number: Number) -> int:
        """A sum times a number, as a sum."""
        constant, terms = self.data[term]
        parts = tuple((part, plain(count * number)) for part, count in terms)
        return self.intern(SUM, (plain(constant * number), parts))

    # Powers and functions

    def power(self, base: int, exponent: int) -> int:
        """base^exponent."""
        if self.kind[exponent] == NUM:
            return self.product([(base, self.data[exponent])])
        if self.kind[base] == NUM and self.data[base] == 1:
            return base
        constant, terms = self.parts(exponent)
        found: list[tuple[int, Number]] = [(base, constant)] if constant else []
        for term, count in terms:
            if base == self.e and self.kind[term] == FUN and self.data[term][0] == "ln":
                found.append((self.data[term][1][0], count))
            else:
                found.append((self.intern(TOWER, (base, term)), count))
        return self.product(found)

    def logarithm(self, term: int) -> int | None:
        """ln(term) where that is no logarithm any more: of a power of e."""
        coefficient, factors = self.factors(term)
        if coefficient != 1:
            return None
        found = []
        for base, exponent in factors:
            if base == self.e:
                found.append((self.number(1), exponent))
            elif self.kind[base] == TOWER and self.data[base][0] == self.e:
                found.append((self.data[base][1], exponent))
            else:
                return None
        return self.sum(found)

    def function(self, name: str, args: tuple[int, ...]) -> int:
        """A function of terms, by the name of its primitive."""
        if all(self.kind[arg] == NUM for arg in args):
            with suppress(ValueError, ZeroDivisionError, OverflowError):
                value = EXACT.function(name)(*(self.data[arg] for arg in args))
                if isinstance(value, (int, Fraction)):
                    return self.number(value)  # what is no fraction stays a function
        first = args[0]
        if name == "ln" and (found := self.logarithm(first)) is not None:
            return found
        if name in ODD or name in EVEN:
            opposite = self.opposite(first)
            if opposite is not None:
                made = self.function(name, (opposite,))
                return made if name in EVEN else self.product([(made, 1)], -1)
        if name in ("abs", "sign") and self.sign[first] >= POSITIVE - (name == "abs"):
            return first if name == "abs" else self.number(1)
        if name == "polygamma" and self.kind[first] == NUM and self.data[first] in NAMED:
            return self.function(NAMED[self.data[first]], args[1:])
        return self.chosen(args) if name == "select" else self.intern(FUN, (name, args))

    def chosen(self, args: tuple[int, ...]) -> int:
        """A choice; one side where the condition is a number, or both sides are one."""
        condition, one, other = args
        if self.kind[condition] == NUM:
            return one if self.data[condition] else other
        return one if one == other else self.intern(FUN, ("select", args))

    def opposite(self, term: int) -> int | None:
        """-term, if term is written with a minus throughout."""
        kind, data = self.kind[term], self.data[term]
        if kind == NUM and data < 0:
            return self.number(-data)
        if kind == PRODUCT and data[0] < 0:
            return self.product([(term, 1)], -1)
        if kind == SUM and data[0] <= 0 and all(count < 0 for _, count in data[1]):
            return self.product([(term, 1)], -1)
        return None
