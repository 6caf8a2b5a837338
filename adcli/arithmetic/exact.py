"""Exact numbers: fractions, and the functions of them whose value is a fraction.

Ints are welcome wherever fractions are. ValueError "... leaves the exact numbers" where the value is
irrational, OverflowError where a power would have more than `LARGEST` bits; outside the domain the
errors are those of the real arithmetic.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from functools import partial
from typing import Any

from adcli.arithmetic.named import Named
from adcli.arithmetic.real import CONSTANTS, REAL
from adcli.primitives import TABLE

Number = int | Fraction
LARGEST = 100_000  # bits

# Where a function of one argument has a rational value and no rule below gives it.
POINTS: dict[str, dict[Number, Number]] = {
    "exp": {0: 1},
    "expm1": {0: 0},
    "log1p": {0: 0},
    "sin": {0: 0},
    "cos": {0: 1},
    "tan": {0: 0},
    "sec": {0: 1},
    "sec_squared": {0: 1},
    "asin": {0: 0},
    "acos": {1: 0},
    "atan": {0: 0},
    "degrees": {0: 0},
    "radians": {0: 0},
    "sinh": {0: 0},
    "cosh": {0: 1},
    "tanh": {0: 0},
    "sech": {0: 1},
    "sech_squared": {0: 1},
    "asinh": {0: 0},
    "acosh": {1: 0},
    "atanh": {0: 0},
    "erf": {0: 0},
    "erfc": {0: 1},
    "normcdf": {0: Fraction(1, 2)},
    "gelu": {0: 0},
    "gelu_slope": {0: Fraction(1, 2)},
    "lgamma": {1: 0, 2: 0},
    "sigmoid": {0: Fraction(1, 2)},
    "logit": {Fraction(1, 2): 0},
    "silu": {0: 0},
    "silu_slope": {0: Fraction(1, 2)},
    "sinc": {0: 1},
    "sinc_slope": {0: 0},
}


def enclosing(x: Number) -> tuple[float, float]:
    """Two neighbouring floats with x between them, or x twice."""
    near = float(x)
    return near, near if near == x else math.nextafter(near, math.inf if x > near else -math.inf)


def leaves(op: str, *args: Number) -> Fraction:
    """No value but an error: that of the real arithmetic on both sides of the args, else "leaves"."""
    error: Exception | None = None
    with suppress(OverflowError):
        for floats in zip(*map(enclosing, args), strict=True):
            error = None
            try:
                REAL.function(op)(*floats)
            except (ValueError, ZeroDivisionError) as undefined:
                error = undefined
            else:
                break
    raise error or ValueError(f"{op} leaves the exact numbers")


def at_points(op: str, x: Number) -> Fraction:
    """The value of `op` at one of its points."""
    points = POINTS.get(op, {})
    return Fraction(points[x]) if x in points else leaves(op, x)


def root(x: Fraction, n: int) -> Fraction | None:
    """The n-th root of x ≥ 0, if it is a fraction."""
    top, bottom = whole_root(x.numerator, n), whole_root(x.denominator, n)
    return None if top is None or bottom is None else Fraction(top, bottom)


def whole_root(x: int, n: int) -> int | None:
    """The n-th root of a whole number x ≥ 0, if it is whole: Newton's method from above."""
    if n >= x.bit_length():
        return x if x < 2 else None
    guess = 1 << -(-x.bit_length() // n)
    while (lower := ((n - 1) * guess + x // guess ** (n - 1)) // n) < guess:
        guess = lower
    return guess if guess**n == x else None


def power(x: Number, y: Number) -> Fraction:
    """x^y; a fractional y takes a root."""
    base, exponent = Fraction(x), Fraction(y)
    if exponent.denominator > 1:
        found = root(base, exponent.denominator) if base >= 0 else None
        base = leaves("pow", x, y) if found is None else found
    n = exponent.numerator
    if abs(base) == 1:
        return base if n % 2 else Fraction(1)
    if base and abs(n) * max(base.numerator.bit_length(), base.denominator.bit_length()) > LARGEST:
        raise OverflowError("the power is too large")
    return Fraction(base**n)


def pow_by_base(x: Number, y: Number) -> Fraction:
    """y*x^(y-1), and 0 for y = 0."""
    return y * power(x, Fraction(y) - 1) if y else Fraction(0)


def pow_by_exponent(x: Number, y: Number) -> Fraction:
    """x^y*ln(x): 0 for x = 1 and for x = 0 < y."""
    return Fraction(0) if x == 1 or x == 0 < y else leaves("pow_by_exponent", x, y)


def square_root(x: Number) -> Fraction:
    """The square root."""
    found = root(Fraction(x), 2) if x >= 0 else None
    return leaves("sqrt", x) if found is None else found


def cube_root(x: Number) -> Fraction:
    """The real cube root."""
    found = root(abs(Fraction(x)), 3)
    return leaves("cbrt", x) if found is None else found * sign(x)


def log_base(x: Number, b: Number, op: str = "log") -> Fraction:
    """The fraction r of small denominator with b^r = x."""
    args = (x, b) if op == "log" else (x,)
    if x == 1 and b > 0 and b != 1:
        return Fraction(0)
    with suppress(OverflowError, ValueError, ZeroDivisionError):
        near = Fraction(REAL.log(float(x), float(b))).limit_denominator(64)
        if power(x, near.denominator) == power(b, near.numerator):
            return near
    return leaves(op, *args)


def gamma(x: Number) -> Fraction:
    """(x - 1)! for x = 1, 2, ..."""
    if x < 1 or x != int(x):
        return leaves("gamma", x)
    if x > LARGEST // 16:
        raise OverflowError("the factorial is too large")
    return Fraction(math.factorial(int(x) - 1))


def atan2(y: Number, x: Number) -> Fraction:
    """0 on the positive half of the x-axis."""
    return Fraction(0) if y == 0 <= x else leaves("atan2", y, x)


def sign(x: Number) -> Fraction:
    """-1, 0 or 1."""
    return Fraction((x > 0) - (x < 0))


def elu(x: Number) -> Fraction:
    """The argument where it is positive."""
    return Fraction(x) if x >= 0 else leaves("elu", x)


def tie_share(x: Number, z: Number, *args: Number) -> Fraction:
    """1/k where x is z and k of the args equal z, else 0."""
    return Fraction(1, args.count(z)) if x == z else Fraction(0)


def truth(relation: Callable[..., Any]) -> Callable[..., Fraction]:
    """A condition whose value is the fraction 1 or 0."""
    return lambda *args: Fraction(bool(relation(*args)))


FUNCTIONS: dict[str, Callable[..., Fraction]] = {
    op: partial(at_points, op) if len(row.args) == 1 else partial(leaves, op)
    for op, row in TABLE.items()
    if op in POINTS or not row.helper
} | {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "div": lambda x, y: Fraction(x) / y,
    "neg": operator.neg,
    "pow": power,
    "pow_by_base": pow_by_base,
    "pow_by_exponent": pow_by_exponent,
    "square": lambda x: Fraction(x) * x,
    "sqrt": square_root,
    "cbrt": cube_root,
    "hypot": lambda *args: square_root(sum(x * x for x in args)),
    "ln": lambda x: Fraction(0) if x == 1 else leaves("ln", x),
    "log": log_base,
    "log2": lambda x: log_base(x, 2, "log2"),
    "log10": lambda x: log_base(x, 10, "log10"),
    "atan2": atan2,
    "gamma": gamma,
    "elu": elu,
    "abs": operator.abs,
    "sign": sign,
    "floor": lambda x: Fraction(math.floor(x)),
    "ceil": lambda x: Fraction(math.ceil(x)),
    "round": lambda x: Fraction(round(x)),
    "max": lambda *args: Fraction(max(args)),
    "min": lambda *args: Fraction(min(args)),
    "tie_share": tie_share,
    "step": lambda x: Fraction(x > 0),
    "relu": lambda x: Fraction(max(x, 0)),
    "leaky_relu": lambda x: Fraction(x) if x > 0 else Fraction(x) / 100,
    "leaky_slope": lambda x: Fraction(1) if x > 0 else Fraction(1, 100),
    "stop": Fraction,
    "lt": truth(operator.lt),
    "le": truth(operator.le),
    "gt": truth(operator.gt),
    "ge": truth(operator.ge),
    "eq": truth(operator.eq),
    "ne": truth(operator.ne),
    "and": truth(lambda x, y: x and y),
    "or": truth(lambda x, y: x or y),
    "not": truth(operator.not_),
    "select": lambda c, x, y: Fraction(x if c else y),
}


class Exact(Named):
    """The exact arithmetic: values are fractions."""

    def lift(self, value: Number | str) -> Fraction:
        """The constant as a fraction; pi, e and tau are none."""
        if value in CONSTANTS:
            raise ValueError(f"{value} leaves the exact numbers")
        return Fraction(value)


EXACT = Exact("exact", FUNCTIONS)
