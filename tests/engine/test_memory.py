"""What a graph and its linearization keep, and graphs of a million nodes."""

from __future__ import annotations

import gc
import random
import tracemalloc
from collections.abc import Callable

import pytest

from adcli.arithmetic.real import REAL
from adcli.engine import sweep
from adcli.engine.sweep import Linearization
from adcli.graph import INPUT, Graph, cone

KEPT = 250  # bytes a node, for graph and linearization together
POINT = {"x": 0.7, "y": -0.4, "z": 1.1}


def started() -> Graph:
    graph = Graph()
    for name in POINT:
        graph.add(INPUT, (), name)
    return graph


def chain(size: int) -> Graph:
    """sin(... + y)*x ..., each step on the one before."""
    graph = started()
    last = 0
    while len(graph) < size:
        last = graph.add("sin", (last,))
        last = graph.add("add", (last, 1))
        last = graph.add("mul", (last, 2))
    return graph.close()


def tree(size: int) -> Graph:
    """A balanced tree of sums of different leaves."""
    graph = started()
    level = [graph.add("add", (0, 1))]
    while len(level) < size // 2:
        level.append(graph.add("add" if len(level) % 2 else "sub", (level[-1], len(level) % 3)))
    while len(level) > 1:
        level = [graph.add("add", (level[k], level[k + 1])) for k in range(0, len(level) - 1, 2)] + level[
            len(level) & ~1 :
        ]
    return graph.close()


def anything(size: int) -> Graph:
    """Random steps on recent ones, all of them live at the end."""
    graph = started()
    numbers = random.Random(7)
    ops = ["add", "sub", "mul", "sin", "tanh", "atan", "sigmoid"]
    while len(graph) < size:
        op = numbers.choice(ops)
        recent = [len(graph) - 1 - numbers.randrange(min(len(graph), 50)) for _ in range(2)]
        inner = graph.add(op, tuple(recent) if op in ("add", "sub", "mul") else (recent[0],))
        graph.add("tanh", (inner,))
    return graph.close()


SHAPES = [chain, tree, anything]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_graph_and_its_linearization_keep_at_most_250_bytes_a_node(shape: Callable[[int], Graph]) -> None:
    sweep.linearize(shape(100), REAL, POINT)  # what is made once for all
    gc.collect()
    tracemalloc.start()
    try:
        lin = sweep.linearize(shape(30_000), REAL, POINT)
        gc.collect()
        kept = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert len(lin.graph) >= 30_000
    assert kept <= KEPT * len(lin.graph)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_million_nodes_have_a_gradient_without_recursion(shape: Callable[[int], Graph]) -> None:
    graph = shape(1_000_000)
    assert len(graph) >= 1_000_000
    last = len(graph) - 1
    lin: Linearization = sweep.linearize(graph, REAL, POINT, outputs=[last])
    adjoints = sweep.reverse(lin, {last: 1.0})
    tangents = sweep.forward(lin, {0: 1.0})
    assert tangents[last] == pytest.approx(adjoints[0], rel=1e-9, abs=1e-300)
    assert cone(graph, [last])[0] == 1
