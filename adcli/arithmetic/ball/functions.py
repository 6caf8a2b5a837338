"""Functions of balls. Those of the table that are missing here are made by their expansions."""

from __future__ import annotations

import operator
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from adcli.arithmetic import Undecided
from adcli.arithmetic.ball.library import flint
from adcli.arithmetic.ball.number import Ball, bound, whole


def inside(x: Ball, *, low: Any = None, high: Any = None, closed: bool = True) -> None:
    """Raise ValueError for an x that is certainly outside of an interval, Undecided where nobody knows."""
    for end, sign in ((low, 1), (high, -1)):
        if end is not None:
            side = (x - end).side() * sign
            if side < 0 or (side == 0 and not closed):
                raise ValueError("math domain error")


def unary(name: str, **interval: Any) -> Callable[[Ball], Ball]:
    """A function of the library, defined in an interval."""

    def function(x: Ball) -> Ball:
        if interval:
            inside(x, **interval)
        return x.home.new(x.home.run(getattr(x.arb, name)))

    return function


def power(x: Ball, y: Ball) -> Ball:
    """x^y."""
    home = x.home
    exponent = y.exact if isinstance(y.known, Fraction) or y.arb.contains_integer() else None
    if isinstance(exponent, Fraction) and exponent.denominator == 1:
        if exponent < 0 and x.is_zero():
            raise ZeroDivisionError("0 to a negative power")
        if exponent < 0 and x.arb.contains(0):
            raise Undecided(f"cannot tell the base of a negative power from 0: {bound(x)}")
        return home.new(home.run(pow, x.arb, int(exponent)))
    if x.is_zero():
        if y.side() < 0:
            raise ZeroDivisionError("0 to a negative power")
        return home.lift(0)
    if x.side() < 0:
        if home.run(y.arb.floor).unique_fmpz() is None:
            raise Undecided("cannot tell whether the exponent of a negative base is a whole number")
        raise ValueError("math domain error")
    return home.new(home.run(pow, x.arb, y.arb))


def pow_by_base(x: Ball, y: Ball) -> Any:
    """y·x^(y-1), and 0 for y = 0."""
    return y if y.is_zero() else y * x.home.function("pow")(x, y - 1)


def pow_by_exponent(x: Ball, y: Ball) -> Any:
    """x^y·ln(x), and 0 for x = 0 < y."""
    if x.is_zero() and y.side() > 0:
        return x
    return x.home.function("pow")(x, y) * x.home.function("ln")(x)


def cube_root(x: Ball) -> Any:
    """The real cube root."""
    side = x.side()
    return x.home.new(x.home.run(lambda: abs(x.arb).root(3))) * side


def atan2(y: Ball, x: Ball) -> Ball:
    """The angle of a point; Undecided where the ball lies on both sides of the cut."""
    if not x.arb > 0 and y.arb.contains(0):
        y.side()
    return x.home.new(x.home.run(flint.arb.atan2, y.arb, x.arb))


def log_gamma(x: Ball) -> Ball:
    """ln|Γ(x)|, left of 0 too."""
    at = x.arb if x.side() > 0 else flint.acb(x.arb)
    return x.home.new(x.home.run(at.lgamma).real)


def polygamma(n: Ball, x: Ball) -> Ball:
    """The n-th derivative of digamma."""
    if not isinstance(n.exact, Fraction) or n.exact not in range(201):
        raise ValueError("math domain error")
    if n.exact == 0:
        return x.home.new(x.home.run(x.arb.digamma))
    order = int(n.exact)
    if x.arb < 0:
        return x.home.new(x.home.run(reflected, order, x.arb))
    return x.home.new(x.home.run(flint.acb(x.arb).polygamma, order).real)


def reflected(n: int, x: Any) -> Any:
    """The n-th derivative of digamma left of 0: ψ(x) = ψ(1 - x) - π·cot(πx), n times differentiated."""
    cap = flint.ctx.cap
    flint.ctx.cap = n + 1
    try:
        angle = flint.arb_series([x * flint.arb.pi(), flint.arb.pi()], n + 1)
        slope = (angle.cos() / angle.sin())[n] * flint.arb.pi() * flint.arb(n).fac()
    finally:
        flint.ctx.cap = cap
    right = flint.acb(1 - x).polygamma(n).real
    return (right if n % 2 == 0 else -right) - slope


def sigmoid(x: Ball) -> Any:
    """1/(1 + e^-x), by the exponential that is small."""
    exp = x.home.function("exp")
    if x.arb > 0:
        return 1 / (1 + exp(-x))
    small = exp(x)
    return small / (1 + small)


