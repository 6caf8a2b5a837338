"""Trigonometric functions of floats, and their slopes.

No float is a zero of cos, and 0 is the only zero of sin: a float is not a multiple of pi/2.
"""

from __future__ import annotations

import math
from math import cos, frexp, ldexp, sin, sqrt, tan

from adcli.arithmetic.floats.rounding import finite


def sec(x: float) -> float:
    """1/cos(x)."""
    return 1.0 / cos(x)


def csc(x: float) -> float:
    """1/sin(x)."""
    return finite(1.0 / sin(x))


def cot(x: float) -> float:
    """1/tan(x)."""
    return finite(1.0 / tan(x))


def sec_squared(x: float) -> float:
    """1/cos(x)^2."""
    cosine = cos(x)
    return 1.0 / (cosine * cosine)


def csc_squared(x: float) -> float:
    """1/sin(x)^2; the square could underflow."""
    sine = sin(x)
    if -1e-150 < sine < 1e-150:
        return finite(1.0 / sine / sine)
    return 1.0 / (sine * sine)


def asin_slope(x: float) -> float:
    """1/sqrt(1 - x^2), by the product (1 - x)(1 + x); ZeroDivisionError at the ends."""
    return 1.0 / sqrt((1.0 - x) * (1.0 + x))


def atan_slope(x: float) -> float:
    """1/(1 + x^2); the square could overflow."""
    if -1e150 < x < 1e150:
        return 1.0 / (1.0 + x * x)
    return 1.0 / x / x


def acot(x: float) -> float:
    """pi/2 - atan(x), in (0, pi): the angle of the point (x, 1)."""
    return math.atan2(1.0, x)


def over_square(part: float, y: float, x: float) -> float:
    """part/(x^2 + y^2), for a part of x or y, scaled by a power of 2; ZeroDivisionError at (0, 0)."""
    exponent = frexp(max(x, y, -x, -y))[1]
    x, y = ldexp(x, -exponent), ldexp(y, -exponent)
    part, part_exponent = frexp(part)
    return ldexp(part / (x * x + y * y), part_exponent - 2 * exponent)


def atan2_by_y(y: float, x: float) -> float:
    """x/(x^2 + y^2)."""
    return over_square(x, y, x)


def atan2_by_x(y: float, x: float) -> float:
    """-y/(x^2 + y^2)."""
    return over_square(-y, y, x)


def degrees(x: float) -> float:
    """180*x/pi."""
    return finite(math.degrees(x))
