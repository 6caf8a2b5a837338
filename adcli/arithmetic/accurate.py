"""Functions of floats that need more than one call of the C library to be right to a few ulp.

An ulp is the distance between neighbouring floats. Sums and products that cancel or are magnified
are carried as a float and its rounding error (Dekker, A floating-point technique for extending the
available precision, Numerische Mathematik 18, 1971).
"""

from __future__ import annotations

import math
from math import copysign, cos, exp, expm1, fabs, frexp, inf, ldexp, log, log1p, sin, sqrt

TINY = 2.2250738585072014e-308  # the least normal float: below it digits are lost
LN10_INVERSE = 0.4342944819032518
LN2_INVERSE = 1.4426950408889634


def finite(value: float) -> float:
    """The value itself; OverflowError when it is too large for a float."""
    if -inf < value < inf:
        return value
    raise OverflowError("the result is too large")


def product_error(x: float, y: float) -> float:
    """What x*y loses to rounding, exactly, where nothing over- or underflows (Veltkamp's splitting)."""
    big = 134217729.0 * x  # 2^27 + 1
    x_high = big - (big - x)
    x_low = x - x_high
    big = 134217729.0 * y
    y_high = big - (big - y)
    y_low = y - y_high
    return ((x_high * y_high - x * y) + x_high * y_low + x_low * y_high) + x_low * y_low


def difference_error(x: float, y: float, rounded: float) -> float:
    """What the difference x - y loses when it is rounded, exactly (Knuth's two-sum)."""
    y_part = x - rounded
    return (x - (rounded + y_part)) - (y - y_part)


# Powers and roots


def power(x: float, y: float) -> float:
    """x^y in the reals: 0^0 is 1; ValueError for a negative x with a fractional y."""
    try:
        return math.pow(x, y)
    except ValueError:
        if x == 0:
            raise ZeroDivisionError("0 cannot be raised to a negative power") from None
        raise


def halved_power(x: float, y: float) -> float:
    """The square root of |x|^y, which does not underflow where x^y does."""
    return math.pow(fabs(x), 0.5 * y)


def pow_by_base(x: float, y: float) -> float:
    """y*x^(y-1). Where y - 1 would be rounded, y*x^y/x."""
    if y == 0:
        return 0.0
    if y < 0.5:
        z = power(x, y)
        x_part, x_exponent = frexp(x)
        y_part, y_exponent = frexp(y)
        return finite_ldexp(y_part * z / x_part, y_exponent - x_exponent)
    slope = power(x, y - 1)
    if -TINY < slope < TINY and x != 0:
        root = copysign(halved_power(x, y - 1), slope)
        return y * root * fabs(root)
    return finite(y * slope)


def finite_ldexp(x: float, exponent: int) -> float:
    """x*2^exponent."""
    return ldexp(x, exponent)


def pow_by_exponent(x: float, y: float) -> float:
    """x^y*ln(x), and 0 for x = 0 < y. The domain is x > 0, or x = 0 and y > 0."""
    if x == 0 < y:
        return 0.0
    rate = log(x)
    z = math.pow(x, y)
    if z < TINY:
        root = halved_power(x, y)
        return root * (rate * root)
    return finite(z * rate)


