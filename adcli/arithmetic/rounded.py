"""Numbers as a person writes them down: every step is rounded to so many significant digits.

A step's value is computed from the rounded values before it and rounded once, halves away from zero.
What is carried along the edges keeps one digit more: a weight is computed from the rounded values as a
whole, a flow is the rounded product and a sum the rounded sum of numbers that were rounded before. So
every number can be checked with a pocket calculator from those beside it. The digit more is what hand
computation calls a guard digit; with it the sums of a sweep have the digits of the values that they are
made of (Griewank and Walther, Evaluating Derivatives, 2nd edition, tables 1.1 to 1.3, with 5 digits).
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from adcli.arithmetic import exact, exact_functions
from adcli.arithmetic.named import Named
from adcli.arithmetic.real import CONSTANTS, REAL
from adcli.notation import TABLE, figure
from adcli.notation.numerals import typeset_number, written
from adcli.primitives import TABLE as PRIMITIVES

if TYPE_CHECKING:
    from adcli.notation import Notation, Piece

LONGEST = 40  # a number that is given with fewer digits stays as it is,
GIVEN = 15  # and so does a float that has fewer in its shortest form
SMALLEST = sys.float_info.min  # smaller floats have fewer digits
SAME_AS_EXACT = (
    "add", "sub", "mul", "div", "neg", "square", "abs", "sign", "floor", "ceil", "round", "max", "min",
    "tie_share", "step", "relu", "leaky_relu", "leaky_slope", "stop", "lt", "le", "gt", "ge", "eq", "ne",
    "and", "or", "not", "select",
)  # fmt: skip


def rounded_to(x: Fraction, digits: int) -> Decimal:
    """A fraction in so many digits: all of them where it is rounded, no zeros at the end where it is not."""
    context = Context(prec=digits, rounding=ROUND_HALF_UP)
    found = context.divide(Decimal(x.numerator), Decimal(x.denominator))
    return found.normalize(context) if Fraction(found) == x else found


class Rounded:
    """A decimal number; sums and products with it are rounded to `digits` digits."""

    __slots__ = ("digits", "value")

    def __init__(self, value: Decimal, digits: int) -> None:
        self.value = value
        self.digits = digits

    def made(self, x: Fraction) -> Rounded:
        """A new number of this kind."""
        return Rounded(rounded_to(x, self.digits), self.digits)

    def __add__(self, other: Any) -> Rounded:
        return self.made(fraction(self) + fraction(other))

    def __sub__(self, other: Any) -> Rounded:
        return self.made(fraction(self) - fraction(other))

    def __mul__(self, other: Any) -> Rounded:
        return self.made(fraction(self) * fraction(other))

    def __neg__(self) -> Rounded:
        return Rounded(self.value.copy_negate(), self.digits)

    def __floordiv__(self, other: Any) -> int:
        return fraction(self) // fraction(other)

    def __mod__(self, other: Any) -> Fraction:
        return fraction(self) % fraction(other)

    def __bool__(self) -> bool:
        return bool(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, (Rounded, int, float, Fraction)) and fraction(self) == fraction(other)

    def __hash__(self) -> int:
        return hash(fraction(self))

    def __lt__(self, other: Any) -> bool:
        return fraction(self) < fraction(other)

    def __le__(self, other: Any) -> bool:
        return fraction(self) <= fraction(other)

    def __gt__(self, other: Any) -> bool:
        return fraction(self) > fraction(other)

    def __ge__(self, other: Any) -> bool:
        return fraction(self) >= fraction(other)

    def __float__(self) -> float:
        return float(self.value)

    def __int__(self) -> int:
        return int(self.value)

    def as_json(self) -> float | str:
        """The nearest float, whose shortest form is the number; a text beyond the range of floats."""
        near = float(self.value) + 0.0
        return str(self) if math.isinf(near) or (self.value and abs(near) < SMALLEST) else near

    def piece(self, notation: Notation = TABLE) -> Piece:
        """The number as it stands in a formula."""
        if notation.latex:
            from adcli.notation import latex

            return figure(latex.number(str(self)), notation)
        return figure(typeset_number(str(self)) if notation.minus != "-" else str(self), notation)

    def __str__(self) -> str:
        return written(self.value)

    __repr__ = __str__


def fraction(x: Any) -> Fraction:
    """A number as a fraction."""
    return Fraction(x.value) if isinstance(x, Rounded) else Fraction(x)


def by_float(op: str) -> Callable[..., Fraction]:
    """A primitive on fractions, by the real arithmetic: its shortest decimal form is right to 15 digits."""
    function = REAL.function(op)
    return lambda *args: Fraction(repr(float(function(*map(float, args)))))


def power(x: Fraction, y: Fraction) -> Fraction:
    """x^y, exactly where y is a small whole number."""
    return (
        Fraction(exact_functions.power(x, y))
        if y.denominator == 1 and abs(y) <= 20
        else by_float("pow")(x, y)
    )


class Fine(Named):
    """Fractions that are nowhere rounded on purpose: what is between two numbers that are written down."""

    def lift(self, value: int | Fraction | str) -> Fraction:
        """The constant; pi, e and tau in the digits of a float."""
        return Fraction(repr(CONSTANTS[value])) if isinstance(value, str) else Fraction(value)


FINE = Fine(
    "fine",
    {
        **{op: by_float(op) for op in PRIMITIVES},
        **{op: exact.FUNCTIONS[op] for op in SAME_AS_EXACT},
        "pow": power,
    },
)


class ByHand(Named):
    """The arithmetic of numbers that are rounded after every step."""

    fine = FINE

    def __init__(self, digits: int) -> None:
        self.digits = digits
        self.words = f"each step rounded to {count(digits)}, each slope and sum to {count(digits + 1)}"
        super().__init__("rounded", {op: partial(self.step, op) for op in PRIMITIVES})

    def step(self, op: str, *args: Any) -> Rounded:
        """A primitive on rounded numbers, rounded."""
        return self.settled(FINE.function(op)(*map(fraction, args)))

    def settled(self, value: Fraction) -> Rounded:
        """A number as the value of a step is written down."""
        return Rounded(rounded_to(value, self.digits), self.digits + 1)

    def lift(self, value: int | Fraction | str) -> Rounded:
        """The constant as it is, if it has a decimal form; pi, e and tau in the digits of a float."""
        given = FINE.lift(value)
        for digits in (LONGEST, GIVEN):
            short = rounded_to(given, digits).normalize()
            if len(short.as_tuple().digits) < digits:
                return Rounded(short, self.digits + 1)
        return self.settled(given)

    def partial(self, rule: Callable[..., Any]) -> Callable[..., Any]:
        """The rule of a partial, computed as a whole from rounded numbers and then rounded."""

        def weight(_m: Any, *args: Any) -> Rounded:
            exactly = (x if isinstance(x, int) else fraction(x) for x in args)
            return Rounded(rounded_to(Fraction(rule(FINE, *exactly)), self.digits + 1), self.digits + 1)

        return weight


def count(digits: int) -> str:
    """So many digits in words."""
    return f"{digits} digit{'' if digits == 1 else 's'}"


@cache
def rounded(digits: int) -> ByHand:
    """The arithmetic that rounds every step to so many significant digits, from 1 to 12.

    >>> rounded(4).function("div")(rounded(4).lift(2), rounded(4).lift(3))
    0.6667
    """
    if not 1 <= digits <= 12:
        raise ValueError("steps are rounded to 1 to 12 digits")
    return ByHand(digits)
