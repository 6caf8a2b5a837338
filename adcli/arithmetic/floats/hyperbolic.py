"""Hyperbolic functions of floats, and their slopes.

Beyond 20, cosh and sinh are e^|x|/2 to the last digit.
"""

from __future__ import annotations

from math import copysign, exp, expm1, fabs, hypot, sinh, sqrt

from adcli.arithmetic.floats.multiprecision import nearest
from adcli.arithmetic.floats.rounding import finite
from adcli.arithmetic.floats.smooth import sigmoid_slope

FAR = 20.0


def sech(x: float) -> float:
    """1/cosh(x), as 2e^-|x|/(1 + e^-2|x|)."""
    falling = exp(-fabs(x))
    return 2.0 * falling / (1.0 + falling * falling)


def csch(x: float) -> float:
    """1/sinh(x)."""
    return finite(1.0 / sinh(x)) if fabs(x) < FAR else copysign(2.0 * exp(-fabs(x)), x)


def coth(x: float) -> float:
    """1/tanh(x), as 1 + 2/(e^2x - 1)."""
    return copysign(finite(1.0 + 2.0 / expm1(2.0 * fabs(x))) if fabs(x) < FAR else 1.0, x)


def sech_squared(x: float) -> float:
    """1/cosh(x)^2, as 4/(e^2x + 2 + e^-2x)."""
    return 4.0 * sigmoid_slope(2.0 * x)


def csch_squared(x: float) -> float:
    """1/sinh(x)^2."""
    if fabs(x) < FAR:
        return nearest(lambda mp, x: mp.csch(x) ** 2, x)
    return 4.0 * exp(-2.0 * fabs(x))


def sech_slope(x: float) -> float:
    """-sech(x)*tanh(x)."""
    if 0.0 < fabs(x) < FAR:
        return nearest(lambda mp, x: -mp.sech(x) * mp.tanh(x), x)
    return copysign(2.0 * exp(-fabs(x)), -x) if x else 0.0


def asinh_slope(x: float) -> float:
    """1/sqrt(x^2 + 1)."""
    return 1.0 / hypot(x, 1.0)


def acosh_slope(x: float) -> float:
    """1/sqrt(x^2 - 1), by the roots of x - 1 and x + 1; ZeroDivisionError at x = 1."""
    return 1.0 / (sqrt(x - 1.0) * sqrt(x + 1.0))


def atanh_slope(x: float) -> float:
    """1/(1 - x^2), by the product (1 - x)(1 + x)."""
    return 1.0 / ((1.0 - x) * (1.0 + x))
