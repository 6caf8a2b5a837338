"""What every primitive and every slope is, in mpmath, written without a look at the rules.

`VALUES[name](*args)` is the value and `SLOPES[name](slot, *args)` the partial by the argument at
`slot`, for mpmath numbers. They raise ValueError or ZeroDivisionError where nothing is defined.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mpmath import mp, mpf

Formula = Callable[..., Any]

LOWEST, HIGHEST = 160, 10_000  # bits


def settled(formula: Formula, *args: Any) -> Any:
    """The value of a formula at a precision where doubling it changes nothing in the first 80 bits."""
    before = None
    bits = LOWEST
    while bits <= HIGHEST:
        with mp.workprec(bits):
            now = formula(*args)
            if before is not None and now != 0 and abs(now - before) <= abs(now) * mpf(2) ** -80:
                return now
        before = now
        bits *= 2
    if before == 0:
        return before
    raise AssertionError(f"{formula} does not settle at {args}")


def require(condition: bool, kind: type[Exception] = ValueError) -> None:  # noqa: FBT001  # reads as a sentence
    if not condition:
        raise kind


def nth(*formulas: Formula) -> Formula:
    """The slopes of a function, one formula per argument."""
    return lambda slot, *args: formulas[slot](*args)


def constant(*slopes: Any) -> Formula:
    return lambda slot, *args: mpf(slopes[slot])


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
    require(n >= 0 and n == mp.floor(n))
    if n < 2:
        return trigamma(x) if n else digamma(x)
    off_poles(x)
    n = int(n)
    if x > 0:
        return (-1) ** (n + 1) * mp.factorial(n) * mp.zeta(n + 1, x)
    c = mp.cospi(x) / mp.sinpi(x)
    slopes = {
        2: 2 * c * (1 + c**2),
        3: -2 * (1 + c**2) * (1 + 3 * c**2),
        4: 8 * c * (1 + c**2) * (2 + 3 * c**2),
    }
    return (-1) ** n * polygamma(n, 1 - x) - mp.pi ** (n + 1) * slopes[n]


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


VALUES: dict[str, Formula] = {
    "add": lambda x, y: x + y,
    "sub": lambda x, y: x - y,
    "mul": lambda x, y: x * y,
    "div": over,
    "neg": lambda x: -x,
    "pow": power,
    "sqrt": in_range(0, mp.inf, lambda x: mp.sqrt(x)),
    "cbrt": lambda x: mp.sign(x) * mp.cbrt(abs(x)),
    "hypot": lambda *args: mp.sqrt(sum(x * x for x in args)),
    "exp": exp,
    "expm1": lambda x: mp.expm1(within(x)),
    "ln": log,
    "log10": lambda x: log(x) / mp.log(10),
    "log2": lambda x: log(x) / mp.log(2),
    "log1p": log1p,
    "log": log_base,
    "sin": lambda x: mp.sin(x),
    "cos": lambda x: mp.cos(x),
    "tan": lambda x: mp.tan(x),
    "sec": lambda x: 1 / mp.cos(x),
    "csc": lambda x: over(1, mp.sin(x)),
    "cot": lambda x: over(mp.cos(x), mp.sin(x)),
    "asin": in_range(-1, 1, lambda x: mp.asin(x)),
    "acos": in_range(-1, 1, lambda x: mp.acos(x)),
    "atan": lambda x: mp.atan(x),
    "acot": lambda x: mp.pi / 2 - mp.atan(x),
    "atan2": atan2,
    "degrees": lambda x: x * 180 / mp.pi,
    "radians": lambda x: x * mp.pi / 180,
    "sinh": sinh,
    "cosh": cosh,
    "tanh": tanh,
    "sech": lambda x: 1 / cosh(x),
    "csch": lambda x: over(1, sinh(x)),
    "coth": lambda x: over(cosh(x), sinh(x)),
    "asinh": lambda x: mp.sign(x) * mp.log(abs(x) + mp.sqrt(x * x + 1)),
    "acosh": in_range(1, mp.inf, lambda x: mp.log(x + mp.sqrt(x * x - 1))),
    "atanh": lambda x: in_range(-1, 1, lambda x: over(mp.log(over(1 + x, 1 - x)), 2))(x),
    "erf": erf,
    "erfc": erfc,
    "normpdf": normpdf,
    "normcdf": normcdf,
    "gamma": gamma,
    "lgamma": lgamma,
    "digamma": digamma,
    "trigamma": trigamma,
    "polygamma": polygamma,
    "sinc": sinc,
    "logaddexp": logaddexp,
    "sigmoid": sigmoid,
    "logit": logit,
    "softplus": softplus,
    "silu": lambda x: x * sigmoid(x),
    "gelu": lambda x: x * normcdf(x),
    "elu": lambda x: x if x > 0 else mp.expm1(within(x)),
    "abs": abs,
    "sign": lambda x: mp.sign(x),
    "floor": lambda x: mp.floor(x),
    "ceil": lambda x: mp.ceil(x),
    "round": rounded,
    "max": lambda *args: max(args),
    "min": lambda *args: min(args),
    "step": lambda x: mpf(x > 0),
    "relu": lambda x: max(x, mpf(0)),
    "leaky_relu": lambda x: x if x > 0 else x / 100,
    "stop": lambda x: x,
    "lt": lambda x, y: mpf(x < y),
    "le": lambda x, y: mpf(x <= y),
    "gt": lambda x, y: mpf(x > y),
    "ge": lambda x, y: mpf(x >= y),
    "eq": lambda x, y: mpf(x == y),
    "ne": lambda x, y: mpf(x != y),
    "and": lambda x, y: mpf(x != 0 and y != 0),
    "or": lambda x, y: mpf(x != 0 or y != 0),
    "not": lambda x: mpf(x == 0),
    "select": lambda c, x, y: x if c != 0 else y,
}

SLOPES: dict[str, Formula] = {
    "add": constant(1, 1),
    "sub": constant(1, -1),
    "mul": nth(lambda x, y: y, lambda x, y: x),
    "div": nth(lambda x, y: over(1, y), lambda x, y: over(-x, y * y)),
    "neg": constant(-1),
    "pow": nth(power_by_base, power_by_exponent),
    "sqrt": nth(lambda x: over(1, 2 * mp.sqrt(x))),
    "cbrt": nth(lambda x: over(1, 3 * mp.cbrt(x * x))),
    "hypot": lambda slot, *args: over(args[slot], mp.sqrt(sum(x * x for x in args))),
    "exp": nth(exp),
    "expm1": nth(exp),
    "ln": nth(lambda x: 1 / x),
    "log10": nth(lambda x: 1 / (x * mp.log(10))),
    "log2": nth(lambda x: 1 / (x * mp.log(2))),
    "log1p": nth(lambda x: 1 / (1 + x)),
    "log": nth(lambda x, b: 1 / (x * mp.log(b)), lambda x, b: -mp.log(x) / (b * mp.log(b) ** 2)),
    "sin": nth(lambda x: mp.cos(x)),
    "cos": nth(lambda x: -mp.sin(x)),
    "tan": nth(lambda x: 1 / mp.cos(x) ** 2),
    "sec": nth(lambda x: mp.sin(x) / mp.cos(x) ** 2),
    "csc": nth(lambda x: -mp.cos(x) / mp.sin(x) ** 2),
    "cot": nth(lambda x: -1 / mp.sin(x) ** 2),
    "asin": nth(circle_slope),
    "acos": nth(lambda x: -circle_slope(x)),
    "atan": nth(lambda x: 1 / (1 + x * x)),
    "acot": nth(lambda x: -1 / (1 + x * x)),
    "atan2": nth(lambda y, x: over(x, x * x + y * y), lambda y, x: over(-y, x * x + y * y)),
    "degrees": nth(lambda x: 180 / mp.pi),
    "radians": nth(lambda x: mp.pi / 180),
    "sinh": nth(cosh),
    "cosh": nth(sinh),
    "tanh": nth(lambda x: 1 / cosh(x) ** 2),
    "sech": nth(lambda x: -sinh(x) / cosh(x) ** 2),
    "csch": nth(lambda x: -cosh(x) / sinh(x) ** 2),
    "coth": nth(lambda x: -1 / sinh(x) ** 2),
    "asinh": nth(lambda x: 1 / mp.sqrt(x * x + 1)),
    "acosh": nth(lambda x: over(1, mp.sqrt(x * x - 1))),
    "atanh": nth(lambda x: 1 / (1 - x * x)),
    "erf": nth(erf_slope),
    "erfc": nth(lambda x: -erf_slope(x)),
    "normpdf": nth(lambda x: -x * normpdf(x)),
    "normcdf": nth(normpdf),
    "gamma": nth(lambda x: gamma(x) * digamma(x)),
    "lgamma": nth(digamma),
    "digamma": nth(trigamma),
    "trigamma": nth(lambda x: polygamma(2, x)),
    "polygamma": polygamma_slope,
    "sinc": nth(sinc_slope),
    "logaddexp": nth(lambda x, y: sigmoid(x - y), lambda x, y: sigmoid(y - x)),
    "sigmoid": nth(sigmoid_slope),
    "logit": nth(lambda x: 1 / (x * (1 - x))),
    "softplus": nth(sigmoid),
    "silu": nth(silu_slope),
    "gelu": nth(gelu_slope),
    "elu": nth(lambda x: mpf(1) if x > 0 else exp(x)),
    "abs": nth(lambda x: mp.sign(x)),
    "sign": constant(0),
    "floor": constant(0),
    "ceil": constant(0),
    "round": constant(0),
    "max": lambda slot, *args: share(max(args), slot, args),
    "min": lambda slot, *args: share(min(args), slot, args),
    "step": constant(0),
    "relu": nth(lambda x: mpf(x > 0)),
    "leaky_relu": nth(lambda x: mpf(1) if x > 0 else mpf(1) / 100),
    "stop": constant(0),
    "select": lambda slot, c, x, y: mpf((slot == 1) == (c != 0)),
}