def softplus(x: Ball) -> Any:
    """ln(1 + e^x), by the exponential that is small."""
    exp, log1p = map(x.home.function, ("exp", "log1p"))
    return x + log1p(exp(-x)) if x.arb > 0 else log1p(exp(x))


def logaddexp(x: Ball, y: Ball) -> Any:
    """ln(e^x + e^y), by the difference."""
    return y + softplus(x - y) if (x - y).arb < 0 else x + softplus(y - x)


def absolute(x: Ball) -> Ball:
    """|x|."""
    return x.home.new(x.home.run(abs, x.arb))


def extreme(name: str) -> Callable[..., Ball]:
    """The largest or the smallest of some balls; one of them where that is known, else what holds it."""

    def function(*args: Ball) -> Ball:
        found = args[0]
        for x in args[1:]:
            try:
                side = (x - found).side()
            except Undecided:
                found = x.home.new(x.home.run(getattr(x.arb, name), found.arb))
            else:
                found = x if (side > 0) == (name == "max") and side else found
        return found

    return function


def relu(x: Ball) -> Ball:
    """The larger one of x and 0."""
    return extreme("max")(x, x.home.lift(0))


def nearest(x: Ball) -> Any:
    """The nearest whole number, of a half the even one; where the ball holds one, nobody knows which."""
    if (2 * x.arb).contains_integer() and isinstance(x.exact, Fraction):
        return x.home.lift(round(x.exact))
    return x.home.lift(int(whole(x + Fraction(1, 2))))


def tie_share(x: Ball, z: Ball, *args: Ball) -> Any:
    """1/k where x is z and k of the args equal z, else 0."""
    return x.home.lift(Fraction(1, sum(a == z for a in args)) if x == z else 0)


def relation(holds: Callable[[int], bool]) -> Callable[[Ball, Ball], Any]:
    """A comparison, by the sign of the difference."""
    return lambda x, y: x.home.lift(int(holds((x - y).side())))


def sinc(x: Ball) -> Ball:
    """sin(x)/x, near 0 too."""
    return x.home.new(x.home.run(x.arb.sinc))


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "div": operator.truediv,
    "neg": operator.neg,
    "pow": power,
    "pow_by_base": pow_by_base,
    "pow_by_exponent": pow_by_exponent,
    "square": lambda x: x.home.new(x.home.run(pow, x.arb, 2)),
    "sqrt": unary("sqrt", low=0),
    "cbrt": cube_root,
    "exp": unary("exp"),
    "expm1": unary("expm1"),
    "ln": unary("log", low=0, closed=False),
    "log1p": unary("log1p", low=-1, closed=False),
    "sin": unary("sin"),
    "cos": unary("cos"),
    "asin": unary("asin", low=-1, high=1),
    "acos": unary("acos", low=-1, high=1),
    "atan": unary("atan"),
    "atan2": atan2,
    "sinh": unary("sinh"),
    "cosh": unary("cosh"),
    "tanh": unary("tanh"),
    "asinh": unary("asinh"),
    "acosh": unary("acosh", low=1),
    "atanh": unary("atanh", low=-1, high=1, closed=False),
    "erf": unary("erf"),
    "erfc": unary("erfc"),
    "gamma": unary("gamma"),
    "lgamma": log_gamma,
    "polygamma": polygamma,
    "sinc": sinc,
    "logaddexp": logaddexp,
    "sigmoid": sigmoid,
    "softplus": softplus,
    "abs": absolute,
    "sign": lambda x: x.home.lift(x.side()),
    "floor": lambda x: x.home.lift(int(whole(x))),
    "ceil": lambda x: x.home.lift(-int(whole(-x))),
    "round": nearest,
    "max": extreme("max"),
    "min": extreme("min"),
    "tie_share": tie_share,
    "step": lambda x: x.home.lift(int(x.side() > 0)),
    "relu": relu,
    "stop": lambda x: x,
    "lt": relation(lambda side: side < 0),
    "le": relation(lambda side: side <= 0),
    "gt": relation(lambda side: side > 0),
    "ge": relation(lambda side: side >= 0),
    "eq": relation(lambda side: side == 0),
    "ne": relation(lambda side: side != 0),
    "and": lambda x, y: x.home.lift(int(bool(x) and bool(y))),
    "or": lambda x, y: x.home.lift(int(bool(x) or bool(y))),
    "not": lambda x: x.home.lift(int(not x)),
    "select": lambda c, x, y: x if c else y,
}