def cbrt(x: float) -> float:
    """The real cube root, by one step of Newton's method from the C library's."""
    root = math.cbrt(x)
    if root == 0 or not -1e290 < x < 1e290 or -1e-250 < x < 1e-250:
        if root == 0:
            return x
        part, exponent = frexp(x)
        shift = exponent // 3 * 3
        return ldexp(cbrt(ldexp(part, exponent - shift)), shift // 3)
    square = root * root
    cube = square * root
    excess = (cube - x) + product_error(square, root) + product_error(root, root) * root
    return root - excess / (3.0 * square)


def hypot_slope(x: float, *args: float) -> float:
    """x/hypot(args), for an x among the args; ZeroDivisionError where all are 0."""
    exponent = frexp(max(map(fabs, args)))[1]
    return ldexp(x, -exponent) / math.hypot(*(ldexp(a, -exponent) for a in args))


# Logarithms


def log_base(x: float, b: float) -> float:
    """ln(x)/ln(b), exact where x is a power of b with a small whole exponent; b = 1 is a ZeroDivisionError."""
    ratio = finite(log(x) / log(b))
    whole = round(ratio)
    if whole != ratio and fabs(ratio - whole) < 1e-13 * fabs(ratio) and fabs(whole) < 1e3 and b**whole == x:
        return float(whole)
    return ratio


def log_by_argument(x: float, b: float) -> float:
    """1/(x*ln(b))."""
    if x <= 0:
        log(x)
    return finite(1.0 / log(b) / x)


def log_by_base(x: float, b: float) -> float:
    """-log(x, b)/(b*ln(b))."""
    return finite(-log_base(x, b) / log(b) / b)


def log10_slope(x: float) -> float:
    """1/(x*ln(10)) without overflow of the product."""
    return finite(LN10_INVERSE / x)


def log2_slope(x: float) -> float:
    """1/(x*ln(2)) without overflow of the product."""
    return finite(LN2_INVERSE / x)


# Trigonometric functions


def reciprocal(x: float) -> float:
    """1/x."""
    return finite(1.0 / x)


def sec(x: float) -> float:
    """1/cos(x): never a pole, as no float is an odd multiple of pi/2."""
    return 1.0 / cos(x)


def csc(x: float) -> float:
    """1/sin(x)."""
    return reciprocal(sin(x))


def cot(x: float) -> float:
    """1/tan(x)."""
    return reciprocal(math.tan(x))


def sec_squared(x: float) -> float:
    """1/cos(x)^2."""
    cosine = cos(x)
    return 1.0 / (cosine * cosine)


def csc_squared(x: float) -> float:
    """1/sin(x)^2."""
    sine = sin(x)
    if -1e-150 < sine < 1e-150:
        return finite(1.0 / sine / sine)
    return 1.0 / (sine * sine)


def asin_slope(x: float) -> float:
    """1/sqrt(1 - x^2), as the product (1 - x)(1 + x); ZeroDivisionError at the ends."""
    return 1.0 / sqrt((1.0 - x) * (1.0 + x))


def atan_slope(x: float) -> float:
    """1/(1 + x^2)."""
    if -1e150 < x < 1e150:
        return 1.0 / (1.0 + x * x)
    return 1.0 / x / x


def acot(x: float) -> float:
    """pi/2 - atan(x), in (0, pi)."""
    return math.atan2(1.0, x)


def over_square(part: float, y: float, x: float) -> float:
    """part/(x^2 + y^2), for a part that is x or y; ZeroDivisionError at (0, 0)."""
    exponent = max(frexp(x)[1], frexp(y)[1]) if x and y else frexp(x + y)[1]
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


# Hyperbolic functions


def sech(x: float) -> float:
    """1/cosh(x), as 2/(e^x + e^-x) without overflow."""
    falling = exp(-fabs(x))
    return 2.0 * falling / (1.0 + falling * falling)


def csch(x: float) -> float:
    """1/sinh(x)."""
    if -20.0 < x < 20.0:
        return reciprocal(math.sinh(x))
    return copysign(2.0 * exp(-fabs(x)), x)


def coth(x: float) -> float:
    """1/tanh(x), as 1 + 2/(e^2x - 1)."""
    size = fabs(x)
    return copysign(finite(1.0 + 2.0 / expm1(2.0 * size)), x) if size < 20.0 else copysign(1.0, x)


def sech_squared(x: float) -> float:
    """1/cosh(x)^2, as 4e^-2x/(1 + e^-2x)^2."""
    falling = exp(-2.0 * fabs(x))
    total = 1.0 + falling
    return 4.0 * falling / (total * total)


def csch_squared(x: float) -> float:
    """1/sinh(x)^2."""
    if -20.0 < x < 20.0:
        value = csch(x)
        return finite(value * value)
    return 4.0 * exp(-2.0 * fabs(x))


def asinh_slope(x: float) -> float:
    """1/sqrt(x^2 + 1)."""
    return 1.0 / math.hypot(x, 1.0)


def acosh_slope(x: float) -> float:
    """1/sqrt(x^2 - 1), as the product of the roots of x - 1 and x + 1; ZeroDivisionError at x = 1."""
    return 1.0 / (sqrt(x - 1.0) * sqrt(x + 1.0))


def atanh_slope(x: float) -> float:
    """1/(1 - x^2), as 1/((1 - x)(1 + x))."""
    return 1.0 / ((1.0 - x) * (1.0 + x))


# Smooth steps


def sigmoid(x: float) -> float:
    """1/(1 + e^-x), by the exponential that does not overflow."""
    if x >= 0:
        return 1.0 / (1.0 + exp(-x))
    rising = exp(x)
    return rising / (1.0 + rising)


def logit(x: float) -> float:
    """ln(x/(1 - x)); between 1/4 and 3/4 by atanh of 2x - 1, which is exact."""
    if 0.25 <= x <= 0.75:
        return 2.0 * math.atanh(2.0 * x - 1.0)
    if not 0.0 < x < 1.0:
        raise ValueError("logit needs an argument between 0 and 1")
    return log(x / (1.0 - x))


def softplus(x: float) -> float:
    """ln(1 + e^x)."""
    return x + log1p(exp(-x)) if x > 0 else log1p(exp(x))


def silu(x: float) -> float:
    """x/(1 + e^-x)."""
    if x < -700.0:
        root = exp(0.5 * x)
        return x * root * root
    return x * sigmoid(x)


def silu_slope(x: float) -> float:
    """sigmoid(x)*(1 + x*sigmoid(-x))."""
    if x < -700.0:
        root = exp(0.5 * x)
        return (1.0 + x) * root * root
    return sigmoid(x) * (1.0 + x * sigmoid(-x))


def logaddexp(x: float, y: float) -> float:
    """ln(e^x + e^y)."""
    high, low = (x, y) if x >= y else (y, x)
    drop = low - high
    rest = log1p(exp(drop) * (1.0 + difference_error(low, high, drop)))
    return high + rest


def logaddexp_slope(x: float, y: float) -> float:
    """e^x/(e^x + e^y): sigmoid of x - y, whose rounding error is made good."""
    gap = x - y
    return sigmoid(gap) * (1.0 + difference_error(x, y, gap) * sigmoid(-gap))


def sinc(x: float) -> float:
    """sin(x)/x, and 1 at 0."""
    return sin(x) / x if x else 1.0


def sinc_slope(x: float) -> float:
    """(cos(x) - sinc(x))/x, and 0 at 0."""
    return (cos(x) - sinc(x)) / x if x else 0.0


def square(x: float) -> float:
    """x^2."""
    return finite(x * x)


def hypot(*args: float) -> float:
    """The length of the vector of the arguments."""
    return finite(math.hypot(*args))
