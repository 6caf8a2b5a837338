"""Floats that never leave the reals.

A function of floats gives a float or raises: ValueError outside the domain, ZeroDivisionError at a
pole, OverflowError where the result is too large. Only + - * / may give an infinity; whoever calls
them looks at the result.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from adcli.arithmetic import accurate, gammas, normal
from adcli.arithmetic.named import Named

CONSTANTS = {"pi": math.pi, "e": math.e, "tau": math.tau}


def sign(x: float) -> float:
    """-1.0, 0.0 or 1.0."""
    return float((x > 0) - (x < 0))


def floor(x: float) -> float:
    """The largest whole number that is at most x."""
    return float(math.floor(x))


def ceil(x: float) -> float:
    """The smallest whole number that is at least x."""
    return float(math.ceil(x))


def nearest(x: float) -> float:
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


def radians(x: float) -> float:
    """pi*x/180."""
    return math.radians(x)


def select(c: float, x: float, y: float) -> float:
    """The second argument where c is not 0, else the third."""
    return x if c else y


def unchanged(x: float) -> float:
    """The argument."""
    return x


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "div": operator.truediv,
    "neg": operator.neg,
    "pow": accurate.power,
    "sqrt": math.sqrt,
    "hypot": accurate.hypot,
    "exp": math.exp,
    "expm1": math.expm1,
    "ln": math.log,
    "log10": math.log10,
    "log2": math.log2,
    "log1p": math.log1p,
    "log": accurate.log_base,
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "asin": math.asin,
    "acos": math.acos,
    "atan": math.atan,
    "atan2": math.atan2,
    "radians": radians,
    "sinh": math.sinh,
    "cosh": math.cosh,
    "tanh": math.tanh,
    "asinh": math.asinh,
    "acosh": math.acosh,
    "atanh": math.atanh,
    "erf": math.erf,
    "elu": elu,
    "abs": operator.abs,
    "sign": sign,
    "floor": floor,
    "ceil": ceil,
    "round": nearest,
    "max": largest,
    "min": smallest,
    "tie_share": tie_share,
    "step": step,
    "relu": relu,
    "leaky_relu": leaky_relu,
    "leaky_slope": leaky_slope,
    "stop": unchanged,
    "lt": lambda x, y: float(x < y),
    "le": lambda x, y: float(x <= y),
    "gt": lambda x, y: float(x > y),
    "ge": lambda x, y: float(x >= y),
    "eq": lambda x, y: float(x == y),
    "ne": lambda x, y: float(x != y),
    "and": lambda x, y: 1.0 if x and y else 0.0,
    "or": lambda x, y: 1.0 if x or y else 0.0,
    "not": lambda x: 0.0 if x else 1.0,
    "select": select,
}
SAME_NAME = {
    accurate: (
        "pow_by_base pow_by_exponent square cbrt hypot_slope log_by_argument log_by_base log10_slope log2_slope "
        "sec csc cot sec_squared csc_squared asin_slope atan_slope acot atan2_by_y atan2_by_x degrees "
        "sech csch coth sech_squared csch_squared asinh_slope acosh_slope atanh_slope "
        "sigmoid logit softplus silu silu_slope logaddexp logaddexp_slope sinc sinc_slope"
    ),
    normal: "erfc erf_slope normpdf normcdf gelu gelu_slope",
    gammas: "gamma lgamma digamma trigamma polygamma",
}
FUNCTIONS |= {name: getattr(module, name) for module, names in SAME_NAME.items() for name in names.split()}


class Real(Named):
    """The real arithmetic: values are floats."""

    def lift(self, value: int | Fraction | str) -> float:
        """The nearest float; OverflowError when there is none."""
        return CONSTANTS[value] if isinstance(value, str) else float(value)

    def all_finite(self, values: Sequence[Any]) -> bool:
        """Whether none of the values is infinite or not a number. Their sum tells, unless it overflows itself."""
        return math.isfinite(sum(values)) or all(map(math.isfinite, values))


REAL = Real("real", FUNCTIONS)
