"""Complex floats, for the complex-step derivative of a real function: Im f(x + ih)/h.

A function that is analytic near a real point has its complex form; one that is piecewise asks the real
parts which piece it is on. What Python's complex functions lack, and the table cannot expand, is a
ValueError "... has no complex form". (Squire and Trapp, Using complex variables to estimate derivatives
of real functions, SIAM Review 40, 1998.)
"""

from __future__ import annotations

import cmath
import math
import operator
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from adcli.arithmetic.named import Named
from adcli.arithmetic.real import CONSTANTS, REAL
from adcli.primitives import TABLE

if TYPE_CHECKING:
    from fractions import Fraction

PLAIN = (
    "sqrt", "exp", "log10", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh",
    "asinh", "acosh", "atanh",
)  # fmt: skip
BY_REAL_PART = (
    "sign", "floor", "ceil", "round", "step", "lt", "le", "gt", "ge", "eq", "ne", "and", "or", "not",
)  # fmt: skip


def missing(op: str, *_args: Any) -> Any:
    """No value but an error."""
    raise ValueError(f"{op} has no complex form")


def by_real_part(op: str, *args: complex) -> complex:
    """A step function: the value of the real parts."""
    return complex(REAL.function(op)(*(x.real for x in args)))


def power(x: complex, y: complex) -> complex:
    """x^y; a whole exponent takes any base."""
    if y.imag == 0 and y.real == int(y.real) and abs(y.real) < 2**31:
        return x ** int(y.real)
    if x == 0:
        return missing("0 to a power") if y.imag else complex(REAL.pow(0.0, y.real))
    return cmath.exp(y * cmath.log(x))


def cube_root(x: complex) -> complex:
    """The root that is real on the real axis."""
    if x == 0:
        return x if x.imag == 0 else missing("cbrt at 0")
    return -power(-x, 1 / 3) if x.real < 0 else power(x, 1 / 3)


def absolute(x: complex) -> complex:
    """|x| of a real x, continued."""
    return -x if x.real < 0 else x


def largest(*args: complex) -> complex:
    """The operand with the largest real part."""
    return max(args, key=real_part)


def smallest(*args: complex) -> complex:
    """The operand with the smallest real part."""
    return min(args, key=real_part)


def real_part(x: complex) -> float:
    """What operands are ordered by."""
    return x.real


def atan2(y: complex, x: complex) -> complex:
    """The angle of a real point, continued: on the real part's branch."""
    turn = math.atan2(y.real, x.real)
    if abs(x.real) >= abs(y.real):
        near = cmath.atan(y / x)
    else:
        near = math.copysign(math.pi / 2, y.real) - cmath.atan(x / y)
    return near + (turn - near.real)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    op: partial(missing, op) for op, row in TABLE.items() if row.expand is None
} | {
    **{op: getattr(cmath, op) for op in PLAIN},
    **{op: partial(by_real_part, op) for op in BY_REAL_PART},
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "div": operator.truediv,
    "neg": operator.neg,
    "pow": power,
    "square": lambda x: x * x,
    "cbrt": cube_root,
    "ln": cmath.log,
    "log2": lambda x: cmath.log(x) / math.log(2),
    "log": lambda x, b: cmath.log(x) / cmath.log(b),
    "atan2": atan2,
    "abs": absolute,
    "max": largest,
    "min": smallest,
    "relu": lambda x: x if x.real > 0 else 0 * x,
    "leaky_relu": lambda x: x if x.real > 0 else x / 100,
    "elu": lambda x: x if x.real > 0 else cmath.exp(x) - 1,
    "stop": lambda x: complex(x.real),
    "select": lambda c, x, y: x if c.real else y,
}


class Complex(Named):
    """The complex arithmetic: values are complex floats."""

    def lift(self, value: int | Fraction | str) -> complex:
        """The constant, a real one."""
        return complex(CONSTANTS[value] if isinstance(value, str) else float(value))

    def all_finite(self, values: Sequence[Any]) -> bool:
        """Whether no part of any value is infinite or NaN."""
        return all(map(cmath.isfinite, values))


COMPLEX = Complex("complex", FUNCTIONS)
