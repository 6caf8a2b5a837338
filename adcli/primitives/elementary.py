"""Roots, exponentials and logarithms."""

from __future__ import annotations

from typing import Any

from adcli.primitives.primitive import Primitive, helper

ANY = (-3.0, 3.0)
POSITIVE = (0.2, 5.0)


def hypot_curvature(m: Any, z: Any, slot: int, x: Any, *args: Any) -> Any:
    """The slopes of hypot_slope(x, *args), whose x stands for the argument that it is.

    What x itself gives cancels against what it gives as one of the args, so both are left out.
    """
    length = m.hypot(*args)
    if slot:
        other = args[slot - 1]
        return m.lift(0) if other is x else -z * m.hypot_slope(other, *args) / length
    return sum((m.square(m.hypot_slope(a, *args)) for a in args if a is not x), m.lift(0)) / length


ROWS = (
    Primitive(
        "sqrt",
        "elementary",
        ("x",),
        (lambda m, z, x: 1 / (2 * z),),
        "the square root of x",
        domain="x ≥ 0",
        needs="an argument of at least 0",
        smooth="arguments greater than 0",
        points=((0.0,), (1.0,), (4.0,), (1e-320,), (1e308,)),
        ranges=(POSITIVE,),
        bare=True,
    ),
    Primitive(
        "cbrt",
        "elementary",
        ("x",),
        (lambda m, z, x: 1 / (3 * m.square(z)),),
        "the real cube root of x",
        smooth="arguments other than 0",
        points=((0.0,), (1.0,), (-27.0,), (-1e-320,), (1e308,)),
        ranges=(POSITIVE,),
    ),
    Primitive(
        "hypot",
        "elementary",
        ("x", "y..."),
        (lambda m, z, slot, *args: m.hypot_slope(args[slot], *args),),
        "the length √(x² + y² + …)",
        smooth="arguments that are not all 0",
        points=(
            (0.0, 0.0),
            (3.0, 4.0),
            (3.0, 0.0),
            (1e200, 1e200),
            (1e-200, -1e-200),
            (2.0, 3.0, 6.0),
            (1e-320, 1e-321),
        ),
        ranges=(POSITIVE, ANY),
        expand=lambda m, *args: m.sqrt(sum((m.square(x) for x in args[1:]), m.square(args[0]))),
    ),
    helper(
        "hypot_slope",
        "elementary",
        ("x", "args..."),
        "the slope of hypot(args) in its argument x",
        lambda m, x, *args: x / m.hypot(*args),
        d=(hypot_curvature,),
    ),
    Primitive(
        "exp",
        "elementary",
        ("x",),
        (lambda m, z, x: z,),
        "the exponential e^x",
        points=((0.0,), (1.0,), (-745.0,), (709.7,), (1e-20,)),
        ranges=(ANY,),
        bare=True,
    ),
    Primitive(
        "expm1",
        "elementary",
        ("x",),
        (lambda m, z, x: m.exp(x),),
        "e^x - 1, accurate near x = 0",
        points=((0.0,), (1e-20,), (-1e-300,), (-50.0,), (-800.0,), (709.7,)),
        ranges=(ANY,),
        expand=lambda m, x: m.exp(x) - 1,
    ),
    Primitive(
        "ln",
        "elementary",
        ("x",),
        (lambda m, z, x: 1 / x,),
        "the natural logarithm of x",
        domain="x > 0",
        needs="an argument greater than 0",
        aliases=("log",),
        points=((1.0,), (1e-300,), (1e308,), (1.0000000000000002,)),
        ranges=(POSITIVE,),
        bare=True,
    ),
    Primitive(
        "log10",
        "elementary",
        ("x",),
        (lambda m, z, x: m.log10_slope(x),),
        "the logarithm of x to the base 10",
        domain="x > 0",
        needs="an argument greater than 0",
        points=((1.0,), (1000.0,), (1e-320,), (1.7e308,), (1.0000000000000002,)),
        ranges=(POSITIVE,),
        bare=True,
        expand=lambda m, x: m.ln(x) / m.ln(m.lift(10)),
    ),
    helper(
        "log10_slope",
        "elementary",
        ("x",),
        "the slope of log10",
        lambda m, x: 1 / (x * m.ln(m.lift(10))),
        d=(lambda m, z, x: -z / x,),
    ),
    Primitive(
        "log2",
        "elementary",
        ("x",),
        (lambda m, z, x: m.log2_slope(x),),
        "the logarithm of x to the base 2",
        domain="x > 0",
        needs="an argument greater than 0",
        points=((1.0,), (8.0,), (1e-320,), (1.7e308,), (1.0000000000000002,)),
        ranges=(POSITIVE,),
        bare=True,
        expand=lambda m, x: m.ln(x) / m.ln(m.lift(2)),
    ),
    helper(
        "log2_slope",
        "elementary",
        ("x",),
        "the slope of log2",
        lambda m, x: 1 / (x * m.ln(m.lift(2))),
        d=(lambda m, z, x: -z / x,),
    ),
    Primitive(
        "log1p",
        "elementary",
        ("x",),
        (lambda m, z, x: 1 / (1 + x),),
        "ln(1 + x), accurate near x = 0",
        domain="x > -1",
        needs="an argument greater than -1",
        points=((0.0,), (1e-20,), (-1e-20,), (-0.9999999999999999,), (1e308,)),
        ranges=((-0.7, 3.0),),
        expand=lambda m, x: m.ln(1 + x),
    ),
    Primitive(
        "log",
        "elementary",
        ("x", "b"),
        (lambda m, z, x, b: m.log_by_argument(x, b), lambda m, z, x, b: m.log_by_base(x, b)),
        "the logarithm of x to the base b: ln(x)/ln(b)",
        domain="x > 0, b > 0, b ≠ 1",
        needs="an argument greater than 0 and a base greater than 0 other than 1",
        points=(
            (8.0, 2.0),
            (1000.0, 10.0),
            (1.0, 3.0),
            (1.0000000000000002, 10.0),
            (10.0, 1.0000000000000002),
            (0.25, 0.5),
            (1e-320, 10.0),
            (1.7e308, 1.7e308),
            (5.0, 1e-320),
        ),
        ranges=(POSITIVE, (1.5, 10.0)),
        bare=True,
        expand=lambda m, x, b: m.ln(x) / m.ln(b),
    ),
    helper(
        "log_by_argument",
        "elementary",
        ("x", "b"),
        "the slope of log(x, b) in x",
        lambda m, x, b: 1 / (x * m.ln(b)),
        d=(
            lambda m, z, x, b: -z / x,
            lambda m, z, x, b: -z * m.log_by_argument(b, b),
        ),
    ),
    helper(
        "log_by_base",
        "elementary",
        ("x", "b"),
        "the slope of log(x, b) in b",
        lambda m, x, b: -m.log(x, b) / (b * m.ln(b)),
        d=(
            lambda m, z, x, b: -m.log_by_argument(x, b) * m.log_by_argument(b, b),
            lambda m, z, x, b: -z * (1 + 2 / m.ln(b)) / b,
        ),
    ),
)
