"""A formula is held against the sweep at random points before anybody sees it."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from contextlib import suppress
from fractions import Fraction
from typing import Any, NamedTuple

from adcli.arithmetic import Undecided
from adcli.arithmetic.real import REAL
from adcli.engine import sweep
from adcli.engine.undefined import FAILURES, Undefined
from adcli.errors import UsageError
from adcli.graph import CONST, INPUT, Graph
from adcli.primitives import TABLE
from adcli.transform import part

SEED = 20_240_229
POINTS = 8
TRIES = 400
LEAST_TRIES = 12
WORK = 60_000  # nodes that are evaluated at most, unless one point takes more
CLOSE, FAR = 1e-9, 1e-3  # relative
UNDERFLOWN = 1e-150
LARGE = 10**6
SLACK = 1000
EPSILON = 2.0**-52
BITS = 110, 1760  # of certified numbers, at first and at last
SHIFTS = (0.0, 1e-13, -1e-13, 3e-13, -3e-13, 1e-12)
SPREADS = (1.0, 3.0, 0.3, 10.0)


class Expression(NamedTuple):
    """A node of a graph."""

    graph: Graph
    node: int


class Mismatch(Exception):
    """The formula and the sweep differ at a point."""


class NoValue(Mismatch):
    """The formula has no value at a point where the slope exists."""


def agrees(function: Expression, by: int, derivative: Expression, *, somewhere: bool = False) -> int:
    """At how many random points a formula is the slope of a function by an input.

    Raises Mismatch at a point where it is not, and NoValue where it mostly has none and the slope exists
    (unless the formula assumes something and holds `somewhere` only). 0: at none of the points that were
    tried both have a value.
    """
    seen: dict[str, list[Any]] = {"same": [], "missing": [], "doubtful": []}
    same = seen["same"]
    budget = max(1, WORK // (len(function.graph) + len(derivative.graph)))
    for tried, point in enumerate(points(function.graph)):
        enough = len(same) >= POINTS or tried >= TRIES or (tried >= budget and same)
        if enough or tried >= max(3 * budget, LEAST_TRIES):
            break
        seen.get(outcome(function, by, derivative, point), []).append(point)
    if len(seen["missing"]) > len(same) / 3 and not somewhere:
        raise NoValue(seen["missing"][0])
    if len(seen["doubtful"]) > len(same):
        raise Mismatch(seen["doubtful"][0])
    return len(same)


def outcome(function: Expression, by: int, derivative: Expression, point: Mapping[str, float]) -> str:
    """What one point says: "same", "missing" (the formula's value), "doubtful" or nothing.

    Of the last three a few are no proof: numbers underflow, and what is near may be the same, rounded in
    two ways. Raises Mismatch for numbers that are far apart.
    """
    try:
        slope = slope_at(function, by, point)
    except Undefined:
        return ""
    try:
        value = value_at(derivative, point)
    except Undefined as undefined:
        return "" if undefined.reason == "overflow" else "missing"
    size, apart = max(abs(slope), abs(value)), abs(value - slope)
    if apart <= CLOSE * size:
        return "same"
    if size <= UNDERFLOWN or bends(function, point):
        return ""
    if apart <= SLACK * noise(function, by, derivative, point):
        return ""
    if (certain := without_rounding(function, by, derivative, point)) is not None:
        return certain
    if apart > FAR * size and value and slope:  # a 0 may come of an underflow
        raise Mismatch(point, value, slope)
    return "doubtful"


def without_rounding(
    function: Expression, by: int, derivative: Expression, point: Mapping[str, float]
) -> str | None:
    """What the point says in certified numbers; None where they are not installed.

    Raises Mismatch for numbers that differ for certain.
    """
    try:
        from adcli.arithmetic.ball.balls import of_bits  # an extra, and rarely needed
    except UsageError:
        return None
    run, formula = settled(function, point), settled(derivative, point)
    balls: Any = of_bits(20, *BITS)
    while balls is not None:
        with suppress(Undefined, Undecided, ArithmeticError):
            at = {name: balls.lift(Fraction(value)) for name, value in point.items()}
            lin = sweep.linearize(run.graph, balls, at, [by], [run.node])
            slope = sweep.reverse(lin, {run.node: balls.lift(1)})[by]
            value = sweep.evaluate(formula.graph, balls, at)[formula.node]
            apart = (slope - value).arb
            if not apart.contains(0):
                raise Mismatch(point, float(value), float(slope))
            if float(apart.rad()) <= CLOSE * abs(float(slope)):
                return "same"
        balls = balls.finer()
    return ""


def slope_at(function: Expression, by: int, point: Mapping[str, float]) -> float:
    """The slope by an input at a point, by the sweep."""
    run = settled(function, point)
    lin = sweep.linearize(run.graph, REAL, point, [by], [run.node])
    return float(sweep.reverse(lin, {run.node: 1.0})[by])


def bends(function: Expression, point: Mapping[str, float]) -> bool:
    """Whether a point lies on a kink, be it by rounding: erf(9) is 1."""
    run = settled(function, point)
    values = sweep.evaluate(run.graph, REAL, point)
    return any(
        kink.at(*(values[arg] for arg in args))
        for op, args in zip(run.graph.op, run.graph.args, strict=True)
        if args
        for kink in TABLE[op].kinks
    )


def value_at(function: Expression, point: Mapping[str, float]) -> float:
    """The value at a point."""
    run = settled(function, point)
    return float(sweep.evaluate(run.graph, REAL, point)[run.node])


def noise(function: Expression, by: int, derivative: Expression, point: Mapping[str, float]) -> float:
    """How far slope and formula jump between neighbouring points: what rounding does to them."""
    slopes, values = [], []
    for shift in SHIFTS:
        near = {name: number * (1 + shift) for name, number in point.items()}
        with suppress(Undefined):
            slopes.append(slope_at(function, by, near))
            values.append(value_at(derivative, near))
    jumps = (max(found, default=0.0) - min(found, default=0.0) for found in (slopes, values))
    return max(*jumps, EPSILON * size_of_paths(function, by, point))


def size_of_paths(function: Expression, by: int, point: Mapping[str, float]) -> float:
    """The sum of the absolute values of all path products, which the slope is the sum of."""
    run = settled(function, point)
    lin = sweep.linearize(run.graph, REAL, point, [by], [run.node])
    weights = [tuple(map(abs, row)) for row in lin.weights]
    return float(sweep.reverse(lin._replace(weights=weights), {run.node: 1.0})[by])


def settled(function: Expression, point: Mapping[str, float]) -> Expression:
    """The same with every choice decided at a point: only what is taken is evaluated."""
    graph = function.graph
    if "select" not in graph.op:
        return function
    values: list[float | None] = []
    for op, args, data, _ in graph:
        operands = [values[arg] for arg in args]
        value: float | None = None
        with suppress(*FAILURES):
            if op == INPUT:
                value = point[data]
            elif op == CONST:
                value = REAL.lift(data)
            elif op == "select" and operands[0] is not None:
                value = operands[1 if operands[0] else 2]
            elif None not in operands:
                value = REAL.function(op)(*operands)
        values.append(value)
    made = Graph()
    taken: dict[int, int] = {}
    for i, (op, args, data, shape) in enumerate(graph):
        if op == "select" and values[args[0]] is not None:
            taken[i] = taken[args[1 if values[args[0]] else 2]]
        else:
            taken[i] = made.add(op, tuple(taken[arg] for arg in args), data, shape)
    return Expression(*part(made, taken[function.node]))


def points(graph: Graph) -> Iterator[Mapping[str, float]]:
    """Random points without end: around 0, and around the numbers that the text holds."""
    chance = random.Random(SEED)  # noqa: S311  # points are no secrets
    names = [graph.data[node] for node in graph.inputs]
    numbers = {
        float(data)
        for op, data in zip(graph.op, graph.data, strict=True)
        if op == CONST and isinstance(data, (int, Fraction)) and -LARGE < data < LARGE
    }
    centres = [0.0, *sorted({sign * number for number in numbers for sign in (1, -1)})][:40]
    while True:
        spread = chance.choice(SPREADS)
        yield {
            name: (chance.choice(centres) if chance.random() < 0.5 else 0.0) + chance.uniform(-spread, spread)
            for name in names
        }
