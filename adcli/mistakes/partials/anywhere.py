"""Wrong partials that any operation may have."""

from __future__ import annotations

from adcli.mistakes.hypothesis import Example, partial

ANYWHERE = (
    partial(
        "difference-sign",
        [("sub", 1), ("neg", 0)],
        lambda m, d, z, *args: 1,
        "the minus is missing",
        8,
        Example("x^2 - sin(x)", {"x": 2}, {"x": 3.5838531634528574}),
    ),
    partial(
        "not-differentiated",
        "factors",
        lambda m, d, z, *args: z,
        "the function was copied, not differentiated",
        5,
        Example("sin(x)", {"x": 2}, {"x": 0.9092974268256817}),
    ),
    partial(
        "factor-forgotten",
        "factors",
        lambda m, d, z, *args: 1,
        "this factor of the chain rule is missing",
        9,
        Example("exp(3*x)", {"x": 0.5}, {"x": 4.4816890703380645}),
    ),
    partial(
        "path-forgotten",
        "any",
        lambda m, d, z, *args: 0,
        "this contribution is missing",
        7,
        Example("x^2 + sin(x)", {"x": 2}, {"x": 4}),
    ),
    partial(
        "sign",
        "any",
        lambda m, d, z, *args: -d,
        "the sign is wrong",
        8,
        Example("x*y", {"x": 2, "y": 3}, {"x": -3, "y": 2}),
    ),
    partial(
        "factor-inverted",
        "factors",
        lambda m, d, z, *args: 1 / d,
        "this factor was turned upside down",
        2,
        Example("exp(3*x)", {"x": 0.5}, {"x": 4.4816890703380645 / 3}),
    ),
)
