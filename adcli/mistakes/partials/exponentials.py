"""Wrong partials of exponentials and logarithms."""

from __future__ import annotations

from adcli.mistakes.hypothesis import Example, partial

LOGARITHMS = (("log10", 0), ("log2", 0), ("log", 0))

EXPONENTIALS = (
    partial(
        "exp-as-power",
        [("exp", 0)],
        lambda m, d, z, x: x * m.exp(x - 1),
        "e^x is no power of x: its derivative is e^x",
        6,
        Example("exp(x)", {"x": 2}, {"x": 5.43656365691809}),
    ),
    partial(
        "exp-times-exponent",
        [("exp", 0)],
        lambda m, d, z, x: x * m.exp(x),
        "the exponent does not come down as a factor, only its derivative does",
        5,
        Example("exp(x)", {"x": 2}, {"x": 14.7781121978613}),
    ),
    partial(
        "exp-lowered",
        [("exp", 0)],
        lambda m, d, z, x: m.exp(x - 1),
        "the exponent of e^x is not lowered",
        3,
        Example("exp(x)", {"x": 2}, {"x": 2.718281828459045}),
    ),
    partial(
        "ln-as-reciprocal-of-ln",
        [("ln", 0)],
        lambda m, d, z, x: 1 / m.ln(x),
        "the derivative of ln is one over its argument, not over ln",
        5,
        Example("ln(x)", {"x": 2}, {"x": 1.4426950408889634}),
    ),
    partial(
        "ln-as-exp",
        [("ln", 0)],
        lambda m, d, z, x: m.exp(x),
        "the derivative of ln is one over its argument",
        2,
        Example("ln(x)", {"x": 2}, {"x": 7.38905609893065}),
    ),
    partial(
        "ln-differentiated-twice",
        [("ln", 0)],
        lambda m, d, z, x: -1 / m.square(x),
        "this is the second derivative of ln",
        3,
        Example("ln(x)", {"x": 2}, {"x": -0.25}),
    ),
    partial(
        "ln-not-inverted",
        [("ln", 0)],
        lambda m, d, z, x: x,
        "the argument of ln stands in the divisor",
        2,
        Example("ln(x)", {"x": 2}, {"x": 2}),
    ),
    partial(
        "logarithm-without-base",
        LOGARITHMS,
        lambda m, d, z, x, *b: 1 / x,
        "the factor ln of the base is missing in the divisor",
        6,
        Example("log10(x)", {"x": 2}, {"x": 0.5}),
    ),
    partial(
        "logarithm-times-base",
        [("log10", 0)],
        lambda m, d, z, x: m.ln(m.lift(10)) / x,
        "ln of the base stands in the divisor",
        3,
        Example("log10(x)", {"x": 2}, {"x": 1.151292546497023}),
    ),
    partial(
        "logarithm-times-base",
        [("log2", 0)],
        lambda m, d, z, x: m.ln(m.lift(2)) / x,
        "ln of the base stands in the divisor",
        3,
        Example("log2(x)", {"x": 3}, {"x": 0.23104906018664842}),
    ),
    partial(
        "logarithm-times-base",
        [("log", 0)],
        lambda m, d, z, x, b: m.ln(b) / x,
        "ln of the base stands in the divisor",
        3,
        Example("log(x, 5)", {"x": 2}, {"x": 0.8047189562170503}),
    ),
)
