"""Wrong partials of products and quotients."""

from __future__ import annotations

from adcli.mistakes.hypothesis import Example, partial, partials

PRODUCTS = (
    partial(
        "product-own-factor",
        [("mul", 0)],
        lambda m, d, z, x, y: x,
        "the partial of a product is the other factor",
        4,
        Example("x*sin(y)", {"x": 2, "y": 1}, {"x": 2, "y": 1.0806046117362795}),
    ),
    partial(
        "product-own-factor",
        [("mul", 1)],
        lambda m, d, z, x, y: y,
        "the partial of a product is the other factor",
        4,
        Example("y*sin(x)", {"x": 2, "y": 3}, {"x": -0.37840124765396417, "y": 0.9092974268256817}),
    ),
    partial(
        "product-not-differentiated",
        [("mul", 0), ("mul", 1)],
        lambda m, d, z, x, y: z,
        "the factor itself is differentiated",
        3,
        Example("3*x + y", {"x": 2, "y": 1}, {"x": 6, "y": 1}),
    ),
    partial(
        "product-term-dropped",
        [("mul", 0), ("mul", 1)],
        lambda m, d, z, x, y: 0,
        "this term of the product rule is missing",
        7,
        Example("x*exp(x)", {"x": 0.5}, {"x": 1.6487212707001282}),
    ),
    partials(
        "product-rule-minus",
        "mul",
        (lambda m, d, z, x, y: d, lambda m, d, z, x, y: -d),
        "the terms of the product rule are added",
        3,
        Example("x*exp(x)", {"x": 0.5}, {"x": 0.8243606353500641}),
    ),
)

QUOTIENTS = (
    partial(
        "quotient-without-square",
        [("div", 1)],
        lambda m, d, z, x, y: -x / y,
        "the divisor is squared in the quotient rule",
        7,
        Example("x/y", {"x": 3, "y": 0.5}, {"x": 2, "y": -6}),
    ),
    partial(
        "quotient-without-minus",
        [("div", 1)],
        lambda m, d, z, x, y: x / m.square(y),
        "the minus of the quotient rule is missing",
        7,
        Example("x/y", {"x": 3, "y": 0.5}, {"x": 2, "y": 12}),
    ),
    partial(
        "quotient-without-numerator",
        [("div", 1)],
        lambda m, d, z, x, y: -1 / m.square(y),
        "the numerator is missing",
        4,
        Example("x/y", {"x": 3, "y": 0.5}, {"x": 2, "y": -4}),
    ),
    partial(
        "quotient-cubed",
        [("div", 1)],
        lambda m, d, z, x, y: -x / (m.square(y) * y),
        "the divisor is squared, not cubed",
        1,
        Example("x/y", {"x": 3, "y": 0.5}, {"x": 2, "y": -24}),
    ),
    partial(
        "reciprocal-integrated",
        [("div", 1)],
        lambda m, d, z, x, y: x * m.ln(y),
        "this quotient was integrated",
        4,
        Example("3/x", {"x": 2}, {"x": 2.0794415416798357}),
    ),
    partial(
        "reciprocal-of-derivative",
        [("div", 1)],
        lambda m, d, z, x, y: x,
        "the derivative of a reciprocal is not the reciprocal of the derivative",
        4,
        Example("3/x", {"x": 2}, {"x": 3}),
    ),
    partial(
        "quotient-squared-numerator-term",
        [("div", 0)],
        lambda m, d, z, x, y: 1 / m.square(y),
        "the factor of the numerator's derivative is one over the divisor, not over its square",
        4,
        Example("x/y", {"x": 3, "y": 0.5}, {"x": 4, "y": -12}),
    ),
    partial(
        "quotient-times-divisor",
        [("div", 0)],
        lambda m, d, z, x, y: y,
        "the numerator's derivative is divided by the divisor",
        3,
        Example("x/y", {"x": 3, "y": 0.5}, {"x": 0.5, "y": -12}),
    ),
    partials(
        "quotient-terms-swapped",
        "div",
        (lambda m, d, z, x, y: -d, lambda m, d, z, x, y: x / m.square(y)),
        "the terms of the quotient rule are in the wrong order",
        6,
        Example("sin(x)/x", {"x": 2}, {"x": 0.435397774979992}),
    ),
    partials(
        "quotient-rule-without-square",
        "div",
        (lambda m, d, z, x, y: 1, lambda m, d, z, x, y: -x / y),
        "the quotient rule divides by the square of the divisor",
        6,
        Example("sin(x)/x", {"x": 2}, {"x": -0.870795549959983}),
    ),
    partials(
        "quotient-rule-without-divisor",
        "div",
        (lambda m, d, z, x, y: y, lambda m, d, z, x, y: -x),
        "the quotient rule divides by the square of the divisor",
        5,
        Example("sin(x)/x", {"x": 2}, {"x": -1.7415910999199666}),
    ),
)
