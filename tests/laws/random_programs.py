"""Random programs and points: smooth functions, kinks, choices, shared and re-assigned names, domains left now and then."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import random

NAMES = ("x", "y", "z")
SMOOTH = (
    "sin", "cos", "exp", "tanh", "atan", "sinh", "cosh", "erf", "sigmoid", "softplus", "asinh", "sinc", "silu", "gelu",
    "normcdf", "normpdf", "expm1", "sech", "elu", "cbrt",
)  # fmt: skip
PARTIAL = (
    "ln",
    "sqrt",
    "log1p",
    "asin",
    "acosh",
    "atanh",
    "tan",
    "log10",
    "log2",
    "lgamma",
    "logit",
    "acos",
    "coth",
)
BENT = ("abs", "relu", "leaky_relu", "sign", "step", "floor")
PAIRED = ("max", "min", "hypot", "atan2", "logaddexp")
OPERATORS = ("+", "-", "*", "*", "/")


class Drawn(NamedTuple):
    """A program's text and a point for its inputs."""

    text: str
    point: dict[str, float]


def drawn(draw: random.Random, *, bent: bool = True, choices: bool = True, partial: bool = True) -> Drawn:
    """A program of up to a dozen statements; a statement uses what stands before it."""
    names = list(NAMES[: draw.randint(1, 3)])
    known = list(names)
    lines = [f"input {', '.join(names)}"]
    for place in range(draw.randint(2, 9)):
        name = f"a{place}" if draw.random() < 0.8 or place == 0 else f"a{place - 1}"
        lines.append(f"{name} = {expression(draw, known, bent=bent, choices=choices, partial=partial)}")
        known.append(name)
    last = known[-1]
    lines.append(f"{last} + {draw.choice(known)}*{draw.choice(names)}" if draw.random() < 0.5 else last)
    return Drawn("; ".join(lines), {name: round(draw.uniform(-2, 2), 3) or 0.5 for name in names})


def expression(
    draw: random.Random, known: list[str], *, bent: bool, choices: bool, partial: bool, depth: int = 2
) -> str:
    """An expression in known names."""

    def part() -> str:
        if depth and draw.random() < 0.45:
            return expression(draw, known, bent=bent, choices=choices, partial=partial, depth=depth - 1)
        return draw.choice(known) if draw.random() < 0.85 else draw.choice(("2", "0.5", "3", "1/3", "pi"))

    kind = draw.random()
    if kind < 0.4:
        return f"({part()} {draw.choice(OPERATORS)} {part()})"
    if kind < 0.65:
        return f"{draw.choice(SMOOTH)}({part()})"
    if kind < 0.75:
        return f"({part()})^{draw.choice(('2', '3', '2', '4'))}"
    if kind < 0.82 and partial:
        return f"{draw.choice(PARTIAL)}({part()})"
    if kind < 0.9 and bent:
        return f"{draw.choice(BENT)}({part()})"
    if kind < 0.95 and choices:
        sign = draw.choice(("<", ">", "<=", ">="))
        return f"if({part()} {sign} {part()}, {part()}, {part()})"
    return f"{draw.choice(PAIRED[:2] if bent and draw.random() < 0.5 else PAIRED[2:])}({part()}, {part()})"
