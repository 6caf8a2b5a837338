"""Powers of numbers: 12^(1/2) is 2·3^(1/2), 2^(-1/2) is 1/2·2^(1/2)."""

from __future__ import annotations

from fractions import Fraction

from adcli.simplify.kinds import Number, size

LARGEST_DIVISOR = 1000
MOST_BITS = 1_000  # of a number that is written out; a longer one is no literal of the language


def power_of(number: Number, exponent: int) -> Number:
    """A number to a whole power; ZeroDivisionError for 0^-1, OverflowError for too many digits."""
    if abs(number) != 1 and abs(exponent) * bits(number) > MOST_BITS:
        raise OverflowError
    if exponent >= 0:
        return number**exponent
    found = Fraction(number) ** exponent
    return found.numerator if found.denominator == 1 else found


def bits(number: Number) -> int:
    """How long a number is."""
    return max(number.numerator.bit_length(), number.denominator.bit_length())


def rational_power(number: Number, exponent: Number) -> tuple[Number, list[tuple[int, Fraction]]]:
    """number^exponent as a number, and whole bases with exponents between 0 and 1.

    ValueError for the root of a negative number, OverflowError for a power that is too large to write.
    """
    if size(exponent) > 10_000:
        raise OverflowError
    if isinstance(exponent, int) or exponent.denominator == 1:
        return power_of(number, int(exponent)), []
    if number < 0:
        raise ValueError
    if number in (0, 1):
        return power_of(number, 1 if exponent > 0 else -1), []
    found: Number = 1
    roots: list[tuple[int, Fraction]] = []
    for value, sign in ((number.numerator, 1), (number.denominator, -1)):
        for base, power in divisors(value):
            total = power * exponent * sign
            outside = total.numerator // total.denominator
            found = found * power_of(base, outside)
            if total != outside:
                roots.append((base, total - outside))
    return found, roots


def divisors(value: int) -> list[tuple[int, int]]:
    """Small prime divisors with their powers, and what is left."""
    found: list[tuple[int, int]] = []
    divisor = 2
    while divisor * divisor <= value and divisor < LARGEST_DIVISOR:
        power = 0
        while value % divisor == 0:
            value //= divisor
            power += 1
        if power:
            found.append((divisor, power))
        divisor += 1
    if value > 1:
        found.append((value, 1))
    return found
