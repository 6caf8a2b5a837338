"""The simplifier: a graph of formulas as a shorter one with the same values.

Terms are canonical (`terms`), a graph is read into them (`read`), sums and products are tried in other
forms and the shortest stays (`shorten`, `sums`, `identities`), and what is found is written as a
textbook orders it (`write`). `conditions` says where a formula is defined.
"""

from __future__ import annotations

from collections.abc import Sequence

from adcli.graph import Graph
from adcli.simplify.read import read
from adcli.simplify.terms import Terms
from adcli.simplify.write import write

__all__ = ["simplified"]


def simplified(graph: Graph, nodes: Sequence[int]) -> tuple[Graph, list[int]]:
    """A graph with the same inputs, and the nodes in it that are worth what `nodes` are."""
    terms = Terms()
    found = read(graph, nodes, terms)
    inputs = [graph.data[node] for node in graph.inputs]
    return write(terms, found, inputs)
