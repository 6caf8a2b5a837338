"""What a student gets who integrates: antiderivatives of sums of functions of a linear argument."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from adcli.arithmetic.real import REAL
from adcli.engine.undefined import FAILURES
from adcli.graph import Graph

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
            values, known = [primals[arg] for arg in args], [parts[arg] for arg in args]
            try:
                slope = linear(graph.op[node], known, values)
                if slope is not None:
                    parts.append(Part(slope * x * x / 2 + (value - slope * x) * x, slope))
                elif graph.op[node] == "mul" and args[0] == args[1]:
                    parts.append(Part(square(value, values[0], known[0]), None))
                else:
                    rule = RULES.get(graph.op[node], of_function)
                    parts.append(Part(rule(graph.op[node], value, values, known), None))
            except FAILURES:
                parts.append(Part(None, None))
    return parts[target].integral


def linear(op: str, known: Sequence[Part], values: Sequence[float]) -> float | None:
    """The slope of an operation that is linear in the variable; None where it is not."""
    slopes = [part.slope for part in known if part.slope is not None]
    if len(slopes) < len(known):
        return None
    if op in ("add", "sub"):
        return slopes[0] + (slopes[1] if op == "add" else -slopes[1])
    if op == "neg":
        return -slopes[0]
    if op == "mul" and 0.0 in slopes:
        return slopes[0] * values[1] + values[0] * slopes[1]
    if op == "div" and slopes[1] == 0.0:
        return slopes[0] / values[1]
    return None


Values = Sequence[float]
Parts = Sequence[Part]


def square(value: float, x: float, part: Part) -> float | None:
    """The antiderivative of x*x for a linear x."""
    return value * x / (3 * part.slope) if part.slope else None


def of_sum(op: str, _value: float, _values: Values, known: Parts) -> float | None:
    """The antiderivative of a sum, a difference or a negative."""
    found = [part.integral for part in known if part.integral is not None]
    if len(found) < len(known):
        return None
    return -found[0] if op == "neg" else found[0] + (found[1] if op == "add" else -found[1])


def of_product(_op: str, _value: float, values: Values, known: Parts) -> float | None:
    """The antiderivative of a product with a constant factor."""
    for factor, other in ((0, 1), (1, 0)):
        whole = known[other].integral
        if known[factor].slope == 0.0 and whole is not None:
            return values[factor] * whole
    return None


def of_quotient(_op: str, _value: float, values: Values, known: Parts) -> float | None:
    """The antiderivative of a quotient by a constant, or of a constant by something linear."""
    whole, slope = known[0].integral, known[1].slope
    if slope == 0.0 and whole is not None:
        return whole / values[1]
    return values[0] * math.log(abs(values[1])) / slope if known[0].slope == 0.0 and slope else None


def of_power(_op: str, value: float, values: Values, known: Parts) -> float | None:
    """The antiderivative of a power with a constant exponent, or with a constant base."""
    (x, n), (base, exponent) = values, (known[0].slope, known[1].slope)
    if exponent == 0.0 and base:
        return (math.log(abs(x)) if n == -1 else REAL.pow(x, n + 1) / (n + 1)) / base
    return value / (math.log(x) * exponent) if base == 0.0 and exponent else None


def of_function(op: str, _value: float, values: Values, known: Parts) -> float | None:
    """The antiderivative of a function of something linear."""
    if op not in OF_FUNCTION or not known[0].slope:
        return None
    return OF_FUNCTION[op](values[0]) / known[0].slope


RULES: Mapping[str, Callable[[str, float, Values, Parts], float | None]] = {
    "add": of_sum,
    "sub": of_sum,
    "neg": of_sum,
    "mul": of_product,
    "div": of_quotient,
    "pow": of_power,
}
