"""Formulas as text: what is shown of any graph of the table's primitives reads as the same graph."""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import adcli
from adcli.errors import DomainError
from adcli.graph import INPUT, Graph
from adcli.notation import show
from adcli.primitives import TABLE

sys.path.insert(0, str(Path(__file__).parent))
from graphs import NAMES, random_graph, read_order

CHANCES = st.integers(0, 2**64).map(random.Random)


def names(graph: Graph) -> list[str]:
    """Names that the language reads: the inputs' own, and a number for each step."""
    return [graph.data[node] if op == INPUT else f"s{node}" for node, op in enumerate(graph.op)]


def read(text: str, **how: Any) -> adcli.Program:
    """The program of a text; another example where a condition on constants has no value, as in 1/0 < 2."""
    try:
        return adcli.parse(text, **how)
    except DomainError as error:
        assume("which decides a branch" not in error.message)
        raise


@given(CHANCES, st.integers(1, 8))
@settings(max_examples=300, deadline=None)
def test_a_formula_reads_as_the_graph_that_it_shows(chance: random.Random, steps: int) -> None:
    graph, node = random_graph(chance, steps)
    text = show.piece(graph, node, names(graph).__getitem__).text
    again = read(text, names=NAMES)
    (output,) = again.outputs.values()
    assert read_order(again.graph, output) == read_order(graph, node), text


@given(CHANCES, st.integers(1, 40))
@settings(max_examples=300, deadline=None)
def test_a_list_of_steps_reads_as_the_graph_that_it_shows(chance: random.Random, steps: int) -> None:
    graph, node = random_graph(chance, steps)
    lines = show.lines(graph, show.steps(graph), names(graph).__getitem__)
    text = "; ".join([*lines, names(graph)[node] if graph.args[node] else "x"])
    if not graph.args[node]:
        return
    again = read(text)
    (output,) = again.outputs.values()
    assert read_order(again.graph, output) == read_order(graph, node), text


@pytest.mark.parametrize("row", [row for row in TABLE.values() if not row.helper], ids=lambda row: row.name)
def test_every_primitive_is_shown_as_it_is_read(row: adcli.primitives.Primitive) -> None:
    graph = Graph()
    x, y, z = (graph.add(INPUT, (), name) for name in ("x", "y", "z"))
    less, more = graph.add("lt", (x, y)), graph.add("gt", (y, z))
    operands = (less, more) if row.name in ("and", "or", "not") else (x, y, z)
    node = graph.add(row.name, (less, y, z) if row.name == "select" else operands[: len(row.args)])
    if row.family == "logic" and row.name != "select":
        node = graph.add("select", (node, y, z))
    text = show.piece(graph, node, names(graph).__getitem__).text
    again = adcli.parse(text)
    assert read_order(again.graph, *again.outputs.values()) == read_order(graph, node)
