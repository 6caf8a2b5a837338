"""Functions with kinks: abs, rounding, max and min, step and relu, and stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adcli.primitives.primitive import Kink, Primitive, helper

if TYPE_CHECKING:
    from collections.abc import Callable

ANY = (-3.0, 3.0)


def at_zero(left: float, right: float) -> Kink:
    """A kink at x = 0 with these two slopes."""
    return Kink(lambda x: x == 0, lambda _: ((left, right),), "x = 0")


def tie(pick: Callable[..., float], left: float, right: float, words: str) -> Kink:
    """The kink of max or min where several arguments share the value that `pick` takes."""

    def at(*args: float) -> bool:
        return args.count(pick(args)) > 1

    def slopes(*args: float) -> tuple[tuple[float, float], ...]:
        return tuple((left, right) if x == pick(args) else (0.0, 0.0) for x in args)

    return Kink(at, slopes, words)


ROWS = (
    Primitive(
        "abs",
        "piecewise",
        ("x",),
        (lambda m, z, x: m.sign(x),),
        "the absolute value |x|; slope 0 at x = 0",
        kinks=(at_zero(-1.0, 1.0),),
        points=((0.0,), (-2.0,), (1e-320,)),
        ranges=(ANY,),
    ),
    Primitive(
        "sign",
        "piecewise",
        ("x",),
        (0,),
        "-1, 0 or 1: the sign of x",
        kinks=(Kink(lambda x: x == 0, None, "x = 0"),),
        points=((0.0,), (-2.0,), (1e-320,)),
        ranges=(ANY,),
    ),
    Primitive(
        "floor",
        "piecewise",
        ("x",),
        (0,),
        "the largest whole number ≤ x",
        kinks=(Kink(lambda x: x == x // 1, None, "x a whole number"),),
        points=((0.0,), (-0.5,), (2.0,), (1e300,)),
        ranges=(ANY,),
    ),
    Primitive(
        "ceil",
        "piecewise",
        ("x",),
        (0,),
        "the smallest whole number ≥ x",
        kinks=(Kink(lambda x: x == x // 1, None, "x a whole number"),),
        points=((0.0,), (-0.5,), (2.0,), (1e300,)),
        ranges=(ANY,),
    ),
    Primitive(
        "round",
        "piecewise",
        ("x",),
        (0,),
        "the nearest whole number, halves to the even one",
        kinks=(Kink(lambda x: x % 1 == 0.5, None, "x halfway between whole numbers"),),
        points=((0.0,), (0.5,), (1.5,), (-2.5,), (0.49999999999999994,), (1e300,)),
        ranges=(ANY,),
    ),
    Primitive(
        "max",
        "piecewise",
        ("x...",),
        (lambda m, z, slot, *args: m.tie_share(args[slot], z, *args),),
        "the largest argument; k equal ones have the slope 1/k each",
        kinks=(tie(max, 0.0, 1.0, "two or more arguments share the largest value"),),
        points=((1.0,), (1.0, 1.0), (2.0, 1.0), (1.0, 1.0, 1.0), (3.0, 1.0, 3.0)),
        ranges=(ANY,),
    ),
    Primitive(
        "min",
        "piecewise",
        ("x...",),
        (lambda m, z, slot, *args: m.tie_share(args[slot], z, *args),),
        "the smallest argument; k equal ones have the slope 1/k each",
        kinks=(tie(min, 1.0, 0.0, "two or more arguments share the smallest value"),),
        points=((1.0,), (1.0, 1.0), (2.0, 1.0), (1.0, 1.0, 1.0), (1.0, 3.0, 1.0)),
        ranges=(ANY,),
    ),
    helper(
        "tie_share",
        "piecewise",
        ("x", "z", "args..."),
        "1/k where x = z and k of the args equal z, else 0",
        lambda m, x, z, *args: m.eq(x, z) / sum((m.eq(a, z) for a in args[1:]), m.eq(args[0], z)),
        d=(0,),
    ),
    Primitive(
        "step",
        "piecewise",
        ("x",),
        (0,),
        "1 for x > 0, else 0",
        kinks=(Kink(lambda x: x == 0, None, "x = 0"),),
        points=((0.0,), (-2.0,), (1e-320,)),
        ranges=(ANY,),
        expand=lambda m, x: m.gt(x, m.lift(0)),
    ),
    Primitive(
        "relu",
        "piecewise",
        ("x",),
        (lambda m, z, x: m.step(x),),
        "x for x > 0, else 0; slope 0 at x = 0",
        kinks=(at_zero(0.0, 1.0),),
        points=((0.0,), (-2.0,), (1e-320,)),
        ranges=(ANY,),
        expand=lambda m, x: m.max(x, m.lift(0)),
    ),
    Primitive(
        "leaky_relu",
        "piecewise",
        ("x",),
        (lambda m, z, x: m.leaky_slope(x),),
        "x for x > 0, else x/100; slope 1/100 at x = 0",
        kinks=(at_zero(0.01, 1.0),),
        points=((0.0,), (-2.0,), (1e-320,), (-1e-320,)),
        ranges=(ANY,),
        expand=lambda m, x: m.select(m.gt(x, m.lift(0)), x, x / 100),
    ),
    helper(
        "leaky_slope",
        "piecewise",
        ("x",),
        "the slope of leaky_relu",
        lambda m, x: m.select(m.gt(x, m.lift(0)), m.lift(1), m.lift(1) / 100),
        d=(0,),
    ),
    Primitive(
        "stop",
        "piecewise",
        ("x",),
        (0,),
        "x itself, as a constant: its slope is 0",
        points=((0.0,), (2.0,)),
        ranges=(ANY,),
    ),
)
