"""Sigmoid and its relatives, logaddexp and sinc, as floats.

Where terms cancel, so that floats cannot tell the result, it comes from multiprecision.
"""

from __future__ import annotations

from math import atanh, cos, exp, fabs, factorial, log, log1p, sin
from typing import Any

from adcli.arithmetic.floats.multiprecision import nearest
from adcli.arithmetic.floats.rounding import TINY, difference_error

NEARLY_SUBNORMAL = -700.0  # e^x is still normal here, and x*e^x too
SINC_SLOPES = tuple((-1) ** k * 2 * k / factorial(2 * k + 1) for k in range(16, 0, -1))


def sigmoid(x: float) -> float:
    """1/(1 + e^-x), by the exponential that does not overflow."""
    if x >= 0:
        return 1.0 / (1.0 + exp(-x))
    rising = exp(x)
    return rising / (1.0 + rising)


def sigmoid_slope(x: float) -> float:
    """sigmoid(x)*sigmoid(-x) = 1/(e^x + 2 + e^-x)."""
    falling = exp(-fabs(x))
    return 1.0 / (exp(fabs(x)) + 2.0 + falling) if falling > TINY else falling


def logit(x: float) -> float:
    """ln(x/(1 - x)); near 1/2 by 2*atanh(2x - 1), whose argument is exact."""
    if 0.25 <= x <= 0.75:
        return 2.0 * atanh(2.0 * x - 1.0)
    if not 0.0 < x < 1.0:
        raise ValueError("logit needs an argument between 0 and 1")
    return log(x / (1.0 - x))


def softplus(x: float) -> float:
    """ln(1 + e^x)."""
    return x + log1p(exp(-x)) if x > 0 else log1p(exp(x))


def silu(x: float) -> float:
    """x*sigmoid(x)."""
    if x < NEARLY_SUBNORMAL:
        root = exp(0.5 * x)
        return x * root * root
    return x * sigmoid(x)


def silu_slope(x: float) -> float:
    """sigmoid(x)*(1 + x*sigmoid(-x)), for x < 0 as (e^x + 1 + x)*e^x/(1 + e^x)^2; 0 near x = -1.28."""
    if x >= 0:
        return sigmoid(x) * (1.0 + x * sigmoid(-x))
    if x < NEARLY_SUBNORMAL:
        root = exp(0.5 * x)
        return (1.0 + x) * root * root
    factor = 1.0 + x + exp(x)
    return nearest(mp_silu_slope, x) if fabs(factor) < 0.1 else factor * sigmoid_slope(x)


def mp_silu_slope(mp: Any, x: Any) -> Any:
    """The same formula."""
    rising = mp.exp(x)
    return (rising + 1 + x) * rising / (1 + rising) ** 2


def logaddexp(x: float, y: float) -> float:
    """ln(e^x + e^y), as the larger one and a rest; near e^x + e^y = 1 the two cancel."""
    low, high = (x, y) if x < y else (y, x)
    rest = log1p(exp(low - high) * (1.0 + difference_error(low, high)))
    total = high + rest
    return nearest(mp_logaddexp, low, high) if fabs(total) < rest else total


def mp_logaddexp(mp: Any, low: Any, high: Any) -> Any:
    """The same formula."""
    return high + mp.log1p(mp.exp(low - high))


def logaddexp_slope(x: float, y: float) -> float:
    """e^x/(e^x + e^y) = sigmoid(x - y), whose slope makes good what the difference loses."""
    gap = x - y
    return sigmoid(gap) * (1.0 + sigmoid(-gap) * difference_error(x, y))


def sinc(x: float) -> float:
    """sin(x)/x, and 1 at 0."""
    return sin(x) / x if x else 1.0


def sinc_slope(x: float) -> float:
    """(cos(x) - sinc(x))/x; by its power series within 2 of 0."""
    if -2.0 < x < 2.0:
        square, total = x * x, 0.0
        for coefficient in SINC_SLOPES:
            total = total * square + coefficient
        return x * total
    cosine, ratio = cos(x), sin(x) / x
    difference = cosine - ratio
    if fabs(difference) < 0.5 * (fabs(cosine) + fabs(ratio)):
        return nearest(lambda mp, x: (x * mp.cos(x) - mp.sin(x)) / (x * x), x)
    return difference / x


def sinc_derivative(n: int, x: float) -> float:
    """The n-th derivative of sinc: by its power series, far from 0 by x*s⁽ⁿ⁾ + n*s⁽ⁿ⁻¹⁾ = sin⁽ⁿ⁾(x)."""
    if n < 2:
        return sinc_slope(x) if n else sinc(x)
    if x == 0:
        return 0.0 if n % 2 else (-1.0) ** (n // 2) / (n + 1)
    return nearest(mp_sinc_far if fabs(x) > 2 * n + 20 else mp_sinc_near, float(n), x)


def mp_sinc_near(mp: Any, n: Any, x: Any) -> Any:
    """The sum of (-1)^k*x^(2k-n)/((2k+1)*(2k-n)!) over 2k >= n."""
    n = int(n)
    k = (n + 1) // 2
    part = (-1) ** k * (x if n % 2 else mp.one)
    total = mp.zero
    while True:
        total, before = total + part / (2 * k + 1), total
        if total == before:
            return total
        k += 1
        part = -part * x * x / ((2 * k - n) * (2 * k - n - 1))


def mp_sinc_far(mp: Any, n: Any, x: Any) -> Any:
    """The recurrence; it loses few digits where x is larger than n."""
    slopes = (mp.sin(x), mp.cos(x), -mp.sin(x), -mp.cos(x))
    found = slopes[0] / x
    for order in range(1, int(n) + 1):
        found = (slopes[order % 4] - order * found) / x
    return found
