"""Products: like factors are collected, powers of powers opened, numbers multiplied."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING

from adcli.arithmetic.exact_functions import LARGEST
from adcli.simplify.kinds import (
    FUN,
    NOT_NEGATIVE,
    NUM,
    PRODUCT,
    SUM,
    TOWER,
    Factors,
    Number,
    plain,
    size,
    whole,
)
from adcli.simplify.roots import MOST_BITS, bits, power_of, rational_power

if TYPE_CHECKING:
    from adcli.simplify.terms import Terms

OPENING = {"abs": 2, "cbrt": 3}  # |u|² is u², and the third power of a cube root is its argument


class Product:
    """One product in the making: a number, factors with exponents, and what is still to be taken in."""

    __slots__ = ("coefficient", "factors", "terms", "work")

    def __init__(self, terms: Terms, coefficient: Number) -> None:
        self.terms = terms
        self.coefficient = coefficient
        self.factors: Factors = {}
        self.work: list[tuple[int, Number]] = []

    def of(self, parts: Iterable[tuple[int, Number]]) -> int:
        """The product of terms to some powers."""
        terms, work = self.terms, self.work
        work.extend(parts)
        while work:
            while work:
                self.take(*work.pop())
            for base, exponent in list(self.factors.items()):
                if not exponent:
                    del self.factors[base]
                elif self.opens(base, exponent):
                    work.append((base, self.factors.pop(base)))
            self.join_opposites()
            self.join_signs()
            self.join_steps()
        if self.coefficient == 0 or self.has_slope_of_zero():
            return terms.number(0)
        if terms.chooses:
            choice = next((base for base in self.factors if terms.is_choice(base)), None)
            if choice is not None:
                return self.pushed(choice)
        return self.made()

    def has_slope_of_zero(self) -> bool:
        """Whether 0^u·ln(0) is here: the slope of a power of 0 by its exponent, which is 0."""
        terms, zero = self.terms, self.terms.number(0)
        towers = (terms.data[base][0] for base in self.factors if terms.kind[base] == TOWER)
        return zero in towers and terms.index.get((FUN, ("ln", (zero,)))) in self.factors

    def join_signs(self) -> None:
        """sign(u)·|u|^n is u^n for odd n, and the other way round: at 0 both are 0, or both undefined."""
        terms, found = self.terms, self.factors
        for base in [base for base, power in found.items() if power == 1]:
            if terms.kind[base] == FUN and terms.data[base][0] == "sign":
                (inner,) = args = terms.data[base][1]
                absolute = terms.index.get((FUN, ("abs", args)), -1)
                power = found.get(absolute, 0)
                if whole(power) and power % 2:
                    del found[base], found[absolute]
                    self.work.append((inner, power))
                elif once := self.holds(inner):
                    del found[base]
                    self.work += [(terms.intern(FUN, ("abs", args)), once), (inner, -once)]

    def join_steps(self) -> None:
        """step(u)^n is step(u), and u·step(u) is relu(u); at 0 as well."""
        terms, found = self.terms, self.factors
        for base, power in list(found.items()):
            if power > 0 and terms.kind[base] == FUN and terms.data[base][0] == "step":
                (inner,) = args = terms.data[base][1]
                if self.holds(inner) == 1:
                    del found[base]
                    self.work += [(terms.intern(FUN, ("relu", args)), 1), (inner, -1)]
                else:
                    found[base] = 1

    def holds(self, term: int) -> int:
        """1 where a term is among the factors, in pieces too, -1 where its inverse is, else 0."""
        terms, found = self.terms, self.factors
        if terms.kind[term] == SUM and term not in found:
            term = terms.divided(term, terms.content(term))
        powers = [Fraction(found.get(base, 0)) / power for base, power in terms.factors(term)[1]]
        return 1 if min(powers) >= 1 else -1 if max(powers) <= -1 else 0

    def join_opposites(self) -> None:
        """Powers of a sum and of its negative become one; a root keeps its sum, so the other gives way."""
        terms = self.terms
        for base, exponent in list(self.factors.items()):
            if not whole(exponent) and terms.kind[base] == SUM and terms.content(base) < 0:
                power = self.factors.get(terms.scaled(base, -1), 0)
                if power and whole(power):
                    del self.factors[terms.scaled(base, -1)]
                    self.coefficient *= -1 if power % 2 else 1
                    self.put(base, power)

    def opens(self, base: int, exponent: Number) -> bool:
        """Whether a collected power is to be taken apart: of a product, or of a number beyond its root."""
        kind = self.terms.kind[base]
        if kind == PRODUCT:
            return whole(exponent) and base not in self.terms.closed
        if kind == SUM:  # a root keeps its sum as it is, until its power is whole
            return whole(exponent) and self.terms.content(base) != 1 and base not in self.terms.closed
        return kind == NUM and not 0 < exponent < 1

    def put(self, base: int, exponent: Number) -> None:
        """Collect a factor."""
        self.factors[base] = self.factors.get(base, 0) + exponent

    def take(self, term: int, exponent: Number) -> None:
        """Take in term^exponent, or put its pieces back to work."""
        terms = self.terms
        kind = terms.kind[term]
        if kind == NUM:
            self.number(terms.data[term], exponent)
        elif term in terms.closed:
            self.put(term, exponent)
        elif kind == PRODUCT:
            self.whole_power(term, exponent) if whole(exponent) else self.root(term, exponent)
        elif kind == SUM:
            self.sum(term, exponent)
        elif kind == FUN and terms.data[term][0] in OPENING:
            self.function(term, exponent)
        else:
            self.put(term, exponent)

    def number(self, value: Number, exponent: Number) -> None:
        """Take in a power of a number; its roots are factors."""
        number, roots = rational_power(value, exponent)
        self.coefficient *= number
        if bits(self.coefficient) > MOST_BITS:
            raise OverflowError
        for root, power in roots:
            self.put(self.terms.number(root), power)

    def whole_power(self, term: int, exponent: Number) -> None:
        """Take in a whole power of a product, factor by factor."""
        terms = self.terms
        coefficient, factors = terms.data[term]
        self.coefficient *= raised(coefficient, exponent)
        for base, power in factors:
            # Most bases are what they are in any product; only roots and |u| may open now.
            if not whole(power) or (terms.kind[base] == FUN and terms.data[base][0] in OPENING):
                self.work.append((base, power * exponent))
            else:
                self.put(base, power * exponent)

    def sum(self, term: int, exponent: Number) -> None:
        """Take in a power of a sum, without the common divisor of its coefficients where that has one."""
        content = self.terms.content(term)
        if content < 0 and not whole(exponent):
            content = -content
        if content != 1:
            number, roots = rational_power(content, exponent)
            if not roots:
                self.coefficient *= number
                term = self.terms.divided(term, content)
        self.put(term, exponent)

    def function(self, term: int, exponent: Number) -> None:
        """Take in a power of |u| or of a cube root: u in the place of each full period."""
        name, (inner,) = self.terms.data[term]
        power = self.factors.pop(term, 0) + exponent
        period = OPENING[name]
        if whole(power) and size(power) >= period:
            times = int(power) // period if power > 0 else -(-int(power) // period)
            self.work.append((inner, times * (2 if name == "abs" else 1)))
            power -= period * times
        if power:
            self.put(term, power)

    def root(self, term: int, exponent: Number) -> None:
        """Take in a power of a product that is not whole: what is never negative is taken out of it."""
        terms = self.terms
        coefficient, factors = terms.data[term]
        inside: list[tuple[int, Number]] = []
        for base, power in factors:
            if terms.sign[base] >= NOT_NEGATIVE or not whole(power):
                self.work.append((base, power * exponent))
            else:
                inside.append((base, power))
        left = 1 if coefficient > 0 else -1
        if inside and rational_power(size(coefficient), exponent)[1]:
            left = coefficient
        else:
            self.number(size(coefficient), exponent)
        if not inside:
            if left != 1:
                raise ValueError
        elif left == 1 and len(inside) == 1 and inside[0][1] % 2:
            # x^3 has a root only where x has one.
            self.put(inside[0][0], inside[0][1] * exponent)
        else:
            self.put(terms.from_factors(left, tuple(inside)), exponent)

    def pushed(self, choice: int) -> int:
        """A product with a choice as the choice between two products: the other side is not looked at."""
        terms, found = self.terms, self.factors
        condition, *sides = terms.data[choice][1]
        if len(found) == 1 and found[choice] == 1 == self.coefficient:
            return choice
        exponent = found.pop(choice)
        made = []
        for place, side in enumerate(sides):
            rest = [
                (terms.data[base][1][1 + place], power)
                if terms.is_choice(base) and terms.data[base][1][0] == condition
                else (base, power)
                for base, power in found.items()
            ]
            made.append(terms.product([(side, exponent), *rest], self.coefficient))
        return terms.function("select", (condition, *made))

    def made(self) -> int:
        """The product of the factors; a number times a sum is a sum."""
        terms, found = self.terms, self.factors
        coefficient = plain(self.coefficient)
        if not found:
            return terms.number(coefficient)
        if len(found) == 1:
            ((base, exponent),) = found.items()
            if exponent == 1 and terms.kind[base] == SUM:
                return terms.scaled(base, coefficient)
        factors = sorted((base, plain(exponent)) for base, exponent in found.items())
        return terms.from_factors(coefficient, tuple(factors))


def raised(number: Number, exponent: Number) -> Number:
    """A number to a whole power."""
    if exponent == 1 or number == 1:
        return number
    if size(exponent) * max(number.numerator.bit_length(), number.denominator.bit_length()) > LARGEST:
        raise OverflowError
    return power_of(number, int(exponent))
