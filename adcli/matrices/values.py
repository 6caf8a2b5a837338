"""Matrix formulas held against the sweep at random points."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from adcli import engine
from adcli.answers.blocks import dense
from adcli.arithmetic.tensor import TENSOR, watchful
from adcli.engine.undefined import FAILURES, Undefined
from adcli.graph import Graph, Shape
from adcli.matrices.terms import Term
from adcli.primitives import ROWS

SEED = 20_24
POINTS, TRIES = 3, 24
CLOSE = 1e-7


def agrees(formula: Term, graph: Graph, output: int, by: int, given: Mapping[str, Any]) -> bool | None:
    """Whether a formula and the sweep give the same numbers; None where no point has both.

    `given` has the values of inputs that no random number can stand for, and the point itself.
    """
    same = 0
    for point in points(graph, given):
        try:
            truth = slopes(graph, point, output, by)
            found = value(formula, point)
        except (Undefined, FloatingPointError, *FAILURES):
            continue
        shown = np.broadcast_to(np.asarray(found, dtype=float), truth.shape)
        size = max(float(np.abs(truth).max()), float(np.abs(shown).max()))
        if not math.isfinite(size):
            continue
        if float(np.abs(truth - shown).max()) > CLOSE * max(size, 1e-9):
            return False
        same += 1
        if same == POINTS:
            break
    return True if same else None


def points(graph: Graph, given: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Random points of the same shapes, some with positive numbers alone."""
    chance = np.random.default_rng(SEED)
    shapes = {graph.data[node]: graph.shape[node] for node in graph.inputs}
    for place in range(TRIES):
        low, high = ((0.1, 1.5), (-1.5, 1.5), (0.05, 0.9))[place % 3]
        yield {name: drawn(chance, shape, low, high) for name, shape in shapes.items()}
    yield dict(given)


def drawn(chance: Any, shape: Shape, low: float, high: float) -> Any:
    """A random value of a shape."""
    return chance.uniform(low, high, shape) if shape else float(chance.uniform(low, high))


def slopes(graph: Graph, point: Mapping[str, Any], output: int, by: int) -> Any:
    """The derivative by the sweep, in numerator layout."""
    lin = engine.linearize(graph, point, [by], [output])
    matrix = np.array(dense(lin, [output], [by], "reverse" if not graph.shape[output] else "forward"))
    if not graph.shape[output]:
        return matrix.reshape(graph.shape[by] or (1, 1)).T
    if not graph.shape[by]:
        return matrix.reshape(graph.shape[output])
    return matrix


def value(formula: Term, point: Mapping[str, Any]) -> Any:
    """The value of a formula at a point; raises what numpy and the functions raise."""
    algebra = formula.algebra
    values: dict[int, Any] = {}
    with watchful():
        for term in formula.parts:
            values[term.place] = one(term, [values[arg] for arg in algebra.args[term.place]], point)
    return values[formula.place]


def one(term: Term, xs: list[Any], point: Mapping[str, Any]) -> Any:  # noqa: C901, PLR0912  # a case for each kind
    """The value of a term whose parts have values."""
    data = term.data
    match term.op:
        case "number" | "constant":
            return TENSOR.lift(data)
        case "size":
            return float(data)
        case "input":
            return point[data]
        case "ones":
            return np.ones(data)
        case "eye":
            return np.eye(data)
        case "onehot":
            return np.eye(data[1])[:, data[0] - 1 : data[0]]
        case "diag":
            return np.diag(xs[0].ravel())
        case "T":
            return xs[0].T
        case "+":
            return sum(float(number) * x for number, x in zip(data, xs, strict=True))
        case "*":
            made: Any = float(data[0])
            for x, power in zip(xs, data[1], strict=True):
                made = made * raised(x, power)
            return made
        case "@":
            made = xs[0]
            for x in xs[1:]:
                made = made @ x
            return made if term.shape else float(made[0, 0])
    function = TENSOR.function(term.op)
    return function(data, *xs) if ROWS[term.op].parameter else function(*xs)


def raised(x: Any, power: Any) -> Any:
    """A power of a value."""
    if power == 1:
        return x
    return TENSOR.function("pow")(x, float(power))
