"""Formulas in mpmath for the oracle, where one line is not enough."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mpmath import mp, mpf

Formula = Callable[..., Any]


def require(condition: bool, kind: type[Exception] = ValueError) -> None:  # noqa: FBT001  # reads as a sentence
    if not condition:
        raise kind


def nth(*formulas: Formula) -> Formula:
    """The slopes of a function, one formula per argument."""
    return lambda slot, *args: formulas[slot](*args)


def constant(*slopes: Any) -> Formula:
    return lambda slot, *_: mpf(slopes[slot])


# Arithmetic


def power(x: Any, y: Any) -> Any:
    require(x != 0 or y >= 0, ZeroDivisionError)
    require(x >= 0 or y == mp.floor(y))
    if y == 0 or x == 1:
        return mpf(1)
    if x == 0:
        return mpf(0)
    size = mp.exp(within(y * mp.log(abs(x))))
    return -size if x < 0 and mp.fmod(y, 2) != 0 else size


def within(exponent: Any) -> Any:
    """An exponent of e, cut where floats have long over- or underflowed."""
    return max(min(exponent, mpf(10) ** 5), -(mpf(10) ** 5))


def power_by_base(x: Any, y: Any) -> Any:
    if y == 0:
        return mpf(0)
    if x == 0:
        require(y >= 1, ZeroDivisionError)
        return mpf(1 if y == 1 else 0)
    return y * power(x, y) / x


def power_by_exponent(x: Any, y: Any) -> Any:
    require(x > 0 or (x == 0 and y > 0))
    return mpf(0) if x == 0 else power(x, y) * mp.log(x)


# Logarithms


def log(x: Any) -> Any:
    require(x > 0)
    return mp.log(x)


def log1p(x: Any) -> Any:
    require(x > -1)
    return mp.log(1 + x) if abs(x) > mpf(2) ** -1100 else x


def log_base(x: Any, b: Any) -> Any:
    require(b != 1, ZeroDivisionError)
    return log(x) / log(b)


# Exponentials


def exp(x: Any) -> Any:
    return mp.exp(within(x))


def sinh(x: Any) -> Any:
    return mp.sinh(within(x))


def cosh(x: Any) -> Any:
    return mp.cosh(within(x))


def over(top: Any, bottom: Any) -> Any:
    require(bottom != 0, ZeroDivisionError)
    return top / bottom


def tanh(x: Any) -> Any:
    return sinh(x) / cosh(x)


# Trigonometry


def atan2(y: Any, x: Any) -> Any:
    return mpf(0) if x == y == 0 else mp.atan2(y, x)


def in_range(low: Any, high: Any, formula: Formula, kind: type[Exception] = ValueError) -> Formula:
    """A formula for arguments between low and high, ends included."""

    def guarded(x: Any) -> Any:
        require(low <= x <= high, kind)
        return formula(x)

    return guarded


def atanh(x: Any) -> Any:
    require(abs(x) < 1)
    return mp.log((1 + x) / (1 - x)) / 2


def circle_slope(x: Any) -> Any:
    require(abs(x) != 1, ZeroDivisionError)
    return 1 / mp.sqrt(1 - x**2)


# Probability


def bell(exponent: Any) -> Any:
    return mp.exp(-min(exponent, mpf(10) ** 5))


def erf_slope(x: Any) -> Any:
    return 2 / mp.sqrt(mp.pi) * bell(x * x)


def erfc(x: Any) -> Any:
    if x > 100:
        return mp.mpf(2) ** -10000
    return mpf(2) if x < -100 else mp.erfc(x)


def erf(x: Any) -> Any:
    return mp.sign(x) if abs(x) > 100 else mp.erf(x)


def normpdf(x: Any) -> Any:
    return bell(x * x / 2) / mp.sqrt(2 * mp.pi)


def normcdf(x: Any) -> Any:
    return erfc(-x / mp.sqrt(2)) / 2


# Gamma


def off_poles(x: Any) -> None:
    require(x > 0 or x != mp.floor(x), ZeroDivisionError)


def lgamma(x: Any) -> Any:
    off_poles(x)
    if x > 0:
        return mp.loggamma(x)
    return mp.log(mp.pi / abs(mp.sinpi(x))) - mp.loggamma(1 - x)


def gamma(x: Any) -> Any:
    off_poles(x)
    size = mp.exp(within(lgamma(x)))
    return -size if x < 0 and mp.fmod(mp.floor(x), 2) != 0 else size


def digamma(x: Any) -> Any:
    off_poles(x)
    if x > 0:
        return mp.psi(0, x)
    return mp.psi(0, 1 - x) - mp.pi * mp.cospi(x) / mp.sinpi(x)


def trigamma(x: Any) -> Any:
    off_poles(x)
    if x > 0:
        return mp.psi(1, x)
    return (mp.pi / mp.sinpi(x)) ** 2 - mp.psi(1, 1 - x)


def polygamma(n: Any, x: Any) -> Any:
    """By the Hurwitz zeta function, DLMF 5.15.1, and the derivatives of the cotangent, DLMF 5.15.6."""
    require(0 <= n <= 200 and n == mp.floor(n))
    if n < 2:
        return trigamma(x) if n else digamma(x)
    off_poles(x)
    n = int(n)
    if x > 0:
        return (-1) ** (n + 1) * mp.factorial(n) * mp.zeta(n + 1, x)
    cotangent = mp.diff(lambda t: mp.pi * mp.cot(mp.pi * t), x, n)
    return (-1) ** n * polygamma(n, 1 - x) - cotangent


def polygamma_slope(slot: int, n: Any, x: Any) -> Any:
    require(slot == 1, ZeroDivisionError)
    return polygamma(n + 1, x)


def sinc(x: Any) -> Any:
    return mp.sin(x) / x if x else mpf(1)


def sinc_slope(x: Any) -> Any:
    return (x * mp.cos(x) - mp.sin(x)) / x**2 if x else mpf(0)


# Neural networks


def sigmoid(x: Any) -> Any:
    return 1 / (1 + exp(-x))


def sigmoid_slope(x: Any) -> Any:
    return exp(-abs(x)) / (1 + exp(-abs(x))) ** 2


def softplus(x: Any) -> Any:
    return x if x > mpf(10) ** 5 else mp.log1p(exp(x))


def silu_slope(x: Any) -> Any:
    return sigmoid(x) + x * sigmoid_slope(x)


def gelu_slope(x: Any) -> Any:
    return normcdf(x) + x * normpdf(x)


def logaddexp(x: Any, y: Any) -> Any:
    high, low = max(x, y), min(x, y)
    return high + mp.log1p(exp(low - high))


def logit(x: Any) -> Any:
    require(0 < x < 1)
    return mp.log(x / (1 - x))


# Piecewise


def share(best: Any, slot: int, args: tuple[Any, ...]) -> Any:
    return mpf(args[slot] == best) / list(args).count(best)


def rounded(x: Any) -> Any:
    below = mp.floor(x)
    rest = x - below
    if rest == mpf(1) / 2:
        return below + mp.fmod(below, 2)
    return below + (rest > mpf(1) / 2)
