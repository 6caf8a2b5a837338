"""Wrong partials of the inverse trigonometric functions."""

from __future__ import annotations

from adcli.mistakes.hypothesis import Example, partial

INVERSES = (
    partial(
        "asin-plus",
        [("asin", 0)],
        lambda m, d, z, x: 1 / m.sqrt(1 + m.square(x)),
        "the square is subtracted from 1",
        5,
        Example("asin(x)", {"x": 0.6}, {"x": 0.8574929257125441}),
    ),
    partial(
        "asin-without-root",
        [("asin", 0)],
        lambda m, d, z, x: 1 / (1 - m.square(x)),
        "the root in the divisor is missing",
        5,
        Example("asin(x)", {"x": 0.6}, {"x": 1.5625}),
    ),
    partial(
        "asin-not-inverted",
        [("asin", 0)],
        lambda m, d, z, x: m.sqrt(1 - m.square(x)),
        "the root stands in the divisor",
        4,
        Example("asin(x)", {"x": 0.6}, {"x": 0.8}),
    ),
    partial(
        "asin-without-square",
        [("asin", 0)],
        lambda m, d, z, x: 1 / m.sqrt(1 - x),
        "the argument is squared under the root",
        4,
        Example("asin(x)", {"x": 0.6}, {"x": 1.5811388300841895}),
    ),
    partial(
        "asin-as-reciprocal-of-cos",
        [("asin", 0)],
        lambda m, d, z, x: 1 / m.cos(x),
        "the cosine is taken of the angle asin, not of its sine",
        4,
        Example("asin(x)", {"x": 0.6}, {"x": 1.2116283145123164}),
    ),
    partial(
        "acos-as-reciprocal-of-sin",
        [("acos", 0)],
        lambda m, d, z, x: -1 / m.sin(x),
        "the sine is taken of the angle acos, not of its cosine",
        4,
        Example("acos(x)", {"x": 0.6}, {"x": -1.7710321966877254}),
    ),
    partial(
        "acos-sign",
        [("acos", 0)],
        lambda m, d, z, x: 1 / m.sqrt(1 - m.square(x)),
        "the derivative of acos has a minus",
        6,
        Example("acos(x)", {"x": 0.6}, {"x": 1.25}),
    ),
    partial(
        "acos-without-root",
        [("acos", 0)],
        lambda m, d, z, x: -1 / (1 - m.square(x)),
        "the root in the divisor is missing",
        5,
        Example("acos(x)", {"x": 0.6}, {"x": -1.5625}),
    ),
    partial(
        "atan-minus",
        [("atan", 0)],
        lambda m, d, z, x: 1 / (1 - m.square(x)),
        "the square is added to 1",
        5,
        Example("atan(x)", {"x": 0.6}, {"x": 1.5625}),
    ),
    partial(
        "atan-with-root",
        [("atan", 0)],
        lambda m, d, z, x: 1 / m.sqrt(1 + m.square(x)),
        "there is no root in the divisor",
        4,
        Example("atan(x)", {"x": 0.6}, {"x": 0.8574929257125441}),
    ),
    partial(
        "atan-without-square",
        [("atan", 0)],
        lambda m, d, z, x: 1 / (1 + x),
        "the argument is squared in the divisor",
        4,
        Example("atan(x)", {"x": 0.6}, {"x": 0.625}),
    ),
    partial(
        "atan-as-cos-squared",
        [("atan", 0)],
        lambda m, d, z, x: m.square(m.cos(x)),
        "the cosine is taken of the angle atan, not of its tangent",
        3,
        Example("atan(x)", {"x": 0.6}, {"x": 0.6811788772383368}),
    ),
)
