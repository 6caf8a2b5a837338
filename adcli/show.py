"""A graph as text: one formula per node, or a program of named steps. Loops over ids, no recursion."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from adcli.graph import CONST, INPUT, Graph, cone
from adcli.notation import SOURCE, Notation, Piece, constant, write

# A shared graph printed as a tree can grow without bound; above this many steps it is named steps.
TREE_STEPS = 12

Names = Callable[[int], str]


def formula(graph: Graph, node: int, names: Names, notation: Notation = SOURCE) -> str:
    """The whole expression of a node in the inputs; meant for graphs of few steps."""
    return formulas(graph, [node], names, notation)[0]


def formulas(graph: Graph, nodes: Iterable[int], names: Names, notation: Notation = SOURCE) -> list[str]:
    """The whole expressions of several nodes."""
    nodes = list(nodes)
    pieces: dict[int, Piece] = {}
    for i, needed in enumerate(cone(graph, nodes)):
        if needed:
            op, args = graph.op[i], graph.args[i]
            pieces[i] = write(op, [pieces[a] for a in args], notation) if args else leaf(graph, i, names, notation)
    return [pieces[node].text for node in nodes]


def step(graph: Graph, node: int, names: Names, notation: Notation = SOURCE) -> str:
    """One operation, its operands called by their names: v₄ = v₁ - v₃ gives "v₁ - v₃"."""
    operands = [leaf(graph, arg, names, notation) for arg in graph.args[node]]
    return write(graph.op[node], operands, notation).text if operands else leaf(graph, node, names, notation).text


def leaf(graph: Graph, node: int, names: Names, notation: Notation) -> Piece:
    """A constant as it is, any other node by its name."""
    return constant(graph.data[node], notation) if graph.op[node] == CONST else Piece(names(node))


def steps(graph: Graph) -> list[int]:
    """The ids of the steps: all nodes but inputs and constants."""
    return [i for i, op in enumerate(graph.op) if op not in (INPUT, CONST)]


def lines(graph: Graph, nodes: Iterable[int], names: Names, notation: Notation = SOURCE) -> list[str]:
    """A line `name = operation` for each of `nodes`."""
    return [f"{names(node)} = {step(graph, node, names, notation)}" for node in nodes]
