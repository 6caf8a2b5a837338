"""Powers, roots and logarithms of floats."""

from __future__ import annotations

import math
from math import copysign, fabs, frexp, ldexp, log

from adcli.arithmetic.floats.multiprecision import nearest
from adcli.arithmetic.floats.rounding import TINY, finite, product_error

LN10_INVERSE = 0.4342944819032518
LN2_INVERSE = 1.4426950408889634


def power(x: float, y: float) -> float:
    """x^y in the reals; 0^0 is 1. ValueError for a negative x with a fractional y."""
    try:
        return math.pow(x, y)
    except ValueError:
        if x == 0:
            raise ZeroDivisionError("0 has no negative power") from None
        raise


def pow_by_base(x: float, y: float) -> float:
    """y*x^(y-1), and 0 for y = 0. Where y - 1 would be rounded, y*x^y/x.

    A power that underflows is replaced by the square of its root, or digits would be lost in it.
    """
    if y == 0:
        return 0.0
    if y >= 0.5:
        slope = power(x, y - 1.0)
        if fabs(slope) < TINY and x:
            root = math.pow(fabs(x), 0.5 * (y - 1.0))
            return copysign(y * root * root, slope)
        return finite(y * slope)
    value = power(x, y)
    if fabs(value) < TINY:
        root = math.pow(fabs(x), 0.5 * y)
        return copysign(y * root / x * root, -value / x)
    x_part, x_exponent = frexp(x)
    y_part, y_exponent = frexp(y)
    return ldexp(y_part * value / x_part, y_exponent - x_exponent)


def pow_by_exponent(x: float, y: float) -> float:
    """x^y*ln(x), and 0 for x = 0 < y. The domain is x > 0, or x = 0 and y > 0."""
    if x == 0 < y:
        return 0.0
    rate = log(x)
    value = math.pow(x, y)
    if value < TINY:
        root = math.pow(x, 0.5 * y)
        return root * rate * root
    return finite(value * rate)


def square(x: float) -> float:
    """x^2."""
    return finite(x * x)


def cbrt(x: float) -> float:
    """The real cube root: the C library's, which may be some ulp off, and one step of Newton's method."""
    if x == 0:
        return x
    part, exponent = frexp(x)
    third = exponent // 3
    part = ldexp(part, exponent - 3 * third)
    root = math.cbrt(part)
    square = root * root
    excess = square * root - part + product_error(square, root) + root * product_error(root, root)
    return ldexp(root - excess / (3.0 * square), third)


def hypot(*args: float) -> float:
    """The length of the vector of the args."""
    return finite(math.hypot(*args))


def hypot_slope(x: float, *args: float) -> float:
    """x/hypot(args), for an x among the args; ZeroDivisionError where all are 0."""
    exponent = frexp(max(map(fabs, args)))[1]
    return ldexp(x, -exponent) / math.hypot(*(ldexp(a, -exponent) for a in args))


def log10_slope(x: float) -> float:
    """1/(x*ln(10)); the product could overflow."""
    return finite(LN10_INVERSE / x)


def log2_slope(x: float) -> float:
    """1/(x*ln(2)); the product could overflow."""
    return finite(LN2_INVERSE / x)


def log_base(x: float, b: float) -> float:
    """ln(x)/ln(b), exact where x is a whole power of b; ZeroDivisionError for b = 1."""
    ratio = log(x) / log(b)
    whole = float(round(ratio))
    if whole != ratio and fabs(ratio - whole) < 1e-13 * fabs(ratio) and 1e-300 < x < 1e300 and b**whole == x:
        return whole
    return ratio


def log_by_argument(x: float, b: float) -> float:
    """1/(x*ln(b)) for x > 0; the product could overflow."""
    return finite(1.0 / log(b) / x)


def log_by_base(x: float, b: float) -> float:
    """-log(x, b)/(b*ln(b)): six roundings in floats, so it comes from multiprecision."""
    return nearest(lambda mp, x, b: -mp.ln(x) / (b * mp.ln(b) ** 2), x, b) if x != 1 else 0.0
