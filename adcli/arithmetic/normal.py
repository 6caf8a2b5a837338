"""The error function's tails, the normal distribution and gelu, as floats."""

from __future__ import annotations

import math


def erfc(x: float) -> float:
    return math.erfc(x)


def erf_slope(x: float) -> float:
    return 2 / math.sqrt(math.pi) * math.exp(-x * x)


def normpdf(x: float) -> float:
    return math.exp(-x * x / 2) / math.sqrt(2 * math.pi)


def normcdf(x: float) -> float:
    return math.erfc(-x / math.sqrt(2)) / 2


def gelu(x: float) -> float:
    return x * normcdf(x)


def gelu_slope(x: float) -> float:
    return normcdf(x) + x * normpdf(x)
