"""A formula is held against the sweep at random points before anybody sees it."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from contextlib import suppress
from fractions import Fraction
from typing import NamedTuple

from adcli import sweep
from adcli.arithmetic.real import REAL
from adcli.graph import CONST, INPUT, Graph
from adcli.sweep import Linearization, Undefined
from adcli.transform import part

SEED = 20_240_229
POINTS = 8
TRIES = 400
WORK = 60_000  # nodes that are evaluated at most, unless one point takes more
EPSILON = 2.0**-52
SLACK = 1000  # roundings more than the bound counts
SPREADS = (1.0, 3.0, 0.3, 10.0)


class Expression(NamedTuple):
    """A node of a graph."""

    graph: Graph
    node: int


class Mismatch(Exception):  # noqa: N818  # what happened
    """The formula and the sweep differ at a point."""


def agrees(function: Expression, by: int, derivative: Expression) -> int:
    """At how many random points a formula is the slope of a function by an input.

    Raises Mismatch at a point where it is not, or where it has no value and the slope exists. 0: the
    function has no slope at any of the points that were tried.
    """
    found = 0
    budget = max(1, WORK // (len(function.graph) + len(derivative.graph)))
    for tried, point in enumerate(points(function.graph)):
        if found >= POINTS or tried >= TRIES or (tried >= budget and (found or tried >= 3 * budget)):
            break
        run = settled(function, point)
        try:
            lin = sweep.linearize(run.graph, REAL, point, [by], [run.node])
            slope = sweep.reverse(lin, {run.node: 1.0})[by]
        except Undefined:
            continue
        bound = error_of_slope(lin, run.node, by)
        run = settled(derivative, point)
        try:
            own = sweep.linearize(run.graph, REAL, point, None, [run.node])
        except Undefined as undefined:
            if undefined.of == "value" and undefined.reason != "overflow":
                raise Mismatch(point) from undefined
            continue
        bound += error_of_value(own, run.node)
        value = own.primals[run.node]
        if abs(value - slope) > SLACK * (bound + EPSILON * (abs(value) + abs(slope))) + 1e-300:
            raise Mismatch(point, value, slope)
        found += 1
    return found


def settled(function: Expression, point: Mapping[str, float]) -> Expression:
    """The same with every choice decided at a point: only what is taken is evaluated."""
    graph = function.graph
    if "select" not in graph.op:
        return function
    values: list[float | None] = []
    for op, args, data, _ in graph:
        operands = [values[arg] for arg in args]
        value: float | None = None
        with suppress(*sweep.FAILURES):
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
    chance = random.Random(SEED)
    names = [graph.data[node] for node in graph.inputs]
    numbers = {
        float(data)
        for op, data in zip(graph.op, graph.data, strict=True)
        if op == CONST and isinstance(data, (int, Fraction)) and abs(data) < 1e6
    }
    centres = [0.0, *sorted({sign * number for number in numbers for sign in (1, -1)})][:40]
    while True:
        spread = chance.choice(SPREADS)
        yield {
            name: (chance.choice(centres) if chance.random() < 0.5 else 0.0) + chance.uniform(-spread, spread)
            for name in names
        }


def error_of_value(lin: Linearization, node: int) -> float:
    """A bound to first order on the rounding error of a node's value."""
    errors: list[float] = []
    for value, args, weights in zip(lin.primals, lin.graph.args, lin.weights, strict=True):
        carried = (
            sum(abs(weight) * errors[arg] for arg, weight in zip(args, weights, strict=True)) if args else 0
        )
        errors.append(EPSILON * abs(value) + carried)
    return errors[node]


def error_of_slope(lin: Linearization, node: int, by: int) -> float:
    """A bound on the rounding error of a slope: roundings of the sum of the sizes of all path products.

    The weights' own errors are those of the values that they are computed from; how far those carry is
    estimated by the condition of the values.
    """
    sizes = [0.0] * len(lin.graph)
    sizes[node] = 1.0
    for i in range(len(lin.graph) - 1, -1, -1):
        if sizes[i]:
            for arg, weight in zip(lin.graph.args[i], lin.weights[i], strict=True):
                sizes[arg] += abs(weight) * sizes[i]
    condition = max(
        (
            sum(abs(weight * lin.primals[arg]) for arg, weight in zip(args, weights, strict=True))
            / abs(value)
            for value, args, weights in zip(lin.primals, lin.graph.args, lin.weights, strict=True)
            if args and value
        ),
        default=1.0,
    )
    return EPSILON * sizes[by] * max(1.0, condition)
