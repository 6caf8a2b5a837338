"""Functions of floats with kinks, and the choice between two values."""

from __future__ import annotations

import math


def sign(x: float) -> float:
    """-1.0, 0.0 or 1.0."""
    return float((x > 0) - (x < 0))


def floor(x: float) -> float:
    """The largest whole number that is at most x."""
    return float(math.floor(x))


def ceil(x: float) -> float:
    """The smallest whole number that is at least x."""
    return float(math.ceil(x))


def nearest_even(x: float) -> float:
    """The nearest whole number, halves to the even one."""
    return float(round(x))


def largest(*args: float) -> float:
    """The largest argument."""
    return max(args)


def smallest(*args: float) -> float:
    """The smallest argument."""
    return min(args)


def tie_share(x: float, z: float, *args: float) -> float:
    """1/k where x is z and k of the args equal z, else 0."""
    return 1.0 / args.count(z) if x == z else 0.0


def step(x: float) -> float:
    """1.0 for x > 0, else 0.0."""
    return 1.0 if x > 0 else 0.0


def relu(x: float) -> float:
    """The argument where it is positive, else 0.0."""
    return x if x > 0 else 0.0


def leaky_relu(x: float) -> float:
    """The argument where it is positive, else a hundredth of it."""
    return x if x > 0 else x / 100.0


def leaky_slope(x: float) -> float:
    """1.0 for x > 0, else 0.01."""
    return 1.0 if x > 0 else 0.01


def elu(x: float) -> float:
    """The argument where it is positive, else e^x - 1."""
    return x if x > 0 else math.expm1(x)


def select(c: float, x: float, y: float) -> float:
    """The second argument where c is not 0, else the third."""
    return x if c else y


def unchanged(x: float) -> float:
    """The argument."""
    return x
