"""The closed form as a number: + - * / and comparisons, together with ints and Fractions.

A result that is rational is a Fraction. Sums are compared by form, sides are told by intervals.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from adcli.arithmetic.closed import bounds
from adcli.arithmetic.closed.terms import (
    EULER,
    ONE,
    ROUND,
    UNIT,
    Monomial,
    Sum,
    added,
    multiplied,
    ratio,
    reciprocal,
    scaled,
    weight,
)
from adcli.arithmetic.closed.writing import written

if TYPE_CHECKING:
    from adcli.notation import Notation, Piece

Number = int | Fraction


class Closed:
    """An irrational number: the quotient of two sums, the lower one 1 where it can be."""

    __slots__ = ("bottom", "hashed", "held", "top", "weight")

    def __init__(self, top: Sum, bottom: Sum = ONE) -> None:
        self.top = top
        self.bottom = bottom
        self.weight = weight(top) + (0 if bottom is ONE else weight(bottom))
        self.hashed: int | None = None  # an exponent may be such a number again, so it is found once
        self.held: tuple[int, Any] | None = None  # bits, and the interval that holds it in so many

    @property
    def whole(self) -> bool:
        """Whether it is a sum, without a denominator of its own."""
        return self.bottom is ONE

    def __add__(self, other: Any) -> Any:
        y = as_sums(other)
        if y is None:
            return NotImplemented
        if same(self.bottom, y.bottom):
            return made(added(self.top, y.top), self.bottom)
        crossed = added(multiplied(self.top, y.bottom), multiplied(y.top, self.bottom))
        return made(crossed, multiplied(self.bottom, y.bottom))

    __radd__ = __add__

    def __neg__(self) -> Closed:
        return Closed(scaled(self.top, Fraction(-1)), self.bottom)

    def __pos__(self) -> Closed:
        return self

    def __sub__(self, other: Any) -> Any:
        return self + -other if as_sums(other) is not None else NotImplemented

    def __rsub__(self, other: Any) -> Any:
        return -self + other

    def __mul__(self, other: Any) -> Any:
        if isinstance(other, Number):
            return made(scaled(self.top, Fraction(other)), self.bottom)
        y = as_sums(other)
        if y is None:
            return NotImplemented
        if same(self.top, y.bottom) or same(self.bottom, y.top):  # x·(1/x)
            top, bottom = (y.top, self.bottom) if same(self.top, y.bottom) else (self.top, y.bottom)
            return made(top, bottom)
        return made(multiplied(self.top, y.top), multiplied(self.bottom, y.bottom))

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Any:
        if isinstance(other, Number):
            return self * (1 / Fraction(other))
        return self * inverse(other) if isinstance(other, Closed) else NotImplemented

    def __rtruediv__(self, other: Any) -> Any:
        return inverse(self) * other if as_sums(other) is not None else NotImplemented

    def __pow__(self, n: int) -> Any:
        """A whole power, by squaring."""
        base = inverse(self) if n < 0 else self
        result: Any = Fraction(1)
        n = abs(n)
        while n:
            if n & 1:
                result = result * base
            n >>= 1
            base = base * base if n else base
        return result

    def __abs__(self) -> Closed:
        return self if bounds.sign(self) > 0 else -self

    def __bool__(self) -> bool:
        return True

    def __eq__(self, other: object) -> bool:
        if self is other or not isinstance(other, Closed):
            return self is other  # what is rational is a Fraction
        if self.whole and other.whole:  # sums are equal where their forms are
            return hash(self) == hash(other) and self.top == other.top
        return bool(self - other == 0)

    def __hash__(self) -> int:
        if self.hashed is None:
            self.hashed = hash(frozenset(self.top.items())) if self.whole else hash(Closed)
        return self.hashed

    def __lt__(self, other: Any) -> bool:
        return side(self - other) < 0

    def __gt__(self, other: Any) -> Any:
        return side(self - other) > 0

    def __le__(self, other: Any) -> Any:
        return side(self - other) <= 0

    def __ge__(self, other: Any) -> Any:
        return side(self - other) >= 0

    def __floor__(self) -> int:
        return bounds.floor(self)

    def __ceil__(self) -> int:
        return bounds.floor(self) + 1

    def __round__(self) -> int:
        found: int = math.floor(self + Fraction(1, 2))  # irrational, so never halfway
        return found

    def __trunc__(self) -> int:
        return math.floor(self) if bounds.sign(self) > 0 else math.ceil(self)

    def __floordiv__(self, other: Any) -> int:
        found: int = math.floor(self / other)
        return found

    def __mod__(self, other: Any) -> Any:
        return self - (self // other) * other

    def __float__(self) -> float:
        return bounds.nearest(self)

    def piece(self, notation: Notation | None = None) -> Piece:
        """The number as a formula."""
        return written(self.top, self.bottom, notation)

    def as_json(self) -> str:
        """The formula with Unicode signs."""
        return self.piece().text

    def __str__(self) -> str:
        return self.piece().text

    __repr__ = __str__


def as_sums(x: Any) -> Closed | None:
    """A number of any kind as a quotient of sums; None for what is none."""
    if isinstance(x, Closed):
        return x
    if isinstance(x, (int, Fraction, float)) and math.isfinite(x):
        return Closed({UNIT: Fraction(x)} if x else {})
    return None


def same(x: Sum, y: Sum) -> bool:
    """Whether two sums are equal by form; 1 alone does not count as a factor to cancel."""
    return x is y or x == y


def made(top: Sum, bottom: Sum = ONE) -> Fraction | Closed:
    """The quotient of two sums, as a Fraction where it is rational."""
    if bottom is not ONE:
        if (constant := ratio(top, bottom)) is not None:
            return constant
        if (turned := reciprocal(bottom)) is not None:
            top, bottom = multiplied(top, turned), ONE
    if not top:
        return Fraction(0)
    if bottom is ONE and top.keys() == {UNIT}:
        return top[UNIT]
    if bottom is not ONE:
        top, bottom = tidied(top, bottom)
    return Closed(top, bottom)


def tidied(top: Sum, bottom: Sum) -> tuple[Sum, Sum]:
    """The same quotient with whole coefficients below that have no common factor, the first positive."""
    below = [bottom[monomial] for monomial in sorted(bottom, key=repr)]
    content = Fraction(math.gcd(*(c.numerator for c in below)), math.lcm(*(c.denominator for c in below)))
    factor = 1 / (content if below[0] > 0 else -content)
    return scaled(top, factor), scaled(bottom, factor)


def inverse(x: Closed) -> Any:
    """1/x; a sum that no interval tells from 0 is not divided by."""
    if len(x.top) > 1:
        bounds.sign(x)
    return made(x.bottom, x.top)


def side(x: Any) -> int:
    """-1, 0 or 1: the sign of a Fraction or a closed form."""
    return bounds.sign(x) if isinstance(x, Closed) else (x > 0) - (x < 0)


def single(x: Any) -> tuple[Fraction, Monomial] | None:
    """Coefficient and monomial of a number of one term; None for a sum or a quotient."""
    if isinstance(x, Number):
        return Fraction(x), UNIT
    if not x.whole or len(x.top) != 1:
        return None
    ((monomial, coefficient),) = x.top.items()
    return coefficient, monomial


def term(coefficient: Number, *powers: tuple[Any, Any]) -> Any:
    """A rational times powers of atoms."""
    from adcli.arithmetic.closed.terms import collected

    factor, monomial = collected(powers)
    return made({monomial: coefficient * factor} if coefficient else {})


def terms(x: Any) -> Mapping[Monomial, Fraction]:
    """The terms of a number without a denominator."""
    found = as_sums(x)
    return {} if found is None else found.top


PI = term(1, (ROUND, Fraction(1)))
EULERS = term(1, (EULER, Fraction(1)))
