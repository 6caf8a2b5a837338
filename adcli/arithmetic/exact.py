"""Exact numbers: fractions, and closed forms such as √3/2, π/4 and e² where a value is irrational.

Ints are welcome wherever fractions are.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial
from typing import Any

from adcli.arithmetic import exact_functions as f
from adcli.arithmetic.closed import functions as closed
from adcli.arithmetic.closed.functions import HALF
from adcli.arithmetic.closed.number import EULERS, PI
from adcli.arithmetic.named import Named
from adcli.primitives import TABLE

NAMED = {"pi": PI, "e": EULERS, "tau": 2 * PI}

FUNCTIONS: dict[str, Callable[..., Any]] = {
    op: partial(f.leaves, op) for op, row in TABLE.items() if not row.helper and row.expand is None
} | {
    "add": f.bounded(operator.add),
    "sub": f.bounded(operator.sub),
    "mul": f.bounded(operator.mul),
    "div": f.bounded(lambda x, y: f.exact(x) / y),
    "neg": operator.neg,
    "pow": f.power,
    "pow_by_base": f.pow_by_base,
    "pow_by_exponent": f.pow_by_exponent,
    "square": lambda x: f.product(f.exact(x), x),
    "sqrt": f.square_root,
    "cbrt": f.cube_root,
    "exp": lambda x: closed.exp(f.exact(x)),
    "ln": f.natural_logarithm,
    "log": f.log_base,
    "log2": lambda x: f.log_base(x, 2, "log2"),
    "log10": lambda x: f.log_base(x, 10, "log10"),
    "sin": partial(f.closed_or_leaves, "sin", closed.sin),
    "cos": partial(f.closed_or_leaves, "cos", closed.cos),
    **{op: partial(f.tangent, op) for op in ("tan", "sec", "csc", "cot")},
    "asin": f.arc_sine,
    "acos": f.arc_cosine,
    "atan": partial(f.closed_or_leaves, "atan", closed.atan),
    "atan2": f.atan2,
    "sinh": lambda x: (closed.exp(f.exact(x)) - closed.exp(-f.exact(x))) / 2,
    "cosh": lambda x: (closed.exp(f.exact(x)) + closed.exp(-f.exact(x))) / 2,
    **{op: partial(f.inverse_hyperbolic, op) for op in ("asinh", "acosh", "atanh")},
    "erf": partial(f.at_points, "erf", {0: 0}),
    "erfc": partial(f.at_points, "erfc", {0: 1}),
    "normcdf": partial(f.at_points, "normcdf", {0: HALF}),
    "gamma": f.gamma,
    "lgamma": f.log_gamma,
    "sigmoid": f.sigmoid,
    "logit": f.logit,
    "sinc": f.sinc,
    "sinc_slope": f.sinc_slope,
    "gelu": lambda x: Fraction(0) if x == 0 else f.leaves("gelu", x),
    "abs": operator.abs,
    "sign": f.sign,
    "floor": lambda x: Fraction(math.floor(x)),
    "ceil": lambda x: Fraction(math.ceil(x)),
    "round": lambda x: Fraction(round(x)),
    "max": lambda *args: f.exact(max(args)),
    "min": lambda *args: f.exact(min(args)),
    "tie_share": f.tie_share,
    "step": lambda x: Fraction(x > 0),
    "relu": lambda x: f.exact(max(x, 0)),
    "leaky_relu": lambda x: f.exact(x) if x > 0 else f.exact(x) / 100,
    "leaky_slope": lambda x: Fraction(1) if x > 0 else Fraction(1, 100),
    "elu": lambda x: f.exact(x) if x > 0 else closed.exp(f.exact(x)) - 1,
    "stop": f.exact,
    "lt": f.truth(operator.lt),
    "le": f.truth(operator.le),
    "gt": f.truth(operator.gt),
    "ge": f.truth(operator.ge),
    "eq": f.truth(operator.eq),
    "ne": f.truth(operator.ne),
    "and": f.truth(lambda x, y: x and y),
    "or": f.truth(lambda x, y: x or y),
    "not": f.truth(operator.not_),
    "select": lambda c, x, y: f.exact(x if c else y),
}


class Exact(Named):
    """The exact arithmetic: values are fractions and closed forms."""

    words = "exact"

    def lift(self, value: int | Fraction | str) -> Any:
        """The constant as a fraction, or as the closed form of pi, e and tau."""
        return NAMED[value] if isinstance(value, str) else Fraction(value)

    def all_finite(self, _values: Sequence[Any]) -> bool:
        """Whether none of the values overflowed; exact numbers do not."""
        return True


EXACT = Exact("exact", FUNCTIONS)
