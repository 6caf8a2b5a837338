"""The gamma function and its relatives, as floats.

mpmath computes them at a precision that is raised until two results agree in the float that they round to.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any


def no_pole(x: float) -> None:
    """ZeroDivisionError where x is 0, -1, -2, ..."""
    if x <= 0 and x == math.floor(x):
        raise ZeroDivisionError("the gamma function has a pole at 0, -1, -2, ...")


def gamma(x: float) -> float:
    """The gamma function."""
    no_pole(x)
    import mpmath

    return float(mpmath.gamma(x))


def lgamma(x: float) -> float:
    no_pole(x)
    return math.lgamma(x)


def digamma(x: float) -> float:
    no_pole(x)
    import mpmath

    return float(mpmath.digamma(x))


def trigamma(x: float) -> float:
    return polygamma(1.0, x)


def polygamma(n: float, x: float) -> float:
    no_pole(x)
    import mpmath

    return float(mpmath.polygamma(int(n), x))
