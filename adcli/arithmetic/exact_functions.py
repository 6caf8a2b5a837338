"""The functions of exact numbers: a fraction or a closed form where there is one, else an error.

ValueError "... leaves the exact numbers" where a value has no closed form, TooLong where a power would have
more than `LARGEST` bits; outside the domain the errors are those of the real arithmetic.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from typing import Any

from adcli.arithmetic import TooLong
from adcli.arithmetic.closed import functions as closed
from adcli.arithmetic.closed.functions import HALF
from adcli.arithmetic.closed.number import PI, Closed, side
from adcli.arithmetic.real import REAL

Number = int | Fraction | Closed
LARGEST = 14_000  # bits: what has more than 4 200 digits is nobody's exact answer


def exact(x: Any) -> Any:
    """A value of this arithmetic: a Fraction or a closed form."""
    return x if isinstance(x, Closed) else Fraction(x)


def enclosing(x: Number) -> tuple[float, float]:
    """Two neighbouring floats with x between them, or x twice."""
    near = float(x)
    return near, near if near == x else math.nextafter(near, math.inf if x > near else -math.inf)


def leaves(op: str, *args: Number) -> Any:
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


def closed_or_leaves(op: str, function: Callable[..., Any], *args: Number) -> Any:
    """The value of a function that knows closed forms, or an error."""
    found = function(*map(exact, args))
    return leaves(op, *args) if found is None else found


def at_points(op: str, points: dict[Any, Any], x: Number) -> Fraction:
    """The value of `op` at one of its points."""
    return Fraction(points[x]) if x in points else leaves(op, x)


def bounded(operation: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """An operation on two numbers that is TooLong where fractions would have more digits than a power may."""

    def made(x: Any, y: Any) -> Any:
        if length(x) + length(y) > LARGEST:
            raise TooLong("the fraction has too many digits")
        return operation(x, y)

    return made


def length(x: Any) -> int:
    """How many bits a fraction has; a closed form watches its own."""
    return 0 if isinstance(x, Closed) else max(x.numerator.bit_length(), x.denominator.bit_length())


product = bounded(operator.mul)


def power(x: Number, y: Number) -> Any:
    """x^y; a fractional y takes a root."""
    base, exponent = exact(x), exact(y)
    if base == 1:
        return base
    if isinstance(exponent, Closed):
        if base == 0 and side(exponent) > 0:
            return Fraction(0)
        logarithm = closed.ln(base) if side(base) > 0 else None
        return leaves("pow", x, y) if logarithm is None else closed.exp(exponent * logarithm)
    if exponent.denominator > 1:
        found = closed.root_power(base, exponent) if base != 0 and side(base) > 0 else None
        if base == 0 and exponent > 0:
            return Fraction(0)
        return leaves("pow", x, y) if found is None else found
    n = exponent.numerator
    if isinstance(base, Closed):
        if abs(n) > LARGEST:
            raise TooLong("the power has too many digits")
        found = closed.root_power(base, exponent) if side(base) > 0 and len(base.top) == 1 else None
        return base**n if found is None else found
    if abs(base) == 1:
        return base if n % 2 else Fraction(1)
    if base and abs(n) * max(base.numerator.bit_length(), base.denominator.bit_length()) > LARGEST:
        raise TooLong("the power has too many digits")
    return Fraction(base**n)


def pow_by_base(x: Number, y: Number) -> Any:
    """y*x^(y-1), and 0 for y = 0."""
    return y * power(x, y - 1) if y != 0 else Fraction(0)


def pow_by_exponent(x: Number, y: Number) -> Any:
    """x^y*ln(x): 0 for x = 1 and for x = 0 < y."""
    if x == 1 or x == 0 < y:
        return Fraction(0)
    logarithm = closed.ln(exact(x)) if x > 0 else None
    return leaves("pow_by_exponent", x, y) if logarithm is None else power(x, y) * logarithm


def square_root(x: Number) -> Any:
    """The square root."""
    if x == 0:
        return Fraction(0)
    found = closed.root_power(exact(x), HALF) if x > 0 else None
    return leaves("sqrt", x) if found is None else found


def cube_root(x: Number) -> Any:
    """The real cube root."""
    if x == 0:
        return Fraction(0)
    found = closed.root_power(exact(abs(x)), Fraction(1, 3))
    return leaves("cbrt", x) if found is None else found * side(x)


def natural_logarithm(x: Number) -> Any:
    """The natural logarithm."""
    found = closed.ln(exact(x)) if x > 0 else None
    return leaves("ln", x) if found is None else found


def log_base(x: Any, b: Any, op: str = "log") -> Any:
    """ln(x)/ln(b); a fraction r with b^r = x also where neither logarithm is found."""
    args = (x, b) if op == "log" else (x,)
    if x <= 0 or b <= 0 or b == 1:
        return leaves(op, *args)
    above, below = closed.ln(exact(x)), closed.ln(exact(b))
    if above is not None and below is not None:
        return above / below
    with suppress(OverflowError, ValueError, ZeroDivisionError):
        near = Fraction(REAL.log(float(x), float(b))).limit_denominator(64)
        if power(x, near.denominator) == power(b, near.numerator):
            return near
    return leaves(op, *args)


def tangent(op: str, x: Number) -> Any:
    """tan, sec, csc or cot, by sine and cosine; at a pole the error is a domain error.

    Where these are not closed those of the double angle may be: tan(x) = sin(2x)/(1 + cos(2x)).
    """
    s, c = closed.sin(exact(x)), closed.cos(exact(x))
    above, below = {"tan": (s, c), "sec": (1, c), "csc": (1, s), "cot": (c, s)}[op]
    if (above is None or below is None) and op in ("tan", "cot"):
        above, c = closed.sin(exact(2 * x)), closed.cos(exact(2 * x))
        below = None if c is None else 1 + c if op == "tan" else 1 - c
    if above is None or below is None:
        return leaves(op, x)
    if below == 0:
        raise ZeroDivisionError(f"{op} has a pole")
    return exact(above / below)


def arc_sine(x: Number) -> Any:
    """The angle of a sine."""
    return closed_or_leaves("asin", closed.asin, x)


def arc_cosine(x: Number) -> Any:
    """The angle of a cosine: π/2 - asin(x)."""
    found = closed.asin(exact(x))
    return leaves("acos", x) if found is None else PI / 2 - found


def atan2(y: Number, x: Number) -> Any:
    """The angle of a point."""
    if x == 0:
        return PI / 2 * side(y)
    found = closed.atan(exact(y) / exact(x))
    if found is None:
        return leaves("atan2", y, x)
    return found if x > 0 else found + (PI if y >= 0 else -PI)


def inverse_hyperbolic(op: str, x: Any) -> Any:
    """asinh, acosh or atanh as the logarithm that it is."""
    x = exact(x)
    if x == 0 and op != "acosh":
        return Fraction(0)
    if (op == "acosh" and x < 1) or (op == "atanh" and abs(x) >= 1):
        return leaves(op, x)
    with suppress(ValueError):
        if op == "atanh":
            return natural_logarithm((1 + x) / (1 - x)) / 2
        return natural_logarithm(x + square_root(x * x + (1 if op == "asinh" else -1)))
    return leaves(op, x)


def gamma(x: Any) -> Any:
    """(x - 1)! for x = 1, 2, ...; a multiple of √π halfway between whole numbers."""
    if x != math.floor(x):
        return closed_or_leaves("gamma", closed.gamma, x)
    if x < 1:
        return leaves("gamma", x)
    if x > LARGEST // 16:
        raise TooLong("the factorial has too many digits")
    return Fraction(math.factorial(int(x) - 1))


def log_gamma(x: Number) -> Any:
    """ln|Γ(x)| where Γ(x) is a fraction."""
    if x < 1 or x != math.floor(x) or x > 100:
        return leaves("lgamma", x)
    return natural_logarithm(gamma(x))


def sigmoid(x: Number) -> Any:
    """1/(1 + e^-x)."""
    return 1 / (1 + closed.exp(-exact(x)))


def logit(x: Any) -> Any:
    """ln(x/(1 - x))."""
    return natural_logarithm(x / (1 - exact(x))) if 0 < x < 1 else leaves("logit", x)


def sinc(x: Number) -> Any:
    """sin(x)/x, and 1 at 0."""
    if x == 0:
        return Fraction(1)
    found = closed.sin(exact(x))
    return leaves("sinc", x) if found is None else found / x


def sinc_slope(x: Number) -> Any:
    """The slope of sinc, 0 at 0."""
    if x == 0:
        return Fraction(0)
    cosine = closed.cos(exact(x))
    return leaves("sinc_slope", x) if cosine is None else (cosine - sinc(x)) / x


def sign(x: Number) -> Fraction:
    """-1, 0 or 1."""
    return Fraction(side(x))


def tie_share(x: Number, z: Number, *args: Number) -> Fraction:
    """1/k where x is z and k of the args equal z, else 0."""
    return Fraction(1, args.count(z)) if x == z else Fraction(0)


def truth(relation: Callable[..., Any]) -> Callable[..., Fraction]:
    """A condition whose value is the fraction 1 or 0."""
    return lambda *args: Fraction(bool(relation(*args)))
