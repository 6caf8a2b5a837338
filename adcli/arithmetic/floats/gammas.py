"""The gamma function and its relatives, as floats."""

from __future__ import annotations

import math
from typing import Any

from adcli.arithmetic.floats.multiprecision import nearest

HIGHEST_ORDER = 200


def no_pole(x: float) -> None:
    """ZeroDivisionError where x is 0, -1, -2, ..."""
    if x <= 0 and x == math.floor(x):
        raise ZeroDivisionError("the gamma function has poles at 0, -1, -2, ...")


def gamma(x: float) -> float:
    """The gamma function."""
    no_pole(x)
    if not -185.0 < x < 172.0:
        return math.gamma(x)  # 0 or an overflow
    return nearest(lambda mp, x: mp.gamma(x), x)


def lgamma(x: float) -> float:
    """ln|gamma(x)|; for negative x by reflection, DLMF 5.5.3."""
    no_pole(x)
    if x in (1.0, 2.0):
        return 0.0
    if x > 0:
        return nearest(lambda mp, x: mp.loggamma(x), x)
    return nearest(lambda mp, x: mp.ln(mp.pi / abs(mp.sinpi(x))) - mp.loggamma(1 - x), x)


def digamma(x: float) -> float:
    """The slope of lgamma."""
    return polygamma(0.0, x)


def trigamma(x: float) -> float:
    """The slope of digamma."""
    return polygamma(1.0, x)


def polygamma(n: float, x: float) -> float:
    """The n-th derivative of digamma, for n = 0, 1, ..., 200; for negative x by reflection, DLMF 5.15.6."""
    if n != math.floor(n) or not 0 <= n <= HIGHEST_ORDER:
        raise ValueError(f"polygamma needs a whole number n from 0 to {HIGHEST_ORDER}")
    no_pole(x)
    order = int(n)
    if x > 0:
        return nearest(lambda mp, x: mp.psi(order, x), x)
    return nearest(lambda mp, x: (-1) ** order * mp.psi(order, 1 - x) - cotangent_slope(mp, order, x), x)


def cotangent_slope(mp: Any, order: int, x: Any) -> Any:
    """The derivative of this order of cot(pi*x), times pi.

    It is a polynomial p in c = cot(pi*x), and the next one is -pi*(1 + c^2)*p'(c).
    """
    p = [0, 1]
    for _ in range(order):
        slope = [-k * p[k] for k in range(1, len(p))]
        p = [a + b for a, b in zip([*slope, 0, 0], [0, 0, *slope], strict=True)]
    c = mp.cospi(x) / mp.sinpi(x)
    return mp.pi ** (order + 1) * mp.polyval(p[::-1], c)
