"""What kinds of terms there are, and what the parts of the simplifier know of numbers."""

from __future__ import annotations

from fractions import Fraction

NUM, ATOM, FUN, TOWER, SUM, PRODUCT = range(6)
UNKNOWN, NOT_NEGATIVE, POSITIVE = range(3)

Number = int | Fraction
Factors = dict[int, Number]
INPUT_MARK = "="


def plain(value: Number) -> Number:
    """A whole fraction as an int."""
    return value if type(value) is int or value.denominator != 1 else value.numerator


def whole(value: Number) -> bool:
    """Whether a number is an integer."""
    return type(value) is int or value.denominator == 1  # isinstance asks Fraction's abstract bases: slow


def size(value: Number) -> Number:
    """The absolute value; abs() forgets the type of a union."""
    return value if value >= 0 else -value
