"""The error function's tail, the normal distribution and gelu, as floats."""

from __future__ import annotations

import math
from typing import Any

from adcli.arithmetic.floats.multiprecision import nearest
from adcli.arithmetic.floats.rounding import product_error

ROOT_HALF = 0.7071067811865476
TWO_OVER_ROOT_PI = 1.1283791670955126
ONE_OVER_ROOT_TAU = 0.3989422804014327
FAR = 39.0  # beyond, e^(-x²/2) is less than the least float
NEAR = -0.3  # above, neither normcdf nor the slope of gelu cancels


def bell(x: float, scale: float) -> float:
    """e^(-scale*x^2), for a scale of 1 or 1/2.

    The exponential magnifies the rounding error of x^2, so that is made good.
    """
    if not -FAR < x < FAR:
        return 0.0
    square = x * x
    value = math.exp(-scale * square)
    return value - value * (scale * product_error(x, x))


def erfc(x: float) -> float:
    """The complementary error function 1 - erf(x)."""
    if x < 0.5 or x > FAR:
        return math.erfc(x)
    return nearest(lambda mp, x: mp.erfc(x), x)


def erf_slope(x: float) -> float:
    """2/sqrt(pi)*e^(-x^2), Abramowitz and Stegun 7.1.1."""
    return TWO_OVER_ROOT_PI * bell(x, 1.0)


def normpdf(x: float) -> float:
    """e^(-x^2/2)/sqrt(2*pi), Abramowitz and Stegun 26.2.1."""
    return ONE_OVER_ROOT_TAU * bell(x, 0.5)


def mp_normcdf(mp: Any, x: Any) -> Any:
    """erfc(-x/sqrt(2))/2, Abramowitz and Stegun 26.2.29."""
    return mp.erfc(-x / mp.sqrt(2)) / 2


def normcdf(x: float) -> float:
    """The probability that a normal variable is at most x."""
    if x > NEAR or x < -FAR:
        return 0.5 * math.erfc(-ROOT_HALF * x)
    return nearest(mp_normcdf, x)


def gelu(x: float) -> float:
    """x*normcdf(x) (Hendrycks and Gimpel, Gaussian error linear units, 2016)."""
    if x > NEAR or x < -FAR:
        return x * normcdf(x)
    return nearest(lambda mp, x: x * mp_normcdf(mp, x), x)


def gelu_slope(x: float) -> float:
    """normcdf(x) + x*normpdf(x), which is 0 near x = -0.75."""
    if x > NEAR or x < -FAR:
        return normcdf(x) + x * normpdf(x)
    return nearest(lambda mp, x: mp_normcdf(mp, x) + x * mp.npdf(x), x)
