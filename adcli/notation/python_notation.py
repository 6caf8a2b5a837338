"""How formulas are written in Python, with its own functions and those of its math module."""

from __future__ import annotations

from collections.abc import Sequence

from adcli.notation import Notation, Piece, Rule


def spelled(name: str) -> Rule:
    """A function of Python, by its name there."""
    return lambda operands: Piece(f"{name}({', '.join(piece.text for piece in operands)})")


def chosen(operands: Sequence[Piece]) -> Piece:
    """A choice in Python."""
    condition, x, y = operands
    return Piece(f"({x.text} if {condition.text} else {y.text})")


IN_PYTHON = (
    "sqrt", "cbrt", "exp", "expm1", "log10", "log2", "log1p", "log", "sin", "cos", "tan", "asin", "acos",
    "atan", "atan2", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "hypot", "gamma", "lgamma", "erf",
    "erfc", "floor", "ceil", "degrees", "radians",
)  # fmt: skip


PYTHON = Notation(
    "python", "*", raised=False, minus="-", signs={"pow": "**"},
    rules={
        **{name: spelled(f"math.{name}") for name in IN_PYTHON},
        **{name: spelled(name) for name in ("abs", "round", "max", "min")},
        "ln": spelled("math.log"),
        "select": chosen,
        "sign": lambda x: Piece(f"(({x[0].text} > 0) - ({x[0].text} < 0))"),
        "step": lambda x: Piece(f"({x[0].text} > 0)"),
        "stop": lambda x: x[0],
    },
)  # fmt: skip
