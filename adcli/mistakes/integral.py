"""What a student gets who integrates instead: antiderivatives of sums of elementary functions of a linear argument."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from adcli.arithmetic.real import REAL
from adcli.graph import Graph
from adcli.sweep import FAILURES

# F(y) with F' = f, for a function f of one argument.
OF_FUNCTION: Mapping[str, Callable[[float], float]] = {
    "sin": lambda y: -math.cos(y),
    "cos": math.sin,
    "tan": lambda y: -math.log(abs(math.cos(y))),
    "exp": math.exp,
    "ln": lambda y: y * math.log(y) - y,
    "sqrt": lambda y: y * math.sqrt(y) / 1.5,
    "sinh": math.cosh,
    "cosh": math.sinh,
    "tanh": lambda y: math.log(math.cosh(y)),
    "sigmoid": REAL.function("softplus"),
}


class Part(NamedTuple):
    """A node as a function of the variable: its antiderivative's value, and its slope where it is linear."""

    integral: float | None
    slope: float | None


def integral(
    graph: Graph, primals: Sequence[float], depends: Sequence[int], target: int, source: int
) -> float | None:
    """The antiderivative of a node in one input, at the point, without a constant; None where none is known.

    Products of two functions of the variable, and functions of what is not linear in it, have none here.
    """
    x = primals[source]
    parts: list[Part] = []
    for node in range(target + 1):
        value = primals[node]
        if not depends[node]:
            parts.append(Part(value * x, 0.0))
        elif node == source:
            parts.append(Part(x * x / 2, 1.0))
        else:
            args = graph.args[node]
            try:
                slope = linear(
                    graph.op[node], [parts[arg].slope for arg in args], [primals[arg] for arg in args]
                )
                if slope is not None:
                    parts.append(Part(slope * x * x / 2 + (value - slope * x) * x, slope))
                else:
                    parts.append(Part(combined(graph, node, primals, parts), None))
            except FAILURES:
                parts.append(Part(None, None))
    return parts[target].integral


def linear(op: str, slopes: Sequence[float | None], values: Sequence[float]) -> float | None:
    """The slope of an operation that is linear in the variable; None where it is not."""
    if None in slopes:
        return None
    known = [slope or 0.0 for slope in slopes]
    if op in ("add", "sub"):
        return known[0] + (known[1] if op == "add" else -known[1])
    if op == "neg":
        return -known[0]
    if op == "mul" and 0.0 in known:
        return known[0] * values[1] + values[0] * known[1]
    if op == "div" and known[1] == 0.0:
        return known[0] / values[1]
    return None


def combined(graph: Graph, node: int, primals: Sequence[float], parts: Sequence[Part]) -> float | None:
    """The antiderivative of an operation that is not linear in the variable."""
    op, args = graph.op[node], graph.args[node]
    values, integrals, slopes = (
        [primals[arg] for arg in args],
        [parts[arg].integral for arg in args],
        [parts[arg].slope for arg in args],
    )
    if op in ("add", "sub", "neg") and None not in integrals:
        known = [part or 0.0 for part in integrals]
        return -known[0] if op == "neg" else known[0] + (known[1] if op == "add" else -known[1])
    if op in OF_FUNCTION and slopes[0]:
        return OF_FUNCTION[op](values[0]) / slopes[0]
    if op == "mul":
        if slopes[0] and args[0] == args[1]:
            return values[0] ** 3 / (3 * slopes[0])
        for i, j in ((0, 1), (1, 0)):
            if slopes[i] == 0.0 and integrals[j] is not None:
                return values[i] * integrals[j]
    if op == "div":
        if slopes[1] == 0.0 and integrals[0] is not None:
            return integrals[0] / values[1]
        if slopes[0] == 0.0 and slopes[1]:
            return values[0] * math.log(abs(values[1])) / slopes[1]
    if op == "pow" and len(values) == 2:
        if slopes[1] == 0.0 and slopes[0]:
            y, n = values
            return (math.log(abs(y)) if n == -1 else REAL.pow(y, n + 1) / (n + 1)) / slopes[0]
        if slopes[0] == 0.0 and slopes[1]:
            return primals[node] / (math.log(values[0]) * slopes[1])
    return None
