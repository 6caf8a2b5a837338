"""Floats that never leave the reals.

A function of floats gives a float or raises: ValueError outside the domain, ZeroDivisionError at a
pole, OverflowError where the result is too large. Only + - * / may give an infinity; whoever calls
them looks at the result.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from adcli.arithmetic.floats import gammas, hyperbolic, normal, piecewise, powers, smooth, trigonometric
from adcli.arithmetic.named import Named

if TYPE_CHECKING:
    from fractions import Fraction

CONSTANTS = {"pi": math.pi, "e": math.e, "tau": math.tau}

FUNCTIONS: dict[str, Callable[..., Any]] = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "div": operator.truediv,
    "neg": operator.neg,
    "pow": powers.power,
    "pow_by_base": powers.pow_by_base,
    "pow_by_exponent": powers.pow_by_exponent,
    "square": powers.square,
    "sqrt": math.sqrt,
    "cbrt": powers.cbrt,
    "hypot": powers.hypot,
    "hypot_slope": powers.hypot_slope,
    "exp": math.exp,
    "expm1": math.expm1,
    "ln": math.log,
    "log10": math.log10,
    "log10_slope": powers.log10_slope,
    "log2": math.log2,
    "log2_slope": powers.log2_slope,
    "log1p": math.log1p,
    "log": powers.log_base,
    "log_by_argument": powers.log_by_argument,
    "log_by_base": powers.log_by_base,
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "sec": trigonometric.sec,
    "csc": trigonometric.csc,
    "cot": trigonometric.cot,
    "sec_squared": trigonometric.sec_squared,
    "csc_squared": trigonometric.csc_squared,
    "asin": math.asin,
    "asin_slope": trigonometric.asin_slope,
    "acos": math.acos,
    "atan": math.atan,
    "atan_slope": trigonometric.atan_slope,
    "acot": trigonometric.acot,
    "atan2": math.atan2,
    "atan2_by_y": trigonometric.atan2_by_y,
    "atan2_by_x": trigonometric.atan2_by_x,
    "degrees": trigonometric.degrees,
    "radians": math.radians,
    "sinh": math.sinh,
    "cosh": math.cosh,
    "tanh": math.tanh,
    "sech": hyperbolic.sech,
    "sech_slope": hyperbolic.sech_slope,
    "csch": hyperbolic.csch,
    "coth": hyperbolic.coth,
    "sech_squared": hyperbolic.sech_squared,
    "csch_squared": hyperbolic.csch_squared,
    "asinh": math.asinh,
    "asinh_slope": hyperbolic.asinh_slope,
    "acosh": math.acosh,
    "acosh_slope": hyperbolic.acosh_slope,
    "atanh": math.atanh,
    "atanh_slope": hyperbolic.atanh_slope,
    "erf": math.erf,
    "erf_slope": normal.erf_slope,
    "erfc": normal.erfc,
    "normpdf": normal.normpdf,
    "normcdf": normal.normcdf,
    "gelu": normal.gelu,
    "gelu_slope": normal.gelu_slope,
    "gamma": gammas.gamma,
    "lgamma": gammas.lgamma,
    "digamma": gammas.digamma,
    "trigamma": gammas.trigamma,
    "polygamma": gammas.polygamma,
    "sinc": smooth.sinc,
    "sinc_slope": smooth.sinc_slope,
    "logaddexp": smooth.logaddexp,
    "logaddexp_slope": smooth.logaddexp_slope,
    "sigmoid": smooth.sigmoid,
    "sigmoid_slope": smooth.sigmoid_slope,
    "logit": smooth.logit,
    "softplus": smooth.softplus,
    "silu": smooth.silu,
    "silu_slope": smooth.silu_slope,
    "elu": piecewise.elu,
    "abs": operator.abs,
    "sign": piecewise.sign,
    "floor": piecewise.floor,
    "ceil": piecewise.ceil,
    "round": piecewise.nearest_even,
    "max": piecewise.largest,
    "min": piecewise.smallest,
    "tie_share": piecewise.tie_share,
    "step": piecewise.step,
    "relu": piecewise.relu,
    "leaky_relu": piecewise.leaky_relu,
    "leaky_slope": piecewise.leaky_slope,
    "stop": piecewise.unchanged,
    "lt": lambda x, y: float(x < y),
    "le": lambda x, y: float(x <= y),
    "gt": lambda x, y: float(x > y),
    "ge": lambda x, y: float(x >= y),
    "eq": lambda x, y: float(x == y),
    "ne": lambda x, y: float(x != y),
    "and": lambda x, y: 1.0 if x and y else 0.0,
    "or": lambda x, y: 1.0 if x or y else 0.0,
    "not": lambda x: 0.0 if x else 1.0,
    "select": piecewise.select,
}


class Real(Named):
    """The real arithmetic: values are floats."""

    def lift(self, value: int | Fraction | str) -> float:
        """The nearest float; OverflowError when there is none."""
        return CONSTANTS[value] if isinstance(value, str) else float(value)

    def all_finite(self, values: Sequence[Any]) -> bool:
        """Whether none of the values is infinite or NaN. Their sum tells, unless it overflows itself."""
        return math.isfinite(sum(values)) or all(map(math.isfinite, values))


REAL = Real("real", FUNCTIONS)
