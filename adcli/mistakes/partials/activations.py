"""Wrong partials of activation functions, and of |x|."""

from __future__ import annotations

from adcli.mistakes.hypothesis import Example, partial, partials

ACTIVATIONS = (
    partial(
        "sigmoid-one-factor",
        [("sigmoid", 0)],
        lambda m, d, z, x: 1 - z,
        "the derivative of sigmoid is sigmoid·(1 - sigmoid)",
        5,
        Example("sigmoid(x)", {"x": 2}, {"x": 0.11920292202211757}),
    ),
    partial(
        "sigmoid-plus",
        [("sigmoid", 0)],
        lambda m, d, z, x: z * (1 + z),
        "the derivative of sigmoid is sigmoid·(1 - sigmoid), with a minus",
        4,
        Example("sigmoid(x)", {"x": 2}, {"x": 1.656600570552258}),
    ),
    partial(
        "sigmoid-of-value",
        [("sigmoid", 0)],
        lambda m, d, z, x: m.sigmoid(z) * (1 - m.sigmoid(z)),
        "sigmoid is applied once, not twice",
        2,
        Example("sigmoid(x)", {"x": 2}, {"x": 0.20715622948838924}),
    ),
    partial(
        "sigmoid-by-argument",
        [("sigmoid", 0)],
        lambda m, d, z, x: x * (1 - x),
        "the derivative is taken at the value of sigmoid, not at its argument",
        4,
        Example("sigmoid(x)", {"x": 2}, {"x": -2}),
    ),
    partial(
        "softplus-as-sigmoid-slope",
        [("softplus", 0)],
        lambda m, d, z, x: m.sigmoid(x) * (1 - m.sigmoid(x)),
        "the derivative of softplus is sigmoid",
        3,
        Example("softplus(x)", {"x": 2}, {"x": 0.1049935854035065}),
    ),
    partial(
        "relu-of-value",
        [("relu", 0)],
        lambda m, d, z, x: z,
        "the derivative of relu is 0 or 1",
        4,
        Example("relu(x)", {"x": 2}, {"x": 2}),
    ),
    partial(
        "relu-always-one",
        [("relu", 0), ("leaky_relu", 0)],
        lambda m, d, z, x: 1,
        "the slope is 1 only for positive arguments",
        4,
        Example("relu(x) + 3*x", {"x": -2}, {"x": 4}),
    ),
    partial(
        "erf-without-factor",
        [("erf", 0)],
        lambda m, d, z, x: m.exp(-m.square(x)),
        "the factor 2/√π is missing",
        5,
        Example("erf(x)", {"x": 0.5}, {"x": 0.7788007830714049}),
    ),
    partials(
        "maximum-wrong-operand",
        "max",
        (lambda m, d, z, x, y: 1 - d, lambda m, d, z, x, y: 1 - d),
        "the slope 1 belongs to the larger operand",
        4,
        Example("max(x^2, 3*x)", {"x": 2}, {"x": 4}),
    ),
    partials(
        "minimum-wrong-operand",
        "min",
        (lambda m, d, z, x, y: 1 - d, lambda m, d, z, x, y: 1 - d),
        "the slope 1 belongs to the smaller operand",
        4,
        Example("min(x^2, 3*x)", {"x": 2}, {"x": 3}),
    ),
    partial(
        "abs-always-one",
        [("abs", 0)],
        lambda m, d, z, x: 1,
        "the slope of |x| is the sign of x",
        5,
        Example("abs(x)", {"x": -2}, {"x": 1}),
    ),
)
