"""Formulas of adcli in SymPy, which is the oracle of these tests."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import Any

import sympy

import adcli

CONSTANTS = {"pi": sympy.pi, "e": sympy.E, "tau": 2 * sympy.pi}
FUNCTIONS: dict[str, Callable[..., Any]] = {
    "add": lambda x, y: x + y,
    "sub": lambda x, y: x - y,
    "mul": lambda x, y: x * y,
    "div": lambda x, y: x / y,
    "neg": lambda x: -x,
    "pow": lambda x, y: x**y,
    "ln": sympy.log,
    "log": sympy.log,
    "log10": lambda x: sympy.log(x) / sympy.log(10),
    "log2": lambda x: sympy.log(x) / sympy.log(2),
    "cbrt": sympy.cbrt,
    "abs": sympy.Abs,
    **{
        name: getattr(sympy, name)
        for name in (
            "sqrt", "exp", "sin", "cos", "tan", "cot", "sec", "csc", "asin", "acos", "atan", "acot", "sinh",
            "cosh", "tanh", "coth", "sech", "csch", "asinh", "acosh", "atanh", "sign",
        )
    },
}  # fmt: skip


def symbols(names: tuple[str, ...]) -> dict[str, sympy.Symbol]:
    return {name: sympy.Symbol(name, positive=True) for name in names}


def in_sympy(text: str) -> Any:
    """The one output of a text as an expression of SymPy, in positive symbols."""
    program = adcli.parse(text)
    made = symbols(program.inputs)
    values: list[Any] = []
    for op, args, data, _ in program.graph:
        if op == "input":
            values.append(made[data])
        elif op == "const":
            values.append(CONSTANTS.get(data) or sympy.Rational(data))
        else:
            values.append(FUNCTIONS[op](*(values[arg] for arg in args)))
    (output,) = program.outputs.values()
    return values[output]


def points(
    names: tuple[str, ...], interval: tuple[float, float], count: int, seed: int
) -> list[dict[str, float]]:
    """Random points with all inputs in an interval."""
    made = random.Random(seed)
    return [{name: made.uniform(*interval) for name in names} for _ in range(count)]


def at(expression: Any, point: Mapping[str, float]) -> float:
    """The value of an expression of SymPy to about 15 digits."""
    return float(expression.evalf(30, subs={symbols((name,))[name]: value for name, value in point.items()}))


def in_adcli(expression: Any) -> str:
    """An expression of SymPy as adcli reads it."""
    return str(expression).replace("log(", "ln(").replace("E**", "e**")
