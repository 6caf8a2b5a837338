"""Wrong partials of the hyperbolic functions."""

from __future__ import annotations

from adcli.mistakes.hypothesis import Example, partial

HYPERBOLIC = (
    partial(
        "sinh-sign",
        [("sinh", 0)],
        lambda m, d, z, x: -m.cosh(x),
        "the derivative of sinh is cosh",
        3,
        Example("sinh(x)", {"x": 2}, {"x": -3.7621956910836314}),
    ),
    partial(
        "cosh-sign",
        [("cosh", 0)],
        lambda m, d, z, x: -m.sinh(x),
        "the derivative of cosh is sinh, with a plus",
        6,
        Example("cosh(x)", {"x": 2}, {"x": -3.626860407847019}),
    ),
    partial(
        "tanh-plus",
        [("tanh", 0)],
        lambda m, d, z, x: 1 + m.square(m.tanh(x)),
        "the derivative of tanh is 1 - tanh², with a minus",
        5,
        Example("tanh(x)", {"x": 2}, {"x": 1.9293491751761834}),
    ),
    partial(
        "tanh-without-square",
        [("tanh", 0)],
        lambda m, d, z, x: 1 - m.tanh(x),
        "the derivative of tanh is 1 - tanh², with a square",
        5,
        Example("tanh(x)", {"x": 2}, {"x": 0.03597241992418312}),
    ),
    partial(
        "asinh-minus",
        [("asinh", 0)],
        lambda m, d, z, x: 1 / m.sqrt(m.square(x) - 1),
        "1 is added to the square",
        4,
        Example("asinh(x)", {"x": 2}, {"x": 0.5773502691896258}),
    ),
    partial(
        "acosh-plus",
        [("acosh", 0)],
        lambda m, d, z, x: 1 / m.sqrt(m.square(x) + 1),
        "1 is subtracted from the square",
        4,
        Example("acosh(x)", {"x": 2}, {"x": 0.4472135954999579}),
    ),
    partial(
        "atanh-plus",
        [("atanh", 0)],
        lambda m, d, z, x: 1 / (1 + m.square(x)),
        "the square is subtracted from 1",
        4,
        Example("atanh(x)", {"x": 0.5}, {"x": 0.8}),
    ),
    partial(
        "tanh-as-tan",
        [("tanh", 0)],
        lambda m, d, z, x: 1 / m.square(m.cos(x)),
        "the derivative of tanh is 1/cosh²",
        3,
        Example("tanh(x)", {"x": 2}, {"x": 5.774399203321917}),
    ),
)
