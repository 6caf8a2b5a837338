"""Wrong partials of powers and roots."""

from __future__ import annotations

from adcli.mistakes.hypothesis import Example, partial

POWERS = (
    partial(
        "power-without-factor",
        [("pow", 0)],
        lambda m, d, z, x, n: m.pow(x, n - 1),
        "the exponent comes down as a factor",
        7,
        Example("x^3 + y", {"x": 2, "y": 5}, {"x": 4, "y": 1}),
    ),
    partial(
        "power-not-lowered",
        [("pow", 0)],
        lambda m, d, z, x, n: n * m.pow(x, n),
        "the exponent is lowered by 1",
        7,
        Example("x^3 + y", {"x": 2, "y": 5}, {"x": 24, "y": 1}),
    ),
    partial(
        "power-raised",
        [("pow", 0)],
        lambda m, d, z, x, n: n * m.pow(x, n + 1),
        "the exponent is lowered by 1, not raised",
        3,
        Example("x^3 + y", {"x": 2, "y": 5}, {"x": 48, "y": 1}),
    ),
    partial(
        "power-integrated",
        [("pow", 0)],
        lambda m, d, z, x, n: m.pow(x, n + 1) / (n + 1),
        "this power was integrated",
        4,
        Example("x^3 + y^2", {"x": 2, "y": 5}, {"x": 4, "y": 10}),
    ),
    partial(
        "power-lowered-twice",
        [("pow", 0)],
        lambda m, d, z, x, n: n * m.pow(x, n - 2),
        "the exponent is lowered by 1, not by 2",
        2,
        Example("x^3 + y", {"x": 4, "y": 5}, {"x": 12, "y": 1}),
    ),
    partial(
        "power-lowered-factor",
        [("pow", 0)],
        lambda m, d, z, x, n: (n - 1) * m.pow(x, n - 1),
        "the factor is the exponent as it was before it was lowered",
        3,
        Example("x^3 + y", {"x": 2, "y": 5}, {"x": 8, "y": 1}),
    ),
    partial(
        "exponential-as-power",
        [("pow", 1)],
        lambda m, d, z, a, x: x * m.pow(a, x - 1),
        "the variable is in the exponent, where the power rule does not hold",
        6,
        Example("2^x", {"x": 3}, {"x": 12}),
    ),
    partial(
        "exponential-without-ln",
        [("pow", 1)],
        lambda m, d, z, a, x: z,
        "the factor ln of the base is missing",
        6,
        Example("2^x", {"x": 3}, {"x": 8}),
    ),
    partial(
        "exponential-by-ln-of-exponent",
        [("pow", 1)],
        lambda m, d, z, a, x: z * m.ln(x),
        "the factor is ln of the base, not of the exponent",
        2,
        Example("2^x", {"x": 3}, {"x": 8.788898309344878}),
    ),
)

ROOTS = (
    partial(
        "sqrt-without-half",
        [("sqrt", 0)],
        lambda m, d, z, x: 1 / m.sqrt(x),
        "the factor 1/2 is missing",
        7,
        Example("sqrt(x)", {"x": 2}, {"x": 0.7071067811865475}),
    ),
    partial(
        "sqrt-not-lowered",
        [("sqrt", 0)],
        lambda m, d, z, x: m.sqrt(x) / 2,
        "the exponent 1/2 is lowered to -1/2: the root stands in the divisor",
        4,
        Example("sqrt(x)", {"x": 2}, {"x": 0.7071067811865476}),
    ),
    partial(
        "sqrt-without-root",
        [("sqrt", 0)],
        lambda m, d, z, x: 1 / (2 * x),
        "the root stays a root in the divisor",
        3,
        Example("sqrt(x)", {"x": 2}, {"x": 0.25}),
    ),
    partial(
        "sqrt-doubled",
        [("sqrt", 0)],
        lambda m, d, z, x: 2 / m.sqrt(x),
        "the 2 stands in the divisor",
        2,
        Example("sqrt(x)", {"x": 2}, {"x": 1.414213562373095}),
    ),
    partial(
        "cbrt-without-third",
        [("cbrt", 0)],
        lambda m, d, z, x: 1 / m.square(m.cbrt(x)),
        "the factor 1/3 is missing",
        5,
        Example("cbrt(x)", {"x": 8}, {"x": 0.25}),
    ),
    partial(
        "cbrt-without-square",
        [("cbrt", 0)],
        lambda m, d, z, x: 1 / (3 * m.cbrt(x)),
        "the exponent 1/3 is lowered to -2/3: the root is squared",
        5,
        Example("cbrt(x)", {"x": 8}, {"x": 1 / 6}),
    ),
)
