"""Arrays of floats: numpy's, and the real arithmetic's own functions entry by entry.

Values are floats and arrays of two axes. This module imports numpy, so it is imported only when a
program or its point has an array. It is used with numpy's warnings raised as FloatingPointError.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np

from adcli.arithmetic.floats.rounding import TINY
from adcli.arithmetic.named import Named
from adcli.arithmetic.real import REAL
from adcli.arithmetic.tensors import algebra, parts
from adcli.primitives import TABLE

Array = np.ndarray[Any, Any]


def entrywise(name: str, real: Callable[..., Any], quick: Callable[..., Any] | None) -> Callable[..., Any]:
    """A function of numbers on arrays: numpy's form where there is one, else entry by entry."""

    def apply(*args: Any) -> Any:
        for arg in args:
            if type(arg) is np.ndarray:
                break
        else:
            return real(*args)
        if quick is not None:
            return quick(*args)
        return by_entry(real, *args)

    apply.__name__ = name
    return apply


def by_entry(real: Callable[..., Any], *args: Any) -> Any:
    """A function of numbers on every entry. Its own errors count: Python leaves flags behind."""
    with np.errstate(all="ignore"):
        made = np.frompyfunc(real, len(args), 1)(*args).astype(float)
    if not np.isfinite(made).all():
        raise OverflowError
    return made


def sigmoid(x: Array) -> Array:
    """1/(1 + e^-x) without overflow."""
    try:
        made = np.exp(-x)  # raises where it overflows
    except FloatingPointError:
        pass
    else:
        made += 1.0
        return np.reciprocal(made, out=made)
    falling = np.exp(-np.abs(x))
    return np.where(x >= 0, 1.0, falling) / (1.0 + falling)


def sigmoid_slope(x: Array) -> Array:
    """sigmoid(x)*sigmoid(-x)."""
    falling = np.exp(-np.abs(x))
    return falling / ((1.0 + falling) * (1.0 + falling))


def softplus(x: Array) -> Array:
    """ln(1 + e^x)."""
    made = np.abs(x)
    np.negative(made, out=made)
    np.exp(made, out=made)
    np.log1p(made, out=made)
    made += np.maximum(x, 0.0)
    return made


def sech_squared(x: Array) -> Array:
    """The slope of tanh: 4u/(1 + u)^2 with u = e^-2|x|."""
    falling = np.exp(-2.0 * np.abs(x))
    return 4.0 * falling / ((1.0 + falling) * (1.0 + falling))


def pow_by_base(x: Any, y: Any) -> Any:
    """y*x^(y-1), as the real arithmetic does it where that is not accurate."""
    if type(y) is float and y >= 0.5:
        slope = x if y == 2 else np.power(x, y - 1.0)
        if y == 2 or not ((np.abs(slope) < TINY) & (x != 0)).any():
            return y * slope
    return by_entry(REAL.pow_by_base, x, y)


QUICK: dict[str, Callable[..., Any]] = {
    "add": np.add, "sub": np.subtract, "mul": np.multiply, "div": np.true_divide, "neg": np.negative,
    "pow": np.power, "pow_by_base": pow_by_base, "square": lambda x: x * x,
    "exp": np.exp, "expm1": np.expm1, "ln": np.log, "log1p": np.log1p, "sqrt": np.sqrt,
    "sin": np.sin, "cos": np.cos, "tan": np.tan, "tanh": np.tanh, "sech_squared": sech_squared,
    "sigmoid": sigmoid, "sigmoid_slope": sigmoid_slope, "softplus": softplus,
    "abs": np.abs, "sign": np.sign, "relu": lambda x: np.maximum(x, 0.0),
    "step": lambda x: (x > 0).astype(float), "stop": lambda x: x,
}  # fmt: skip
FUNCTIONS: dict[str, Callable[..., Any]] = {
    op: entrywise(op, getattr(REAL, op), QUICK.get(op)) for op in TABLE
}


class Tensor(Named):
    """The arithmetic of arrays: values are floats, and arrays of floats with two axes."""

    def __init__(self) -> None:
        super().__init__("tensor", FUNCTIONS)
        for module in (algebra, parts):
            self.__dict__.update(module.FUNCTIONS)

    def lift(self, value: Any) -> float:
        """The nearest float; OverflowError when there is none."""
        return REAL.lift(value)

    def all_finite(self, values: Sequence[Any]) -> bool:
        """Whether no entry is infinite or NaN."""
        return all(
            bool(np.isfinite(value).all()) if type(value) is np.ndarray else math.isfinite(value)
            for value in values
        )


TENSOR = Tensor()
watchful = partial(np.errstate, divide="raise", over="raise", invalid="raise")
