"""Random programs: expressions of all kinds, some with named steps, loops and choices."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

NAMES = ("x", "y", "z")
EVERYWHERE = (
    "sin", "cos", "exp", "atan", "sinh", "cosh", "tanh", "asinh", "sigmoid", "softplus", "erf", "abs", "relu",
    "sech", "normpdf", "silu", "sign", "cbrt",
)  # fmt: skip
SOMEWHERE = (
    "ln", "sqrt", "tan", "sec", "cot", "csc", "asin", "acos", "acosh", "atanh", "log2", "coth", "csch", "gamma",
    "log1p", "logit",
)  # fmt: skip
PAIRS = ("max", "min", "hypot", "atan2", "logaddexp", "log")
NUMBERS = ("2", "3", "0.5", "7", "1/3", "pi", "10", "e", "1")


def expression(chance: random.Random, depth: int, names: tuple[str, ...] = NAMES) -> str:
    """An expression with brackets wherever they may be needed."""
    kind = chance.random()
    if depth == 0 or kind < 0.08:
        return chance.choice(names) if chance.random() < 0.75 else chance.choice(NUMBERS)
    inner = expression(chance, depth - 1, names)
    if kind < 0.3:
        return f"{chance.choice(EVERYWHERE)}({inner})"
    if kind < 0.4:
        return f"{chance.choice(SOMEWHERE)}({inner})"
    other = expression(chance, depth - 1, names)
    if kind < 0.46:
        return f"{chance.choice(PAIRS)}({inner}, {other})"
    if kind < 0.5:
        return f"if({inner} < {other}, {inner}, {expression(chance, depth - 1, names)})"
    if kind < 0.6:
        return f"({inner})^{chance.choice(('2', '3', '(-1)', '(1/2)', '(-2)', '4', '1.5'))}"
    if kind < 0.63:
        return f"({inner})^({other})"
    if kind < 0.66:
        return f"-({inner})"
    return f"({inner}){chance.choice('++--***//')}({other})"


def program(chance: random.Random, depth: int = 3) -> str:
    """An expression, one with steps that come again, or a loop."""
    kind = chance.random()
    if kind < 0.7:
        return expression(chance, depth)
    if kind < 0.9:
        step = expression(chance, depth - 1)
        return f"u = {step}; {expression(chance, depth - 1, (*NAMES, 'u', 'u'))}"
    return (
        f"s = {expression(chance, 1)}; for k in 1..3 {{ s = {expression(chance, 2, (*NAMES, 's', 'k'))} }}; s"
    )
